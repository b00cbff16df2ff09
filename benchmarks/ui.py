"""The terminal UI on a database of 100,000 mentions: start to first paint, key to repaint, opening of each place.

    python benchmarks/ui.py [--db FILE] [--runs 5] [--keys 1000] [--beside "COMMAND" --sign TEXT]

Start: a new process in a terminal of 120x40, until the first claim stands on the screen; beside it the start of
another program, until TEXT stands on its screen. The rest runs in this process without a terminal. ``cpu`` is what
the program itself computed, all threads together: on a busy machine the better figure.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import os
import pty
import select
import shlex
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

MOVES = ("j", "j", "k", "pagedown", "j", "pageup", "G", "k", "g", "j")
PLACES = {
    "sources": ("2",), "matrix": ("3",), "review": ("5",), "timeline": ("6",), "changes": ("7",), "ingest": ("0",),
    "claim": ("1", "enter"), "document": ("1", "enter", "enter"),
}  # fmt: skip


def first_paint(command: list[str], sign: str) -> tuple[float, float]:
    """Seconds from the start of a process to a text on its screen, and of what it computed until then."""
    begun = time.perf_counter()
    mine, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
    env |= {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "XDG_STATE_HOME": tempfile.gettempdir() + "/no-state"}
    process = subprocess.Popen(command, stdin=its, stdout=its, stderr=its, env=env, start_new_session=True)
    os.close(its)
    seen = b""
    try:
        while sign.encode() not in seen:
            ready, _, _ = select.select([mine], [], [], 60)
            if not ready:
                raise SystemExit(f"{command[0]}: {sign!r} never came up")
            seen += os.read(mine, 65_536)
        taken = time.perf_counter() - begun
    finally:
        process.kill()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        os.close(mine)
    return taken, used.ru_utime + used.ru_stime


def percentile(times: list[float], share: float) -> float:
    """In milliseconds."""
    return 1000 * sorted(times)[min(len(times) - 1, int(len(times) * share))]


def row(name: str, walls: list[float], cpus: list[float]) -> None:
    figures = [percentile(t, share) for t in (walls, cpus) for share in (0.5, 0.95)]
    print(f"{name:22} wall {figures[0]:6.0f} {figures[1]:6.0f}   cpu {figures[2]:6.0f} {figures[3]:6.0f}", flush=True)


async def inside(database: Path, keys: int, runs: int) -> None:
    """Keys and places, driven as the tests drive them."""
    from tui_pilot import Driver, driving

    async def timed(ui: Driver, key: str, place: str | None = None) -> tuple[float, float]:
        wall, cpu = time.perf_counter(), time.process_time()
        ui.send(key)
        await ui.pilot._wait_for_screen()
        while place and (ui.place != place or any(not w.is_finished for w in ui.app.workers)):
            await asyncio.sleep(0.001)
        await ui.pilot._wait_for_screen()
        return time.perf_counter() - wall, time.process_time() - cpu

    async with driving(database, (120, 40)) as ui:
        taken = [await timed(ui, MOVES[n % len(MOVES)]) for n in range(keys)]
        row(f"key, of {keys}", *map(list, zip(*taken, strict=True)))  # type: ignore[arg-type]
        for place, path in PLACES.items():
            taken = []
            for _ in range(runs):
                await ui.press("1", *path[:-1])
                taken.append(await timed(ui, path[-1], place))
            row(f"opens {place}", *map(list, zip(*taken, strict=True)))  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", type=Path, help="A database; one of 100,000 mentions is made there if it is missing.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keys", type=int, default=1_000)
    parser.add_argument("--beside", help="Another program to start, such as: harlequin -P None")
    parser.add_argument("--sign", default="", help="What stands on its screen when it is there.")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        database = args.db or Path(scratch) / "large.db"
        if not database.exists():
            import tui_database

            tui_database.large(database, 50_000)
        ours = [sys.executable, "-m", "claims", "--db", str(database)]
        bare = [sys.executable, "-c", "print('up')"]
        rows = [("python -c print", bare, "up"), ("claims, first claim", ours, "CONTESTED")]
        rows += [(args.beside, shlex.split(args.beside), args.sign)] if args.beside else []
        base = 0.0
        for name, command, sign in rows:
            taken = [first_paint(command, sign) for _ in range(args.runs)]
            times, cpu = sorted(wall for wall, _ in taken), statistics.median(cpu for _, cpu in taken)
            middle = statistics.median(times)
            base = base or middle
            print(f"{name:22} fastest {times[0]:5.2f} s, middle {middle:5.2f} s, {middle / base:5.1f} x", end="")
            print(f"   cpu {cpu:5.2f} s   load {os.getloadavg()[0]:.1f}", flush=True)
        print(f"\n{'milliseconds':22} {'':4} {'middle':>6} {'p95':>6}   {'':3} {'middle':>6} {'p95':>6}")
        asyncio.run(inside(database, args.keys, args.runs))


if __name__ == "__main__":
    main()
