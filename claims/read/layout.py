"""Lines and paragraphs of a text, by offset: what cleaning and sentence splitting both stand on.

A paragraph is one line, unless the text was wrapped by hand or by a page layout (then lines up to the next blank one
belong together) or is Markdown (where one newline never ends a paragraph). Every function here is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\x00"
"""Characters that are neither text nor white space to Python, and mean nothing at the edge of a line."""

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+|\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]]{0,4}$")
_MARKER = re.compile(r"(?:#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s|>|\||```|={3,}\s*$|-{3,}\s*$)")

WRAP_WIDTHS = range(40, 131)
"""Widths at which people and page layouts wrap text; longer lines are paragraphs of their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its outer white space; ``start == end`` for a blank one."""

    start: int
    end: int
    breaks: int
    """Line ends between this and the line before (2 or more: a blank line stands between)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more lines that are read as one stretch of text."""

    start: int
    end: int
    breaks: int
    lines: tuple[Line, ...]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and invisible characters at its edges."""
    while start < end and (text[start].isspace() or text[start] in INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in INVISIBLE):
        end -= 1
    return start, end


def lines_of(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of ``text[start:end]`` that hold something, in order."""
    out: list[Line] = []
    breaks = 0
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        if match.group()[0] in "\n\r\x0b\x0c\x85\u2028\u2029":
            breaks += 1
            continue
        a, b = trim(text, match.start(), match.end())
        if a < b:
            out.append(Line(a, b, breaks))
            breaks = 0
    return out


def is_wrapped(text: str, lines: Sequence[Line]) -> bool:
    """Whether paragraphs were broken into lines of about one width."""
    pairs = [(a, b) for a, b in pairwise(lines) if b.breaks == 1]
    if len(pairs) < 3:
        return False
    widths = sorted(a.end - a.start for a, _ in pairs)
    if widths[len(widths) // 2] not in WRAP_WIDTHS or widths[-1] > 2 * WRAP_WIDTHS[-1]:
        return False
    open_ends = sum(not _TERMINAL.search(text[max(a.start, a.end - 6) : a.end]) for a, _ in pairs)
    lower = sum(text[b.start].islower() for _, b in pairs)
    return open_ends >= 0.55 * len(pairs) and lower >= 0.25 * len(pairs)


def paragraphs_of(text: str, start: int = 0, end: int | None = None, *, markdown: bool = False) -> list[Paragraph]:
    """The paragraphs of ``text[start:end]``, in order; together their lines are all of its lines."""
    lines = lines_of(text, start, end)
    wrapped = markdown or is_wrapped(text, lines)
    width = max((x.end - x.start for x in lines), default=0) if wrapped else 0
    groups: list[list[Line]] = []
    for line in lines:
        if groups and wrapped and line.breaks == 1 and _joined(text, groups[-1][-1], line, width, markdown):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Paragraph(g[0].start, g[-1].end, g[0].breaks, tuple(g)) for g in groups]


def _joined(text: str, above: Line, line: Line, width: int, markdown: bool) -> bool:
    """Whether ``line`` goes on with the paragraph of the line above it."""
    if markdown:
        heading = text.startswith("#", above.start)
        return not heading and not _MARKER.match(text, line.start, min(line.end, line.start + 8))
    short = above.end - above.start < 0.7 * width
    closed = bool(_TERMINAL.search(text[max(above.start, above.end - 6) : above.end]))
    return not (short and (closed or not text[line.start].islower()))
