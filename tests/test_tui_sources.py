"""Sources: what they assert, dispute and went back on, how often they were corrected; one source under two names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tui_database import Article, Builder, Said
from tui_pilot import driving

from claims.cli import main
from claims.decisions import Decisions
from claims.sides import reversals
from claims.store import Store
from claims.views import Views


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def turned(tmp_path: Path) -> Path:
    """The ministry says the port will close, and later that it will not; the Wire says so without a date."""
    builder = Builder(tmp_path / "turned.db", wordings={"port": "The port will close.", "toll": "Tolls will rise."})
    ministry = "the Harbour Ministry"
    builder.add(Article("a", "Gazette", "A", "2024-01-01", (
        Said("The port will close, the Harbour Ministry said.", "port", holders=(ministry,)),
        Said("Tolls will rise, it said.", "toll", holders=(ministry,)))))
    builder.add(Article("b", "Gazette", "B", "2024-03-01", (
        Said("The port will not close, the Harbour Ministry said.", "port", "disputes", holders=(ministry,)),)))
    builder.add(Article("c", "Wire", "C", None, (
        Said("The port will close.", "port"), Said("The port will not close.", "port", "disputes"))))
    builder.add(Article("d", "Post", "D", "2024-02-01", (
        Said("The port will close, Ministry of the Harbour said.", "port", holders=("Ministry of the Harbour",)),)))
    builder.finish()
    return builder.path  # fmt: skip


def test_changed_sides_is_by_date(turned: Path) -> None:
    views = Views.open(turned)
    assert {s.name: s.reversed for s in views.sources() if s.reversed} == {"the Harbour Ministry": 1}
    said = {c.text: c for c in views.source_claims("Harbour Ministry")}
    assert [(t.published, t.stance) for t in said["The port will close."].course] == [
        ("2024-01-01", "asserts"), ("2024-03-01", "disputes"),
    ]  # fmt: skip
    assert said["Tolls will rise."].course == ()


def test_the_two_sides_of_one_day_are_no_change(tmp_path: Path) -> None:
    builder = Builder(tmp_path / "day.db", wordings={"port": "The port will close.", "toll": "Tolls will rise."})
    for n, (key, published) in enumerate((("port", "2024-01-01"), ("toll", "2024-01-01"), ("toll", "2024-02-01"))):
        builder.add(Article(f"{n}", "Wire", None, published, (
            Said("So it is.", key), Said("It is not so.", key, "disputes"))))  # fmt: skip
    builder.finish()
    views = Views.open(builder.path)
    assert views.source("Wire").reversed == 1
    assert {c.text: len(c.course) for c in views.source_claims("Wire")} == {
        "The port will close.": 0, "Tolls will rise.": 4,
    }  # fmt: skip
    turned, count = reversals(views)
    assert count == 1 and [r.claim.text for r in turned] == ["Tolls will rise."]


def test_corrected_is_what_a_person_turned_and_checked_also_what_was_right(turned: Path) -> None:
    views, store = Views.open(turned), Store.open(turned)
    decisions = Decisions(store)

    def record() -> tuple[int, int]:
        wire = views.source("Wire")
        return wire.checked, wire.corrected

    one, two = [m for c in views.claims() for m in views.mentions(c.id) if m.outlet == "Wire"]
    assert record() == (0, 0)
    decisions.stance(one.id, one.stance)
    assert record() == (1, 0)
    decisions.stance(two.id, "reports")
    assert record() == (2, 1)
    decisions.stance(two.id, two.stance)
    assert record() == (2, 0), "back to what the machine said"
    decisions.undo()
    decisions.undo()
    assert record() == (1, 0)
    decisions.split(one.claim_id, [one.id])
    assert record() == (1, 1)
    decisions.undo()
    assert record() == (1, 0)


def test_what_a_move_had_judged_anew_is_no_word_of_a_person_on_the_side(turned: Path) -> None:
    views, store = Views.open(turned), Store.open(turned)
    one = next(m for c in views.claims() for m in views.mentions(c.id) if m.outlet == "Wire")
    decisions = Decisions(store)
    decisions.move(one.id, next(c.id for c in views.claims(everything=True) if c.id != one.claim_id))
    decisions.undo()
    store.set_stance(one.id, "reports", 0.5, "unclear")  # as an ingest may
    assert (views.source("Wire").checked, views.source("Wire").corrected) == (0, 0)


def test_the_command_shows_the_same_columns(turned: Path) -> None:
    run = CliRunner().invoke(main, ["--db", str(turned), "sources"])
    assert "REVERSED  CHECKED  CORRECTED" in run.stdout
    rows = json.loads(CliRunner().invoke(main, ["--db", str(turned), "sources", "--json"]).stdout)
    assert [r["reversed"] for r in rows if r["name"] == "the Harbour Ministry"] == [1]
    one = CliRunner().invoke(main, ["--db", str(turned), "sources", "Harbour Ministry"]).stdout
    assert "asserts 2024-01-01, disputes 2024-03-01" in one


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_the_screens_show_it(turned: Path, size: tuple[int, int]) -> None:
    store = Store.open(turned)
    Decisions(store).stance(1, "asserts")
    store.close()
    async with driving(turned, size) as ui:
        await ui.press("2")
        if size[0] > 100:
            assert "changed  corrected" in ui.text
            assert "0 of 1" in ui.line("the Harbour Ministry")
        await ui.press("slash")
        await ui.type("harbour m")
        await ui.press("enter", "enter")
        assert ui.place == "source"
        assert "changed sides on 1 claim" in ui.text
        assert "+ 2024-01-01 → − 2024-03-01" in ui.text


async def test_two_names_of_one_source_and_back(turned: Path) -> None:
    async with driving(turned, (160, 40)) as ui:
        await ui.press("2", "slash")
        await ui.type("ministry of")
        await ui.press("enter", "A")
        await ui.type("the harbour")
        await ui.press("enter")
        await ui.press("escape")
        assert "also Ministry of the Harbour" in ui.text
        assert Views.open(turned).source("Ministry of the Harbour").name == "the Harbour Ministry"
        await ui.press("u")
        assert "also Ministry" not in ui.text
        await ui.press("U")
        assert "also Ministry of the Harbour" in ui.text
        await ui.press("slash")
        await ui.type("harbour")
        await ui.press("enter", "N", "enter")
        assert "2 Outlets and holders" in ui.lines[1]
        await ui.press("N")
        assert ui.place == "sources", "each has one name now"
    store = Store.open(turned)
    assert [e.kind for e in Decisions(store).log()] == ["alias", "undo", "redo", "unalias"]


async def test_claims_are_decided_on_from_a_source_and_copied(turned: Path) -> None:
    async with driving(turned) as ui:
        await ui.press("2", "slash")
        await ui.type("harbour ministry")
        await ui.press("enter", "y")
        assert "Copied the source" in [*ui.app._notifications][-1].message
        assert "the Harbour Ministry" in ui.app.clipboard
        await ui.press("enter", "y")
        assert ui.app.clipboard.count("the Harbour Ministry said") == 2
        assert "2024-03-01" in ui.app.clipboard
        await ui.press("P", "f2", "home")
        await ui.type("Indeed: ")
        await ui.press("enter")
        await ui.settle()
        assert "Indeed: The port" in ui.text
        await ui.press("A", "escape", "u", "u")
        assert "Indeed" not in ui.text
    store = Store.open(turned)
    assert [e.kind for e in Decisions(store).log()] == ["pin", "rename", "undo", "undo"]
