"""Statements of news as they meet in linking: pairs labelled by reading, and claims written around a statement.

Public pair sets have no notion of two sentences that share people, event and words and yet say different things, which
is what a linker's neighbours mostly are: of pairs that the judge of 25 November 2026 took for disputes with 0.9 or
more, one in twenty-five was one. So two files beside this one say what such sentences are to each other. They were made
by language models in the project's service, each row once, by reading, and nobody read them a second time.

``news/pairs.jsonl``: two statements ``a`` and ``b``, and what each says of the other (``ab``, ``ba``): ``a`` asserts,
``d`` disputes, ``n`` neither; ``fragment`` where one of them states nothing. ``news/claims.jsonl``: claims written
about the statement ``of``: some that it asserts (``+``), one that it disputes (``-``), some that are near it and
neither (``~``). No text of the corpus is in them: a statement is the article (SHA-256 of its text, 16 digits) and two
offsets.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from claims.training.judge_augment import CONTRADICTED, ENTAILED, NEUTRAL
from claims.training.judge_data import Row
from claims.wording import plain

FOLDER = Path(__file__).with_name("news")

HELD_OUT = 10
"""Of so many articles one is kept for measuring."""

LABELS = {"a": ENTAILED, "d": CONTRADICTED, "n": NEUTRAL, "+": ENTAILED, "-": CONTRADICTED, "~": NEUTRAL}

Place = tuple[str, int, int]


def read_articles(corpus: Path) -> dict[str, str]:
    """The texts of a corpus of JSON lines by what the files here call them."""
    texts = (json.loads(line).get("text") or "" for line in corpus.read_text(encoding="utf-8").splitlines())
    return {hashlib.sha256(text.encode()).hexdigest()[:16]: text for text in texts}


def read_lines(name: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The rows of a file here."""
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def held_out(*places: Place) -> bool:
    """Whether a row is for measuring: where any of its articles is kept out."""
    return any(int(article, 16) % HELD_OUT == 0 for article, _, _ in places)


def pairs(rows: Iterable[Mapping[str, Any]], articles: Mapping[str, str]) -> tuple[list[Row], list[Row]]:
    """(training, development) rows of labelled pairs, each pair both ways. What is against a fragment is neutral."""
    out: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        texts = {key: _said(row[key], articles) for key in "ab"}
        same = float(row["ab"] != "n" or row["ba"] != "n")
        for one, other in ("ab", "ba"):
            made = Row(texts[one], plain(texts[other]), LABELS[row[one + other]], "news.pairs", same=same)
            out[held_out(row["a"], row["b"])].append(made)
    return out


def written(rows: Iterable[Mapping[str, Any]], articles: Mapping[str, str]) -> tuple[list[Row], list[Row]]:
    """(training, development) rows of a statement against each claim that was written about it."""
    out: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        said = _said(row["of"], articles)
        for mark in "+-~":
            made = (Row(said, text, LABELS[mark], "news.claims", same=float(mark != "~")) for text in row[mark])
            out[held_out(row["of"])].extend(made)
    return out


def news_rows(corpus: Path, folder: Path = FOLDER) -> tuple[list[Row], list[Row]]:
    """All rows of both files, (training, development). Raises KeyError where the corpus lacks an article."""
    articles = read_articles(corpus)
    both = (pairs(read_lines("pairs.jsonl", folder), articles), written(read_lines("claims.jsonl", folder), articles))
    return [row for train, _ in both for row in train], [row for _, dev in both for row in dev]


def _said(place: Place, articles: Mapping[str, str]) -> str:
    article, start, end = place
    return articles[article][start:end]
