"""How well the tool reads: its own reading of annotated articles against the annotations.

Every figure is in [0, 1] and higher is better, save ``pairs.joined_pairs``, which is a count. ``None``: the
annotations hold nothing to get right. What each figure means is said where it is worked out: ``articles`` (one by
one) and ``standing`` (across them).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims.evaluate import articles, standing
from claims.evaluate.data import Export, Gold, rows
from claims.evaluate.run import run


def evaluate(export: Path, gold: Path, split: str = "dev", tracked: Path | None = None) -> dict[str, Any]:
    """Score an export, and what ``claims track --json`` printed for the canonical wordings, against annotations.

    ``export`` is a folder as ``claims export --format jsonl`` writes it; ``gold`` holds documents.json,
    sentences.jsonl, holders.json, claims.SPLIT.json and pairs.SPLIT.jsonl. Raises
    :class:`claims.errors.InputError` where a file is missing or is not what it should be.
    """
    truth = Gold(gold, split)
    found = Export(export, truth)
    report = {
        "metadata": articles.metadata(found, truth),
        "reading": articles.reading(found, truth),
        **articles.sentences(found, truth),
        "pairs": standing.pairs(found, truth),
        "claims": standing.claims(found, truth),
    }
    if tracked:
        report["tracked"] = standing.tracked(rows(tracked, "claim", "mentions"), truth)
    return report


def flatten(report: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, float | None]]:
    """A nested report as lines: dotted name and figure."""
    for name, value in report.items():
        if isinstance(value, dict):
            yield from flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


__all__ = ["evaluate", "flatten", "run"]
