"""What an analyst decides: done, seen, undone, redone, and never overruled."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import tiny
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.cli import main
from claims.decisions import Constraints, Decisions
from claims.errors import ClaimsError, NotFound, UsageProblem
from claims.export import jsonl
from claims.models import Document
from claims.rows import MentionRow
from claims.store import Store
from claims.views import Views


@pytest.fixture
def copy(stored: Path, database: Path) -> Path:
    shutil.copy(stored, database)
    return database


def exported(database: Path, folder: Path) -> dict[str, bytes]:
    views = Views.open(database)
    jsonl(views, folder)
    views.close()
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def marks(database: Path, claim_id: int) -> list[MentionRow]:
    views = Views.open(database)
    found = views.mentions(claim_id)
    views.close()
    return found


def decide(database: Path, what: str, *args: Any, **more: Any) -> Any:
    store = Store.open(database)
    try:
        return getattr(Decisions(store, "tester"), what)(*args, **more)
    finally:
        store.close()


def two_claims(database: Path) -> tuple[int, int]:
    first, second, *_ = Views.open(database).claims()
    return first.id, second.id


def test_a_merged_claim_answers_with_the_one_it_went_into(copy: Path) -> None:
    into, other = two_claims(copy)
    before = {m.id for m in marks(copy, into)} | {m.id for m in marks(copy, other)}
    decide(copy, "merge", into, [other])
    assert Views.open(copy).claim(other).id == into
    assert {m.id for m in marks(copy, other)} == before
    assert other not in {c.id for c in Views.open(copy).claims(everything=True)}


def test_split_makes_a_claim_worded_after_the_first_mark(copy: Path) -> None:
    claim, _ = two_claims(copy)
    moved = marks(copy, claim)[-1]
    decide(copy, "split", claim, [moved.id])
    (new,) = [c for c in Views.open(copy).claims(everything=True) if c.id == marks(copy, c.id)[0].claim_id and
              moved.id in {m.id for m in marks(copy, c.id)}]  # fmt: skip
    assert new.id > claim and moved.id not in {m.id for m in marks(copy, claim)}
    assert new.text[0].isupper() and new.text.endswith(".")


@pytest.mark.parametrize("take", ["none", "all", "foreign"])
def test_a_split_that_makes_no_sense_changes_nothing(copy: Path, take: str, tmp_path: Path) -> None:
    claim, other = two_claims(copy)
    mine = [m.id for m in marks(copy, claim)]
    asked = {"none": [], "all": mine, "foreign": [marks(copy, other)[0].id]}[take]
    before = exported(copy, tmp_path / "a")
    with pytest.raises(UsageProblem):
        decide(copy, "split", claim, asked)
    assert exported(copy, tmp_path / "b") == before


def test_a_stance_by_hand_counts_at_once_and_holds_through_ingest(copy: Path, tmp_path: Path) -> None:
    claim, _ = two_claims(copy)
    mark = next(m for m in marks(copy, claim) if m.stance == "asserts")
    decide(copy, "stance", mark.id, "disputes")
    words = f"Worded by hand, {Views.open(copy).claim(claim).text}"
    decide(copy, "rename", claim, words)
    tiny.write_articles(tmp_path / "more", 30, seed=7)
    tiny.ingest(copy, [tmp_path / "more"])
    views = Views.open(copy)
    after = views.mention(mark.id)
    assert (after.stance, after.by_hand, after.reason) == ("disputes", True, "by-hand")
    assert views.claim(claim).text == words
    assert views.claim(claim).contested


def test_a_moved_mark_stands_under_the_other_claim(copy: Path) -> None:
    into, other = two_claims(copy)
    mark = marks(copy, other)[0]
    decide(copy, "move", mark.id, into)
    assert mark.id in {m.id for m in marks(copy, into)}


def test_one_source_under_two_names_and_parted_again(copy: Path, tmp_path: Path) -> None:
    before = exported(copy, tmp_path / "a")
    a, b = [s.name for s in Views.open(copy).sources() if s.kind not in ("outlet", "document")][:2]
    decide(copy, "alias", a, b)
    views = Views.open(copy)
    assert views.source(a) == views.source(b) and a in views.source(b).aliases
    decide(copy, "unalias", a)
    assert Views.open(copy).source(a).id != Views.open(copy).source(b).id
    decide(copy, "undo")
    decide(copy, "undo")
    assert exported(copy, tmp_path / "b") == before


def test_undo_and_redo_go_all_the_way(copy: Path, tmp_path: Path) -> None:
    into, other = two_claims(copy)
    states = [exported(copy, tmp_path / "0")]
    for i, (what, *args) in enumerate([
        ("merge", into, [other]), ("rename", into, "Said anew."), ("pin", into),
        ("stance", marks(copy, into)[0].id, "reports"),
    ], start=1):  # fmt: skip
        decide(copy, what, *args)
        states.append(exported(copy, tmp_path / str(i)))
    for i in (3, 2, 1, 0):
        decide(copy, "undo")
        assert exported(copy, tmp_path / "back") == states[i]
    with pytest.raises(NotFound, match="nothing to undo"):
        decide(copy, "undo")
    for i in (1, 2, 3, 4):
        decide(copy, "redo")
        assert exported(copy, tmp_path / "forth") == states[i]
    with pytest.raises(NotFound, match="nothing to redo"):
        decide(copy, "redo")
    log = decide(copy, "log")
    assert [e.kind for e in log] == ["merge", "rename", "pin", "stance", *["undo"] * 4, *["redo"] * 4]
    assert all(e.standing for e in log[:4])


def test_a_new_decision_ends_redo(copy: Path) -> None:
    claim, _ = two_claims(copy)
    decide(copy, "pin", claim)
    decide(copy, "undo")
    decide(copy, "rename", claim, "Other words.")
    with pytest.raises(NotFound, match="nothing to redo"):
        decide(copy, "redo")


def test_the_log_can_only_be_appended_to(copy: Path) -> None:
    decide(copy, "pin", two_claims(copy)[0])
    with sqlite3.connect(copy) as connection:
        for sql in ("UPDATE decision SET kind = 'x'", "DELETE FROM decision"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(sql)


actions = st.lists(
    st.tuples(
        st.sampled_from(["merge", "split", "rename", "pin", "move", "stance", "undo", "redo"]),
        st.integers(1, 12), st.integers(1, 12), st.sampled_from(["asserts", "disputes", "reports"]),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions)
def test_whatever_was_decided_can_be_undone(stored: Path, tmp_path: Path, asked: list[Any]) -> None:
    copy = tmp_path / "fuzz.db"
    shutil.copy(stored, copy)
    before = exported(copy, tmp_path / "before")
    store = Store.open(copy)
    decisions = Decisions(store, "tester")
    for kind, a, b, side in asked:
        arguments: dict[str, tuple[Any, ...]] = {
            "merge": (a, [b]), "split": (a, [b]), "rename": (a, f"Wording {b}."), "pin": (a,),
            "move": (a, b), "stance": (a, side), "undo": (), "redo": (),
        }  # fmt: skip
        try:
            getattr(decisions, kind)(*arguments[kind])
        except ClaimsError as error:
            assert str(error)[0].isupper()
    while any(entry.standing and entry.kind not in ("undo", "redo") for entry in decisions.log()):
        decisions.undo()
    store.close()
    after = exported(copy, tmp_path / "after")
    assert {**after, "claims.jsonl": b""} == {**before, "claims.jsonl": b""}
    assert after["claims.jsonl"] == before["claims.jsonl"]


def test_the_commands_say_what_was_done_and_how_to_take_it_back(copy: Path) -> None:
    into, other = two_claims(copy)

    def run(*args: object) -> Any:
        return CliRunner().invoke(main, ["--db", str(copy), *map(str, args)])

    done = run("merge", into, other)
    assert done.exit_code == 0 and "claims undo" in done.stderr
    assert "undone" in run("undo").stderr
    assert run("redo").exit_code == 0
    assert run("stance", 1, "perhaps").exit_code == 2
    missing = run("stance", 99999, "disputes")
    assert missing.exit_code == 1 and "99999" in missing.stderr
    assert [line.split()[0] for line in run("log").stdout.splitlines()] == ["ID", "1", "2", "3"]
    nowhere = CliRunner().invoke(main, ["--db", str(copy.with_name("none.db")), "undo"])
    assert nowhere.exit_code == 1 and not copy.with_name("none.db").exists()


def test_the_same_words_go_where_the_analyst_put_them(database: Path) -> None:
    """A must-link and a cannot-link, on what was said; undone, they are gone, and a merge is followed."""
    fact = "The old bridge can carry heavy lorries."

    def ingest(number: int) -> int:
        store = Store.open(database)
        text = f"{fact}{' ' * number}"
        document = Document(path=f"{number}", sha256=f"{number:064x}", text=text, outlet=f"O{number}")
        tiny.pipeline(store).ingest([document])
        (claim,) = store.db.execute("SELECT claim_id FROM mention ORDER BY id DESC LIMIT 1").fetchone()
        store.close()
        return int(claim)

    def constraints() -> Constraints:
        store = Store.open(database)
        found = Decisions(store, "tester").constraints()
        store.close()
        return found

    old = ingest(1)
    assert ingest(2) == old and constraints()[:2] == ({}, {})
    second = marks(database, old)[1].id
    decide(database, "split", old, [second])
    new = marks_claim(database, second)
    assert new != old
    (key,) = constraints().must
    assert constraints()[:2] == ({key: new}, {key: frozenset({old})})
    assert ingest(3) == new
    decide(database, "undo")
    assert constraints()[:2] == ({}, {})
    assert len(marks(database, new)) == len(marks(database, old)) == 3, "what came in between is not lost"
    decide(database, "redo")
    decide(database, "merge", old, [new])
    assert constraints()[:2] == ({key: old}, {key: frozenset()})
    assert ingest(4) == old


def marks_claim(database: Path, mention_id: int) -> int:
    store = Store.open(database)
    found = store.values("mention", mention_id, ("claim_id",))["claim_id"]
    store.close()
    return int(found)
