"""Bytes to Documents: files, folders, standard input and addresses, in many formats.

``find`` turns what the user named into single inputs; ``read`` turns one input into its Documents; ``documents`` does
both. A problem with a whole input is raised by ``read`` (InputError, or SkippedInput where there is nothing to store);
a problem with one row, entry or member is *yielded* in place of its Document, so that the others are not lost::

    for one in find(["articles/", "export.jsonl"]):
        try:
            for item in read(one):
                if isinstance(item, InputError):
                    ...  # one line for the user
                else:
                    ...  # a Document
        except InputError as error:
            ...  # one line for the user
"""

from __future__ import annotations

from claims.read.base import LIMIT, Given, Item, Options
from claims.read.inputs import Input, find
from claims.read.reader import read
from claims.read.sources import Outlet, Sources, load_sources
from claims.read.stream import documents

__all__ = [
    "LIMIT",
    "Given",
    "Input",
    "Item",
    "Options",
    "Outlet",
    "Sources",
    "documents",
    "find",
    "load_sources",
    "read",
]
