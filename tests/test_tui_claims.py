"""The list of claims: narrowing it by facets and by meaning, what a row shows, the cursor that stays on its claim."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import tui_database
from tui_pilot import Driver, driving

from claims.glance import Glance, glances
from claims.meaning import Meaning
from claims.narrow import facet
from claims.views import Views
from tui.screens import claims as claims_screen
from tui.screens import claims_rows
from tui.screens.claims import ClaimsScreen
from tui.screens.facets import TABS, FacetsScreen


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return tui_database.small(tmp_path / "small.db")


def claims(ui: Driver) -> ClaimsScreen:
    screen = ui.app.screen_stack[0]
    assert isinstance(screen, ClaimsScreen)
    return screen


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_each_facet_narrows_at_once_and_lets_go(small: Path, size: tuple[int, int]) -> None:
    views = Views.open(small)
    async with driving(small, size) as ui:
        every = claims(ui).count
        await ui.press("f")
        assert ui.place == "facets"
        for tab in TABS:
            window = ui.app.screen
            assert isinstance(window, FacetsScreen)
            assert window.tab == tab
            value = window.rows.current
            assert value is not None
            await ui.press("enter")
            assert claims(ui).count == value.claims, tab
            assert "[x]" in ui.text
            await ui.press("enter")
            assert claims(ui).count == every
            await ui.press("l")
        await ui.press("h", "/")
        await ui.type("dam")
        assert [v.name for v in ui.app.screen.rows._pages[0]] == [  # type: ignore[attr-defined]
            v.name for v in facet(views, "topic") if "dam" in v.name
        ]
        await ui.press("enter", "escape")
        assert ui.place == "claims"


async def test_facets_stand_in_the_line_above_the_list_and_back_widens(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("f", "enter", "l", "enter", "escape")
        assert "contested only" in ui.lines[1]
        assert "in Coastal Observer" in ui.lines[1] or "in The Orsted Courier" in ui.lines[1]
        await ui.press("escape")
        assert ui.lines[1].strip().startswith("10 Recurring claims · most contested first")
        await ui.press("f", "enter", "l", "enter", "c", "escape")
        assert "10 Recurring claims · most" in ui.lines[1]


async def test_facets_by_mouse_and_help(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("f")
        window = ui.app.screen
        assert isinstance(window, FacetsScreen)
        await ui.pilot.click(window.tabs, offset=(10, 0))
        await ui.settle()
        assert window.tab == "outlet"
        await ui.press("f1")
        assert "Narrowing the list" in ui.text
        await ui.press("escape", "q")
        assert ui.place == "claims"


async def test_what_one_narrowed_to_is_there_the_next_time(small: Path) -> None:
    async with driving(small, settings={"restore": True}) as ui:
        await ui.press("f", "l", "enter", "escape")
        narrowed = ui.lines[1]
        await ui.app.action_quit()
    async with driving(small, settings={"restore": True}) as ui:
        assert ui.lines[1] == narrowed


THINKER = "import sys, pathlib\nfor line in sys.stdin: print(pathlib.Path(sys.argv[1]).read_text(), flush=True)"


async def test_a_filter_finds_by_meaning_after_a_pause(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims_screen, "PAUSE", 0.05)
    views = Views.open(small)
    other = next(c for c in views.claims() if "salmon" not in c.text)
    answer = tmp_path / "answer"
    async with driving(small, settings={"meaning": True}) as ui:
        ui.app.meaning = Meaning(small, [sys.executable, "-c", THINKER, str(answer)])

        async def think() -> None:
            for _ in range(600):
                await ui.pilot.pause(0.05)
                if not claims(ui)._thinking and not claims(ui)._sought:
                    break
            await ui.settle()

        answer.write_text(json.dumps([other.id]))
        await ui.press("slash")
        await ui.type("salmon")
        await think()
        assert "or near it in meaning (1)" in ui.lines[1]
        assert other.text[:30] in ui.text
        answer.write_text(json.dumps({"error": "There are no weights."}))
        await ui.type("s")
        await think()
        assert "near it" not in ui.lines[1], "other words, other claims"
        assert "There are no weights." in [*ui.app._notifications][-1].message
        await ui.press("escape")
        assert ui.lines[1].strip().startswith("10 Recurring claims")


async def test_no_key_waits_for_meaning(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims_screen, "PAUSE", 0.01)
    async with driving(small, settings={"meaning": True}) as ui:
        ui.app.meaning = Meaning(small, [sys.executable, "-c", "import time; time.sleep(60)"])
        await ui.press("slash")
        await ui.press(*"rain", settle=False)
        for _ in range(600):
            await ui.pilot.pause(0.05)
            if claims(ui)._sought:
                break
        assert "looking by meaning" in ui.lines[1]
        await ui.press("enter", settle=False)
        await ui.pilot.pause(0.3)
        await ui.press("j", settle=False)
        await ui.pilot.pause(0.3)
        assert claims(ui).rows.cursor == 1
        await ui.press("escape", settle=False)
        await ui.pilot.pause(0.5)
        assert "looking by meaning" not in ui.lines[1]
        ui.app.meaning.stop()


async def test_a_claim_that_a_decision_moves_far_keeps_the_cursor(tmp_path: Path) -> None:
    large = tui_database.large(tmp_path / "large.db", 12_000)
    async with driving(large) as ui:
        await ui.press("G")
        screen = claims(ui)
        for _ in range(100):
            if screen.rows.current is not None:
                break
            await ui.settle()
        held = screen.rows.current
        assert held is not None
        assert screen.rows.cursor > 11_000
        await ui.press("s", "s", "s", "s")  # by wording
        screen.rows.cursor = 0
        await ui.settle()
        first = screen.rows.current
        assert first is not None
        await ui.press("f2", "home")
        await ui.type("Zzz ")
        await ui.press("enter")
        await ui.settle()
        assert screen.rows.cursor > 11_000, "the last by wording"
        assert screen.rows.current is not None
        assert screen.rows.current.id == first.id


def test_a_spark_is_to_the_scale_of_its_highest() -> None:
    assert claims_rows.spark((0, 1, 2, 8)) == "·▁▂█"
    assert claims_rows.spark(()) == ""


def test_glances_count_sentences_over_the_whole_time(small: Path) -> None:
    views = Views.open(small)
    found = glances(views, [c.id for c in views.claims()])
    for claim in views.claims():
        dated = {m.sentence_start + m.document_id * 10_000 for m in views.mentions(claim.id) if m.published}
        assert sum(found[claim.id].over_time) == len(dated)
        assert (found[claim.id].reason is None) == (claim.disputing == 0)
    assert glances(views, []) == {}
    assert Glance(reason=None, over_time=()) in glances(views, [999]).values()


@pytest.mark.parametrize(
    ("size", "shown"), [((80, 24), False), ((100, 30), True), ((150, 40), True), ((200, 50), True)]
)
async def test_a_line_over_time_where_there_is_room(small: Path, size: tuple[int, int], shown: bool) -> None:
    async with driving(small, size) as ui:
        assert ("██·██·····█·" in ui.text) == shown
        if size[0] == 200:
            await ui.press("v")
            assert "disputed for" in ui.text
            assert "judge: contr" in ui.line("structurally unsound before the spring floods.")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_an_empty_list_says_why_and_which_key_helps(small: Path, size: tuple[int, int]) -> None:
    async with driving(small, size) as ui:
        assert "pinned" not in "\n".join(ui.lines[2:])
        await ui.press("slash")
        await ui.type("41 people")
        await ui.press("enter")
        assert "◆" in ui.text
        await ui.press("P", "escape", "p")  # the only pinned claim is let go
        told = "\n".join(ui.lines[2:])
        assert "No claim is pinned." in told
        assert "p shows all claims again" in told
        assert "P then pins the claim under the cursor" in told
        await ui.press("c")
        assert "No claim fits all that the list is narrowed to." in ui.text
        await ui.press("c", "p")
        assert "No claim" not in ui.text
        await ui.press("P", "p")
        assert "No claim" not in ui.text
        assert claims(ui).count == 1
