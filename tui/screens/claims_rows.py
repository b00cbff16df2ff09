"""How a claim looks in a list: a table row where there is room, two lines where there is not."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from claims.rows import ClaimRow
from claims.safe import one_line
from tui import marks
from tui.widgets.band import Draw
from tui.wrap import Line, Run, clip, dress, ends, fit, flatten, length, paragraph

ONE_LINE = 104
"""Cells from which a claim fits on one line with its columns."""

WORD = 10
BAR = 10


def _columns(width: int) -> tuple[int, bool, bool]:
    """Cells for the wording, and whether there is room for the outlets and the first date."""
    outlets, first = width >= 96, width >= 128
    taken = 2 + WORD + 1 + BAR + 1 + 12 + (9 if outlets else 0) + (11 if first else 0) + 11
    return width - taken, outlets, first


def head(width: int) -> Line:
    """Titles of the columns."""
    wording, outlets, first = _columns(width)
    line: Line = [("  " + fit("standing", WORD) + " " + fit("claim", wording) + " ", "muted")]
    line += [(fit("voices", BAR), "muted"), (f"{'+':>4}", "asserts strong"), (f"{'−':>4}", "disputes strong")]
    line += [(f"{'·':>4}", "reports")]
    line += [(fit("outlets", 9, right=True), "muted")] if outlets else []
    line += [(fit("first", 11, right=True), "muted")] if first else []
    return [*line, (fit("last seen", 11, right=True), "muted")]


def _hits(text: str, words: str) -> list[Run]:
    """Where the filter's words stand in a wording."""
    found = [re.escape(word) for word in re.findall(r"\w+", words)]
    if not found:
        return []
    return [(m.start(), m.end(), "hit") for m in re.finditer(r"\b(?:" + "|".join(found) + ")", text, re.IGNORECASE)]


def wording(claim: ClaimRow, width: int, words: str = "") -> Line:
    """The claim's text on one line."""
    text = clip(one_line(claim.text), width)
    roles = "strong" if claim.contested else ""
    return dress(text, 0, len(text), flatten([(0, len(text), roles), *_hits(text, words)], len(text)))


def _count(number: int, roles: str) -> tuple[str, str]:
    return (f"{number:>4}", f"{roles} strong") if number else ("   ·", "faint")


def draw(claim: ClaimRow, width: int, words: str = "") -> list[Line]:
    """One claim as one line or two, by the width."""
    word, roles = marks.standing(claim)
    pin = ("◆ " if claim.pinned else "  ", "accent")
    bar = marks.bar(claim.asserting, claim.disputing, claim.reporting, BAR)
    if width < ONE_LINE - 3:
        line = [pin, (fit(word, WORD), roles), (" ", ""), *wording(claim, width - WORD - 3, words)]
        outlets, seen = marks.plural(claim.outlets, "outlet"), marks.period(claim.first_seen, claim.last_seen)
        last = one_line(claim.last_seen)[:10]
        origins = f"{outlets}, {marks.plural(claim.origins, 'origin')}"
        left: Line = [("  ", ""), *bar, (" ", "")]
        left += marks.counts(claim.asserting, claim.disputing, claim.reporting, 2)
        tails = (*([f"{origins}  {seen}"] if width >= 90 else []), f"{outlets}  {seen}", f"{outlets}  {last}", last)
        tail = next((text for text in tails if length(left) + len(text) + 2 <= width), "")
        return [line, ends(left, [(tail, "muted")], width)]
    room, outlets_too, first_too = _columns(width)
    text = wording(claim, room, words)
    line = [pin, (fit(word, WORD), roles), (" ", ""), *_padded(text, room), (" ", ""), *bar]
    line += [
        _count(claim.asserting, "asserts"),
        _count(claim.disputing, "disputes"),
        _count(claim.reporting, "reports"),
    ]
    line += [(fit(f"{claim.outlets}/{claim.origins}", 9, right=True), "muted")] if outlets_too else []
    line += [(fit(one_line(claim.first_seen), 11, right=True), "muted")] if first_too else []
    return [[*line, (fit(one_line(claim.last_seen) or "undated", 11, right=True), "muted")]]


def _padded(line: Line, width: int) -> Line:
    return [*line, (" " * max(0, width - length(line)), "")]


def welcome(database: Path) -> Draw:
    """What to do with an empty database."""

    def lines(width: int) -> list[Line]:
        db = "" if str(database) == "claims.db" else f"--db {one_line(shlex.quote(str(database)))} "
        text = "Contested reads articles, finds claims that recur in them, and shows who asserts and who disputes each."
        return [
            [("Nothing to read yet", "title")],
            [],
            *paragraph(text, min(width, 90)),
            [],
            [("Leave with ", ""), ("q", "key"), (" and give it files or a folder:", "")],
            [],
            *[[("    ", ""), *line] for line in paragraph(f"claims {db}ingest PATH...", width - 4, roles="strong")],
            [],
            *paragraph(
                "An ingest running in another terminal shows up here with r (read again). F1 explains every key.",
                min(width, 90),
                roles="muted",
            ),
        ]

    return lines
