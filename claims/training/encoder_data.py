"""What the tuned encoder learns from: batches of texts with the claim that each carries, whichever side it takes.

Every batch is of one kind, so that what is apart in it is apart for a reason: other key points of one motion
(ArgKP-2021), other perspectives on one claim (PERSPECTRUM), other news stories (Emergent, FNC-1), a sentence that does
not follow (NLI, FEVER, MSRP).  A text and its denial carry the same claim: only where two texts share most of their
words does an NLI contradiction deny rather than tell of something else, so only those count.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from claims.contrast import content, overlap
from claims.training.stories import Story, parts, read_stories

DENIES = 0.6
"""Share of the shorter text's content words that both share, from which a contradiction counts as a denial."""

MOST = 600
"""Characters of a text that are kept."""

SHARES = {
    "stories": 0.4, "nli": 0.2, "argkp": 0.12, "perspectrum": 0.08, "emergent": 0.1, "fnc": 0.05, "msrp": 0.05,
}  # fmt: skip
"""How often a batch is of each kind."""


class Item(NamedTuple):
    """A text of a batch with the number of the claim that it carries; numbers hold within a batch."""

    text: str
    group: int


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
        items = [Item(row["key_point"], i) for i, row in enumerate(points)]
        said = [Item(text, i) for i, row in enumerate(points) for text in row["arguments"]]
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
                items += [Item(text, groups) for text in rng.sample(texts, min(4, len(texts)))]
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
            items += [Item(text, i) for text in rng.sample(stories[story], min(3, len(stories[story])))]
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
                items += [Item(text, groups) for text in (claim.wording, *rng.sample(sides, min(2, len(sides))))]
                if claim.lines["~"]:
                    items.append(Item(rng.choice(claim.lines["~"]), groups + 1))
                groups += 2
        return items[:size]

    return batch


def anchored(pairs: list[tuple[str, str, list[str]]]) -> Kind:
    """Texts with one that carries the same claim and, where there is one, others near it that do not."""

    def batch(rng: random.Random, size: int) -> list[Item]:
        items: list[Item] = []
        number = 0
        for one, other, strangers in rng.sample(pairs, size // 3):
            items += [Item(one, number), Item(other, number)]
            number += 1
            if strangers:
                items.append(Item(rng.choice(strangers), number))
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
    kinds: dict[str, Kind] = {
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
