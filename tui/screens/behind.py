"""The marks behind a row or a cell, in a window over it: look at the sentences and set them right without leaving."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from claims.notes import Note
from claims.rows import MentionRow
from claims.safe import one_line
from claims.views import Views
from tui import commands, marks, noted
from tui.commands import bindings
from tui.deciding import Deciding, turned
from tui.evidence import block
from tui.takeout import Shown
from tui.widgets.band import Band
from tui.widgets.blocks import Blocks
from tui.widgets.cursor import CursorView
from tui.wrap import Line, paragraph

LEGEND = ("mark.asserts", "mark.disputes", "mark.reports", "mark.confirm", "mark.not_this", "mark.move", "app.undo")


class Found(Message):
    """The marks with their notes; whether an undo or redo was the reason to read them."""

    def __init__(self, mentions: list[MentionRow], noted: list[Note], turned: bool) -> None:
        self.mentions, self.noted, self.turned = mentions, noted, turned
        super().__init__()


class MarksScreen(Deciding):
    """See the module. ``question`` finds the marks, also after each decision."""

    PLACE = "marks"
    BINDINGS: ClassVar[list[BindingType]] = bindings("marks", "mark")

    def __init__(self, what: str, question: Callable[[Views], list[MentionRow]]) -> None:
        super().__init__()
        self._question = question
        self.what = what
        self.noted: list[Note] = []
        self.blocks = Blocks[MentionRow](self.draw_mark, id="behind")
        self.legend = Band(self.draw_legend, id="legend")

    def compose(self) -> ComposeResult:
        """A window with the marks, and the keys that decide on one."""
        with Vertical(id="marks") as box:
            box.border_title = one_line(self.what)[:100].replace("[", "(")
            box.border_subtitle = "enter opens the article, escape closes"
            yield self.blocks
            yield self.legend
        yield from self.foot()

    def on_mount(self) -> None:
        """The list has the keys."""
        self.blocks.focus()
        self.load()

    def load(self) -> None:
        """The marks, and what is noted on them."""
        turned = self.turned

        def question(views: Views) -> Found:
            mentions = self._question(views)
            return Found(mentions, noted.on_marks(views, mentions), turned)

        self.ask("marks", question, lambda found: found)

    @on(Found)
    def found(self, message: Found) -> None:
        """They have come; the cursor stays on its mark or on the one in its place, or goes to what was undone."""
        held = mark.id if (mark := self.blocks.current) else None
        if message.turned:
            self.turned = False
            held = turned(self.blocks.items, message.mentions, held) or held
        self.noted = message.noted
        at = next((n for n, m in enumerate(message.mentions) if m.id == held), self.blocks.cursor)
        self.blocks.fill(message.mentions, cursor=at)
        self.refresh_bindings()

    def mark_here(self) -> MentionRow | None:
        """See the base."""
        return self.blocks.current

    def takeout(self) -> Shown:
        """See the base."""
        return Shown("marks", self.what, self._question)

    def draw_mark(self, mention: MentionRow, width: int) -> list[Line]:
        """Which side, and the mark."""
        side = f"{marks.SIGNS[mention.stance]} {mention.stance}"
        notes = noted.of_mark(self.noted, mention.id)
        return [[(side, f"{mention.stance} strong")], *block(mention, width, sentences=8, notes=notes)]

    def draw_legend(self, width: int) -> list[Line]:
        """Keys and what they say of the mark."""
        text, spans = "", []
        for command in map(commands.BY_ID.__getitem__, LEGEND):
            key = self.contested.keys_for(command).split()[0]
            spans.append((len(text), len(text) + len(key), "key"))
            text += f"{key} {command.label.lower()}   "
        return paragraph(text.rstrip(), width, spans, roles="muted")

    def can(self, action: str) -> bool:
        """Where no mark is left there is nothing to copy."""
        return action != "copy" or self.blocks.count > 0

    @on(CursorView.Chosen)
    def chosen(self) -> None:
        """Open the article at the sentence."""
        from tui.screens.document import DocumentScreen

        if mark := self.blocks.current:
            self.contested.open_place(DocumentScreen(mark.document_id, mark.id))

    def action_copy(self) -> None:
        """Copy a citation."""
        self.contested.copy_citation(self.blocks.current)
