"""Every screen and key of the UI, on small databases that the tests make."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import tui_database
from test_tui_fuzz import entries
from textual.messages import ExitApp
from tui_pilot import driving

from tui import commands, state
from tui.screens.claims import ClaimsScreen
from tui.screens.sources import SourcesScreen
from tui.widgets.keys import Keys
from tui.widgets.rows import Rows

SIZES = [(80, 24), (120, 40), (200, 50)]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tui")
    tui_database.small(folder / "small.db")
    tui_database.empty(folder / "empty.db")
    tui_database.large(folder / "large.db")
    return folder


@pytest.fixture
def small(made: Path) -> Path:
    return made / "small.db"


@pytest.fixture
def large(made: Path) -> Path:
    return made / "large.db"


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("size", SIZES)
async def test_claims_show_who_takes_which_side(small: Path, size: tuple[int, int]) -> None:
    async with driving(small, size) as ui:
        assert "6 contested" in ui.lines[0]
        row = next(line for line in ui.lines if "▌" in line)
        assert "CONTESTED  The Halvern dam was structurally" in row
        if size[0] == 80:
            below = ui.lines[ui.lines.index(row) + 1]
            assert "3 assert" in below
            assert "2 dispute" in below
            assert "███▒▒" in below
        else:
            assert "███▒▒" in row
            assert "ASSERTS 3" in ui.text
            assert "DISPUTES 2" in ui.text
            assert "Engineers who inspected the wall in 2021" in ui.text
        assert "agreed" in ui.line("The collapse of the Halvern dam killed 41")
        assert len(ui.app.screen.query_one(Keys).keys) <= 6


@pytest.mark.parametrize(("width", "beside"), [(80, False), (120, True), (200, True)])
async def test_an_article_has_its_voices_beside_it_where_there_is_room(small: Path, width: int, beside: bool) -> None:
    async with driving(small, (width, 40)) as ui:
        await ui.press("enter", "enter")
        assert ui.place == "document"
        assert ("Voices ──" in ui.text) == beside


@pytest.mark.parametrize("place", ["1", "2"])
async def test_letters_typed_in_one_burst_after_the_slash_are_its_words(small: Path, place: str) -> None:
    async with driving(small) as ui:
        await ui.press(place)
        before = entries(small)
        for key in "/Mdams12qPXu":
            ui.send(key)  # nothing is awaited: as from a paste, or a terminal that lags
        await ui.settle()
        screen = ui.app.screen
        assert isinstance(screen, ClaimsScreen | SourcesScreen)
        assert screen.entry.value == "Mdams12qPXu"
        assert entries(small) == before
        await ui.press("escape")
        for key in ("s", "j", "/", "o", "r"):
            ui.send(key)
        await ui.settle()
        assert screen.entry.value == "or"


async def test_the_key_line_says_what_works_and_a_click_does_it(small: Path) -> None:
    async with driving(small) as ui:
        line = ui.app.screen.query_one(Keys)
        assert [key.shown for key in line.keys] == ["⏎", "/", "c", "s", "f1", "^p"]
        assert ui.lines[-1].startswith(" ⏎ Open  / Filter  c Contested only ")
        at = ui.lines[-1].index("Contested only")
        await ui.pilot.hover(Keys, (at, 0))
        assert line.tooltip == "Only claims that one voice asserts and another disputes, or all again."
        await ui.pilot.click(Keys, (at, 0))
        await ui.settle()
        assert "contested only" in ui.lines[1]
        await ui.pilot.click(Keys, (118, 0))  # beyond the last
        assert ui.place == "claims"


async def test_filter_as_you_type(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("slash")
        await ui.type("rain")
        assert ui.lines[1].strip().startswith("2 Recurring claims")
        assert "holding “rain”" in ui.lines[1]
        await ui.press("enter")
        assert isinstance(ui.app.focused, Rows)
        assert "holding “rain”" in ui.lines[1]
        await ui.press("escape")
        assert "holding" not in ui.lines[1]
        await ui.press("slash")
        await ui.type('") OR * (')
        assert ui.place == "claims"
        await ui.press("escape")
        assert ui.lines[1].strip().startswith("10 Recurring")


async def test_narrowing_and_sorting(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("c")
        assert ui.lines[1].strip().startswith("6 Recurring claims · contested only")
        await ui.press("c", "p")
        assert "1 Recurring claims · pinned only" in ui.lines[1]
        await ui.press("p", "a")
        assert "12 All claims" in ui.lines[1]
        seen = []
        for _ in range(5):
            await ui.press("s")
            seen.append(ui.lines[1].rsplit("·", 1)[1].strip())
        assert len(set(seen)) == 5
        await ui.press("S")
        assert "turned round" in ui.lines[1]


async def test_moving_with_vim_keys_and_arrows(small: Path) -> None:
    async with driving(small, (80, 24)) as ui:
        rows = ui.app.screen.query_one("#claims", Rows)
        for keys, expected in (
            ("j", 1), ("down", 2), ("k", 1), ("up", 0), ("k", 0), ("G", 9), ("j", 9), ("g", 0), ("end", 9), ("home", 0),
        ):  # fmt: skip
            await ui.press(keys)
            assert rows.cursor == expected, keys
        await ui.press("pagedown")
        assert rows.cursor > 3


async def test_claim_has_both_sides(small: Path) -> None:
    for size in SIZES:
        async with driving(small, size) as ui:
            await ui.press("enter")
            assert ui.place == "claim"
            heads = ui.line("ASSERTS")
            assert "DISPUTES" in heads, "side by side"
            assert "The Engineers' Guild calls" in ui.text
            assert "Ilse Brandt" in ui.text
            assert "2024-04-13" in ui.text
            await ui.press("tab")
            assert ui.app.focused is not None
            assert ui.app.focused.id == "disputes"
            await ui.press("h")
            assert ui.app.focused.id == "asserts"
            await ui.press("escape")
            assert ui.place == "claims"


async def test_claim_stacks_on_a_narrow_terminal(small: Path) -> None:
    async with driving(small, (60, 24)) as ui:
        await ui.press("enter")
        assert "DISPUTES" not in ui.line("ASSERTS")
        assert "DISPUTES" in ui.text


async def test_reports_stand_apart(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("slash")
        await ui.type("resign")
        await ui.press("enter", "enter")
        assert "REPORTS, taking no side" in ui.text
        assert "is said to have offered her resignation" in ui.text
        assert "distanced" in ui.text


async def test_the_explanation_of_a_mark(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("enter", "tab", "j", "x")
        assert ui.place == "WhyScreen"
        for word in ("premise", "hypothesis", "cue", "“said”", "reason", "by hand", "State Radio Orsted ▸ Ilse Brandt"):
            assert word in ui.text, word
        await ui.press("escape")
        assert ui.place == "claim"


async def test_document_opens_at_the_sentence(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("enter", "tab", "enter")
        assert ui.place == "document"
        assert "Orsted looks upstream for someone to blame" in ui.text
        assert "▌" in ui.line("Engineers who inspected the wall")
        assert "4/5" in ui.text
        assert "B−!" in ui.line("Engineers who inspected the wall")
        assert "B Valmark's water board" in ui.text
        await ui.press("n")
        assert "5/5" in ui.text
        await ui.press("n")
        assert "1/5" in ui.text
        await ui.press("N")
        assert "5/5" in ui.text
        await ui.press("c")
        assert "1/5" in ui.text
        await ui.press("enter")
        assert ui.place == "claim"
        await ui.press("escape", "escape", "escape")
        assert ui.place == "claims"


async def test_sources_and_what_one_says(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("2")
        assert ui.place == "sources"
        assert "13 Outlets and holders" in ui.lines[1]
        await ui.press("o")
        assert "Outlets" in ui.lines[1]
        assert "Ilse Brandt" not in ui.text
        await ui.press("o")
        assert "Coastal Observer" not in ui.text
        await ui.press("escape", "slash")
        await ui.type("brandt")
        await ui.press("enter", "enter")
        assert ui.place == "source"
        assert "disputes" in ui.line("Minister Ilse Brandt offered to resign")
        await ui.press("enter")
        assert ui.place == "claim"
        assert ui.app.focused is not None
        assert ui.app.focused.id == "disputes", "at the source's own words"


async def test_compare_two_marked_sources(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("2", "m", "j", "m")
        assert ui.place == "compare"
        assert "3 opposite" in ui.lines[1]
        assert "They take opposite sides" in ui.text
        line = ui.line("Record rainfall alone")
        assert "− disputes" in line
        assert "+ asserts" in line
        await ui.press("s")
        assert ui.lines[0].index("Ilse Brandt") < ui.lines[0].index("Coastal Observer")
        await ui.press("enter")
        assert ui.place == "claim"


async def test_compare_asks_for_its_sources(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("4")
        await ui.type("brandt")
        await ui.press("enter")
        await ui.type("courier")
        await ui.press("enter")
        assert ui.place == "compare"
        assert "Ilse Brandt × The Orsted Courier" in ui.lines[0]


async def test_matrix(small: Path) -> None:
    async with driving(small, (80, 24)) as ui:
        await ui.press("3")
        assert ui.place == "matrix"
        assert "12 sources × 10 claims" in ui.lines[1]
        assert "− disputes" in ui.line("Ilse Brandt")
        await ui.press("z", "G")
        assert "10" in ui.text
        await ui.press("g", "z", "enter")
        assert ui.place == "claim"
        await ui.press("escape", "j", "j", "j", "l", "l")
        await ui.press("enter")
        assert ui.place in ("matrix", "claim")


async def test_help_tells_every_key_of_the_place(small: Path) -> None:
    async with driving(small, (120, 200)) as ui:
        await ui.press("f1")
        for command in (*commands.of("claims"), *commands.of("app")):
            assert command.tooltip.split()[0] in ui.text
            assert command.label in ui.text
        await ui.press("escape")
        assert ui.place == "claims"


async def test_palette_runs_commands_by_name(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("ctrl+p")
        await ui.type("matrix")
        await ui.press("enter")
        await ui.settle()
        assert ui.place == "matrix"
        await ui.press("1", "ctrl+p")
        await ui.type("contested only")
        await ui.press("enter")
        await ui.settle()
        assert "contested only" in ui.lines[1]


async def test_keys_can_be_remapped(small: Path) -> None:
    settings = {"keys": {"claims.contested": "K,f6", "no.such": "x"}}
    async with driving(small, settings=settings) as ui:
        assert any("no.such" in toast.message for toast in ui.app._notifications)
        await ui.press("c")
        assert "contested only" not in ui.lines[1]
        await ui.press("K")
        assert "contested only" in ui.lines[1]


@pytest.mark.parametrize("theme", ["contested-light", "ansi-dark", "ansi-light", "textual-light", "gruvbox", "no-such"])
async def test_themes(small: Path, theme: str) -> None:
    async with driving(small, settings={"theme": theme}) as ui:
        assert "CONTESTED" in ui.text
        await ui.press("t")
        assert "CONTESTED" in ui.text


async def test_mouse(small: Path) -> None:
    async with driving(small) as ui:
        rows = ui.app.screen.query_one("#claims", Rows)
        await ui.pilot.click("#claims", offset=(20, 3))
        assert rows.cursor == 3
        await ui.pilot.click("#claims", offset=(20, 4), times=2)
        await ui.settle()
        assert ui.place == "claim"


async def test_resize_any_time(small: Path) -> None:
    async with driving(small, (120, 40)) as ui:
        for keys in ((), ("enter",), ("enter",), ("3",), ("2",)):
            await ui.press(*keys)
            for size in ((200, 50), (40, 10), (5, 2), (120, 40)):
                await ui.pilot.resize_terminal(*size)
        assert ui.place == "sources"


async def test_an_empty_database_says_what_to_do(made: Path, tmp_path: Path) -> None:
    for database in (made / "empty.db", tmp_path / "none-yet.db"):
        async with driving(database, (80, 24)) as ui:
            assert "Nothing to read yet" in ui.text
            assert "ingest PATH..." in " ".join(ui.text.split()), "wrapped where the path of the file is long"
            for key in (
                "enter",
                "2",
                "enter",
                "m",
                "3",
                "enter",
                "h",
                "4",
                "escape",
                "1",
                "slash",
                "x",
                "escape",
                "c",
                "r",
            ):
                await ui.press(key)
            assert ui.place == "claims"


async def test_thousands_of_claims_page_in(large: Path) -> None:
    async with driving(large) as ui:
        assert ui.lines[1].strip().startswith("3,010 Recurring")
        await ui.press("G")
        rows = ui.app.screen.query_one("#claims", Rows)
        assert rows.cursor == 3009
        assert "District" in ui.text
        await ui.press("s", "s", "s", "s")
        await ui.press("G", "k")
        assert rows.current is not None
        assert len(rows._pages) < 16, "only pages that came into sight are read"


async def test_left_off_where_it_was(small: Path) -> None:
    async with driving(small, settings={"restore": True}) as ui:
        await ui.press("c", "j", "j", "enter", "enter", "n")
        await ui.press("q")
    kept = state.read(small)
    assert [memo[0] for memo in kept.trail] == ["claim", "document"]
    async with driving(small, settings={"restore": True}) as ui:
        assert ui.place == "document"
        await ui.press("escape", "escape")
        assert "contested only" in ui.lines[1]
        assert ui.app.screen.query_one("#claims", Rows).cursor == 2


async def test_left_off_where_it_was_when_the_program_is_ended_from_outside(small: Path) -> None:
    async with driving(small, settings={"restore": True}) as ui:
        await ui.press("c", "enter")
        ui.app.post_message(ExitApp())  # what a signal does, or a page in a browser that is closed
        await ui.settle()
    assert [memo[0] for memo in state.read(small).trail] == ["claim"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"trail": [["claim"], ["what"], [], ["claim", "x"], 3]}',
        '{"claims": {"query": 3}}',
        '{"claims": {"query": {"order": "no"}, "row": "x"}, "theme": "none", "trail": [["claim", 999]]}',
    ],
)
async def test_a_damaged_state_file_does_no_harm(small: Path, text: str) -> None:
    path = state.path_for(small)
    path.parent.mkdir(parents=True)
    path.write_text(text)
    async with driving(small, settings={"restore": True}) as ui:
        await ui.press("escape")
        assert ui.place == "claims"


async def test_a_database_that_breaks_is_told_in_one_line(tmp_path: Path) -> None:
    database = tui_database.small(tmp_path / "broken.db")
    async with driving(database) as ui:
        data = bytearray(database.read_bytes())
        data[:] = b"\xff" * len(data)
        database.write_bytes(bytes(data))
        await ui.press("r")
        await ui.press("2")
        assert "broken.db" in ui.text
        assert ui.place == "sources"


async def test_the_keys_go_on_while_the_database_is_slow(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    from claims.views import Views

    gate = threading.Event()
    real = Views.mentions

    def slow(self: Views, claim_id: int) -> object:
        gate.wait(5)
        return real(self, claim_id)

    async with driving(small, (80, 24)) as ui:
        monkeypatch.setattr(Views, "mentions", slow)
        await ui.pilot.press("enter")
        await ui.pilot.pause()
        assert ui.place == "claim"
        await ui.pilot.press("escape")
        await ui.pilot.pause()
        assert ui.place == "claims"
        await ui.pilot.press("j")
        assert isinstance(ui.app.screen, ClaimsScreen)
        assert ui.app.screen.rows.cursor == 1
        gate.set()
        await asyncio.sleep(0)


async def test_copy_gives_a_citation(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("enter", "tab", "y")
        copied = ui.app.clipboard
        for part in ("Engineers who inspected", "Valmark Tribune ▸ Valmark's water board", "2024-04-13", "https://"):
            assert part in copied
