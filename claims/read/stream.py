"""All that a user named, as one stream of Documents and problems: what the pipeline takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from claims.errors import InputError
from claims.read.base import Item
from claims.read.inputs import Input, find
from claims.read.reader import by_name, read

MANY = frozenset({"rows", "feed", "warc", "archive"})
"""Formats of which one file holds any number of articles."""


def documents(paths: Sequence[str], **options: Any) -> tuple[Iterator[Item], int | None]:
    """The Documents of everything named, and how many inputs that is (``None`` where one may hold many articles).

    What cannot be read comes as an :class:`InputError` in its place. ``options`` are those of
    :func:`claims.read.read`.
    """
    inputs = list(find(paths))
    countable = all(one.kind == "file" and by_name(one.path) not in MANY for one in inputs)
    return _stream(inputs, options), len(inputs) if countable else None


def _stream(inputs: Sequence[Input], options: dict[str, Any]) -> Iterator[Item]:
    for one in inputs:
        try:
            for item in read(one, **options):
                yield _named(item, one) if isinstance(item, InputError) else item
        except InputError as error:
            yield _named(error, one)


def _named(error: InputError, one: Input) -> InputError:
    error.path = one.path
    return error
