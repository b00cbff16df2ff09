"""The page of contested claims: both sides' sentences, and nothing of an article that a browser would obey."""

from __future__ import annotations

import re
from pathlib import Path

import tui_database
from click.testing import CliRunner
from lxml import html as parser

from claims.cli import main


def page(database: Path, folder: Path) -> str:
    target = folder / "page.html"
    result = CliRunner().invoke(main, ["--db", str(database), "report", "--html", str(target)])
    assert result.exit_code == 0, result.output
    return target.read_text(encoding="utf-8")


def test_both_sides_with_their_sentences(tmp_path: Path) -> None:
    tree = parser.fromstring(page(tui_database.small(tmp_path / "dam.db"), tmp_path))
    (dam,) = [a for a in tree.iter("article") if a.find("h2").text == tui_database.WORDINGS["dam"]]
    disputes = dam.xpath(".//section[@class='disputes']")[0].text_content()
    assert "Valmark Tribune ▸ Valmark's water board" in disputes and "set by hand" in disputes
    assert "Engineers who inspected the wall in 2021 found it sound" in dam.xpath(".//mark/text()")
    assert "disputed since 2024-04-13" in dam.text_content()
    assert dam.xpath(".//a[@href='https://courier.example/halvern-engineers']")


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    builder = tui_database.Builder(tmp_path / "evil.db")
    evil = "<script>alert(1)</script>\x1b[2J\u202e\"'><img src=x onerror=y>"
    for stance, url in (("asserts", "javascript:alert(1)"), ("disputes", ' JaVaScRiPt:x"')):
        said = tui_database.Said(evil, evil, stance, (evil + stance,))
        builder.add(tui_database.Article(f"{stance}.txt", evil + stance, evil, evil, (said,), url))
    builder.finish()
    text = page(tmp_path / "evil.db", tmp_path)
    assert "\x1b" not in text and "\u202e" not in text
    tree = parser.fromstring(text)
    assert tree.xpath("//article") and not tree.xpath("//script | //img | //@onerror")
    assert all(re.match(r"#claim-\d+$", link) for link in tree.xpath("//a/@href"))


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    database = tui_database.small(tmp_path / "dam.db")
    result = CliRunner().invoke(main, ["--db", str(database), "report", "--html", str(tmp_path / "no" / "page.html")])
    assert result.exit_code == 1 and "cannot be written" in result.output
