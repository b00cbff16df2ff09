"""JSON lines, JSON and CSV: one article a row. Field names are guessed, or set by the user."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from claims.errors import InputError, SkippedInput
from claims.read.base import WHOLE_FILE, Item, Options, Raw, canonical, document, sha256, too_big
from claims.read.decode import decode
from claims.read.fields import find_key, given_of, normal
from claims.read.html import fragment_text

SUFFIXES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv")
_MARKUP = re.compile(r"</(?:p|div|a|span|strong|em|h[1-6]|li|ul|td)>|<(?:br|p)\s?/?>", re.IGNORECASE)
_LISTS = (
    "articles",
    "items",
    "entries",
    "documents",
    "data",
    "results",
    "rows",
    "response",
    "docs",
    "stories",
    "posts",
)


def read(raw: Raw, options: Options) -> Iterator[Item]:
    """One Document a row; a row that cannot be read gives its InputError in its place."""
    head = raw.head(200_000)
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise SkippedInput(f"{raw.path}: the file is empty; nothing to store.")
    name = (raw.url or raw.path).lower()
    if name.endswith((".csv", ".tsv")) or (raw.content_type or "").startswith("text/csv"):
        yield from _table(raw, options, head)
    elif name.endswith((".jsonl", ".ndjson")) or _is_lines(head):
        yield from _lines(raw, options)
    else:
        yield from _json(raw, options)


def _is_lines(head: bytes) -> bool:
    """Two or more lines, the first of which is an object by itself."""
    first, newline, rest = head.lstrip(b"\xef\xbb\xbf \r\n\t").partition(b"\n")
    if not first.startswith(b"{"):
        return False
    try:
        json.loads(first)
    except ValueError:
        return False
    return bool(newline and rest.lstrip().startswith(b"{")) or not rest.strip()


def _lines(raw: Raw, options: Options) -> Iterator[Item]:
    with raw.open() as stream:
        number = 0
        while line := stream.readline(options.limit + 1):
            number += 1
            place = f"{raw.path}#{number}"
            if len(line) > options.limit and not line.endswith(b"\n"):
                _skip_line(stream)
                yield too_big(place, options.limit)
                continue
            if not line.strip(b" \t\r\n\x00\xef\xbb\xbf"):
                continue
            try:
                value = json.loads(line.decode("utf-8-sig"))
            except UnicodeDecodeError:
                yield InputError(f"{place}: this line is not UTF-8; convert the file (iconv -t UTF-8).")
                continue
            except (ValueError, RecursionError) as error:
                yield InputError(f"{place}: this line is not JSON ({_short(error)}); mend or remove it.")
                continue
            yield _row(value, place, options)


def _skip_line(stream: BinaryIO) -> None:
    while (more := stream.readline(1 << 20)) and not more.endswith(b"\n"):
        pass


def _json(raw: Raw, options: Options) -> Iterator[Item]:
    text, _ = decode(raw.data(WHOLE_FILE * options.limit), raw.path)
    try:
        value = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{raw.path}: not JSON ({_short(error)}); mend it, or save one object a line as .jsonl."
        ) from error
    if isinstance(value, dict):
        inner = next((value[k] for k in _LISTS if isinstance(value.get(k), list)), None)
        if inner is None:
            item = _row(value, raw.path, options)
            if isinstance(item, InputError):
                raise item
            yield item
            return
        value = inner
    if not isinstance(value, list):
        raise InputError(
            f"{raw.path}: neither an article nor a list of articles; give an object, a list, or one object a line."
        )
    for number, one in enumerate(value, 1):
        yield _row(one, f"{raw.path}#{number}", options)


def _table(raw: Raw, options: Options, head: bytes) -> Iterator[Item]:
    encoding = _table_encoding(raw, head)
    csv.field_size_limit(max(options.limit, csv.field_size_limit()))
    with raw.open() as binary, io.TextIOWrapper(binary, encoding=encoding, newline="", errors="replace") as stream:
        reader = csv.reader(_without_nul(stream), delimiter=_delimiter(head, encoding, raw.path))
        header: list[str] | None = None
        number = 0
        while True:
            try:
                values = next(reader, None)
            except csv.Error as error:
                yield InputError(f"{raw.path}#{number + 1}: this row is not CSV ({error}); mend or remove it.")
                continue
            if values is None:
                break
            if not any(v.strip() for v in values):
                continue
            if header is None:
                header = [v.strip().lstrip("\ufeff") for v in values]
                _require_text(header, options, raw.path)
                continue
            number += 1
            yield _row(dict(zip(header, values, strict=False)), f"{raw.path}#{number}", options)
    if header is None:
        raise SkippedInput(f"{raw.path}: no row in this table; nothing to store.")


def _without_nul(lines: Iterator[str] | io.TextIOWrapper) -> Iterator[str]:
    for line in lines:
        yield line.replace("\x00", "")


def _table_encoding(raw: Raw, head: bytes) -> str:
    """UTF-8 if all of the file is, else what the first part looks like; one pass, nothing held."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return name
    decoder = codecs.getincrementaldecoder("utf-8")()
    with raw.open() as stream:
        try:
            while chunk := stream.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
            return "utf-8"
        except UnicodeDecodeError:
            name = decode(head, raw.path)[1]
            return "utf-8" if name.startswith("utf-8") else name


def _delimiter(head: bytes, encoding: str, path: str) -> str:
    if path.lower().endswith(".tsv"):
        return "\t"
    first = head.decode(encoding, "replace").lstrip("\ufeff").split("\n", 1)[0]
    bare = re.sub(r'"[^"]*"', "", first)
    return max(",;\t|", key=lambda d: (bare.count(d), d == ","))


def _require_text(header: list[str], options: Options, path: str) -> None:
    if find_key({normal(h): h for h in header}, "text", options.fields) is None:
        raise InputError(
            f"{path}: no column with the text (columns: {', '.join(header[:12])[:200]}); name one "
            "of them text, body or content."
        )


def _row(value: object, place: str, options: Options) -> Item:
    """The Document of one row, or what is wrong with it."""
    if not isinstance(value, dict):
        return InputError(f"{place}: not an object with fields; give one article a row.")
    row: Mapping[str, object] = value
    keys = {normal(k): k for k in row if isinstance(k, str)}
    column = find_key(keys, "text", options.fields)
    if column is None:
        return InputError(
            f"{place}: no field with the text (fields: {', '.join(list(keys)[:12])[:200]}); name one "
            "of them text, body or content."
        )
    text = row[column]
    if isinstance(text, list):
        text = "\n\n".join(str(t) for t in text)
    if not isinstance(text, str) or not text.strip():
        return SkippedInput(f"{place}: no text in this row; nothing to store.")
    if len(text) > options.limit:
        return too_big(place, options.limit)
    text = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate from \ud800 cannot be stored
    if len(_MARKUP.findall(text[:5000])) >= 2:
        text = fragment_text(text)
    stated = given_of(row, options.fields)
    try:
        return document(place, sha256(canonical(text, stated)), text, options, stated=stated)
    except InputError as error:
        return error


def _short(error: Exception) -> str:
    return str(error).split("\n")[0][:120] or type(error).__name__
