"""The marks whose correction would change most, one after the other: a key decides and goes on to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.timer import Timer

from claims.models import Stance
from claims.notes import Note, notes
from claims.plural import plural
from claims.review import ReviewRow, left, outcome, position, queue, waiting
from claims.rows import MentionRow
from claims.safe import one_line
from claims.views import Views
from tui import commands, marks, noted
from tui.commands import bindings
from tui.deciding import Decide, Deciding
from tui.evidence import block
from tui.screens.base import Memo
from tui.takeout import Shown
from tui.widgets.band import Band
from tui.widgets.cursor import CursorView
from tui.widgets.rows import PAGE, Rows
from tui.wrap import Line, crop, fit, length, paragraph

KEYS = (
    ("mark.asserts", "asserts"), ("mark.disputes", "disputes"), ("mark.reports", "reports"),
    ("mark.not_this", "not this claim"), ("mark.confirm", "right as it is"), ("review.skip", "skip"),
    ("app.undo", "undo"),
)  # fmt: skip
"""What the screen spells out: its own footer has no room for them."""

REASON = 13
MOST = 8
"""Lines for why a mark stands and what would turn it: far more than it takes, unless an article means harm."""


class Queued(Message):
    """The queue as far as the cursor, how long it is, where the mark to go to stands, and the marks still in it."""

    def __init__(self, count: int, rows: list[ReviewRow], at: int | None, waiting: set[int]) -> None:
        self.count, self.rows, self.at, self.waiting = count, rows, at, waiting
        super().__init__()


class Paged(Message):
    """A further page."""

    def __init__(self, page: int, rows: list[ReviewRow]) -> None:
        self.page, self.rows = page, rows
        super().__init__()


class Explained(Message):
    """What decided on the mark under the cursor, in words; and what is noted on it."""

    def __init__(self, mention_id: int, why: str, noted: Sequence[Note]) -> None:
        self.mention_id, self.why, self.noted = mention_id, why, noted
        super().__init__()


def explained(views: Views, mention_id: int) -> Explained:
    """The reason of a mark, the check that decided, and the nearest thing that would turn it."""
    from claims.explain import explain

    found = explain(views, mention_id)
    parts = [
        f"{found.reason}: {found.meaning}" if found.meaning else found.reason,
        found.checks[-1].detail if found.checks else "",
        *found.flips[:1],
    ]
    written = noted.of_mark(notes(views, found.claim_id), mention_id)
    return Explained(mention_id, "; ".join(one_line(part) for part in parts if part), written)


class ReviewScreen(Deciding):
    """See the module."""

    PLACE = "review"
    BINDINGS: ClassVar[list[BindingType]] = bindings("review", "mark", "decide")

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.asked: list[int] = []
        """Marks decided on here, the last one last."""
        self.decided: list[int] = []
        """Those of them that have left the queue."""
        self._just: int | None = None
        """Decided on, and still under the cursor: a key pressed twice must not decide twice."""
        self._back: int | None = None
        """Where to go when an undo is done."""
        self._why = Explained(0, "", ())
        self._pause: Timer | None = None
        self.sub = Band(self.draw_sub, id="sub")
        self.rows = Rows[ReviewRow](self.draw_row, id="queue")
        self.card = Band(self.draw_card, id="card")
        self.legend = Band(self.draw_keys, id="legend")

    def compose(self) -> ComposeResult:
        """Progress, the queue, the mark under the cursor, the keys that decide."""
        yield from self.frame()
        yield self.sub
        with Container(id="desk"):
            yield self.rows
            with Container(id="mark"):
                yield self.card
                yield self.legend
        yield from self.foot()

    def on_mount(self) -> None:
        """The queue has the keys."""
        self.rows.focus()
        self.load()

    def memo(self) -> Memo:
        """See the base."""
        return ["review"]

    # -- reading

    def load(self) -> None:
        """The queue, with the mark that was under the cursor, or the one that was undone, in it."""
        if self.contested.reader.missing:
            return
        row, cursor, asked = self.rows.current, self.rows.cursor, self.asked
        wanted = [i for i in (self._back, row.mention.id if row else None) if i is not None]
        self._back = None

        def question(views: Views) -> Queued:
            places = (position(views, mention_id) for mention_id in wanted)
            at = next((place for place in places if place is not None), None)
            reach = PAGE * (max(cursor, at or 0) // PAGE + 1)
            return Queued(left(views), queue(views, limit=reach), at, waiting(views, asked))

        self.ask("queue", question, lambda found: found)

    @on(Queued)
    def queued(self, message: Queued) -> None:
        """It has come: decided marks are gone, the cursor stays on its own or takes the next."""
        self.decided = [i for i in self.asked if i not in message.waiting]
        self.count, self._just = message.count, None
        self.rows.fill(message.count, message.rows, cursor=self.rows.cursor if message.at is None else message.at)
        self._show()

    @on(Rows.Wanted)
    def wanted(self, message: Rows.Wanted) -> None:
        """The queue nears rows that have not been read."""
        page = message.page
        self.ask(
            f"page-{page}", lambda views: queue(views, limit=PAGE, offset=page * PAGE), lambda rows: Paged(page, rows)
        )

    @on(Paged)
    def paged(self, message: Paged) -> None:
        """They have come."""
        self.rows.add_page(message.page, message.rows)
        self._show()

    @on(CursorView.Moved)
    def moved(self) -> None:
        """Another mark."""
        self._just = None
        self._show()

    def _show(self) -> None:
        self.sub.show(self.draw_sub)
        self.card.show(self.draw_card)
        self.refresh_head()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(0.06, self._explain)

    def _explain(self) -> None:
        self._pause = None
        if mark := self.mark_here():
            self.ask("explain", lambda views: explained(views, mark.id), lambda found: found)

    @on(Explained)
    def why_known(self, message: Explained) -> None:
        """Why the mark stands."""
        self._why = message
        self.card.show(self.draw_card)

    def takeout(self) -> Shown:
        """See the base: the whole queue."""
        return Shown("review", "the marks to review", lambda views: queue(views, limit=-1))

    # -- painting

    def draw_sub(self, width: int) -> list[Line]:
        """How far one is."""
        if not self.count:
            return [[("No mark is left to review here." if self.decided else "Nothing to review.", "strong")]]
        line: Line = [(f"{self.rows.cursor + 1:,} of {self.count:,} ", "strong"), ("marks to review", "strong")]
        line += [(" · ", "faint"), (f"{len(self.decided)} decided", "accent" if self.decided else "muted")]
        return [crop([*line, (" · ", "faint"), ("those that change most first", "muted")], width)]

    def draw_row(self, row: ReviewRow, width: int) -> Sequence[Line]:
        """A row of the queue."""
        mark = row.mention
        line: Line = [(f" {marks.SIGNS[mark.stance]} ", f"{mark.stance} strong"), (f"{row.gain:.2f} ", "muted")]
        line.append((fit(one_line(mark.reason), REASON) + " ", "muted"))
        who = 24 if width < 100 else 36
        line.append((fit(marks.chain_text(mark), who) + " ", "strong"))
        return [crop([*line, (one_line(row.claim.text)[:600], "contested" if row.claim.contested else "")], width)]

    def draw_card(self, width: int) -> list[Line]:
        """The claim, the mark with its sentence, why it stands, and what deciding would change."""
        row = self.rows.current
        if row is None:
            return [[]]
        short = self.app.size.height < 34
        known = self._why.mention_id == row.mention.id
        word, roles = marks.standing(row.claim)
        text = f"{word}  {one_line(row.claim.text)[:1_000]}"
        spans = [(0, len(word), roles), (len(word), len(text), "strong")]
        lines: list[Line] = paragraph(text, width, spans, limit=2)
        lines += block(row.mention, width, sentences=3 if short else 12)
        lines += noted.bounded(self, self._why.noted if known else (), width)
        why = self._why.why if known else "…"
        stance = row.mention.stance
        lines += paragraph(f"{stance}, {why}", width, [(0, len(stance), f"{stance} strong")], limit=MOST)
        lines += [crop(self._outcome(row, other), width) for other in marks.STANCES if other != stance]
        return lines

    def _outcome(self, row: ReviewRow, stance: Stance) -> Line:
        return [(f"If it {stance}: ", f"{stance} strong"), (outcome(row, stance), "muted")]

    def draw_keys(self, width: int) -> list[Line]:
        """The keys that decide, on as many lines as they take."""
        lines: list[Line] = [[]]
        for command, label in KEYS:
            keys = self.contested.keys_for(commands.BY_ID[command]).split()[0]
            piece: Line = [(keys, "key"), (f" {label}   ", "muted")]
            if length(lines[-1]) + length(piece) > width + 3:
                lines.append([])
            lines[-1] += piece
        return lines

    def aside(self) -> Line:
        """How much is left."""
        return [(plural(self.count, "mark"), "muted")] if self.count else []

    def on_resize(self, event: events.Resize) -> None:
        """More room, more of the sentence."""
        self.card.show(self.draw_card)

    # -- commands

    def mark_here(self) -> MentionRow | None:
        """See the base."""
        return row.mention if (row := self.rows.current) and row.mention.id != self._just else None

    def claim_here(self) -> tuple[int, str, bool] | None:
        """See the base."""
        return (row.claim.id, row.claim.text, row.claim.pinned) if (row := self.rows.current) else None

    def can(self, action: str) -> bool:
        """An empty queue has nothing to skip, explain or copy."""
        return action not in ("skip", "why", "copy", "article") or self.rows.count > 0

    def action_undo(self) -> None:
        """Take back the last decision; its mark comes back under the cursor."""
        super().action_undo()
        self._back = self.decided[-1] if self.decided else None

    def _decide(self, what: Decide) -> None:
        self._back = None
        super()._decide(what)

    def _decide_mark(self, mark: MentionRow, what: Decide) -> None:
        self.asked = [*(i for i in self.asked if i != mark.id), mark.id]
        super()._decide_mark(mark, what)
        self._just = mark.id
        self.action_skip()

    def action_skip(self) -> None:
        """Leave it as it is, to the next one."""
        self.rows.cursor += 1

    def action_why(self) -> None:
        """Why the mark is what it is."""
        from tui.screens.why import WhyScreen

        if row := self.rows.current:
            self.app.push_screen(WhyScreen(row.claim, row.mention))

    def action_copy(self) -> None:
        """Copy a citation."""
        self.contested.copy_citation(self.mark_here())

    def action_article(self) -> None:
        """The article, at the sentence."""
        from tui.screens.document import DocumentScreen

        if mark := self.mark_here():
            self.contested.open_place(DocumentScreen(mark.document_id, mark.id))

    @on(CursorView.Chosen)
    def chosen(self) -> None:
        """The claim, at this source's words."""
        from tui.screens.claim import ClaimScreen

        if mark := self.mark_here():
            self.contested.open_place(ClaimScreen(mark.claim_id, mark.source_id))
