"""Windows in which one chooses by typing some letters and enter: of rows of any kind, and of the sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, NamedTuple, Protocol, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.worker import get_current_worker

from claims.errors import ClaimsError
from claims.plural import plural
from claims.rows import SourceRow
from claims.safe import one_line
from tui import marks
from tui.data import Stale
from tui.screens.sources import MOST, Found, narrowed
from tui.widgets.cursor import CursorView
from tui.widgets.rows import Rows
from tui.wrap import Line, crop, ends

if TYPE_CHECKING:
    from tui.app import ContestedApp


class Letters(Input):
    """What narrows the list; up and down move in the list all the while."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.cursor(1)", show=False),
        Binding("up", "screen.cursor(-1)", show=False),
        Binding("enter", "screen.done", show=False),
    ]


class Identified(Protocol):
    """A row that can be chosen."""

    @property
    def id(self) -> int:
        """What the window answers with."""


Row = TypeVar("Row", bound=Identified)


class Picker(ModalScreen[int | None], Generic[Row]):
    """Letters over a list of rows; answers with the id of the one chosen, or nothing. ``without`` is not offered."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close")]
    PLACEHOLDER: ClassVar[str]

    def __init__(self, title: str, without: int | None = None) -> None:
        super().__init__()
        self._title = title
        self._without = without
        self.letters = Letters(placeholder=self.PLACEHOLDER, compact=True, id="letters")
        self.rows = Rows[Row](self.draw_row, id="picks")
        self.rows.always_lit = True

    def compose(self) -> ComposeResult:
        """Letters over a list."""
        with Vertical(id="pick") as box:
            box.border_title = self._title.replace("[", "(")
            box.border_subtitle = "enter chooses, escape closes"
            yield self.letters
            yield self.rows

    def draw_row(self, row: Row, width: int) -> Sequence[Line]:
        """One row of the list."""
        raise NotImplementedError

    def action_cursor(self, step: int) -> None:
        """Up and down."""
        self.rows.cursor += step

    @on(CursorView.Chosen)
    def action_done(self) -> None:
        """Take it."""
        if row := self.rows.current:
            self.dismiss(row.id)

    def action_close(self) -> None:
        """None of them."""
        self.dismiss(None)


class PickScreen(Picker[SourceRow]):
    """Answers with a source's id, or nothing."""

    PLACEHOLDER = "letters of a name"

    def __init__(self, title: str, without: int | None = None) -> None:
        super().__init__(title, without)
        self._sources: list[SourceRow] = []

    def on_mount(self) -> None:
        """Read the sources."""
        self.letters.focus()
        self.run_worker(self._read, thread=True, exit_on_error=False)

    def _read(self) -> None:
        reader = cast("ContestedApp", self.app).reader
        try:
            found = reader.ask("pick", lambda views: views.sources(limit=MOST))
        except (ClaimsError, Stale):
            found = []
        if not get_current_worker().is_cancelled:
            self.post_message(Found(found))

    @on(Found)
    def found(self, message: Found) -> None:
        """They have come."""
        self._sources = [source for source in message.sources if source.id != self._without]
        self._narrow()

    @on(Input.Changed)
    def _narrow(self) -> None:
        shown = narrowed(self._sources, self.letters.value)
        self.rows.fill(len(shown), shown)

    def draw_row(self, source: SourceRow, width: int) -> Sequence[Line]:
        """Name and kind."""
        tail: Line = [(f"{marks.KINDS[source.kind]}  {plural(source.claims, 'claim'):>10}", "muted")]
        return [ends([(" " + one_line(source.name), "strong")], tail, width)]


class Name(NamedTuple):
    """One of a source's names."""

    id: int
    text: str


class NameScreen(Picker[Name]):
    """Answers with the number of one of ``names``, or nothing."""

    PLACEHOLDER = "letters of a name"

    def __init__(self, title: str, names: Sequence[str]) -> None:
        super().__init__(title)
        self._names = [Name(number, one_line(name)) for number, name in enumerate(names)]

    def on_mount(self) -> None:
        """All of them at first."""
        self.letters.focus()
        self._narrow()

    @on(Input.Changed)
    def _narrow(self) -> None:
        letters = self.letters.value.casefold()
        shown = [name for name in self._names if letters in name.text.casefold()]
        self.rows.fill(len(shown), shown)

    def draw_row(self, name: Name, width: int) -> Sequence[Line]:
        """The name."""
        return [crop([(" " + name.text, "strong")], width)]
