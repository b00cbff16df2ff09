"""The command line as its users meet it: what goes to which stream, in which form, with which exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
import tiny
from click.testing import CliRunner, Result

from claims.cli import main
from claims.models import STAGES
from claims.views import Views

ROOT = Path(__file__).resolve().parents[1]
CONTRACT = (
    "ingest", "list", "show", "sources", "compare", "matrix", "track", "search", "export", "read", "attribute",
    "detect", "judge", "cluster", "eval",
)  # fmt: skip


def commands() -> list[tuple[str, click.Command]]:
    """Every command, also those of groups inside groups."""

    def walk(prefix: str, group: click.Group) -> list[tuple[str, click.Command]]:
        found = []
        ctx = click.Context(group)
        for name in group.list_commands(ctx):
            command = group.get_command(ctx, name)
            assert command is not None
            found.append((f"{prefix}{name}", command))
            if isinstance(command, click.Group):
                found += walk(f"{prefix}{name} ", command)
        return found

    return walk("", main)


@pytest.fixture
def run(stored: Path) -> Callable[..., Result]:
    """Runs a command on the sample's database."""

    def run(*arguments: str | Path, db: Path | None = stored, given: str | None = None) -> Result:
        first = ["--db", str(db)] if db else []
        result = CliRunner().invoke(main, [*first, *map(str, arguments)], input=given)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


# -- help


def test_every_command_of_the_contract_is_there() -> None:
    assert set(CONTRACT) <= {name for name, _ in commands()}


@pytest.mark.parametrize("name", [name for name, _ in commands()])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_has_an_example(name: str, flag: str) -> None:
    result = CliRunner().invoke(main, [*name.split(), flag])
    assert result.exit_code == 0
    assert re.search(rf"Example:\n\s+claims {re.escape(name)}\b", result.output), (
        "an example that starts like the command"
    )
    assert "Usage:" in result.output


def test_help_of_the_whole_has_every_command_and_an_example() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0 and "Example:" in result.output
    for name, _ in commands():
        assert re.search(rf"^  {name.split()[0]}\b", result.output, re.MULTILINE)


@pytest.mark.parametrize(("name", "command"), commands(), ids=[n for n, _ in commands()])
def test_every_option_says_what_it_does(name: str, command: click.Command) -> None:
    for option in command.params:
        if isinstance(option, click.Option) and not option.hidden:
            assert option.help, f"{name} {option.opts[0]}"


def test_version() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0 and re.search(r"\d+\.\d+", result.output)


# -- the database, before and after the command


@pytest.mark.parametrize("where", ["before", "after", "environment", "default"])
def test_the_database_can_be_named_anywhere(
    stored: Path, where: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    arguments = {"before": ["--db", str(stored), "list"], "after": ["list", "--db", str(stored)]}.get(where, ["list"])
    if where == "environment":
        monkeypatch.setenv("CLAIMS_DB", str(stored))
    if where == "default":
        monkeypatch.chdir(tmp_path)
        (tmp_path / "claims.db").write_bytes(stored.read_bytes())
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert "northern pipeline" in result.output


@pytest.mark.parametrize(
    "name", ["list", "show", "sources", "compare", "matrix", "search", "track", "export", "ingest"]
)
def test_every_command_on_a_database_takes_it_last_too(name: str) -> None:
    command = dict(commands())[name]
    assert any("--db" in option.opts for option in command.params)


def test_the_later_one_counts(stored: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--db", str(tmp_path / "no.db"), "list", "--db", str(stored)])
    assert result.exit_code == 0


# -- listings


JSON_LISTINGS: list[list[str]] = [
    ["list", "--json"], ["list", "--contested", "--json"], ["list", "--source", "The Ferryman", "--json"],
    ["list", "--since", "2024-06", "--limit", "3", "--json"], ["list", "--words", "zebra", "--json"], ["show", "1",
    "--json"],
    ["sources", "--json"], ["sources", "The Ferryman", "--json"], ["compare", "The Ferryman", "Northern Wire",
    "--json"],
    ["matrix", "--json"], ["search", "--exact", "pipeline", "--json"], ["search", "--exact", "zebra", "--json"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", JSON_LISTINGS, ids=" ".join)
def test_json_is_json_and_nothing_else(run: Callable[..., Result], arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    json.loads(result.stdout)
    assert result.stderr == ""


@pytest.mark.parametrize("arguments", JSON_LISTINGS, ids=" ".join)
def test_the_same_listing_as_text(run: Callable[..., Result], arguments: list[str]) -> None:
    result = run(*[a for a in arguments if a != "--json"])
    assert result.exit_code == 0, result.output
    assert "\x1b" not in result.stdout, "no colours where it is not a terminal"


def test_list_json_has_the_fields_of_a_claim(run: Callable[..., Result]) -> None:
    rows = json.loads(run("list", "--json").stdout)
    assert rows
    wanted = {
        "id",
        "text",
        "contested",
        "contest_score",
        "asserting",
        "disputing",
        "reporting",
        "origins",
        "first_seen",
        "last_seen",
        "pinned",
    }
    assert all(wanted <= set(row) for row in rows)
    scores = [row["contest_score"] for row in rows]
    assert scores == sorted(scores, reverse=True)


def test_show_tells_both_sides_with_their_sentences(run: Callable[..., Result], stored: Path) -> None:
    views = Views.open(stored)
    claim = views.claims(contested=True)[0]
    result = run("show", str(claim.id))
    assert "Asserted by" in result.stdout and "Disputed by" in result.stdout
    flat = " ".join(result.stdout.split())
    for mention in views.mentions(claim.id):
        assert " ".join(mention.sentence.split()) in flat
        assert mention.outlet in flat
    explained = run("show", str(claim.id), "--explain")
    assert explained.exit_code == 0 and "reason" in explained.stdout
    views.close()


def test_bare_claims_prints_the_overview_where_there_is_no_terminal(run: Callable[..., Result]) -> None:
    result = run()
    assert result.exit_code == 0
    assert "12 documents" in result.stdout and "contested" in result.stdout
    assert "Asserted by" in result.stdout and "Disputed by" in result.stdout
    assert "“" in result.stdout, "with the sentences"


def test_bare_claims_on_an_empty_database_says_what_to_do(run: Callable[..., Result], database: Path) -> None:
    from claims.store import Store

    Store.open(database).close()
    result = run(db=database)
    assert result.exit_code == 0
    assert "claims ingest" in result.output


# -- exit codes


@pytest.mark.parametrize(
    "arguments",
    [
        ["show"], ["show", "x"], ["list", "--limit", "0"], ["list", "--limit", "x"], ["list", "--nonsense"],
        ["nonsense"],
        ["compare", "one"], ["export"], ["ingest"], ["track"], ["search"], ["read"], ["eval"],
        ["export", "--format", "xml", "--output", "x"], ["list", "--order", "sideways"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_2(run: Callable[..., Result], arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == "" and "Usage:" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "99999"], "no claim 99999"), (["list", "--source", "Nobody"], "Nobody"), (["sources", "Nobody"],
        "Nobody"),
        (["compare", "Nobody", "The Ferryman"], "Nobody"), (["list", "--source", "northern"], "Northern Wire"),
    ],
)  # fmt: skip
def test_what_the_user_must_look_at_is_1(run: Callable[..., Result], arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert said in result.stderr and len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [["list"], ["show", "1"], ["sources"], ["matrix"], ["export", "-o", "out"], [], ["search",
    "--exact", "a"]],
    ids=" ".join,
)  # fmt: skip
def test_no_database_is_1_and_makes_none(run: Callable[..., Result], tmp_path: Path, arguments: list[str]) -> None:
    missing = tmp_path / "no.db"
    result = run(*arguments, db=missing)
    assert result.exit_code == 1
    assert str(missing) in result.stderr and "ingest" in result.stderr
    assert not missing.exists() and not (tmp_path / "out").exists()


@pytest.mark.parametrize("arguments", [["list"], ["ingest", "x.txt"], ["track", "x"]], ids=" ".join)
def test_not_a_database_is_1(run: Callable[..., Result], tmp_path: Path, arguments: list[str]) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear all, this is a letter. " * 50)
    result = run(*arguments, db=path)
    assert result.exit_code == 1
    assert "not a database" in result.stderr and str(path) in result.stderr


def test_a_bad_setting_is_1_and_named(
    run: Callable[..., Result], tmp_path: Path, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for text, said in (("propose = 7", "propose"), ("colour = 'red'", "colour"), ("a = [", "TOML"), ("\udcff", "TOML")):
        Path("contested.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
        result = run("ingest", sample, db=tmp_path / "x.db")
        assert result.exit_code == 1
        assert "contested.toml" in result.stderr and said in result.stderr


# -- ingest and after


@pytest.mark.usefixtures("plain_models")
class TestIngest:
    def test_stores_and_says_so_on_standard_error(
        self, run: Callable[..., Result], sample: Path, database: Path
    ) -> None:
        result = run("ingest", sample, db=database)
        assert result.exit_code == 0, result.output
        assert result.stdout == ""
        assert "12 documents" in result.stderr and "\x1b" not in result.stderr
        assert Views.open(database).overview().documents == 12

    def test_again_is_fine(self, run: Callable[..., Result], sample: Path, database: Path) -> None:
        run("ingest", sample, db=database)
        result = run("ingest", sample, db=database)
        assert result.exit_code == 0
        assert "0 documents" in result.stderr and "12 known" in result.stderr

    def test_globs_and_standard_input(self, run: Callable[..., Result], sample: Path, database: Path) -> None:
        assert run("ingest", f"{sample}/00[0-3].md", db=database).exit_code == 0
        assert Views.open(database).overview().documents == 4
        assert run("ingest", "-", db=database, given="The mill is closed. The ferry is late.").exit_code == 0
        assert Views.open(database).overview().documents == 5

    def test_a_problem_is_1_and_the_rest_is_stored(
        self, run: Callable[..., Result], sample: Path, database: Path, tmp_path: Path
    ) -> None:
        empty = tmp_path / "empty.txt"
        empty.touch()
        result = run("ingest", sample / "000.md", tmp_path / "no.txt", empty, sample / "001.md", db=database)
        assert result.exit_code == 1
        assert Views.open(database).overview().documents == 2
        for name in ("no.txt", "empty.txt"):
            assert len([line for line in result.stderr.splitlines() if name in line]) == 1

    def test_json_prints_each_step_and_the_report(
        self, run: Callable[..., Result], sample: Path, database: Path, tmp_path: Path
    ) -> None:
        result = run("ingest", sample, tmp_path / "no.txt", "--json", db=database)
        *steps, report = map(json.loads, result.stdout.splitlines())
        assert (report["stored"], report["stopped"]) == (12, False)
        assert [step["problem"] for step in steps if step["problem"]] == report["problems"]
        assert report["problems"][0]["path"] == str(tmp_path / "no.txt")
        assert steps[-1]["done"] == steps[-1]["total"] == 13
        assert {step["doing"] for step in steps} == {"", *STAGES}

    def test_export_writes_the_four_files(self, run: Callable[..., Result], stored: Path, tmp_path: Path) -> None:
        result = run("export", "--format", "jsonl", "--output", tmp_path / "deep" / "out")
        assert result.exit_code == 0 and result.stdout == ""
        names = {"documents.jsonl", "sentences.jsonl", "claims.jsonl", "mentions.jsonl"}
        assert {path.name for path in (tmp_path / "deep" / "out").iterdir()} == names
        for path in (tmp_path / "deep" / "out").iterdir():
            assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def test_export_where_nothing_can_be_written(self, run: Callable[..., Result], tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        result = run("export", "-o", tmp_path / "file" / "out")
        assert result.exit_code == 1 and "--output" in result.stderr

    def test_track_answers_in_the_order_given(self, run: Callable[..., Result], tmp_path: Path) -> None:
        wordings = [
            "Wheat exports were doubled.",
            "Nobody said this about zebras.",
            "The old bridge can carry heavy lorries.",
        ]
        result = run("track", *wordings, "--json")
        assert result.exit_code == 0, result.output
        answers = json.loads(result.stdout)
        assert [a["claim"] for a in answers] == wordings
        assert answers[0]["mentions"] and answers[2]["mentions"] and not answers[1]["mentions"]
        wanted = {"path", "start", "end", "text", "holders", "stance", "score"}
        assert all(wanted <= set(m) for a in answers for m in a["mentions"])
        assert {m["stance"] for m in answers[2]["mentions"]} == {"asserts", "disputes"}
        (tmp_path / "claims.txt").write_text("\n".join(["", *wordings, "  "]), encoding="utf-8")
        from_file = run("track", "--from-file", tmp_path / "claims.txt", "--json")
        assert json.loads(from_file.stdout) == answers
        assert json.loads(run("track", "--from-file", "-", "--json", given="\n".join(wordings)).stdout) == answers

    def test_track_shows_both_sides(self, run: Callable[..., Result]) -> None:
        result = run("track", "The old bridge can carry heavy lorries.")
        assert result.exit_code == 0
        assert "Asserted by" in result.stdout and "Disputed by" in result.stdout

    def test_search_joins_words_and_meaning(self, run: Callable[..., Result]) -> None:
        hits = json.loads(run("search", "copper", "mine", "--json").stdout)
        assert hits and "copper mine" in hits[0]["text"]
        assert "copper" in run("search", "copper mine").stdout

    def test_read_needs_no_database(self, run: Callable[..., Result], sample: Path, tmp_path: Path) -> None:
        result = run("read", sample / "000.md", "--json", db=tmp_path / "no.db")
        assert result.exit_code == 0, result.output
        (reading,) = json.loads(result.stdout)
        assert reading["document"]["outlet"] == "Lagoon Gazette"
        assert reading["sentences"] and reading["statements"]
        assert not (tmp_path / "no.db").exists()
        assert run("read", sample / "000.md", tmp_path / "no.txt").exit_code == 1

    def test_eval_on_its_own_gold(self, run: Callable[..., Result]) -> None:
        result = run("eval", "--gold", ROOT / "tests" / "gold", "--articles", ROOT / "seeds", "--json")
        assert result.exit_code == 0, result.output
        report = json.loads(result.stdout)
        assert report["reading"]["article_kept"] == 1.0
        assert {"metadata", "reading", "detection", "attribution", "pairs", "claims", "tracked"} == set(report)
        text = run("eval", "--gold", ROOT / "tests" / "gold", "--articles", ROOT / "seeds")
        assert re.search(r"^claims\.voices\.f1 +0\.\d+$", text.stdout, re.MULTILINE)

    def test_eval_without_its_articles(self, run: Callable[..., Result], tmp_path: Path) -> None:
        for path in (ROOT / "tests" / "gold").iterdir():
            (tmp_path / path.name).write_bytes(path.read_bytes())
        result = run("eval", "--gold", tmp_path)
        assert result.exit_code == 1 and "--articles" in result.stderr


# -- filters


FILTERS: dict[str, dict[str, Any]] = {
    "judge": {"premise": "the mill is closed", "hypothesis": "The mill is open."},
    "attribute": {"text": "The mayor said that the mill is closed."},
    "detect": {"text": "The mill is closed."},
    "cluster": {"text": "The mill is closed."},
}


@pytest.fixture
def in_settings(tiny_models: tiny.Models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny real models, by the settings file of the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONTESTED_CACHE", str(tmp_path / "cache"))
    (tmp_path / "contested.toml").write_text(tiny_models.toml(), encoding="utf-8")


@pytest.mark.usefixtures("in_settings")
@pytest.mark.parametrize("name", FILTERS)
def test_filters_keep_fields_and_order(run: Callable[..., Result], name: str) -> None:
    rows = [{**FILTERS[name], "id": i, "more": {"kept": [None, "ü"]}} for i in range(5)]
    result = run(name, given="\n".join(json.dumps(row) for row in rows) + "\n\n")
    assert result.exit_code == 0, result.output
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [{k: v for k, v in a.items() if k in r} for a, r in zip(answers, rows, strict=True)] == rows
    assert all(set(a) > set(r) for a, r in zip(answers, rows, strict=True))


@pytest.mark.usefixtures("in_settings")
@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("bad", ["{", "[]", "{}", '{"text": 5, "premise": 5, "hypothesis": 5}', "nonsense"])
def test_a_bad_line_is_named_and_those_before_it_answered(run: Callable[..., Result], name: str, bad: str) -> None:
    good = json.dumps(FILTERS[name])
    result = run(name, given=f"{good}\n{good}\n{bad}\n{good}\n")
    assert result.exit_code == 1
    assert "ine 3" in result.stderr
    assert len(result.stdout.splitlines()) == 2


@pytest.mark.parametrize("name", FILTERS)
def test_nothing_in_nothing_out(run: Callable[..., Result], name: str) -> None:
    result = run(name, given="")
    assert (result.exit_code, result.stdout) == (0, "")


# -- as processes of their own


def process(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "claims", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more.pop("env", {})}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, **more)


def test_the_module_is_the_command(stored: Path) -> None:
    result = process("--db", stored, "list", "--json")
    assert result.returncode == 0 and result.stderr == ""
    assert json.loads(result.stdout)


def test_a_reader_that_goes_away_is_no_error(stored: Path) -> None:
    """As with ``claims ... | head -1``: no traceback, whatever the pipe holds."""
    script = "import sys; from claims.cli import main; sys.argv[0] = 'claims'; main()"
    command = [sys.executable, "-c", script, "--db", str(stored), "list", "--all", "--json", "--limit", "500"]
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run(
        command,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    os.close(writer)
    assert result.stderr == ""
    assert result.returncode == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    script = "from claims.cli import main; main(prog_name='claims')"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "_CLAIMS_COMPLETE": f"{shell}_source"},
    )  # fmt: skip
    assert "_CLAIMS_COMPLETE" in result.stdout and "claims" in result.stdout


def test_completion_knows_the_commands() -> None:
    script = "from claims.cli import main; main(prog_name='claims')"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False,
        env={
            **os.environ, "PYTHONPATH": str(ROOT), "_CLAIMS_COMPLETE": "bash_complete", "COMP_WORDS": "claims s",
            "COMP_CWORD": "1",
        },
    )  # fmt: skip
    offered = {line.split(",")[-1] for line in result.stdout.split()}
    assert offered == {name for name, _ in commands() if name.startswith("s") and " " not in name}


def test_ctrl_c_stops_after_the_document_at_hand(sample: Path, database: Path, tmp_path: Path, stored: Path) -> None:
    """A real interrupt, sent from inside the second document: that document is stored whole, the third is not begun."""
    script = f"""
import os, signal, sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
import claims.pipeline, tiny
class Interrupted(tiny.Cues):
    def read(self, document, sentences):
        if document.path.endswith("001.md"):
            os.kill(os.getpid(), signal.SIGINT)
        return super().read(document, sentences)
claims.pipeline.Encoder = lambda *_: tiny.Bag()
claims.pipeline.Judge = lambda *_: tiny.Rules()
claims.pipeline.VoiceReader = lambda *_: Interrupted()
from claims.cli import main
from claims.models import STAGES
main(["--db", {str(database)!r}, "ingest", {str(sample)!r}])
"""
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr and "goes on" in result.stderr
    assert Views.open(database).overview().documents in (1, 2), "one was stored while the next was read"
    tiny.ingest(database, [sample])
    assert tiny.export(database, tmp_path / "a") == tiny.export(stored, tmp_path / "b")


def test_ctrl_c_twice_stops_at_once(sample: Path, database: Path) -> None:
    script = f"""
import os, signal, sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
import claims.pipeline, tiny
class Interrupted(tiny.Cues):
    def read(self, document, sentences):
        if document.path.endswith("001.md"):
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
        return super().read(document, sentences)
claims.pipeline.Encoder = lambda *_: tiny.Bag()
claims.pipeline.Judge = lambda *_: tiny.Rules()
claims.pipeline.VoiceReader = lambda *_: Interrupted()
from claims.cli import main
from claims.models import STAGES
main(["--db", {str(database)!r}, "ingest", {str(sample)!r}])
"""
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert result.returncode in {1, 130, -signal.SIGINT}
    assert "Traceback" not in result.stderr
    assert Views.open(database).overview().documents == 1
