"""Both sides of one claim at a glance, beside or below the list."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container

from claims.models import Stance
from claims.rows import ClaimRow, MentionRow
from tui import marks
from tui.evidence import block
from tui.safe import one_line
from tui.widgets.band import Band
from tui.wrap import Line, paragraph

TITLES: dict[Stance, str] = {"asserts": "ASSERTS", "disputes": "DISPUTES", "reports": "REPORTS"}
MOST = 30
"""Marks drawn of each side: a preview has no room for more."""


class Preview(Container):
    """The wording, who asserts, who disputes."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._claim: ClaimRow | None = None
        self._mentions: Sequence[MentionRow] = ()

    def compose(self) -> ComposeResult:
        """Three bands; the style sets them side by side or one below the other."""
        yield Band(self._head, id="preview-head")
        with Container(id="preview-sides"):
            yield Band(lambda width: self._side("asserts", width), id="preview-asserts", classes="side")
            yield Band(lambda width: self._side("disputes", width), id="preview-disputes", classes="side")

    def show(self, claim: ClaimRow | None, mentions: Sequence[MentionRow]) -> None:
        """Another claim."""
        self._claim, self._mentions = claim, mentions
        self.query_one("#preview-head", Band).show(self._head)
        self.query_one("#preview-asserts", Band).show(lambda width: self._side("asserts", width))
        self.query_one("#preview-disputes", Band).show(lambda width: self._side("disputes", width))

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
