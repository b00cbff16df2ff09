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

from claims.errors import ClaimsError
from claims.glance import Glance, glances
from claims.narrow import Narrowing
from claims.plural import plural
from claims.rows import ClaimRow, MentionRow, Overview
from claims.safe import one_line
from claims.views import Order, Views
from tui import marks
from tui.commands import BY_ID, bindings
from tui.deciding import Deciding
from tui.screens import claims_rows as rows_of
from tui.screens.base import Behind, marks_on
from tui.takeout import Shown
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

NAMED = {"outlet": "in", "holder": "quoting", "reason": "disputed for", "period": "in", "topic": "word"}
"""Facets, and how a line says that the list is narrowed to one of their values."""

PAUSE = 0.7
"""Seconds without a key before the filter also looks by meaning."""

Preference = Literal["auto", "on", "off"]


Page = tuple[list[ClaimRow], dict[int, Glance]]


class Query(BaseModel):
    """What the list is narrowed to; an answer to an older one is dropped."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    words: str = ""
    near: tuple[int, ...] = ()
    """Claims that fit the words by meaning."""
    contested: bool = False
    pinned: bool = False
    unreviewed: bool = False
    everything: bool = False
    outlet: int | None = None
    holder: int | None = None
    reason: str | None = None
    period: str | None = None
    topic: str | None = None
    order: Order = "contested"
    reverse: bool = False

    def narrowing(self) -> Narrowing:
        """For :meth:`Views.count_claims` and the like."""
        return cast(Narrowing, self.model_dump(exclude={"order", "reverse"}))

    def page(self, views: Views, number: int) -> Page:
        """One page of the list."""
        rows = views.claims(
            **self.narrowing(), order=self.order, reverse=self.reverse, limit=PAGE, offset=number * PAGE
        )
        return rows, glances(views, [row.id for row in rows])


class Counted(Message):
    """How much there is altogether."""

    def __init__(self, overview: Overview | None) -> None:
        self.overview = overview
        super().__init__()


class Listed(Message):
    """The first pages for a query and those about the cursor, how many rows there are, and where the cursor goes."""

    def __init__(self, query: Query, count: int, pages: dict[int, Page], at: int) -> None:
        self.query, self.count, self.pages, self.at = query, count, pages, at
        super().__init__()


class Paged(Message):
    """A further page."""

    def __init__(self, query: Query, number: int, page: Page) -> None:
        self.query, self.number, self.page = query, number, page
        super().__init__()


class Near(Message):
    """Claims that fit the filter's words by meaning, or why there are none."""

    def __init__(self, words: str, claims: list[int], error: str = "") -> None:
        self.words, self.claims, self.error = words, claims, error
        super().__init__()


class Previewed(Message):
    """The marks of the claim under the cursor."""

    def __init__(self, claim: ClaimRow, mentions: list[MentionRow]) -> None:
        self.claim, self.mentions = claim, mentions
        super().__init__()


class ClaimsScreen(Deciding):
    """See the module."""

    PLACE = "claims"
    BINDINGS: ClassVar[list[BindingType]] = bindings("claims", "decide", "behind")

    def __init__(self) -> None:
        super().__init__()
        self.query_now = Query()
        self.overview: Overview | None = None
        self.count = 0
        self.glances: dict[int, Glance] = {}
        self.names: dict[str, str] = {}
        """What the values of facets are called."""
        self._keep = 0
        self._held: int | None = None
        self._thinking: Timer | None = None
        self._sought = ""
        """Words that are being looked for by meaning."""
        self._looking = False
        self._previewing: Preference = "auto"
        self._pause: Timer | None = None
        self.sub = Band(self.draw_sub, id="sub")
        self.entry = Filter("words of the claim or its sentences")
        self.body = Container(id="body", classes="filled")
        self.nothing = Band(id="nothing")
        self.rows = Rows[ClaimRow](self.draw_row, id="claims")
        self.preview = Preview(id="preview")

    def compose(self) -> ComposeResult:
        """Head, what the list is narrowed to, the list and the preview."""
        yield from self.frame()
        self._recall()
        self._arrange()
        yield self.sub
        yield self.entry
        reader = self.contested.reader
        yield Band(rows_of.welcome(reader.database, void=reader.void), id="welcome")
        with self.body:
            with Container(id="listing"):
                yield Band(lambda width: [rows_of.head(width)], id="columns", classes="columns-head")
                yield self.nothing
                yield self.rows
            yield self.preview
        yield from self.foot()

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()
        self.load()

    def _recall(self) -> None:
        """Come back to what was shown the last time."""
        kept = self.contested.state.claims
        try:
            self.query_now = Query.model_validate(kept.get("query", {}))
        except ValidationError:
            self.query_now = Query()
        names = kept.get("names")
        self.names = {str(k): str(v) for k, v in names.items()} if isinstance(names, dict) else {}
        row, preview = kept.get("row", 0), kept.get("preview", "auto")
        self._keep = row if isinstance(row, int) else 0
        self._previewing = cast(Preference, preview) if preview in ("auto", "on", "off") else "auto"
        if self.query_now.words:
            self.entry.reset(self.query_now.words)

    def remembered(self) -> dict[str, Any]:
        """For the state file."""
        query = self.query_now.model_dump(exclude={"near"})
        return {"query": query, "names": self.names, "row": self.rows.cursor, "preview": self._previewing}

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
        query, keep, held = self.query_now, self._keep, self._held

        def question(views: Views) -> Listed:
            wanted = {0, keep // PAGE, (keep + self.app.size.height) // PAGE}  # what can come into sight, no more
            pages = {number: query.page(views, number) for number in sorted(wanted)}
            # the same claim stays under the cursor where a decision moved it: the next key must not act on another
            places = (n * PAGE + i for n, page in pages.items() for i, row in enumerate(page[0]) if row.id == held)
            at = next(places, None)
            if at is None and held is not None:
                at = views.place_of(held, order=query.order, reverse=query.reverse, **query.narrowing())
            if at is not None and at // PAGE not in pages:
                pages[at // PAGE] = query.page(views, at // PAGE)
            return Listed(query, views.count_claims(**query.narrowing()), pages, keep if at is None else at)

        self.ask("list", question, lambda found: found)
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
        self.glances = {i: glance for _, found in message.pages.values() for i, glance in found.items()}
        pages = {number: rows for number, (rows, _) in message.pages.items() if rows or not number}
        self.rows.fill(message.count, pages[0], cursor=message.at, pages=pages)
        self._keep, self._held = 0, None
        self.nothing.show(self.draw_nothing)
        self.sub.show(self.draw_sub)
        self.refresh_bindings()
        self._preview_soon()

    @on(Rows.Wanted)
    def wanted(self, message: Rows.Wanted) -> None:
        """The list nears rows that have not been read."""
        query, number = self.query_now, message.page
        self.ask(f"page-{number}", lambda views: query.page(views, number), lambda page: Paged(query, number, page))

    @on(Paged)
    def paged(self, message: Paged) -> None:
        """They have come."""
        if message.query == self.query_now:
            rows, glances = message.page
            self.glances |= glances
            self.rows.add_page(message.number, rows)
            if self.rows.cursor // PAGE == message.number:
                self._preview_soon()

    def takeout(self) -> Shown:
        """See the base: the whole list, in its order."""
        query = self.query_now
        return Shown(
            "claims", "the claims listed",
            lambda views: views.claims(**query.narrowing(), order=query.order, reverse=query.reverse, limit=-1),
        )  # fmt: skip

    # -- painting

    def aside(self) -> Line:
        """The overview."""
        if not (seen := self.overview):
            return []
        wide = self.app.size.width >= 92
        much = f"{plural(seen.documents, 'article')} · {plural(seen.sources, 'source')} · " if wide else ""
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
        limits += [("unreviewed only", "accent")] if query.unreviewed else []
        for name, how in NAMED.items():
            if (value := getattr(query, name)) is not None:
                limits.append((f"{how} {one_line(self.names.get(name, str(value)))}", "accent"))
        limits += [(f"holding “{one_line(query.words)}”", "hit")] if query.words else []
        if self._sought:
            limits.append(("looking by meaning…", "muted"))
        elif query.near:
            limits.append((f"or near it in meaning ({len(query.near)})", "hit"))
        line: Line = [(f"{self.count:,} ", "strong"), (what, "strong")]
        for limit in limits:
            line += [(" · ", "faint"), limit]
        order = SORTS.get(query.order, query.order) + (", turned round" if query.reverse else "")
        return [crop([*line, (" · ", "faint"), (order, "muted")], width)]

    def draw_nothing(self, width: int) -> list[Line]:
        """Why the list is empty, where it is, and the keys that help."""
        if self.count:
            return []
        plain = Query()
        same = {"everything", "near", "order", "reverse"}  # these narrow nothing by themselves
        only = {name for name in Query.model_fields if getattr(self.query_now, name) != getattr(plain, name)} - same

        def key(command: str) -> str:
            return self.contested.keys_for(BY_ID[command]).split()[0]

        return rows_of.nothing(only, self.query_now.everything, key, width)

    def draw_row(self, claim: ClaimRow, width: int) -> Sequence[Line]:
        """A row of the list."""
        return rows_of.draw(claim, width, self.query_now.words, self.glances.get(claim.id))

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
        self.set_class(room >= rows_of.ONE_LINE, "-table", update=self.is_mounted)
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

    def behind(self) -> Behind | None:
        """See the base: the marks that the preview shows."""
        return marks_on(claim) if (claim := self.rows.current) else None

    def can(self, action: str) -> bool:
        """A filter is typed only once, and an empty list has nothing to copy."""
        if action == "filter":
            return not isinstance(self.focused, Filter)
        return action != "copy" or self.rows.count > 0

    def _change(self, **changes: Any) -> None:
        self.query_now = Query.model_validate({**self.query_now.model_dump(), **changes})
        self._keep, self._held = 0, None
        self._list()

    def narrow(self, changes: dict[str, Any], names: dict[str, str] | None = None) -> None:
        """Narrow the list, or widen it; ``names`` is what people call the values."""
        self.names |= names or {}
        self._change(**changes)

    def widen(self) -> bool:
        """All claims again, in the same order; whether anything was narrowed."""
        plain = Query(order=self.query_now.order, reverse=self.query_now.reverse)
        if self.query_now == plain:
            return False
        self.entry.reset("")
        self._seek("")
        self.query_now = plain
        self._keep, self._held = 0, None
        self._list()
        return True

    def action_facets(self) -> None:
        """Choose what to narrow the list to."""
        from tui.screens.facets import FacetsScreen

        self.app.push_screen(FacetsScreen(self))

    def action_filter(self) -> None:
        """Type a filter."""
        self.entry.open(self.query_now.words)

    @on(Filter.Typed)
    def typed(self, message: Filter.Typed) -> None:
        """Words of the filter."""
        if message.words != self.query_now.words:
            self._change(words=message.words, near=())
            self._seek(message.words)

    # -- by meaning, after a pause

    def _seek(self, words: str) -> None:
        """Look by meaning too, once no key has come for a while; other words let go of what is being looked for."""
        if self._thinking is not None:
            self._thinking.stop()
        self._thinking, self._sought = None, ""
        if words.strip() and self.contested.config.meaning:
            self._thinking = self.set_timer(PAUSE, lambda: self._look(words))

    def _look(self, words: str) -> None:
        self._thinking, self._sought = None, words
        self.sub.show(self.draw_sub)
        if not self._looking:  # one thread at most waits for the encoder; it is told the newest words when it is back
            self._looking = True
            self.run_worker(lambda: self._think(words), thread=True, group="meaning", exit_on_error=False)

    def _think(self, words: str) -> None:
        try:
            found = Near(words, self.contested.meaning.claims(words))
        except ClaimsError as error:
            found = Near(words, [], str(error))
        self.post_message(found)

    @on(Near)
    def near(self, message: Near) -> None:
        """They have come, if they are still wanted: the claim under the cursor stays."""
        self._looking = False
        if message.words != self._sought:
            if self._sought:
                self._look(self._sought)
            return
        self._sought = ""
        if message.error:
            self.notify(one_line(message.error), severity="warning", markup=False)
        if message.claims:
            self.query_now = self.query_now.model_copy(update={"near": tuple(message.claims)})
            self._keep, self._held = self.rows.cursor, claim.id if (claim := self.rows.current) else None
            self._list()
        self.sub.show(self.draw_sub)

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
        self.widen()
        return True
