"""A table of signs with frozen heads that scrolls both ways, a cell at a time. Knows cells, not claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.paint import Painter
from tui.wrap import Line, Piece, cells, crop, fit, length, paragraph


@dataclass(frozen=True)
class Shape:
    """One of the forms that :meth:`Grid.zoom` goes through. ``head``: lines for the titles; ``None``: what fits."""

    width: int
    """Cells a column, the gap included."""
    head: int | None = None
    numbered: bool = False
    """Whether columns have their number for a title."""


WORDED, SIGNS = Shape(15), Shape(4, 1, numbered=True)


class Grid(Painter, Widget, can_focus=True, inherit_bindings=False):
    """Rows by columns. ``cell`` gives the pieces of one at a width."""

    ALLOW_SELECT = False

    class Moved(Message):
        """The cursor is on another cell."""

    class Chosen(Message):
        """A cell was opened."""

    def __init__(
        self, cell: Callable[[int, int, int], Line], *, shapes: Sequence[Shape] = (WORDED, SIGNS), id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._cell = cell
        self._names: Sequence[Piece] = ()
        self._titles: Sequence[Piece] = ()
        self.row = self.column = 0
        self._top = self._left = 0
        self._shapes = shapes
        self._shape = 0

    def fill(self, names: Sequence[Piece], titles: Sequence[Piece]) -> None:
        """Names of the rows and titles of the columns."""
        self._names, self._titles = names, titles
        self.move(0, 0)

    @property
    def shape(self) -> Shape:
        """Its form now."""
        return self._shapes[self._shape]

    # -- measures

    @property
    def cell_width(self) -> int:
        """Cells a column, the gap included."""
        return self.shape.width

    @property
    def name_width(self) -> int:
        """Cells for the names of the rows."""
        longest = max((cells(name) for name, _ in self._names), default=8)
        return max(8, min(longest + 1, self.size.width // 3, 40))

    @property
    def head_height(self) -> int:
        """Lines for the titles of the columns."""
        return self.shape.head or (4 if self.size.height < 24 else 6)

    @property
    def shown(self) -> tuple[int, int]:
        """Rows and columns that fit."""
        rows = max(1, self.size.height - self.head_height - 1)
        return rows, max(1, (self.size.width - self.name_width - 3) // self.cell_width)

    # -- moving

    def move(self, down: int, right: int) -> None:
        """Move the cursor, and the window after it."""
        self.row = max(0, min(self.row + down, len(self._names) - 1))
        self.column = max(0, min(self.column + right, len(self._titles) - 1))
        rows, columns = self.shown
        self._top = max(0, min(max(self._top, self.row - rows + 1), self.row))
        self._left = max(0, min(max(self._left, self.column - columns + 1), self.column))
        self.refresh()
        self.post_message(self.Moved())

    def zoom(self) -> None:
        """The next form: narrow columns or wide ones."""
        self._shape = (self._shape + 1) % len(self._shapes)
        self.move(0, 0)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.move(0, 0)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the rows, with shift the columns."""
        event.stop()
        self.move(0, 1) if event.shift else self.move(1, 0)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """See above."""
        event.stop()
        self.move(0, -1) if event.shift else self.move(-1, 0)

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a double click opens."""
        row = event.y - self.head_height - 1 + self._top
        column = (event.x - self.name_width - 2) // self.cell_width + self._left
        if event.y > self.head_height and event.x > self.name_width and row < len(self._names):
            self.move(row - self.row, column - self.column)
            if event.chain > 1:
                self.post_message(self.Chosen())

    # -- painting

    def render_line(self, y: int) -> Strip:
        """One line: titles, the rule under them, or a row."""
        width = self.size.width
        if y < self.head_height:
            return self.strip(self._title_line(y), width)
        if y == self.head_height:
            more = len(self._titles) - self._left - self.shown[1]
            tail = f" {more} more ▸" if more > 0 else ""
            lead = f"◂ {self._left} " if self._left else ""
            dashes = "─" * max(0, width - self.name_width - 1 - len(tail) - len(lead))
            return self.strip(
                [(" " * (self.name_width + 1), ""), (lead, "muted"), (dashes, "rule"), (tail, "muted")], width
            )
        row = y - self.head_height - 1 + self._top
        if row >= len(self._names):
            return self.strip([], width)
        name, roles = self._names[row]
        here = row == self.row
        line: Line = [
            ("▌" if here else " ", "accent"),
            (fit(name, self.name_width), f"{roles} strong" if here else roles),
        ]
        line.append((" ", ""))
        for column in self._columns():
            chosen = here and column == self.column
            over = "cursor" if chosen and self.has_focus else "cursor-blurred" if here or column == self.column else ""
            room = self.cell_width - 2
            shown = crop(self._cell(row, column, room), room)
            line += [(text, f"{look} {over}") for text, look in (("[" if chosen else " ", ""), *shown)]
            line.append(((" " * (room - length(shown)) + ("]" if chosen else " ")), over))
        return self.strip(line, width)

    def _columns(self) -> range:
        return range(self._left, min(len(self._titles), self._left + self.shown[1]))

    def _title_line(self, y: int) -> Line:
        """Titles stand on the rule: wrapped in wide columns, numbered in narrow ones."""
        line: Line = [(" " * (self.name_width + 2), "")]
        for column in self._columns():
            text, roles = self._titles[column]
            here = column == self.column
            roles = "accent" if here else roles
            if self.shape.numbered:
                line.append((fit(str(column + 1), self.cell_width - 1, right=True) + " ", roles))
                continue
            wrapped = paragraph(text, self.cell_width - 2, roles=roles, limit=self.head_height)
            at = y - (self.head_height - len(wrapped))
            piece = wrapped[at] if at >= 0 else []
            line += [(" ", ""), *piece, (" " * (self.cell_width - 1 - length(piece)), "")]
        return line

    def on_focus(self) -> None:
        """The cursor is painted differently without the keys."""
        self.refresh()

    def on_blur(self) -> None:
        """See above."""
        self.refresh()
