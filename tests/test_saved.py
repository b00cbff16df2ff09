"""Claims saved in the analyst's own words: their marks, kept up by every ingest, whatever comes first."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import tiny
from click.testing import CliRunner
from test_resume import worker

from claims.cli import main
from claims.decisions import Decision, Decisions
from claims.errors import NotFound, UsageProblem
from claims.models import Document
from claims.rows import MentionRow
from claims.store import Store
from claims.views import Views

TEXT = "The old bridge can carry heavy lorries."


def save(database: Path, text: str = TEXT) -> tuple[int, Decision | None]:
    store = Store.open(database)
    try:
        found: tuple[int, Decision | None] = tiny.pipeline(store).track(text, "tester")
        return found
    finally:
        store.close()


def decide(database: Path, what: str, *args: Any, **more: Any) -> Any:
    store = Store.open(database)
    try:
        return getattr(Decisions(store, "tester"), what)(*args, **more)
    finally:
        store.close()


def marks(database: Path, claim_id: int) -> list[MentionRow]:
    views = Views.open(database)
    found = views.mentions(claim_id)
    views.close()
    return found


def voices(database: Path, claim_id: int) -> list[tuple[object, ...]]:
    """The marks of a claim, without the numbers that hang on when they were made."""
    return sorted((Path(m.path).name, m.sentence_index, m.start, m.source, m.holders, m.stance, m.score, m.reason)
                  for m in marks(database, claim_id))  # fmt: skip


@pytest.fixture
def copy(stored: Path, database: Path) -> Path:
    shutil.copy(stored, database)
    return database


@pytest.fixture
def begun(database: Path, sample: Path, tmp_path: Path) -> Path:
    """A database of two of the articles, with a claim saved."""
    few = tmp_path / "few"
    few.mkdir()
    for name in ("000.md", "001.md"):
        shutil.copy(sample / name, few / name)
    tiny.ingest(database, [few])
    save(database)
    return database


def test_a_saved_claim_has_the_marks_that_speak_on_it(copy: Path) -> None:
    claim, done = save(copy)
    assert done is not None and done.kind == "track" and done.standing
    row = Views.open(copy).claim(claim)
    assert (row.text, row.pinned, row.contested) == (TEXT, True, True)
    found = marks(copy, claim)
    assert found and {m.stance for m in found} == {"asserts", "disputes", "reports"}
    assert all("bridge" in m.sentence for m in found)
    assert all(m.stance != "reports" or m.reason == "quotes" for m in found)
    keys = [(m.sentence_start, m.document_id, m.source_id, m.holders) for m in found]
    assert len(keys) == len(set(keys)), "one row for each sentence and voice"
    elsewhere = {(m.document_id, m.start, m.source_id): m.claim_id for d in {m.document_id for m in found}
                 for m in Views.open(copy).document_mentions(d) if m.claim_id != claim}  # fmt: skip
    assert all((m.document_id, m.start, m.source_id) in elsewhere for m in found), "they stand under another claim too"


def test_saving_again_changes_nothing(copy: Path, tmp_path: Path) -> None:
    claim, _ = save(copy)
    before = tiny.export(copy, tmp_path / "a")
    assert save(copy, "  The old bridge can  carry heavy lorries. ") == (claim, None)
    assert tiny.export(copy, tmp_path / "b") == before
    with pytest.raises(UsageProblem):
        save(copy, "  ")


def test_saved_before_or_after_makes_no_difference(begun: Path, sample: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    tiny.ingest(other, [sample])
    late, _ = save(other)
    tiny.ingest(begun, [sample])
    early, done = save(begun)
    assert done is None and voices(begun, early) == voices(other, late)


def test_nor_does_it_where_more_is_near_than_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.saved.MOST", 3)
    where = [f"in part {letter * 3}" for letter in "abcde"]
    texts = [f"The old bridge can carry heavy lorries {part}." for part in where]
    texts.append(" ".join(f"The old bridge can carry heavy lorries on day {part}." for part in where))
    documents = [Document(path=f"{i}", sha256=f"{i:064x}", text=text) for i, text in enumerate(texts)]
    found = []
    for before in (1, len(texts)):
        path = tmp_path / f"{before}.db"
        store = Store.open(path)
        tiny.pipeline(store).ingest(documents[:before])
        claim, _ = tiny.pipeline(store).track(TEXT)
        tiny.pipeline(store).ingest(documents)
        store.close()
        found.append(voices(path, claim))
    assert found[0] == found[1] and len(found[0]) == 5 + 3, "of each document as many as are looked at"


def test_to_catch_up_the_claims_that_nobody_saved_are_not_read(copy: Path) -> None:
    store = Store.open(copy)
    asked: list[str] = []
    store.db.conn.set_trace_callback(asked.append)
    tiny.pipeline(store).track(TEXT)
    (sql,) = {one for one in asked if "tracked_to <" in one}
    plan = [row[3] for row in store.db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    store.close()
    assert any("claim_tracked" in step for step in plan) and "SCAN claim" not in plan


def test_the_linker_puts_nothing_under_a_saved_claim(begun: Path, sample: Path, tmp_path: Path) -> None:
    """The linker's claims are what they would be without it."""
    other = tmp_path / "other.db"
    tiny.ingest(other, [sample / "000.md", sample / "001.md"])
    tiny.ingest(other, [sample])
    tiny.ingest(begun, [sample])

    def groups(database: Path) -> set[frozenset[tuple[object, ...]]]:
        plain = sqlite3.connect(database)
        found: dict[int, set[tuple[object, ...]]] = {}
        for claim, *mark in plain.execute(
            "SELECT claim_id, path, start, holders, stance, mention.score, reason FROM mention"
            " JOIN document ON document.id = document_id WHERE NOT tracked"
        ):
            found.setdefault(claim, set()).add((Path(mark[0]).name, *mark[1:]))
        plain.close()
        return {frozenset(group) for group in found.values()}

    assert groups(begun) == groups(other)


def test_undone_it_is_gone_and_redone_it_is_back(begun: Path, sample: Path, tmp_path: Path) -> None:
    tiny.ingest(begun, [sample])
    (claim,) = (c.id for c in Views.open(begun).claims(pinned=True))
    decide(begun, "note", "Ask the builder.", claim_id=claim)
    decide(begun, "note", "Said twice.", mention_id=marks(begun, claim)[0].id)
    whole = tiny.export(begun, tmp_path / "whole")
    for _ in range(3):
        decide(begun, "undo")
    with pytest.raises(NotFound):
        Views.open(begun).claim(claim)
    assert not any(c.pinned for c in Views.open(begun).claims(everything=True))
    for _ in range(3):
        decide(begun, "redo")
    assert tiny.export(begun, tmp_path / "again") == whole, "with what came after it was saved"
    for _ in range(3):
        decide(begun, "undo")
    other, _ = save(begun, "Wheat exports were doubled after the harvest.")
    assert other > claim, "ids are never used again"


def test_undo_and_redo_with_articles_in_between(begun: Path, sample: Path, tmp_path: Path) -> None:
    (claim,) = (c.id for c in Views.open(begun).claims(pinned=True))
    first = marks(begun, claim)
    decide(begun, "note", "Said twice.", mention_id=first[0].id)
    decide(begun, "undo")
    decide(begun, "undo")
    tiny.ingest(begun, [sample])
    with sqlite3.connect(begun) as plain:
        assert plain.execute("SELECT count(*) FROM mention WHERE tracked").fetchone() == (0,)
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        plain.execute("INSERT INTO claim_fts(claim_fts, rank) VALUES ('integrity-check', 1)")
    decide(begun, "redo")
    decide(begun, "redo")
    assert {m.id for m in first} == {m.id for m in marks(begun, claim)}
    with sqlite3.connect(begun) as plain:
        assert plain.execute("SELECT text, standing FROM note").fetchall() == [("Said twice.", 1)]
    save(begun)  # which catches up
    other = tmp_path / "other.db"
    tiny.ingest(other, [sample])
    late, _ = save(other)
    assert voices(begun, claim) == voices(other, late)


def test_let_go_it_is_not_kept_up_and_pinned_again_it_catches_up(begun: Path, sample: Path, tmp_path: Path) -> None:
    (claim,) = (c.id for c in Views.open(begun).claims(pinned=True))
    few = marks(begun, claim)
    decide(begun, "pin", claim, pinned=False)
    tiny.ingest(begun, [sample])
    assert marks(begun, claim) == few
    decide(begun, "pin", claim)
    tiny.write_articles(tmp_path / "more", 1, seed=5)
    tiny.ingest(begun, [tmp_path / "more"])
    other = tmp_path / "other.db"
    tiny.ingest(other, [sample])
    tiny.ingest(other, [tmp_path / "more"])
    late, _ = save(other)
    assert voices(begun, claim) == voices(other, late)


def test_not_this_claim_holds_for_the_same_words_later(copy: Path) -> None:
    claim, _ = save(copy)
    mark = next(m for m in marks(copy, claim) if m.stance == "asserts" and not m.holders)
    words = mark.sentence[mark.start - mark.sentence_start : mark.end - mark.sentence_start]
    claims = {c.id for c in Views.open(copy).claims(everything=True)}
    decide(copy, "split", claim, [mark.id])
    assert mark.id not in {m.id for m in marks(copy, claim)}
    assert {c.id for c in Views.open(copy).claims(everything=True)} == claims, "it stands under another claim already"
    store = Store.open(copy)
    document = Document(path="late", sha256="f" * 64, text=f"{words} ", outlet="Late")
    tiny.pipeline(store).ingest([document])
    store.close()
    assert "late" not in {m.path for m in marks(copy, claim)}
    decide(copy, "undo")
    assert mark.id in {m.id for m in marks(copy, claim)}


def test_merged_with_the_linkers_claim_each_voice_stands_once(copy: Path, tmp_path: Path) -> None:
    claim, _ = save(copy)
    mine = {m.id for m in marks(copy, claim)}
    with sqlite3.connect(copy) as plain:
        (other,) = plain.execute(
            "SELECT claim_id FROM mention WHERE NOT tracked AND sentence_id IN (SELECT sentence_id FROM mention"
            " WHERE tracked) GROUP BY claim_id ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()
    decide(copy, "merge", other, [claim])
    keys = [(m.document_id, m.sentence_index, m.source_id, m.holders) for m in marks(copy, other)]
    assert len(keys) == len(set(keys))
    tiny.write_articles(tmp_path / "more", 4, seed=9)
    tiny.ingest(copy, [tmp_path / "more"])
    keys = [(m.document_id, m.sentence_index, m.source_id, m.holders) for m in marks(copy, other)]
    assert len(keys) == len(set(keys)) and any("more" in m.path for m in marks(copy, other))
    decide(copy, "undo")
    assert {m.id for m in marks(copy, claim)} == mine
    decide(copy, "undo")
    with sqlite3.connect(copy) as plain:
        assert plain.execute("SELECT count(*) FROM mention WHERE tracked").fetchone() == (0,)


@pytest.mark.parametrize("point", [1, 3, 5])
def test_killed_and_gone_on_with_a_saved_claim(begun: Path, sample: Path, tmp_path: Path, point: int) -> None:
    whole = tmp_path / "whole.db"
    shutil.copy(begun, whole)
    store = Store.open(whole)
    seen: list[str] = []
    store.db.conn.set_trace_callback(seen.append)
    from claims.read import documents

    tiny.pipeline(store).ingest(documents([str(sample)])[0])
    store.close()
    process = worker(begun, sample, str(len(seen) * point // 6))
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    out, error = worker(begun, sample).communicate()
    assert (error, int(out) > 0) == ("", True)
    assert tiny.export(begun, tmp_path / "a") == tiny.export(whole, tmp_path / "b")


def test_the_command_saves_and_says_so(copy: Path, plain_models: None) -> None:
    def run(*args: str) -> Any:
        return CliRunner().invoke(main, ["--db", str(copy), *args])

    done = run("track", TEXT, "--save", "--json")
    assert done.exit_code == 0, done.output
    (answer,) = json.loads(done.stdout)
    assert answer["claim"] == TEXT and answer["mentions"]
    claim = next(c.id for c in Views.open(copy).claims(pinned=True))
    assert f"kept as claim {claim}" in done.stderr
    assert "keeps it already" in run("track", TEXT, "--save").stderr
    assert len(json.loads(run("track", TEXT, "--json").stdout)[0]["mentions"]) == len(answer["mentions"])
    assert "undone" in run("undo").stderr
    assert run("show", str(claim)).exit_code == 1
