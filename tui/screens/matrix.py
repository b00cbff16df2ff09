"""Sources by claims: who takes which side of what. The cursor's cell is spelt out below, enter opens its evidence."""

from __future__ import annotations

from typing import ClassVar, get_args

from textual import on
from textual.binding import BindingType
from textual.message import Message

from claims.matrix import LAYERS, Layer, Matrix, matrix
from claims.models import Stance
from claims.rows import MentionRow
from claims.safe import one_line
from claims.views import Views
from tui import marks
from tui.commands import bindings
from tui.screens.base import Behind, Memo
from tui.screens.gridded import Gridded
from tui.takeout import Shown
from tui.wrap import Line, Piece, crop, ends, paragraph

SOURCES, CLAIMS = 100, 100
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


class MatrixScreen(Gridded):
    """See the module."""

    PLACE = "matrix"
    BINDINGS: ClassVar[list[BindingType]] = bindings("matrix", "grid", "behind", "cite")

    def __init__(self, layer: Layer = "said") -> None:
        super().__init__()
        self.matrix: Matrix | None = None
        self.shown: Layer = layer
        self.only_contested = False

    def memo(self) -> Memo:
        """See the base."""
        return ["matrix", self.shown]

    def load(self) -> None:
        """The matrix."""
        if self.contested.reader.missing:
            return
        contested, layer = self.only_contested, self.shown
        self.ask("matrix", lambda v: matrix(v, layer=layer, sources=SOURCES, claims=CLAIMS, contested=contested), Found)

    @on(Found)
    def found(self, message: Found) -> None:
        """It has come."""
        self.matrix = message.matrix
        names: list[Piece] = [(one_line(source.name)[:200], "") for source in message.matrix.sources]
        titles: list[Piece] = [
            (one_line(claim.text)[:200], "strong" if claim.contested else "muted") for claim in message.matrix.claims
        ]
        self.grid.fill(names, titles)
        self.refill()

    def takeout(self) -> Shown | None:
        """See the base: every cell that holds something."""
        from claims.listed import cells

        found = self.matrix
        return Shown("matrix", "who takes which side", lambda views: cells(found)) if found else None

    def behind(self) -> Behind | None:
        """See the base: the marks of the cell."""
        if self.matrix is None or not self.filled or not self.matrix.cells[self.grid.row][self.grid.column]:
            return None
        source, claim = self.matrix.sources[self.grid.row], self.matrix.claims[self.grid.column]
        layer = self.matrix.layer

        def within(mark: MentionRow) -> bool:
            if layer == "quoted":
                return bool(mark.holders) and mark.outlet_id == source.id
            return mark.source_id == source.id and not (layer == "own" and mark.holders)

        def question(views: Views) -> list[MentionRow]:
            return [mark for mark in views.mentions(claim.id) if within(mark)]

        return f"{source.name} on claim {claim.id}: {claim.text}", question

    @property
    def filled(self) -> bool:
        """See the base."""
        return bool(self.matrix and self.matrix.sources)

    def crumbs(self) -> Line:
        """Which layer."""
        return [("Matrix ", "title"), (LAYERS[self.shown], "muted")]

    def draw_cell(self, row: int, column: int, width: int) -> Line:
        """Sign alone, or sign and word where there is room."""
        assert self.matrix is not None
        mark, word, roles = sign(self.matrix.cells[row][column])
        return [(f"{mark} {word}" if width > 8 else mark, roles)] if word else []

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

    def draw_detail(self, row: int, column: int, width: int) -> list[Line]:
        """Who does what about which claim."""
        assert self.matrix is not None
        source, claim = self.matrix.sources[row], self.matrix.claims[column]
        stances = self.matrix.cells[row][column]
        _, _, roles = sign(stances)
        quotes = " quotes who" if self.shown == "quoted" else ""
        nothing = " quotes nobody on" if quotes else " says nothing on"
        does = f"{quotes} {' and '.join(stances)}" if stances else nothing
        word, look = marks.standing(claim)
        text = f"{word}  {one_line(claim.text)[:600]}"
        who: Line = [(one_line(source.name), "strong"), (f"{does} ", roles or "muted"), (f"claim {claim.id}", "muted")]
        hint: Line = [("D", "key"), (" decide", "muted")] if stances else []
        return [ends(who, hint, width), *paragraph(text, width, [(0, len(word), look)], limit=3)]

    # -- commands

    def open_cell(self, row: int, column: int) -> None:
        """The claim, at the source's words or at those it quotes."""
        from tui.screens.claim import ClaimScreen

        assert self.matrix is not None
        source, claim = self.matrix.sources[row], self.matrix.claims[column]
        if not self.matrix.cells[row][column]:
            self.notify(f"{one_line(source.name)} says nothing on this claim.", timeout=2, markup=False)
        elif self.shown == "quoted":
            self.contested.open_place(ClaimScreen(claim.id, quoted_by=source.id))
        else:
            self.contested.open_place(ClaimScreen(claim.id, source.id))

    def action_source(self) -> None:
        """All that the row's source says."""
        from tui.screens.source import SourceScreen

        if self.matrix and self.matrix.sources:
            self.contested.open_place(SourceScreen(self.matrix.sources[self.grid.row].id))

    def action_contested(self) -> None:
        """Contested claims only, or all."""
        self.only_contested = not self.only_contested
        self.load()

    def action_layer(self) -> None:
        """The next layer."""
        layers: tuple[Layer, ...] = get_args(Layer)
        self.shown = layers[(layers.index(self.shown) + 1) % len(layers)]
        self.load()

    def action_agreement(self) -> None:
        """Sources by sources."""
        from tui.screens.agreement import AgreementScreen

        self.contested.open_place(AgreementScreen())
