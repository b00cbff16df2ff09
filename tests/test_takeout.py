"""Taking a listing out as a file: three formats, nothing replaced unasked, nothing that a program would run."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import tui_database
from tui_pilot import driving

from claims.changes import changes
from claims.errors import FileThere, InputError, UsageProblem
from claims.listed import cells, changed, over_time, pairs
from claims.matrix import agreement, matrix
from claims.review import queue
from claims.takeout import FORMATS, write
from claims.timeline import claim_timeline, timeline
from claims.views import Views


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return tui_database.small(tmp_path / "small.db")


def test_three_formats_hold_the_same_rows(small: Path, tmp_path: Path) -> None:
    views = Views.open(small)
    for rows in (views.claims(), views.sources(), views.mentions(1), queue(views)):
        for ending in FORMATS:
            assert write(tmp_path / f"out{ending}", "Rows", rows, replace=True) == len(rows)
        found = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
        assert found == [row.model_dump(mode="json") for row in rows]
        with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
        assert len(table) == len(rows)
        lines = (tmp_path / "out.md").read_text(encoding="utf-8").splitlines()
        assert len(lines) == len(rows) + 6
        assert {line.replace("\\|", "").count("|") for line in lines[4:]} == {len(table[0]) + 1}
    assert list(tmp_path.glob("*.new*")) == []


def test_articles_cannot_make_a_formula_or_a_line(tmp_path: Path) -> None:
    hostile = tui_database.hostile(tmp_path / "hostile.db", 1000)
    views = Views.open(hostile)
    marks = [mention.model_copy(update={"title": '=HYPERLINK("x")'}) for mention in views.mentions(1)]
    write(tmp_path / "x.csv", "x", marks)
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        assert {row["title"] for row in csv.DictReader(file)} == {'\'=HYPERLINK("x")'}
    write(tmp_path / "x.md", "x", marks)
    text = (tmp_path / "x.md").read_text(encoding="utf-8")
    assert "\x1b" not in text and "\u202e" not in text and "\\[click" not in text.replace("\\[@click", "")
    assert len(text.splitlines()) == len(marks) + 6


def test_no_file_is_replaced_unasked(small: Path, tmp_path: Path) -> None:
    rows = Views.open(small).claims()
    (tmp_path / "mine.csv").write_text("mine")
    with pytest.raises(FileThere, match=r"mine\.csv"):
        write(tmp_path / "mine.csv", "x", rows)
    assert (tmp_path / "mine.csv").read_text() == "mine"
    with pytest.raises(UsageProblem, match=r"\.md, \.csv, \.json"):
        write(tmp_path / "mine.xls", "x", rows)
    with pytest.raises(InputError, match="cannot be written"):
        write(tmp_path / "nowhere" / "mine.csv", "x", rows)
    assert write(tmp_path / "none.md", "x", []) == 0


@pytest.mark.parametrize(
    ("keys", "name"),
    [((), "claims"), (("enter",), "claim-1"), (("enter", "enter"), "article-1"), (("2",), "sources"),
     (("2", "enter"), "source-"), (("5",), "review"), (("3",), "matrix"), (("3", "a", "minus", "minus"), "agreement"),
     (("6",), "timeline"), (("6", "v"), "timeline-1"), (("7",), "changes"), (("2", "m", "j", "m"), "compare-"),
     (("D",), "marks")],
)  # fmt: skip
async def test_each_listing_offers_a_name_and_writes_all(
    small: Path, tmp_path: Path, keys: tuple[str, ...], name: str
) -> None:
    async with driving(small) as ui:
        await ui.press(*keys)
        await ui.press("ctrl+s")
        stem = ui.app.screen.entry.value.removesuffix(".md")  # type: ignore[attr-defined]
        assert stem == name or (name.endswith("-") and stem.startswith(name))
        await ui.press("enter")
        await ui.settle()
        written = tmp_path / f"{stem}.md"
        assert f"rows in {stem}.md" in [*ui.app._notifications][-1].message
        assert len(written.read_text(encoding="utf-8").splitlines()) > 6


def test_places_that_are_no_list_come_out_as_rows(tmp_path: Path) -> None:
    views = Views.open(tui_database.twice(tmp_path / "twice.db"))
    found = matrix(views)
    assert len(cells(found)) == sum(bool(cell) for row in found.cells for cell in row)
    said = {c.source: c.stances for c in cells(found) if c.claim_id == 1}
    assert said["Valmark's water board"] == ("disputes",)
    assert {(p.a, p.b): p.shared for p in pairs(agreement(views, least=2))}
    dam = next(row for row in over_time(timeline(views, scale="month")) if row.claim_id == 1)
    assert (dam.first_asserted, dam.first_asserted_by) == ("2024-04-12", "The Orsted Courier")
    assert (dam.first_disputed, dam.first_disputed_by) == ("2024-04-13", "Valmark's water board")
    assert dam.changed_sides == ("Ilse Brandt: disputes 2024-04-16, asserts 2024-09-02",)
    assert [p.period for p in dam.over_time] == ["2024-04", "2024-05", "2024-09"]
    brandt = next(row for row in over_time(claim_timeline(views, 1)) if row.source == "Ilse Brandt")
    assert (brandt.first_disputed, brandt.first_asserted) == ("2024-04-16", "2024-09-02")
    new = changed(changes(views, tui_database.LATER), {3: "The toll"})
    assert {row.change for row in new} == {
        "newly contested", "changed sides", "new mark on a pinned claim", "new claim",
    }  # fmt: skip
    for rows in (cells(found), pairs(agreement(views)), over_time(timeline(views)), new):
        for ending in FORMATS:
            assert write(tmp_path / f"out{ending}", "Rows", rows, replace=True) == len(rows)


@pytest.mark.parametrize(("keys", "told"), [
    (("3",), "with"), (("3", "a", "minus", "minus", "l"), "two sources"), (("6",), "with"), (("7",), "with"),
    (("2", "m", "j", "m"), "with"), (("2", "enter"), "with"), (("D",), "with"),
])  # fmt: skip
async def test_copy_takes_the_sentences_with_their_source(
    small: Path, keys: tuple[str, ...], told: str
) -> None:
    async with driving(small) as ui:
        await ui.press(*keys)
        await ui.press("y")
        assert told in [*ui.app._notifications][-1].message
        assert told != "with" or "2024-" in ui.app.clipboard or "articles/" in ui.app.clipboard
        assert ui.app.clipboard


async def test_a_file_that_is_there_is_replaced_only_by_a_second_enter(small: Path, tmp_path: Path) -> None:
    there = tmp_path / "claims.md"
    there.write_text("mine")
    async with driving(small) as ui:
        await ui.press("c", "ctrl+s", "enter")
        await ui.settle()
        assert "is there" in ui.text
        assert there.read_text() == "mine"
        await ui.press("escape")
        assert there.read_text() == "mine"
        await ui.press("ctrl+s", "enter")
        await ui.settle()
        await ui.press("enter")
        await ui.settle()
        assert "6 rows" in there.read_text(encoding="utf-8"), "the contested ones"
        await ui.press("ctrl+s", "x", "enter")
        await ui.settle()
        assert "says the format" in [*ui.app._notifications][-1].message
