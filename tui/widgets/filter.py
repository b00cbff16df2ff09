"""The line one types a filter into: it tells its screen after a short pause, and gives the keys back with enter."""

from __future__ import annotations

from textual import on
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from tui.commands import bindings

PAUSE = 0.12
"""Seconds without a key before the filter is applied: quick typists ask the database once."""


class Filter(Input):
    """A filter as you type."""

    BINDINGS = bindings("input")

    class Typed(Message):
        """The filter's words have changed."""

        def __init__(self, words: str) -> None:
            self.words = words
            super().__init__()

    class Done(Message):
        """Back to the list."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, id="filter", compact=True)
        self._pause: Timer | None = None

    def open(self, words: str) -> None:
        """Show it and type."""
        self.add_class("-on")
        with self.prevent(Input.Changed):
            self.value = words
        self.cursor_position = len(words)
        self.screen.set_focus(self)  # focus() does it only later: the next letters may be here already

    def reset(self, words: str) -> None:
        """Other words, set by the screen: shown while there are any, and not reported back."""
        with self.prevent(Input.Changed):
            self.value = words
        self.set_class(bool(words), "-on")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._tell)

    def _tell(self) -> None:
        self._pause = None
        self.post_message(self.Typed(self.value))

    def _leave(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._tell()
        self.set_class(bool(self.value), "-on")
        self.post_message(self.Done())

    def action_done(self) -> None:
        """Keep the words and go to the list."""
        self._leave()

    def action_clear(self) -> None:
        """Drop the words and go to the list."""
        with self.prevent(Input.Changed):
            self.value = ""
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        self.post_message(self.Typed(""))
        self._leave()
