"""Plain text: the file decoded, unchanged; front matter above it is boilerplate."""

from __future__ import annotations

from collections.abc import Iterator

from claims.read.base import Given, Item, Options, Raw, document, sha256
from claims.read.decode import decode
from claims.read.front import plain_front_matter

SUFFIXES = (".txt", ".text")


def read(raw: Raw, options: Options) -> Iterator[Item]:
    """One article."""
    data = raw.data(options.limit)
    text, encoding = decode(data, raw.path)
    stated, spans = plain_front_matter(text)
    stated = stated.over(Given(url=raw.url))
    yield document(raw.path, sha256(data), text, options, encoding=encoding, stated=stated, boilerplate=spans)
