"""What the ingests since a date brought: a claim's state before it is worked out from the marks stored by then."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
import tiny
from click.testing import CliRunner

from claims.changes import Changes, changes, last_ingest
from claims.cli import main
from claims.decisions import Decisions
from claims.models import Document
from claims.sides import reversals
from claims.store import Store
from claims.views import Views

BRIDGE, FERRY, MINE = (tiny.FACTS[6], tiny.FACTS[3], tiny.FACTS[2])
MINISTRY, UNION = "The Harbour Ministry", "The Miners' Union"
FIRST = [
    ("Gazette", f"{MINISTRY} said that {BRIDGE}.", "2020-01-01"),
    ("Wire", f"{BRIDGE.capitalize()}.", "2020-01-02"),
    ("Wire", f"{FERRY.capitalize()}.", "2020-01-02"),
    ("Ferryman", f"{UNION} denied that {FERRY}.", "2020-02-01"),
]
SECOND = [
    ("Gazette", f"{MINISTRY} denied that {BRIDGE}.", "2021-05-01"),
    ("Gazette", f"{MINE.capitalize()}.", "2021-05-02"),
    ("Wire", f"{UNION} said that {MINE}.", "2021-05-02"),
    ("Wire", f"{UNION} denied that {FERRY}. ", "2021-06-01"),
]


def read(database: Path, started: str, said: list[tuple[str, str, str]]) -> None:
    """One ingest, as if it had begun at a time."""
    store = Store.open(database)
    tiny.pipeline(store).ingest(
        Document(path=f"{started}-{n}.txt", sha256=f"{started}{n}", text=text, outlet=outlet, published=day)
        for n, (outlet, text, day) in enumerate(said)
    )
    store.close()
    file = sqlite3.connect(database)
    file.execute("UPDATE run SET started = ? WHERE id = (SELECT max(id) FROM run)", [started])
    file.commit()
    file.close()
    store = Store.open(database)
    store.restand_all()  # what is kept beside a claim was counted with the real time
    store.close()


@pytest.fixture
def twice(database: Path) -> Path:
    read(database, "2024-05-01T10:00:00+00:00", FIRST)
    read(database, "2024-06-01T10:00:00+00:00", SECOND)
    return database


def about(views: Views, word: str) -> int:
    return next(c.id for c in views.claims(everything=True) if word in c.text)


def texts(found: Changes, what: str) -> list[str]:
    return [c.text for c in getattr(found, what)]


def test_what_the_second_ingest_brought(twice: Path) -> None:
    views = Views.open(twice)
    found = changes(views, "2024-06")
    assert found.documents == 4
    assert ["bridge" in t for t in texts(found, "newly_contested")] == [True], "the ferry was contested before"
    assert ["mine" in t for t in texts(found, "new")] == [True]
    (turned,) = found.reversals
    assert "Ministry" in turned.voice.source and "bridge" in turned.claim.text
    course = [(t.published, t.stance) for t in turned.voice.course]
    assert course == [("2020-01-01", "asserts"), ("2021-05-01", "disputes")]
    assert found.pinned == ()
    counts = (found.newly_contested_count, found.reversals_count, found.pinned_count, found.new_count)
    assert counts == (1, 1, 0, 1)


def test_since_before_everything_and_after_it(twice: Path) -> None:
    views = Views.open(twice)
    whole = changes(views, "2000")
    assert whole.documents == 8 and whole.newly_contested_count == 2 and whole.new_count == 3
    nothing = changes(views, "2025")
    assert not (nothing.documents or nothing.newly_contested or nothing.reversals or nothing.new)


def test_a_turn_that_was_known_is_not_told_again(twice: Path) -> None:
    read(twice, "2024-07-01T10:00:00+00:00", [("Ferryman", f"{MINISTRY} denied that {BRIDGE}.", "2021-07-01")])
    views = Views.open(twice)
    assert changes(views, "2024-07").reversals == ()
    assert reversals(views)[1] == len(changes(views, "2024-06").reversals) == 1


def test_both_sides_on_one_day_or_without_a_date_is_no_reversal(database: Path) -> None:
    said = [
        ("Gazette", f"{MINISTRY} {verb} that {BRIDGE}.{' ' * n}", day)
        for n, (verb, day) in enumerate([("said", "2020"), ("denied", "2020"), ("said", None)])
    ]
    read(database, "2024-05-01", said)  # type: ignore[arg-type]
    assert reversals(Views.open(database)) == ([], 0)


def test_new_marks_on_pinned_claims(twice: Path) -> None:
    store = Store.open(twice)
    views = Views.open(twice)
    Decisions(store).pin(about(views, "ferry"))
    store.close()
    found = changes(views, "2024-06", limit=10)
    assert [(m.stance, m.published) for m in found.pinned] == [
        ("disputes", "2021-06-01"),
        ("reports", "2021-06-01"),
    ]
    assert changes(views, "2024-06", limit=1).pinned_count == 2


def test_a_contest_that_only_a_decision_made_is_not_new(twice: Path) -> None:
    """The marks stood before; the analyst knows what she decided."""
    views = Views.open(twice)
    store = Store.open(twice)
    union = next(m for m in views.mentions(about(views, "mine")) if m.holders)
    Decisions(store).stance(union.id, "disputes")
    store.close()
    assert about(views, "mine") in [c.id for c in views.claims(newly_contested="2024-06")]
    assert views.claims(newly_contested="2024-06-02") == []


def test_newly_contested_as_a_list(twice: Path) -> None:
    views = Views.open(twice)
    (bridge,) = views.claims(newly_contested="2024-06")
    assert views.count_claims(newly_contested="2024-06") == 1
    out = CliRunner().invoke(main, ["--db", str(twice), "list", "--newly-contested", "2024-06", "--json"])
    assert [c["id"] for c in json.loads(out.stdout)] == [bridge.id]


def test_the_command(twice: Path) -> None:
    assert last_ingest(Views.open(twice)) == "2024-06-01T10:00:00+00:00"
    for since in ([], ["--since", "2024-06-01"]):
        out = CliRunner().invoke(main, ["--db", str(twice), "changes", *since])
        assert out.exit_code == 0
        assert "4 articles" in out.stdout
        assert "asserts 2020-01-01, disputes 2021-05-01" in out.stdout
    found = json.loads(CliRunner().invoke(main, ["--db", str(twice), "changes", "--json"]).stdout)
    assert found["new_count"] == 1 and found["reversals"][0]["voice"]["source"]
    wrong = CliRunner().invoke(main, ["--db", str(twice), "changes", "--since", "yesterday"])
    assert wrong.exit_code == 2 and "2024-06-30" in wrong.stderr


def test_nothing_was_read_yet(database: Path) -> None:
    Store.open(database).close()
    out = CliRunner().invoke(main, ["--db", str(database), "changes"])
    assert out.exit_code == 0 and "claims ingest" in out.stderr
