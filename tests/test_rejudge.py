"""What comes under another wording by a decision takes the side that it takes on that, unless a person set its side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tiny
from click.testing import CliRunner
from test_further import BACK, BOTH, RUSTY
from test_further import pipeline as told
from test_pipeline import doc
from test_relink import STRICT

from claims.cli import main
from claims.decisions import Decisions
from claims.errors import AlreadySo, ModelError
from claims.explain import explain
from claims.judge import Judgement
from claims.opinions import Opinions
from claims.relink import relink
from claims.store import Store
from claims.views import Views

YES = "The old bridge can carry heavy lorries."
NO = "The old bridge can not carry heavy lorries."
FERRIES = "Ferries sail at noon every day."
DISPUTES, WORDING = ("disputes", "contradicts"), ("asserts", "wording")


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    opened = Store.open(database)
    yield opened
    opened.close()


@pytest.fixture
def two(store: Store) -> Decisions:
    """A database with a claim (1) and its denial (2) as two claims, of a mark each; what is decided on it."""
    tiny.pipeline(store, **STRICT).ingest([doc(YES, 1), doc(NO, 2, "Wire")])
    assert claims(store) == {1: YES, 2: NO} and places(store) == {1: 1, 2: 2}
    return Decisions(store, "tester")


def claims(store: Store) -> dict[int, str]:
    return dict(store.db.execute("SELECT id, text FROM claim"))


def places(store: Store) -> dict[int, int]:
    return dict(store.db.execute("SELECT id, claim_id FROM mention"))


def side(store: Store, mention_id: int) -> tuple[str, str]:
    return tuple(store.values("mention", mention_id, ("stance", "reason")).values())  # type: ignore[return-value]


def state(store: Store) -> list[Any]:
    return [store.db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in ("mention", "standing")]


def test_a_claim_merged_with_its_opposite_is_contested(store: Store, two: Decisions) -> None:
    before = state(store)
    two.merge(1, [2])
    assert (side(store, 1), side(store, 2)) == (WORDING, DISPUTES)
    assert store.db.execute("SELECT contested FROM standing WHERE claim_id = 1").fetchone() == (1,)
    after = state(store)
    two.undo()
    assert state(store) == before
    two.redo()
    assert state(store) == after
    assert relink(tiny.pipeline(store)).decision is None, "linking everything anew gives the same"


def test_a_side_that_a_person_set_stays(store: Store, two: Decisions) -> None:
    two.stance(2, "reports")
    two.merge(1, [2])
    assert side(store, 2) == ("reports", "by-hand")


def test_a_claim_reworded_by_hand_is_judged_by_its_new_words(store: Store, two: Decisions) -> None:
    before = state(store)
    two.rename(1, NO)
    assert side(store, 1) == DISPUTES
    two.undo()
    assert state(store) == before


def test_what_came_meanwhile_is_judged_when_the_wording_goes_back(store: Store, two: Decisions) -> None:
    two.rename(1, NO)
    store.db.execute("UPDATE claim SET merged_into = 1 WHERE id = 2")  # nothing else that it could join
    tiny.pipeline(store).ingest([doc(f"{YES} ", 3, "Gazette")])
    assert places(store)[3] == 1 and side(store, 3) == DISPUTES
    two.undo()
    assert side(store, 3)[0] == "asserts"
    two.redo()
    assert side(store, 3) == DISPUTES


def test_what_is_split_off_is_judged_by_the_new_claim(store: Store) -> None:
    tiny.pipeline(store).ingest([doc(YES, 1), doc(NO, 2), doc(f"{NO} ", 3, "Wire")])
    assert set(places(store).values()) == {1} and side(store, 2) == side(store, 3) == DISPUTES
    before = state(store)
    decisions = Decisions(store, "tester")
    decisions.split(1, [2, 3])
    assert side(store, 2) == side(store, 3) == WORDING and claims(store)[2] == NO
    decisions.undo()
    assert state(store)[0] == before[0]
    decisions.redo()
    tiny.pipeline(store).ingest([doc(f"{NO}  ", 4, "Wire")])
    assert side(store, 4) == WORDING
    decisions.undo()
    assert places(store)[4] == 1 and side(store, 4) == DISPUTES, "it came later, and goes back with the others"


def test_a_mark_is_moved_by_hand_and_its_side_judged(store: Store, two: Decisions, database: Path) -> None:
    before = state(store)
    two.move(2, 1)
    assert side(store, 2) == DISPUTES
    views = Views.open(database)
    found = explain(views, 2)
    views.close()
    assert not found.by_hand and not any("by hand" in flip for flip in found.flips)
    assert relink(tiny.pipeline(store)).decision is None and places(store)[2] == 1
    two.undo()
    assert state(store)[0] == before[0]


def test_a_copy_that_was_moved_stays_and_is_no_side_by_hand(store: Store) -> None:
    told(store, BACK).ingest([doc(RUSTY, 0), doc(BOTH, 1), doc(YES, 2)])
    (copy,) = store.db.execute("SELECT id FROM mention WHERE tracked").fetchone()
    Decisions(store, "tester").move(copy, 3)
    kept = {"claim_id": 3, "stance": "reports", "by_hand": 0, "placed": 1}
    assert store.values("mention", copy, tuple(kept)) == kept
    relink(told(store, BACK))
    assert store.values("mention", copy, ("claim_id", "by_hand")) == {"claim_id": 3, "by_hand": 0}


def test_a_copy_that_takes_no_side_on_the_new_words_goes_and_comes_back(store: Store) -> None:
    told(store, BACK).ingest([doc(RUSTY, 0), doc(BOTH, 1)])
    before = state(store)
    decisions = Decisions(store, "tester")
    decisions.rename(2, FERRIES)
    assert store.db.execute("SELECT count(*) FROM mention WHERE tracked").fetchone() == (0,)
    decisions.undo()
    assert state(store)[0] == before[0]


def test_copies_that_came_with_another_claim_outlive_an_undone_merge_of_a_saved_one(store: Store) -> None:
    made = told(store, {**BACK, (RUSTY, FERRIES): "asserts"})
    made.ingest([doc(RUSTY, 0), doc(BOTH, 1), doc(FERRIES, 2)])
    decisions = Decisions(store, "tester", opinions=made.opinions)
    (copy,) = store.db.execute("SELECT id FROM mention WHERE tracked AND claim_id = 2").fetchone()
    decisions.merge(3, [2])
    assert store.values("mention", copy, ("claim_id", "stance")) == {"claim_id": 3, "stance": "asserts"}
    saved, _ = made.track("Nothing of the kind is said.")
    decisions.merge(3, [saved])
    before = store.mention_ids(3)
    decisions.undo()
    assert store.mention_ids(3) == before and copy in before


class Never:
    """A judge that nobody may ask."""

    name = "never@1"

    def judge(self, pairs: Any, batch_size: int = 32) -> list[Judgement]:
        raise ModelError("no such judge")


def test_where_there_is_no_judge_nothing_is_decided(store: Store, two: Decisions) -> None:
    before = state(store)
    with pytest.raises(ModelError):
        Decisions(store, "tester", opinions=Opinions(store, Never())).merge(1, [2])  # type: ignore[arg-type]
    assert state(store) == before and two.log() == []


# -- decisions that change nothing


def test_what_is_so_already_is_said_and_not_logged(store: Store, two: Decisions, database: Path) -> None:
    with pytest.raises(AlreadySo, match="not pinned"):
        two.pin(1, pinned=False)
    with pytest.raises(AlreadySo, match="stands under claim 1 already"):
        two.move(1, 1)
    two.rename(1, YES)  # the words are the same; that they stay is new
    two.pin(1)
    two.stance(1, "asserts")
    decided = [(d.id, d.kind) for d in two.log()]
    assert [kind for _, kind in decided] == ["rename", "pin", "stance"]
    with pytest.raises(AlreadySo, match="pinned already"):
        two.pin(1)
    with pytest.raises(AlreadySo, match="worded so by hand already"):
        two.rename(1, f" {YES} ")
    with pytest.raises(AlreadySo, match="set to asserts by hand already"):
        two.stance(1, "asserts")
    run = CliRunner().invoke(main, ["--db", str(database), "pin", "1"])
    assert run.exit_code == 1 and "pinned already" in run.stderr and "undo" not in run.stderr
    assert [(d.id, d.kind) for d in two.log()] == decided


# -- and of before


def test_sides_that_an_earlier_version_took_for_set_by_hand_are_judged_again() -> None:
    from sqlite_utils import Database

    from db.migrations import MIGRATIONS

    old = Database(memory=True)
    MIGRATIONS.apply(old, stop_before="m011_placed")
    old.execute("PRAGMA foreign_keys = OFF")
    common = {
        "claim_id": 1, "document_id": 1, "sentence_id": 1, "start": 0, "end": 1, "source_id": 1, "stance": "asserts",
        "score": 1.0, "polarity": "asserts", "factuality": "plain", "text_hash": "", "holders": json.dumps([]),
    }  # fmt: skip
    for by_hand, reason, tracked in ((1, "wording", 0), (1, "same", 1), (1, "by-hand", 1), (0, "same", 1)):
        old["mention"].insert({**common, "by_hand": by_hand, "reason": reason, "tracked": tracked})
    MIGRATIONS.apply(old)
    rows = old.execute("SELECT by_hand, placed FROM mention ORDER BY id").fetchall()
    assert rows == [(0, 0), (0, 1), (1, 0), (0, 0)]
