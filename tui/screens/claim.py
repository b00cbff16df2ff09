"""One claim: who asserts it and who disputes it side by side, who only reports it, every sentence with its source."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message

from claims.figures import Figure
from claims.models import Stance
from claims.notes import Note, notes
from claims.plural import plural
from claims.rows import ClaimRow, MentionRow
from claims.safe import one_line
from claims.timeline import ClaimTimeline, claim_timeline
from claims.views import Views
from tui import marks, noted
from tui.commands import bindings
from tui.deciding import Deciding, turned
from tui.evidence import block
from tui.screens.base import Memo, rule
from tui.takeout import Shown
from tui.widgets.band import Band, Draw
from tui.widgets.blocks import Blocks
from tui.widgets.cursor import CursorView
from tui.widgets.spread import LABEL, Spread, beside
from tui.wrap import Line, crop, fit, length, paragraph

TITLES: dict[Stance, tuple[str, str]] = {
    "asserts": ("ASSERTS", "Nobody asserts this in the articles read."),
    "disputes": ("DISPUTES", "Nobody disputes this in the articles read."),
    "reports": ("REPORTS, taking no side", "Nobody only passes it on."),
}


class Evidence(Blocks[MentionRow], inherit_bindings=False):
    """The marks of one side; left and right go to the other sides."""

    BINDINGS = bindings("list", leave_out=("list.enter", "list.leave"))


class Found(Message):
    """The claim, its marks and its notes; whether an undo or redo was the reason to read them."""

    def __init__(self, claim: ClaimRow, mentions: list[MentionRow], noted: list[Note], turned: bool) -> None:
        self.claim, self.mentions, self.noted, self.turned = claim, mentions, noted, turned
        super().__init__()


class Aside(Message):
    """When the claim was on which side, and where its marks name different numbers."""

    def __init__(self, times: ClaimTimeline, numbers: tuple[Figure, ...]) -> None:
        self.times, self.numbers = times, numbers
        super().__init__()


class ClaimScreen(Deciding):
    """See the module. The cursor starts on a mark of ``source_id``, or on one that the outlet ``quoted_by`` quotes."""

    PLACE = "claim"
    BINDINGS: ClassVar[list[BindingType]] = bindings("claim", "mark", "decide")

    def __init__(self, claim_id: int, source_id: int | None = None, *, quoted_by: int | None = None) -> None:
        super().__init__()
        self.claim_id = claim_id
        self.source_id = source_id
        self.quoted_by = quoted_by
        self.claim: ClaimRow | None = None
        self.noted: list[Note] = []
        self.picked: set[int] = set()
        """Marks to be made a claim of their own."""
        self.sides: dict[Stance, list[MentionRow]] = {stance: [] for stance in marks.STANCES}
        self.wording = Band(self.draw_claim, id="wording")
        self.spread = Spread(id="spread")
        self.titles = {stance: Band(id=f"title-{stance}", classes="side-title") for stance in marks.STANCES}
        self.columns = {stance: Evidence(self.draw_mark, id=stance) for stance in marks.STANCES}
        self.boxes = {stance: Container(id=f"side-{stance}", classes="side") for stance in marks.STANCES}

    def compose(self) -> ComposeResult:
        """The wording, then the sides."""
        yield from self.frame()
        yield self.wording
        yield self.spread
        with Container(id="sides"):
            for stance in marks.STANCES:
                with self.boxes[stance]:
                    yield self.titles[stance]
                    yield self.columns[stance]
        yield from self.foot()

    def load(self) -> None:
        """The claim and every mark and note on it."""
        claim_id, turned = self.claim_id, self.turned

        def question(views: Views) -> Found:
            return Found(views.claim(claim_id), views.mentions(claim_id), notes(views, claim_id), turned)

        self.ask("claim", question, lambda found: found)

        def beside(views: Views) -> tuple[ClaimTimeline, tuple[Figure, ...]]:
            from claims.figures import figures

            return claim_timeline(views, claim_id), figures(views, claim_id)

        self.ask("spread", beside, lambda found: Aside(*found))

    @on(Aside)
    def beside(self, message: Aside) -> None:
        """Its times and numbers have come."""
        self.spread.fill(message.times, message.numbers)

    @on(Found)
    def found(self, message: Found) -> None:
        """They have come: fill the columns, and put the cursor on the mark it is to be on."""
        first = self.claim is None
        goal = self._start(message.mentions) if first else self._goal(message)
        held = {stance: mark.id for stance in marks.STANCES if (mark := self.column(stance).current)}
        self.claim, self.noted = message.claim, message.noted
        self.turned = self.turned and not message.turned
        self.picked &= {m.id for m in message.mentions}
        for stance in marks.STANCES:
            side = self.sides[stance] = [m for m in message.mentions if m.stance == stance]
            places = {m.id: n for n, m in enumerate(side)}
            # where a mark has gone, the one that took its place
            at = places.get(goal or 0, places.get(held.get(stance, 0), self.column(stance).cursor))
            self.column(stance).fill(side, cursor=at)
            self.titles[stance].show(self._draw_title(stance))
            self.boxes[stance].set_class(not side, "-none")
        self.wording.show(self.draw_claim)
        self.refresh_head()
        # at once: a key that is under way already must not act on another mark
        self.set_focus(self.column(self._side_of(goal)))

    def _start(self, mentions: list[MentionRow]) -> int | None:
        """The mark to begin on: one of the source asked for."""
        return next((m.id for m in mentions if self._asked_for(m)), None)

    def _goal(self, message: Found) -> int | None:
        """The mark that the cursor stays with, whichever side it went to; after an undo, the one that came back."""
        here = mark.id if (mark := self.current) else None
        before = [mark for side in self.sides.values() for mark in side]
        back = turned(before, message.mentions, here) if message.turned else None
        return here if back is None else back

    def _side_of(self, goal: int | None) -> Stance:
        """The side that a mark is on; where it is on none, that of the keys or the next one that holds something."""
        at = marks.STANCES.index(self.side)
        order = (*marks.STANCES[at:], *marks.STANCES[:at])
        on = [stance for stance in order if any(m.id == goal for m in self.sides[stance])]
        return next((stance for stance in (*on, *order) if self.sides[stance]), "asserts")

    def _asked_for(self, mention: MentionRow) -> bool:
        if self.quoted_by is not None:
            return bool(mention.holders) and mention.outlet_id == self.quoted_by
        return mention.source_id == self.source_id

    def column(self, stance: Stance) -> Evidence:
        """The list of one side."""
        return self.columns[stance]

    @property
    def side(self) -> Stance:
        """The side that has the keys."""
        here = self.focused
        return cast(Stance, here.id) if isinstance(here, Evidence) else "asserts"

    @property
    def current(self) -> MentionRow | None:
        """The mark under the cursor."""
        return self.column(self.side).current

    def mark_here(self) -> MentionRow | None:
        """See the base."""
        return self.current

    def claim_here(self) -> tuple[int, str, bool] | None:
        """See the base."""
        return (self.claim.id, self.claim.text, self.claim.pinned) if self.claim else None

    def draw_mark(self, mention: MentionRow, width: int) -> list[Line]:
        """A mark; one that is picked out with a sign before it."""
        if mention.id not in self.picked:
            return block(mention, width, notes=noted.of_mark(self.noted, mention.id))
        lines = block(mention, width - 2, notes=noted.of_mark(self.noted, mention.id))
        return [[("◆ ", "accent"), *line] for line in lines]

    def action_pick(self) -> None:
        """Pick the mark out, or let it go, and go on to the next."""
        if mark := self.current:
            self.picked ^= {mark.id}
            column = self.column(self.side)
            column.fill(self.sides[self.side], cursor=column.cursor + 1)

    def action_split(self) -> None:
        """Make the marks picked out a claim of their own, worded now or after the first of them."""
        picked = [m.id for side in self.sides.values() for m in side if m.id in self.picked]
        if self.claim and picked:
            claim = self.claim.id
            self._ask(
                f"Wording of the new claim of {plural(len(picked), 'mark')}; nothing typed: the first mark's", "",
                lambda text: lambda decisions: decisions.split(claim, picked, " ".join(text.split()) or None),
            )  # fmt: skip

    def memo(self) -> Memo:
        """See the base."""
        return ["claim", self.claim_id]

    def takeout(self) -> Shown:
        """See the base: every mark on the claim."""
        claim_id = self.claim_id
        return Shown(f"claim-{claim_id}", "the marks on the claim", lambda views: views.mentions(claim_id))

    # -- painting

    def crumbs(self) -> Line:
        """Which claim."""
        return [("Claim ", "title"), (str(self.claim_id), "title")]

    def draw_claim(self, width: int) -> list[Line]:
        """The wording, where the claim stands, and the notes on it."""
        claim = self.claim
        if claim is None:
            return [[("…", "faint")], []]
        most = 2 if self.app.size.height < 30 else 4
        word, roles = marks.standing(claim)
        badge: Line = [(f" {word} ", "badge")] if claim.contested else [(word, roles)]
        line: Line = [*badge, ("  ", ""), *marks.counts(claim.asserting, claim.disputing, claim.reporting), ("  ", "")]
        line += [("◆ pinned  ", "accent")] if claim.pinned else []
        line += [(f"within claim {claim.within}  ", "muted")] if claim.within is not None else []
        origins = f" from {plural(claim.origins, 'origin')}" if claim.origins else ""
        outlets, seen = plural(claim.outlets, "outlet"), marks.period(claim.first_seen, claim.last_seen)
        facts = next(
            (
                f
                for f in (f"{outlets}{origins} · {seen}", f"{outlets} · {seen}", seen)
                if length(line) + len(f) <= width
            ),
            one_line(claim.last_seen),
        )
        line.append((facts, "muted"))
        head = paragraph(one_line(claim.text)[:2_000], width, roles="strong", limit=most)
        return [*head, crop(line, width), *self._draw_notes(width)]

    def _draw_notes(self, width: int) -> list[Line]:
        """The notes on the claim, as far as there is room; the explanation has all."""
        most = beside(self.app.size.height, 8)
        return noted.bounded(self, noted.of_claim(self.noted), width, most, fit("note", LABEL))

    def _draw_title(self, stance: Stance) -> Draw:
        title, nobody = TITLES[stance]
        side = self.sides[stance]
        sources = len({mention.source_id for mention in side})

        def lines(width: int) -> list[Line]:
            if self.claim is None:
                return [[]]
            head: Line = [(f"{marks.SIGNS[stance]} {title}", f"{stance} strong")]
            if side:
                head.append((f"  {plural(sources, 'source')}, {plural(len(side), 'sentence')}", "muted"))
            drawn = [rule(head, width)]
            return drawn if side else [*drawn, *paragraph(nobody, width, roles="muted")]

        return lines

    # -- commands

    def can(self, action: str) -> bool:
        """Nothing can be explained, copied or opened before there is a mark."""
        if action == "split":
            return bool(self.picked)
        return action not in ("why", "copy", "address", "side", "pick") or any(self.sides.values())

    def _sides(self) -> list[Stance]:
        return [stance for stance in marks.STANCES if self.sides[stance]] or ["asserts"]

    def action_side(self, step: int) -> None:
        """To the next column that holds something."""
        sides = self._sides()
        at = sides.index(self.side) if self.side in sides else 0
        if step < 0 and at == 0 and self.side in sides and len(sides) == 1:
            return
        self.column(sides[(at + step) % len(sides)]).focus()

    @on(CursorView.Chosen)
    def chosen(self) -> None:
        """Open the article at the sentence."""
        from tui.screens.document import DocumentScreen

        if mention := self.current:
            self.contested.open_place(DocumentScreen(mention.document_id, mention.id))

    def action_why(self) -> None:
        """Why the mark is what it is."""
        from tui.screens.why import WhyScreen

        if (mention := self.current) and self.claim:
            self.app.push_screen(WhyScreen(self.claim, mention))

    def action_related(self) -> None:
        """Claims near this one."""
        from tui.screens.related import RelatedScreen

        self.contested.open_place(RelatedScreen(self.claim_id))

    def action_timeline(self) -> None:
        """The claim's voices over time."""
        from tui.screens.timeline import TimelineScreen

        self.contested.open_place(TimelineScreen(self.claim_id))

    def action_address(self) -> None:
        """Open the article's address."""
        self.contested.open_address(self.current)

    def action_copy(self) -> None:
        """Copy a citation."""
        self.contested.copy_citation(self.current)

    def on_resize(self, event: events.Resize) -> None:
        """The wording may take more lines where there is room."""
        self.wording.show(self.draw_claim)
