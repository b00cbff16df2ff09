"""Statements of news as they meet in linking: pairs labelled by reading, and claims written around a statement.

Public pair sets have no notion of two sentences that share people, event and words and yet say different things, which
is what a linker's neighbours mostly are: of pairs that the judge of 25 November 2026 took for disputes with 0.9 or
more, one in twenty-five was one. So three files beside this one say what such sentences are to each other, and to
claims. They were made by language models in the project's service, each row once, by reading, and nobody read them a
second time.

``news/pairs.jsonl``: two statements ``a`` and ``b``, and what each says of the other (``ab``, ``ba``; or the first
alone): ``a`` asserts, ``d`` disputes, ``n`` neither, and of those read one way ``i`` takes its side and ``x`` speaks
against it without saying as much; ``fragment`` where one of them states nothing. ``news/claims.jsonl``: claims written
about the statement ``of``: some that it asserts (``+``), some that it disputes (``-``), some that are near it and
neither (``~``), and of part of them one that takes it up and goes on to something else (``o``). ``news/groups.jsonl``:
some articles near each other with all statements in them, and claims as an analyst would word them who compares these
articles, each with the statements that assert it (``+``), that lean to it (``i``), dispute it (``-``), lean against it
(``x``) or are easily taken for one of these (``~``); all others have nothing to do with it. No text of the corpus is in
these files: a statement is the article (SHA-256 of its text, 16 digits) and two offsets.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from claims.sentences import spans
from claims.training.judge_augment import CONTRADICTED, ENTAILED, NEUTRAL
from claims.training.judge_data import Row
from claims.wording import plain

FOLDER = Path(__file__).with_name("news")

HELD_OUT = 10
"""Of so many articles one is kept for measuring."""

LABELS = {"a": ENTAILED, "d": CONTRADICTED, "n": NEUTRAL, "+": ENTAILED, "-": CONTRADICTED, "~": NEUTRAL, "o": NEUTRAL}

CARRY = {"+": 1.0, "-": 1.0, "~": 0.0, "o": None}
"""Whether what was written about a statement carries its claim; of what takes it up and goes on nothing is said."""

SIDED = frozenset("ad")
"""The labels of which the two carry one claim."""

LEANS = {"i": (0.45, 0.5, 0.05), "x": (0.05, 0.5, 0.45)}
"""What a statement that only leans to a claim, or against it, is to it, as (asserts, neutral, disputes)."""

NEARLY = 0.6
"""How likely a statement that leans carries the claim."""

OTHERS = 4
"""With how many of the statements that have nothing to do with it a claim of a group is paired."""

MATES = 6
"""At most so many pairs of statements that take a side on one claim of a group are taken, and as many that share none.
"""

DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying|ials?)|reject|refut|dismiss|disput|doubt|contradict)", re.I)

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


def pairs(
    rows: Iterable[Mapping[str, Any]], articles: Mapping[str, str], shared: Container[tuple[Place, Place]] = ()
) -> tuple[list[Row], list[Row]]:
    """(training, development) rows of labelled pairs, each way labelled. What is against a fragment is neutral.

    Those in ``shared`` carry one claim, even where neither says what the other says.
    """
    out: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        texts = {key: text_at(row[key], articles) for key in "ab"}
        carry = letters(row) & SIDED or (tuple(row["a"]), tuple(row["b"])) in shared
        for one, other in ("ab", "ba"):
            if one + other not in row:
                continue
            letter, said, wording = row[one + other], texts[one], plain(texts[other])
            if letter in LEANS:
                made = _leaning(said, wording, letter, "news.pairs")
            else:
                made = Row(said, wording, LABELS[letter], "news.pairs", same=float(bool(carry)))
            out[held_out(row["a"], row["b"])].append(made)
    return out


def letters(row: Mapping[str, Any]) -> set[str]:
    """What two statements were labelled as to each other, one way or both."""
    return {row[way] for way in ("ab", "ba") if way in row}


def written(rows: Iterable[Mapping[str, Any]], articles: Mapping[str, str]) -> tuple[list[Row], list[Row]]:
    """(training, development) rows of a statement against each claim that was written about it.

    Those that dispute it and those that are near it are so both ways round.
    """
    out: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        said = text_at(row["of"], articles)
        for mark, carries in CARRY.items():
            for text in row.get(mark, ()):
                ways = [(said, text), (text, plain(said))] if mark in "-~" else [(said, text)]
                made = (Row(one, other, LABELS[mark], "news.claims", same=carries) for one, other in ways)
                out[held_out(row["of"])].extend(made)
    return out


def grouped(rows: Iterable[Mapping[str, Any]], articles: Mapping[str, str]) -> tuple[list[Row], list[Row]]:
    """(training, development) rows of the statements of a group against each of its claims.

    A statement counts by itself and, as ``claims.track`` asks that too, by its sentence.
    """
    out: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        rng = random.Random(row["claims"][0]["claim"])
        texts = [list(_told(article, where, articles[article])) for article, where in row["articles"].items()]
        said = [text for part in texts for text in part]
        rows_of = out[held_out(*((article, 0, 0) for article in row["articles"]))]
        for claim in row["claims"]:
            marks = {n: mark for mark in "+i-x~" for n in claim.get(mark, ())}
            rest = [n for n in range(len(said)) if n not in marks]
            rows_of += [
                _grouped(text, claim["claim"], mark) for n, mark in sorted(marks.items()) for text in said[n]
            ]
            for n in rng.sample(rest, min(OTHERS, len(rest))):
                rows_of.append(Row(rng.choice(said[n]), claim["claim"], NEUTRAL, "news.others", same=0.0))
    return out


def mates(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Place, Place]]:
    """The pairs of statements of a group that take a side on one of its claims, in both orders."""
    for row in rows:
        places = statements(row)
        for claim in row["claims"]:
            sides = with_mark(claim, "+-")
            yield from ((places[n], places[m]) for n in sides for m in sides if n != m)


def joined(rows: Iterable[Mapping[str, Any]], articles: Mapping[str, str]) -> tuple[list[Row], list[Row]]:
    """(training, development) rows of two statements of a group: whether they take a side on one claim, whichever.

    An analyst's claim is wider than a statement: of two that both assert it, neither need say what the other says, so
    these pairs have no label of sides. Those that share none are its near misses, those on another claim of the group,
    and any.
    """
    out: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        rng = random.Random(row["claims"][0]["claim"])
        places = statements(row)
        on = carried(row["claims"])
        made = out[held_out(*places)]
        for claim in row["claims"]:
            sides = sorted(with_mark(claim, "+-"))
            leaning = sorted(with_mark(claim, "ix").difference(sides))
            alike = [(n, m) for n in sides for m in sides if n != m]
            loose = [(n, m) for n in sides for m in leaning]
            apart = [list(claim.get("~", ())), sorted(on), range(len(places))]
            for pair in rng.sample(alike, min(MATES, len(alike))):
                made.append(_joined(pair, places, articles, 1.0))
            for pair in rng.sample(loose, min(1, len(loose))):
                made.append(_joined(pair, places, articles, NEARLY))
            for n in rng.sample(sides, min(MATES // 3, len(sides))):
                for others in apart:
                    rest = [m for m in others if m != n and not on[n] & on.get(m, set())]
                    for m in rng.sample(rest, min(1, len(rest))):
                        made.append(_joined(rng.sample((n, m), 2), places, articles, 0.0))
    return out


def statements(row: Mapping[str, Any]) -> list[Place]:
    """The statements of a group, by the number that its claims call them."""
    return [(article, *where) for article, found in row["articles"].items() for where in found]


def with_mark(claim: Mapping[str, Any], marks: str) -> set[int]:
    """The statements that have one of some marks on a group's claim."""
    return {n for mark in marks for n in claim.get(mark, ())}


def carried(claims: Sequence[Mapping[str, Any]]) -> dict[int, set[int]]:
    """By statement which of a group's claims, by position, it takes a side on or leans to."""
    on: dict[int, set[int]] = {}
    for k, claim in enumerate(claims):
        for n in with_mark(claim, "+-ix"):
            on.setdefault(n, set()).add(k)
    return on


def _joined(pair: Sequence[int], places: Sequence[Place], articles: Mapping[str, str], same: float) -> Row:
    one, other = (text_at(places[n], articles) for n in pair)
    return Row(one, plain(other), None, "news.joined", same=same)


def _grouped(said: str, claim: str, mark: str) -> Row:
    if mark in LEANS:
        return _leaning(said, claim, mark, "news.leans")
    return Row(said, claim, LABELS[mark], "news.groups", same=float(mark != "~"))


def _leaning(said: str, claim: str, mark: str, name: str) -> Row:
    return Row(said, claim, None, name, LEANS[mark], NEARLY)


def _told(article: str, where: Iterable[tuple[int, int]], text: str) -> Iterator[list[str]]:
    """Of each statement of an article its text, and its sentence too unless that may deny it."""
    sentences = list(spans(text))
    starts = [start for start, _ in sentences]
    for start, end in where:
        said = [text_at((article, start, end), {article: text})]
        at = sentences[max(0, bisect_right(starts, start) - 1)]
        around = text[at[0] : start] + text[end : at[1]]
        if end <= at[1] and len(around) > 2 and not DENIES.search(around):
            said.append(" ".join(text[at[0] : at[1]].split()))
        yield said


def news_rows(corpus: Path, folder: Path = FOLDER) -> tuple[list[Row], list[Row]]:
    """All rows of the files, (training, development). Raises KeyError where the corpus lacks an article."""
    articles = read_articles(corpus)
    groups = read_lines("groups.jsonl", folder)
    made = [
        pairs(read_lines("pairs.jsonl", folder), articles, set(mates(groups))),
        written(read_lines("claims.jsonl", folder), articles),
        grouped(groups, articles),
        joined(groups, articles),
    ]
    return [row for train, _ in made for row in train], [row for _, dev in made for row in dev]


def text_at(place: Place, articles: Mapping[str, str]) -> str:
    """The text of a statement."""
    article, start, end = place
    return articles[article][start:end]
