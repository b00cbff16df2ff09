"""What it costs to add one article to a database that holds many mentions already, with the models loaded.

    python benchmarks/link.py ARTICLE... [--mentions 10000 100000]

Makes databases of that many mentions through the store, with made-up sentences and vectors (half of the claims recur;
some are near to what the articles say, so that the judge is asked), starts the pipeline on each, adds the articles one
after the other, and prints seconds of the process (not of the clock, so that other work on the machine plays little
part) an article: all, and where they go. The first article loads the models and is not counted. A growth of 10 from
10,000 to 100,000 would be linear.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

WORDS = "port mine bridge school bank river union court harvest ferry treaty quota police mayor budget road".split()
A_DOCUMENT = 40
"""Sentences of a made-up article."""


def fill(path: Path, mentions: int, model: str, near: np.ndarray) -> None:
    """A database of so many mentions, each of its own text, two to three a claim; the first claims are ``near``."""
    from claims.encode import pack, text_hash
    from claims.models import Document, Sentence
    from claims.store import NewMention, Store

    chance = np.random.default_rng(3)
    store = Store.open(path)
    run = store.start_run("benchmark", {})
    claims: list[tuple[int, np.ndarray]] = []
    for first in range(0, mentions, A_DOCUMENT):
        numbers = range(first, first + A_DOCUMENT)
        texts = [f"Number {i}: the {' '.join(chance.choice(WORDS, 6))} was discussed." for i in numbers]
        text = "\n".join(texts)
        starts = np.cumsum([0, *(len(t) + 1 for t in texts)])[:-1].tolist()
        sentences = [
            Sentence(index=i, start=at, end=at + len(t), text=t)
            for i, (at, t) in enumerate(zip(starts, texts, strict=True))
        ]
        with store.transaction():
            source = store.add_source(f"Outlet {first}", "outlet")
            sha = hashlib.sha256(text.encode()).hexdigest()
            document = store.add_document(Document(path=f"{first}.txt", sha256=sha, text=text), source, run)
            ids = store.add_sentences(document, sentences)
            vectors, touched = {}, []
            for sentence, sentence_id in zip(sentences, ids, strict=True):
                if claims and chance.random() < 0.6:
                    claim, centre = claims[int(chance.integers(len(claims)))]
                else:
                    claim, centre = store.add_claim(sentence.text), chance.standard_normal(near.shape[1])
                    if len(claims) < len(near):
                        centre = near[len(claims)] * np.sqrt(near.shape[1])
                    claims.append((claim, centre))
                vector = centre + 0.6 * chance.standard_normal(near.shape[1])
                key = text_hash(sentence.text)
                vectors[key] = pack(np.asarray([vector / np.linalg.norm(vector)], np.float32))[0]
                touched.append(claim)
                store.add_mention(document, NewMention(
                    claim_id=claim, sentence_id=sentence_id, start=sentence.start, end=sentence.end, source_id=source,
                    holders=(), stance="asserts", score=0.9, reason="same", polarity="asserts", factuality="plain",
                    cue=None, context=None, text_hash=key,
                ))  # fmt: skip
            store.add_vectors(model, vectors)
            store.restand(touched)
    store.close()


class Spent:
    """Seconds of the process by part, of methods that are watched."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def watch(self, owner: Any, method: str, part: str) -> None:
        """Count what a method takes."""
        inner: Callable[..., Any] = getattr(owner, method)

        def timed(*args: Any, **more: Any) -> Any:
            begun = time.process_time()
            try:
                return inner(*args, **more)
            finally:
                self.seconds[part] += time.process_time() - begun

        setattr(owner, method, timed)


def read(articles: list[Path]) -> list[Any]:
    """The articles as documents."""
    from claims.read import documents

    return [item for item in documents([str(a) for a in articles])[0] if not isinstance(item, Exception)]


def measure(path: Path, articles: list[Path], models: tuple[Any, Any, Any]) -> Iterator[tuple[str, float]]:
    """(part, seconds): starting, an article in all, and its parts."""
    from claims.pipeline import Pipeline
    from claims.settings import Settings
    from claims.store import Store

    encoder, judge, voices = models
    store = Store.open(path)
    begun = time.process_time()
    pipeline = Pipeline(store, Settings(), encoder=encoder, judge=judge, voices=voices)
    yield "start", time.process_time() - begun
    found = read(articles)
    pipeline.add(found[0], store.start_run("benchmark", {}))
    spent = Spent()
    spent.watch(pipeline, "read", "reading")
    spent.watch(encoder, "encode", "encoding")
    spent.watch(judge, "judge", "judging")
    spent.watch(pipeline._placer.linker, "candidates", "candidates")
    spent.watch(store, "restand", "counting")
    run = store.start_run("benchmark", {})
    begun = time.process_time()
    for document in found[1:]:
        pipeline.add(document, run)
    count = max(1, len(found) - 1)
    whole = (time.process_time() - begun) / count
    yield "an article", whole
    for part, seconds in spent.seconds.items():
        yield part, seconds / count
    yield "the rest", whole - sum(spent.seconds.values()) / count
    store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="+", help="two files or more")
    parser.add_argument("--mentions", type=int, nargs="+", default=[10_000, 100_000])
    args = parser.parse_args()
    from claims.encode import Encoder
    from claims.judge import Judge
    from claims.sentences import split
    from claims.voices import VoiceReader

    models = (Encoder(), Judge(), VoiceReader())
    said = [s.means for a in read(args.articles) for s in models[2].read(a, split(a)).statements]
    near = models[0].encode(said)
    results = {}
    with tempfile.TemporaryDirectory() as scratch:
        for mentions in args.mentions:
            path = Path(scratch) / f"{mentions}.db"
            begun = time.process_time()
            fill(path, mentions, models[0].name, near)
            print(f"{mentions:,} mentions made in {time.process_time() - begun:.0f} s", flush=True)
            results[mentions] = dict(measure(path, args.articles, models))
    print(f"{'seconds':12}" + "".join(f"{m:>12,}" for m in results) + "      growth")
    for part in next(iter(results.values())):
        row = [found.get(part, 0.0) for found in results.values()]
        print(f"{part:12}" + "".join(f"{x:12.3f}" for x in row) + f"  x {row[-1] / max(row[0], 1e-4):.2f}")


if __name__ == "__main__":
    main()
