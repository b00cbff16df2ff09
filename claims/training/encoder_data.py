"""What the tuned encoder learns from: batches of texts with the claim that each carries, whichever side it takes.

Every batch is of one kind, so that what is apart in it is apart for a reason: other key points of one motion
(ArgKP-2021), other perspectives on one claim (PERSPECTRUM), other news stories (Emergent, FNC-1), a sentence that does
not follow (NLI, FEVER, MSRP), other statements of the same few articles of news (``claims.training.news``).  A text and
its denial carry the same claim: only where two texts share most of their words does an NLI contradiction deny rather
than tell of something else, so only those count.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from claims.contrast import content, overlap
from claims.training import news
from claims.training.stories import Story, parts, read_stories

DENIES = 0.6
"""Share of the shorter text's content words that both share, from which a contradiction counts as a denial."""

MOST = 600
"""Characters of a text that are kept."""

SHARES = {
    "groups": 0.3, "pairs": 0.1, "claims": 0.05, "stories": 0.2, "nli": 0.12, "argkp": 0.06, "perspectrum": 0.05,
    "emergent": 0.07, "fnc": 0.03, "msrp": 0.02,
}  # fmt: skip
"""How often a batch is of each kind."""


class Item(NamedTuple):
    """A text of a batch with the number of each claim that it carries; numbers hold within a batch."""

    text: str
    on: frozenset[int]

    @classmethod
    def of(cls, text: str, *on: int) -> Item:
        """A text that carries these claims."""
        return cls(text, frozenset(on))


Kind = Callable[[random.Random, int], list[Item]]


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def argkp(folder: Path) -> Kind:
    """Arguments and the key points of one motion."""
    topics: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(folder / "cluster/argkp_clusters.train.jsonl"):
        topics[row["topic"]].append(row)

    def batch(rng: random.Random, size: int) -> list[Item]:
        points = topics[rng.choice(sorted(topics))]
        items = [Item.of(row["key_point"], i) for i, row in enumerate(points)]
        said = [Item.of(text, i) for i, row in enumerate(points) for text in row["arguments"]]
        return items + rng.sample(said, min(len(said), max(0, size - len(items))))

    return batch


def perspectrum(folder: Path) -> Kind:
    """Perspectives on a few claims."""
    subjects: dict[str, list[list[str]]] = defaultdict(list)
    for row in rows(folder / "cluster/perspectrum_clusters.train.jsonl"):
        subjects[row["claim"]].append([text.strip() for text in row["texts"]])

    def batch(rng: random.Random, size: int) -> list[Item]:
        items: list[Item] = []
        groups = 0
        for subject in rng.sample(sorted(subjects), 8):
            for texts in subjects[subject]:
                items += [Item.of(text, groups) for text in rng.sample(texts, min(4, len(texts)))]
                groups += 1
            if len(items) >= size:
                break
        return items[:size]

    return batch


def emergent(folder: Path, held_out: Callable[[str], bool]) -> Kind:
    """Headlines, and the rumour that each is about."""
    stories: dict[str, list[str]] = defaultdict(list)
    for row in rows(folder / "cluster/emergent.jsonl"):
        if not held_out(row["group"]):
            stories[row["group"]].append(row["premise"])
            if row["hypothesis"] not in stories[row["group"]]:
                stories[row["group"]].append(row["hypothesis"])

    def batch(rng: random.Random, size: int) -> list[Item]:
        items: list[Item] = []
        for i, story in enumerate(rng.sample(sorted(stories), min(len(stories), size // 3))):
            items += [Item.of(text, i) for text in rng.sample(stories[story], min(3, len(stories[story])))]
        return items

    return batch


def written(stories: list[Story]) -> Kind:
    """Claims of one or two stories: wording and sentences of both sides, and sentences that are only near."""

    def batch(rng: random.Random, size: int) -> list[Item]:
        items: list[Item] = []
        groups = 0
        for story in rng.sample(stories, 2):
            for claim in story.claims:
                sides = claim.lines["+"] + claim.lines["-"]
                items += [Item.of(text, groups) for text in (claim.wording, *rng.sample(sides, min(2, len(sides))))]
                if claim.lines["~"]:
                    items.append(Item.of(rng.choice(claim.lines["~"]), groups + 1))
                groups += 2
        return items[:size]

    return batch


def grouped(rows: list[dict[str, Any]], articles: Mapping[str, str]) -> Kind:
    """Claims of one group of articles, statements that take a side on them, and others of the same articles.

    A statement that only leans to a claim is not drawn for it, and is no stranger to it where it is drawn for another.
    """

    def batch(rng: random.Random, size: int) -> list[Item]:
        row = rng.choice(rows)
        places = news.statements(row)
        claims = rng.sample(row["claims"], min(len(row["claims"]), size // 6))
        on = news.carried(claims)
        drawn: list[int] = []
        for claim in claims:
            sides = sorted(news.with_mark(claim, "+-"))
            near = claim.get("~", ())
            drawn += rng.sample(sides, min(3, len(sides))) + rng.sample(near, min(1, len(near)))
        drawn += rng.sample(range(len(places)), min(len(places), max(0, size - len(drawn) - len(claims))))
        items = [Item.of(claim["claim"], number) for number, claim in enumerate(claims)]
        return items + [Item.of(news.text_at(places[n], articles), *on.get(n, ())) for n in dict.fromkeys(drawn)]

    return batch


def labelled(rows: list[dict[str, Any]], articles: Mapping[str, str]) -> list[tuple[str, str, list[str]]]:
    """(statement, one that takes a side on it, statements near the first that do not)."""
    same: list[tuple[str, str]] = []
    other: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        one, two = (news.text_at(row[key], articles) for key in "ab")
        found = news.letters(row)
        if found == {"n"}:
            other[one].append(two)
            other[two].append(one)
        elif found & news.SIDED:
            same += [(one, two), (two, one)]
    paired = {one for one, _ in same}
    alone = [(one, one, others) for one, others in other.items() if one not in paired]
    return [(one, two, other[one]) for one, two in same] + alone


def worded(rows: list[dict[str, Any]], articles: Mapping[str, str]) -> list[tuple[str, str, list[str]]]:
    """(statement, claim written about it that it asserts or disputes, claims near it on which it takes no side)."""
    return [
        (news.text_at(row["of"], articles), claim, row["~"]) for row in rows for claim in (*row["+"], *row["-"])
    ]


def anchored(pairs: list[tuple[str, str, list[str]]]) -> Kind:
    """Texts with one that carries the same claim and, where there is one, others near it that do not."""

    def batch(rng: random.Random, size: int) -> list[Item]:
        items: list[Item] = []
        number = 0
        for one, other, strangers in rng.sample(pairs, size // 3):
            items += [Item.of(one, number), Item.of(other, number)]
            number += 1
            if strangers:
                items.append(Item.of(rng.choice(strangers), number))
                number += 1
        return items

    return batch


def nli(folder: Path) -> list[tuple[str, str, list[str]]]:
    """(premise, hypothesis that follows or denies it, hypotheses of the same premise that do neither)."""
    same: dict[str, list[str]] = defaultdict(list)
    other: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("judge/train/nli-*.jsonl")):
        for row in rows(path):
            name, one, two = row["set"], row["premise"][:MOST], row["hypothesis"][:MOST]
            if name.startswith(("argkp", "emergent", "fnc1", "politihop", "liar", "curric", "covidfact")):
                continue
            if name.startswith("climate") and row["label"] == "neutral":
                continue  # evidence on the claim that decides nothing is about it all the same
            if row["label"] == "entailment" or (row["label"] == "contradiction" and overlap(one, two) >= DENIES):
                same[one].append(two)
            elif row["label"] == "neutral":
                other[one].append(two)
    return [
        (one, two, other.get(one, [])) for one, found in same.items() for two in found if len(content(two)) > 1
    ]


def fnc(folder: Path) -> list[tuple[str, str, list[str]]]:
    """(body of an article, headline of its story, headlines of others)."""
    same: list[tuple[str, str]] = []
    other: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("judge/train/nli-*.jsonl")):
        for row in rows(path):
            one, two = row["premise"][:MOST], row["hypothesis"]
            if row["set"].startswith("fnc1_noemergent"):
                same.append((one, two))
            elif row["set"].startswith("fnc1_unrelated"):
                other[one].append(two)
    return [(one, two, other.get(one, [])) for one, two in same]


def msrp(folder: Path) -> list[tuple[str, str, list[str]]]:
    """(sentence, paraphrase, nothing); sentences near each other that are none are paired with themselves."""
    found: list[tuple[str, str, list[str]]] = []
    for row in rows(folder / "cluster/msrp.train.jsonl"):
        found.append((row["a"], row["b"], []) if row["score"] else (row["a"], row["a"], [row["b"]]))
    return found


def batches(folder: Path, size: int, seed: int, held_out: Callable[[str], bool]) -> Iterator[tuple[str, list[Item]]]:
    """Endless batches of about ``size`` texts, with their kind."""
    articles = news.read_articles(folder / "corpus/news.jsonl")
    groups = [row for row in news.read_lines("groups.jsonl") if not news.held_out(*news.statements(row))]
    pairs = [row for row in news.read_lines("pairs.jsonl") if not news.held_out(row["a"], row["b"])]
    claims = [row for row in news.read_lines("claims.jsonl") if not news.held_out(row["of"])]
    kinds: dict[str, Kind] = {
        "groups": grouped(groups, articles),
        "pairs": anchored(labelled(pairs, articles)),
        "claims": anchored(worded(claims, articles)),
        "stories": written(parts(read_stories())[0]),
        "nli": anchored(nli(folder)),
        "argkp": argkp(folder),
        "perspectrum": perspectrum(folder),
        "emergent": emergent(folder, held_out),
        "fnc": anchored(fnc(folder)),
        "msrp": anchored(msrp(folder)),
    }
    rng = random.Random(seed)
    while True:
        kind = rng.choices(list(SHARES), list(SHARES.values()))[0]
        yield kind, kinds[kind](rng, size)
