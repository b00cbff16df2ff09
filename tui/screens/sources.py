"""Outlets, and the people and institutions they cite: how much each asserts and disputes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from claims.rows import SourceRow
from claims.safe import one_line
from tui.commands import bindings
from tui.deciding import Naming
from tui.screens import sources_rows as rows_of
from tui.screens.base import Memo
from tui.takeout import Shown
from tui.widgets.band import Band
from tui.widgets.cursor import CursorView
from tui.widgets.filter import Filter
from tui.widgets.rows import Rows
from tui.wrap import Line, crop

MOST = 20_000
"""Sources read; they are few beside claims, so filter and order need no further question."""

SORTS = {
    "sides": ("most sides taken first", lambda s: (-(s.asserts + s.disputes), -s.claims, s.name.casefold())),
    "asserts": ("most assertions first", lambda s: (-s.asserts, s.name.casefold())),
    "disputes": ("most disputes first", lambda s: (-s.disputes, s.name.casefold())),
    "reversed": ("most changes of side first", lambda s: (-s.reversed, s.name.casefold())),
    "corrected": ("most corrected first", lambda s: (-s.corrected, -s.checked, s.name.casefold())),
    "articles": ("in most articles first", lambda s: (-s.documents, s.name.casefold())),
    "name": ("by name", lambda s: (s.name.casefold(),)),
}
KINDS = {"all": "Outlets and holders", "outlets": "Outlets", "holders": "Holders"}


def narrowed(sources: Sequence[SourceRow], words: str, kind: str = "all") -> list[SourceRow]:
    """Those whose name or an alias holds all the words, of one kind."""
    wanted = words.casefold().split()

    def fits(source: SourceRow) -> bool:
        outlet = source.kind in ("outlet", "document")
        if kind != "all" and outlet != (kind == "outlets"):
            return False
        names = " ".join((source.name, *source.aliases)).casefold()
        return all(word in names for word in wanted)

    return [source for source in sources if fits(source)]


class Found(Message):
    """All sources."""

    def __init__(self, sources: list[SourceRow]) -> None:
        self.sources = sources
        super().__init__()


class SourcesScreen(Naming):
    """See the module."""

    PLACE = "sources"
    BINDINGS: ClassVar[list[BindingType]] = bindings("sources", "naming")

    def __init__(self) -> None:
        super().__init__()
        self.sources: list[SourceRow] = []
        self.words, self.kind, self.sort = "", "all", "sides"
        self.marked: SourceRow | None = None
        self.most = 0
        self.sub = Band(self.draw_sub, id="sub")
        self.entry = Filter("letters of a name")
        self.rows = Rows[SourceRow](self.draw_row, id="sources")

    def compose(self) -> ComposeResult:
        """Head, what is shown, the list."""
        yield from self.frame()
        yield self.sub
        yield self.entry
        yield Band(lambda width: [rows_of.head(width)], classes="columns-head")
        yield self.rows
        yield from self.foot()

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()
        self.load()

    def memo(self) -> Memo:
        """See the base."""
        return ["sources"]

    def load(self) -> None:
        """All of them."""
        if not self.contested.reader.missing:
            self.ask("sources", lambda views: views.sources(limit=MOST), Found)

    @on(Found)
    def found(self, message: Found) -> None:
        """They have come."""
        held = source.id if (source := self.rows.current) else None
        self.sources = message.sources
        self.most = max((s.asserts + s.disputes + s.reports for s in self.sources), default=0)
        self._list(self.rows.cursor, held)

    def _list(self, cursor: int = 0, held: int | None = None) -> None:
        shown = self._listed()
        cursor = next((n for n, source in enumerate(shown) if source.id == held), cursor)
        self.rows.fill(len(shown), shown, cursor=cursor)
        self.sub.show(self.draw_sub)
        self.refresh_bindings()

    def _listed(self) -> list[SourceRow]:
        return sorted(narrowed(self.sources, self.words, self.kind), key=SORTS[self.sort][1])

    def takeout(self) -> Shown:
        """See the base: those listed, in their order."""
        listed = self._listed()
        return Shown("sources", "the sources listed", lambda views: listed)

    def draw_sub(self, width: int) -> list[Line]:
        """What is shown, in which order."""
        line: Line = [(f"{self.rows.count:,} {KINDS[self.kind]}" if self.sources else "No sources yet", "strong")]
        line += [(" · ", "faint"), (f"“{one_line(self.words)}”", "hit")] if self.words else []
        line += [(" · ", "faint"), (SORTS[self.sort][0], "muted")]
        line += (
            [(" · ", "faint"), (f"◆ {one_line(self.marked.name)} marked: m on another", "accent")]
            if self.marked
            else []
        )
        return [crop(line, width)]

    def draw_row(self, source: SourceRow, width: int) -> Sequence[Line]:
        """A row."""
        return rows_of.draw(source, width, self.most, self.marked is not None and self.marked.id == source.id)

    @on(CursorView.Chosen)
    def chosen(self) -> None:
        """What it says."""
        from tui.screens.source import SourceScreen

        if source := self.rows.current:
            self.contested.open_place(SourceScreen(source.id))

    def can(self, action: str) -> bool:
        """A filter is typed only once, and an empty list has nothing to mark."""
        if action == "filter":
            return not isinstance(self.focused, Filter)
        return action not in ("mark", "copy") or self.rows.count > 0

    def source_here(self) -> SourceRow | None:
        """See the base."""
        return self.rows.current

    def action_copy(self) -> None:
        """The source with its counts, to the clipboard."""
        if source := self.rows.current:
            self.app.copy_to_clipboard(
                f"{one_line(source.name)} ({source.kind}): asserts {source.asserts}, disputes {source.disputes},"
                f" reports {source.reports} of {source.claims} claims in {source.documents} articles; changed sides on"
                f" {source.reversed}; {source.corrected} of {source.checked} checked marks corrected"
            )
            self.notify("Copied the source.", timeout=2)

    def action_filter(self) -> None:
        """Type a filter."""
        self.entry.open(self.words)

    @on(Filter.Typed)
    def typed(self, message: Filter.Typed) -> None:
        """Letters of a name."""
        self.words = message.words
        self._list()

    @on(Filter.Done)
    def filtered(self) -> None:
        """Back to the list."""
        self.rows.focus()

    def action_kind(self) -> None:
        """Outlets, holders, both."""
        kinds = list(KINDS)
        self.kind = kinds[(kinds.index(self.kind) + 1) % len(kinds)]
        self._list()

    def action_sort(self) -> None:
        """The next order."""
        sorts = list(SORTS)
        self.sort = sorts[(sorts.index(self.sort) + 1) % len(sorts)]
        self._list()

    def action_mark(self) -> None:
        """Mark one, then another, and compare the two."""
        from tui.screens.compare import CompareScreen

        source = self.rows.current
        if source is None:
            return
        if self.marked is None or self.marked.id == source.id:
            self.marked = None if self.marked else source
            self._list(self.rows.cursor)
        else:
            first, self.marked = self.marked, None
            self._list(self.rows.cursor)
            self.contested.open_place(CompareScreen(first.id, source.id))

    def leave(self) -> bool:
        """Back widens the list first."""
        if not (self.words or self.marked or self.kind != "all"):
            return False
        self.words, self.marked, self.kind = "", None, "all"
        self.entry.reset("")
        self._list()
        return True

    def on_resize(self, event: events.Resize) -> None:
        """Columns depend on the width."""
        self.rows.refresh()
