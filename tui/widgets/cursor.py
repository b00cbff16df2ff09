"""What every list has: painted rows, a cursor that keys and mouse move, scrolling that follows it."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.commands import bindings
from tui.paint import Painter
from tui.wrap import Line


class CursorView(Painter, ScrollView, can_focus=True, inherit_bindings=False):
    """Painted rows with a cursor. Subclasses say how many rows there are, where each lies, and what its lines hold."""

    ALLOW_SELECT = False
    BINDINGS = bindings("list")

    always_lit = False
    """Whether the cursor looks alive without the focus: for a list that another widget's keys move."""

    cursor: reactive[int] = reactive(0, repaint=False)
    """The row that keys act on."""

    class Moved(Message):
        """The cursor is on another row."""

        def __init__(self, view: CursorView, index: int) -> None:
            self.view, self.index = view, index
            super().__init__()

        @property
        def control(self) -> CursorView:
            """For ``@on``."""
            return self.view

    class Chosen(Message):
        """A row was opened with enter or a second click."""

        def __init__(self, view: CursorView, index: int) -> None:
            self.view, self.index = view, index
            super().__init__()

        @property
        def control(self) -> CursorView:
            """For ``@on``."""
            return self.view

    # -- for subclasses

    @property
    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def place(self, index: int) -> tuple[int, int]:
        """The first line of a row, and how many lines it has."""
        raise NotImplementedError

    def row_at(self, y: int) -> tuple[int, int] | None:
        """The row on line ``y``, and which line of it that is."""
        raise NotImplementedError

    def line(self, index: int, number: int, width: int) -> Line:
        """Line ``number`` of row ``index``."""
        raise NotImplementedError

    def highlights(self, index: int, number: int) -> bool:
        """Whether the cursor's colour covers this line of its row."""
        return True

    # -- painting

    @property
    def inner_width(self) -> int:
        """Cells that a row can use: one is the cursor's."""
        return max(1, self.scrollable_content_region.width - 1)

    def render_line(self, y: int) -> Strip:
        """One line as it stands on the screen."""
        width = self.inner_width
        found = self.row_at(self.scroll_offset.y + y)
        if found is None:
            return self.strip([], width + 1)
        index, number = found
        chosen = index == self.cursor and self.highlights(index, number)
        lit = self.has_focus or self.always_lit
        over = ("cursor" if lit else "cursor-blurred") if chosen else ""
        sign = ("▌" if lit else "▏", "accent") if chosen else (" ", "")
        return self.strip([sign, *self.line(index, number, width)], width + 1, over)

    # -- moving

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Follow the cursor and say so; where nothing scrolls, only two rows are painted again."""
        at = self.scroll_offset.y
        self.follow()
        if self.scroll_offset.y != at or old >= self.count:
            self.refresh()
        else:
            for index in (old, new):
                self.refresh_lines(*self.place(index))
        if old != new:
            self.post_message(self.Moved(self, new))

    def follow(self) -> None:
        """Scroll the least that shows the whole row under the cursor."""
        height = self.scrollable_content_region.height
        if not self.count or not height:
            return
        top, size = self.place(self.cursor)
        at = self.scroll_offset.y
        if top < at or size >= height:
            at = top
        elif top + size > at + height:
            at = top + size - height
        if at != self.scroll_offset.y:
            # forced: until the next layout, a list that has just grown counts as one that does not scroll
            self.scroll_to(y=at, animate=False, force=True)

    def _page(self) -> int:
        """Rows on one screen."""
        region = self.scrollable_content_region
        here = self.row_at(self.scroll_offset.y)
        last = self.row_at(self.scroll_offset.y + max(0, region.height - 1))
        if here is None:
            return 1
        return max(1, (last[0] if last else self.count - 1) - here[0])

    def action_cursor_down(self) -> None:
        """One row down."""
        self.cursor += 1

    def action_cursor_up(self) -> None:
        """One row up."""
        self.cursor -= 1

    def action_cursor_page_down(self) -> None:
        """A screenful on."""
        self.cursor += self._page()

    def action_cursor_page_up(self) -> None:
        """A screenful back."""
        self.cursor -= self._page()

    def action_cursor_first(self) -> None:
        """To the first row."""
        self.cursor = 0
        self.scroll_to(y=0, animate=False)

    def action_cursor_last(self) -> None:
        """To the last row."""
        self.cursor = self.count - 1

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if self.count:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """The first click puts the cursor there, a click on the cursor's row opens it."""
        found = self.row_at(self.scroll_offset.y + event.y)
        if found is None:
            return
        if found[0] == self.cursor and event.chain > 1:
            self.action_open()
        self.cursor = found[0]

    def on_focus(self) -> None:
        """The cursor is painted differently in the widget that has the keys."""
        self.refresh()

    def on_blur(self) -> None:
        """See :meth:`on_focus`."""
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.follow()
