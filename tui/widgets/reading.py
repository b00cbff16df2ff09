"""A whole article, wrapped, with looks over its spans and a margin of signs. Knows lines, not claims."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.paint import Painter
from tui.wrap import Line, Run, dress, overlay, wrap

MARGIN = 5
WIDEST = 100
"""Longer lines are hard to read."""


@dataclass(frozen=True)
class Page:
    """An article laid out at a width: offsets of its visual lines."""

    text: str
    width: int
    starts: Sequence[int]
    stops: Sequence[int]

    @classmethod
    def lay_out(cls, text: str, width: int) -> Page:
        """Wrap the text; meant for a worker thread where the text is long."""
        lines = wrap(text, width)
        return cls(text, width, [a for a, _ in lines], [b for _, b in lines])

    def line_of(self, offset: int) -> int:
        """The visual line that holds an offset."""
        return max(0, bisect_right(self.starts, offset) - 1)


@dataclass(frozen=True)
class Looks:
    """What is painted over the text: runs that do not overlap, and signs by the offset they stand at."""

    runs: Sequence[Run] = ()
    signs: Mapping[int, Line] = field(default_factory=dict)
    offsets: Sequence[int] = ()

    @classmethod
    def of(cls, runs: Sequence[Run], signs: Mapping[int, Line]) -> Looks:
        """Looks with the offsets of their signs in order."""
        return cls(runs, signs, sorted(signs))


class Reading(Painter, ScrollView, can_focus=True, inherit_bindings=False):
    """The text column. The screen moves through its marks; the mouse and the paging keys scroll it."""

    ALLOW_SELECT = False

    class Clicked(Message):
        """A click on the text, as an offset."""

        def __init__(self, offset: int) -> None:
            self.offset_in_text = offset
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._page: Page | None = None
        self._looks = Looks()
        self._sentence: tuple[int, int] = (-1, -1)
        self._span: tuple[int, int] = (-1, -1)
        self._sign: Line = []

    @property
    def text_width(self) -> int:
        """Cells for the text itself."""
        return max(10, min(WIDEST, self.scrollable_content_region.width - MARGIN - 1))

    @property
    def page(self) -> Page | None:
        """What is laid out."""
        return self._page

    def show(self, page: Page, looks: Looks) -> None:
        """Another article, or the same at another width."""
        self._page, self._looks = page, looks
        self.virtual_size = Size(0, len(page.starts))
        self.refresh()

    def go_to(self, sentence: tuple[int, int], span: tuple[int, int], sign: Line) -> None:
        """Mark a sentence as the chosen one and bring it into its place, a third from the top."""
        self._sentence, self._span, self._sign = sentence, span, sign
        start, end = sentence
        if self._page is not None:
            first, last = self._page.line_of(start), self._page.line_of(max(start, end - 1))
            height = max(1, self.scrollable_content_region.height)
            top = self.scroll_offset.y
            if first < top + 1 or last >= top + height - 1:
                self.scroll_to(y=max(0, first - height // 3), animate=False, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Margin and text of one visual line."""
        width = self.scrollable_content_region.width
        number = self.scroll_offset.y + y
        page = self._page
        if page is None or number >= len(page.starts):
            return self.strip([], width)
        start, stop = page.starts[number], page.stops[number]
        here = start < self._sentence[1] and stop > self._sentence[0]
        line: Line = [("▌" if here else " ", "accent"), *self._margin(start, stop), (" ", "")]
        text = dress(page.text, start, start + len(page.text[start:stop].rstrip()), self._looks.runs)
        line += overlay(text, start, *self._span, "chosen")
        return self.strip(line, width)

    def _margin(self, start: int, stop: int) -> Line:
        """The signs of the first mark on the line, the chosen one before others."""
        offsets = self._looks.offsets
        low, high = bisect_left(offsets, start), bisect_left(offsets, max(stop, start + 1))
        if low == high:
            return [("   ", "")]
        if self._sentence[0] in offsets[low:high]:
            return self._sign
        return self._looks.signs[offsets[low]]

    def on_click(self, event: events.Click) -> None:
        """Which code point was clicked."""
        number = self.scroll_offset.y + event.y
        if self._page is not None and number < len(self._page.starts):
            start, stop = self._page.starts[number], self._page.stops[number]
            self.post_message(self.Clicked(min(stop, start + max(0, event.x - MARGIN))))
