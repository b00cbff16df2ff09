"""Small stand-ins for the models, and articles for them to read.

Two kinds. :func:`build` writes real model folders of a few kilobytes (a sentence-transformers encoder, a CrossEncoder
judge, a voices network) that load through the same code as the shipped weights. :class:`Bag`, :class:`Rules` and
:class:`Cues` are plain Python with meaning that a test can rely on, and start at once, also in a process of their own::

    python tests/tiny.py DATABASE FOLDER [N]    ingests a folder with the plain ones, up to the Nth SQL statement
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from claims.encode import Vectors
from claims.judge import Judgement
from claims.models import Document, Reading, Sentence, Statement

# -- articles

FACTS = (
    "the northern pipeline will open in May",
    "the harbour dredging was paid by nine builders",
    "the river is poisoned by the copper mine",
    "the ferry company will lose its licence",
    "Governor Pell was bribed by a bank",
    "wheat exports were doubled after the harvest",
    "the old bridge can carry heavy lorries",
    "hospital beds are enough for a hard winter",
    "the island school will close this autumn",
    "the union office was searched by police",
    "the new airport is against the treaty",
    "young herring are protected by fishing quotas",
)
VERB = re.compile(r"\b(?:will|can|is|are|was|were)\b")
SPEAKERS = ("the Harbour Ministry", "Mayor Ilse Brandt", "the Miners' Union", "Governor Pell", "the Coast Watch")
OUTLETS = ("Lagoon Gazette", "Northern Wire", "The Ferryman", None)


def denied(fact: str) -> str:
    """The same fact with a "not": what :class:`Rules` takes for the opposite."""
    return VERB.sub(lambda verb: f"{verb[0]} not", fact, count=1)


def article(number: int, seed: int = 0) -> str:
    """One article of Markdown with front matter: a few facts, said plainly, denied, or put in somebody's mouth."""
    chance = random.Random(1000 * seed + number)
    outlet = OUTLETS[number % len(OUTLETS)]
    lines = ["---", *([f"outlet: {outlet}"] if outlet else []), f"title: Report {number} from the coast"]
    lines += [f"date: 2024-{1 + number % 12:02}-{1 + number % 28:02}", "---", ""]
    body = []
    for fact in chance.sample(FACTS, 5):
        shape = chance.randrange(5)
        who = chance.choice(SPEAKERS)
        said = fact if chance.random() < 0.6 else denied(fact)
        if shape <= 1:
            body.append(f"{said[0].upper()}{said[1:]}.")
        else:
            body.append(f"{who[0].upper()}{who[1:]} {('said', 'said', 'said', 'denied', 'said')[shape]} that {said}.")
    body.append(f"Report number {number} was written on a quiet day in {chance.choice(['Vell', 'Anso', 'Mirk'])}.")
    return "\n".join([*lines, " ".join(body[:3]), "", " ".join(body[3:]), ""])


def write_articles(folder: Path, count: int, seed: int = 0) -> list[Path]:
    """``count`` articles as files, in the order in which a folder is read."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:03}.md" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(article(number, seed), encoding="utf-8")
    return paths


# -- plain stand-ins

COMMON = frozenset(
    "a an and are as at be but by did do does for from had has have he in is it its not no of on or she that the they"
    " this to was were will with after before said says denied report number written quiet day".split()
)


def content(text: str) -> list[str]:
    """The words of a text that carry meaning, without their endings."""
    return [re.sub(r"(?:es|ed|ing|s)$", "", word) for word in re.findall(r"\w+", text.lower()) if word not in COMMON]


class Bag:
    """An encoder: the sum of a fixed random vector for each content word. Same words, same vector."""

    name = "bag@1"

    def __init__(self, dimension: int = 64) -> None:
        self.dimension = dimension
        self.calls: list[list[str]] = []

    def encode(self, texts: Sequence[str], batch_size: int = 32) -> Vectors:
        self.calls.append(list(texts))
        if not texts:
            return np.zeros((0, 0), np.float32)
        return np.stack([self._one(text) for text in texts])

    def _one(self, text: str) -> Vectors:
        total = np.zeros(self.dimension, np.float32)
        for word in content(text) or [text]:
            seed = int.from_bytes(hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()[:4], "little")
            total += np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
        return np.asarray(total / np.linalg.norm(total), np.float32)


NEGATION = re.compile(r"\b(?:not|no|never|nobody)\b", re.IGNORECASE)


class Rules:
    """A judge: few words in common is neutral; else a "not" on one side only is a dispute."""

    name = "rules@1"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str]], batch_size: int = 32) -> list[Judgement]:
        self.asked += [(premise, hypothesis) for premise, hypothesis in pairs]
        return [self._one(premise, hypothesis) for premise, hypothesis in pairs]

    def _one(self, premise: str, hypothesis: str) -> Judgement:
        a, b = set(content(premise)), set(content(hypothesis))
        if len(a & b) < 0.5 * min(len(a), len(b)) or not a & b:
            return Judgement(0.05, 0.05, 0.9)
        if bool(NEGATION.search(premise)) != bool(NEGATION.search(hypothesis)):
            return Judgement(0.05, 0.9, 0.05)
        return Judgement(0.9, 0.05, 0.05)


CUE = re.compile(r"^(?P<who>.+?) (?P<cue>said|denied) that (?P<what>.+)$", re.DOTALL)


class Cues:
    """A voice reader: "X said that Y" and "X denied that Y"; all else is the document's own voice."""

    name = "cues@1"

    def read(self, document: Document, sentences: Sequence[Sentence]) -> Reading:
        made = [s for s in map(self._statement, sentences) if s]
        return Reading(document=document, sentences=tuple(sentences), statements=tuple(made))

    def _statement(self, sentence: Sentence) -> Statement | None:
        if sentence.kind != "sentence" or not any(c.isalpha() for c in sentence.text):
            return None
        found = CUE.match(sentence.text)
        if not found:
            return Statement(sentence_index=sentence.index, start=sentence.start, end=sentence.end, text=sentence.text)
        start, end = found.span("what")
        return Statement(
            sentence_index=sentence.index,
            start=sentence.start + start,
            end=sentence.start + end,
            text=found["what"],
            holders=(found["who"],),
            kinds=("institution",),
            polarity="disputes" if found["cue"] == "denied" else "asserts",
            cue=found["cue"],
        )


def pipeline(store: Any, **settings: Any) -> Any:
    """A pipeline over a store with the plain stand-ins."""
    from claims.pipeline import Pipeline
    from claims.settings import Settings

    doubles: dict[str, Any] = {"encoder": Bag(), "judge": Rules(), "voices": Cues()}
    doubles |= {name: settings.pop(name) for name in list(doubles) if name in settings}
    return Pipeline(store, Settings(**settings), **doubles)


def ingest(
    database: Path, paths: Sequence[Path | str], before: Callable[[str], None] | None = None, **more: Any
) -> Any:
    """Ingest with the plain stand-ins, as the command does; ``before`` is told each step. Returns the report."""
    from claims.read import documents
    from claims.store import Store

    store = Store.open(database)
    try:
        items, total = documents([str(path) for path in paths])
        return pipeline(store).ingest(items, total=total, on_step=before and (lambda step: before(step.note)), **more)
    finally:
        store.close()


def export(database: Path, folder: Path) -> dict[str, bytes]:
    """A database's export, as bytes by file name."""
    from claims.export import jsonl
    from claims.views import Views

    views = Views.open(database)
    try:
        jsonl(views, folder)
    finally:
        views.close()
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


# -- real models, very small

WIDTH = 32


class Models(NamedTuple):
    """Folders of a tiny encoder, judge and voices network."""

    encoder: Path
    judge: Path
    voices: Path

    def settings(self) -> dict[str, str]:
        return {"encoder": str(self.encoder), "judge": str(self.judge), "voices": str(self.voices)}

    def toml(self) -> str:
        """As ``contested.toml`` holds them."""
        return "".join(f"{name} = {json.dumps(path)}\n" for name, path in self.settings().items())


def vocabulary() -> list[str]:
    """A few hundred word pieces, with BERT's ids for the special ones, and single letters for all other words."""
    special = {0: "[PAD]", 100: "[UNK]", 101: "[CLS]", 102: "[SEP]", 103: "[MASK]"}
    pieces = [special.get(i, f"[unused{i}]") for i in range(104)]
    texts = [*FACTS, *map(denied, FACTS), *SPEAKERS, *filter(None, OUTLETS), article(0), *COMMON]
    known = sorted({word for text in texts for word in re.findall(r"\w+", text.lower())})
    letters = [chr(c) for c in range(33, 127) if not chr(c).isupper()]
    extra = [*letters, "“", "”", "’", "—"]
    return [*pieces, *known, *(x for x in extra if x not in known), *(f"##{x}" for x in letters if x.isalnum())]


def build(folder: Path, seed: int = 7) -> Models:
    """Write the three models: fixed weights for one seed. The encoder is a bag of words, so that it means something."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizerFast

    torch.manual_seed(seed)
    made = Models(folder / "encoder", folder / "judge", folder / "voices")
    words = vocabulary()
    (folder / "words").mkdir(parents=True)
    (folder / "words" / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    tokenizer = BertTokenizerFast(str(folder / "words" / "vocab.txt"), model_max_length=128)
    shape: dict[str, Any] = {
        "vocab_size": len(words), "hidden_size": WIDTH, "num_hidden_layers": 1, "num_attention_heads": 2,
        "intermediate_size": 32, "max_position_embeddings": 128, "initializer_range": 0.6,
    }  # fmt: skip
    _save_encoder(BertModel(BertConfig(**shape)), tokenizer, words, made.encoder)
    names = ("entailment", "neutral", "contradiction")
    labels: dict[str, Any] = {"id2label": dict(enumerate(names)), "label2id": {n: i for i, n in enumerate(names)}}
    BertForSequenceClassification(BertConfig(**shape, **labels)).save_pretrained(made.judge)
    tokenizer.save_pretrained(made.judge)
    _save_voices(words, made.encoder / "tokenizer.json", made.voices)
    return made


def _save_encoder(bert: Any, tokenizer: Any, words: list[str], folder: Path) -> None:
    import torch
    from sentence_transformers import SentenceTransformer

    try:
        from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    except ImportError:
        from sentence_transformers.models import Pooling, Transformer
    with torch.no_grad():
        for part in (bert.embeddings.position_embeddings, bert.embeddings.token_type_embeddings):
            part.weight.zero_()
        for layer in bert.encoder.layer:
            for dense in (layer.attention.output.dense, layer.output.dense):
                dense.weight.zero_()
                dense.bias.zero_()
        silent = [i for i, word in enumerate(words) if i < 104 or word in COMMON or not word.strip("#").isalnum()]
        bert.embeddings.word_embeddings.weight[silent] = 0.0
    plain = folder.parent / "plain"
    bert.save_pretrained(plain)
    tokenizer.save_pretrained(plain)
    transformer = Transformer(str(plain))
    SentenceTransformer(modules=[transformer, Pooling(WIDTH, "mean")], device="cpu").save(str(folder))


def _save_voices(words: list[str], tokenizer: Path, folder: Path) -> None:
    from claims.training.export import save
    from claims.voices.network import VoiceNetwork

    network = VoiceNetwork(vocab=len(words), width=16, layers=1, heads=2, inner=32, positions=128, pair=8)
    save(network, tokenizer, folder, window=96, overlap=24)


def die_at(store: Any, statement: int) -> None:
    """End this process without a word (SIGKILL) before the so-manieth SQL statement from now on."""
    import os
    import signal

    count = 0

    def watch(_: str) -> None:
        nonlocal count
        count += 1
        if count == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    store.db.conn.set_trace_callback(watch)


if __name__ == "__main__":
    from claims.read import documents
    from claims.store import Store

    opened = Store.open(sys.argv[1])
    if len(sys.argv) > 3:
        die_at(opened, int(sys.argv[3]))
    print(pipeline(opened).ingest(documents(sys.argv[2:3])[0]).stored)
