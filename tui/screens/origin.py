"""What is known of an article, and every article that prints the same text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from claims.plural import plural
from claims.reprints import Printing, printings
from claims.rows import DocumentRow
from claims.safe import one_line
from claims.views import Views
from tui.commands import bindings
from tui.screens.base import Memo, Place, rule
from tui.widgets.band import Band
from tui.widgets.blocks import Blocks
from tui.widgets.cursor import CursorView
from tui.wrap import Line, crop, paragraph

LABEL = 10


class Traced(Message):
    """The article and its printings."""

    def __init__(self, document: DocumentRow, printed: Printing | None) -> None:
        self.document, self.printed = document, printed
        super().__init__()


class OriginScreen(Place):
    """See the module."""

    PLACE = "origin"
    BINDINGS: ClassVar[list[BindingType]] = bindings("origin")

    def __init__(self, document_id: int) -> None:
        super().__init__()
        self.document_id = document_id
        self.document: DocumentRow | None = None
        self.printed: Printing | None = None
        self.sub = Band(self.draw_sub, id="sub")
        self.blocks = Blocks[DocumentRow](self.draw_item, id="printings")

    def compose(self) -> ComposeResult:
        """Facts, then the printings."""
        yield from self.frame()
        yield self.sub
        yield self.blocks
        yield from self.foot()

    def on_mount(self) -> None:
        """The list has the keys."""
        self.blocks.focus()
        self.load()

    def memo(self) -> Memo:
        """See the base."""
        return ["origin", self.document_id]

    def load(self) -> None:
        """The article and its printings."""
        document_id = self.document_id

        def question(views: Views) -> tuple[DocumentRow, Printing | None]:
            return views.document(document_id), printings(views, document_id)

        self.ask("origin", question, lambda found: Traced(*found))

    @on(Traced)
    def traced(self, message: Traced) -> None:
        """They have come: the cursor on the article one came from."""
        self.document, self.printed = message.document, message.printed
        rows = [self.printed.origin, *self.printed.reprints] if self.printed else [self.document]
        self.blocks.fill(rows, cursor=next(n for n, row in enumerate(rows) if row.id == self.document_id))
        self.sub.show(self.draw_sub)
        self.refresh_head()

    def crumbs(self) -> Line:
        """Of which article."""
        return [(f"Origin of article {self.document_id}", "title")]

    def draw_sub(self, width: int) -> list[Line]:
        """All that is known of the article."""
        document = self.document
        if document is None:
            return [[("…", "muted")]]
        lines: list[Line] = []
        for label, value in (
            ("title", document.title), ("outlet", document.outlet), ("via", document.via), ("author", document.author),
            ("date", document.published), ("language", document.language), ("address", document.url),
            ("file", document.path), ("SHA-256", document.sha256),
        ):  # fmt: skip
            shown = one_line(value)[:500]
            lines.append(crop([(label.ljust(LABEL), "muted"), (shown or "not known", "" if shown else "faint")], width))
        much = f"{plural(document.sentences, 'sentence')}, {plural(document.mentions, 'mark')}"
        lines += [[("holds".ljust(LABEL), "muted"), (much, "")], []]
        if self.printed is None:
            return [*lines, *paragraph("No other article read prints this text.", width, roles="muted")]
        title = f"One text, printed {plural(len(self.printed.reprints) + 1, 'time')}"
        return [*lines, rule([(title, "strong")], width)]

    def draw_item(self, row: DocumentRow, width: int) -> Sequence[Line]:
        """One printing."""
        first = self.printed is not None and row.id == self.printed.origin.id
        role = "origin" if first else "reprint" if self.printed else "article"
        via = f"via {one_line(row.via)[:60]}" if row.via else ""
        facts = " · ".join(p for p in (one_line(row.published)[:10] or "undated", via, one_line(row.title)[:300]) if p)
        here = ("  (the article you came from)", "muted") if row.id == self.document_id else ("", "")
        return [
            crop([(f"{role:8}", "accent" if first else "muted"), (one_line(row.outlet)[:120], "strong"), here], width),
            crop([(" " * 8, ""), (facts, "muted")], width),
        ]

    @on(CursorView.Chosen)
    def chosen(self) -> None:
        """The article."""
        from tui.screens.document import DocumentScreen

        if row := self.blocks.current:
            self.contested.open_place(DocumentScreen(row.id))

    def action_address(self) -> None:
        """Open its address."""
        self.contested.open_address(self.blocks.current)
