"""The schema: what the migrations make is what ``schema.sql`` says, and a stranger can read the file."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

import db

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def fresh() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    db.migrate(connection)
    return connection


def tables(connection: sqlite3.Connection, kind: str) -> list[str]:
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_fts%'"
        " AND name NOT LIKE '_sqlite_%' ORDER BY name",
        [kind],
    )
    return [name for (name,) in rows]


def test_schema_sql_is_what_the_migrations_make() -> None:
    written = (ROOT / "db" / "schema.sql").read_text(encoding="utf-8")
    assert written == db.dump(), "run: python -m db"


def test_every_table_is_strict(fresh: sqlite3.Connection) -> None:
    strict = {name: bool(flag) for _, name, kind, _, _, flag in fresh.execute("PRAGMA table_list") if kind == "table"}
    ours = tables(fresh, "table")
    assert {"document", "sentence", "claim", "mention", "vector", "decision", "run"} <= set(ours)
    assert [name for name in ours if not strict[name]] == []


def test_every_table_and_view_says_what_it_is(fresh: sqlite3.Connection) -> None:
    text = db.dump()
    for view in tables(fresh, "view"):
        assert re.search(rf"CREATE VIEW {view}\b", text)
    assert text.startswith("-- Generated")


@pytest.mark.parametrize("view", ["claims_overview", "evidence", "sentence_text"])
def test_views_can_be_read_by_a_program_that_knows_nothing(stored: Path, view: str) -> None:
    """As Datasette opens it: read-only, no functions of ours."""
    plain = sqlite3.connect(f"file:{stored}?mode=ro", uri=True)
    plain.row_factory = sqlite3.Row
    rows = plain.execute(f"SELECT * FROM {view}").fetchall()
    plain.close()
    assert rows


def test_evidence_reads_like_a_page(stored: Path) -> None:
    plain = sqlite3.connect(f"file:{stored}?mode=ro", uri=True)
    plain.row_factory = sqlite3.Row
    for row in plain.execute("SELECT * FROM evidence"):
        assert row["said"] in row["sentence"]
        assert row["stance"] in {"asserts", "disputes", "reports"}
        assert row["claim"] and row["source"] and row["path"].endswith(".md")
    plain.close()


def test_foreign_keys_hold(stored: Path) -> None:
    plain = sqlite3.connect(f"file:{stored}?mode=ro", uri=True)
    assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    plain.close()


def test_migrating_twice_changes_nothing(fresh: sqlite3.Connection) -> None:
    before = list(fresh.iterdump()) if not tables(fresh, "virtual") else []
    version = fresh.execute("PRAGMA schema_version").fetchone()
    db.migrate(fresh)
    assert fresh.execute("PRAGMA schema_version").fetchone() == version
    assert (list(fresh.iterdump()) if before else []) == before
    assert fresh.execute("PRAGMA user_version").fetchone() == (db.VERSION,)
    assert fresh.execute("PRAGMA application_id").fetchone() == (db.APPLICATION_ID,)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("mention", "stance", "shrugs"),
        ("mention", "polarity", "both"),
        ("source", "kind", "ghost"),
        ("claim", "pinned", "yes"),
    ],
)
def test_wrong_values_are_refused(stored: Path, tmp_path: Path, table: str, column: str, value: str) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(stored.read_bytes())
    connection = sqlite3.connect(copy)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(f"UPDATE {table} SET {column} = ?", [value])
    connection.close()


@pytest.mark.parametrize("sql", ["UPDATE decision SET analyst = 'x'", "DELETE FROM decision"])
def test_the_log_of_decisions_only_grows(fresh: sqlite3.Connection, sql: str) -> None:
    fresh.execute("INSERT INTO decision (at, analyst, kind, payload) VALUES ('2024', 'me', 'pin', '{}')")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        fresh.execute(sql)
    assert fresh.execute("SELECT count(*) FROM decision").fetchone() == (1,)


def test_ids_are_never_used_again(fresh: sqlite3.Connection) -> None:
    fresh.execute("INSERT INTO claim (text) VALUES ('a'), ('b')")
    fresh.execute("DELETE FROM claim WHERE id = 2")
    fresh.execute("INSERT INTO claim (text) VALUES ('c')")
    assert fresh.execute("SELECT id FROM claim WHERE text = 'c'").fetchone() == (3,)
    for table in ("document", "sentence", "claim", "mention", "source", "run", "decision"):
        (sql,) = fresh.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()
        assert "AUTOINCREMENT" in sql, table


def test_the_version_is_the_number_of_migrations() -> None:
    from db.migrations import MIGRATIONS

    assert len(list(MIGRATIONS.pending(Database(memory=True)))) == db.VERSION, "or an older file never gets the last"
