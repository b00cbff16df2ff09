"""Markdown with YAML front matter: the text is the whole file; front matter and the title line are boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from claims.models import Span
from claims.read.base import Given, Item, Options, Raw, document, sha256
from claims.read.decode import decode
from claims.read.fields import given_of

SUFFIXES = (".md", ".markdown", ".mdown")
_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)\s*:\s*(?P<value>\S.*)")
_MOST = 100_000


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


def front_matter(text: str) -> tuple[Given, tuple[Span, ...]]:
    """The metadata between the first two ``---`` lines, and their span; nothing where there are none."""
    fence = _FENCE.match(text)
    end = _END.search(text, fence.end(), _MOST) if fence else None
    if fence is None or end is None:
        return Given(), ()
    values = _mapping(text[fence.end() : end.start()])
    if values is None:
        return Given(), ()
    return given_of(values, {}), (Span(start=0, end=end.end()),)


def _mapping(block: str) -> Mapping[str, object] | None:
    """YAML, or else plain ``key: value`` lines (``title: Talks: day two`` is no YAML, but clear enough)."""
    import yaml

    try:
        loaded = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, RecursionError):
        pairs = [m for line in block.splitlines() if (m := _PAIR.fullmatch(line.strip()))]
        return {m["key"]: m["value"].strip("\"'") for m in pairs} if pairs else None
    if loaded is None:
        return {}
    return {str(k): v for k, v in loaded.items()} if isinstance(loaded, dict) else None
