"""Pairs that do or do not carry the same claim, whichever side they take: what the judge's fourth output learns from.

Texts under one key point (ArgKP-2021), one perspective (PERSPECTRUM) or a paraphrase (MSRP) carry the same claim; the
negatives are hard: another key point or perspective *on the same topic and side*.  Of the pairs of natural language
inference, entailed and contradicted ones are the same claim with two sides, neutral ones are not; of Emergent and FNC-1
so are those that only report (``observing``, ``discuss``), as they are about the claim without taking a side.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from claims.training.judge_data import LABELS, Row

NEUTRAL = LABELS.index("neutral")
ABOUT = ("emergent", "fnc1_noemergent")
"""Sets whose neutral pairs are about the claim all the same."""
UNKNOWN = ("argkp_match", "stance")
"""Sets whose labels say nothing of this beyond what the clusters say."""


def with_same(row: Row) -> Row:
    """A labelled pair with what its label and set say of carrying the same claim."""
    if row.label is None or row.set.startswith(UNKNOWN):
        return row
    same = row.label != NEUTRAL or row.set.startswith(ABOUT)
    return replace(row, same=float(same))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _groups(groups: list[list[str]], name: str, rng: random.Random, each: int) -> Iterator[Row]:
    """Of texts in groups about one topic: for every text ``each`` of its own group, and ``each`` of others."""
    for i, group in enumerate(groups):
        others = [text for j, g in enumerate(groups) if j != i for text in g]
        for text in group:
            mates = [t for t in group if t != text]
            for mate in rng.sample(mates, min(each, len(mates))):
                yield Row(text, mate, None, name, same=1.0)
            for stranger in rng.sample(others, min(each, len(others))):
                yield Row(text, stranger, None, name, same=0.0)


def same_rows(folder: Path, seed: int) -> list[Row]:
    """The training pairs of the ``cluster`` folder."""
    rng = random.Random(seed)
    out: list[Row] = []
    points: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for r in _rows(folder / "argkp_clusters.train.jsonl"):
        points.setdefault((r["topic"], r["stance"]), []).append(r)
    for group in points.values():
        for r in group:
            rest = [o["key_point"] for o in group if o is not r]
            for argument in r["arguments"]:
                out.append(Row(argument, r["key_point"], None, "argkp.same", same=1.0))
                for other in rng.sample(rest, min(2, len(rest))):
                    out.append(Row(argument, other, None, "argkp.same", same=0.0))
        out += _groups([r["arguments"] for r in group], "argkp.same", rng, 1)
    sides: dict[tuple[str, str], list[list[str]]] = {}
    for r in _rows(folder / "perspectrum_clusters.train.jsonl"):
        sides.setdefault((r["claim"], r["stance"]), []).append([t.strip() for t in r["texts"]])
    for texts in sides.values():
        out += _groups(texts, "perspectrum.same", rng, 1)
    for r in _rows(folder / "msrp.train.jsonl"):
        out.append(Row(r["a"], r["b"], None, "msrp.same", same=float(r["score"])))
    rng.shuffle(out)
    return out
