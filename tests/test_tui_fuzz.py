"""Any keys in any order: the program never ends by itself, and never loses or makes up a decision.

Keys come out of the registry of commands, so that new screens and new keys are tried without a word here.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import pytest
import tui_database
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.widgets import Input
from tui_pilot import Driver, driving

from tui import commands, deciding, ingesting

_write = deciding._write

QUITS = {"q", "ctrl+q"}
KEYS = sorted({key for command in commands.COMMANDS for key in command.keys.split(",")} - QUITS)
PLACES = sorted(c.keys.split(",")[0] for c in commands.of("app") if c.action.startswith("go("))
TYPED = ["d", "a", "m", "1", " ", "é", "漢", "%", "'", "[", "home", "backspace", "tab", "enter", "escape"]
SIZES = [(40, 30), (80, 24), (120, 40), (200, 60)]
LENGTH = 400
EXAMPLES = 3
"""For each size; some 4,000 keys in a run, always the same ones (see conftest)."""

DECIDE = [c.keys.split(",")[0] for c in commands.of("mark", "decide", "naming")] + ["enter", "D", "u", "U"]
"""Most keys of the registry only look; these write."""

somewhere = st.lists(
    st.one_of(st.sampled_from(KEYS), st.sampled_from(DECIDE), st.sampled_from(KEYS + TYPED)),
    min_size=LENGTH * 3 // 4, max_size=LENGTH,
)  # fmt: skip


def entries(database: Path) -> list[tuple[object, ...]]:
    """The log of decisions as it stands in the file."""
    plain = sqlite3.connect(database)
    try:
        return plain.execute("SELECT * FROM decision ORDER BY id").fetchall()
    finally:
        plain.close()


async def play(database: Path, size: tuple[int, int], start: str, keys: list[str]) -> int:
    """Press the keys; how many decisions the program said it has written."""
    told: list[deciding.Decided] = []

    def write(*what: Any) -> deciding.Decided:
        told.append(done := _write(*what))
        return done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deciding, "_write", write)
        await _play(database, size, start, keys)
    return sum(not done.failed for done in told)


async def _play(database: Path, size: tuple[int, int], start: str, keys: list[str]) -> None:
    async with driving(database, size) as ui:
        await ui.press(start)
        before = entries(database)
        for number, key in enumerate(keys):
            await ui.press(key, settle=False)
            await asyncio.sleep(0)
            assert ui.app.is_running, f"{key} ended it after {keys[:number]}"
            if number % 20 == 19:
                await ui.settle()
                now = entries(database)
                assert now[: len(before)] == before, "the log only grows"
                before = now
        await ui.settle()
        assert ui.app._exception is None
        await home(ui)
        assert entries(database)[: len(before)] == before


async def home(ui: Driver) -> None:
    """From wherever one is: out of every window and place, to a list of claims that answers."""
    for _ in range(40):
        if ui.place == "claims" and len(ui.app.screen_stack) == 1 and not isinstance(ui.app.focused, Input):
            return
        await ui.press("escape")
    raise AssertionError(f"no way out of {ui.place}:\n{ui.text}")


def sound(database: Path) -> None:
    """What the decisions left is a whole database."""
    plain = sqlite3.connect(database)
    try:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        plain.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return tui_database.small(tmp_path_factory.mktemp("fuzz") / "dam.db").read_bytes()



@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_any_keys(template: bytes, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ingesting, "PROGRAM", ("false",))  # no fuzzed path is really read
    monkeypatch.setattr("webbrowser.open", lambda *_, **__: True)
    monkeypatch.chdir(tmp_path)  # what is exported goes here

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), print_blob=True)
    @given(st.sampled_from(PLACES), somewhere)
    def tried(start: str, keys: list[str]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            database = Path(folder) / "dam.db"
            database.write_bytes(template)
            written = asyncio.run(play(database, size, start, keys))
            assert len(entries(database)) == written
            sound(database)

    tried()


def test_every_place_is_tried() -> None:
    """The registry names every place, and a key leads to each that has one."""
    assert {"1", "2", "3", "4", "0"} <= set(PLACES)
    assert all(command.place in commands.PLACES for command in commands.COMMANDS)
    assert len(KEYS) > 60 and not QUITS & set(KEYS)
