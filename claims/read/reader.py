"""One input to its Documents: which format it is, and the errors that every format shares."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import PurePath
from typing import BinaryIO, cast

from claims.errors import InputError
from claims.read.base import LIMIT, Format, Given, Item, Options, Raw, raw_bytes, too_big
from claims.read.inputs import Input, find, os_message, stdin_bytes
from claims.read.sources import Sources

MODULES = {
    "text": (".txt", ".text"),
    "markdown": (".md", ".markdown", ".mdown"),
    "html": (".html", ".htm", ".xhtml", ".mhtml", ".mht"),
    "pdf": (".pdf",),
    "docx": (".docx",),
    "mail": (".eml",),
    "rows": (".jsonl", ".ndjson", ".json", ".csv", ".tsv"),
    "feed": (".rss", ".atom", ".xml", ".rdf"),
    "warc": (".warc", ".warc.gz"),
    "archive": (".zip",),
}
"""Format module by the end of the name. Names come first, content decides where they say nothing."""

TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "application/pdf": "pdf",
    "message/rfc822": "mail",
    "application/json": "rows",
    "application/x-ndjson": "rows",
    "application/jsonl": "rows",
    "text/csv": "rows",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "text/xml": "feed",
    "application/xml": "feed",
    "application/warc": "warc",
    "application/zip": "archive",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/plain": "text",
}


def read(
    source: str | PathLike[str] | Input,
    *,
    limit: int = LIMIT,
    given: Given | None = None,
    fields: Mapping[str, str] | None = None,
    sources: Sources | None = None,
    allow_private: bool = False,
) -> Iterator[Item]:
    """The Documents of one input, in stable order.

    ``limit`` holds for one article; ``given`` is metadata set by hand; ``fields`` names the columns of row formats;
    ``allow_private`` lets addresses lead into the local network. Problems of single rows and members are yielded.
    """
    options = Options(limit=limit, given=given or Given(), fields=dict(fields or {}), sources=sources or Sources())
    one = source if isinstance(source, Input) else next(find([str(source)]))
    if one.problem:
        raise InputError(one.problem)
    try:
        yield from read_raw(_raw(one, options, allow_private), options)
    except OSError as error:
        raise InputError(os_message(one.path, error)) from error
    except RecursionError as error:
        raise InputError(f"{one.path}: nested too deeply to be an article; leave it out.") from error


def read_raw(raw: Raw, options: Options) -> Iterator[Item]:
    """The Documents of bytes that have a name."""
    module = cast(Format, importlib.import_module(f"claims.read.{detect(raw)}"))
    yield from module.read(raw, options)


def detect(raw: Raw) -> str:
    """The format module for an input: by content type, by name, by its first bytes."""
    named = by_name(raw.path) if raw.url is None else None
    declared = TYPES.get((raw.content_type or "").split(";")[0].strip().lower())
    if declared and declared != "text":
        return "rows" if declared == "rows" else declared
    return named or by_name(raw.url or "") or declared or by_content(raw.head())


def by_name(path: str) -> str | None:
    """The format that a file's name tells."""
    name = PurePath(path.split("?")[0]).name.lower()
    for module, suffixes in MODULES.items():
        if name.endswith(suffixes):
            return module
    return None


def by_content(head: bytes) -> str:
    """The format that the first bytes tell; text where they tell nothing."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:600]
    low = start.lower()
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in head or b"[Content_Types].xml" in head else "archive"
    if start.startswith(b"WARC/"):
        return "warc"
    if low.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "html"
    if low.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf")):
        return "html" if b"<html" in low else "feed"
    if start.startswith((b'{"', b'{ "', b"[{", b"[\n")):
        return "rows"
    if start.startswith((b"---\n", b"---\r\n")):
        return "markdown"
    return "text"


def _raw(one: Input, options: Options, allow_private: bool) -> Raw:
    if one.kind == "stdin":
        most = 50 * options.limit
        data = stdin_bytes(most)
        if len(data) > most:
            raise too_big("-", most)
        return raw_bytes("-", data)
    if one.kind == "address":
        from claims.read.fetch import fetch

        page = fetch(one.path, limit=options.limit, allow_private=allow_private)
        return raw_bytes(one.path, page.data, url=page.url, content_type=page.content_type)
    location = one.location
    if location is None:
        raise InputError(f"{one.path}: no such file; check the name.")

    def opener() -> BinaryIO:
        return location.open("rb")

    return Raw(path=one.path, opener=opener)
