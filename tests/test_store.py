"""Opening a database file, whatever it is, and writing to it all or nothing."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

import claims.database
import db
from claims.errors import DatabaseError
from claims.models import Document, Sentence
from claims.store import NewMention, Store
from claims.views import Views

NoRights = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a lock as good as not at all."""
    monkeypatch.setattr(claims.database, "BUSY_MS", 1)


def refusal(path: Path, opener: Callable[[Path], object] = Store.open) -> str:
    with pytest.raises(DatabaseError) as caught:
        opener(path)
    said = str(caught.value)
    assert str(path) in said, "the message names the file"
    assert "\n" not in said
    return said


# -- opening


def test_a_new_file_is_made_ready(database: Path) -> None:
    store = Store.open(database)
    read = store.db.execute
    assert read("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert read("PRAGMA foreign_keys").fetchone()[0] == 1
    assert read("PRAGMA user_version").fetchone()[0] == db.VERSION
    store.close()
    assert Views.open(database).overview().documents == 0


@pytest.mark.parametrize("opener", [Store.open, Views.open])
@pytest.mark.parametrize("data", [b"not a database at all, but long enough to be looked at " * 20, b"\x00" * 4096])
def test_not_a_database(database: Path, data: bytes, opener: Callable[[Path], object]) -> None:
    database.write_bytes(data)
    assert "not a database" in refusal(database, opener)
    assert database.read_bytes() == data


@pytest.mark.parametrize("opener", [Store.open, Views.open])
def test_a_damaged_database(stored: Path, database: Path, opener: Callable[[Path], object]) -> None:
    data = bytearray(stored.read_bytes())
    data[100:4096] = b"\xff" * 3996  # the first page holds the schema
    database.write_bytes(data)
    said = refusal(database, opener)
    assert "damaged" in said


@pytest.mark.parametrize("opener", [Store.open, Views.open])
def test_another_programs_database(database: Path, opener: Callable[[Path], object]) -> None:
    other = sqlite3.connect(database)
    other.execute("CREATE TABLE moz_bookmarks (id INTEGER)")
    other.commit()
    other.close()
    before = database.read_bytes()
    assert "another program" in refusal(database, opener)
    assert database.read_bytes() == before


@pytest.mark.parametrize("opener", [Store.open, Views.open])
def test_a_newer_version(database: Path, opener: Callable[[Path], object]) -> None:
    Store.open(database).close()
    future = sqlite3.connect(database)
    future.execute(f"PRAGMA user_version = {db.VERSION + 1}")
    future.close()
    said = refusal(database, opener)
    assert "newer version" in said and "pip install --upgrade" in said


def test_missing_for_reading(database: Path) -> None:
    said = refusal(database, Views.open)
    assert "ingest" in said
    assert not database.exists(), "asking must not make a file"


def test_an_empty_file_is_a_new_database(database: Path) -> None:
    database.touch()
    Store.open(database).close()
    assert Views.open(database).overview().claims == 0


@pytest.mark.parametrize("opener", [Store.open, Views.open])
def test_a_folder(tmp_path: Path, opener: Callable[[Path], object]) -> None:
    assert "folder" in refusal(tmp_path, opener)


def test_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    said = refusal(tmp_path / "no" / "such" / "claims.db")
    assert "folder" in said


@pytest.mark.usefixtures("impatient")
def test_locked_by_another_writer(database: Path) -> None:
    Store.open(database).close()
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert "in use" in refusal(database)
        assert Views.open(database).overview().documents == 0, "reading goes on while another writes"
    finally:
        other.execute("ROLLBACK")
        other.close()
    Store.open(database).close()


@pytest.mark.usefixtures("impatient")
def test_locked_while_writing(database: Path) -> None:
    store = Store.open(database)
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseError, match="in use"):
        store.start_run("ingest", {})
    other.execute("ROLLBACK")
    assert store.start_run("ingest", {}) == 1, "the store works on once the other is done"
    other.close()
    store.close()


def test_read_only_file(open_folder: Path, as_nobody: NoRights) -> None:
    path = open_folder / "claims.db"
    Store.open(path).close()
    path.chmod(0o444)
    with as_nobody():
        said = refusal(path)
    assert "read-only" in said


def test_read_only_file_and_folder_can_be_read(stored: Path, open_folder: Path, as_nobody: NoRights) -> None:
    path = open_folder / "claims.db"
    path.write_bytes(stored.read_bytes())
    path.chmod(0o444)
    open_folder.chmod(0o555)
    with as_nobody():
        views = Views.open(path)
        assert views.overview().documents == 12
        views.close()
        assert "read-only" in refusal(path) or "cannot be opened" in refusal(path)


def test_no_rights_at_all(open_folder: Path, as_nobody: NoRights) -> None:
    path = open_folder / "claims.db"
    Store.open(path).close()
    path.chmod(0)
    with as_nobody():
        assert "cannot be opened" in refusal(path, Views.open)


def test_a_path_with_signs_of_an_address(tmp_path: Path) -> None:
    path = tmp_path / "a b?mode=memory&x=%41#é.db"
    Store.open(path).close()
    assert path.exists()
    assert Views.open(path).overview().claims == 0


# -- writing


def document(number: int = 1, text: str = "One. Two.") -> Document:
    return Document(path=f"{number}.txt", sha256=f"{number:064x}", text=text, title="A title", published="2024-01")


def full(store: Store, number: int = 1) -> int:
    """A document with one claim, made in the caller's transaction; returns the claim's id."""
    source = store.add_source("Gazette", "outlet")
    store.add_alias("gazette", "Gazette", source)
    run = store.db.execute("SELECT max(id) FROM run").fetchone()[0] or 1
    at = store.add_document(document(number), source, run)
    ids = store.add_sentences(
        at, [Sentence(index=0, start=0, end=4, text="One."), Sentence(index=1, start=5, end=9, text="Two.")]
    )
    claim = store.add_claim("One.")
    mention = NewMention(
        claim_id=claim, sentence_id=ids[0], start=0, end=4, source_id=source, holders=("A", "B"), stance="asserts",
        score=0.9, reason="same", polarity="asserts", factuality="plain", cue="said", context=None, text_hash="ab",
    )  # fmt: skip
    store.add_mention(at, mention)
    store.restand([claim])
    return claim


@pytest.fixture
def store(database: Path) -> Store:
    store = Store.open(database)
    store.start_run("test", {"why": "to see"})
    return store


def counts(store: Store) -> dict[str, int]:
    names = ("document", "sentence", "claim", "mention", "standing", "source", "alias", "vector", "judgement")
    return {name: store.db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def test_what_is_written_can_be_read(store: Store, database: Path) -> None:
    with store.transaction():
        claim = full(store)
    views = Views.open(database)
    (mention,) = views.mentions(claim)
    assert (mention.holders, mention.cue, mention.sentence, mention.outlet) == (("A", "B"), "said", "One.", "Gazette")
    row = views.claim(claim)
    assert (row.asserting, row.disputing, row.outlets, row.first_seen) == (1, 0, 1, "2024-01")
    assert store.has_document(f"{1:064x}") == "1.txt"
    assert store.has_document("0") is None


def test_what_is_said_is_what_it_means_and_goes_past_a_nul(store: Store) -> None:
    with store.transaction():
        claim = full(store)
        (said,) = store.said(claim)
        assert said.means == "One." and store.worded_after(said.mention_id) == "One."
        store.db.execute("UPDATE document SET text = 'O' || char(0) || 'e. Two.'")
        assert [s.means for s in store.said(claim)] == ["O\0e."]
        store.db.execute("UPDATE mention SET meant = 'Lund is one.'")
        assert [s.means for s in store.said(claim)] == ["Lund is one."]
        assert store.worded_after(said.mention_id) == "Lund is one."


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_failed_transaction_leaves_nothing(store: Store, error: type[BaseException]) -> None:
    before = counts(store)
    with pytest.raises(error), store.transaction():
        full(store)
        store.add_vectors("m", {"ab": b"\0\0"})
        store.add_judgements("m", {"cd": (0.1, 0.2, 0.7, None)})
        raise error
    assert counts(store) == before
    with store.transaction():
        assert full(store) == 1, "ids that were rolled back were never given"


def test_a_refused_row_undoes_its_document(store: Store) -> None:
    with store.transaction():
        full(store, 1)
    before = counts(store)
    with pytest.raises(DatabaseError), store.transaction():
        full(store, 1)  # the same content hash
    assert counts(store) == before


def test_vectors_and_judgements_are_kept_once(store: Store) -> None:
    keys = [f"{i:x}" for i in range(1200)]
    store.db.conn.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 100)  # more than SQLite takes in one statement
    with store.transaction():
        store.add_vectors("m", {key: key.encode() for key in keys})
        store.add_vectors("m", {keys[0]: b"another"})
        store.add_judgements("m", dict.fromkeys(keys, (1.0, 0.0, 0.0, 0.5)))
        store.add_judgements("m", {keys[0]: (0.0, 1.0, 0.0, None)})
    assert store.vectors([*keys, "absent"], "m") == {key: key.encode() for key in keys}
    assert store.vectors(keys, "other model") == {}
    assert store.judgements(keys, "m")[keys[0]] == (1.0, 0.0, 0.0, 0.5)
    assert len(store.judgements(keys, "m")) == 1200
    claims = {store.add_claim(f"{key}."): f"{key}." for key in keys}
    assert store.claim_texts(claims) == claims


def test_a_persons_word_is_not_overruled(store: Store) -> None:
    with store.transaction():
        claim = full(store)
        store.db.execute("UPDATE mention SET by_hand = 1, stance = 'disputes'")
        store.db.execute("UPDATE claim SET text_by_hand = 1, text = 'Mine.'")
        store.set_stance(1, "asserts", 0.5, "same")
        store.reword(claim, "Theirs.")
    assert store.db.execute("SELECT stance FROM mention").fetchone() == ("disputes",)
    assert store.claim_texts([claim]) == {claim: "Mine."}


def test_a_new_wording_is_found_by_its_words(store: Store, database: Path) -> None:
    with store.transaction():
        claim = full(store)
        store.reword(claim, "Turnips are blue.")
    views = Views.open(database)
    assert [row.id for row in views.claims(words="turnips", everything=True)] == [claim]


def test_standing_counts_sources_not_marks(store: Store, database: Path) -> None:
    with store.transaction():
        claim = full(store)
        rows = store.db.execute("SELECT * FROM mention").fetchall()
        names = [c[1] for c in store.db.execute("PRAGMA table_info(mention)")]
        row = dict(zip(names, rows[0], strict=True))
        second = store.add_source("Wire", "outlet")
        for source, stance, score in ((row["source_id"], "asserts", 0.8), (second, "disputes", 0.6)):
            values = {**row, "source_id": source, "stance": stance, "score": score}
            del values["id"]
            store._insert("mention", values)
        store.restand([claim])
    found = Views.open(database).claim(claim)
    assert (found.asserting, found.disputing, found.reporting) == (1, 1, 0)
    assert found.contested
    assert found.contest_score == pytest.approx(0.5 * 0.6)
    assert (found.outlets, found.origins, found.sentences) == (1, 1, 1)


def test_others_are_noticed_and_decisions(store: Store, database: Path) -> None:
    seen = store.state()
    with store.transaction():
        full(store)
    assert store.state() == seen, "one's own writes are no news"
    store.add_decision("tester", "pin", "claim 1", [])
    decided = store.state()
    assert decided != seen, "save for decisions"
    other = Store.open(database)
    other.start_run("elsewhere", {})
    other.close()
    assert store.state() != decided


def test_runs_say_what_they_ran_under(store: Store) -> None:
    run = store.start_run("ingest", {"b": 1, "a": None})
    store.finish_run(run)
    command, settings, finished = store.db.execute(
        "SELECT command, settings, finished FROM run WHERE id = ?", [run]
    ).fetchone()
    assert (command, settings) == ("ingest", '{"a": null, "b": 1}')
    assert finished


def test_readers_in_other_threads(stored: Path) -> None:
    """The UI reads from worker threads, each with a Views of its own."""
    found: list[int] = []

    def look() -> None:
        views = Views.open(stored)
        found.append(len(views.claims(everything=True, limit=500)))
        views.close()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1 and found[0] > 0
