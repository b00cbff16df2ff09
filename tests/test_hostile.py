"""Input that is not fine: one clear line names it, all else is stored, nothing of it reaches the terminal."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import tiny
from click.testing import CliRunner, Result

from claims.cli import main
from claims.views import Views

ESCAPES = "\x1b[2J\x1b[31mred\x1b]0;title\x07 \x9b1m \x1bP+q\x1b\\ \x08\x08\x7f bell\x07"
BIDI = "\u202eevil\u202c \u2066x\u2069 \u200f\u061c \u200bzero\u200d\ufeff width \u00ad soft"
MARKUP = "[bold red]marked[/] [link=file:///etc/passwd]here[/link] [/] [[] ]"
HTML = "<script>alert(1)</script> <b>bold</b> &lt;i&gt; <!-- hidden -->"
SQL = "'; DROP TABLE claim; -- \" OR 1=1"
PATHS = "../../../../etc/passwd file:///etc/shadow C:\\windows\\system32"
ODD = "NUL \x00 here, \ufffd, \U000e0041 tag, e\u0301\u0301\u0301\u0301\u0301\u0301 zalgo, \ufdd0"
ODD += " family \U0001f468\u200d\U0001f469"
NASTY = {
    "escapes": ESCAPES, "bidi": BIDI, "markup": MARKUP, "html": HTML, "sql": SQL, "paths": PATHS, "odd": ODD,
}  # fmt: skip

RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff\u00ad\ue000-\uf8ff\U000e0000-\U000e007f]"
)
"""What a terminal would obey, hide or turn round."""


@pytest.fixture
def run(database: Path, plain_models: None) -> Callable[..., Result]:
    """Runs a command on a database of the test's own, with the plain stand-ins for models."""

    def run(*arguments: str | Path, given: bytes | None = None) -> Result:
        result = CliRunner().invoke(main, ["--db", str(database), *map(str, arguments)], input=given)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def good(tmp_path: Path) -> list[Path]:
    """Two articles that are fine, to stand around one that is not."""
    return tiny.write_articles(tmp_path / "good", 2)


def refused(result: Result, database: Path, name: str, stored: int = 2) -> str:
    """The one line about an input that was not stored, after checking that all else was."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if name in line]
    assert len(lines) == 1, result.stderr
    assert not RAW.search(lines[0])
    assert "Traceback" not in result.stderr
    views = Views.open(database)
    assert views.overview().documents == stored
    views.close()
    return lines[0]


# -- files that hold no article


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b"  \n\r\n\t ", "empty"),
        ("bom.txt", b"\xef\xbb\xbf", ""),
        ("dots.txt", b"... --- ...", "no text"),
        ("nul.txt", b"\x00" * 1000, ""),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "PNG"),
        ("noise.txt", bytes((i * 7919) % 256 for i in range(5000)), "not a text file"),
        ("program.md", b"\x7fELF" + b"\x02\x01\x01\x00" * 500, "not a text file"),
        ("database.txt", b"SQLite format 3\x00" + b"\x00" * 500, "SQLite"),
        ("cut.txt", b"\xff\xfeH\x00e\x00l\x00l\x00\xd8", "utf-16"),
    ],
)
def test_a_file_without_an_article(
    run: Callable[..., Result], good: list[Path], tmp_path: Path, database: Path, name: str, data: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert said in refused(run("ingest", good[0], path, good[1]), database, name)


def test_too_big_a_file(run: Callable[..., Result], good: list[Path], tmp_path: Path, database: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)  # 50 MB that take no room on the disk
    line = refused(run("ingest", good[0], path, good[1]), database, "huge.txt")
    assert "limit" in line


def test_a_missing_file_a_broken_link_and_a_pipe(
    run: Callable[..., Result], good: list[Path], tmp_path: Path, database: Path
) -> None:
    import os

    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    result = run("ingest", good[0], tmp_path / "no.txt", tmp_path / "broken.txt", tmp_path / "pipe.txt", good[1])
    for name, said in (("no.txt", "no such file"), ("broken.txt", "link"), ("pipe.txt", "regular")):
        assert said in refused(result, database, name)


def test_files_and_folders_without_rights(
    run: Callable[..., Result], good: list[Path], open_folder: Path, as_nobody: Callable[..., object]
) -> None:
    run("ingest", *good)  # whatever is imported late, from folders that may be root's alone, is imported now
    tiny.write_articles(open_folder / "in", 2)
    for path in [open_folder / "in", *(open_folder / "in").iterdir()]:
        path.chmod(0o755)
    (open_folder / "in" / "secret.txt").write_text("Nobody may read this.")
    (open_folder / "in" / "secret.txt").chmod(0)
    (open_folder / "in" / "vault").mkdir(mode=0)
    (open_folder / "in" / "vault").chmod(0)
    database = open_folder / "claims.db"
    with as_nobody():  # type: ignore[attr-defined]
        result = CliRunner().invoke(main, ["--db", str(database), "ingest", str(open_folder / "in")])
    for name in ("secret.txt", "vault"):
        assert "no right" in refused(result, database, name)


def test_a_folder_with_nothing_and_a_folder_in_a_circle(
    run: Callable[..., Result], good: list[Path], tmp_path: Path, database: Path
) -> None:
    (tmp_path / "hollow").mkdir()
    (good[0].parent / "back").symlink_to(good[0].parent, target_is_directory=True)
    result = run("ingest", tmp_path / "hollow", good[0].parent)
    assert "hollow" in refused(result, database, "hollow")


@pytest.mark.parametrize("text", ["\x1b[2J", "\u202etxt.exe", "a\nb", "[red]x[bold]", "'; DROP TABLE x; --", "\udcff"])
def test_a_file_with_a_nasty_name(
    run: Callable[..., Result], good: list[Path], tmp_path: Path, database: Path, text: str
) -> None:
    folder = tmp_path / "named"
    folder.mkdir()
    (folder / f"good {text}.md").write_text("The mill is closed.", encoding="utf-8")
    (folder / f"bad {text}.txt").touch()
    result = run("ingest", folder, *good)
    refused(result, database, "bad ", 3)
    for arguments in (["list", "--all"], ["show", "1"], ["search", "--exact", "mill"], []):
        shown = run(*arguments)
        assert shown.exit_code == 0 and not RAW.search(shown.stdout)


# -- encodings and line ends


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("cp1252", None),
        ("cp1251", None),
    ],
)
def test_encodings(run: Callable[..., Result], tmp_path: Path, database: Path, encoding: str, name: str | None) -> None:
    russian = "Мельница закрыта. Паром опаздывает. Министерство отрицает это. " * 5
    western = "Die Mühle ist geschlossen – „endgültig“. Straßen werden überflutet. " * 5
    text = russian if encoding == "cp1251" else western
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert run("ingest", tmp_path / "a.txt").exit_code == 0
    views = Views.open(database)
    assert views.text(1).lstrip("\ufeff") == text
    connection = sqlite3.connect(database)
    (taken,) = connection.execute("SELECT encoding FROM document").fetchone()
    assert taken and (name is None or taken == name), "which encoding was taken is kept"
    views.close()
    connection.close()


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028"])
def test_line_ends_are_kept(run: Callable[..., Result], tmp_path: Path, database: Path, end: str) -> None:
    text = f"The mill is closed.{end}{end}The ferry is late.{end}"
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert run("ingest", tmp_path / "a.txt").exit_code == 0
    views = Views.open(database)
    assert views.text(1) == text
    assert [text[s.start : s.end] for s in views.sentences(1)] == ["The mill is closed.", "The ferry is late."]
    views.close()


def test_a_line_of_5_mb(run: Callable[..., Result], good: list[Path], tmp_path: Path, database: Path) -> None:
    """One line, one word, no end: stored, cut into pieces that a model can read, and the rest goes on."""
    (tmp_path / "line.txt").write_text("a" * 5_000_000)
    result = run("ingest", good[0], tmp_path / "line.txt", good[1])
    assert result.exit_code in {0, 1} and "Traceback" not in result.stderr
    views = Views.open(database)
    assert {Path(d.path).name for d in views.documents()} >= {"000.md", "001.md"}
    if result.exit_code == 0:
        assert len(views.text(2)) == 5_000_000
    views.close()
    assert len(run("list", "--all").stdout) < 20_000, "a listing stays a listing"


def test_a_long_line_of_sentences(run: Callable[..., Result], tmp_path: Path, database: Path) -> None:
    text = " ".join(f"Ship number {n} left the harbour of Vell in the night." for n in range(1500))
    (tmp_path / "line.txt").write_text(text)
    assert run("ingest", tmp_path / "line.txt").exit_code == 0
    views = Views.open(database)
    assert views.overview().sentences == 1500
    views.close()
    out = tmp_path / "out"
    assert run("export", "-o", out).exit_code == 0
    rows = [json.loads(line) for line in (out / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)


# -- articles that would rather be something else


LISTINGS = [["list", "--all"], ["sources"], ["matrix"], [], ["search", "--exact", "mill"], ["search", "mill"]]


# a text that is all control characters is taken for a binary file, and rightly so
PLAIN = "\n\n".join(f"On day {n} the ferry was late again, and nobody in the town could say why." for n in range(40))


def nasty(name: str) -> str:
    text = NASTY[name]
    who = json.dumps(text, ensure_ascii=False)
    return (
        f"---\noutlet: {who}\ntitle: {who}\nauthor: {who}\ndate: {who}\nurl: {who}\n---\n\n"
        f"The mill {text} is closed. The mayor {text} said that the mill is closed.\n\n{text}\n\n{PLAIN}\n"
    )


@pytest.mark.parametrize("name", NASTY)
def test_nothing_raw_reaches_the_terminal(
    run: Callable[..., Result], good: list[Path], tmp_path: Path, database: Path, name: str
) -> None:
    (tmp_path / "nasty.md").write_text(nasty(name), encoding="utf-8")
    text = f"{NASTY[name]}. The mill {NASTY[name]} is not closed.\n\n{PLAIN}"
    (tmp_path / "nasty2.txt").write_text(text, encoding="utf-8")
    result = run("ingest", good[0], tmp_path / "nasty.md", tmp_path / "nasty2.txt", good[1])
    assert result.exit_code == 0, result.stderr
    views = Views.open(database)
    assert views.overview().documents == 4
    claims = [str(c.id) for c in views.claims(everything=True, limit=99)]
    outlets = [d.outlet for d in views.documents()]
    views.close()
    shown = [*LISTINGS, *(["show", i] for i in claims), *(["show", i, "--explain"] for i in claims)]
    shown += [["compare", outlets[0], outlets[1]], ["sources", outlets[1]], ["track", "The mill is closed."]]
    shown += [["read", str(tmp_path / "nasty.md")]]
    for arguments in shown:
        result = run(*arguments)
        assert result.exit_code == 0, (arguments, result.stderr)
        assert not RAW.search(result.stdout), (arguments, RAW.findall(result.stdout))
        assert not RAW.search(result.stderr)


@pytest.mark.parametrize("name", NASTY)
def test_what_is_stored_is_what_was_written(
    run: Callable[..., Result], tmp_path: Path, database: Path, name: str
) -> None:
    """Text is made harmless where it is shown, never where it is kept."""
    text = nasty(name)
    (tmp_path / "nasty.md").write_text(text, encoding="utf-8", newline="")
    assert run("ingest", tmp_path / "nasty.md").exit_code == 0
    views = Views.open(database)
    assert views.text(1) == text
    assert views.overview().claims > 0, "the tables are still there"
    views.close()
    for arguments in (["list", "--all", "--json"], ["show", "1", "--json"], ["sources", "--json"]):
        result = run(*arguments)
        assert result.exit_code == 0
        assert json.loads(result.stdout)
    assert run("export", "-o", tmp_path / "out").exit_code == 0
    for row in (tmp_path / "out" / "mentions.jsonl").read_text(encoding="utf-8").splitlines():
        mention = json.loads(row)
        assert mention["text"] == text[mention["start"] : mention["end"]]


def test_paths_in_front_matter_lead_nowhere(run: Callable[..., Result], tmp_path: Path, database: Path) -> None:
    front = "outlet: ../../etc\ntitle: /etc/passwd\nurl: file:///etc/passwd\npath: /etc/passwd\n"
    text = f"---\n{front}---\n\nThe mill is closed.\n"
    (tmp_path / "a.md").write_text(text)
    assert run("ingest", tmp_path / "a.md").exit_code == 0
    assert run("export", "-o", tmp_path / "out").exit_code == 0
    made = {path.name for path in tmp_path.rglob("*") if not path.name.startswith("claims.db")}
    assert made == {"a.md", "out", "documents.jsonl", "sentences.jsonl", "claims.jsonl", "mentions.jsonl"}
    (row,) = (tmp_path / "out" / "documents.jsonl").read_text().splitlines()
    assert json.loads(row)["path"] == str(tmp_path / "a.md")
    assert "root:" not in (tmp_path / "out" / "sentences.jsonl").read_text()


@pytest.mark.parametrize(
    "front",
    [
        "outlet: [a, list]", "outlet: {a: mapping}", "date: 9999-99-99", "date: -1", "title: 5", "outlet: true",
        "a: &a [*a]", "a: &x [1,1,1]\nb: &y [*x,*x,*x]\nc: &z [*y,*y,*y]",
        "!!python/object/apply:os.system ['touch owned']",
        "outlet: |\n  two\n  lines", "- a\n- b", "outlet: 'unclosed", "? !", "outlet: \"\\ud800\"", "{", "\t", "",
        "date: 2024-02-30", "x: " + "[" * 3000, "outlet: " + "x" * 50_000,
    ],
    ids=lambda front: front[:20].encode("unicode_escape").decode(),
)  # fmt: skip
def test_front_matter_of_all_kinds(
    run: Callable[..., Result],
    good: list[Path],
    tmp_path: Path,
    database: Path,
    front: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(f"---\n{front}\n---\n\nThe mill is closed.\n", encoding="utf-8")
    result = run("ingest", good[0], tmp_path / "a.md", good[1])
    assert result.exit_code in {0, 1} and "Traceback" not in result.stderr
    views = Views.open(database)
    assert views.overview().documents >= 2
    views.close()
    assert not (tmp_path / "owned").exists()
    for arguments in (["list", "--all"], ["sources"], ["sources", "--json"]):
        assert run(*arguments).exit_code == 0


@pytest.mark.parametrize(
    "words", ['"(*', "'; DROP TABLE claim; --", "\x1b[2J", "%_", "NEAR(", "\udcff", "", "a" * 10_000]
)
def test_searching_for_nasty_words(run: Callable[..., Result], good: list[Path], database: Path, words: str) -> None:
    run("ingest", *good)
    for arguments in (
        ["search", "--exact", words],
        ["search", words],
        ["list", "--words", words],
        ["track", words or "x"],
    ):
        result = run(*arguments)
        assert result.exit_code == 0, (arguments, result.stderr)
        assert not RAW.search(result.stdout)
    for arguments in (["list", "--source", words or "?"], ["sources", words or "?"]):
        result = run(*arguments)
        assert result.exit_code == 1
        assert not RAW.search(result.stderr) and len(result.stderr.splitlines()) == 1
