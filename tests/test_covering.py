"""Of claims that say one thing, lists show the widest; the others are within it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
import tiny
from click.testing import CliRunner
from test_further import doc

from claims.cli import main
from claims.decisions import Decisions
from claims.judge import Judgement
from claims.store import Store
from claims.views import Views

OLD = "The old iron bridge over the river at Ulm is rusty."
RUSTS = "The iron bridge over the river at Ulm is rusting away."
AGED = "Rust eats the old iron bridge over the river at Ulm."
SOUND = "The old iron bridge over the river at Ulm is not rusty."

SIDES = {"says": Judgement(0.6, 0.05, 0.35), "denies": Judgement(0.02, 0.8, 0.18)}
"""Not so surely that what is said is the very claim."""


class Nearly:
    """A judge that knows who says nearly what another does, and who denies it."""

    name = "nearly@1"

    def __init__(self, *groups: tuple[str, ...], denied: tuple[tuple[str, str], ...] = ()) -> None:
        self.said = {pair: "says" for group in groups for pair in permutations(group, 2)}
        self.said |= {pair: "denies" for one, other in denied for pair in ((one, other), (other, one))}

    def judge(self, pairs: list[tuple[str, str]], batch_size: int = 32) -> list[Judgement]:
        said = ("says" if p.lower() == h.lower() else self.said.get((p, h), "") for p, h in pairs)
        return [SIDES.get(way, Judgement(0.02, 0.02, 0.96)) for way in said]


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    opened = Store.open(database)
    yield opened
    opened.close()


def ingest(store: Store, judge: Nearly, *texts: str) -> None:
    papers = [doc(text, i, f"Paper {i}") for i, text in enumerate(texts)]
    tiny.pipeline(store, judge=judge, join=0.1, near=0.1).ingest(papers)


def listed(store: Store, *, everything: bool = False) -> list[str]:
    return [row.text for row in Views(store.db.conn).claims(order="id", everything=everything)]


def test_of_three_that_say_one_thing_one_is_listed(store: Store) -> None:
    ingest(store, Nearly((OLD, RUSTS, AGED)), OLD, RUSTS, AGED)
    assert listed(store) == [OLD], "of equals the first"
    assert listed(store, everything=True) == [OLD, RUSTS, AGED]
    rows = Views(store.db.conn).claims(order="id", everything=True)
    assert [row.within for row in rows] == [None, rows[0].id, rows[0].id]
    assert {row.asserting for row in rows} == {3}, "each shows all three voices all the same"
    assert Views(store.db.conn).overview().recurring == 1


def test_the_widest_is_listed_whenever_it_came(store: Store) -> None:
    ingest(store, Nearly((OLD, AGED), (RUSTS, AGED)), OLD, RUSTS, AGED)
    assert listed(store) == [AGED], "both others speak to it, and neither to the other"


def test_a_contest_is_hidden_by_no_claim_that_has_none(store: Store) -> None:
    judge = Nearly((OLD, AGED), (SOUND, AGED), (RUSTS, AGED), denied=((SOUND, OLD),))
    ingest(store, judge, OLD, SOUND, AGED, RUSTS)
    found = {row.text: (row.contested, row.within) for row in Views(store.db.conn).claims(everything=True)}
    assert found[AGED] == (False, None), "on it are all four"
    assert found[OLD] == (True, None), "and three of them on this one"


def test_what_is_pinned_or_worded_by_hand_is_listed(store: Store) -> None:
    ingest(store, Nearly((OLD, RUSTS, AGED)), OLD, RUSTS, AGED)
    rows = Views(store.db.conn).claims(order="id", everything=True)
    decisions = Decisions(store, "tester")
    decisions.pin(rows[1].id)
    decisions.rename(rows[2].id, "The bridge rusts.")
    assert [row.id for row in Views(store.db.conn).claims(order="id")][-2:] == [rows[1].id, rows[2].id]


def test_where_what_covers_it_is_taken_apart_it_comes_up_and_goes_with_undo(store: Store) -> None:
    ingest(store, Nearly((OLD, RUSTS, AGED)), OLD, RUSTS, AGED)
    decisions = Decisions(store, "tester")
    claim, copy = store.db.execute("SELECT claim_id, id FROM mention WHERE tracked ORDER BY claim_id, id").fetchone()
    decisions.split(claim, [copy])
    assert listed(store) == [RUSTS]
    decisions.undo()
    assert listed(store) == [OLD]


def test_it_is_told_where_it_is_shown(store: Store, database: Path) -> None:
    ingest(store, Nearly((OLD, RUSTS, AGED)), OLD, RUSTS, AGED)
    first, second = (row.id for row in Views(store.db.conn).claims(order="id", everything=True)[:2])
    run = CliRunner().invoke(main, ["--db", str(database), "show", str(second)])
    assert f"mostly said on claim {first} too" in " ".join(run.stdout.split())
    run = CliRunner().invoke(main, ["--db", str(database), "show", str(first)])
    assert "said on claim" not in run.stdout


def test_what_gives_a_figure_is_within_none_that_does_not(store: Store) -> None:
    many, half = "Half of the trade of Ulm crosses the iron bridge.", "Some 55 percent of the trade of Ulm crosses it."
    ingest(store, Nearly((many, half, OLD)), many, half, OLD)
    assert listed(store) == [many, half]


def test_two_that_both_say_it_agree_once(store: Store) -> None:
    ingest(store, Nearly((OLD, RUSTS, AGED)), OLD, RUSTS, AGED)
    compared = Views(store.db.conn).compare("Paper 0", "Paper 1")
    assert [claim.text for claim in compared.agree] == [OLD]
