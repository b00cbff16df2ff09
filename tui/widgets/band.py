"""A few painted lines: heads, details, legends. Its owner gives it a function of the width."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tui.paint import Painter
from tui.wrap import Line

Draw = Callable[[int], Sequence[Line]]


class Band(Painter, Widget):
    """Lines painted by a function of the width; as high as they are unless the style says otherwise."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Band { height: auto; width: 1fr; }"

    def __init__(self, draw: Draw | None = None, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._draw: Draw = draw or (lambda width: [])
        self._drawn: tuple[int, Sequence[Line]] | None = None

    def show(self, draw: Draw) -> None:
        """Paint something else. The screen is laid out again only where that changes the height: it is slow."""
        before = len(self._drawn[1]) if self._drawn else -1
        self._draw, self._drawn = draw, None
        grows = self.styles.is_auto_height and (not self._size.width or len(self.lines(self.size.width)) != before)
        self.refresh(layout=grows)

    def lines(self, width: int) -> Sequence[Line]:
        """What it paints at this width."""
        if self._drawn is None or self._drawn[0] != width:
            self._drawn = (width, self._draw(width))
        return self._drawn[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        return len(self.lines(width))

    def render_line(self, y: int) -> Strip:
        """One painted line."""
        width = self.size.width
        lines = self.lines(width)
        return self.strip(lines[y] if y < len(lines) else [], width)
