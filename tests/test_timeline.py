"""Claims over time: periods, who was first, who changed sides."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from test_changes import FIRST, SECOND, about, read

from claims.cli import main
from claims.timeline import SCALES, Scale, claim_timeline, period, periods, timeline
from claims.views import Views


@pytest.mark.parametrize(
    ("date", "week", "month", "year"),
    [
        ("2024-06-30", "2024-W26", "2024-06", "2024"),
        ("2021-01-03", "2020-W53", "2021-01", "2021"),
        ("2024-06", None, "2024-06", "2024"),
        ("2024", None, None, "2024"),
        ("2024-13-01", None, None, "2024"),
        ("2024-02-31", None, "2024-02", "2024"),
        ("\x1b[31m2024", None, None, None),
        (None, None, None, None),
    ],
)
def test_period(date: str | None, week: str | None, month: str | None, year: str | None) -> None:
    assert tuple(period(date, scale) for scale in SCALES) == (week, month, year)


@given(st.dates(), st.dates(), st.sampled_from(SCALES))
def test_periods_are_all_there_in_order(a: object, b: object, scale: Scale) -> None:
    first, last = sorted([str(a), str(b)])
    one, two = period(first, scale), period(last, scale)
    assert one and two
    if (int(two[:4]) - int(one[:4])) < 60:
        made = periods(one, two, scale)
        assert (made[0], made[-1]) == (one, two) and list(made) == sorted(set(made))


@pytest.fixture
def twice(database: Path) -> Path:
    read(database, "2024-05-01T10:00:00+00:00", [*FIRST, ("Wire", FIRST[1][1] + " ", "2020")])
    read(database, "2024-06-01T10:00:00+00:00", SECOND)
    return database


def test_who_was_first_and_who_turned(twice: Path) -> None:
    found = timeline(Views.open(twice), scale="month")
    assert found.periods[0] == "2020-01" and found.periods[-1] == "2021-06" and len(found.periods) == 18
    bridge = next(row for row in found.claims if "bridge" in row.claim.text)
    firsts = [(f.stance, f.published) for f in bridge.firsts]
    assert firsts == [("asserts", "2020-01-01"), ("disputes", "2021-05-01")]
    assert bridge.cells["2020-01"][0] == 2 and bridge.cells["2021-05"][1] == 1
    assert bridge.undated == 1, "known to the year alone"
    assert [v.source for v in bridge.reversals] == [bridge.firsts[0].source]


def test_the_voices_of_one_claim_the_earliest_first(twice: Path) -> None:
    views = Views.open(twice)
    found = claim_timeline(views, about(views, "bridge"), scale="year")
    assert found.periods == ("2020", "2021")
    seen = [row.voice.first_seen for row in found.voices]
    assert seen == sorted(seen, key=lambda s: s or "~")
    assert ["Ministry" in row.voice.source for row in found.voices if row.voice.reversal] == [True]


def test_the_finest_scale_that_fits(twice: Path) -> None:
    views = Views.open(twice)
    assert timeline(views).scale == "month", "76 weeks are too many"
    assert claim_timeline(views, about(views, "mine")).scale == "week"


def test_the_command(twice: Path) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["--db", str(twice), "timeline", *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    text = run("--by", "year")
    assert "first asserts" in text and "changed sides:" in text and "2021 -1" in text
    ids = about(Views.open(twice), "bridge")
    assert "changed sides" in run(str(ids))
    assert json.loads(run(str(ids), "--json"))["voices"]
    assert json.loads(run("--contested", "--json"))["scale"] == "month"
