"""What the figures are made of: names as sets of words, and precision, recall and F1."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

Name = frozenset[str]
"""A name as its content words."""

Counts = tuple[int, int, int]
"""True positives, false positives, false negatives."""

Figure = dict[str, float]
"""``p``, ``r`` and ``f1``."""

NOTHING: Counts = (0, 0, 0)

_WORD = re.compile(r"[a-z0-9]+")
_STOP = frozenset(
    {"the", "a", "an", "of", "in", "on", "for", "and", "s", "mr", "ms", "dr", "its", "their", "former", "then", "new"}
)


def words(name: str | None) -> Name:
    """The content words of a name, without case, accents, titles of a sentence or punctuation."""
    straight = (name or "").replace("’", "'").replace("'s", "")
    flat = unicodedata.normalize("NFKD", straight).encode("ascii", "ignore").decode()
    return frozenset(word for word in _WORD.findall(flat.lower()) if word not in _STOP)


def same(a: Name, b: Name) -> bool:
    """Whether all words of one name are in the other: "Campbell" is "Kurt Campbell"."""
    return bool(a) and bool(b) and (a <= b or b <= a)


def any_same(name: Name, names: Iterable[Name]) -> bool:
    """Whether a name is one of several."""
    return any(same(name, other) for other in names)


def matches(voice: Collection[Name], wanted: Collection[Name] | None) -> bool:
    """Whether a chain of holders holds the wanted one. ``None`` asks for the document's own voice: an empty chain."""
    if wanted is None:
        return not voice
    return any(any_same(name, wanted) for name in voice)


def add(a: Counts, b: Counts) -> Counts:
    """Two counts as one."""
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]


def figure(counts: Counts) -> Figure:
    """Precision, recall and F1; 0 where there is nothing to divide by."""
    hit, wrong, missed = counts
    p = hit / (hit + wrong) if hit + wrong else 0.0
    r = hit / (hit + missed) if hit + missed else 0.0
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / (p + r), 3) if p + r else 0.0}


def share(hit: int, total: int) -> float | None:
    """A part of a whole; ``None`` where there was nothing to get right."""
    return round(hit / total, 3) if total else None
