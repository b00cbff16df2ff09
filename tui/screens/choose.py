"""Windows that ask: for some words, or for a claim chosen by typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.worker import get_current_worker

from claims.errors import ClaimsError
from claims.rows import ClaimRow
from claims.safe import one_line
from tui import marks
from tui.data import Stale
from tui.screens.pick import Picker
from tui.wrap import Line, ends

if TYPE_CHECKING:
    from tui.app import ContestedApp

MOST = 50
"""Claims offered for what has been typed."""


class Words(ModalScreen[str | None]):
    """Answers with what was typed, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close")]

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__()
        self._title = title
        self.entry = Input(text, compact=True, id="letters")

    def compose(self) -> ComposeResult:
        """One line to type in."""
        with Vertical(id="pick") as box:
            box.border_title = self._title.replace("[", "(")
            box.border_subtitle = "enter keeps, escape closes"
            yield self.entry

    def on_mount(self) -> None:
        """Type at once."""
        self.entry.focus()

    @on(Input.Submitted)
    def done(self) -> None:
        """Keep it."""
        self.dismiss(self.entry.value)

    def action_close(self) -> None:
        """Nothing."""
        self.dismiss(None)


class Offered(Message):
    """Claims that hold the words."""

    def __init__(self, claims: list[ClaimRow]) -> None:
        self.claims = claims
        super().__init__()


class ClaimChoice(Picker[ClaimRow]):
    """Answers with a claim's id, or nothing."""

    PLACEHOLDER = "words of the claim"

    def on_mount(self) -> None:
        """Offer the usual ones at first."""
        self.letters.focus()
        self._offer()

    @on(Input.Changed)
    def _offer(self) -> None:
        words = self.letters.value.strip()
        cast("ContestedApp", self.app).reader.interrupt("choose")
        self.run_worker(lambda: self._read(words), thread=True, group="choose", exclusive=True, exit_on_error=False)

    def _read(self, words: str) -> None:
        reader = cast("ContestedApp", self.app).reader
        try:
            found = reader.ask("choose", lambda views: views.claims(words=words, everything=True, limit=MOST))
        except (ClaimsError, Stale):
            return
        if not get_current_worker().is_cancelled:
            self.post_message(Offered(found))

    @on(Offered)
    def offered(self, message: Offered) -> None:
        """They have come."""
        shown = [claim for claim in message.claims if claim.id != self._without]
        self.rows.fill(len(shown), shown)

    def draw_row(self, claim: ClaimRow, width: int) -> Sequence[Line]:
        """Wording and counts."""
        counts = (claim.asserting, claim.disputing, claim.reporting)
        if width >= 90:
            tail: Line = marks.counts(*counts)
        else:  # the wording is what one chooses by
            tail = [(f" {marks.SIGNS[s]}{n}", f"{s} strong" if n else "faint")
                    for s, n in zip(marks.STANCES, counts, strict=True)]
        return [ends([(" " + one_line(claim.text)[:500], "strong")], tail, width)]
