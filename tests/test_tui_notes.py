"""Notes are there to be read where they were written: on the claim, on its mark, in the explanation."""

from __future__ import annotations

from pathlib import Path

import pytest
import tui_database
from test_tui_safe import EVIL, harmless
from tui_pilot import driving

from claims.decisions import Decisions
from claims.review import queue
from claims.store import Store
from claims.views import Views

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tui_database.small(tmp_path / "small.db")


def write(database: Path, text: str, *, claim: int | None = None, mark: int | None = None) -> None:
    """A note by Ann."""
    store = Store.open(database)
    try:
        Decisions(store, "Ann").note(text, claim_id=claim, mention_id=mark)
    finally:
        store.close()


def first(database: Path) -> tuple[int, int]:
    """The first claim of the list and its first mark."""
    views = Views.open(database)
    try:
        claim = views.claims()[0].id
        return claim, views.mentions(claim)[0].id
    finally:
        views.close()


@pytest.mark.parametrize("size", SIZES)
async def test_a_note_stands_on_the_claim_and_on_its_mark_until_undone(small: Path, size: tuple[int, int]) -> None:
    async with driving(small, size) as ui:
        await ui.press("enter", "W")
        await ui.type("Ask [b]the[/b] guild.")
        await ui.press("enter")
        await ui.settle()
        await ui.press("w")
        await ui.type("A leaked paper.")
        await ui.press("enter")
        await ui.settle()
        lines = ui.lines
        assert "Ask [b]the[/b] guild." in "\n".join(lines[1:5]), "under the head, before the sides"
        row = next(n for n, line in enumerate(lines) if "A leaked paper." in line)
        assert row > next(n for n, line in enumerate(lines) if "The Orsted Courier" in line)
        await ui.press("x")
        assert "A leaked paper." in ui.text
        assert "Ask [b]the[/b] guild." in ui.text
        await ui.press("escape", "u", "u")
        assert "guild." not in "\n".join(ui.lines[1:4])
        assert "A leaked paper." not in ui.text


@pytest.mark.parametrize("size", SIZES)
async def test_many_long_notes_leave_room_and_can_be_read_whole(small: Path, size: tuple[int, int]) -> None:
    claim, mark = first(small)
    for number in range(6):
        write(small, "word " * 40 + f"C{number}end", claim=claim)
        write(small, "word " * 40 + f"M{number}end", mark=mark)
    async with driving(small, size) as ui:
        await ui.press("enter")
        assert "x shows all" in ui.text
        head = next(n for n, line in enumerate(ui.lines) if "ASSERTS" in line)
        assert head <= size[1] // 3
        await ui.press("x")
        seen = ui.text
        for _ in range(12):
            await ui.press("space")
            seen += ui.text
        for number in range(6):
            assert f"C{number}end" in seen
            assert f"M{number}end" in seen


async def test_a_note_on_a_mark_stands_wherever_the_mark_is_decided_on(small: Path) -> None:
    views = Views.open(small)
    doubtful = queue(views, limit=1)[0].mention
    write(small, "Doubtful print.", mark=first(small)[1])
    write(small, "Doubtful voice.", mark=doubtful.id)
    async with driving(small, (80, 24)) as ui:
        await ui.press("D")
        assert "Doubtful print. · Ann" in ui.text
        await ui.press("enter")
        assert ui.place == "document"
        assert "Doubtful print. · Ann" in ui.text
        await ui.press("5")
        assert "Doubtful voice. · Ann" in ui.text


async def test_where_notes_are_cut_the_key_of_the_place_that_shows_all_is_named(small: Path) -> None:
    views = Views.open(small)
    doubtful = queue(views, limit=1)[0].mention
    claim, mark = first(small)
    write(small, "word " * 200, claim=claim)
    for each in {mark, doubtful.id}:
        write(small, "word " * 200, mark=each)
    own = {"claim.why": "f7", "document.why": "f8", "review.why": "f9"}
    async with driving(small, (80, 24), {"keys": own}) as ui:
        await ui.press("enter")
        assert (ui.place, "f7 shows all" in ui.text) == ("claim", True)
        await ui.press("enter")
        assert (ui.place, "f8 shows all" in ui.text) == ("document", True)
        await ui.press("5")
        assert (ui.place, "f9 shows all" in ui.text) == ("review", True)


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_hostile_notes_are_harmless(small: Path, size: tuple[int, int]) -> None:
    claim, mark = first(small)
    write(small, EVIL + "漢" * 200, claim=claim)
    write(small, EVIL + "漢" * 200, mark=mark)
    async with driving(small, size) as ui:
        for keys in (("enter",), ("x",), ("G",), ("escape", "enter"), ("1", "D"), ("escape", "5")):
            await ui.press(*keys)
            harmless(ui, keys)
        await ui.press("1", "enter")
        assert "[bold]markup" in ui.text
