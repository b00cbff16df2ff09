"""Places over time and between sources: timeline, what changed, matrix layers, agreement."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import tui_database
from tui_pilot import Driver, driving

from tui import state
from tui.widgets.keys import Keys

SIZES = [(80, 24), (120, 40), (200, 50)]


@pytest.fixture(scope="module")
def dam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tui_database.twice(tmp_path_factory.mktemp("lines") / "dam.db")


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def footer(ui: Driver) -> int:
    return len(ui.app.screen.query_one(Keys).keys)


@pytest.mark.parametrize("size", SIZES)
async def test_claims_over_time(dam: Path, size: tuple[int, int]) -> None:
    async with driving(dam, size) as ui:
        await ui.press("6")
        assert ui.place == "timeline"
        assert "11 claims by week" in ui.lines[1]
        assert footer(ui) <= 6
        assert "↺ The Halvern dam" in ui.text
        assert "first:  + The Orsted Courier 2024-04-12  − Valmark's water board 2024-04-13" in ui.text
        assert "disputes 2024-04-16, asserts 2024-09-02" in ui.text
        assert "1 assert  1 dispute" in ui.text
        await ui.press("s")
        assert "by month" in ui.lines[1]
        assert "2024" in ui.text
        assert "Apr" in ui.text
        await ui.press("z")
        assert "+3 −2" in ui.line("The Halvern dam")
        await ui.press("c")
        assert "7 contested claims" in ui.lines[1]
        await ui.press("enter")
        assert ui.place == "claim"
        await ui.press("T")
        assert ui.place == "timeline"


async def test_the_voices_of_one_claim_over_time(dam: Path) -> None:
    async with driving(dam, (80, 24)) as ui:
        await ui.press("6", "v")
        rows = [line for line in ui.lines if line[1:].startswith(("The Orsted", "Valmark", "↺ Ilse"))]
        assert [row[1:].split("  ")[0].strip() for row in rows][:2] == ["The Orsted Courier", "Valmark's water board"]
        await ui.press(*"jjjjj", "k", "G")
        grid_rows = len(ui.app.screen.rows)  # type: ignore[attr-defined]
        for _ in range(grid_rows):
            await ui.press("k")
            if "Changed sides" in ui.text:
                break
        assert "Changed sides: disputes 2024-04-16, asserts 2024-09-02" in ui.text
        await ui.press("enter")
        assert ui.place == "claim"
        await ui.press("escape", "escape", "escape")
        assert ui.place == "claims"


async def test_a_click_moves_and_a_double_click_opens(dam: Path) -> None:
    async with driving(dam, (120, 40)) as ui:
        await ui.press("6")
        await ui.pilot.click("#grid", offset=(60, 4))
        await ui.settle()
        assert ui.app.screen.grid.row == 1  # type: ignore[attr-defined]
        await ui.pilot.click("#grid", offset=(60, 5), times=2)
        await ui.settle()
        assert ui.place == "claim"


@pytest.mark.parametrize("size", SIZES)
async def test_what_changed_since_the_last_ingest(dam: Path, size: tuple[int, int]) -> None:
    async with driving(dam, size) as ui:
        await ui.press("7")
        assert ui.place == "changes"
        assert "Since 2026-06-01 08:00 UTC, the last ingest: 2 articles read" in ui.lines[1]
        assert "1 newly contested · 1 changed sides · 1 on pinned · 1 new" in ui.lines[2]
        assert footer(ui) <= 6
        assert "killed 41 people" in ui.text
        await ui.press("j", "enter")
        assert ui.place == "claim"
        assert "Ilse Brandt" in ui.text
        await ui.press("escape", "j")
        assert "a pamphlet" in ui.text
        await ui.press("enter")
        assert ui.app.focused is not None
        assert ui.app.focused.id == "disputes"
        await ui.press("escape", "G", "enter")
        assert "lower" in ui.text


async def test_since_another_date(dam: Path) -> None:
    async with driving(dam, (80, 24)) as ui:
        await ui.press("7", "s", *["backspace"] * 10)
        await ui.type("2025")
        await ui.press("enter")
        assert "Since 2025: 8 articles read" in ui.lines[1]
        await ui.press("s", *["backspace"] * 10)
        await ui.type("soon")
        await ui.press("enter")
        assert "no date" in [*ui.app._notifications][-1].message
        assert "Since 2025" in ui.lines[1]
        await ui.press("s", *["backspace"] * 10)
        await ui.type("2030")
        await ui.press("enter")
        assert "Nothing changed since" in ui.text
        await ui.press("enter", "escape")
        assert ui.place == "claims"


async def test_since_the_last_visit(tmp_path: Path) -> None:
    database = tui_database.small(tmp_path / "dam.db")
    async with driving(database, settings={"restore": True}) as ui:
        await ui.press("q")
    kept = state.read(database)
    assert kept.visited and kept.visited.startswith("20")
    file = sqlite3.connect(database)
    file.execute("UPDATE run SET started = '2099-01-01T00:00:00+00:00'")
    file.commit()
    file.close()
    async with driving(database, settings={"restore": True}) as ui:
        await ui.press("7")
        assert f"Since {kept.visited[:16].replace('T', ' ')} UTC, your last visit: 6 articles read" in ui.lines[1]


async def test_layers_of_the_matrix(dam: Path) -> None:
    async with driving(dam, (120, 40)) as ui:
        await ui.press("3", "v")
        assert "outlets in their own voice" in ui.lines[0]
        assert "Ilse Brandt" not in ui.text
        await ui.press("v")
        assert "outlets by whom they quote" in ui.lines[0]
        assert "State Radio Orsted" in ui.text
        await ui.press("enter")
        assert ui.place == "claim"
        mark = ui.app.screen.current  # type: ignore[attr-defined]
        assert mark.holders
        await ui.press("escape", "v")
        assert "what each says" in ui.lines[0]


@pytest.mark.parametrize("size", SIZES)
async def test_sources_by_sources(dam: Path, size: tuple[int, int]) -> None:
    async with driving(dam, size) as ui:
        await ui.press("3", "a")
        assert ui.place == "agreement"
        assert footer(ui) <= 6
        assert "3 shared claims or more" in ui.lines[1]
        await ui.press("g", "l")
        assert "of 3 shared claims" in ui.text
        assert "Cohen's kappa" in ui.text
        await ui.press("enter")
        assert ui.place == "compare"
        assert "Ilse Brandt" in ui.lines[0]
        await ui.press("escape", "minus", "minus", "minus")
        assert "1 shared claim or more" in ui.lines[1]
        assert "same on" in ui.text
        await ui.press("z")
        assert "same" in ui.text
        await ui.press(*["plus"] * 9)
        assert "No two sources take sides on 10 shared claims" in ui.lines[1]
        await ui.press("enter", "z", "j", "escape")
        assert ui.place == "matrix"


async def test_one_comes_back_to_these_places(dam: Path) -> None:
    async with driving(dam, settings={"restore": True}) as ui:
        await ui.press("3", "v", "a", "minus")
        await ui.press("q")
    kept = state.read(dam)
    assert kept.trail == [["matrix", "own"], ["agreement", 2]]
    async with driving(dam, settings={"restore": True}) as ui:
        assert ui.place == "agreement"
        assert "2 shared claims or more" in ui.lines[1]
        await ui.press("escape")
        assert "own voice" in ui.lines[0]
        await ui.press("6", "v")
        await ui.press("q")
    async with driving(dam, settings={"restore": True}) as ui:
        assert ui.place == "timeline"
        assert "over time" in ui.lines[0]


async def test_an_empty_database(tmp_path: Path) -> None:
    for database in (tui_database.empty(tmp_path / "empty.db"), tmp_path / "none-yet.db"):
        async with driving(database, (80, 24)) as ui:
            await ui.press("6", "enter", "s", "z", "v", "7", "enter", "s", "escape", "3", "v", "a", "enter", "minus")
            await ui.press("1")
            assert ui.place == "claims"


async def test_a_file_without_a_byte_is_said_to_be_empty(tmp_path: Path) -> None:
    database = tmp_path / "zero.db"
    database.touch()
    async with driving(database, (80, 24)) as ui:
        assert "Nothing to read yet" in ui.text
        assert "The file zero.db is empty" in ui.text
        await ui.press("j", "enter", "u", "2", "3", "4", "escape", "5", "6", "7", "1", "r")
        told = [note.message for note in ui.app._notifications]
        assert not [text for text in told if "no such table" in text], told
        assert any("There is no database yet" in text for text in told), told
        tui_database.small(tmp_path / "made.db").replace(database)  # an ingest elsewhere
        await ui.press("r")
        assert "6 contested" in ui.lines[0]
