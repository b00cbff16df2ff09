"""Laying text out in cells: wrapping, clipping, and styles over spans. Plain data, no widgets.

A *piece* is ``(text, roles)``, roles being names from :data:`tui.paint.ROLES` parted by spaces; a *line* is a list of
pieces. All texts have been through :func:`claims.safe.clean`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rich.cells import cell_len, get_character_cell_size

Piece = tuple[str, str]
Line = list[Piece]
Run = tuple[int, int, str]
"""A stretch of text with one look: start, end, roles."""

_SPACES = re.compile(" *")


def cells(text: str) -> int:
    """How many terminal cells ``text`` takes."""
    return len(text) if text.isascii() else cell_len(text)


def _reach(text: str, start: int, end: int, width: int) -> int:
    """The furthest offset such that the text from ``start`` up to it fits ``width``; at least one code point on."""
    near = min(end, start + width)
    if text[start:near].isascii() and (near == end or text[near].isascii()):
        return near
    used, at = 0, start
    while at < end:
        used += get_character_cell_size(text[at])
        if used > width:
            break
        at += 1
    return max(at, start + 1)


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """The visual lines of ``text`` as offsets, broken at spaces where there are any; linear in the text."""
    width = max(width, 2)
    lines: list[tuple[int, int]] = []
    start, length = 0, len(text)
    while start <= length:
        end = text.find("\n", start)
        end = length if end < 0 else end
        at = start
        while True:
            stop = _reach(text, at, end, width) if at < end else at
            if stop < end and text[stop] != " ":
                space = text.rfind(" ", at + 1, stop)
                stop = space + 1 if space > at else stop
            lines.append((at, stop))
            skipped = _SPACES.match(text, stop, end)
            at = skipped.end() if skipped else stop
            if at >= end:
                break
        start = end + 1
    return lines


def clip(text: str, width: int) -> str:
    """``text`` in at most ``width`` cells, an ellipsis standing for what is left out."""
    if width <= 0:
        return ""
    if len(text) <= width and cells(text) <= width:
        return text
    if width == 1:
        return "…"
    return text[: _reach(text, 0, len(text), width - 1)].rstrip()[: width - 1] + "…"


def fit(text: str, width: int, *, right: bool = False) -> str:
    """``text`` in exactly ``width`` cells."""
    shown = clip(text, width)
    room = " " * (width - cells(shown))
    return room + shown if right else shown + room


def length(line: Line) -> int:
    """Cells of a line."""
    return sum(cells(text) for text, _ in line)


def ends(left: Line, right: Line, width: int) -> Line:
    """One line with ``left`` at its left and ``right`` at its right; the left side gives way."""
    room = width - length(right)
    taken = crop(left, max(0, room - 1))
    return [*taken, (" " * max(0, room - length(taken)), ""), *right]


def crop(line: Line, width: int) -> Line:
    """The first ``width`` cells of a line, with an ellipsis where something was cut."""
    out: Line = []
    for index, (text, roles) in enumerate(line):
        size = cells(text)
        last = index == len(line) - 1
        if size > width or (size == width and not last and any(t for t, _ in line[index + 1 :])):
            out.append((clip(text + "…" if size == width else text, width), roles))
            break
        out.append((text, roles))
        width -= size
    return out


def flatten(spans: Iterable[Run], end: int) -> list[Run]:
    """Overlapping spans as runs that do not overlap, roles joined in the order given; together they cover 0 to end."""
    given = [(max(0, a), min(b, end), roles) for a, b, roles in spans if b > a and a < end and b > 0]
    edges = sorted({0, end, *(a for a, _, _ in given), *(b for _, b, _ in given)})
    starts: dict[int, list[int]] = {}
    for number, (a, _, _) in enumerate(given):
        starts.setdefault(a, []).append(number)
    runs: list[Run] = []
    live: list[int] = []
    for a, b in pairwise(edges):
        live = sorted([n for n in live if given[n][1] > a] + starts.get(a, []))
        runs.append((a, b, " ".join(dict.fromkeys(given[n][2] for n in live))))
    return runs


def dress(text: str, start: int, end: int, runs: Sequence[Run]) -> Line:
    """The line ``text[start:end]`` in the looks of ``runs`` (from :func:`flatten`)."""
    if not runs:
        return [(text[start:end], "")]
    at = max(0, bisect_right(runs, start, key=lambda run: run[0]) - 1)
    line: Line = []
    while at < len(runs) and runs[at][0] < end:
        a, b, roles = runs[at]
        if piece := text[max(a, start) : min(b, end)]:
            line.append((piece, roles))
        at += 1
    return line


def overlay(line: Line, offset: int, start: int, end: int, roles: str) -> Line:
    """``line``, which begins at ``offset`` of a text, with ``roles`` on top from ``start`` to ``end`` of that text."""
    out: Line = []
    for text, looks in line:
        a, b = max(0, start - offset), max(0, end - offset)
        parts = ((text[:a], looks), (text[a:b], f"{looks} {roles}"), (text[b:], looks)) if b > a else ((text, looks),)
        out += [part for part in parts if part[0]]
        offset += len(text)
    return out


def paragraph(
    text: str, width: int, spans: Iterable[Run] = (), *, roles: str = "", limit: int | None = None
) -> list[Line]:
    """``text`` wrapped to lines, ``roles`` under the looks of ``spans``; at most ``limit`` lines, then an ellipsis."""
    found = wrap(text, width)
    cut = limit is not None and len(found) > limit
    if cut:
        found = found[:limit]
    runs = flatten([(0, len(text), roles), *spans], len(text))
    lines = [dress(text, start, start + len(text[start:end].rstrip(" ")), runs) for start, end in found]
    if cut and lines:
        last = lines[-1]
        shown = clip("".join(t for t, _ in last) + "  ", max(1, width - 1)).rstrip()
        lines[-1] = [*crop(last, cells(shown)), ("…", roles)] if not shown.endswith("…") else crop(last, width - 1)
    return lines
