"""Counts in words, for whatever front end says them."""

from __future__ import annotations


def plural(number: int, one: str, many: str | None = None) -> str:
    """``3 outlets``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
