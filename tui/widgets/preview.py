"""Both sides of one claim at a glance, beside or below the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Container

from claims.models import Stance
from claims.rows import ClaimRow, MentionRow
from claims.safe import one_line
from tui import marks
from tui.evidence import block
from tui.widgets.band import Band
from tui.wrap import Line, paragraph

TITLES: dict[Stance, str] = {"asserts": "ASSERTS", "disputes": "DISPUTES", "reports": "REPORTS"}
SIDES: tuple[Stance, ...] = ("asserts", "disputes")
MOST = 30
"""Marks drawn of each side: a preview has no room for more."""


class Preview(Container):
    """The wording, who asserts, who disputes."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._claim: ClaimRow | None = None
        self._mentions: Sequence[MentionRow] = ()
        self._head_band = Band(self._head, id="preview-head")
        self._sides: dict[Stance, Band] = {
            stance: Band(partial(self._side, stance), id=f"preview-{stance}", classes="side") for stance in SIDES
        }

    def compose(self) -> ComposeResult:
        """Three bands; the style sets them side by side or one below the other."""
        yield self._head_band
        with Container(id="preview-sides"):
            yield from self._sides.values()

    def show(self, claim: ClaimRow | None, mentions: Sequence[MentionRow]) -> None:
        """Another claim."""
        self._claim, self._mentions = claim, mentions
        self._head_band.show(self._head)
        for stance, band in self._sides.items():
            band.show(partial(self._side, stance))

    def _head(self, width: int) -> list[Line]:
        if self._claim is None:
            return []
        word, roles = marks.standing(self._claim)
        text = f"{word}  {one_line(self._claim.text)[:1000]}"
        return paragraph(text, width, [(0, len(word), roles), (len(word), len(text), "strong")], limit=3)

    def _side(self, stance: Stance, width: int) -> list[Line]:
        if self._claim is None:
            return []
        found = [mention for mention in self._mentions if mention.stance == stance]
        rest = [mention for mention in self._mentions if mention.stance == "reports"]
        title: Line = [(f"{marks.SIGNS[stance]} {TITLES[stance]} ", f"{stance} strong"), (f"{len(found)}", stance)]
        lines: list[Line] = [title]
        if not found and stance == "asserts" and rest:
            found = rest
            lines = [
                [(f"{marks.SIGNS['reports']} {TITLES['reports']} ", "reports strong"), (f"{len(rest)}", "reports")]
            ]
        if not found:
            return [*lines, [("Nobody in these articles.", "faint")]]
        for mention in found[:MOST]:
            lines += [*block(mention, width, sentences=6), []]
        return lines
