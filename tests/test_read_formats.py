"""Each format from bytes to Documents. All texts are invented."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from reading import ARTICLE, PAGE, all_of, holds_article, one

from claims.errors import InputError
from claims.read import Given
from claims.sentences import split


def test_text_is_the_file_unchanged(tmp_path: Path) -> None:
    raw = "\ufeffTitle of the piece\r\n\r\n" + "\r\n".join(ARTICLE) + "\r\n"
    file = tmp_path / "a.txt"
    file.write_bytes(raw.encode())
    found = one(file)
    assert found.text == raw
    assert found.path == str(file)
    assert found.encoding == "utf-8"
    assert found.title == "Title of the piece"
    assert holds_article(found)
    assert all(found.text[s.start : s.end] == s.text for s in split(found))


def test_markdown_front_matter(tmp_path: Path) -> None:
    text = (
        '---\noutlet: Example Times\nauthor: [Ann Poole, Ben Carr]\ndate: 2021-06-30\ntitle: "Dam: a break"\n'
        "url: https://example.com/dam\nvia: Example Wire\nlanguage: en\n---\n\n# Dam: a break\n\n"
        "The dam broke at dawn,\nand the town was flooded.\n\n## What comes next\n\n- The board meets on Friday.\n"
        "<!-- a note -->\n"
    )
    file = tmp_path / "a.md"
    file.write_text(text, encoding="utf-8")
    found = one(file)
    assert found.text == text
    assert (found.outlet, found.author, found.published) == ("Example Times", "Ann Poole, Ben Carr", "2021-06-30")
    assert (found.title, found.via, found.language) == ("Dam: a break", "Example Wire", "en")
    assert found.url == "https://example.com/dam"
    assert [(s.text, s.kind) for s in split(found)] == [
        ("The dam broke at dawn,\nand the town was flooded.", "sentence"),
        ("What comes next", "heading"),
        ("The board meets on Friday.", "sentence"),
    ]


@pytest.mark.parametrize(
    ("date", "published"), [("31 February 2024", "2024-02"), ("2024-02-31", None), ("30/30/2024", None)]
)
def test_a_date_that_no_calendar_has_is_told(tmp_path: Path, date: str, published: str | None) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\ntitle: Talks\ndate: {date}\n---\n\nThe talks went on and on.\n")
    found = one(file)
    assert found.published == published
    assert found.doubt and date in found.doubt and (published or "without a date") in found.doubt
    assert "doubt" not in found.model_dump()


@pytest.mark.parametrize("date", ["2024-02-29", "Sunday, 30 June 2024 at 14:30", "June 2024", "12/31/2024", "2024"])
def test_nothing_is_told_of_a_date_that_is_one(tmp_path: Path, date: str) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\ntitle: Talks\ndate: {date}\n---\n\nThe talks went on and on.\n")
    assert one(file).doubt is None


def test_front_matter_that_is_no_yaml_is_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: Talks: day two\noutlet: Example Times\n---\n\nThe talks went on and on.\n")
    found = one(file)
    assert (found.title, found.outlet) == ("Talks: day two", "Example Times")


FRONT = "outlet: Example Times\nauthor: Ann Poole\ndate: 2021-06-30\ntitle: Dam breaks\nurl: https://example.com/dam\n"


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.txt", "a.text", "a", "a.dat"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_says_the_same_in_every_text_format(tmp_path: Path, name: str, end: str) -> None:
    file = tmp_path / name
    file.write_bytes(f"---\n{FRONT}---\n\nThe dam broke at dawn.\n".replace("\n", end).encode())
    found = one(file)
    assert (found.outlet, found.author, found.published) == ("Example Times", "Ann Poole", "2021-06-30")
    assert (found.title, found.url) == ("Dam breaks", "https://example.com/dam")
    assert [s.text for s in split(found)] == ["The dam broke at dawn."]


def test_fields_above_plain_text_need_no_fence(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{FRONT}\nThe dam broke at dawn, and the town was flooded.\n", encoding="utf-8")
    found = one(file)
    assert (found.outlet, found.author, found.title) == ("Example Times", "Ann Poole", "Dam breaks")


@pytest.mark.parametrize("above", ["", "Source: Example Times\n\n", "Note: read on\n"])
def test_rules_around_plain_text_are_no_front_matter(tmp_path: Path, above: str) -> None:
    file = tmp_path / "a.txt"
    article = "\n\n".join(ARTICLE)
    file.write_text(f"---\n{above}{article}\n---\n\nWritten by hand.\n", encoding="utf-8")
    assert holds_article(one(file))


def test_front_matter_never_runs_code_or_grows(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nauthor: *c\n"
    file.write_text(f"---\n{bomb}title: !!python/object/apply:os.system ['true']\n---\n\nThe talks went on and on.\n")
    assert len(one(file).author or "") < 3000


def test_html(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(PAGE, encoding="utf-8")
    found = one(file)
    assert (found.outlet, found.author, found.published) == ("Example Times", "Ann Poole", "2021-06-30")
    assert (found.title, found.url, found.language) == ("Dam breaks at Ostmark", "https://example.com/dam", "en")
    assert holds_article(found)
    assert "never shown" not in found.text
    assert split(found)[0].text.startswith("The dam at Ostmark")


def test_html_linked_data_and_charset(tmp_path: Path) -> None:
    data = {
        "@graph": [
            {
                "@type": "NewsArticle",
                "headline": "Überfall",
                "datePublished": "2020-02-03",
                "author": [{"name": "Ann Poole"}],
                "publisher": {"name": "Beispiel"},
            }
        ]
    }
    body = "".join(f"<p>{p} Große Wörter.</p>" for p in ARTICLE)
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    page = f"<html><head><meta charset=iso-8859-1>{script}</head><body>{body}</body></html>"
    file = tmp_path / "a.htm"
    file.write_bytes(page.encode("cp1252"))
    found = one(file)
    assert (found.title, found.author, found.outlet, found.published) == (
        "Überfall",
        "Ann Poole",
        "Beispiel",
        "2020-02-03",
    )
    assert "Große Wörter" in found.text


def test_html_without_metadata_knows_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text("<p>On 3 May 2020 the dam broke and the lower town was flooded.</p><p>Updated 4 May 2021</p>")
    found = one(file)
    assert (found.outlet, found.author, found.published, found.via) == (None, None, None, None)


def test_docx(tmp_path: Path) -> None:
    from docx import Document as Word

    word = Word()
    word.core_properties.author = "Owner of the computer"
    word.add_heading("Dam breaks at Ostmark", 0)
    word.add_paragraph("By Ann Poole")
    for p in ARTICLE:
        word.add_paragraph(p)
    file = tmp_path / "a.docx"
    word.save(str(file))
    found = one(file)
    assert (found.title, found.author) == ("Dam breaks at Ostmark", "Ann Poole")
    assert holds_article(found)


def test_pdf(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    lines = [
        "Dam breaks at Ostmark",
        "",
        "The dam at Ostmark broke at dawn on Monday, and the lower town was flo-",
        "oded within an hour, the mayor said.",
        "",
        "Engineers had warned of cracks since the spring.",
    ]
    file.write_bytes(pdf_of([lines]))
    found = one(file)
    assert "flooded within an hour" in found.text
    assert [s.text for s in split(found)][-1] == "Engineers had warned of cracks since the spring."


def pdf_of(pages: list[list[str]]) -> bytes:
    """A minimal PDF of lines of text."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for i, lines in enumerate(pages):
        shown = " ".join(f"({x}) Tj 0 -14 Td" if x else "0 -14 Td" for x in lines)
        stream = f"BT /F1 12 Tf 50 750 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{p:010d} 00000 n \n" for p in places)
    return (
        out
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
        ).encode()
    )


def test_pdf_running_heads_go(tmp_path: Path) -> None:
    from claims.read.pdf import join_pages

    pages = [
        f"The Example Review\nText of page {w} goes on and\nends here, {w * 3}.\n{n}" for n, w in enumerate("abcd", 1)
    ]
    assert join_pages(pages) == "\n\n".join(f"Text of page {w} goes on and ends here, {w * 3}." for w in "abcd")


def test_mail(tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    body = "\r\n\r\n".join(ARTICLE)
    file.write_bytes(
        (
            "From: Ann Poole <ann@example.com>\r\nSubject: Fwd: Dam breaks\r\nDate: Wed, 30 Jun 2021 08:00:00 +0000\r\n"
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n-- \r\nAnn Poole\r\nExample Times\r\n"
        ).encode()
    )
    found = one(file)
    assert (found.author, found.title, found.published) == ("Ann Poole", "Dam breaks", "2021-06-30")
    assert holds_article(found)
    assert split(found)[-1].text.startswith("The board will meet")


def test_metadata_by_hand_wins(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(PAGE, encoding="utf-8")
    found = one(file, given=Given(outlet="By Hand", published="3 May 2020"))
    assert (found.outlet, found.published, found.author) == ("By Hand", "2020-05-03", "Ann Poole")


def test_gzipped_text_is_refused_clearly(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(gzip.compress(b"text " * 100))
    with pytest.raises(InputError, match="gzip"):
        all_of(file)
