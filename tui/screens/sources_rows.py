"""How a source, and what a source says, look in a list."""

from __future__ import annotations

from claims.models import Stance
from claims.plural import plural
from claims.rows import SourceClaim, SourceRow
from claims.safe import one_line
from tui import marks
from tui.wrap import Line, crop, ends, fit

KIND = 12
BAR = 14
RECORD = 96
"""Cells from which a row tells of sides changed and of marks corrected."""


def _names(source: SourceRow, width: int) -> Line:
    also = f"  also {', '.join(one_line(name) for name in source.aliases[:6])}" if source.aliases else ""
    return crop([(one_line(source.name), "strong"), (also, "faint")], width)


def head(width: int) -> Line:
    """Titles of the columns."""
    room = _name_room(width)
    line: Line = [("  " + fit("source", room) + " ", "muted"), (fit("kind", KIND) + fit("claims", BAR), "muted")]
    line += [(f"{'+':>5}", "asserts strong"), (f"{'−':>5}", "disputes strong"), (f"{'·':>5}", "reports")]
    line += [(f"{'changed':>9}{'corrected':>11}", "muted")] if width >= RECORD else []
    return [*line, (f"{'articles':>10}", "muted")] if width >= 70 else line


def _name_room(width: int) -> int:
    return max(10, width - 3 - KIND - BAR - 15 - (10 if width >= 70 else 0) - (20 if width >= RECORD else 0))


def bar(source: SourceRow, most: int) -> Line:
    """Sides taken, to the scale of the source that takes most."""
    total = source.asserts + source.disputes + source.reports
    room = max(1, round((BAR - 1) * total / most)) if total and most else 0
    parts = marks.bar(source.asserts, source.disputes, source.reports, room) if room else []
    if most <= BAR - 1:
        parts = marks.bar(source.asserts, source.disputes, source.reports, BAR - 1)
    used = sum(len(text) for text, _ in parts)
    return [*parts, (" " * (BAR - used), "")]


def _count(number: int, roles: str) -> tuple[str, str]:
    return (f"{number:>5}", f"{roles} strong") if number else (f"{'·':>5}", "faint")


def draw(source: SourceRow, width: int, most: int, marked: bool) -> list[Line]:
    """A source as a row."""
    room = _name_room(width)
    line: Line = [("◆ " if marked else "  ", "accent"), *ends(_names(source, room), [], room), (" ", "")]
    line += [(fit(marks.KINDS[source.kind], KIND), "muted"), *bar(source, most)]
    line += [_count(source.asserts, "asserts"), _count(source.disputes, "disputes"), _count(source.reports, "reports")]
    if width >= RECORD:
        right = f"{source.corrected} of {source.checked}" if source.checked else "·"
        line += [(f"{source.reversed or '·':>9}", "warn" if source.reversed else "faint"), (f"{right:>11}", "muted")]
    return [[*line, (f"{source.documents:>10}", "muted")] if width >= 70 else line]


def stances(said: SourceClaim, width: int) -> Line:
    """Which sides a source takes on a claim, signs and words."""
    if len(set(said.stances) - {"reports"}) > 1:
        return [(fit("± both sides", width), "warn")]
    side: Stance = next((s for s in said.stances if s != "reports"), "reports")
    return [(fit(f"{marks.SIGNS[side]} {side}", width), f"{side} strong")]


def draw_claim(said: SourceClaim, width: int) -> list[Line]:
    """A claim of a source as two lines or one."""
    word = (fit("CONTESTED" if said.contested else "", 10), "contested")
    text = (one_line(said.text)[:600], "strong" if said.contested else "")
    seen = marks.period(said.first_seen, said.last_seen)
    times = plural(said.mentions, "sentence")
    if said.course:
        seen = " → ".join(f"{marks.SIGNS[turn.stance]} {one_line(turn.published)[:10]}" for turn in said.course[:4])
    if width >= 110:
        tail: Line = [(f"{times:>13}  {seen:>23}", "muted")]
        return [ends([("  ", ""), *stances(said, 13), word, text], tail, width)]
    tail = [(f"{times}  {seen}", "muted")]
    return [crop([("  ", ""), *stances(said, 13), text], width), ends([(" " * 15, ""), word], tail, width)]
