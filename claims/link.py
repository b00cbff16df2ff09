"""Which recurring claims lie near a statement, by exact search.

Polarity plays no part here: a claim and its denial are one claim with two sides, so that stance (``claims.stance``)
has something to set against each other. How near is near enough to ask the judge stands here too (:func:`nearness`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from claims.contrast import content, overlap
from claims.encode import Vectors, unpack
from claims.quantities import other_year
from claims.wording import plain

FEW = 50
"""Texts that must be known several times over before what they have in common is known well."""

WORDS = 0.3
"""How much likeness it is worth that a statement and a claim share all their content words."""

MANY = 300
"""Claims from which on it counts how many there are."""

GROWS = 0.3
"""How much likeness is worth less wherever there are ten times as many claims."""

CROWDED = 0.15
"""By how much nearer a statement must lie among very many claims: more lies near then, and to ask costs time."""

FEWEST = 3
"""Content words that a text must have to be told from others: "It doesn't" is said of anything."""


def crowd(claims: int) -> float:
    """What is taken off likeness among so many claims: the more there are, the likelier the nearest of those that say
    something else. Nothing among :data:`MANY` or fewer.
    """
    return GROWS * math.log10(max(MANY, claims) / MANY)


def asked(near: float, claims: int) -> float:
    """How near a statement must lie to a claim for the judge to be asked among so many: ``near`` among few."""
    return near + CROWDED * (1 - MANY / max(MANY, claims))


def nearness(said: str, wording: str, likeness: float, least: float) -> float | None:
    """How near what is said is to a claim: likeness and shared words added up.

    ``None`` where the judge need not be asked: where too little is said, another year is named, or it is less than
    ``least`` (:func:`asked`). Vectors take one subject for one claim where much is said of it, and words what
    all texts are about. So neither decides by itself: the sum tells whom to ask about, and the judge has the last word.
    """
    if likeness + WORDS < least:
        return None
    near = likeness + WORDS * overlap(said, wording)
    if near < least or other_year(said, wording):
        return None
    few = min(len(content(said)), len(content(wording))) < FEWEST
    return None if few and plain(said) != wording else near


class Candidate(NamedTuple):
    """A claim near a statement: the average cosine to its texts, and the same without what all texts have in common,
    less what the :func:`crowd` takes off.
    """

    claim_id: int
    similarity: float
    likeness: float


def _best(row: Vectors, least: float, most: int) -> list[tuple[int, float]]:
    """At most ``most`` positions of values from ``least``, highest first; of equals the first, always."""
    if len(row) > most:
        least = max(least, float(np.partition(row, len(row) - most)[len(row) - most]))
    found = sorted(((float(row[i]), -int(i)) for i in np.flatnonzero(row >= least)), reverse=True)
    return [(-i, value) for value, i in found[:most]]


class Linker:
    """All claims as rows of one matrix, so that proposing is one product (exact search, average linkage).

    A row holds the sum of the claim's unit vectors: its product with a vector, divided by their number, is the average
    similarity to all of them. Memory is 4 bytes x dimension a claim: 150 MB for 100,000 claims of 384.
    """

    def __init__(self, members: Iterable[tuple[int, str, bytes]] = ()) -> None:
        self._ids: list[int] = []
        self._row: dict[int, int] = {}
        self._texts: dict[int, set[str]] = {}
        self._sums: Vectors = np.zeros((0, 0), np.float32)
        self._counts = np.zeros(0, np.float32)
        keys: list[tuple[int, str]] = []
        blobs: list[bytes] = []
        for claim_id, key, blob in members:
            keys.append((claim_id, key))
            blobs.append(blob)
        for (claim_id, key), vector in zip(keys, unpack(blobs), strict=True):
            self.add(claim_id, key, vector)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, claim_id: int) -> bool:
        return claim_id in self._row

    def add(self, claim_id: int, key: str, vector: Vectors) -> None:
        """A text (by hash) with its unit vector, shape ``(dimension,)``, joins a claim; the same text counts once."""
        row = self._row.get(claim_id)
        if row is None:
            row = self._open(claim_id, len(vector))
        if key not in self._texts[claim_id]:
            self._texts[claim_id].add(key)
            self._sums[row] += vector
            self._counts[row] += 1

    def _open(self, claim_id: int, dimension: int) -> int:
        row = len(self._ids)
        if row >= len(self._sums):
            room = max(1024, 2 * row)  # doubling: adding n claims costs O(n) in all
            sums = np.zeros((room, dimension), np.float32)
            counts = np.zeros(room, np.float32)
            sums[:row], counts[:row] = self._sums[:row] if row else 0, self._counts[:row]
            self._sums, self._counts = sums, counts
        self._ids.append(claim_id)
        self._row[claim_id] = row
        self._texts[claim_id] = set()
        return row

    def common(self, vectors: Vectors) -> Vectors:
        """What all texts, with those of a further document, ``(n, dimension)``, have in common: their mean.

        It counts by half as soon as there are :data:`FEW` texts.
        """
        n = len(self._ids)
        total = self._sums[:n].sum(0) if n else np.zeros(vectors.shape[1], np.float32)
        return np.asarray((total + vectors.sum(0)) / (float(self._counts[:n].sum()) + len(vectors) + FEW), np.float32)

    def candidates(
        self, vectors: Vectors, least: float, most: int, common: Vectors | None = None, crowd: float = 0.0
    ) -> list[list[Candidate]]:
        """The claims near each of ``vectors``, shape ``(n, dimension)``: ``most`` at most, best first.

        Only claims of average cosine ``least`` or more count. Their likeness is that cosine with ``common`` taken off
        both sides; without it, the cosine itself. ``crowd`` is taken off it.
        """
        n = len(self._ids)
        if not n or not len(vectors):
            return [[] for _ in vectors]
        near = (vectors @ self._sums[:n].T) / self._counts[:n]
        if common is None:
            apart = near
        else:
            # |x - m|^2 = 1 - 2xm + mm of a unit vector x; of a claim's texts, the mean of that
            ours, square = vectors @ common, float(common @ common)
            theirs = self._sums[:n] @ common / self._counts[:n]
            room = np.sqrt(np.maximum(np.outer(1 - 2 * ours + square, 1 - 2 * theirs + square), 1e-9))
            apart = (near - ours[:, None] - theirs[None, :] + square) / room
        out = []
        for cosines, row in zip(near, apart, strict=True):
            found = _best(np.where(cosines >= least, row, -2.0), -1.5, most)
            out.append([Candidate(self._ids[i], float(cosines[i]), s - crowd) for i, s in found])
        return out

    def mean_similarity(self, claim_id: int, vectors: Vectors) -> list[float]:
        """Average cosine of each vector to a claim's texts: how central each is."""
        row = self._row[claim_id]
        return [float(x) for x in vectors @ self._sums[row] / self._counts[row]]
