"""Claims over time, or the voices on one claim: a row of bars by week, month or year, the cell in words below."""

from __future__ import annotations

import calendar
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from claims.plural import plural
from claims.rows import MentionRow
from claims.safe import one_line
from claims.timeline import (
    SCALES,
    ClaimTimeline,
    ClaimTimes,
    Scale,
    Timeline,
    VoiceTimes,
    claim_timeline,
    period,
    timeline,
)
from claims.views import Views
from tui import marks
from tui.commands import bindings
from tui.screens.base import Behind, Memo
from tui.screens.gridded import Gridded
from tui.takeout import Shown
from tui.widgets.grid import Shape
from tui.wrap import Line, Piece, crop, paragraph

CLAIMS = 60
"""Claims read, the most contested first."""

TURNED = "↺"
"""Stands before what holds a change of sides."""


def title(period: str) -> str:
    """A period as it stands over its column: ``2024 Jun``, ``2024 W26``."""
    year, _, part = period.partition("-")
    return f"{year} {part if part.startswith('W') else calendar.month_abbr[int(part)]}" if part else year


class Found(Message):
    """The claims, or one claim's voices, over time."""

    def __init__(self, times: Timeline | ClaimTimeline) -> None:
        self.times = times
        super().__init__()


class TimelineScreen(Gridded):
    """See the module. With ``claim_id``: the voices on that claim."""

    PLACE = "timeline"
    BINDINGS: ClassVar[list[BindingType]] = bindings("timeline", "grid", "behind", "cite")
    SHAPES = (Shape(7, 2), Shape(14, 2))

    def __init__(self, claim_id: int | None = None) -> None:
        super().__init__()
        self.claim_id = claim_id
        self.times: Timeline | ClaimTimeline | None = None
        self.rows: tuple[ClaimTimes | VoiceTimes, ...] = ()
        self.scale: Scale | None = None
        self.only_contested = False

    def memo(self) -> Memo:
        """See the base."""
        return ["timeline", self.claim_id]

    def load(self) -> None:
        """The rows."""
        if self.contested.reader.missing:
            return
        claim_id, scale, contested = self.claim_id, self.scale, self.only_contested

        def question(views: Views) -> Timeline | ClaimTimeline:
            if claim_id is not None:
                return claim_timeline(views, claim_id, scale=scale)
            return timeline(views, scale=scale, contested=contested, limit=CLAIMS)

        self.ask("timeline", question, Found)

    @on(Found)
    def found(self, message: Found) -> None:
        """They have come."""
        self.times = found = message.times
        self.rows = found.claims if isinstance(found, Timeline) else found.voices
        self.grid.fill([self._row_name(row) for row in self.rows], [(title(p), "muted") for p in found.periods])
        self.refill()

    def _row_name(self, row: ClaimTimes | VoiceTimes) -> Piece:
        if isinstance(row, ClaimTimes):
            sign = f"{TURNED} " if row.reversals else ""
            return sign + one_line(row.claim.text)[:200], "strong" if row.claim.contested else ""
        return (f"{TURNED} " if row.voice.reversal else "") + one_line(row.voice.source)[:200], ""

    def takeout(self) -> Shown | None:
        """See the base: every row, with all its periods."""
        from claims.listed import over_time

        if (found := self.times) is None:
            return None
        name = "timeline" if self.claim_id is None else f"timeline-{self.claim_id}"
        return Shown(name, "who spoke when", lambda views: over_time(found))

    def behind(self) -> Behind | None:
        """See the base: the marks of the cell."""
        if self.times is None or not self.filled:
            return None
        row, at, scale = self.rows[self.grid.row], self.times.periods[self.grid.column], self.times.scale
        if at not in row.cells:
            return None
        if isinstance(row, ClaimTimes):
            claim, voice, turns = row.claim, None, set[int]()
        else:
            assert isinstance(self.times, ClaimTimeline)
            # a paper that prints another's text speaks with the other's voice
            claim, voice = self.times.claim, row.voice.source_id
            turns = {turn.mention_id for turn in row.voice.turns}

        def question(views: Views) -> list[MentionRow]:
            dated = [mark for mark in views.mentions(claim.id) if period(mark.published, scale) == at]
            return [mark for mark in dated if voice is None or mark.source_id == voice or mark.id in turns]

        return f"{title(at)}, claim {claim.id}: {claim.text}", question

    @property
    def filled(self) -> bool:
        """See the base."""
        return bool(self.rows and self.times and self.times.periods)

    def crumbs(self) -> Line:
        """Of all, or of one claim."""
        if isinstance(self.times, ClaimTimeline):
            name = one_line(self.times.claim.text)[:300]
            return [(f"Claim {self.claim_id} over time ", "title"), (name, "muted")]
        return [("Claims over time", "title")]

    def draw_sub(self, width: int) -> list[Line]:
        """How many rows, by which periods, and the signs."""
        if self.times is None:
            return [[("…", "muted")]]
        if not self.filled:
            return [[("Nothing here has a date.", "muted")]]
        if isinstance(self.times, Timeline):
            what = plural(len(self.rows), "contested claim" if self.only_contested else "claim")
        else:
            what = plural(len(self.rows), "voice") + ", the earliest first"
        line: Line = [(f"{what} by {self.times.scale}", "strong"), ("   ", "")]
        for stance in marks.STANCES:
            line += [(marks.BLOCKS[stance], stance), (f" {stance}  ", "muted")]
        return [crop([*line, (TURNED, "warn"), (" changed sides", "muted")], width)]

    def draw_cell(self, row: int, column: int, width: int) -> Line:
        """A bar, or numbers where there is room."""
        assert self.times is not None
        counts = self.rows[row].cells.get(self.times.periods[column])
        if counts is None:
            return []
        if width < 10:
            return marks.bar(*counts, width)
        return [(f"{marks.SIGNS[s]}{n} ", f"{s} strong") for s, n in zip(marks.STANCES, counts, strict=True) if n]

    def draw_detail(self, row: int, column: int, width: int) -> list[Line]:
        """The period in numbers, who was first, who turned."""
        assert self.times is not None
        found, at = self.rows[row], self.times.periods[column]
        counts = found.cells.get(at, (0, 0, 0))
        said: Line = [(f"{title(at)}: ", "strong")]
        said += marks.counts(*counts) if any(counts) else [("nothing said", "muted")]
        said += [(f"   {plural(found.undated, 'mark')} not dated to the {self.times.scale}", "muted")] * bool(
            found.undated
        )
        if isinstance(found, VoiceTimes):
            voice = found.voice
            seen = marks.period(voice.first_seen, voice.last_seen)
            who: Line = [(one_line(voice.source), "strong"), (f" {voice.stance}", "muted"), (f"  {seen}", "muted")]
            course = [[("Changed sides: ", "warn"), (one_line(voice.turned), "")]] if voice.reversal else []
            return [crop(who, width), crop(said, width), *(crop(line, width) for line in course)]
        word, look = marks.standing(found.claim)
        text = f"{word}  {one_line(found.claim.text)[:600]}"
        firsts: Line = []
        for first in found.firsts:
            firsts.append((f"  {marks.SIGNS[first.stance]} ", f"{first.stance} strong"))
            firsts.append((one_line(first.source)[:60], "strong"))
            firsts.append((f" {one_line(first.published)[:10]}", "muted"))
        turns: Line = []
        for reversal in found.reversals[:3]:
            turns += [(f"{TURNED} {one_line(reversal.source)[:60]}: ", "warn"), (f"{one_line(reversal.turned)}  ", "")]
        who_first: Line = [("first:" if firsts else "nobody's side has a date", "muted"), *firsts]
        lines = [said, who_first, *([turns] if turns else [])]
        return [
            *paragraph(text, width, [(0, len(word), look)], limit=4 - len(lines)),
            *(crop(line, width) for line in lines),
        ]

    # -- commands

    def open_cell(self, row: int, column: int) -> None:
        """The claim, at the voice's words."""
        from tui.screens.claim import ClaimScreen

        found = self.rows[row]
        if isinstance(found, ClaimTimes):
            self.contested.open_place(ClaimScreen(found.claim.id))
        elif self.claim_id is not None:
            self.contested.open_place(ClaimScreen(self.claim_id, found.voice.source_id))

    def can(self, action: str) -> bool:
        """One claim is contested or not; its own timeline is open already."""
        if action in ("contested", "voices"):
            return self.claim_id is None and (action == "contested" or self.filled)
        return super().can(action)

    def action_scale(self) -> None:
        """Week, month, year."""
        now = self.times.scale if self.times else SCALES[0]
        self.scale = SCALES[(SCALES.index(now) + 1) % len(SCALES)]
        self.grid.column = 0
        self.load()

    def action_contested(self) -> None:
        """Contested claims only, or all."""
        self.only_contested = not self.only_contested
        self.load()

    def action_voices(self) -> None:
        """The voices on the claim of this row."""
        found = self.rows[self.grid.row] if self.filled else None
        if isinstance(found, ClaimTimes):
            self.contested.open_place(TimelineScreen(found.claim.id))


