"""Notes on claims and mentions: kept, shown, undone, and going where the mention goes."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

import db
from claims.cli import main
from claims.decisions import Decisions
from claims.errors import NotFound, UsageProblem
from claims.notes import notes
from claims.store import Store
from claims.views import Views


@pytest.fixture
def copy(stored: Path, database: Path) -> Path:
    shutil.copy(stored, database)
    return database


def test_notes_go_where_their_claim_or_mention_goes(copy: Path) -> None:
    views = Views.open(copy)
    first, second, *_ = (claim.id for claim in views.claims(everything=True))
    mark = views.mentions(second)[0].id
    store = Store.open(copy)
    decisions = Decisions(store, "ann")
    decisions.note("about the claim", claim_id=second)
    decisions.note("about the mark", mention_id=mark)
    assert [(n.text, n.mention_id, n.analyst) for n in notes(views, second)] == [
        ("about the claim", None, "ann"),
        ("about the mark", mark, "ann"),
    ]
    assert notes(views, first) == []
    decisions.move(mark, first)
    assert [n.text for n in notes(views, first)] == ["about the mark"]
    decisions.merge(first, [second])
    assert [n.text for n in notes(views, second)] == ["about the claim", "about the mark"]
    for _ in range(3):
        decisions.undo()
    assert [n.text for n in notes(views, second)] == ["about the claim"]
    decisions.redo()
    assert [n.text for n in notes(views, second)] == ["about the claim", "about the mark"]
    store.close()


def test_a_note_has_words_and_one_place(copy: Path) -> None:
    store = Store.open(copy)
    decisions = Decisions(store, "ann")
    for text, where in ((" ", {"claim_id": 1}), ("x", {}), ("x", {"claim_id": 1, "mention_id": 1})):
        with pytest.raises(UsageProblem):
            decisions.note(text, **where)
    with pytest.raises(NotFound):
        decisions.note("x", mention_id=10**6)
    assert decisions.log() == []
    store.close()


def test_the_command_line_notes_and_shows(copy: Path) -> None:
    views = Views.open(copy)
    claim = views.claims(everything=True)[0].id
    mark = views.mentions(claim)[0].id

    def run(*args: str) -> str:
        result = CliRunner().invoke(main, ["--db", str(copy), *args])
        assert result.exit_code == 0, result.output
        return result.stdout

    run("note", str(claim), "Ask [bold]them[/bold].")
    run("note", "--mention", str(mark), "A press release.")
    shown = run("show", str(claim))
    assert "Ask [bold]them[/bold]." in shown and f"on #{mark}" in shown
    assert [n["mention_id"] for n in json.loads(run("show", str(claim), "--json"))["notes"]] == [None, mark]


def test_a_database_without_notes_gets_them_on_reading(copy: Path) -> None:
    old = sqlite3.connect(copy)
    old.execute("DROP TABLE note")
    old.execute("DELETE FROM _sqlite_migrations WHERE name = 'm002_notes'")
    old.execute("PRAGMA user_version = 1")
    old.commit()
    old.close()
    views = Views.open(copy)
    assert notes(views, views.claims(everything=True)[0].id) == []
    assert views.db.execute("PRAGMA user_version").fetchone() == (db.VERSION,)
