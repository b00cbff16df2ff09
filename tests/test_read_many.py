"""Formats of which one file holds many articles: rows, feeds, web archives, zips. All texts are invented."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from reading import ARTICLE, PAGE, all_of, holds_article, one

from claims.errors import InputError, SkippedInput
from claims.models import Document
from claims.read import Sources, find, load_sources, read

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
