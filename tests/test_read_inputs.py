"""What the user names, and input that is not fine: each one clear line, and the others are read."""

from __future__ import annotations

import io
import json
import os
import sys
import types
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import InputError, SkippedInput
from claims.models import Document
from claims.read import find, read
from claims.read.dates import parse_date
from claims.read.decode import decode
from claims.read.language import language_of
from claims.sentences import split

TEXT = "The dam at Ostmark broke at dawn. Nobody was hurt, the mayor said."


def paths(*named: object) -> list[str]:
    return [i.path for i in find([str(n) for n in named])]


def problem(path: object, kind: type[InputError] = InputError, **options: object) -> str:
    with pytest.raises(kind) as caught:
        list(read(str(path), **options))  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    return str(caught.value)


def only(path: object) -> Document:
    (found,) = read(str(path))
    assert isinstance(found, Document)
    return found


def test_folders_are_sorted_and_hidden_files_skipped(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.md",
        "a/b.txt",
        ".hidden.txt",
        ".git/x.txt",
        "style.css",
        "picture.png",
        "claims.db",
        "README",
    ):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(TEXT)
    assert paths(tmp_path) == [str(tmp_path / n) for n in ("README", "a/b.txt", "a/z.md", "b.txt")]
    assert paths(tmp_path / "a" / "*.md", tmp_path / "b.txt") == [str(tmp_path / "a/z.md"), str(tmp_path / "b.txt")]
    assert paths(f"{tmp_path}/**/*.txt") == [str(tmp_path / "a/b.txt"), str(tmp_path / "b.txt")]


def test_link_loops_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(TEXT)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    assert paths(tmp_path) == [str(tmp_path / "a" / "x.txt")]


def test_paths_are_shown_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    assert paths("x.txt", "./x.txt", ".") == ["x.txt", "./x.txt", "./x.txt"]


def test_what_is_not_there(tmp_path: Path) -> None:
    assert "no such file" in problem(tmp_path / "none.txt")
    assert "no file matches" in problem(tmp_path / "*.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    assert "broken link" in problem(tmp_path / "broken.txt")
    assert "no article in this folder" in problem(tmp_path / "empty") if (tmp_path / "empty").mkdir() is None else True
    assert "only http" in problem("s3://bucket/x")
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in problem(tmp_path / "pipe")


def test_no_right_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, whom nothing stops: the system's answer is played."""
    file = tmp_path / "a.txt"
    file.write_text(TEXT)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        assert "no right to read it" in problem(file)
    with monkeypatch.context() as patch:
        patch.setattr("claims.read.inputs.os.scandir", refuse)
        assert "no right to read it" in problem(tmp_path)


def test_empty_binary_and_too_big(tmp_path: Path) -> None:
    cases = {"empty.txt": b"", "blank.txt": b" \n\t\r\n", "nul.txt": b"\x00" * 50}
    for name, data in cases.items():
        (tmp_path / name).write_bytes(data)
        assert name in problem(tmp_path / name, SkippedInput)
    (tmp_path / "bin.txt").write_bytes(bytes(range(256)) * 40)
    assert "not a text file" in problem(tmp_path / "bin.txt")
    (tmp_path / "png.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100)
    assert "PNG" in problem(tmp_path / "png.txt")
    (tmp_path / "big.txt").write_bytes(b"word " * 1000)
    assert "bigger than the limit of 4,000 bytes" in problem(tmp_path / "big.txt", limit=4000)


@pytest.mark.parametrize(
    "suffix", ["pdf", "docx", "zip", "eml", "json", "jsonl", "csv", "rss", "warc", "html", "warc.gz", "mht"]
)
def test_broken_files_of_every_format(tmp_path: Path, suffix: str) -> None:
    for data in (
        b"\x00\x01\x02 broken \xff\xfe" * 30,
        b"{",
        b"PK\x03\x04 broken",
        b"%PDF-1.4 broken",
        b"<",
        b"\x1f\x8b broken",
    ):
        file = tmp_path / f"a.{suffix}"
        file.write_bytes(data)
        try:
            for item in read(str(file)):
                assert isinstance(item, Document) or "\n" not in str(item)
        except InputError as error:
            assert str(error).startswith(str(file))
            assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("encoding", "taken"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, taken: str) -> None:
    text = "Der Damm bei Österberg brach am Morgen. „Niemand wurde verletzt“, sagte die Bürgermeisterin."
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode(encoding))
    found = only(file)
    assert found.encoding == taken
    assert found.text.lstrip("\ufeff") == text
    assert split(found)[0].text == "Der Damm bei Österberg brach am Morgen."


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "gb18030", "shift_jis", "cp1250", "euc-kr"])
def test_detected_encodings(encoding: str) -> None:
    text = {
        "cp1251": "Плотина у города прорвалась на рассвете, и нижний город был затоплен. " * 4,
        "koi8-r": "Плотина у города прорвалась на рассвете, и нижний город был затоплен. " * 4,
        "gb18030": "水坝在黎明时分决堤，下城被淹。市长说没有人受伤。" * 6,
        "shift_jis": "夜明けにダムが決壊し、下町は水に浸かった。市長はけが人はいないと述べた。" * 6,
        "cp1250": "Tama pękła o świcie i dolne miasto zostało zalane, powiedział burmistrz miasta Żółć. " * 4,
        "euc-kr": "새벽에 댐이 무너져 아랫마을이 물에 잠겼다고 시장이 말했다. " * 6,
    }[encoding]
    assert decode(text.encode(encoding), "x")[0] == text


def test_broken_bytes_do_not_change_the_encoding() -> None:
    data = ("Größe, Öl, Übung, Äpfel, “quoted”, naïve, café. " * 10).encode() + b"\xff\xfe end"
    text, name = decode(data, "x")
    assert text.startswith("Größe")
    assert "replaced" in name


def test_nul_bytes_escapes_and_markup_are_kept_as_text(tmp_path: Path) -> None:
    raw = "The dam broke.\x00 It was \x1b[31mred\x1b[0m, [bold]he[/bold] said.\x00\n" + TEXT * 5
    file = tmp_path / "a.txt"
    file.write_text(raw)
    found = only(file)
    assert found.text == raw
    assert [s.text for s in split(found)][:2] == ["The dam broke.", "It was \x1b[31mred\x1b[0m, [bold]he[/bold] said."]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def feed(data: bytes) -> list[object]:
        monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(data)))
        return list(read("-"))

    (found,) = feed(TEXT.encode())
    assert isinstance(found, Document)
    assert (found.path, found.text) == ("-", TEXT)
    rows = [
        found.path
        for found in feed(f"{json.dumps({'text': TEXT})}\n{json.dumps({'text': TEXT})}\n".encode())
        if isinstance(found, Document)
    ]
    assert rows == ["-#1", "-#2"]
    with pytest.raises(SkippedInput):
        feed(b"")


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    name = os.fsencode(str(tmp_path)) + b"/bad\xff.txt"
    with open(name, "wb") as file:  # noqa: PTH123
        file.write(TEXT.encode())
    (one,) = find([str(tmp_path)])
    (found,) = read(one)
    assert isinstance(found, Document)
    assert found.path.encode("utf-8").endswith(b"bad\\xff.txt")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2021-06-30", "2021-06-30"),
        ("2021-06-30T23:59:59+02:00", "2021-06-30"),
        ("30 June 2021", "2021-06-30"),
        ("June 30th, 2021", "2021-06-30"),
        ("Wed, 30 Jun 2021 08:00:00 +0000", "2021-06-30"),
        ("30.06.2021", "2021-06-30"),
        ("30/06/2021", "2021-06-30"),
        ("06/30/2021", "2021-06-30"),
        ("03/04/2021", "2021"),
        ("4. März 2021", "2021-03-04"),
        ("le 4 mars 2021", "2021-03-04"),
        ("4 de marzo de 2021", "2021-03-04"),
        ("4 марта 2021", "2021-03-04"),
        ("June 2021", "2021-06"),
        ("2021-06", "2021-06"),
        ("20210630", "2021-06-30"),
        ("2021", "2021"),
        ("2021年6月30日", "2021-06-30"),
        ("۳۰ June ۲۰۲۱", "2021-06-30"),
        ("2021-02-30", None),
        ("no date", None),
        ("", None),
        ("12 May", None),
    ],
)
def test_dates(written: str, iso: str | None) -> None:
    assert parse_date(written) == iso


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The dam at Ostmark broke at dawn and nobody was hurt, the mayor said to the people of the town.", "en"),
        (
            "Der Damm ist am Morgen gebrochen, und die untere Stadt wurde überflutet, wie die Bürgermeisterin sagte.",
            "de",
        ),
        ("Le barrage a cédé à l'aube et la ville basse a été inondée, a dit la maire dans un communiqué.", "fr"),
        ("Плотина прорвалась на рассвете, и нижний город был затоплен.", "ru"),
        ("سد در سپیده دم شکست و شهر پایین زیر آب رفت", "fa"),
        ("水坝在黎明时分决堤", "zh"),
        ("夜明けにダムが決壊した", "ja"),
        ("댐이 무너졌다", "ko"),
        ("Ostmark 2021", None),
        ("", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert language_of(text) == language


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data, "x")
    except InputError as error:
        assert str(error).startswith("x: ")
    else:
        assert isinstance(text, str)
        assert encoding


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_date_text_is_a_date_or_none(text: str) -> None:
    found = parse_date(text)
    assert found is None or 4 <= len(found) <= 10
