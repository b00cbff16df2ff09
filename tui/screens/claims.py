"""The claims: a list of any length out of SQL, what it is narrowed to, and both sides of the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal, cast

from pydantic import BaseModel, ConfigDict, ValidationError
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.timer import Timer

from claims.rows import ClaimRow, MentionRow, Overview
from claims.safe import one_line
from claims.views import Order, Views
from tui import marks
from tui.commands import bindings
from tui.deciding import Deciding
from tui.screens import claims_rows as rows_of
from tui.widgets.band import Band
from tui.widgets.cursor import CursorView
from tui.widgets.filter import Filter
from tui.widgets.preview import Preview
from tui.widgets.rows import PAGE, Rows
from tui.wrap import Line, crop

SORTS: dict[Order, str] = {
    "contested": "most contested first",
    "sources": "most voices first",
    "recent": "latest first",
    "first": "earliest first",
    "text": "by wording",
}

Preference = Literal["auto", "on", "off"]


class Query(BaseModel):
    """What the list is narrowed to; an answer to an older one is dropped."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    words: str = ""
    contested: bool = False
    pinned: bool = False
    everything: bool = False
    order: Order = "contested"
    reverse: bool = False

    def narrowing(self) -> dict[str, Any]:
        """For :meth:`Views.count_claims`."""
        return self.model_dump(include={"words", "contested", "pinned", "everything"})

    def page(self, views: Views, number: int) -> list[ClaimRow]:
        """One page of the list."""
        return views.claims(**self.model_dump(), limit=PAGE, offset=number * PAGE)


class Counted(Message):
    """How much there is altogether."""

    def __init__(self, overview: Overview | None) -> None:
        self.overview = overview
        super().__init__()


class Listed(Message):
    """The first page for a query, and how many rows there are."""

    def __init__(self, query: Query, count: int, rows: list[ClaimRow]) -> None:
        self.query, self.count, self.rows = query, count, rows
        super().__init__()


class Paged(Message):
    """A further page."""

    def __init__(self, query: Query, page: int, rows: list[ClaimRow]) -> None:
        self.query, self.page, self.rows = query, page, rows
        super().__init__()


class Previewed(Message):
    """The marks of the claim under the cursor."""

    def __init__(self, claim: ClaimRow, mentions: list[MentionRow]) -> None:
        self.claim, self.mentions = claim, mentions
        super().__init__()


class ClaimsScreen(Deciding):
    """See the module."""

    PLACE = "claims"
    BINDINGS: ClassVar[list[BindingType]] = bindings("claims", "decide")

    def __init__(self) -> None:
        super().__init__()
        self.query_now = Query()
        self.overview: Overview | None = None
        self.count = 0
        self._keep = 0
        self._held: int | None = None
        self._previewing: Preference = "auto"
        self._pause: Timer | None = None
        self.sub = Band(self.draw_sub, id="sub")
        self.entry = Filter("words of the claim or its sentences")
        self.body = Container(id="body", classes="filled")
        self.rows = Rows[ClaimRow](self.draw_row, id="claims")
        self.preview = Preview(id="preview")

    def compose(self) -> ComposeResult:
        """Head, what the list is narrowed to, the list and the preview."""
        yield from self.frame()
        yield self.sub
        yield self.entry
        yield Band(rows_of.welcome(self.contested.database), id="welcome")
        with self.body:
            with Container(id="listing"):
                yield Band(lambda width: [rows_of.head(width)], id="columns", classes="columns-head")
                yield self.rows
            yield self.preview
        yield from self.foot()

    def on_mount(self) -> None:
        """Come back to what was shown the last time, then read."""
        kept = self.contested.state.claims
        try:
            self.query_now = Query.model_validate(kept.get("query", {}))
        except ValidationError:
            self.query_now = Query()
        row, preview = kept.get("row", 0), kept.get("preview", "auto")
        self._keep = row if isinstance(row, int) else 0
        self._previewing = cast(Preference, preview) if preview in ("auto", "on", "off") else "auto"
        if self.query_now.words:
            self.entry.reset(self.query_now.words)
        self.rows.focus()
        self.load()

    def remembered(self) -> dict[str, Any]:
        """For the state file."""
        return {"query": self.query_now.model_dump(), "row": self.rows.cursor, "preview": self._previewing}

    # -- reading

    def load(self) -> None:
        """Counts and the first page, the row kept where it can be."""
        if self.contested.reader.missing:
            self.post_message(Counted(None))
            return
        self._keep = self._keep or self.rows.cursor
        self._held = claim.id if (claim := self.rows.current) else None
        self.ask("overview", lambda views: views.overview(), Counted)
        self._list()

    def _list(self) -> None:
        query, last = self.query_now, self._keep // PAGE

        def question(views: Views) -> tuple[int, list[ClaimRow]]:
            rows = [row for number in range(min(last + 1, 20) + 1) for row in query.page(views, number)]
            return views.count_claims(**query.narrowing()), rows

        self.ask("list", question, lambda found: Listed(query, *found))
        self.sub.show(self.draw_sub)

    @on(Counted)
    def counted(self, message: Counted) -> None:
        """The overview has come."""
        self.overview = message.overview
        self.set_class(message.overview is None or message.overview.documents == 0, "-empty")
        self.refresh_head()
        self.sub.show(self.draw_sub)

    @on(Listed)
    def listed(self, message: Listed) -> None:
        """A new list."""
        if message.query != self.query_now:
            return
        self.count = message.count
        # the same claim stays under the cursor where a decision moved it: the next key must not act on another
        places = (row for row, claim in enumerate(message.rows) if claim.id == self._held)
        self.rows.fill(message.count, message.rows, cursor=next(places, self._keep))
        self._keep, self._held = 0, None
        self.sub.show(self.draw_sub)
        self.refresh_bindings()
        self._preview_soon()

    @on(Rows.Wanted)
    def wanted(self, message: Rows.Wanted) -> None:
        """The list nears rows that have not been read."""
        query, page = self.query_now, message.page
        self.ask(f"page-{page}", lambda views: query.page(views, page), lambda rows: Paged(query, page, rows))

    @on(Paged)
    def paged(self, message: Paged) -> None:
        """They have come."""
        if message.query == self.query_now:
            self.rows.add_page(message.page, message.rows)
            if self.rows.cursor // PAGE == message.page:
                self._preview_soon()

    # -- painting

    def aside(self) -> Line:
        """The overview."""
        if not (seen := self.overview):
            return []
        wide = self.app.size.width >= 92
        much = f"{marks.plural(seen.documents, 'article')} · {marks.plural(seen.sources, 'source')} · " if wide else ""
        return [
            (f"{much}{seen.recurring:,} recurring", "muted"),
            (" · ", "faint"),
            (f"{seen.contested:,} contested", "contested" if seen.contested else "muted"),
        ]

    def draw_sub(self, width: int) -> list[Line]:
        """What the list is narrowed to, and in which order."""
        query = self.query_now
        what = "All claims" if query.everything else "Recurring claims"
        limits = [("contested only", "contested")] if query.contested else []
        limits += [("pinned only", "accent")] if query.pinned else []
        limits += [(f"holding “{one_line(query.words)}”", "hit")] if query.words else []
        line: Line = [(f"{self.count:,} ", "strong"), (what, "strong")]
        for limit in limits:
            line += [(" · ", "faint"), limit]
        order = SORTS.get(query.order, query.order) + (", turned round" if query.reverse else "")
        return [crop([*line, (" · ", "faint"), (order, "muted")], width)]

    def draw_row(self, claim: ClaimRow, width: int) -> Sequence[Line]:
        """A row of the list."""
        return rows_of.draw(claim, width, self.query_now.words)

    def on_resize(self, event: events.Resize) -> None:
        """Lists narrower than their columns take two lines a claim."""
        self._arrange()
        self.refresh_head()

    def _arrange(self) -> None:
        width, height = self.app.size
        fits = "-right" if width >= 150 else "-below" if height >= 34 and width >= 100 else ""
        if self._previewing == "off":
            fits = ""
        elif self._previewing == "on" and not fits:
            fits = "-below"
        body = self.body
        for name in ("-right", "-below"):
            body.set_class(fits == name, name)
        room = width * 3 // 5 if fits == "-right" else width
        self.set_class(room >= rows_of.ONE_LINE, "-table")
        self.rows.set_height(1 if room >= rows_of.ONE_LINE else 2)
        if fits:
            self._preview_soon()

    # -- the preview

    @on(CursorView.Moved)
    def moved(self) -> None:
        """The cursor is on another claim."""
        self._preview_soon()

    def _shown(self) -> bool:
        return self.body.has_class("-right") or self.body.has_class("-below")

    def _preview_soon(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(0.06, self._preview)

    def _preview(self) -> None:
        self._pause = None
        if not self._shown():
            return
        claim = self.rows.current
        if claim is None:
            self.preview.show(None, [])
            return
        self.ask("preview", lambda views: views.mentions(claim.id), lambda marked: Previewed(claim, marked))

    @on(Previewed)
    def previewed(self, message: Previewed) -> None:
        """Its marks have come."""
        self.preview.show(message.claim, message.mentions)

    # -- commands

    def claim_here(self) -> tuple[int, str, bool] | None:
        """See the base."""
        claim = self.rows.current
        return (claim.id, claim.text, claim.pinned) if claim else None

    def can(self, action: str) -> bool:
        """A filter is typed only once, and an empty list has nothing to copy."""
        if action == "filter":
            return not isinstance(self.focused, Filter)
        return action != "copy" or self.rows.count > 0

    def _change(self, **changes: Any) -> None:
        self.query_now = Query.model_validate({**self.query_now.model_dump(), **changes})
        self._keep, self._held = 0, None
        self._list()

    def action_filter(self) -> None:
        """Type a filter."""
        self.entry.open(self.query_now.words)

    @on(Filter.Typed)
    def typed(self, message: Filter.Typed) -> None:
        """Words of the filter."""
        if message.words != self.query_now.words:
            self._change(words=message.words)

    @on(Filter.Done)
    def filtered(self) -> None:
        """Back to the list."""
        self.rows.focus()

    def action_narrow(self, what: str) -> None:
        """Contested only, pinned only, all claims: on or off."""
        self._change(**{what: not getattr(self.query_now, what)})

    def action_sort(self) -> None:
        """The next order."""
        orders = list(SORTS)
        self._change(order=orders[(orders.index(self.query_now.order) + 1) % len(orders)], reverse=False)

    def action_reverse(self) -> None:
        """The same order from its other end."""
        self._change(reverse=not self.query_now.reverse)

    def action_preview(self) -> None:
        """Show or hide both sides."""
        self._previewing = "off" if self._shown() else "on"
        self._arrange()

    def action_copy(self) -> None:
        """The claim with its counts, to the clipboard."""
        if claim := self.rows.current:
            self.app.copy_to_clipboard(
                f"{one_line(claim.text)} (claim {claim.id}: {claim.asserting} assert, {claim.disputing} dispute,"
                f" {claim.reporting} report; {marks.period(claim.first_seen, claim.last_seen)})"
            )
            self.notify("Copied the claim.", timeout=2)

    @on(CursorView.Chosen)
    def chosen(self) -> None:
        """Open the claim."""
        from tui.screens.claim import ClaimScreen

        if claim := self.rows.current:
            self.contested.open_place(ClaimScreen(claim.id))

    def leave(self) -> bool:
        """Back, on the first screen, widens the list again."""
        if self.query_now != (plain := Query(order=self.query_now.order, reverse=self.query_now.reverse)):
            self.entry.reset("")
            self.query_now = plain
            self._list()
        return True
