"""What every format module shares: the raw input, the options, and how a Document is made of a text.

A format is one module with ``read(raw, options)``, which yields Documents in stable order, and in place of a row, entry
or member that cannot be read an InputError (yielded, not raised, so that the others are not lost). It raises InputError
where nothing of the input can be read.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from pydantic import Field

from claims.errors import InputError, SkippedInput
from claims.models import Document, Frozen, Span
from claims.read.sources import Sources

LIMIT = 10_000_000
"""Bytes (and characters) of one article, unless told otherwise."""

WHOLE_FILE = 20
"""A format that holds many articles, but must be loaded whole (JSON, feeds), may take so many times the limit."""

Item = Document | InputError

_HALVES = re.compile("[\ud800-\udfff]")


class Given(Frozen):
    """Metadata that somebody states: the user, front matter, a column, a page's own metadata."""

    outlet: str | None = None
    via: str | None = None
    author: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    odd_date: str | None = Field(default=None, exclude=True)
    """The date as it is stated, where no calendar has it."""

    def over(self, other: Given) -> Given:
        """This, with its gaps filled from ``other``."""
        return Given(**{k: v if v is not None else getattr(other, k) for k, v in self})


@dataclass(frozen=True)
class Options:
    """How to read: the same for every input of one call."""

    limit: int = LIMIT
    given: Given = field(default_factory=Given)
    """Set by hand: wins over everything the input says."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Column or key names of row formats, by ours: ``{"text": "artikel", "outlet": "zeitung"}``."""
    sources: Sources = field(default_factory=Sources)


@dataclass(frozen=True)
class Raw:
    """One input's name and bytes."""

    path: str
    opener: Callable[[], BinaryIO]
    url: str | None = None
    content_type: str | None = None

    def open(self) -> BinaryIO:
        """A fresh stream from the beginning."""
        return self.opener()

    def head(self, size: int = 4096) -> bytes:
        """The first bytes."""
        with self.open() as stream:
            return stream.read(size)

    def data(self, limit: int) -> bytes:
        """All bytes; raises InputError for more than ``limit`` and SkippedInput for none."""
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise too_big(self.path, limit)
        if not data.strip(b" \t\r\n\x00"):
            raise SkippedInput(f"{self.path}: the file is empty; nothing to store.")
        return data


class Format(Protocol):
    """A module of this package that reads one kind of file."""

    def read(self, raw: Raw, options: Options) -> Iterator[Item]:
        """The documents of one input, and the problems of single rows or members."""
        ...


def raw_bytes(path: str, data: bytes, *, url: str | None = None, content_type: str | None = None) -> Raw:
    """An input that is in memory."""
    return Raw(path=path, opener=lambda: io.BytesIO(data), url=url, content_type=content_type)


def too_big(path: str, limit: int) -> InputError:
    """The error for an input over the limit."""
    return InputError(
        f"{path}: bigger than the limit of {limit:,} bytes; split it, or raise max_bytes in contested.toml."
    )


def sha256(data: bytes) -> str:
    """The key of a document."""
    return hashlib.sha256(data).hexdigest()


def canonical(text: str, given: Given) -> bytes:
    """A row's canonical content: the same article in CSV and in JSON lines has the same key."""
    row = {"text": text, **given.model_dump(exclude_none=True)}
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def sound(text: str) -> str:
    """Halves of a character (lone surrogates, which JSON and YAML can escape) replaced, one for one: UTF-8 has none."""
    return text if text.isascii() else _HALVES.sub("\N{REPLACEMENT CHARACTER}", text)


def document(
    path: str,
    sha: str,
    text: str,
    options: Options,
    *,
    stated: Given | None = None,
    encoding: str = "utf-8",
    boilerplate: tuple[Span, ...] = (),
    markdown: bool = False,
) -> Document:
    """A Document of a text: cleaned, and with metadata by hand, as stated, or as the text itself supports it."""
    from claims.read.clean import clean
    from claims.read.dates import parse_date
    from claims.read.language import language_of

    text = sound(text)
    if not any(c.isalnum() for c in text):
        raise SkippedInput(f"{path}: no text in it; nothing to store.")
    by_hand = options.given.over(stated or Given())
    by_hand = Given(**{name: sound(value) if value else value for name, value in by_hand})
    found = clean(text, known=by_hand, boilerplate=boilerplate, markdown=markdown, aliases=options.sources.names())
    meta = by_hand.over(found.given)
    url = meta.url
    outlet = options.sources.canonical(meta.outlet) or options.sources.of_address(url)
    via = options.sources.canonical(meta.via) or options.sources.of_address(found.origin) or found.origin_host
    odd = by_hand.odd_date if not options.given.published else None
    published = parse_date(meta.published) if meta.published else None
    return Document(
        path=path,
        sha256=sha,
        text=text,
        url=url,
        outlet=outlet,
        via=via if via != outlet else None,
        author=meta.author,
        title=meta.title,
        published=published,
        language=meta.language or language_of(text, found.spans),
        encoding=encoding,
        boilerplate=found.spans,
        doubt=f"{path}: no calendar has the date {odd!r}; stored {_as(published)}." if odd else None,
    )


def _as(published: str | None) -> str:
    return f"as {published}" if published else "without a date"
