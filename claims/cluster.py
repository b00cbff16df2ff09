"""A whole lot of texts into clusters that say the same thing, whichever side they take.

Average linkage over the graph of near neighbours (of all pairs, or above 100,000 texts of those that share a cell): two
clusters are joined while the average cosine between all their texts is at least a threshold. Clusters that are each
other's nearest are joined round by round, all at once (reciprocal agglomerative clustering: Sumengen et al. 2021,
"Scaling Hierarchical Agglomerative Clustering to Billion-sized Datasets"), which for average linkage gives what joining
one pair at a time would. The average over all pairs of two clusters is the product of their sums of unit vectors, so no
table of all pairs is ever held.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from claims.encode import Vectors

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")

ENDING = re.compile(r"(?:ing|ed|es|s)$")

Same = Callable[[Sequence[tuple[str, str]]], Sequence[float]]
"""How sure it is, in [0, 1], that two texts are about the same claim: a model's word on near pairs."""

LEAST = 0.42
"""Average likeness from which two clusters are one: what unseen parts of Emergent choose (0.39 to 0.45)."""

WORDS = 0.4
"""Share of the words in the likeness of two texts; the rest is their cosine."""

ROOM = 256
"""Dimensions into which all words are folded."""

PLACES = 8
"""In how many of them a word is noted."""

MOST = 40
"""Neighbours kept of each text: memory grows with texts times this."""

BLOCK = 512
"""Texts compared at a time with all before them."""

EDGES = 50_000
"""Pairs of clusters whose vectors are multiplied at a time."""

EXACT = 100_000
"""Texts up to which every pair is compared: that costs time by the square."""

TREES = 2
"""Trees of cells in which neighbours are looked for above that."""

CELL = 2000
"""Texts in a cell, at most, within which every pair is compared."""

BRANCHES = 64
"""Into how many cells one is parted, at most."""

DEEPEST = 6
"""How often a cell is parted."""

WAITING = 20_000_000
"""Pairs that are kept before those found twice are dropped."""


class Edges(NamedTuple):
    """Near pairs ``a < b`` with their likeness; parallel arrays."""

    a: Ints
    b: Ints
    value: Floats


Edges4 = tuple[Ints, Ints, Floats, Floats]
"""Ends of edges, their likeness, and what a model's word adds to their cosines."""


def neighbours(vectors: Vectors, least: float, most: int = MOST, exact: int = EXACT) -> Edges:
    """For each of ``vectors``, shape ``(n, dimension)``: its nearest among those before it, from cosine ``least``.

    At most ``most`` are kept of each. Up to ``exact`` vectors every pair is compared. Above, those that share a cell
    of one of :data:`TREES` trees: the work then grows with n log n, and some neighbours are missed, the nearest least.
    """
    n = len(vectors)
    if n <= exact:
        return _triangle(vectors, least, most)
    keys, values = np.zeros(0, np.int64), np.zeros(0, np.float32)
    waiting: list[tuple[Ints, Floats]] = []
    for seed in range(TREES):
        for cell in _cells(vectors, np.arange(n), np.random.default_rng(seed)):
            a, b, value = _triangle(vectors[cell], least, most)
            waiting.append((cell[b] * n + cell[a], value))
            if sum(len(found) for found, _ in waiting) > WAITING:
                keys, values = _joined(keys, values, waiting)
                waiting.clear()
    keys, values = _joined(keys, values, waiting)
    right, left = keys // n, keys % n
    keep = _first(right, left, values, most)
    return Edges(left[keep], right[keep], values[keep])


def _triangle(vectors: Vectors, least: float, most: int) -> Edges:
    """Every pair compared once, in blocks of rows."""
    left: list[Ints] = [np.zeros(0, np.int64)]
    right: list[Ints] = [np.zeros(0, np.int64)]
    values: list[Floats] = [np.zeros(0, np.float32)]
    for start in range(0, len(vectors), BLOCK):
        block = vectors[start : start + BLOCK]
        near = block @ vectors[: start + len(block)].T
        near[:, start:][np.triu_indices(len(block))] = -2.0  # itself, and what comes after it
        found = np.flatnonzero(near >= least)
        rows, columns = np.divmod(found, near.shape[1])
        value = near.ravel()[found]
        keep = _first(rows, columns, value, most)
        left.append(columns[keep])
        right.append(rows[keep] + start)
        values.append(value[keep])
    return Edges(np.concatenate(left), np.concatenate(right), np.concatenate(values))


def _first(rows: Ints, columns: Ints, values: Floats, most: int) -> Ints:
    """Which of some values to keep: the highest ``most`` of each row, of equals the first. ``rows`` are in order."""
    counts = np.bincount(rows)
    if not len(counts) or counts.max() <= most:
        return np.arange(len(rows))
    order = np.lexsort((columns, -values, rows))
    rank = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.sort(order[rank < most])


def _cells(vectors: Vectors, rows: Ints, chance: np.random.Generator, depth: int = 0) -> Iterator[Ints]:
    """Groups of at most :data:`CELL` rows, in ascending order; near ones share at least one of them, mostly.

    Rows go to the two nearest of some of them picked at random, and each such group is parted again.
    """
    if len(rows) <= CELL:
        yield rows
        return
    if depth == DEEPEST:  # very many that hardly differ: any part of them is as good as another
        yield from np.array_split(rows, -(-len(rows) // CELL))
        return
    branches = min(BRANCHES, -(-2 * len(rows) // CELL) + 1)
    centres = vectors[np.sort(chance.choice(rows, branches, replace=False))]
    nearest = np.empty((len(rows), 2), np.int8)
    for i in range(0, len(rows), EDGES):
        nearest[i : i + EDGES] = np.argpartition(-(vectors[rows[i : i + EDGES]] @ centres.T), 1, axis=1)[:, :2]
    for branch in range(branches):
        inside = rows[(nearest == branch).any(axis=1)]
        # a centre that draws everything parts nothing
        yield from _cells(vectors, inside, chance, DEEPEST if len(inside) == len(rows) else depth + 1)


def _joined(keys: Ints, values: Floats, more: Sequence[tuple[Ints, Floats]]) -> tuple[Ints, Floats]:
    """Pairs found in several cells, each once and in order."""
    keys, first = np.unique(np.concatenate([keys, *(k for k, _ in more)]), return_index=True)
    return keys, np.concatenate([values, *(v for _, v in more)])[first]


def words(texts: Sequence[str]) -> Vectors:
    """Unit vectors, shape ``(n, ROOM)``, whose products are near to the overlap of two texts' words, rare ones first.

    How rare a word is, the texts themselves say (inverse document frequency). Each word is noted with random signs in
    a few random places, which keeps products (a sparse Johnson-Lindenstrauss transform, Kane and Nelson 2014).
    """
    held = [sorted({_stem(word) for word in WORD.findall(text.lower())}) for text in texts]
    among = Counter(word for one in held for word in one)
    noted: dict[str, tuple[Ints, Floats]] = {}
    found = np.zeros((len(texts), ROOM), np.float32)
    for row, one in zip(found, held, strict=True):
        for word in one:
            if word not in noted:
                chance = np.random.default_rng(zlib.crc32(word.encode("utf-8", "surrogatepass")))
                signs = chance.choice(np.array([-1, 1], np.float32), PLACES)
                noted[word] = (chance.choice(ROOM, PLACES, replace=False), signs)
            places, signs = noted[word]
            row[places] += signs * np.float32(math.log(len(texts) / among[word]) + 0.1)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), np.float32)


def _stem(word: str) -> str:
    return ENDING.sub("", word) if len(word) > 4 else word


def linkage(vectors: Vectors, edges: Edges, least: float) -> Ints:
    """The cluster of each vector, shape ``(n,)``: named by the first in it.

    ``edges`` holds the pairs worth joining. A value that differs from the pair's cosine (a model's word) counts in its
    stead; pairs that are not among the edges count with their cosine.
    """
    n = len(vectors)
    sums = vectors.astype(np.float32, copy=True)
    counts = np.ones(n, np.float32)
    name = np.arange(n, dtype=np.int64)
    a, b, value = edges
    more = value - _products(sums, a, b)  # what a model's word adds to the sum of cosines
    while len(a):
        keep = value >= least  # an average of two averages below the threshold stays below it
        a, b, value, more = a[keep], b[keep], value[keep], more[keep]
        if not len(a):
            break
        order = np.lexsort((b, a, -value))
        rank = np.empty(len(a), np.int64)
        rank[order] = np.arange(len(a))
        best = np.full(n, len(a), np.int64)
        np.minimum.at(best, a, rank)
        np.minimum.at(best, b, rank)
        mutual = (best[a] == rank) & (best[b] == rank)
        into, gone = a[mutual], b[mutual]
        sums[into] += sums[gone]
        counts[into] += counts[gone]
        step = np.arange(n, dtype=np.int64)
        step[gone] = into
        name = step[name]
        a, b, value, more = _contract(step[a], step[b], value, more, n)
        changed = np.zeros(n, bool)
        changed[into] = True
        anew = changed[a] | changed[b]
        value[anew] = (_products(sums, a[anew], b[anew]) + more[anew]) / (counts[a[anew]] * counts[b[anew]])
    return name


def _contract(a: Ints, b: Ints, value: Floats, more: Floats, n: int) -> Edges4:
    """Edges between what is left after joining: each pair once, what models said of it added up."""
    apart = a != b
    a, b, value, more = a[apart], b[apart], value[apart], more[apart]
    low, high = np.minimum(a, b), np.maximum(a, b)
    key, first, inverse = np.unique(low * n + high, return_index=True, return_inverse=True)
    total = np.bincount(inverse, weights=more, minlength=len(key)).astype(np.float32)
    return low[first], high[first], value[first], total


def _products(sums: Vectors, a: Ints, b: Ints) -> Floats:
    found = np.empty(len(a), np.float32)
    for i in range(0, len(a), EDGES):
        found[i : i + EDGES] = np.einsum("ij,ij->i", sums[a[i : i + EDGES]], sums[b[i : i + EDGES]])
    return found


def cluster(
    texts: Sequence[str],
    encode: Callable[[Sequence[str]], Vectors],
    *,
    least: float = LEAST,
    most: int = MOST,
    same: Same | None = None,
    near: float | None = None,
) -> list[int | None]:
    """The cluster of each text, counted from 0 as they first appear; ``None`` where a text recurs nowhere.

    ``encode`` gives unit vectors. Where ``same`` is given it is asked of every pair with a cosine of ``near`` (by
    default ``least``) or more, and its word counts instead of the cosine. Texts are taken in alphabetical order, each
    once, so that neither the order of the input nor repetition plays a part.
    """
    distinct = sorted(set(texts))
    vectors = np.hstack([
        math.sqrt(1 - WORDS) * encode(distinct), math.sqrt(WORDS) * words(distinct)
    ]) if distinct else np.zeros((0, 0), np.float32)  # fmt: skip
    edges = neighbours(vectors, least if near is None else near, most)
    if same is not None and len(edges.a):
        said = same([(distinct[i], distinct[j]) for i, j in zip(edges.a, edges.b, strict=True)])
        edges = Edges(edges.a, edges.b, np.asarray(said, np.float32))
    names = dict(zip(distinct, linkage(vectors, edges, least).tolist(), strict=True))
    found = [names[text] for text in texts]
    size: dict[int, int] = {}
    for one in found:
        size[one] = size.get(one, 0) + 1
    numbers: dict[int, int] = {}
    return [numbers.setdefault(one, len(numbers)) if size[one] > 1 else None for one in found]
