"""Taking a listing out as a file: three formats, nothing replaced unasked, nothing that a program would run."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import tui_database
from tui_pilot import driving

from claims.errors import FileThere, InputError, UsageProblem
from claims.review import queue
from claims.takeout import FORMATS, write
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
     (("2", "enter"), "source-3"), (("5",), "review")],
)  # fmt: skip
async def test_each_listing_offers_a_name_and_writes_all(
    small: Path, tmp_path: Path, keys: tuple[str, ...], name: str
) -> None:
    async with driving(small) as ui:
        await ui.press(*keys)
        await ui.press("ctrl+s")
        stem = ui.app.screen.entry.value.removesuffix(".md")  # type: ignore[attr-defined]
        assert stem == name or (name == "source-3" and stem.startswith("source-"))
        await ui.press("enter")
        await ui.settle()
        written = tmp_path / f"{stem}.md"
        assert f"rows in {stem}.md" in [*ui.app._notifications][-1].message
        assert len(written.read_text(encoding="utf-8").splitlines()) > 6


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
