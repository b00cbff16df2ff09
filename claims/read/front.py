"""Front matter: metadata between two ``---`` lines above an article, in Markdown and in plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from claims.models import Span
from claims.read.base import Given
from claims.read.fields import given_of

_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)\s*:\s*(?P<value>\S.*)")
_FIELD_LINE = re.compile(r"[A-Za-z][\w -]{0,40}?\s*:.*|[ \t#-].*|")
"""A field, or what can belong to one: an indented line, an item of a list, a comment, nothing."""
_MOST = 100_000


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


def plain_front_matter(text: str) -> tuple[Given, tuple[Span, ...]]:
    """The same in plain text, where ``---`` may be a mere rule: only lines of fields, and something known in them."""
    stated, spans = front_matter(text)
    lines = text[: spans[0].end].splitlines()[1:-1] if spans else []
    if stated == Given() or not all(_FIELD_LINE.fullmatch(line) for line in lines):
        return Given(), ()
    return stated, spans


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
