"""A list of any length with rows of one height, which asks for the pages that come into sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from textual.geometry import Size
from textual.message import Message

from tui.widgets.cursor import CursorView
from tui.wrap import Line

T = TypeVar("T")

PAGE = 200
"""Rows read at once."""

KEPT = 40
"""Pages kept in memory; the furthest from the cursor go first."""


class Rows(CursorView, Generic[T]):
    """Rows out of pages. ``draw`` gives the lines of a row at a width."""

    class Wanted(Message):
        """A page that is not here is about to be seen."""

        def __init__(self, view: Rows[Any], page: int) -> None:
            self.view, self.page = view, page
            super().__init__()

        @property
        def control(self) -> Rows[Any]:
            """For ``@on``."""
            return self.view

    def __init__(self, draw: Callable[[T, int], Sequence[Line]], *, height: int = 1, id: str | None = None) -> None:
        self._count = 0
        self._pages: dict[int, Sequence[T]] = {}
        self._wanted: set[int] = set()
        self._height = height
        self._draw = draw
        self._drawn: dict[tuple[int, int], Sequence[Line]] = {}
        super().__init__(id=id)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    def place(self, index: int) -> tuple[int, int]:
        """Rows are all of one height."""
        return index * self._height, self._height

    def row_at(self, y: int) -> tuple[int, int] | None:
        """See the base."""
        index, number = divmod(y, self._height)
        return (index, number) if 0 <= index < self._count else None

    def row(self, index: int) -> T | None:
        """The row at ``index``, or nothing while its page is on the way."""
        page = self._pages.get(index // PAGE)
        if page is None:
            if index // PAGE not in self._wanted:
                self._wanted.add(index // PAGE)
                self.post_message(self.Wanted(self, index // PAGE))
            return None
        return page[index % PAGE] if index % PAGE < len(page) else None

    @property
    def current(self) -> T | None:
        """The row under the cursor."""
        return self.row(self.cursor) if self._count else None

    def line(self, index: int, number: int, width: int) -> Line:
        """See the base."""
        lines = self._drawn.get((index, width))
        if lines is None:
            row = self.row(index)
            if row is None:
                return [("…", "faint")] if number == 0 else []
            if len(self._drawn) > 2_000:
                self._drawn.clear()
            lines = self._drawn[index, width] = self._draw(row, width)
        return lines[number] if number < len(lines) else []

    def fill(
        self, count: int, rows: Sequence[T], *, cursor: int = 0, pages: Mapping[int, Sequence[T]] | None = None
    ) -> None:
        """Start anew: so many rows, the first page of them (or all of them), and perhaps pages further on."""
        self._pages = {n // PAGE: rows[n : n + PAGE] for n in range(0, len(rows), PAGE)} | dict(pages or {})
        self._wanted = set(self._pages)
        self._count = count
        self._drawn.clear()
        self._measure()
        self.cursor = cursor
        self.follow()
        self.refresh()

    def add_page(self, page: int, rows: Sequence[T]) -> None:
        """A page that was wanted has come."""
        self._pages[page] = rows
        self._wanted.add(page)
        if len(self._pages) > KEPT:
            here = self.cursor // PAGE
            for far in sorted(self._pages, key=lambda p: -abs(p - here))[: len(self._pages) - KEPT]:
                del self._pages[far]
                self._wanted.discard(far)
        self._drawn.clear()
        self.refresh()

    def refresh_rows(self) -> None:
        """What the rows show has changed, not the rows."""
        self._drawn.clear()
        self.refresh()

    def set_height(self, height: int) -> None:
        """Lines a row: narrow terminals take two."""
        if height != self._height:
            self._height = height
            self._drawn.clear()
            self._measure()
            self.follow()

    def _measure(self) -> None:
        self.virtual_size = Size(0, self._count * self._height)
        self.refresh()
