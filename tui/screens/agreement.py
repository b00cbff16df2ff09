"""Sources by sources: how far two agree beyond chance over the claims on which both take a side."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from claims.matrix import LEAST, Agreement, Pair, agreement
from claims.plural import plural
from claims.safe import one_line
from tui.commands import bindings
from tui.screens.base import Memo
from tui.screens.gridded import Gridded
from tui.takeout import Shown
from tui.widgets.grid import WORDED, Shape
from tui.wrap import Line, Piece, crop, paragraph


class Found(Message):
    """The agreement."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        super().__init__()


def look(kappa: float | None) -> str:
    """The roles of a value; the number has its sign besides."""
    if kappa is None:
        return "muted"
    return "asserts strong" if kappa > 0 else "disputes strong" if kappa < 0 else ""


class AgreementScreen(Gridded):
    """See the module."""

    PLACE = "agreement"
    BINDINGS: ClassVar[list[BindingType]] = bindings("agreement", "grid")
    SHAPES = (WORDED, Shape(8, 1, numbered=True))

    def __init__(self, least: int = LEAST) -> None:
        super().__init__()
        self.agreement: Agreement | None = None
        self.pairs: dict[tuple[int, int], Pair] = {}
        self.least = least

    def memo(self) -> Memo:
        """See the base."""
        return ["agreement", self.least]

    def load(self) -> None:
        """Every pair."""
        if self.contested.reader.missing:
            return
        least = self.least
        self.ask("agreement", lambda views: agreement(views, least=least), Found)

    @on(Found)
    def found(self, message: Found) -> None:
        """It has come."""
        self.agreement = found = message.agreement
        self.pairs = {key: pair for pair in found.pairs for key in ((pair.a, pair.b), (pair.b, pair.a))}
        names: list[Piece] = [(one_line(source.name)[:200], "") for source in found.sources]
        numbered: list[Piece] = [(f"{n} {name}", roles) for n, (name, roles) in enumerate(names, 1)]
        self.grid.fill(numbered, names)
        self.refill()

    def takeout(self) -> Shown | None:
        """See the base: every pair."""
        from claims.listed import pairs

        found = self.agreement
        return Shown("agreement", "how far sources agree", lambda views: pairs(found)) if found else None

    @property
    def filled(self) -> bool:
        """See the base."""
        return bool(self.agreement and self.agreement.sources)

    def _pair(self, row: int, column: int) -> Pair | None:
        assert self.agreement is not None
        return self.pairs.get((self.agreement.sources[row].id, self.agreement.sources[column].id))

    def crumbs(self) -> Line:
        """What it is."""
        return [("Sources by sources", "title")]

    def draw_sub(self, width: int) -> list[Line]:
        """How many, over how many claims."""
        shared = f"{plural(self.least, 'shared claim')} or more"
        if not self.agreement or not self.agreement.sources:
            told = f"No two sources take sides on {shared}." if self.agreement else "…"
            return [[(told, "muted")]]
        line: Line = [(plural(len(self.agreement.sources), "source"), "strong"), (f" with {shared}", "strong")]
        line.append(("   kappa: +1 always alike, 0 as by chance, below 0 less; same: both take one side only", "muted"))
        return [crop(line, width)]

    def draw_cell(self, row: int, column: int, width: int) -> Line:
        """Kappa, and on how many claims where there is room."""
        pair = self._pair(row, column)
        if pair is None:
            return [("·" if row == column else "", "faint")]
        value = "same" if pair.kappa is None else f"{pair.kappa:+.2f}"
        line: Line = [(value, look(pair.kappa))]
        return [*line, (f" on {pair.shared}", "muted")] if width > 8 else line

    def draw_detail(self, row: int, column: int, width: int) -> list[Line]:
        """The pair in words."""
        assert self.agreement is not None
        a, b = (one_line(self.agreement.sources[n].name)[:80] for n in (row, column))
        if row == column:
            return [[(a, "strong")], [("Choose another column to set it against.", "muted")]]
        pair = self._pair(row, column)
        if pair is None:
            few = f"They take sides on fewer than {self.least} common claims."
            return [[(f"{a} × {b}", "strong")], [(few, "muted")]]
        told = f"The same side on {pair.alike} of {plural(pair.shared, 'shared claim')}. "
        more = "more often" if (pair.kappa or 0) > 0 else "less often" if (pair.kappa or 0) < 0 else "no more"
        told += (
            "Both take only this one side, so chance alone would have them agree: nothing follows."
            if pair.kappa is None
            else f"Cohen's kappa {pair.kappa:+.2f}: they agree {more} than if each took its sides at random."
        )
        return [crop([(f"{a} × {b}", "strong")], width), *paragraph(told, width, limit=3)]

    # -- commands

    def open_cell(self, row: int, column: int) -> None:
        """The claims behind the number: the two compared."""
        from tui.screens.compare import CompareScreen

        assert self.agreement is not None
        if row != column:
            self.contested.open_place(
                CompareScreen(self.agreement.sources[row].id, self.agreement.sources[column].id)
            )

    def can(self, action: str) -> bool:
        """An empty grid has no pair to copy."""
        return self.filled if action == "copy" else super().can(action)

    def action_copy(self) -> None:
        """The pair in words, to the clipboard."""
        told = self.draw_detail(self.grid.row, self.grid.column, 1_000)
        self.app.copy_to_clipboard("\n".join("".join(text for text, _ in line) for line in told))
        self.notify("Copied the two sources.", timeout=2)

    def action_least(self, step: int) -> None:
        """More or fewer shared claims."""
        self.least = max(1, self.least + step)
        self.load()
