"""Correcting the machine from the keyboard: every key writes one entry of the log, and the screen shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
import tui_database
from tui_pilot import Driver, driving

from claims.decisions import Decision, Decisions
from claims.store import Store
from claims.views import Views
from tui import deciding
from tui.app import ContestedApp
from tui.screens.behind import MarksScreen
from tui.screens.claim import ClaimScreen
from tui.screens.matrix import MatrixScreen


@pytest.fixture
def small(tmp_path: Path) -> Path:
    tui_database.small(tmp_path / "small.db")
    return tmp_path / "small.db"


def log(database: Path) -> list[Decision]:
    store = Store.open(database)
    try:
        return Decisions(store).log()
    finally:
        store.close()


def shown(screen: object) -> ClaimScreen:
    assert isinstance(screen, ClaimScreen)
    return screen


async def test_a_mark_changes_sides_and_comes_back(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("enter")
        before = {stance: len(marks) for stance, marks in shown(ui.app.screen).sides.items()}
        await ui.press("d")
        after = {stance: len(marks) for stance, marks in shown(ui.app.screen).sides.items()}
        assert after["disputes"] == before["disputes"] + 1
        assert after["asserts"] == before["asserts"] - 1
        await ui.press("u")
        assert {stance: len(marks) for stance, marks in shown(ui.app.screen).sides.items()} == before
        await ui.press("U")
        assert {stance: len(marks) for stance, marks in shown(ui.app.screen).sides.items()} == after
    assert [entry.kind for entry in log(small)] == ["stance", "undo", "redo"]


async def test_one_message_at_a_time_stands_on_the_head_line_and_names_the_voice(small: Path) -> None:
    app = ContestedApp(small, {"restore": False})
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        ui = Driver(app, pilot)
        await ui.settle()
        await ui.press("enter", "a")
        mark = shown(app.screen).current
        assert mark is not None
        below = ui.lines[1:]
        await ui.press("d", "X", "u", "u")
        assert len(app._notifications) == 1
        assert ui.lines[1:] == below, "nothing of the evidence is hidden"
        assert f"Undo of stance: {mark.source} disputes · U does it again" in ui.lines[0]
        await ui.press("X")
        assert f"Split: {mark.source} of claim" in ui.lines[0]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("keys", [(), ("3",), ("2", "m", "j", "m"), ("6",), ("7",)], ids=lambda k: "".join(k) or "1")
async def test_the_marks_behind_a_row_are_decided_on_in_a_window(
    small: Path, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with driving(small, size) as ui:
        await ui.press(*keys)
        place = ui.place
        await ui.press("D")
        window = ui.app.screen
        assert isinstance(window, MarksScreen)
        mark = window.blocks.current
        assert mark is not None
        other = "disputes" if mark.stance == "asserts" else "asserts"
        assert f"{mark.stance}" in ui.text and "it disputes" in ui.text
        await ui.press("d" if other == "disputes" else "a")
        now = window.blocks.current
        assert now is not None and (now.id, now.stance, now.by_hand) == (mark.id, other, True)
        await ui.press("u")
        assert window.blocks.current is not None and window.blocks.current.stance == mark.stance
        await ui.press("i", "X")
        assert mark.id not in [m.id for m in window._question(Views.open(small))]
        await ui.press("escape")
        assert ui.place == place
    assert [entry.kind for entry in log(small)] == ["stance", "undo", "stance", "split"]


async def test_an_empty_cell_has_nothing_to_decide(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("3")
        screen = ui.app.screen
        assert isinstance(screen, MatrixScreen) and screen.matrix
        row, column = next(
            (i, j) for i, cells in enumerate(screen.matrix.cells) for j, cell in enumerate(cells) if not cell
        )
        await ui.press(*"j" * row, *"l" * column, "D", "y")
        assert ui.place == "matrix"


async def test_not_this_claim_takes_the_sentence_out(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("enter")
        mark = shown(ui.app.screen).current
        assert mark is not None
        await ui.press("X")
        assert mark.id not in [m.id for side in shown(ui.app.screen).sides.values() for m in side]
    assert [entry.kind for entry in log(small)] == ["split"]


async def test_pin_reword_and_note_from_the_list(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("P")  # a pinned claim may stand elsewhere in the list: the cursor goes with it
        await ui.settle()
        await ui.press("f2", "home")
        await ui.type("Indeed: ")
        await ui.press("enter")
        await ui.settle()  # the window, the decision, the list
        assert "Indeed: The Halvern dam" in ui.text
        await ui.press("W")
        await ui.type("ask the engineers")
        await ui.press("enter")
        await ui.press("W", "escape")
    assert [entry.kind for entry in log(small)] == ["pin", "rename", "note"]


async def test_merge_and_move_take_a_claim_chosen_by_typing(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("M")
        await ui.type("killed 41")
        await ui.press("enter")
        await ui.press("enter", "m")
        await ui.press("enter")
    assert [entry.kind for entry in log(small)] == ["merge", "move"]


async def test_the_article_can_be_corrected_too(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("enter", "enter", "i")
        assert ui.place == "document"
        assert "reports" in ui.text
    assert [entry.kind for entry in log(small)] == ["stance"]


async def test_nothing_to_undo_and_no_right_to_write_are_said(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(small) as ui:
        await ui.press("u")
        assert "nothing to undo" in [*ui.app._notifications][-1].message
        monkeypatch.setattr(deciding, "_write", lambda app, what: deciding.Decided("small.db: is read-only.", True))
        await ui.press("P")
        assert "is read-only" in [*ui.app._notifications][-1].message
        assert "◆" not in ui.text.splitlines()[2]
    assert log(small) == []


async def test_marks_picked_out_become_a_claim_of_their_own(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("enter", "S", "p", "p")
        screen = shown(ui.app.screen)
        assert len(screen.picked) == 2
        assert ui.text.count("◆") >= 2
        await ui.press("k", "k", "p")
        assert len(screen.picked) == 1, "let go again"
        await ui.press("g", "p", "S")
        await ui.type("The wall was unsound.")
        await ui.press("enter")
        await ui.settle()
        assert screen.picked == set()
        assert len(screen.sides["asserts"]) == 1
        await ui.press("escape", "slash")
        await ui.type("wall was unsound")
        await ui.press("enter")
        assert "agreed" in ui.line("The wall was unsound.")
        await ui.press("u")
        await ui.settle()
        assert "The wall was unsound." not in "\n".join(ui.lines[3:])
    assert [entry.kind for entry in log(small)] == ["split", "undo"]


async def test_the_keys_go_to_a_side_that_has_marks(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("enter", "tab", "a", "tab", "a")
        screen = shown(ui.app.screen)
        assert screen.sides["disputes"] == []
        assert screen.current is not None, "the cursor is on a mark"


async def test_undo_works_on_every_place(small: Path) -> None:
    async with driving(small) as ui:
        for place in "123567":  # 4 asks for sources first
            await ui.press("1", "P", place, "u")
            await ui.settle()
    kinds = [entry.kind for entry in log(small)]
    assert kinds == ["pin", "undo"] * 6


def chosen(screen: object) -> tuple[int, str]:
    """The mark under the cursor, and the column that has the keys."""
    mark = shown(screen).current
    assert mark is not None
    return mark.id, shown(screen).side


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_the_cursor_follows_the_only_mark_of_a_side_over_and_back(small: Path, size: tuple[int, int]) -> None:
    async with driving(small, size) as ui:
        await ui.press("slash")
        await ui.type("rainfall alone")
        await ui.press("enter", "enter", "tab")
        screen = shown(ui.app.screen)
        assert len(screen.sides["disputes"]) == 1
        mark, side = chosen(screen)
        assert side == "disputes"
        for key, where in (("a", "asserts"), ("u", "disputes"), ("U", "asserts"), ("i", "reports"), ("u", "asserts")):
            await ui.press(key)
            assert chosen(screen) == (mark, where), key
        await ui.press("d", "d", "a", "u", "u", settle=False)
        await ui.settle()
        assert chosen(screen)[0] == mark, "also where keys come fast"


async def test_a_mark_that_goes_below_the_others_is_scrolled_into_sight(small: Path) -> None:
    async with driving(small, (80, 13)) as ui:
        await ui.press("slash")
        await ui.type("withheld")
        await ui.press("enter", "enter", "d", "tab")
        screen = shown(ui.app.screen)
        column = screen.column("disputes")
        assert not column.show_vertical_scrollbar, "one mark has room"
        mark, _ = chosen(screen)
        await ui.press("d")
        assert chosen(screen) == (mark, "disputes")
        top, size = column.place(column.cursor)
        assert top >= column.scroll_offset.y
        assert top + size - column.scroll_offset.y <= column.size.height, "below another, and whole"


async def test_a_mark_among_others_is_followed_too(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("enter", "j")
        screen = shown(ui.app.screen)
        mark, _ = chosen(screen)
        await ui.press("d")
        assert chosen(screen) == (mark, "disputes")
        await ui.press("j", "k", "shift+tab")
        assert chosen(screen)[0] != mark
        await ui.press("u")
        assert chosen(screen) == (mark, "asserts"), "also where one has gone elsewhere meanwhile"


async def test_after_a_split_the_next_mark_and_after_undo_the_one_that_came_back(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("enter")
        screen = shown(ui.app.screen)
        first, second, third = (m.id for m in screen.sides["asserts"])
        await ui.press("X")
        assert chosen(screen) == (second, "asserts")
        await ui.press("u")
        assert chosen(screen) == (first, "asserts")
        await ui.press("G", "X")
        assert chosen(screen)[0] == second
        await ui.press("tab", "u")
        assert chosen(screen) == (third, "asserts")
        await ui.press("P", "u", "W")
        await ui.type("x")
        await ui.press("enter", "u")
        await ui.settle()
        assert chosen(screen) == (third, "asserts"), "what is not about a mark moves no cursor"


async def test_undo_in_the_window_of_marks_goes_to_the_mark_that_came_back(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("D")
        window = ui.app.screen
        assert isinstance(window, MarksScreen)
        mark = window.blocks.current
        await ui.press("X")
        assert window.blocks.current != mark
        await ui.press("u")
        assert window.blocks.current == mark
