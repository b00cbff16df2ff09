"""Measure a judge: every development set by the project's scoring script, its calibration, and a better temperature.

    python -m claims.training.judge_eval --model DIR --data DATA --script SCORE.py [--json FILE]

Probabilities p at temperature T are p ** T, normalised, at temperature one: so a new temperature is fitted on a judge's
answers without its logits (Guo et al. 2017, On calibration of modern neural networks).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.judge import Judge
from claims.training import judge_data as data

SIDES = {"fever_symmetric", "fm2", "iam_stance", "perspectrum"}
"""Sets scored by which side is likelier, as they have no neutral class."""

CALIBRATION = ("emergent_tenth", "lingnli_base", "cad_snli", "fnc1", "fever_symmetric")
"""Sets on which the temperature is fitted: three classes, near to what the judge is asked."""

Probabilities = NDArray[np.float64]


def ece(p: Probabilities, gold: NDArray[np.int64], bins: int = 15) -> float:
    """Expected calibration error: the mean distance of confidence and accuracy over equal-width bins of confidence."""
    sure, right = p.max(1), p.argmax(1) == gold
    place = np.minimum((sure * bins).astype(int), bins - 1)
    return float(sum(abs(sure[place == b].mean() - right[place == b].mean()) * (place == b).mean() for b in set(place)))


def heated(p: Probabilities, factor: float) -> Probabilities:
    """Probabilities (n, 3) with their temperature multiplied by ``factor``."""
    q: Probabilities = np.power(np.maximum(p, 1e-12), 1 / factor)
    q /= q.sum(1, keepdims=True)
    return q


def best_factor(p: Probabilities, gold: NDArray[np.int64], weight: NDArray[np.float64]) -> float:
    """The factor on the temperature with the least weighted negative log-likelihood, to a hundredth."""
    grid = np.arange(0.4, 3.0, 0.01)
    rows = np.arange(len(gold))
    return float(grid[np.argmin([-(weight * np.log(heated(p, f)[rows, gold])).sum() for f in grid])])


def development(folder: Path) -> dict[str, list[data.Row]]:
    """Every development set by name, with Emergent's held-out tenth first."""
    train = data.read_rows(sorted(folder.glob("judge/train/nli-*.jsonl")))
    sets = {"emergent_tenth": data.emergent_split(train, folder / "cluster/emergent.jsonl")[1]}
    return sets | {path.stem: data.read_rows([path]) for path in sorted(folder.glob("judge/dev/*.jsonl"))}


def score(script: Path, rows: Sequence[data.Row], answers: Probabilities, sides: bool) -> dict[str, Any]:
    """What the project's scoring script says of answers (n, 3), in the order of LABELS."""
    names = ("asserts", "neutral", "disputes")
    with tempfile.TemporaryDirectory() as folder:
        gold, out = Path(folder, "gold.jsonl"), Path(folder, "out.jsonl")
        gold.write_text("".join(json.dumps({"label": data.LABELS[r.label or 0]}) + "\n" for r in rows))
        lines = (
            {"label": names[int(p.argmax())], "scores": dict(zip(names, p.tolist(), strict=True))} for p in answers
        )
        out.write_text("".join(json.dumps(line) + "\n" for line in lines))
        command = [
            sys.executable,
            str(script),
            "score",
            str(gold),
            str(out),
            "--json",
            *(["--sides-only"] if sides else []),
        ]
        result: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return result


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", help="a folder or hub id; the shipped judge without it")
    parser.add_argument("--data", type=Path, default=Path("/work/shared/data"))
    parser.add_argument("--script", type=Path, default=Path("/work/shared/eval/judge.py"))
    parser.add_argument("--only", nargs="*", help="names of sets")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    judge = Judge(args.model)
    report: dict[str, Any] = {"model": judge.name}
    pooled: list[tuple[Probabilities, NDArray[np.int64], NDArray[np.float64]]] = []
    for name, rows in development(args.data).items():
        if args.only and name not in args.only:
            continue
        begun = time.perf_counter()
        got = judge.judge([(r.premise, r.hypothesis) for r in rows])
        rate = len(rows) / (time.perf_counter() - begun)
        p = np.array([[j.asserts, j.neutral, j.disputes] for j in got])
        gold = np.array([r.label or 0 for r in rows])
        report[name] = score(args.script, rows, p, name in SIDES) | {
            "ece": round(ece(p, gold), 3),
            "per_s": round(rate),
        }
        print(name, json.dumps(report[name]), flush=True)
        if name in CALIBRATION:
            pooled.append((p, gold, np.full(len(gold), 1 / len(gold))))
    if pooled:
        p, gold, weight = (np.concatenate(x) for x in zip(*pooled, strict=True))
        factor = best_factor(p, gold, weight)
        report["calibration"] = {
            "factor": round(factor, 2),
            "ece_before": round(ece(p, gold), 3),
            "ece_after": round(ece(heated(p, factor), gold), 3),
        }
        print("calibration", json.dumps(report["calibration"]))
    if args.json:
        args.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
