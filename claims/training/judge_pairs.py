"""Unlabelled pairs for distillation, made from news: what a teacher is asked about and a student learns from.

    python -m claims.training.judge_pairs --corpus NEWS.jsonl --out PAIRS.jsonl [--articles 2000] [--seed 7]

Five kinds: sentences near in meaning of two articles; near in one article; a sentence and the clause it reports; a
sentence and its own text denied, left open or asserted by somebody; a sentence and its text with another number or with
another name of the same article.  ``set`` names the kind.  Labels come from ``claims.training.judge label``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from claims.encode import Encoder
from claims.sentences import spans
from claims.training.judge_augment import CONTRADICTED, ENTAILED, NEUTRAL, NUMBER, clause, framable, frame, renumbered
from claims.training.judge_data import Row

NEAR = (0.45, 0.95)
"""Cosines (MiniLM) between which two sentences are worth a question; above them they are reprints."""

REPORTED = re.compile(
    r"\b(?:said|says|told \w+|announced|claimed|claims|argued|denied|confirmed|warned|insisted|reported|added)"
    r" that (?P<what>[^\"“”]{20,200}?)[.,;]"
)
NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})")

Pair = tuple[str, str, str]


def article_sentences(text: str) -> list[str]:
    """Sentences of 6 to 45 words, with white space made plain."""
    found = (" ".join(text[a:b].split()) for a, b in spans(text))
    return [s for s in found if 6 <= len(s.split()) <= 45]


def made_pairs(sentences: Sequence[str], rng: random.Random) -> Iterator[Pair]:
    """Pairs made of one article's sentences alone."""
    names = sorted({n for s in sentences for n in NAME.findall(s)})
    for sentence in sentences:
        draw = rng.random()
        reported = REPORTED.search(sentence)
        if reported and draw < 0.6:
            what = reported["what"]
            yield sentence, what[0].upper() + what[1:] + ".", "reported"
        elif draw < 0.12 and framable(sentence):
            kind = rng.choice((ENTAILED, NEUTRAL, CONTRADICTED))
            yield frame(sentence, kind, rng), clause(sentence).strip() + ".", "framed"
        elif draw < 0.3 and NUMBER.search(sentence):
            row = renumbered(Row(sentence, sentence, ENTAILED, ""), rng)
            if row:
                yield sentence, row.hypothesis, "renumbered"
        elif draw < 0.42:
            own = NAME.search(sentence)
            other = [n for n in names if own and n != own[0] and n.count(" ") == own[0].count(" ")]
            if own and other:
                yield sentence, sentence[: own.start()] + rng.choice(other) + sentence[own.end() :], "renamed"


def near_pairs(sentences: Sequence[str], article: Sequence[int], rng: random.Random, each: int = 2) -> Iterator[Pair]:
    """Pairs of sentences near in meaning: up to ``each`` neighbours a sentence, in either order."""
    vectors = Encoder().encode(sentences)
    owner = np.asarray(article)
    seen: set[tuple[int, int]] = set()
    for start in range(0, len(sentences), 512):
        cosine = vectors[start : start + 512] @ vectors.T
        cosine[(cosine < NEAR[0]) | (cosine > NEAR[1])] = 0
        for offset, row in enumerate(cosine):
            i = start + offset
            for j in np.argpartition(row, -each)[-each:].tolist():
                pair = (min(i, j), max(i, j))
                if row[j] == 0 or i == j or pair in seen:
                    continue
                seen.add(pair)
                a, b = (i, j) if rng.random() < 0.5 else (j, i)
                yield sentences[a], sentences[b], "near" if owner[i] != owner[j] else "near-own"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("/work/shared/data/corpus/news.jsonl"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    lines = args.corpus.read_text(encoding="utf-8").splitlines()[: args.articles]
    articles = [article_sentences(json.loads(line)["text"]) for line in lines]
    pairs = [pair for sentences in articles for pair in made_pairs(sentences, rng)]
    everything = [s for sentences in articles for s in sentences]
    owner = [i for i, sentences in enumerate(articles) for _ in sentences]
    pairs += near_pairs(everything, owner, rng)
    with args.out.open("w", encoding="utf-8") as out:
        for premise, hypothesis, kind in dict.fromkeys(pairs):
            row = {"premise": premise, "hypothesis": hypothesis, "set": f"news.{kind}"}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
