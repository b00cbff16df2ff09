"""A window that narrows the list of claims: one facet a tab, how many claims each value would leave beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.worker import get_current_worker

from claims.errors import ClaimsError
from claims.narrow import FACETS, FacetValue, facet
from claims.safe import one_line
from claims.views import Views
from tui.commands import bindings
from tui.data import Stale
from tui.widgets.band import Band
from tui.widgets.cursor import CursorView
from tui.widgets.filter import Filter
from tui.widgets.rows import Rows
from tui.wrap import Line, Piece, crop, ends

if TYPE_CHECKING:
    from tui.app import ContestedApp
    from tui.screens.claims import ClaimsScreen, Query

TABS: dict[str, str] = {
    "only": "only", "outlet": "outlet", "holder": "quoted", "reason": "why disputed", "period": "when", "topic": "word",
}  # fmt: skip
ONLY = {"contested": "contested", "pinned": "pinned", "unreviewed": "unreviewed: nothing decided by hand"}
MOST = 2_000


def values_of(views: Views, tab: str, query: Query) -> list[FacetValue]:
    """What a tab offers, with counts."""
    if tab in FACETS:
        return facet(views, tab, limit=MOST, **query.narrowing())
    with_it = {name: query.model_copy(update={name: True}).narrowing() for name in ONLY}
    return [
        FacetValue(value=name, name=ONLY[name], claims=views.count_claims(**narrowing))
        for name, narrowing in with_it.items()
    ]


class Values(Rows[FacetValue], inherit_bindings=False):
    """The values of one facet; left and right go to the other facets."""

    BINDINGS = bindings("list", leave_out=("list.enter", "list.leave"))


class Offered(Message):
    """The values of a tab."""

    def __init__(self, tab: str, values: list[FacetValue]) -> None:
        self.tab, self.values = tab, values
        super().__init__()


class FacetsScreen(ModalScreen[None]):
    """See the module. ``claims`` is the screen that is narrowed, at once with each choice."""

    PLACE = "facets"
    BINDINGS: ClassVar[list[BindingType]] = bindings("facets")

    def __init__(self, claims: ClaimsScreen) -> None:
        super().__init__()
        self.claims = claims
        self.tab = "only"
        self.values: list[FacetValue] | None = None
        self.words = ""
        self.tabs = Band(self.draw_tabs, id="tabs")
        self.entry = Filter("letters of a name")
        self.rows = Values(self.draw_row, id="picks")

    def compose(self) -> ComposeResult:
        """Tabs over a list."""
        with Vertical(id="pick") as box:
            box.border_title = "Narrow the list"
            box.border_subtitle = "enter chooses, h l facet, / letters, c clears, esc closes"
            yield self.tabs
            yield self.entry
            yield self.rows

    def on_mount(self) -> None:
        """The list has the keys."""
        self.rows.focus()
        self._ask()

    def _ask(self) -> None:
        tab, query = self.tab, self.claims.query_now
        reader = cast("ContestedApp", self.app).reader
        reader.interrupt("facet")

        def read() -> None:
            try:
                found = reader.ask("facet", lambda views: values_of(views, tab, query))
            except (ClaimsError, Stale):
                return
            if not get_current_worker().is_cancelled:
                self.post_message(Offered(tab, found))

        if not reader.missing:
            self.run_worker(read, thread=True, group="facet", exclusive=True, exit_on_error=False)

    @on(Offered)
    def offered(self, message: Offered) -> None:
        """They have come."""
        if message.tab == self.tab:
            self.values = message.values
            self._list(self.rows.cursor)

    def _list(self, cursor: int = 0) -> None:
        wanted = self.words.casefold().split()
        shown = [v for v in self.values or () if all(word in v.name.casefold() for word in wanted)]
        self.rows.fill(len(shown), shown, cursor=cursor)
        self.tabs.show(self.draw_tabs)

    # -- painting

    def draw_tabs(self, width: int) -> list[Line]:
        """The facets, the chosen ones with a mark; and what there is to say of the list."""
        line = [piece for title in self._titles() for piece in (title, (" ", ""))]
        told = "" if self.values else "…" if self.values is None else "No claim has any."
        return [crop(line, width), [(told, "muted")] if told else []]

    def _titles(self) -> list[Piece]:
        found = []
        for name, label in TABS.items():
            chosen = any(getattr(self.claims.query_now, n) for n in (ONLY if name == "only" else (name,)))
            found.append((f" {label}{'•' if chosen else ''} ", "badge" if name == self.tab else "muted"))
        return found

    def draw_row(self, value: FacetValue, width: int) -> Sequence[Line]:
        """Chosen or not, name, number of claims."""
        on = self._chosen(value)
        name: Line = [("[x] " if on else "[ ] ", "accent" if on else "faint"), (one_line(str(value.name)), "strong")]
        return [ends(name, [(f"{value.claims:,}", "muted")], width)]

    def _chosen(self, value: FacetValue) -> bool:
        query = self.claims.query_now
        return bool(getattr(query, str(value.value))) if self.tab == "only" else getattr(query, self.tab) == value.value

    # -- commands

    @on(CursorView.Chosen)
    def chosen(self) -> None:
        """Narrow by it, or no longer."""
        if (value := self.rows.current) is None:
            return
        on = self._chosen(value)
        if self.tab == "only":
            self.claims.narrow({str(value.value): not on})
        else:
            self.claims.narrow({self.tab: None if on else value.value}, {self.tab: one_line(str(value.name))})
        self.rows.refresh_rows()
        self.tabs.show(self.draw_tabs)

    def action_step(self, step: int) -> None:
        """To another facet."""
        names = list(TABS)
        self._open(names[(names.index(self.tab) + step) % len(names)])

    def on_click(self, event: events.Click) -> None:
        """A click on a tab opens it, one outside the window closes it."""
        if event.widget is self.tabs:
            x = event.x
            for name, (text, _) in zip(TABS, self._titles(), strict=True):
                if 0 <= x < len(text):
                    self._open(name)
                x -= len(text) + 1
        elif event.widget is self:
            self.dismiss(None)

    def _open(self, tab: str) -> None:
        self.tab, self.values, self.words = tab, None, ""
        self.entry.reset("")
        self._list()
        self._ask()

    def action_filter(self) -> None:
        """Type letters of a name."""
        self.entry.open(self.words)

    @on(Filter.Typed)
    def typed(self, message: Filter.Typed) -> None:
        """Letters."""
        message.stop()
        self.words = message.words
        self._list()

    @on(Filter.Done)
    def filtered(self, message: Filter.Done) -> None:
        """Back to the list."""
        message.stop()
        self.rows.focus()

    def action_clear(self) -> None:
        """All claims again."""
        self.claims.widen()
        self._ask()

    def action_close(self) -> None:
        """Back to the list below."""
        self.dismiss(None)
