"""What places with a grid share: what it holds above, the cell under the cursor in words below."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from tui.screens.base import Place
from tui.widgets.band import Band
from tui.widgets.grid import SIGNS, WORDED, Grid, Shape
from tui.wrap import Line

HIGH = 4
"""Lines that tell of the cell, at most."""


class Gridded(Place):
    """Subclasses fill the grid and say what its cells look like, mean and lead to."""

    SHAPES: Sequence[Shape] = (WORDED, SIGNS)

    def __init__(self) -> None:
        super().__init__()
        self.sub = Band(self.draw_sub, id="sub")
        self.grid = Grid(self.draw_cell, shapes=self.SHAPES, id="grid")
        self.detail = Band(self._draw_detail, id="detail")

    def compose(self) -> ComposeResult:
        """What it holds, the grid, the cell in words."""
        yield from self.frame()
        yield self.sub
        yield self.grid
        yield self.detail
        yield from self.foot()

    def on_mount(self) -> None:
        """The grid has the focus."""
        self.grid.focus()
        self.load()

    @property
    def filled(self) -> bool:
        """Whether there is a cell."""
        raise NotImplementedError

    def draw_cell(self, row: int, column: int, width: int) -> Line:
        """One cell."""
        raise NotImplementedError

    def draw_sub(self, width: int) -> list[Line]:
        """How much the grid holds."""
        raise NotImplementedError

    def draw_detail(self, row: int, column: int, width: int) -> list[Line]:
        """A cell in words."""
        raise NotImplementedError

    def open_cell(self, row: int, column: int) -> None:
        """Open the evidence."""
        raise NotImplementedError

    def refill(self) -> None:
        """The grid has other content: tell it in the head too."""
        self.refresh_head()
        self.sub.show(self.draw_sub)
        self.detail.show(self._draw_detail)

    def _draw_detail(self, width: int) -> list[Line]:
        lines = self.draw_detail(self.grid.row, self.grid.column, width)[:HIGH] if self.filled else []
        return [*lines, *([[]] * (HIGH - len(lines)))]

    @on(Grid.Moved)
    def moved(self) -> None:
        """Another cell."""
        self.detail.show(self._draw_detail)
        self.refresh_bindings()

    def can(self, action: str) -> bool:
        """An empty grid has no cells to open."""
        return action not in ("open", "zoom", "source") or self.filled

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor."""
        self.grid.move(down, right)

    def action_zoom(self) -> None:
        """Narrow columns or wide ones."""
        self.grid.zoom()

    @on(Grid.Chosen)
    def action_open(self) -> None:
        """The sentences behind the cell."""
        if self.filled:
            self.open_cell(self.grid.row, self.grid.column)
