"""kill -9 in the middle of an ingest, then the same command: is the export the same, byte for byte?

    python benchmarks/kill.py CORPUS.jsonl [--count 200] [--kills 3]

Ingests the articles once undisturbed; then again into another database, killing the process when a random number of
articles is stored (and a random moment later), and starting the same command anew, as often as asked, and to its end.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = ("documents", "sentences", "claims", "mentions")


def claims(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """The command, started."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}
    return subprocess.Popen([sys.executable, "-m", "claims", *map(str, arguments)], env=environment)


def stored(database: Path) -> int:
    """How many articles are in a database by now."""
    try:
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        try:
            return int(connection.execute("SELECT count(*) FROM document").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error:
        return 0


def killed_at(process: subprocess.Popen[bytes], database: Path, articles: int, later: float) -> bool:
    """Kill a process ``later`` seconds after so many articles are stored; False where it was done before."""
    while process.poll() is None:
        if stored(database) >= articles:
            time.sleep(later)
            process.send_signal(signal.SIGKILL)
            return process.wait() == -signal.SIGKILL
        time.sleep(0.02)
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        sys.path.insert(0, str(Path(__file__).parent))
        from corpus import write_articles

        count = write_articles(args.corpus, place / "articles", args.count)
        begun = time.perf_counter()
        assert claims("--db", place / "whole.db", "ingest", place / "articles").wait() == 0
        apiece = (time.perf_counter() - begun) / count
        for point in sorted(chance.sample(range(1, count), args.kills)):
            process = claims("--db", place / "killed.db", "ingest", place / "articles")
            hit = killed_at(process, place / "killed.db", point, chance.random() * apiece)
            print(f"killed with {stored(place / 'killed.db')} of {count} articles stored" if hit else "was done before")
        assert claims("--db", place / "killed.db", "ingest", place / "articles").wait() == 0
        for name in ("whole", "killed"):
            assert claims("--db", place / f"{name}.db", "export", "--output", place / name).wait() == 0
        same = {}
        for name in FILES:
            one, two = ((place / run / f"{name}.jsonl").read_bytes() for run in ("whole", "killed"))
            same[name] = one == two
            print(f"{name:10} {len(one):10,} bytes  {'identical' if same[name] else 'DIFFERENT'}")
    print("byte-identical" if all(same.values()) else "NOT byte-identical")
    sys.exit(not all(same.values()))


if __name__ == "__main__":
    main()
