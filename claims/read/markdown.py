"""Markdown with YAML front matter: the text is the whole file; front matter and the title line are boilerplate."""

from __future__ import annotations

from collections.abc import Iterator

from claims.models import Span
from claims.read.base import Given, Item, Options, Raw, document, sha256
from claims.read.decode import decode
from claims.read.front import front_matter

SUFFIXES = (".md", ".markdown", ".mdown")


def read(raw: Raw, options: Options) -> Iterator[Item]:
    """One article."""
    data = raw.data(options.limit)
    text, encoding = decode(data, raw.path)
    stated, spans = front_matter(text)
    if stated.url is None and raw.url:
        stated = stated.over(Given(url=raw.url))
    at = spans[-1].end if spans else 0
    comments = tuple(_comments(text, at))
    yield document(
        raw.path,
        sha256(data),
        text,
        options,
        stated=stated,
        encoding=encoding,
        boilerplate=spans + comments,
        markdown=True,
    )


def _comments(text: str, at: int) -> Iterator[Span]:
    """HTML comments, which no reader of the article sees."""
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        at = end + 3
        yield Span(start=start, end=at)
