"""Claims near a claim, the nearest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from claims.plural import plural
from claims.related import Related
from claims.rows import ClaimRow
from claims.safe import one_line
from claims.views import Views
from tui.commands import bindings
from tui.screens.base import Behind, Memo, Place, marks_on, rule
from tui.screens.claims_rows import draw
from tui.takeout import Shown
from tui.widgets.band import Band
from tui.widgets.blocks import Blocks
from tui.widgets.cursor import CursorView
from tui.wrap import Line, paragraph


class Near(Message):
    """The claim and those near it."""

    def __init__(self, claim: ClaimRow, found: Sequence[Related]) -> None:
        self.claim, self.found = claim, found
        super().__init__()


class RelatedScreen(Place):
    """See the module."""

    PLACE = "related"
    BINDINGS: ClassVar[list[BindingType]] = bindings("related", "behind", "cite")

    def __init__(self, claim_id: int) -> None:
        super().__init__()
        self.claim_id = claim_id
        self.claim: ClaimRow | None = None
        self.found: Sequence[Related] = ()
        self.sub = Band(self.draw_sub, id="sub")
        self.heads: dict[int, str] = {}
        """By claim: what is said above it, where another group begins."""
        self.blocks = Blocks[Related](self.draw_item, gap=0, lead=self.lead, id="near")

    def compose(self) -> ComposeResult:
        """The claim, those near it."""
        yield from self.frame()
        yield self.sub
        yield self.blocks
        yield from self.foot()

    def on_mount(self) -> None:
        """The list has the keys."""
        self.blocks.focus()
        self.load()

    def memo(self) -> Memo:
        """See the base."""
        return ["related", self.claim_id]

    def load(self) -> None:
        """In a thread: all vectors are looked at."""
        claim_id = self.claim_id

        def question(views: Views) -> tuple[ClaimRow, list[Related]]:
            from claims.related import related

            return views.claim(claim_id), related(views, claim_id)

        self.ask("related", question, lambda found: Near(*found))

    @on(Near)
    def near(self, message: Near) -> None:
        """They have come."""
        self.claim, self.found = message.claim, message.found
        first = {item.group: item.claim.id for item in reversed(message.found)}
        self.heads = {claim_id: group for group, claim_id in first.items()}
        self.blocks.fill(message.found, cursor=self.blocks.cursor)
        self.sub.show(self.draw_sub)

    def takeout(self) -> Shown:
        """See the base: the claims near it."""
        near = self.found
        return Shown(f"related-{self.claim_id}", f"claims near claim {self.claim_id}", lambda views: near)

    def behind(self) -> Behind | None:
        """See the base: the marks on the claim under the cursor."""
        return marks_on(item.claim) if (item := self.blocks.current) else None

    def crumbs(self) -> Line:
        """To which claim."""
        return [(f"Related to claim {self.claim_id}", "title")]

    def draw_sub(self, width: int) -> list[Line]:
        """The claim itself."""
        if self.claim is None:
            return [[("Looking for claims near this one …", "muted")]]
        lines = paragraph(one_line(self.claim.text)[:1_000], width, roles="strong", limit=2)
        return lines if self.blocks.count else [*lines, [("No claim is near it.", "muted")]]

    def lead(self, item: Related) -> int:
        """How many lines of a claim are a heading above it."""
        return int(item.claim.id in self.heads)

    def draw_item(self, item: Related, width: int) -> Sequence[Line]:
        """A claim, and what relates it; above the first of a group what that is."""
        near = "" if item.near is None else f"{item.near:.0%} near in meaning"
        shared = f"{plural(item.sources, 'source')} on both" if item.sources else ""
        told = " · ".join(part for part in (near, shared) if part)
        head = self.heads.get(item.claim.id)
        above = [rule([(head, "strong")], width)] if head else []
        return [*above, *draw(item.claim, width), [("  ", ""), (told, "muted")]]

    @on(CursorView.Chosen)
    def chosen(self) -> None:
        """The claim."""
        from tui.screens.claim import ClaimScreen

        if item := self.blocks.current:
            self.contested.open_place(ClaimScreen(item.claim.id))
