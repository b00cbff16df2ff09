"""Each format from bytes to Documents. All texts are invented."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from claims.errors import InputError, SkippedInput
from claims.models import Document
from claims.read import Given, Sources, find, load_sources, read
from claims.sentences import split

ARTICLE = (
    "The dam at Ostmark broke at dawn on Monday, and the lower town was flooded within an hour, the mayor said.",
    "Engineers had warned of cracks since the spring. The harbour board denies that it was told of them.",
    "“We were never told,” said Ode Varn, who heads the board. “Had we known, we would have closed the road.”",
    "The board will meet on Friday, and the boatmen have called for a strike if nobody resigns before then.",
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Dam breaks | Example Times</title>
<meta property="og:site_name" content="Example Times"><meta property="og:title" content="Dam breaks at Ostmark">
<meta name="author" content="Ann Poole"><meta property="article:published_time" content="2021-06-30T08:00:00Z">
<meta property="article:modified_time" content="2022-01-01"><link rel="canonical" href="https://example.com/dam">
<script>var x = "never shown";</script></head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Dam breaks at Ostmark</h1>{"".join(f"<p>{p}</p>" for p in ARTICLE)}</article>
<footer>© 2021 Example Times. All rights reserved.</footer></body></html>"""


def one(path: Path | str, **options: object) -> Document:
    found = list(read(str(path), **options))  # type: ignore[arg-type]
    assert len(found) == 1
    assert isinstance(found[0], Document), found[0]
    return found[0]


def all_of(path: Path | str, **options: object) -> list[Document | InputError]:
    return list(read(str(path), **options))  # type: ignore[arg-type]


def holds_article(document: Document) -> bool:
    joined = " ".join(s.text for s in split(document))
    return all(" ".join(p.split()) in " ".join(joined.split()) for p in ARTICLE)


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


def test_front_matter_that_is_no_yaml_is_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: Talks: day two\noutlet: Example Times\n---\n\nThe talks went on and on.\n")
    found = one(file)
    assert (found.title, found.outlet) == ("Talks: day two", "Example Times")


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


ROWS = [
    {
        "source": "Example Times",
        "date": "2021-06-30",
        "title": "Dam breaks",
        "url": "https://example.com/1",
        "text": ARTICLE[0],
    },
    {"source": "Example Post", "date": "", "title": "", "url": "", "text": ARTICLE[1]},
]


def test_jsonl_bad_lines_do_not_lose_the_others(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    lines = [json.dumps(ROWS[0]), "{not json", "", '{"text": ""}', '{"headline": "x"}', "[1]", json.dumps(ROWS[1])]
    file.write_text("\n".join(lines))
    found = all_of(file)
    assert [type(x).__name__ for x in found] == [
        "Document",
        "InputError",
        "SkippedInput",
        "InputError",
        "InputError",
        "Document",
    ]
    first, last = found[0], found[-1]
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert (first.path, last.path) == (f"{file}#1", f"{file}#7")
    assert (first.outlet, first.published, first.title, first.url) == (
        "Example Times",
        "2021-06-30",
        "Dam breaks",
        "https://example.com/1",
    )
    assert (last.published, last.url) == (None, None)
    assert all(str(file) in str(x) and "\n" not in str(x) for x in found if isinstance(x, InputError))


def test_json_list_object_and_wrapped(tmp_path: Path) -> None:
    for value, count in ((ROWS, 2), ({"articles": ROWS}, 2), (ROWS[0], 1)):
        file = tmp_path / "a.json"
        file.write_text(json.dumps(value, indent=1))
        assert len(all_of(file)) == count


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), ("|", "cp1252")]
)
def test_csv(tmp_path: Path, delimiter: str, encoding: str) -> None:
    file = tmp_path / "a.csv"
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(ROWS[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows([{**r, "text": r["text"] + "\n\nZweiter Absatz: Größe, Öl, “Öl”."} for r in ROWS])
    file.write_bytes(out.getvalue().encode(encoding))
    found = [d for d in all_of(file) if isinstance(d, Document)]
    assert [d.outlet for d in found] == ["Example Times", "Example Post"]
    assert "Größe" in found[0].text


def test_same_row_in_csv_and_jsonl_has_one_key(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(ROWS[0]))
    (tmp_path / "a.csv").write_text(",".join(ROWS[0]) + "\n" + ",".join(f'"{v}"' for v in ROWS[0].values()))
    assert one(tmp_path / "a.jsonl").sha256 == one(tmp_path / "a.csv").sha256


def test_columns_are_settable(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f'zeitung,artikel\nBeispiel,"{ARTICLE[0]}"\n')
    with pytest.raises(InputError, match="no column with the text"):
        all_of(file)
    assert one(file, fields={"text": "artikel", "outlet": "zeitung"}).outlet == "Beispiel"


def test_rows_of_markup_become_text(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"content": f"<p>{ARTICLE[0]}</p><p>{ARTICLE[1]}</p>"}))
    assert one(file).text == f"{ARTICLE[0]}\n\n{ARTICLE[1]}"


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Example Times</title><language>en-GB</language>
<item><title>Dam breaks</title><link>https://example.com/1</link><pubDate>Wed, 30 Jun 2021 08:00:00 GMT</pubDate>
<dc:creator>Ann Poole</dc:creator>
<description>&lt;p&gt;{ARTICLE[0]}&lt;/p&gt;&lt;p&gt;{ARTICLE[1]}&lt;/p&gt;</description></item>
<item><title>No text</title></item></channel></rss>"""


def test_feed(tmp_path: Path) -> None:
    file = tmp_path / "a.rss"
    file.write_text(RSS, encoding="utf-8")
    first, second = all_of(file)
    assert isinstance(first, Document)
    assert isinstance(second, SkippedInput)
    assert (first.outlet, first.author, first.title) == ("Example Times", "Ann Poole", "Dam breaks")
    assert (first.published, first.language, first.url) == ("2021-06-30", "en", "https://example.com/1")
    assert first.text == f"{ARTICLE[0]}\n\n{ARTICLE[1]}"


def test_atom_updated_is_no_publication_date(tmp_path: Path) -> None:
    file = tmp_path / "a.atom"
    file.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title><entry><title>T</title>'
        f"<updated>2021-06-30T00:00:00Z</updated><content>{ARTICLE[0]}</content></entry></feed>"
    )
    assert one(file).published is None


def test_xml_that_is_no_feed_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text("<?xml version='1.0'?><config><a>1</a></config>")
    with pytest.raises(InputError, match="not an RSS or Atom feed"):
        all_of(file)


def warc_of(pages: list[tuple[str, str]]) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, page in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(url, "response", payload=io.BytesIO(page.encode()), http_headers=headers)
        )
    return out.getvalue()


def test_warc(tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    data = warc_of([("https://example.com/dam", PAGE), ("https://example.com/empty", "<html></html>")])
    file.write_bytes(data)
    first, second = all_of(file)
    assert isinstance(first, Document)
    assert isinstance(second, SkippedInput)
    assert holds_article(first)
    assert first.path == f"{file}#1"
    (tmp_path / "cut.warc.gz").write_bytes(data[: len(data) // 3])
    with pytest.raises(InputError, match="web archive"):
        all_of(tmp_path / "cut.warc.gz")


def zip_of(members: dict[str, bytes | str], change: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            change(info)
            packed.writestr(info, data)
    return out.getvalue()


def test_zip_of_several_formats(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(
        zip_of(
            {
                "b/two.jsonl": "\n".join(json.dumps(r) for r in ROWS),
                "a/one.txt": "\n".join(ARTICLE),
                "a/empty.txt": "",
                "page.html": PAGE,
                "__MACOSX/x.txt": "junk",
                "style.css": "p {}",
                "inner.zip": zip_of({"x.txt": "text"}),
            }
        )
    )
    found = all_of(file)
    paths = [d.path for d in found if isinstance(d, Document)]
    assert paths == [f"{file}/a/one.txt", f"{file}/b/two.jsonl#1", f"{file}/b/two.jsonl#2", f"{file}/page.html"]
    assert sorted(type(x).__name__ for x in found if isinstance(x, InputError)) == ["InputError", "SkippedInput"]


def test_same_file_in_a_zip_has_the_same_key(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(ARTICLE[0])
    (tmp_path / "a.zip").write_bytes(zip_of({"other.txt": ARTICLE[0]}))
    assert one(tmp_path / "one.txt").sha256 == one(tmp_path / "a.zip").sha256


@pytest.mark.parametrize("name", ["../../etc/x.txt", "/etc/x.txt", "a/../../x.txt", "C:\\x.txt", "..\\x.txt"])
def test_zip_path_tricks_are_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(zip_of({name: "text", "good.txt": ARTICLE[0]}))
    found = all_of(file)
    assert sum(isinstance(x, Document) for x in found) == 1
    assert any("leads out" in str(x) for x in found)


def test_zip_bombs_and_links_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(zip_of({"bomb.txt": b"a " * 4_000_000}))
    assert "zip bomb" in str(all_of(file)[0])
    file.write_bytes(zip_of({"bomb.txt": b"a " * 4_000_000}))
    assert "bigger than the limit" in str(all_of(file, limit=100_000)[0])

    def link(info: zipfile.ZipInfo) -> None:
        info.external_attr = 0o120777 << 16

    file.write_bytes(zip_of({"link.txt": "/etc/passwd"}, link))
    assert "a link" in str(all_of(file)[0])


def test_metadata_by_hand_wins(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(PAGE, encoding="utf-8")
    found = one(file, given=Given(outlet="By Hand", published="3 May 2020"))
    assert (found.outlet, found.published, found.author) == ("By Hand", "2020-05-03", "Ann Poole")


def test_sources_toml(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(
        '[outlets."Example Times"]\naliases = ["The Ex Times"]\nkind = "newspaper"\ncountry = "GB"\n'
        'family = "Example Group"\ndomains = ["example.com"]\n'
    )
    sources = load_sources(file)
    assert sources.canonical("the ex times") == "Example Times"
    assert sources.of_address("https://news.example.com/x") == "Example Times"
    outlet = sources.get("Ex Times")
    assert outlet is not None
    assert outlet.family == "Example Group"
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": ARTICLE[0], "url": "https://www.example.com/1"}))
    assert one(tmp_path / "a.jsonl", sources=sources).outlet == "Example Times"
    assert one(tmp_path / "a.jsonl", sources=Sources()).outlet is None


@pytest.mark.parametrize("text", ["[outlets", '[outlets.x]\ncolour = "red"', "outlets = 3"])
def test_bad_sources_toml_names_the_place(tmp_path: Path, text: str) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(text)
    with pytest.raises(InputError, match=r"sources\.toml"):
        load_sources(file)


def test_find_a_format_by_content(tmp_path: Path) -> None:
    for name, data in {
        "page": PAGE.encode(),
        "feed": RSS.encode(),
        "rows": "\n".join(map(json.dumps, ROWS)).encode(),
    }.items():
        (tmp_path / name).write_bytes(data)
    found = {i.path: [d for d in read(i) if isinstance(d, Document)] for i in find([str(tmp_path)])}
    assert [len(v) for v in found.values()] == [1, 2, 1] or sorted(len(v) for v in found.values()) == [1, 1, 2]


def test_gzipped_text_is_refused_clearly(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(gzip.compress(b"text " * 100))
    with pytest.raises(InputError, match="gzip"):
        all_of(file)
