"""How well scores of a pair find the key point that an argument makes: average precision, after the task KPA-2021.

    python benchmarks/argkp.py PAIRS.jsonl

A line holds ``premise`` (an argument), ``hypothesis`` (a key point), ``label`` ("entailment": it makes that point) and
``group`` (the motion). As in the shared task (Friedman et al. 2021) an argument counts with its best key point, the
surer half of a motion's arguments is kept, and average precision is averaged over motions. The task counts undecided
pairs as wrong (strict) or right (relaxed); in a file without them both are one. Motions are not parted by stance here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def average_precision(rows: Sequence[dict[str, str]], scores: Sequence[float]) -> float:
    """Of the surer half of each motion's arguments, the mean over motions."""
    best: dict[str, dict[str, tuple[float, bool]]] = defaultdict(dict)
    for row, score in zip(rows, scores, strict=True):
        known = best[row["group"]].get(row["premise"])
        if known is None or score > known[0]:
            best[row["group"]][row["premise"]] = (score, row["label"] == "entailment")
    found = []
    for arguments in best.values():
        order = sorted(arguments.values(), key=lambda one: -one[0])[: max(1, len(arguments) // 2)]
        right, precisions = 0, []
        for place, (_, is_right) in enumerate(order, 1):
            right += is_right
            if is_right:
                precisions.append(right / place)
        found.append(sum(precisions) / len(precisions) if precisions else 0.0)
    return sum(found) / len(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    rows = [json.loads(line) for line in parser.parse_args().pairs.read_text(encoding="utf-8").splitlines()]

    from claims.encode import Encoder
    from claims.judge import Judge

    judged = Judge().judge([(row["premise"], row["hypothesis"]) for row in rows])
    texts = list(dict.fromkeys(row[side] for row in rows for side in ("premise", "hypothesis")))
    vectors = dict(zip(texts, Encoder().encode(texts), strict=True))
    scores = {
        "asserts": [found.asserts for found in judged],
        "same": [found.same or 0.0 for found in judged],
        "cosine": [float(vectors[row["premise"]] @ vectors[row["hypothesis"]]) for row in rows],
    }
    print(f"{len(rows)} pairs, {len({row['group'] for row in rows})} motions")
    for name, values in scores.items():
        print(f"{name:8} average precision {average_precision(rows, values):.3f}")


if __name__ == "__main__":
    main()
