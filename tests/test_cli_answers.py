"""What the command line refuses, and what it says instead of nothing."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import tiny
import tui_database
from click.testing import CliRunner, Result
from tui_database import Article, Said

from claims.changes import as_date
from claims.cli import main
from claims.errors import UsageProblem
from claims.matrix import LAYERS, Layer, agreement, matrix
from claims.meaning import serve
from claims.related import related
from claims.rows import Hits
from claims.search import search
from claims.stance import REASONS
from claims.views import Views
from tui.marks import standing

Run = Callable[..., Result]
HUGE = "99999999999999999999"


def command(database: Path, *arguments: str | Path, given: str | bytes | None = None) -> Result:
    """Runs a command; an error that is not told to the user is raised."""
    result = CliRunner().invoke(main, ["--db", str(database), *map(str, arguments)], input=given)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def run(stored: Path) -> Run:
    """Runs a command on the sample's database."""
    return lambda *arguments, **more: command(stored, *arguments, **more)


# -- dates and reasons


@pytest.mark.parametrize("text", ["2024-13", "2024-00", "2021-02-30", "0000", "2023-02-29", "2024-06-30 25:00", "٢٠٢٤"])
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    assert as_date(text) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024", "2024"), ("2024-12", "2024-12"), (" 2024-02-29 ", "2024-02-29"),
        ("2024-06-30 10:00", "2024-06-30T10:00"),
    ],
)  # fmt: skip
def test_a_date_is_taken_as_it_is(text: str, date: str) -> None:
    assert as_date(text) == date


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-06-30T10:00:00Z", "2024-06-30T10:00:00+00:00"), ("2024-06-30T23:30+02:00", "2024-06-30T21:30:00+00:00"),
        ("2024-06-30 22:00-05:00", "2024-07-01T03:00:00+00:00"), ("0001-01-01T00:00+02:00", None),
    ],
)  # fmt: skip
def test_a_time_with_an_offset_is_compared_in_utc(text: str, utc: str | None) -> None:
    assert as_date(text) == utc


@pytest.mark.parametrize("option", ["--since", "--new-since", "--newly-contested", "--period"])
@pytest.mark.parametrize("text", ["2021-6", "foo", "2024-13", "2021-02-30", ""])
def test_list_refuses_what_is_no_date(run: Run, option: str, text: str) -> None:
    result = run("list", option, text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is no date" in result.stderr and option in result.stderr


def test_changes_refuses_what_is_no_date(run: Run) -> None:
    assert run("changes", "--since", "2026-99").exit_code == 2


def test_an_unknown_reason_is_refused_with_those_known(run: Run) -> None:
    result = run("list", "--reason", "foo")
    assert (result.exit_code, result.stdout) == (2, "")
    assert all(reason in result.stderr for reason in REASONS)


@pytest.mark.parametrize("reason", ["number", "one of old"])
def test_a_reason_that_a_mark_may_have_is_taken(stored: Path, tmp_path: Path, reason: str) -> None:
    copy = copied(stored, tmp_path, "UPDATE mention SET reason = 'one of old' WHERE stance = 'disputes'")
    result = command(copy, "list", "--reason", reason, "--json")
    assert result.exit_code == 0, result.output
    assert bool(json.loads(result.stdout)) is (reason == "one of old")


# -- files and numbers


@pytest.mark.parametrize(
    "arguments", [[], ["list"], ["show", "1"], ["sources"], ["matrix"], ["track", "x"], ["pin", "1"], ["relink"]],
    ids=" ".join,
)  # fmt: skip
def test_an_empty_file_is_no_database(tmp_path: Path, arguments: list[str]) -> None:
    empty = tmp_path / "zero.db"
    empty.touch()
    result = command(empty, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "is an empty file" in result.stderr and "ingest" in result.stderr
    assert empty.stat().st_size == 0


@pytest.mark.parametrize("arguments", [["track", "--from-file"], ["log", "--merge"]], ids=" ".join)
def test_a_file_that_is_not_utf_8_is_named(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes("The café is closed.\n".encode("latin-1"))
    result = run(*arguments, latin)
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(latin) in result.stderr and "UTF-8" in result.stderr
    assert run(*arguments, "-", given=latin.read_bytes()).exit_code == 1


@pytest.mark.parametrize("name", ["show", "explain", "origin", "related", "timeline", "pin", "sources"])
def test_a_number_that_is_too_large_is_not_found(stored: Path, tmp_path: Path, name: str) -> None:
    result = command(copied(stored, tmp_path), name, HUGE)
    assert (result.exit_code, result.stdout) == (1, "")
    assert HUGE in result.stderr and len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["stance", HUGE, "asserts"], ["note", "--mention", HUGE, "x"]], ids=" ".join)
def test_nor_is_it_decided_on(stored: Path, tmp_path: Path, arguments: list[str]) -> None:
    result = command(copied(stored, tmp_path), *arguments)
    assert result.exit_code == 1 and HUGE in result.stderr


@pytest.mark.parametrize("name", ["list", "sources", "review", "changes", "timeline"])
def test_a_limit_that_is_too_large_is_none(run: Run, name: str) -> None:
    result = run(name, "--limit", HUGE, "--json")
    assert result.exit_code == 0 and json.loads(result.stdout)


def test_an_offset_past_the_end_leaves_out_all(run: Run, views: Views) -> None:
    for offset in (HUGE, str(views.count_claims())):
        result = run("list", "--offset", offset)
        assert (result.exit_code, result.stdout) == (0, "")
        assert f"all claims that fit: {views.count_claims()}" in result.stderr
    assert json.loads(run("list", "--offset", HUGE, "--json").stdout) == []


# -- how many more, and nothing


def test_list_says_how_many_more_there_are(run: Run, views: Views) -> None:
    total = views.count_claims()
    assert total > 4
    assert f"{total - 2} more" in run("list", "--limit", "2").stderr
    rest = run("list", "--limit", "2", "--offset", "1")
    assert f"{total - 3} more" in rest.stderr and f"--limit {total - 1}" in rest.stderr
    assert "1 more" in run("list", "--limit", str(total - 1)).stderr
    assert run("list", "--limit", str(total)).stderr == ""
    assert run("list", "--limit", "2", "--json").stderr == ""


def test_sources_say_how_many_more_there_are(run: Run, views: Views) -> None:
    sources = views.sources(limit=-1)
    assert f"{len(sources) - 2} more" in run("sources", "--limit", "2").stderr
    assert run("sources", "--limit", str(len(sources))).stderr == ""
    assert run("sources", "--limit", "2", "--json").stderr == ""
    outlets = sum(source.kind == "outlet" for source in sources)
    assert f"{outlets - 1} more" in run("sources", "--kind", "outlet", "--limit", "1").stderr
    one = sources[0]
    assert f"{one.claims - 1} more" in run("sources", one.name, "--limit", "1").stderr
    assert run("sources", one.name).stderr == ""


@pytest.mark.usefixtures("plain_models")
@pytest.mark.parametrize("how", [[], ["--exact"]], ids=["meaning", "exact"])
def test_search_says_how_many_more_there_are(run: Run, how: list[str]) -> None:
    total = len(json.loads(run("search", "copper mine", *how, "--limit", "999", "--json").stdout))
    assert total > 3
    cut = run("search", "copper mine", *how, "--limit", "2")
    assert cut.stderr == f"{total - 2} more. See them too with: --limit {total}\n"
    assert run("search", "copper mine", *how, "--limit", "2", "--json").stderr == ""


@pytest.mark.usefixtures("plain_models")
def test_search_says_which_sentences_hold_none_of_the_words(run: Run) -> None:
    nothing = run("search", "zzzz")
    assert (nothing.exit_code, nothing.stdout) == (0, "") and "No sentence holds all of that" in nothing.stderr
    near = run("search", "copper mine river poisoned qqqq", "--limit", "3")
    assert near.stdout.count("only near in meaning") == 3 and "No sentence holds all of these" in near.stderr
    held = run("search", "copper mine", "--limit", "1")
    assert "only near in meaning" not in held.stdout + held.stderr


@pytest.mark.parametrize("texts", [[""], [" "], ["The mine is closed.", ""]], ids=repr)
def test_a_claim_without_words_is_not_tracked(run: Run, texts: list[str]) -> None:
    result = run("track", *texts)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Name a claim in words, such as" in result.stderr


def test_an_ingest_refuses_what_is_no_date(tmp_path: Path) -> None:
    result = command(tmp_path / "x.db", "ingest", str(tmp_path), "--published", "31 February 2024")
    assert result.exit_code == 2 and "is no date" in result.stderr and not (tmp_path / "x.db").exists()


STANDINGS = {
    "both": ("two-sided, not contested: both sides are one voice, Paper 0", ("asserts", 0), ("disputes", 0)),
    "all": ("agreed, not contested: nobody disputes it", ("asserts", 0), ("asserts", 1)),
    "one": ("asserted, not contested: nobody disputes it", ("asserts", 0)),
    "no": ("denied, not contested: nobody asserts it", ("disputes", 0)),
    "talk": ("reported, not contested: nobody takes a side", ("reports", 0)),
    "row": ("contested, score", ("asserts", 0), ("disputes", 1)),
}


def test_where_a_claim_stands_is_said_in_the_words_of_the_ui(tmp_path: Path) -> None:
    builder = tui_database.Builder(tmp_path / "x.db")
    for claim, (_, *marks) in STANDINGS.items():
        for stance, paper in marks:
            said = Said(f"{claim} {stance} {paper}.", claim, stance)
            builder.add(Article(f"{claim}-{stance}-{paper}.md", f"Paper {paper}", None, None, (said,)))
    builder.finish()
    listed = command(tmp_path / "x.db", "list", "--all").stdout
    for claim, row in ((c.text, c) for c in Views.open(tmp_path / "x.db").claims(everything=True)):
        told = command(tmp_path / "x.db", "show", str(row.id)).stdout
        assert STANDINGS[claim][0] in told and STANDINGS[claim][0].startswith(row.standing)
        assert standing(row)[0].lower() == row.standing
        assert re.search(rf"^{row.id} +{row.standing} ", listed, re.M)
        outlets = len({paper for _, paper in STANDINGS[claim][1:]})
        assert ("; 1 outlet, 1 origin;" if outlets == 1 and claim != "both" else "; ") in told


def test_facets_say_that_there_are_more(run: Run) -> None:
    assert "the first 1; more with --limit" in run("list", "--facets", "--limit", "1").stdout
    assert "--limit" not in run("list", "--facets", "--limit", "1000").stdout
    found = json.loads(run("list", "--facets", "--limit", "1", "--json").stdout)
    assert all(len(values) <= 1 for values in found.values())


def test_timeline_says_how_many_more_there_are(run: Run, views: Views) -> None:
    for narrowing, total in (([], views.count_claims()), (["--contested"], views.count_claims(contested=True))):
        assert total > 1
        cut = run("timeline", *narrowing, "--limit", "1")
        assert cut.stderr == f"{total - 1} more. See them too with: --limit {total}\n"
        assert run("timeline", *narrowing, "--limit", str(total)).stderr == ""
    assert run("timeline", "--limit", "1", "--json").stderr == ""


@pytest.mark.parametrize("layer", LAYERS)
def test_matrix_says_how_many_more_sources_and_claims_there_are(run: Run, views: Views, layer: Layer) -> None:
    for narrowing, total in (([], views.count_claims()), (["--contested"], views.count_claims(contested=True))):
        some, contested = total - 1, bool(narrowing)
        rows = len(matrix(views, layer=layer, sources=999, claims=some, contested=contested).sources)
        assert rows > 1
        arguments = ["matrix", "--layer", layer, *narrowing]
        assert run(*arguments, "--claims", some, "--sources", "1").stderr == (
            f"Sources: {rows - 1} more. See them too with: --sources {rows}\n"
            f"Claims: 1 more. See them too with: --claims {total}\n"
        )
        assert run(*arguments, "--claims", total, "--sources", "999").stderr == ""
        assert run(*arguments, "--claims", "1", "--sources", "1", "--json").stderr == ""


def test_agreement_says_how_many_more_sources_could_be_compared(run: Run, views: Views) -> None:
    compared = len(agreement(views, least=1, sources=999).sources)
    said = run("agreement", "--min", "1", "--sources", "2").stderr.splitlines()[-1]
    more, total = (int(number) for number in re.findall(r"\d+", said))
    assert said == f"Sources to compare: {total - 2} more. See them too with: --sources {total}"
    assert more == total - 2 and total >= compared > 2
    assert len(agreement(views, least=1, sources=total).sources) == compared, "no other has a pair"
    assert run("agreement", "--min", "1", "--sources", str(total)).stderr == ""
    assert run("agreement", "--min", "1", "--sources", "2", "--json").stderr == ""
    assert "See them too" not in run("agreement", "--min", "500", "--sources", "2").stderr


def test_related_says_how_many_more_there_are(run: Run, views: Views) -> None:
    total = len(related(views, 1, limit=999))
    assert total > 2
    assert run("related", "1", "--limit", "2").stderr == f"{total - 2} more. See them too with: --limit {total}\n"
    assert run("related", "1", "--limit", str(total)).stderr == ""
    assert run("related", "1", "--limit", "2", "--json").stderr == ""


def test_report_says_how_many_more_there_are(run: Run, views: Views, tmp_path: Path) -> None:
    total = views.count_claims(contested=True)
    for target in (tmp_path / "page.html", "-"):
        cut = run("report", "--html", target, "--limit", "1").stderr
        assert cut.endswith(f"{total - 1} more. See them too with: --limit {total}\n")
        assert "See them too" not in run("report", "--html", target, "--limit", str(total)).stderr


@pytest.mark.usefixtures("plain_models")
@pytest.mark.parametrize("arguments", [["--exact", "中国"], ["--exact", "zebra"], ["--exact", ""], [""], [" "]])
def test_a_search_that_finds_nothing_says_so(run: Run, arguments: list[str]) -> None:
    result = run("search", *arguments)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "No sentence" in result.stderr
    assert run("search", *arguments, "--json").stdout == "[]\n"


# -- another encoder


def copied(stored: Path, tmp_path: Path, *changes: str) -> Path:
    """A database of its own, changed behind the program's back."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(stored.read_bytes())
    with sqlite3.connect(copy) as file:
        for change in changes:
            file.execute(change)
    file.close()
    return copy


@pytest.fixture
def older(stored: Path, tmp_path: Path) -> Path:
    """A database that another encoder has read."""
    return copied(stored, tmp_path, "UPDATE vector SET model = 'encoder@older'")


@pytest.fixture
def mixed(stored: Path, tmp_path: Path) -> Path:
    """A database of which another encoder has read a little."""
    some = "SELECT text_hash FROM mention ORDER BY id LIMIT 1"
    return copied(stored, tmp_path, f"UPDATE vector SET model = 'encoder@older' WHERE text_hash IN ({some})")


@pytest.mark.usefixtures("plain_models")
@pytest.mark.parametrize("more", [[], ["--json"], ["--save"]])
def test_track_refuses_a_database_of_another_encoder(older: Path, more: list[str]) -> None:
    result = command(older, "track", "The old bridge can carry heavy lorries.", *more)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "claims relink" in result.stderr and tiny.Bag().name in result.stderr
    assert "Nobody" not in result.output


@pytest.mark.usefixtures("plain_models")
@pytest.mark.parametrize("more", [[], ["--json"]])
@pytest.mark.parametrize("which", ["older", "mixed"])
def test_search_and_like_say_what_they_pass_over(request: pytest.FixtureRequest, which: str, more: list[str]) -> None:
    database = request.getfixturevalue(which)
    for arguments in (["search", "copper mine"], ["list", "--like", "copper mine"]):
        result = command(database, *arguments, *more)
        assert result.exit_code == 0 and "copper mine" in result.stdout
        assert "claims relink" in result.stderr and "statements cannot be compared" in result.stderr
    assert command(database, "search", "--exact", "copper mine").stderr == ""


@pytest.mark.usefixtures("plain_models")
def test_track_answers_where_little_is_passed_over_and_says_so(mixed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []
    count = Views.count_vectors
    monkeypatch.setattr(Views, "count_vectors", lambda views, model: counted.append(model) or count(views, model))
    result = command(mixed, "track", "The old bridge can carry heavy lorries.", "The copper mine is open.")
    assert result.exit_code == 0 and "Asserted by" in result.stdout
    assert result.stderr.count("1 of ") == 1 and "claims relink" in result.stderr
    assert len(counted) == 1, "it takes a look at every vector"


@pytest.mark.usefixtures("plain_models")
def test_nothing_is_said_where_all_can_be_compared(run: Run, tmp_path: Path) -> None:
    search_all = ["search", "copper", "--limit", "999"]
    for arguments in (search_all, ["list", "--like", "copper"], ["track", "The copper mine is open."]):
        assert run(*arguments).stderr == "", arguments


@pytest.mark.usefixtures("plain_models")
def test_relink_is_the_way_out(older: Path) -> None:
    assert command(older, "relink").exit_code == 0
    result = command(older, "track", "The old bridge can carry heavy lorries.")
    assert result.exit_code == 0 and "Asserted by" in result.stdout and result.stderr == ""


@pytest.mark.usefixtures("plain_models")
def test_the_process_for_meaning_says_it_too_and_answers_after_a_relink(older: Path) -> None:
    def lines():  # type: ignore[no-untyped-def]
        yield '"copper mine"'
        command(older, "relink")
        yield '"copper mine"'

    before, after = map(json.loads, serve(older, lines()))  # type: ignore[arg-type,no-untyped-call]
    assert "claims relink" in before["error"]
    assert after


def test_the_engine_raises(older: Path) -> None:
    from claims.track import Tracker

    views = Views.open(older)
    with pytest.raises(UsageProblem, match="claims relink"):
        Tracker(views, tiny.Bag(), tiny.Rules())  # type: ignore[arg-type]
    assert search(views, tiny.Bag(), " ") == Hits([], 0)  # type: ignore[arg-type]
    views.close()


def test_a_spokesman_is_shown_with_whom_he_speaks_for(stored: Path) -> None:
    with sqlite3.connect(stored) as db:
        (one,) = db.execute("SELECT min(id) FROM source").fetchone()
        db.execute("UPDATE source SET name = 'Port Ministry spokesman Karl Lund' WHERE id = ?", [one])
    db.close()
    assert "speaks for Port Ministry" in command(stored, "sources", str(one)).stdout
    rows = json.loads(command(stored, "sources", "--json").stdout)
    assert [row["speaks_for"] for row in rows if row["id"] == one] == ["Port Ministry"]
