"""One source: everything it says, claim by claim, the contested ones first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from claims.plural import plural
from claims.rows import SourceClaim, SourceRow
from claims.safe import one_line
from claims.views import Views
from tui import marks
from tui.commands import bindings
from tui.deciding import Naming
from tui.screens import sources_rows as rows_of
from tui.screens.base import Behind, Memo
from tui.takeout import Shown
from tui.widgets.band import Band
from tui.widgets.cursor import CursorView
from tui.widgets.rows import Rows
from tui.wrap import Line, crop

MOST = 20_000


class Found(Message):
    """The source and its claims."""

    def __init__(self, source: SourceRow, claims: list[SourceClaim]) -> None:
        self.source, self.claims = source, claims
        super().__init__()


class SourceScreen(Naming):
    """See the module."""

    PLACE = "source"
    BINDINGS: ClassVar[list[BindingType]] = bindings("source", "decide", "naming", "behind", "cite")

    def __init__(self, source_id: int) -> None:
        super().__init__()
        self.source_id = source_id
        self.source: SourceRow | None = None
        self.claims: list[SourceClaim] = []
        self.only_contested = False
        self.sub = Band(self.draw_source, id="sub")
        self.rows = Rows[SourceClaim](self.draw_row, height=2, id="said")

    def compose(self) -> ComposeResult:
        """Who it is, then the claims."""
        yield from self.frame()
        yield self.sub
        yield self.rows
        yield from self.foot()

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()
        self.load()

    def memo(self) -> Memo:
        """See the base."""
        return ["source", self.source_id]

    def load(self) -> None:
        """The source and what it says."""
        source_id = self.source_id

        def question(views: Views) -> tuple[SourceRow, list[SourceClaim]]:
            return views.source(source_id), views.source_claims(source_id, limit=MOST)

        self.ask("source", question, lambda found: Found(*found))

    @on(Found)
    def found(self, message: Found) -> None:
        """They have come."""
        held = said.claim_id if (said := self.rows.current) else None
        self.source, self.claims = message.source, message.claims
        self._list(self.rows.cursor, held)
        self.refresh_head()

    def _list(self, cursor: int = 0, held: int | None = None) -> None:
        shown = self._listed()
        cursor = next((n for n, said in enumerate(shown) if said.claim_id == held), cursor)
        self.rows.fill(len(shown), shown, cursor=cursor)
        self.sub.show(self.draw_source)

    def _listed(self) -> list[SourceClaim]:
        return [said for said in self.claims if said.contested or not self.only_contested]

    def takeout(self) -> Shown:
        """See the base: the claims listed."""
        listed = self._listed()
        return Shown(f"source-{self.source_id}", "what the source says", lambda views: listed)

    def crumbs(self) -> Line:
        """Whose claims."""
        return [
            ("Sources", "muted"),
            (" ▸ ", "faint"),
            (one_line(self.source.name)[:60] if self.source else "…", "title"),
        ]

    def draw_source(self, width: int) -> list[Line]:
        """Kind, counts, aliases."""
        if self.source is None:
            return [[("…", "faint")]]
        line: Line = [(f"{marks.KINDS[self.source.kind]} · ", "muted")]
        line += marks.counts(self.source.asserts, self.source.disputes, self.source.reports)
        articles = plural(self.source.documents, "article")
        line.append((f"  of {plural(self.source.claims, 'claim')} in {articles}", "muted"))
        line += [(" · ", "faint"), ("contested only", "contested")] if self.only_contested else []
        more: Line = []
        if self.source.reversed:
            more.append((f"changed sides on {plural(self.source.reversed, 'claim')}  ", "warn"))
        if self.source.checked:
            more.append((f"{self.source.corrected} of {self.source.checked} checked marks corrected  ", "muted"))
        if self.source.speaks_for:
            more.append((f"speaks for {one_line(self.source.speaks_for)[:60]}  ", "muted"))
        if also := ", ".join(one_line(name) for name in self.source.aliases[:12]):
            more.append((f"also called {also}", "faint"))
        return [crop(line, width), *([crop(more, width)] if more else [])]

    def draw_row(self, said: SourceClaim, width: int) -> Sequence[Line]:
        """A row."""
        return rows_of.draw_claim(said, width)

    def on_resize(self, event: events.Resize) -> None:
        """One line a claim where there is room."""
        self.rows.set_height(1 if self.rows.inner_width >= 110 else 2)

    @on(CursorView.Chosen)
    def chosen(self) -> None:
        """The claim, at this source's own words."""
        from tui.screens.claim import ClaimScreen

        if said := self.rows.current:
            self.contested.open_place(ClaimScreen(said.claim_id, self.source_id))

    def source_here(self) -> SourceRow | None:
        """See the base."""
        return self.source

    def claim_here(self) -> tuple[int, str, bool] | None:
        """See the base."""
        return (said.claim_id, said.text, said.pinned) if (said := self.rows.current) else None

    def behind(self) -> Behind | None:
        """See the base: what it says on the claim."""
        if (said := self.rows.current) is None or self.source is None:
            return None
        claim_id, source_id = said.claim_id, self.source_id
        return (
            f"{self.source.name} on claim {claim_id}",
            lambda views: [m for m in views.mentions(claim_id) if m.source_id == source_id],
        )

    def action_contested(self) -> None:
        """Contested only, or all."""
        self.only_contested = not self.only_contested
        self._list()

    def action_compare(self) -> None:
        """Choose a source to set beside this one."""
        from tui.screens.compare import CompareScreen
        from tui.screens.pick import PickScreen

        def picked(other: int | None) -> None:
            if other is not None:
                self.contested.open_place(CompareScreen(self.source_id, other))

        name = self.source.name if self.source else "this source"
        self.app.push_screen(PickScreen(f"Compare {one_line(name)[:40]} with", without=self.source_id), picked)
