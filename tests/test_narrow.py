"""What a list of claims can be narrowed to: each facet's count is the length of the list that it leaves."""

from __future__ import annotations

import io
import json
import sys
import time
from pathlib import Path

import pytest
import tiny
import tui_database
from click.testing import CliRunner

from claims.cli import main
from claims.decisions import Decisions
from claims.errors import ModelError, NotFound
from claims.meaning import Meaning, serve
from claims.narrow import FACETS, Facet, facet
from claims.search import Nearest
from claims.store import Store
from claims.views import ORDERS, Views


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return tui_database.small(tmp_path / "small.db")


@pytest.mark.parametrize("name", FACETS)
@pytest.mark.parametrize("contested", [False, True])
def test_a_facet_counts_what_its_filter_leaves(small: Path, name: Facet, contested: bool) -> None:
    views = Views.open(small)
    values = facet(views, name, contested=contested)
    assert values
    for value in values:
        found = views.claims(contested=contested, **{name: value.value})  # type: ignore[arg-type]
        assert len(found) == value.claims > 0, value
        chosen = {name: value.value}
        assert facet(views, name, contested=contested, **chosen) == values, "another value can be chosen instead"  # type: ignore[arg-type]


def test_facets_narrow_each_other(small: Path) -> None:
    views = Views.open(small)
    courier = next(v for v in facet(views, "outlet") if v.name == "The Orsted Courier")
    holders = facet(views, "holder", outlet=courier.value)
    assert {h.name for h in holders} < {h.name for h in facet(views, "holder")}
    for holder in holders:
        assert holder.claims == views.count_claims(outlet=courier.value, holder=holder.value)


def test_periods_are_months_or_years(small: Path, tmp_path: Path) -> None:
    assert [v.value for v in facet(Views.open(small), "period")] == ["2024-04"]
    assert Views.open(small).count_claims(period="2024") == Views.open(small).count_claims(period="2024-04")
    assert Views.open(small).count_claims(period="2023") == 0


def test_unreviewed_are_those_nobody_decided_on(small: Path) -> None:
    views, store = Views.open(small), Store.open(small)
    before = views.claims(unreviewed=True)
    assert len(before) == views.count_claims() - 1, "one mark of the story was set by hand"
    decisions = Decisions(store)
    decisions.rename(before[0].id, "Another wording.")
    mark = views.mentions(before[1].id)[0]
    decisions.stance(mark.id, mark.stance)
    assert [c.id for c in views.claims(unreviewed=True)] == [c.id for c in before[2:]]


def test_near_claims_stand_beside_those_that_hold_the_words(small: Path) -> None:
    views = Views.open(small)
    holding = {c.id for c in views.claims(words="rain")}
    other = next(c.id for c in views.claims() if c.id not in holding)
    assert {c.id for c in views.claims(words="rain", near=[other])} == holding | {other}


def test_an_unknown_name_is_said(small: Path) -> None:
    with pytest.raises(NotFound, match="No source is called 'Nobody'"):
        Views.open(small).claims(outlet="Nobody")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("reverse", [False, True])
def test_the_place_of_a_claim_in_a_list(small: Path, order: str, reverse: bool) -> None:
    views = Views.open(small)
    rows = views.claims(order=order, reverse=reverse)  # type: ignore[arg-type]
    for n, row in enumerate(rows):
        assert views.place_of(row.id, order=order, reverse=reverse) == n  # type: ignore[arg-type]
    assert views.place_of(rows[0].id, words="no such words") is None


def test_the_flags_of_list(small: Path) -> None:
    def ids(*arguments: str) -> list[int]:
        run = CliRunner().invoke(main, ["--db", str(small), "list", "--json", *arguments])
        assert run.exit_code == 0, run.output
        return [row["id"] for row in json.loads(run.stdout)]

    everything = ids()
    for flags in (
        ["--outlet", "The Orsted Courier"], ["--holder", "Ilse Brandt"], ["--period", "2024-04"], ["--topic", "dam"],
        ["--reason", "judge: contradicts the claim"], ["--pinned"], ["--unreviewed"],
    ):  # fmt: skip
        assert len(ids(*flags)) > 0, flags
        assert set(ids(*flags)) <= set(everything)
    assert ids("--order", "id", "--reverse") == ids("--order", "id"), "ids always ascend"
    assert ids("--order", "text", "--reverse") == ids("--order", "text")[::-1]


def test_the_command_counts_facets(small: Path) -> None:
    run = CliRunner().invoke(main, ["--db", str(small), "list", "--facets", "--contested"])
    assert [line for line in run.stdout.splitlines() if not line.startswith(" ")] == list(FACETS)
    assert "Ilse Brandt" in run.stdout
    found = json.loads(CliRunner().invoke(main, ["--db", str(small), "list", "--facets", "--json"]).stdout)
    assert set(found) == set(FACETS)


def test_claims_by_meaning(stored: Path, plain_models: None) -> None:
    views = Views.open(stored)
    nearest = Nearest(views, tiny.Bag())  # type: ignore[arg-type]
    claim = views.claims()[0]
    assert nearest.claims(claim.text)[0] == claim.id
    assert nearest.claims("xyzzy plugh") == []
    run = CliRunner().invoke(main, ["--db", str(stored), "list", "--like", claim.text, "--json"])
    assert claim.id in [row["id"] for row in json.loads(run.stdout)]


def test_the_process_answers_a_line_with_a_line(stored: Path, plain_models: None) -> None:
    claim = Views.open(stored).claims()[0]
    answers = [json.loads(line) for line in serve(stored, io.StringIO(json.dumps(claim.text) + '\n"xyzzy"\n'))]
    assert answers[0][0] == claim.id
    assert answers[1] == []
    (wrong,) = serve(stored.with_name("none.db"), io.StringIO('"x"\n'))
    assert "no such database" in json.loads(wrong)["error"]


ECHO = "import sys, json\nfor line in sys.stdin:\n    print(json.dumps([len(json.loads(line))]), flush=True)"


def test_the_process_is_started_once_and_again_after_a_stop(tmp_path: Path) -> None:
    meaning = Meaning(tmp_path, [sys.executable, "-c", ECHO])
    assert not meaning.ready
    assert meaning.claims("four") == [4]
    assert meaning.ready
    assert meaning.claims("f\nve é") == [6]
    meaning.stop()
    assert not meaning.ready
    assert meaning.claims("two") == [3]
    meaning.close()
    with pytest.raises(ModelError):
        meaning.claims("gone")


def test_a_process_that_dies_or_hangs_is_no_end(tmp_path: Path) -> None:
    import threading

    with pytest.raises(ModelError, match="has stopped"):
        Meaning(tmp_path, [sys.executable, "-c", "pass"]).claims("x")
    slow = Meaning(tmp_path, [sys.executable, "-c", "import time; time.sleep(60)"])
    begun = time.monotonic()
    threading.Timer(0.3, slow.stop).start()
    with pytest.raises(ModelError):
        slow.claims("x")
    assert time.monotonic() - begun < 30
