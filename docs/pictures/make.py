"""Pictures of the terminal UI, made by the UI itself: ``python docs/pictures/make.py [DATABASE] [--out FOLDER]``.

Without a database it uses the invented articles of the UI's tests. Run it from the root of the repository.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from tui.app import ContestedApp  # noqa: E402

PICTURES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "claims": ((120, 36), "contested-dark", ()),
    "claims-wide": ((200, 50), "contested-light", ()),
    "claims-80": ((80, 24), "contested-dark", ()),
    "claim": ((120, 36), "contested-dark", ("enter", "tab")),
    "explain": ((120, 36), "contested-dark", ("enter", "tab", "x")),
    "numbers": ((120, 36), "contested-dark", ("slash", *"killed", "enter", "enter")),
    "document": ((120, 36), "contested-dark", ("enter", "tab", "enter")),
    "origin": ((120, 30), "contested-light", ("enter", "enter", "O")),
    "sources": ((120, 36), "contested-dark", ("2",)),
    "matrix": ((120, 36), "contested-dark", ("3", "l")),
    "compare": ((120, 36), "contested-light", ("2", "m", "j", "m")),
    "review": ((120, 36), "contested-dark", ("5",)),
    "timeline": ((120, 30), "contested-dark", ("6", "s")),
    "changes": ((120, 36), "contested-dark", ("7",)),
    "agreement": ((120, 30), "contested-light", ("3", "a", "minus", "l")),
    "help": ((100, 40), "contested-dark", ("f1",)),
}
"""Size, theme, and the keys that lead there."""


async def picture(database: Path, size: tuple[int, int], theme: str, keys: tuple[str, ...]) -> str:
    """One picture as SVG."""
    app = ContestedApp(database, {"theme": theme, "restore": False})
    async with app.run_test(size=size) as pilot:

        async def rest() -> None:
            for _ in range(4):
                await pilot.pause(0.08)
                await app.workers.wait_for_complete()
            await pilot.pause()

        await rest()
        for key in keys:
            await pilot.press(key)
            await rest()
        return app.export_screenshot(title=f"claims --db {database.name}", simplify=True)


def main() -> None:
    """Write them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", nargs="?", type=Path, help="a database made by claims ingest")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="where the pictures go")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = given.database
        if database is None:
            import tui_database

            database = tui_database.twice(Path(folder) / "dam.db")
        for name, (size, theme, keys) in PICTURES.items():
            target = given.out / f"{name}.svg"
            target.write_text(asyncio.run(picture(database, size, theme, keys)), encoding="utf-8")
            print(target)


if __name__ == "__main__":
    main()
