"""A table of signs with frozen heads that scrolls both ways, a cell at a time. Knows cells, not claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.paint import Painter
from tui.wrap import Line, Piece, cells, clip, fit, length, paragraph


class Grid(Painter, Widget, can_focus=True, inherit_bindings=False):
    """Rows by columns. ``cell`` gives the text and roles of one at a width."""

    ALLOW_SELECT = False
    WIDE, NARROW = 15, 4

    class Moved(Message):
        """The cursor is on another cell."""

    class Chosen(Message):
        """A cell was opened."""

    def __init__(self, cell: Callable[[int, int, int], Piece], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cell = cell
        self._names: Sequence[Piece] = ()
        self._titles: Sequence[Piece] = ()
        self.row = self.column = 0
        self._top = self._left = 0
        self.wide = True

    def fill(self, names: Sequence[Piece], titles: Sequence[Piece]) -> None:
        """Names of the rows and titles of the columns."""
        self._names, self._titles = names, titles
        self.move(0, 0)

    # -- measures

    @property
    def cell_width(self) -> int:
        """Cells a column, the gap included."""
        return self.WIDE if self.wide else self.NARROW

    @property
    def name_width(self) -> int:
        """Cells for the names of the rows."""
        longest = max((cells(name) for name, _ in self._names), default=8)
        return max(8, min(longest + 1, self.size.width // 3, 40))

    @property
    def head_height(self) -> int:
        """Lines for the titles of the columns."""
        return (4 if self.size.height < 24 else 6) if self.wide else 1

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
        """Narrow columns or wide ones."""
        self.wide = not self.wide
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
            text, look = self._cell(row, column, self.cell_width - 1)
            chosen = here and column == self.column
            look += (" cursor" if self.has_focus else " cursor-blurred") if chosen else ""
            look += " cursor-blurred" if (here or column == self.column) and not chosen else ""
            shown = f"[{clip(text.strip(), self.cell_width - 3)}]" if chosen else f" {text}"
            line.append((fit(shown, self.cell_width), look))
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
            if not self.wide:
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
