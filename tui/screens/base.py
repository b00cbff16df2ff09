"""What every place shares: questions asked in worker threads, a head line, errors shown as one line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from claims.errors import ClaimsError
from claims.rows import ClaimRow, MentionRow
from claims.safe import one_line
from claims.views import Views
from tui.data import Stale
from tui.takeout import Shown
from tui.widgets.band import Band
from tui.widgets.keys import Keys
from tui.wrap import Line, crop, ends, length

if TYPE_CHECKING:
    from tui.app import ContestedApp

T = TypeVar("T")
Behind = tuple[str, Callable[[Views], list[MentionRow]]]
"""What a row or cell is about, and how its marks are found."""
Memo = list[Any]


def marks_on(claim: ClaimRow) -> Behind:
    """The marks behind a claim."""
    return f"Claim {claim.id}: {claim.text}", lambda views: views.mentions(claim.id)


class Failed(Message):
    """A question could not be answered."""

    def __init__(self, error: ClaimsError) -> None:
        self.error = error
        super().__init__()


class Cited(Message):
    """Marks to be copied as citations."""

    def __init__(self, mentions: list[MentionRow]) -> None:
        self.mentions = mentions
        super().__init__()


class Place(Screen[None]):
    """A screen one can go to and come back from. It owns its state; its widgets only show it.

    Screens keep their widgets as attributes and never look them up: an answer or a timer may come while a screen that
    one has left is being taken apart.
    """

    PLACE: ClassVar[str] = ""
    """Its name in :mod:`tui.commands`."""

    AUTO_FOCUS = ""  # each place says itself what has the keys: else a filter that nobody sees could swallow them

    def __init__(self) -> None:
        super().__init__()
        self.head = Band(self.draw_head, id="head")

    @property
    def contested(self) -> ContestedApp:
        """The application, with its type."""
        return cast("ContestedApp", self.app)

    # -- asking

    def ask(self, kind: str, question: Callable[[Views], T], reply: Callable[[T], Message]) -> None:
        """Ask the database in a thread; the answer comes back as the message that ``reply`` makes of it.

        A new question of the same ``kind`` stops the one before.
        """
        kind = f"{id(self)}-{kind}"
        reader = self.contested.reader
        reader.interrupt(kind)
        self.run_worker(
            partial(self._answer, kind, question, reply), thread=True, group=kind, exclusive=True, exit_on_error=False
        )

    def _answer(self, kind: str, question: Callable[[Views], T], reply: Callable[[T], Message]) -> None:
        worker = get_current_worker()
        try:
            message = reply(self.contested.reader.ask(kind, question))
        except Stale:
            return
        except ClaimsError as error:
            message = Failed(error)
        except Exception as error:  # a worker would swallow it, and the screen would stay empty without a word
            self.log.error(error)
            message = Failed(ClaimsError(f"This could not be read: {type(error).__name__}: {error}"))
        if not worker.is_cancelled:
            self.post_message(message)

    @on(Failed)
    def failed(self, message: Failed) -> None:
        """Say what went wrong; what was shown stays."""
        self.notify(one_line(str(message.error)), severity="error", markup=False, timeout=8)

    # -- the frame

    def frame(self) -> ComposeResult:
        """The head line; call it first in ``compose``."""
        width, height = self.app.size
        for size, steps in ((width, self.app.HORIZONTAL_BREAKPOINTS), (height, self.app.VERTICAL_BREAKPOINTS)):
            # Textual says so only after everything is mounted, and then styles all of it anew
            self.add_class(max(step for step in steps or () if step[0] <= size)[1], update=False)
        yield self.head

    def foot(self) -> ComposeResult:
        """The key line; call it last."""
        yield Keys()

    def crumbs(self) -> Line:
        """Where one is."""
        return [(self.PLACE.title(), "title")]

    def aside(self) -> Line:
        """What stands at the right of the head line."""
        return []

    def draw_head(self, width: int) -> list[Line]:
        """The head line."""
        name = one_line(self.contested.database.name)
        aside = self.aside()
        if (now := self.contested.ingest) and now.state != "over" and (step := now.step) and self.PLACE != "ingest":
            aside = [(f"reading {step.done}/{step.total or '?'}", "accent"), ("  ", ""), *aside]
        right: Line = [*aside, ("  ", ""), (name, "muted")] if aside else [(name, "muted")]
        return [ends([("Contested", "strong"), (" ▸ ", "faint"), *self.crumbs()], crop(right, width * 2 // 3), width)]

    def refresh_head(self) -> None:
        """The head's facts have changed, and perhaps what can be done."""
        self.head.show(self.draw_head)
        self.refresh_bindings()

    def can(self, action: str) -> bool:
        """Whether a command makes sense now; the footer and the palette leave out those that do not."""
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """See :meth:`can`."""
        if action in ("behind", "cite"):
            return self.behind() is not None
        return self.can(action)

    # -- the marks behind what is under the cursor

    def behind(self) -> Behind | None:
        """The marks behind the row or cell under the cursor, where this place shows something that has marks."""
        return None

    def action_behind(self) -> None:
        """Look at these marks, and set them right."""
        from tui.screens.behind import MarksScreen

        if found := self.behind():
            self.contested.open_place(MarksScreen(*found))

    def action_cite(self) -> None:
        """Copy these marks as citations."""
        if found := self.behind():
            self.ask("cite", found[1], Cited)

    @on(Cited)
    def cited(self, message: Cited) -> None:
        """They have come."""
        self.contested.copy_citation(*message.mentions)

    # -- for the app

    def load(self) -> None:
        """Read what is shown from the database (again)."""

    def takeout(self) -> Shown | None:
        """What can be written to a file, where this place lists something."""
        return None

    def memo(self) -> Memo | None:
        """What is needed to come back here after a restart."""
        return None

    def leave(self) -> bool:
        """Called by the back key: whether the screen took it for itself (a filter was cleared)."""
        return False

    def on_mount(self) -> None:
        """First reading."""
        self.load()


def rule(title: Line, width: int) -> Line:
    """A heading over a part of a screen."""
    shown = crop(title, width)
    left = width - length(shown) - 1
    return [*shown, (" " + "─" * left, "rule")] if left > 0 else shown
