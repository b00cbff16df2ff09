"""The ingest screen: naming, reading in the background, stopping, going on, and what was passed over and why."""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import tiny
import tui_database
from tui_pilot import Driver, driving

from claims.views import Views
from tui import ingesting
from tui.screens.ingest import look, parted


@pytest.fixture(autouse=True)
def plain_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same command line in a process of its own, with models that need no loading."""
    monkeypatch.setattr(ingesting, "PROGRAM", (sys.executable, str(Path(__file__).parent / "plain_claims.py")))


async def until(ui: Driver, what: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, ui.text
        await asyncio.sleep(0.05)
    await ui.settle()


async def name(ui: Driver, path: object) -> None:
    await ui.press("a")
    await ui.type(str(path))
    await ui.press("enter")


def stored(database: Path) -> int:
    views = Views.open(database)
    try:
        return views.overview().documents
    finally:
        views.close()


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_from_nothing_to_claims(sample: Path, database: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    """A new database: name a folder and a file that is not there, read, see both in the report, look at the claims."""
    async with driving(database, size) as ui:
        assert "Press 0" in ui.text
        await ui.press("0")
        await name(ui, sample)
        await name(ui, tmp_path / "no\x07such.txt")
        await until(ui, lambda: "12 files" in ui.text and "no such file" in ui.text)
        await ui.press("s")
        ingest = ui.app.ingest
        assert ingest is not None
        await until(ui, lambda: "12 documents stored, 1 not stored" in ui.text)
        assert "unread" in ui.text and "\x07" not in ui.text
        assert set(ingest.begun.values()) == {12} and len(ingest.begun) == 6, "every stage for every article"
        await ui.press("1")
        await until(ui, lambda: "recurring" in ui.text and ("12 articles" in ui.text or size[0] < 92))
    assert stored(database) == 12


async def test_stopped_and_gone_on(
    sample: Path, database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A stop keeps what is whole and what was passed over; starting again skips what is there."""
    gate = tmp_path / "gate"
    monkeypatch.setenv("CLAIMS_GATE", str(gate))
    (tmp_path / "empty.txt").touch()
    async with driving(database, (120, 40)) as ui:
        await ui.press("0")
        await name(ui, tmp_path / "empty.txt")
        await name(ui, sample)
        await ui.press("s")
        first = ui.app.ingest
        assert first is not None
        await until(ui, lambda: bool(first.step and first.step.done >= 2))
        await until(ui, lambda: "▸ voices" in ui.text)
        await ui.press("1")  # working elsewhere meanwhile
        await until(ui, lambda: "reading 5/13" in ui.text and "recurring" in ui.text)
        await ui.press("j", "0")
        assert first.state == "running" and ui.place == "ingest"
        await ui.press("x")
        assert first.state == "stopping"
        await until(ui, lambda: "stopping after this document" in ui.text)
        gate.touch()
        await until(ui, lambda: first.state == "over")
        assert first.report is not None and first.report.stopped
        assert 1 <= first.report.stored < 12 and first.report.stored == stored(database)
        await until(ui, lambda: "Stopped:" in ui.text and "the file is empty" in ui.text)
        await ui.press("s")
        again = ui.app.ingest
        assert again is not None and again is not first
        await until(ui, lambda: again.state == "over")
        assert again.report is not None and again.report.known == first.report.stored
    assert stored(database) == 12


async def test_leaving_the_program_stops_it_safely(
    sample: Path, database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    monkeypatch.setenv("CLAIMS_GATE", str(gate))
    async with driving(database) as ui:
        await ui.press("0")
        await name(ui, sample)
        await ui.press("s")
        ingest = ui.app.ingest
        assert ingest is not None
        await until(ui, lambda: bool(ingest.step and ingest.step.done >= 1))
    gate.touch()
    end = time.monotonic() + 60
    while ingest.state != "over":
        assert time.monotonic() < end
        time.sleep(0.05)
    assert ingest.report is not None and ingest.report.stopped
    tiny.ingest(database, [sample])
    assert stored(database) == 12


async def test_what_breaks_off_says_why(sample: Path, tmp_path: Path) -> None:
    database = tui_database.small(tmp_path / "dam.db")
    async with driving(database) as ui:
        await ui.press("0")
        await name(ui, sample)
        ui.app.database = tmp_path / "no" / "folder" / "x.db"
        await ui.press("s")
        await until(ui, lambda: "It broke off:" in ui.text and "x.db" in ui.text)


async def test_a_doubt_about_a_stored_article_is_shown(database: Path, tmp_path: Path) -> None:
    article = tmp_path / "odd.md"
    article.write_text("---\noutlet: Wire\ndate: 31 February 2024\n---\n\nThe old bridge can carry heavy lorries.\n")
    async with driving(database) as ui:
        await ui.press("0")
        await name(ui, article)
        await ui.press("s")
        await until(ui, lambda: "Stored with a doubt" in ui.text and "1 document stored" in ui.text)
        assert re.search(r"31\s+February\s+2024", ui.text), "a long path may break the line anywhere"
        assert "Not stored" not in ui.text


async def test_a_path_is_changed_and_removed(sample: Path, database: Path) -> None:
    async with driving(database) as ui:
        await ui.press("0")
        assert "start with s" in ui.text
        await ui.press("s", "x", "d", "enter")  # nothing is named: nothing happens
        await name(ui, f"{sample}/00*.md https://example.com/a")
        await until(ui, lambda: "10 files" in ui.text and "an address" in ui.text)
        await ui.press("enter", "end", "left")  # before the quotation mark
        await ui.type("x")
        await ui.press("enter")
        await until(ui, lambda: "no file matches" in ui.text)
        await ui.press("g", "d", "d")
        assert ui.app.state.articles == []


def test_what_is_typed_is_parted_as_in_a_shell(tmp_path: Path) -> None:
    spaced = tmp_path / "two words.txt"
    spaced.touch()
    assert parted(f" {spaced} ") == [str(spaced)]
    assert parted("a 'b c' d*") == ["a", "b c", "d*"]
    assert parted("it's") == ["it's"] and parted("  ") == []
    assert look(str(tmp_path)).told == "1 file" and look(str(tmp_path / "x")).wrong
