"""Sources by claims: who takes which side of what. The cursor's cell is spelt out below, enter opens its evidence."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from claims.models import Stance
from claims.rows import Matrix
from claims.safe import one_line
from tui import marks
from tui.commands import bindings
from tui.screens.base import Memo, Place
from tui.widgets.band import Band
from tui.widgets.grid import Grid
from tui.wrap import Line, Piece, crop, paragraph

SOURCES, CLAIMS = 200, 200
"""Rows and columns read: the most telling sources by the most contested claims."""


def sign(stances: tuple[Stance, ...]) -> tuple[str, str, str]:
    """A cell as sign, word and roles."""
    sides = [stance for stance in stances if stance != "reports"]
    if len(sides) > 1:
        return "±", "both", "warn"
    if not stances:
        return " ", "", ""
    stance = sides[0] if sides else stances[0]
    return marks.SIGNS[stance], stance, f"{stance} strong" if sides else stance


class Found(Message):
    """The matrix."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        super().__init__()


class MatrixScreen(Place):
    """See the module."""

    PLACE = "matrix"
    BINDINGS: ClassVar[list[BindingType]] = bindings("matrix")

    def __init__(self) -> None:
        super().__init__()
        self.matrix: Matrix | None = None
        self.only_contested = False
        self.sub = Band(self.draw_sub, id="sub")
        self.grid = Grid(self.draw_cell, id="grid")
        self.detail = Band(self.draw_detail, id="detail")

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

    def memo(self) -> Memo:
        """See the base."""
        return ["matrix"]

    def load(self) -> None:
        """The matrix."""
        if self.contested.reader.missing:
            return
        contested = self.only_contested
        self.ask("matrix", lambda v: v.matrix(sources=SOURCES, claims=CLAIMS, contested=contested), Found)

    @on(Found)
    def found(self, message: Found) -> None:
        """It has come."""
        self.matrix = message.matrix
        names: list[Piece] = [(one_line(source.name)[:200], "") for source in message.matrix.sources]
        titles: list[Piece] = [
            (one_line(claim.text)[:200], "strong" if claim.contested else "muted") for claim in message.matrix.claims
        ]
        self.grid.fill(names, titles)
        self.refresh_head()
        self.sub.show(self.draw_sub)

    def draw_cell(self, row: int, column: int, width: int) -> Piece:
        """Sign alone, or sign and word where there is room."""
        if self.matrix is None:
            return "", ""
        mark, word, roles = sign(self.matrix.cells[row][column])
        if not word:
            return "", ""
        return (f"{mark} {word}" if width > 8 else mark, roles)

    def draw_sub(self, width: int) -> list[Line]:
        """How much it holds."""
        if self.matrix is None or not self.matrix.sources:
            text = "Nothing to set against each other yet." if self.matrix else "…"
            return [[(text, "muted")]]
        what = "contested claims" if self.only_contested else "claims"
        what += ", the most contested first" if width >= 100 else ""
        line: Line = [(f"{len(self.matrix.sources)} sources × {len(self.matrix.claims)} {what}", "strong"), ("   ", "")]
        for stance in marks.STANCES:
            line += [(marks.SIGNS[stance], f"{stance} strong"), (f" {stance}  ", "muted")]
        return [crop([*line, ("± ", "warn"), ("both sides", "muted")], width)]

    def draw_detail(self, width: int) -> list[Line]:
        """The cell in words."""
        if self.matrix is None or not self.matrix.sources:
            return [[], [], []]
        source, claim = self.matrix.sources[self.grid.row], self.matrix.claims[self.grid.column]
        stances = self.matrix.cells[self.grid.row][self.grid.column]
        _, _, roles = sign(stances)
        does = " and ".join(stances) if stances else "says nothing on"
        word, look = marks.standing(claim)
        text = f"{word}  {one_line(claim.text)[:600]}"
        who: Line = [(one_line(source.name), "strong"), (f" {does} ", roles or "muted"), (f"claim {claim.id}", "muted")]
        lines = [crop(who, width), *paragraph(text, width, [(0, len(word), look)], limit=2)]
        return [*lines, *([[]] * (3 - len(lines)))]

    @on(Grid.Moved)
    def moved(self) -> None:
        """Another cell."""
        self.detail.show(self.draw_detail)

    # -- commands

    def can(self, action: str) -> bool:
        """An empty matrix has no cells to open."""
        return action not in ("open", "zoom", "source") or bool(self.matrix and self.matrix.sources)

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor."""
        self.grid.move(down, right)

    @on(Grid.Chosen)
    def action_open(self) -> None:
        """The sentences behind the cell."""
        from tui.screens.claim import ClaimScreen

        if self.matrix is None or not self.matrix.sources:
            return
        row, column = self.grid.row, self.grid.column
        if not self.matrix.cells[row][column]:
            self.notify(
                f"{one_line(self.matrix.sources[row].name)} says nothing on this claim.", timeout=2, markup=False
            )
            return
        self.contested.open_place(ClaimScreen(self.matrix.claims[column].id, self.matrix.sources[row].id))

    def action_source(self) -> None:
        """All that the row's source says."""
        from tui.screens.source import SourceScreen

        if self.matrix and self.matrix.sources:
            self.contested.open_place(SourceScreen(self.matrix.sources[self.grid.row].id))

    def action_zoom(self) -> None:
        """Narrow columns or wide ones."""
        self.grid.zoom()

    def action_contested(self) -> None:
        """Contested claims only, or all."""
        self.only_contested = not self.only_contested
        self.load()
