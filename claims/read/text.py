"""Plain text: the file decoded, unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from claims.read.base import Item, Options, Raw, document, sha256
from claims.read.decode import decode

SUFFIXES = (".txt", ".text")


def read(raw: Raw, options: Options) -> Iterator[Item]:
    """One article."""
    from claims.read.base import Given

    data = raw.data(options.limit)
    text, encoding = decode(data, raw.path)
    yield document(raw.path, sha256(data), text, options, encoding=encoding, stated=Given(url=raw.url))
