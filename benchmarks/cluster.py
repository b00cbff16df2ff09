"""Clustering of many vectors: time, memory, and how many planted clusters are found again.

    python benchmarks/cluster.py [--count 100000] [--size 10] [--noise 0.5] [--community]

The vectors are made up: clusters of ``--size`` around random centres, as many as fill half of ``--count``, and as many
vectors that belong to none. Encoding is no part of it. A run of half as many comes first, so that the growth can be
seen: 2 is linear, 4 quadratic. ``--community`` runs sentence-transformers' community_detection on the same vectors.
A planted cluster counts as found where all its vectors, and no others, are one cluster.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

LEAST = 0.6


def planted(count: int, size: int, noise: float, dimension: int = 384) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors in a random order, and the cluster of each (-1: none)."""
    chance = np.random.default_rng(5)
    clusters = count // (2 * size)
    labels = np.full(count, -1)
    labels[: clusters * size] = np.repeat(np.arange(clusters), size)
    vectors = chance.standard_normal((count, dimension), np.float32) / np.sqrt(dimension)
    centres = chance.standard_normal((clusters, dimension), np.float32) / np.sqrt(dimension)
    inside = labels >= 0
    vectors[inside] = centres[labels[inside]] + noise * vectors[inside]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    order = chance.permutation(count)
    return vectors[order], labels[order]


def found_again(names: np.ndarray, labels: np.ndarray) -> float:
    """The share of planted clusters that are one cluster, whole and alone."""
    inside = labels >= 0
    pairs, held = np.unique(np.stack([labels[inside], names[inside]]), axis=1, return_counts=True)
    sizes = dict(zip(*(x.tolist() for x in np.unique(names, return_counts=True)), strict=True))
    wanted = dict(zip(*(x.tolist() for x in np.unique(labels, return_counts=True)), strict=True))
    whole = sum(n == wanted[c] == sizes[name] for (c, name), n in zip(pairs.T.tolist(), held.tolist(), strict=True))
    return whole / max(1, len(wanted) - (-1 in wanted))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--size", type=int, default=10)
    parser.add_argument("--noise", type=float, default=0.5)
    parser.add_argument("--community", action="store_true")
    args = parser.parse_args()
    from claims.cluster import linkage, neighbours

    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    total = 0.0
    for count in (args.count // 2, args.count):
        vectors, labels = planted(count, args.size, args.noise)
        begun = time.perf_counter()
        edges = neighbours(vectors, LEAST)
        middle = time.perf_counter()
        names = linkage(vectors, edges, LEAST)
        end = time.perf_counter()
        growth = f"  x {(end - begun) / total:.2f}" if total else ""
        total = end - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(f"{count:9,} vectors  neighbours {middle - begun:7.1f} s  linkage {end - middle:6.1f} s"
              f"  found {found_again(names, labels):.3f}  peak {peak:.2f} GB{growth}", flush=True)  # fmt: skip
    if args.community:
        from sentence_transformers.util import community_detection

        begun = time.perf_counter()
        groups = community_detection(vectors, threshold=LEAST, min_community_size=2)
        seconds = time.perf_counter() - begun
        names = -1 - np.arange(len(vectors))
        for i, group in enumerate(groups):
            names[group] = i
        found = found_again(names, labels)
        print(f"community_detection {seconds:.1f} s  found {found:.3f}  ratio {seconds / total:.2f}")


if __name__ == "__main__":
    main()
