"""A window over a place: painted lines that scroll, closed with escape, enter or q."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from tui.widgets.band import Band
from tui.wrap import Line


class Pane(VerticalScroll, inherit_bindings=False):
    """Scrolls with the keys of a list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", show=False),
        Binding("up,k", "scroll_up", show=False),
        Binding("pagedown,space,ctrl+d", "page_down", show=False),
        Binding("pageup,ctrl+u", "page_up", show=False),
        Binding("home,g", "scroll_home", show=False),
        Binding("end,G", "scroll_end", show=False),
    ]


class Window(ModalScreen[None]):
    """Subclasses give the title and the lines."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q,f1,x,e,question_mark", "close", "Close")]
    TITLE_TEXT: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.lines = Band(self.draw, id="window-lines")

    def compose(self) -> ComposeResult:
        """One pane with all the lines."""
        with Pane(id="window") as pane:
            pane.border_title = self.TITLE_TEXT
            pane.border_subtitle = "escape closes"
            yield self.lines

    def draw(self, width: int) -> Sequence[Line]:
        """What the window shows."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """The keys scroll."""
        self.query_one(Pane).focus()

    def action_close(self) -> None:
        """Back to the place below."""
        self.dismiss(None)
