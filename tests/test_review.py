"""The review queue: marks by how much it would change to set them right, kept true by every decision."""

from __future__ import annotations

import itertools
import json
import sqlite3
from pathlib import Path

import pytest
import tui_database
from click.testing import CliRunner

import db
from claims.cli import main
from claims.decisions import Decisions
from claims.review import left, outcome, queue
from claims.standing import STANCES, Weighed, contest, gains
from claims.store import Store
from claims.views import Views


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return tui_database.small(tmp_path / "small.db")


def mark(number: int, voice: int, stance: str, score: float = 0.7, decided: bool = False) -> Weighed:
    return Weighed(number, voice, stance, score, decided)  # type: ignore[arg-type]


def plainly(marks: list[Weighed]) -> float:
    """The contested score, counted the plain way."""
    sides = {side: [m for m in marks if m.stance == side] for side in ("asserts", "disputes")}
    voices = {side: {m.voice for m in found} for side, found in sides.items()}
    if not all(voices.values()) or len(voices["asserts"] | voices["disputes"]) < 2:
        return 0.0
    best = [max(m.score for m in sides[side]) for side in ("asserts", "disputes")]
    return contest(len(voices["asserts"]), len(voices["disputes"]), *best)


def test_each_score_is_what_turning_the_mark_makes() -> None:
    voices, stances = (1, 2), ("asserts", "disputes", "reports")
    cases = 0
    for said in itertools.product(itertools.product(voices, stances), repeat=3):
        marks = [mark(n, voice, stance, 0.5 + n / 10) for n, (voice, stance) in enumerate(said)]
        for number, gain in gains(marks).items():
            for stance in STANCES:
                turned = [
                    m._replace(stance=stance, score=1.0) if m.id == number and m.stance != stance else m for m in marks
                ]
                assert getattr(gain, stance) == plainly(turned), (marks, number, stance)
                cases += 1
    assert cases > 300


def test_what_decides_a_contest_and_is_unsure_comes_first() -> None:
    found = gains([mark(1, 1, "asserts", 0.9), mark(2, 2, "asserts", 0.9), mark(3, 3, "disputes", 0.6)])
    assert max(found, key=lambda i: found[i].gain) == 3
    surer = gains([mark(1, 1, "asserts", 0.9), mark(2, 2, "asserts", 0.9), mark(3, 3, "disputes", 0.9)])
    assert surer[3].gain < found[3].gain


def test_decided_marks_and_lone_voices_are_not_asked_about() -> None:
    assert gains([mark(1, 1, "asserts"), mark(2, 1, "disputes")]) == {}
    assert list(gains([mark(1, 1, "asserts", decided=True), mark(2, 2, "disputes")])) == [2]


def test_a_confirmed_mark_leaves_the_queue_and_comes_back_with_undo(small: Path) -> None:
    views, store = Views.open(small), Store.open(small)
    decisions = Decisions(store)
    before = queue(views, limit=1000)
    assert left(views) == len(before)
    assert [r.gain for r in before] == sorted((r.gain for r in before), reverse=True)
    first = before[0].mention
    decisions.stance(first.id, first.stance)
    assert first.id not in [r.mention.id for r in queue(views, limit=1000)]
    decisions.undo()
    assert [(r.mention, r.gain) for r in queue(views, limit=1000)] == [(r.mention, r.gain) for r in before]
    decisions.split(before[0].claim.id, [first.id])
    assert first.id not in [r.mention.id for r in queue(views, limit=1000)]
    assert all(r.claim.id == r.mention.claim_id for r in queue(views, limit=1000))


def test_the_outcome_is_told_in_words(small: Path) -> None:
    views = Views.open(small)
    told = {outcome(row, stance) for row in queue(views, limit=1000) for stance in STANCES}
    assert {"becomes contested", "contested no more", "contested as before"} <= told


def test_an_older_file_gets_its_queue(small: Path) -> None:
    views = Views.open(small)
    there = left(views)
    views.close()
    old = sqlite3.connect(small)
    old.execute("DELETE FROM review")
    old.execute(f"PRAGMA user_version = {db.VERSION - 1}")
    old.commit()
    old.close()
    views = Views.open(small)
    assert left(views) == there > 0
    assert views.db.execute("PRAGMA user_version").fetchone()[0] == db.VERSION


def test_the_command(small: Path) -> None:
    run = CliRunner().invoke(main, ["--db", str(small), "review", "--limit", "2"])
    assert run.exit_code == 0
    assert "1. [" in run.output and "2. [" in run.output and "3. [" not in run.output
    assert "if it " in run.output
    rows = json.loads(CliRunner().invoke(main, ["--db", str(small), "review", "--json"]).stdout)
    assert {"gain", "mention", "claim", "scores"} == set(rows[0])
    empty = tui_database.empty(small.with_name("empty.db"))
    assert "No mark is left" in CliRunner().invoke(main, ["--db", str(empty), "review"]).stderr
