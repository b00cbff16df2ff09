# ruff: noqa: E501  (hostile articles)
"""Articles that mean harm are harmless text on every place over time, between sources and around a claim."""

from __future__ import annotations

from pathlib import Path

import pytest
import tui_database
from rich.cells import cell_len
from tui_database import HOSTILE, Article, Said
from tui_pilot import Driver, driving

EVIL = HOSTILE.replace("\u0000", "\u2400")
FORBIDDEN = ("\x1b", "\x07", "\u202e", "\u202c", "\u200b", "\x9b", "\u200d", "\r", "\x00")


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One claim on which a voice turns, numbers differ and an article is reprinted, all of it in hostile text."""
    path = tmp_path_factory.mktemp("evil") / "evil.db"
    builder = tui_database.Builder(path, wordings={"h": EVIL + " claim " + "漢" * 300, "other": "[red]" + EVIL}, pinned={"h"})
    names = [f"{EVIL}{n}" for n in range(3)]
    ids = []
    for n, (name, day) in enumerate(zip(names, ("2024-01-01", "2024-05-05\x1b[2J", "2024-03-03"), strict=True)):
        ids.append(builder.add(Article(f"\x1b[2J{n}", name, EVIL, day, (
            Said(f"{n + 40} {EVIL} people died.", "h", "disputes" if n == 1 else "asserts", (), None, EVIL[:30], reason=EVIL),
            Said(f"He denied {EVIL}.", "h", "disputes" if n else "asserts", (EVIL, names[0]), EVIL, EVIL[:20], reason=EVIL),
            Said(f"{EVIL} {n}", "other", "asserts", ()),
        ), "javascript:\x1b[0m", EVIL, EVIL)))  # fmt: skip
    builder.add(Article("long", names[1], "l" * 100_000, "2024", (Said("y " * 50_000, "h"), Said("漢" * 50_000, "other"))))
    builder.db.execute("UPDATE document SET origin_id = ? WHERE id = ?", [ids[0], ids[2]])
    builder.finish()
    return path


def harmless(ui: Driver, keys: tuple[str, ...]) -> None:
    width = ui.app.size.width
    for line in ui.lines:
        for character in FORBIDDEN:
            assert character not in line, (keys, ascii(character), ascii(line))
        assert cell_len(line) == width, (keys, ascii(line))


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_hostile_text_on_every_place(evil: Path, size: tuple[int, int]) -> None:
    async with driving(evil, size) as ui:
        for keys in (
            ("6",), ("l", "z"), ("s",), ("v",), ("s", "j"), ("7",), ("j", "j", "j"), ("G",), ("3",), ("v",), ("v", "z"), ("a",),
            ("minus", "minus"), ("j", "l"), ("enter",), ("1", "enter"), ("tab",), ("x",), ("G",), ("escape", "R"),
            ("escape", "T"), ("escape", "enter"), ("n",), ("O",), ("j",), ("f1",), ("escape", "2"), ("enter",), ("4", "escape"),
            ("5",),
        ):  # fmt: skip
            await ui.press(*keys)
            harmless(ui, keys)
        await ui.press("6")
        assert "[bold]markup" in ui.text or "red" in ui.text, "markup is shown, not obeyed"
        assert "↺" in ui.text


async def test_no_address_but_a_web_address_is_opened(evil: Path) -> None:
    async with driving(evil) as ui:
        opened: list[str] = []
        ui.app.open_url = lambda url, new_tab=True: opened.append(url)  # type: ignore[assignment, method-assign]
        await ui.press("enter", "enter", "O", "o")
        assert ui.place == "origin"
        assert opened == []
        harmless(ui, ("o",))


async def test_five_million_code_points_on_the_new_places(tmp_path: Path) -> None:
    database = tui_database.hostile(tmp_path / "long.db")
    async with driving(database, (80, 24)) as ui:
        for keys in (("6",), ("j", "v"), ("7", "G"), ("3", "v", "v"), ("1", "a", "G", "enter", "R")):
            await ui.press(*keys)
            harmless(ui, keys)
        assert ui.place == "related"
