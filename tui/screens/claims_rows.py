"""How a claim looks in a list: a table row where there is room, two lines where there is not."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from claims.glance import Glance
from claims.plural import plural
from claims.rows import ClaimRow
from claims.safe import one_line
from tui import marks
from tui.widgets.band import Draw
from tui.wrap import Line, Run, clip, dress, ends, fit, flatten, length, paragraph

ONE_LINE = 104
"""Cells from which a claim fits on one line with its columns."""

WORD = 10
BAR = 10


WHY, SPARK = 13, 12
TICKS = "▁▂▃▄▅▆▇█"


class Columns(NamedTuple):
    """Cells for the wording, and which columns there is room for."""

    wording: int
    outlets: bool
    first: bool
    why: bool
    spark: bool


def _columns(width: int) -> Columns:
    outlets, first, why, spark = width >= 96, width >= 150, width >= 136, width >= 112
    taken = 2 + WORD + 1 + BAR + 1 + 12 + 11
    taken += (9 if outlets else 0) + (11 if first else 0) + (WHY + 1 if why else 0) + (SPARK + 1 if spark else 0)
    return Columns(width - taken, outlets, first, why, spark)


def head(width: int) -> Line:
    """Titles of the columns."""
    room = _columns(width)
    line: Line = [("  " + fit("standing", WORD) + " " + fit("claim", room.wording) + " ", "muted")]
    line += [(fit("voices", BAR), "muted"), (f"{'+':>4}", "asserts strong"), (f"{'−':>4}", "disputes strong")]
    line += [(f"{'·':>4}", "reports")]
    line += [(" " + fit("disputed for", WHY), "muted")] if room.why else []
    line += [(fit("outlets", 9, right=True), "muted")] if room.outlets else []
    line += [(" " + fit("over time", SPARK), "muted")] if room.spark else []
    line += [(fit("first", 11, right=True), "muted")] if room.first else []
    return [*line, (fit("last seen", 11, right=True), "muted")]


def spark(over_time: Sequence[int]) -> str:
    """How often over time, as a line of bars to the scale of its own highest; a dot where there is nothing."""
    most = max(over_time, default=0)
    return "".join(TICKS[(n * (len(TICKS) - 1)) // most] if n else "·" for n in over_time)


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


def draw(claim: ClaimRow, width: int, words: str = "", glance: Glance | None = None) -> list[Line]:
    """One claim as one line or two, by the width."""
    why = clip(one_line(glance.reason), WHY) if glance and glance.reason and claim.disputing else ""
    times = spark(glance.over_time) if glance else ""
    word, roles = marks.standing(claim)
    pin = ("◆ " if claim.pinned else "  ", "accent")
    bar = marks.bar(claim.asserting, claim.disputing, claim.reporting, BAR)
    if width < ONE_LINE - 3:
        line = [pin, (fit(word, WORD), roles), (" ", ""), *wording(claim, width - WORD - 3, words)]
        outlets, seen = plural(claim.outlets, "outlet"), marks.period(claim.first_seen, claim.last_seen)
        last = one_line(claim.last_seen)[:10]
        origins = f"{outlets}, {plural(claim.origins, 'origin')}"
        left: Line = [("  ", ""), *bar, (" ", "")]
        left += marks.counts(claim.asserting, claim.disputing, claim.reporting, 2)
        wide = [f"{times}  {outlets}  {last}", f"{origins}  {seen}"] if width >= 86 else []
        tails = (*wide, f"{outlets}  {seen}", f"{outlets}  {last}", last)
        if why and length(left) + len(why) + 25 <= width:
            left.append((f"  {why}", "muted"))
        tail = next((text for text in tails if length(left) + len(text) + 2 <= width), "")
        return [line, ends(left, [(tail, "muted")], width)]
    room = _columns(width)
    text = wording(claim, room.wording, words)
    line = [pin, (fit(word, WORD), roles), (" ", ""), *_padded(text, room.wording), (" ", ""), *bar]
    line += [
        _count(claim.asserting, "asserts"),
        _count(claim.disputing, "disputes"),
        _count(claim.reporting, "reports"),
    ]
    line += [(" " + fit(why, WHY), "muted")] if room.why else []
    line += [(fit(f"{claim.outlets}/{claim.origins}", 9, right=True), "muted")] if room.outlets else []
    line += [(" " + fit(times, SPARK), "muted")] if room.spark else []
    line += [(fit(one_line(claim.first_seen), 11, right=True), "muted")] if room.first else []
    return [[*line, (fit(one_line(claim.last_seen) or "undated", 11, right=True), "muted")]]


def _padded(line: Line, width: int) -> Line:
    return [*line, (" " * max(0, width - length(line)), "")]


def nothing(only: set[str], everything: bool, key: Callable[[str], str], width: int) -> list[Line]:
    """Why no claim is listed, by what the list is narrowed to, and which keys help; ``key`` knows a command's."""
    if only == {"pinned"}:
        told = "No claim is pinned."
        ways = [("claims.pinned", "shows all claims again"), ("decide.pin", "then pins the claim under the cursor")]
    elif only == {"contested"}:
        told = "No claim is contested: nobody disputes what somebody else asserts."
        ways = [("claims.contested", "shows all claims again")]
    elif only:
        told = "No claim fits all that the list is narrowed to."
        ways = [("app.back", "shows all claims again")]
    else:
        told = "No claim was found in these articles." if everything else "No claim recurs in these articles."
        ways = [] if everything else [("claims.everything", "also shows claims that only one sentence makes")]
    lines: list[Line] = [[], *paragraph(told, width, roles="strong")]
    for command, does in ways:
        lines += paragraph(f"{key(command)} {does}", width, [(0, len(key(command)), "key")])
    return lines


def welcome(database: Path, *, void: bool = False) -> Draw:
    """What to do with an empty database, or with a file that holds nothing at all (``void``)."""

    def lines(width: int) -> list[Line]:
        db = "" if str(database) == "claims.db" else f"--db {one_line(shlex.quote(str(database)))} "
        text = "Contested reads articles, finds claims that recur in them, and shows who asserts and who disputes each."
        name = f"The file {one_line(database.name)} is empty: nothing was ever read into it."
        return [
            [("Nothing to read yet", "title")],
            [],
            *([*paragraph(name, min(width, 90), roles="warn"), []] if void else []),
            *paragraph(text, min(width, 90)),
            [],
            [("Press ", ""), ("0", "key"), (" to name files, folders or addresses here, or leave and use:", "")],
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
