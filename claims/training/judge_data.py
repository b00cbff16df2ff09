"""Labelled pairs for the judge: reading, the held-out tenth of Emergent, the training mix and its stream.

The mix is a list of rows with a multiplicity; the stream walks it epoch after epoch in a seeded order, passes each row
through :mod:`claims.training.judge_augment`, and yields batches of about equal length.  The same seed and position give
the same batches, so that a run can be resumed.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LABELS = ("entailment", "neutral", "contradiction")
"""Order of the model's outputs; also written into its ``config.id2label``."""

# Rows of a set per epoch.  Below one: noisy, long or loose labels.  Above one: small sets near the product's own pairs.
MULTIPLICITY: dict[str, float] = {
    "emergent.train": 4.0,
    "fnc1_unrelated_noemergent.train": 0.35,
    "argkp_match.train": 0.4,
    "climate_fever.all": 0.6,
    "covidfact.all": 0.7,
    "liar_plus.dev": 0.4,
    "politihop.train": 0.4,
    "politihop.dev": 0.4,
    "conjnli_adv.train": 0.7,
    "cad_snli.train": 4.0,
    "snli.dev": 0.8,
    "argkp.same": 0.4,
    "perspectrum.same": 0.6,
    "msrp.same": 1.0,
    "stories": 2.0,
    "stories.pair": 1.0,
    "stories.other": 1.0,
    "stories.strange": 1.0,
    "news.claims": 2.5,
    "news.leans": 0.5,
    "news.others": 0.6,
    "news.joined": 1.5,
}
# FNC-1 has 7 % of disputes, and they are what its score is about.
FNC_DISPUTES = 3.0
FNC_OTHERS = 0.7
# Of the labelled pairs of news one in six takes a side.
NEWS_SIDES = 8.0
NEWS_OTHERS = 4.0
# A group's claim is asserted twice as often as it is disputed, and has twice as many near misses.
GROUP_SIDES = (2.5, 1.0, 3.5)


@dataclass(frozen=True)
class Row:
    """One pair. ``label`` indexes :data:`LABELS`; ``soft`` are a teacher's probabilities in the same order.

    ``same`` is 1 where both texts carry one claim, whichever side they take, and 0 where they do not.
    """

    premise: str
    hypothesis: str
    label: int | None
    set: str
    soft: tuple[float, float, float] | None = None
    same: float | None = None


def read_rows(paths: Iterable[Path], name: str = "") -> list[Row]:
    """Rows of JSON lines files with ``premise``, ``hypothesis`` and ``label`` and/or ``soft``."""
    rows: list[Row] = []
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                r = json.loads(line)
                label = LABELS.index(r["label"]) if r.get("label") else None
                soft = tuple(r["soft"]) if r.get("soft") else None
                rows.append(Row(r["premise"], r["hypothesis"], label, r.get("set", name or path.stem), soft))
    return rows


def words(text: str) -> frozenset[str]:
    """The lower-case words of a text."""
    return frozenset(re.findall(r"[a-z0-9]+", text.lower()))


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Jaccard similarity of two word sets."""
    return len(a & b) / len(a | b) if a and b else 0.0


def held_out(groups: Sequence[str]) -> set[str]:
    """The claims of Emergent's held-out tenth: the first by hash of their id, until a tenth of the rows is reached."""
    chosen: set[str] = set()
    taken = 0
    for group in sorted(set(groups), key=lambda g: hashlib.sha256(g.encode()).hexdigest()):
        if taken >= len(groups) / 10:
            break
        chosen.add(group)
        taken += groups.count(group)
    return chosen


def emergent_split(rows: Sequence[Row], clusters: Path) -> tuple[list[Row], list[Row]]:
    """Take the Emergent tenth out of ``rows``: (training rows, development rows).

    Emergent rows go by their claim's group in ``clusters``.  FNC-1 retells Emergent's stories, so an FNC-1 row whose
    headline looks like a held-out headline or claim (Jaccard >= 0.5) is dropped from training altogether.
    """
    group: dict[tuple[str, str], str] = {}
    for line in clusters.read_text(encoding="utf-8").splitlines():
        r = json.loads(line)
        group[r["premise"], r["hypothesis"]] = r["group"]
    away = held_out(list(group.values()))
    by_claim = {hypothesis: g for (_, hypothesis), g in group.items()}

    def place(row: Row) -> bool | None:
        """True: held out; False: training; None: unknown claim, in neither."""
        found = group.get((row.premise, row.hypothesis)) or by_claim.get(row.hypothesis)
        return None if found is None else found in away

    emergent = [(r, place(r)) for r in rows if r.set.startswith("emergent")]
    dev = [r for r, out in emergent if out]
    seen = {words(t) for r in dev for t in (r.premise, r.hypothesis)}
    train = [r for r, out in emergent if out is False]
    for r in rows:
        if r.set.startswith("emergent"):
            continue
        headline = words(r.hypothesis)
        if not (r.set.startswith("fnc1") and any(overlap(headline, s) >= 0.5 for s in seen)):
            train.append(r)
    return train, dev


def multiplicity(row: Row) -> float:
    """How often a row appears in one epoch."""
    if row.set == "fnc1_noemergent.train":
        return FNC_DISPUTES if row.label == LABELS.index("contradiction") else FNC_OTHERS
    if row.set == "news.pairs":
        return NEWS_OTHERS if row.label in (None, LABELS.index("neutral")) else NEWS_SIDES
    if row.set == "news.groups" and row.label is not None:
        return GROUP_SIDES[row.label]
    return MULTIPLICITY.get(row.set, 1.0)


def epoch_order(rows: Sequence[Row], seed: int, epoch: int) -> list[int]:
    """Row indices of one epoch, each as often as its multiplicity says (fractions by chance), shuffled."""
    rng = random.Random(f"{seed}/{epoch}")
    order: list[int] = []
    for i, row in enumerate(rows):
        m = multiplicity(row)
        order += [i] * (int(m) + (rng.random() < m % 1))
    rng.shuffle(order)
    return order


def batches(
    rows: Sequence[Row],
    encode: Callable[[list[tuple[str, str]]], list[list[int]]],
    augment: Callable[[Row, random.Random], Row],
    *,
    size: int,
    seed: int,
    skip: int = 0,
    share: tuple[int, int] = (0, 1),
    pool: int = 64,
) -> Iterator[list[tuple[list[int], Row]]]:
    """Endless batches of (token ids, row), sorted by length inside pools of ``pool * size`` rows.

    ``skip`` batches are passed over without being encoded; the stream then goes on exactly as it would have.
    ``share`` is (k, n): only every n-th batch, from the k-th.
    """
    done = epoch = 0
    while True:
        order = epoch_order(rows, seed, epoch)
        for start in range(0, len(order) - size + 1, pool * size):
            part = order[start : start + pool * size]
            count = len(part) // size
            if done + count <= skip:
                done += count
                continue
            rng = random.Random(f"{seed}/{epoch}/{start}")
            made = [augment(rows[i], rng) for i in part]
            ids = encode([(r.premise, r.hypothesis) for r in made])
            coded = sorted(zip(ids, made, strict=True), key=lambda p: len(p[0]))
            cut = [coded[i * size : (i + 1) * size] for i in range(count)]
            rng.shuffle(cut)
            for batch in cut:
                done += 1
                if done > skip and done % share[1] == share[0]:
                    yield batch
        epoch += 1
