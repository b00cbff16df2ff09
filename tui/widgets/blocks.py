"""A list whose rows are as high as they need, laid out as far as it has been looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from textual.geometry import Size

from tui.widgets.cursor import CursorView
from tui.wrap import Line

T = TypeVar("T")

AHEAD = 60
"""Blocks laid out beyond the one asked for."""


class Blocks(CursorView, Generic[T]):
    """Blocks of lines with ``gap`` empty lines after each. ``draw`` gives the lines of one at a width, ``lead`` how
    many of them are a heading above it."""

    def __init__(
        self,
        draw: Callable[[T, int], Sequence[Line]],
        *,
        gap: int = 1,
        lead: Callable[[T], int] | None = None,
        id: str | None = None,
    ) -> None:
        self._items: Sequence[T] = ()
        self._draw = draw
        self._gap = gap
        self._lead = lead
        self._width = 0
        self._tops: list[int] = [0]
        self._lines: list[Sequence[Line]] = []
        super().__init__(id=id)

    @property
    def count(self) -> int:
        """How many blocks there are."""
        return len(self._items)

    @property
    def items(self) -> Sequence[T]:
        """All blocks."""
        return self._items

    @property
    def current(self) -> T | None:
        """The block under the cursor."""
        return self._items[self.cursor] if self._items else None

    def fill(self, items: Sequence[T], *, cursor: int = 0) -> None:
        """Start anew."""
        self._items = items
        self._forget()
        self.cursor = cursor
        self.follow()
        self.refresh()

    def _forget(self) -> None:
        self._tops, self._lines = [0], []
        self._width = self.inner_width
        self._lay_out(AHEAD)

    def _lay_out(self, upto: int) -> None:
        """Make sure that the blocks before ``upto`` have their lines."""
        if self._width != self.inner_width:
            self._width = self.inner_width
            self._tops, self._lines = [0], []
        grown = False
        while len(self._lines) < min(upto, len(self._items)):
            lines = self._draw(self._items[len(self._lines)], self._width)
            self._lines.append(lines)
            self._tops.append(self._tops[-1] + len(lines) + self._gap)
            grown = True
        if grown or not self._items:
            left = len(self._items) - len(self._lines)
            mean = self._tops[-1] // max(1, len(self._lines))
            self.virtual_size = Size(0, max(0, self._tops[-1] - (0 if left else self._gap)) + left * mean)

    def place(self, index: int) -> tuple[int, int]:
        """See the base."""
        if index >= len(self._lines) or self._width != self.inner_width:
            self._lay_out(index + AHEAD)
        if index >= len(self._lines):
            return 0, 0
        return self._tops[index], len(self._lines[index])

    def row_at(self, y: int) -> tuple[int, int] | None:
        """See the base."""
        while y >= self._tops[-1] and len(self._lines) < len(self._items):
            self._lay_out(len(self._lines) + AHEAD)
        index = bisect_right(self._tops, y) - 1
        return (index, y - self._tops[index]) if 0 <= index < len(self._lines) else None

    def highlights(self, index: int, number: int) -> bool:
        """Neither headings nor the gap are the block's own."""
        lead = self._lead(self._items[index]) if self._lead else 0
        return lead <= number < len(self._lines[index])

    def line(self, index: int, number: int, width: int) -> Line:
        """See the base."""
        lines = self._lines[index]
        return lines[number] if number < len(lines) else []

    def on_resize(self) -> None:
        """Other widths, other lines."""
        if self._width != self.inner_width:
            self._forget()
        self.follow()
        self.refresh()
