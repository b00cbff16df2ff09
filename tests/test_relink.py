"""Everything derived anew: nothing moves where nothing is set otherwise; ids, decisions and saved claims stay."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny
from click.testing import CliRunner
from test_resume import ROOT, environment

from claims.cli import main
from claims.decisions import Decisions
from claims.encode import Vectors
from claims.errors import DatabaseError
from claims.judge import Judgement
from claims.models import Step
from claims.pipeline import OnStep
from claims.relink import Relinked, relink
from claims.store import Store


class Sided(tiny.Rules):
    """A judge to whom a claim and its denial are strangers."""

    name = "sided@1"

    def _one(self, premise: str, hypothesis: str) -> Judgement:
        found = super()._one(premise, hypothesis)
        return Judgement(0.05, 0.05, 0.9) if found.disputes > 0.5 else found


class Broad(tiny.Rules):
    """A judge that sees agreement where the plain one sees two different things."""

    name = "broad@1"

    def _one(self, premise: str, hypothesis: str) -> Judgement:
        return self.agreed(super()._one(premise, hypothesis))

    @staticmethod
    def agreed(found: Judgement) -> Judgement:
        return Judgement(0.9, 0.05, 0.05) if found.neutral > 0.5 else found


LOOSE: dict[str, Any] = {"join": 0.1, "near": -0.2, "judge": Broad()}
STRICT: dict[str, Any] = {"judge": Sided()}
TABLES = ("claim", "mention", "standing", "review", "decision", "run", "vector", "judgement", "sqlite_sequence")


@pytest.fixture
def copy(stored: Path, database: Path) -> Path:
    shutil.copy(stored, database)
    return database


@pytest.fixture
def store(copy: Path) -> Iterator[Store]:
    opened = Store.open(copy)
    yield opened
    opened.close()


def anew(store: Store, *, dry_run: bool = False, on_step: OnStep | None = None, **more: Any) -> Relinked:
    return relink(tiny.pipeline(store, **more), analyst="tester", dry_run=dry_run, on_step=on_step)


def all_of(store: Store) -> dict[str, list[Any]]:
    return {table: store.db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES}


def places(store: Store) -> dict[int, int]:
    return dict(store.db.execute("SELECT id, claim_id FROM mention WHERE NOT tracked"))


def parts(store: Store) -> set[frozenset[Any]]:
    """What stands together, whatever its ids: own statements of a claim, and copies that take a side on it."""
    sql = (
        'SELECT claim_id, sha256, start, "end", holders, tracked FROM mention'
        " JOIN document ON document.id = document_id WHERE NOT tracked OR stance != 'reports'"
    )
    found: dict[int, set[Any]] = {}
    for claim, *where in store.db.execute(sql):
        found.setdefault(claim, set()).add(tuple(where))
    return {frozenset(part) for part in found.values()}


def sound(store: Store) -> None:
    """Every mark is under a claim that stands, and all that is derived is as if counted anew."""
    under = "SELECT count(*) FROM mention JOIN claim ON claim.id = claim_id WHERE merged_into IS NOT NULL"
    assert store.db.execute(under).fetchone() == (0,)
    empty = (
        "SELECT id FROM claim WHERE merged_into IS NULL AND tracked_to IS NULL AND id NOT IN"
        " (SELECT claim_id FROM mention)"
    )
    assert store.db.execute(empty).fetchall() == []
    assert store.db.execute("PRAGMA foreign_key_check").fetchall() == []
    counted = store.db.execute("SELECT * FROM standing ORDER BY claim_id").fetchall()
    store.restand_all()
    assert store.db.execute("SELECT * FROM standing ORDER BY claim_id").fetchall() == counted
    store.db.execute("INSERT INTO claim_fts(claim_fts) VALUES ('integrity-check')")


def biggest(store: Store) -> tuple[int, list[int]]:
    """The claim with the most statements, and these."""
    (claim,) = store.db.execute(
        "SELECT claim_id FROM mention WHERE reason != 'quotes' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    ).fetchone()
    return claim, [said.mention_id for said in store.said(claim)]


# -- nothing set otherwise


def test_nothing_moves_where_nothing_is_set_otherwise(store: Store) -> None:
    before = all_of(store)
    shown = anew(store, dry_run=True)
    assert shown == Relinked(statements=shown.statements) and shown.statements > 50
    assert all_of(store) == before
    assert anew(store) == shown
    after = all_of(store)
    assert len(after.pop("run")) == len(before.pop("run")) + 1, "under which models, that is noted"
    assert [row for row in after.pop("sqlite_sequence") if row[0] != "run"] == [
        row for row in before.pop("sqlite_sequence") if row[0] != "run"
    ]
    assert after == before


def test_it_is_what_a_fresh_ingest_gives(store: Store, sample: Path, tmp_path: Path) -> None:
    from claims.read import documents

    anew(store, **LOOSE)
    fresh = Store.open(tmp_path / "fresh.db")
    tiny.pipeline(fresh, **LOOSE).ingest(documents([str(sample)])[0])
    assert parts(store) == parts(fresh)
    marks = (
        'SELECT sha256, start, "end", holders, tracked, stance, score, reason FROM mention'
        " JOIN document ON document.id = document_id WHERE NOT tracked OR stance != 'reports'"
        " ORDER BY 1, 2, 3, 4, 5, 6, 7"
    )
    assert store.db.execute(marks).fetchall() == fresh.db.execute(marks).fetchall()
    texts = (
        "SELECT sha256, start, holders, claim.text FROM mention JOIN claim ON claim.id = claim_id"
        " JOIN document ON document.id = document_id WHERE NOT tracked ORDER BY 1, 2, 3, 4"
    )
    assert store.db.execute(texts).fetchall() == fresh.db.execute(texts).fetchall()
    fresh.close()


def test_an_empty_database(database: Path) -> None:
    store = Store.open(database)
    assert anew(store) == Relinked(statements=0)
    store.close()


# -- other settings


def test_ids_are_kept_by_overlap_and_vanished_ones_resolve(store: Store) -> None:
    before, known = places(store), {int(i) for (i,) in store.db.execute("SELECT id FROM claim")}
    found = anew(store, **LOOSE)
    assert found.gone and found.merged and found.moved and not found.opened
    after = places(store)
    for gone in found.gone:
        assert store.resolve_claim(gone.id) == gone.into
        assert any(before[m] == gone.id and after[m] == gone.into for m in before)
    for claim in set(after.values()):  # its own statements are the most of what it has
        of = [before[m] for m in after if after[m] == claim]
        assert of.count(claim) == max(of.count(other) for other in set(of))
    assert set(after.values()) <= known
    assert {m.mention_id: (m.before, m.after) for m in found.moved} == {
        m: (before[m], after[m]) for m in before if before[m] != after[m] and m in {x.mention_id for x in found.moved}
    }
    sound(store)


def test_ids_are_never_used_again(store: Store) -> None:
    first = anew(store, **LOOSE)
    again = anew(store)
    assert again.opened, "what was merged comes apart"
    last = max(int(row[0]) for row in store.db.execute("SELECT id FROM claim WHERE merged_into IS NOT NULL"))
    assert min(o.id for o in again.opened) > last
    assert all(store.resolve_claim(gone.id) != gone.id for gone in first.gone)
    sound(store)


def test_the_dry_run_says_what_the_real_one_does(store: Store) -> None:
    before = all_of(store)
    shown = anew(store, dry_run=True, **STRICT)
    assert shown.opened and shown.split and all_of(store) == before
    done = anew(store, **STRICT)
    assert done.model_copy(update={"decision": None}) == shown
    assert {o.id for o in done.opened} <= set(places(store).values())
    sound(store)


def test_undo_and_redo(store: Store) -> None:
    def state() -> list[Any]:
        return [
            places(store),
            store.db.execute("SELECT id, stance, score, reason FROM mention ORDER BY id").fetchall(),
            store.db.execute("SELECT id, text, pinned FROM claim WHERE merged_into IS NULL ORDER BY id").fetchall(),
        ]

    for settings in (LOOSE, STRICT):
        before = state()
        anew(store, **settings)
        after = state()
        decisions = Decisions(store, "tester")
        assert decisions.undo().kind == "undo" and state() == before
        sound(store)
        decisions.redo()
        assert state() == after
        sound(store)


def test_an_ingest_after_it_goes_on_from_there(store: Store, tmp_path: Path) -> None:
    from claims.read import documents

    found = anew(store, **STRICT)
    tiny.write_articles(tmp_path / "more", 3, seed=5)
    tiny.pipeline(store, **STRICT).ingest(documents([str(tmp_path / "more")])[0])
    assert not anew(store, dry_run=True, **STRICT).moved
    Decisions(store, "tester").undo()
    assert not {o.id for o in found.opened} & set(places(store).values()), "later marks do not stay where nobody looks"
    sound(store)


# -- other models


class Turned(tiny.Bag):
    """Another encoder, for which the same texts are near each other."""

    name = "turned@1"

    def encode(self, texts: Any, batch_size: int = 32) -> Vectors:
        return np.ascontiguousarray(-super().encode(texts, batch_size)[:, ::-1])


def test_vectors_are_made_where_the_encoder_is_another(store: Store) -> None:
    same = tiny.Bag()
    anew(store, encoder=same)
    assert not same.calls, "they are there"
    other = Turned()
    found = anew(store, encoder=other)
    assert other.calls and not found.moved
    assert not anew(store, dry_run=True, encoder=Turned()).rescored


def test_reading_is_not_done_again(store: Store) -> None:
    anew(store, voices=object.__new__(type("Never", (), {"name": "never@1"})), **LOOSE)


# -- decisions


def test_a_split_stays(store: Store) -> None:
    claim, said = biggest(store)
    Decisions(store, "tester").split(claim, said[:2])
    new = places(store)[said[0]]
    before = places(store)
    assert not anew(store).moved and places(store) == before
    anew(store, **LOOSE)
    assert places(store)[said[0]] == places(store)[said[1]] == new
    assert not {places(store)[m] for m in said[2:]} & {new}, "what was left is not taken in"
    sound(store)


def test_a_merge_stays(store: Store) -> None:
    (one, other) = (int(i) for (i,) in store.db.execute("SELECT id FROM claim ORDER BY id LIMIT 2"))
    Decisions(store, "tester").merge(one, [other])
    inside = set(store.mention_ids(one))
    assert not anew(store).moved
    anew(store, **STRICT)
    assert set(store.mention_ids(one)) == inside and store.resolve_claim(other) == one
    sound(store)


def test_a_move_stays(store: Store) -> None:
    claim, said = biggest(store)
    target = next(c for c in sorted(set(places(store).values())) if c != claim)
    Decisions(store, "tester").move(said[-1], target)
    for settings in ({}, LOOSE, STRICT):
        anew(store, **settings)
        assert places(store)[said[-1]] == target
        sound(store)


def test_a_stance_by_hand_stays_with_its_id(store: Store) -> None:
    claim, said = biggest(store)
    Decisions(store, "tester").stance(said[-1], "reports")
    before = all_of(store)["mention"]
    anew(store)
    assert all_of(store)["mention"] == before, "one mark set by hand moves nothing"
    for settings in (STRICT, LOOSE):
        anew(store, **settings)
        row = store.values("mention", said[-1], ("claim_id", "stance", "by_hand"))
        assert row == {"claim_id": store.resolve_claim(claim), "stance": "reports", "by_hand": 1}
        sound(store)


def test_a_wording_by_hand_stays(store: Store) -> None:
    claim, said = biggest(store)
    Decisions(store, "tester").rename(claim, "In my own words.")
    for settings in (STRICT, LOOSE):
        anew(store, **settings)
        assert store.claim_texts([claim]) == {claim: "In my own words."}
        assert set(said) <= set(store.mention_ids(claim))
        sound(store)


def test_pins_and_notes_go_with_what_a_claim_becomes(store: Store) -> None:
    from claims.notes import notes
    from claims.views import Views

    gone = anew(store, dry_run=True, **LOOSE).gone[0]
    decisions = Decisions(store, "tester")
    decisions.pin(gone.id)
    decisions.note("Ask them.", claim_id=gone.id)
    anew(store, **LOOSE)
    assert store.values("claim", gone.into, ("pinned",)) == {"pinned": 1}
    views = Views.open(store.path)
    assert [n.text for n in notes(views, gone.id)] == ["Ask them."]
    views.close()


def test_saved_claims_stay(store: Store) -> None:
    saved, _ = tiny.pipeline(store).track("The old bridge can carry heavy lorries.", "tester")
    sql = "SELECT * FROM mention WHERE claim_id = ? ORDER BY id"
    before = store.db.execute(sql, [saved]).fetchall()
    for settings in ({}, LOOSE, STRICT):
        anew(store, **settings)
        assert before and store.db.execute(sql, [saved]).fetchall() == before
        sound(store)


def test_it_is_no_decision_for_another_analyst(store: Store) -> None:
    from claims.joining import merge
    from claims.logs import portable

    claim, said = biggest(store)
    Decisions(store, "tester").split(claim, said[:2])
    anew(store, **LOOSE)
    Decisions(store, "tester").pin(claim)
    lines = portable(store)
    assert [line.kind for line in lines] == ["split", "pin"]
    assert merge(store, lines).known == 2


# -- stopped


def test_stopped_anywhere_nothing_has_changed(copy: Path) -> None:
    store = Store.open(copy)
    seen: list[str] = []
    store.db.conn.set_trace_callback(seen.append)
    anew(store, dry_run=True, **LOOSE)
    store.close()
    for point in range(4):
        at = 20 + point * len(seen) // 4
        before = _dump(copy)
        command = [sys.executable, str(ROOT / "tests" / "test_relink.py"), str(copy), str(at)]
        process = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, check=False)
        assert process.returncode == -signal.SIGKILL, process.stderr
        assert _dump(copy) == before


def _dump(database: Path) -> list[str]:
    connection = sqlite3.connect(database)
    found = list(connection.iterdump())
    connection.close()
    return found


def test_an_error_half_way(store: Store) -> None:
    before = all_of(store)

    def fail(step: Step) -> None:
        if step.done == 7:
            raise DatabaseError("full")

    with pytest.raises(DatabaseError):
        anew(store, on_step=fail, **LOOSE)
    assert all_of(store) == before


# -- the command


@pytest.mark.usefixtures("plain_models")
def test_the_command(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(main, ["--db", str(copy), "relink", "--dry-run"])
    assert (run.exit_code, run.stdout) == (0, "") and "nothing moves" in run.stderr
    Path("contested.toml").write_text("join = 0.1\nnear = -0.2\n", encoding="utf-8")
    plain = tiny.Rules._one
    monkeypatch.setattr(tiny.Rules, "_one", lambda *pair: Broad.agreed(plain(*pair)))
    run = CliRunner().invoke(main, ["--db", str(copy), "relink", "--dry-run", "--json"])
    shown = json.loads(run.stdout)
    assert set(shown) == set(Relinked.model_fields) and shown["decision"] is None
    assert set(shown["gone"][0]) == {"id", "text", "into"}
    assert set(shown["moved"][0]) == {"mention_id", "text", "before", "after"}
    run = CliRunner().invoke(main, ["--db", str(copy), "relink"])
    gone = shown["gone"][0]
    assert f"gone      {gone['id']} -> {gone['into']}: {gone['text']}" in run.stdout
    assert "Take it back with: claims undo" in run.stderr
    run = CliRunner().invoke(main, ["--db", str(copy), "show", str(gone["id"]), "--json"])
    assert json.loads(run.stdout)["claim"]["id"] == gone["into"]
    run = CliRunner().invoke(main, ["--db", str(copy), "log"])
    assert "relink" in run.stdout


def test_it_tells_how_far_it_is(store: Store) -> None:
    steps: list[Step] = []
    anew(store, dry_run=True, on_step=steps.append)
    assert {step.stage for step in steps} == {"relink"}
    assert (steps[-1].done, steps[-1].total) == (12, 12)
    assert [step.done for step in steps] == sorted(step.done for step in steps)


def test_no_database(tmp_path: Path) -> None:
    run = CliRunner().invoke(main, ["--db", str(tmp_path / "none.db"), "relink"])
    assert run.exit_code == 1 and "no such database" in run.stderr
    assert not (tmp_path / "none.db").exists()


if __name__ == "__main__":
    opened = Store.open(sys.argv[1])
    tiny.die_at(opened, int(sys.argv[2]))
    anew(opened, **LOOSE)
