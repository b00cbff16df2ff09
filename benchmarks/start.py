"""Cold start: seconds from the shell to the answer, for commands that should be there at once.

    python benchmarks/start.py [--db FILE] [--runs 7]

Each run is a new process; the fastest and the middle one are shown, and the middle one as a multiple of ``python -c
pass`` on the same machine.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def seconds(arguments: list[str], runs: int) -> list[float]:
    """Wall time of each of some runs of Python."""
    found = []
    for _ in range(runs):
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments], check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        found.append(time.perf_counter() - begun)
    return sorted(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", type=Path, help="A database to list; an empty one without.")
    parser.add_argument("--runs", type=int, default=7)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        database = args.db or Path(scratch) / "empty.db"
        if not args.db:
            sys.path.insert(0, str(ROOT))
            from claims.store import Store

            Store.open(database).close()
        command = ["-m", "claims", "--db", str(database)]
        base = seconds(["-c", "pass"], args.runs)
        rows = [("python -c pass", base)]
        for name, more in (
            ("claims --help", ["--help"]), ("claims list", ["list"]), ("claims", []), ("claims sources", ["sources"]),
            ("claims list --json", ["list", "--json", "--all"]),
        ):  # fmt: skip
            rows.append((name, seconds([*command, *more], args.runs)))
        rows.append(("import tui.app", seconds(["-c", "import tui.app"], args.runs)))
    print(f"{'':20} {'fastest':>8} {'middle':>8} {'x pass':>7}   load average {os.getloadavg()[0]:.1f}")
    for name, times in rows:
        middle = statistics.median(times)
        print(f"{name:20} {times[0]:7.2f}s {middle:7.2f}s {middle / statistics.median(base):7.1f}")


if __name__ == "__main__":
    main()
