"""Clustering of many vectors: time, memory, planted clusters found again; beside other programs on the same vectors.

    python benchmarks/cluster.py [--count 100000] [--size 10] [--noise 0.5]
    python benchmarks/cluster.py --corpus CORPUS.jsonl --vectors FILE.npy [--beside PYTHON] [--beside-count 10000]

Without a corpus the vectors are made up: clusters of ``--size`` around random centres, as many as fill half of
``--count``, and as many vectors that belong to none. A planted cluster counts as found where all its vectors, and no
others, are one cluster. With a corpus they are its sentences, encoded once and kept in ``--vectors`` (100,000 take a
quarter of an hour of a core), which may be a file of vectors made before. Encoding is no part of what is timed.

Half as many come first, so that the growth can be seen: 2 is linear, 4 quadratic. ``--beside`` names a Python that has
sentence-transformers and bertopic installed: its community_detection and BERTopic (UMAP, HDBSCAN, both as they come)
run on the same vectors, on ``--beside-count`` of them where all would take too long. Each runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

SENTENCES = 0.46
"""Average cosine from which sentences are one cluster, for all programs alike: here only vectors are compared."""

PLANTED = 0.6
"""Average cosine from which planted clusters are one."""


def planted(count: int, size: int, noise: float, dimension: int = 384) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors in a random order, and the cluster of each (-1: none)."""
    chance = np.random.default_rng(5)
    clusters = count // (2 * size)
    labels = np.full(count, -1)
    labels[: clusters * size] = np.repeat(np.arange(clusters), size)
    vectors = chance.standard_normal((count, dimension), np.float32) / np.sqrt(dimension)
    centres = chance.standard_normal((clusters, dimension), np.float32) / np.sqrt(dimension)
    for start in range(0, clusters * size, 50_000):
        part = slice(start, min(start + 50_000, clusters * size))
        vectors[part] = centres[labels[part]] + noise * vectors[part]
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


def encoded(corpus: Path, vectors: Path, count: int) -> None:
    """The first ``count`` different sentences of a corpus, encoded into a file."""
    from claims.encode import Encoder
    from claims.models import Document
    from claims.sentences import split

    texts: dict[str, None] = {}
    for line in corpus.read_text(encoding="utf-8").splitlines():
        text = json.loads(line).get("text") or ""
        texts |= dict.fromkeys(s.text for s in split(Document(path="", sha256="", text=text)))
        if len(texts) >= count:
            break
    print(f"encoding {min(count, len(texts)):,} sentences", flush=True)
    np.save(vectors, Encoder().encode(list(texts)[:count]))


def one(method: str, vectors: np.ndarray, least: float) -> np.ndarray:
    """The cluster of each vector by one program; what it loads is not timed."""
    if method == "claims":
        from claims.cluster import linkage, neighbours

        begun = time.perf_counter()
        names = linkage(vectors, neighbours(vectors, least), least)
    elif method == "community":
        from sentence_transformers.util import community_detection

        begun = time.perf_counter()
        names = -1 - np.arange(len(vectors))
        for i, group in enumerate(community_detection(vectors, threshold=least, min_community_size=2)):
            names[group] = i
    else:
        from bertopic import BERTopic

        texts = [f"text {i}" for i in range(len(vectors))]
        begun = time.perf_counter()
        names = np.asarray(BERTopic().fit_transform(texts, vectors)[0])
    print(json.dumps({
        "seconds": time.perf_counter() - begun, "clusters": len(np.unique(names)),
        "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    }), file=sys.stderr)  # fmt: skip
    return names


def apart(method: str, python: str, vectors: Path, count: int, least: float) -> dict[str, float]:
    """The same in a process of its own: what it took, and the clusters in ``FILE.names.npy``."""
    command = [python, __file__, "--method", method, "--vectors", str(vectors), "--count", str(count)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TOKENIZERS_PARALLELISM": "false"}
    done = subprocess.run([*command, "--least", str(least)], stderr=subprocess.PIPE, text=True, env=environment)
    if done.returncode:
        sys.exit(f"{method}: {done.stderr.strip().splitlines()[-1]}")
    found: dict[str, float] = json.loads(done.stderr.strip().splitlines()[-1])
    print(f"{count:9,} vectors  {method:10} {found['seconds']:8.1f} s  {found['clusters']:8,} clusters"
          f"  peak {found['gigabytes']:.2f} GB", flush=True)  # fmt: skip
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--size", type=int, default=10)
    parser.add_argument("--noise", type=float, default=0.5)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--vectors", type=Path, default=Path("vectors.npy"))
    parser.add_argument("--beside", metavar="PYTHON")
    parser.add_argument("--beside-count", type=int)
    parser.add_argument("--method", choices=["claims", "community", "bertopic"], help=argparse.SUPPRESS)
    parser.add_argument("--least", type=float, help=argparse.SUPPRESS)
    args = parser.parse_args()
    names = args.vectors.with_suffix(".names.npy")
    if args.method:
        np.save(names, one(args.method, np.load(args.vectors)[: args.count], args.least))
        return
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    least, labels = SENTENCES, None
    if not args.corpus:
        args.vectors = args.vectors.with_suffix(".planted.npy")
        names = args.vectors.with_suffix(".names.npy")
        vectors, labels = planted(args.count, args.size, args.noise)
        np.save(args.vectors, vectors)
        least = PLANTED
    elif not args.vectors.exists():
        encoded(args.corpus, args.vectors, args.count)
    count = len(np.load(args.vectors, mmap_mode="r")[: args.count])
    half = apart("claims", sys.executable, args.vectors, count // 2, least)
    whole = apart("claims", sys.executable, args.vectors, count, least)
    print(f"growth x {whole['seconds'] / half['seconds']:.2f}")
    if labels is not None:
        print(f"planted clusters found again {found_again(np.load(names), labels):.3f}")
    if args.beside:
        some = min(count, args.beside_count or count)
        ours = whole if some == count else apart("claims", sys.executable, args.vectors, some, least)
        for method in ("community", "bertopic"):
            other = apart(method, args.beside, args.vectors, some, least)
            print(f"{method} / claims: {other['seconds'] / ours['seconds']:.2f} times as long")


if __name__ == "__main__":
    main()
