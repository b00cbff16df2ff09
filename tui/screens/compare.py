"""Two sources over the claims that either takes a side on: opposite sides, the same side, only one speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from claims.listed import Compared
from claims.plural import plural
from claims.rows import ClaimRow, Comparison, SourceClaim
from claims.safe import one_line
from claims.views import Views
from tui.commands import bindings
from tui.screens.base import Behind, Memo, Place, rule
from tui.screens.pick import PickScreen
from tui.screens.sources_rows import stances
from tui.takeout import Shown
from tui.widgets.band import Band
from tui.widgets.blocks import Blocks
from tui.widgets.cursor import CursorView
from tui.wrap import Line, clip, crop, fit, paragraph

SIDE = 14
MOST = 20_000


@dataclass(frozen=True)
class Item:
    """A claim in its group; the first of a group carries the heading."""

    claim: ClaimRow
    a: SourceClaim | None
    b: SourceClaim | None
    heading: Line | None
    group: str


class Found(Message):
    """The comparison, and which side each takes."""

    def __init__(self, compared: Comparison, said: tuple[dict[int, SourceClaim], dict[int, SourceClaim]]) -> None:
        self.compared, self.said = compared, said
        super().__init__()


class CompareScreen(Place):
    """See the module. Without sources it asks for them."""

    PLACE = "compare"
    BINDINGS: ClassVar[list[BindingType]] = bindings("compare", "behind", "cite")

    def __init__(self, a: int | None = None, b: int | None = None) -> None:
        super().__init__()
        self.a, self.b = a, b
        self.compared: Comparison | None = None
        self.items: list[Item] = []
        self.sub = Band(self.draw_sub, id="sub")
        self.blocks = Blocks[Item](self.draw_item, gap=0, lead=lambda item: 2 if item.heading else 0, id="groups")

    def compose(self) -> ComposeResult:
        """Whose claims, then the groups."""
        yield from self.frame()
        yield self.sub
        yield self.blocks
        yield from self.foot()

    def on_mount(self) -> None:
        """Ask for what is missing."""
        self.blocks.focus()
        if self.a is None or self.b is None:
            self.call_after_refresh(self.action_choose)
        self.load()

    def memo(self) -> Memo:
        """See the base."""
        return ["compare", self.a, self.b] if self.a is not None and self.b is not None else ["compare"]

    def load(self) -> None:
        """The comparison."""
        a, b = self.a, self.b
        if a is None or b is None or self.contested.reader.missing:
            return

        def question(views: Views) -> tuple[Comparison, tuple[dict[int, SourceClaim], dict[int, SourceClaim]]]:
            one, two = ({s.claim_id: s for s in views.source_claims(who, limit=MOST)} for who in (a, b))
            return views.compare(a, b), (one, two)

        self.ask("compare", question, lambda found: Found(*found))

    @on(Found)
    def found(self, message: Found) -> None:
        """They have come."""
        found, (one, two) = message.compared, message.said
        self.compared = found
        a, b = one_line(found.a.name)[:40], one_line(found.b.name)[:40]
        groups: list[tuple[str, str, Sequence[ClaimRow]]] = [
            ("They take opposite sides", "contested", found.disagree),
            ("Both assert", "strong", [c for c in found.agree if "asserts" in one[c.id].stances]),
            ("Both dispute", "strong", [c for c in found.agree if "asserts" not in one[c.id].stances]),
            (f"Only {a} takes a side", "muted", found.only_a),
            (f"Only {b} takes a side", "muted", found.only_b),
        ]
        self.items = [
            Item(
                claim,
                one.get(claim.id),
                two.get(claim.id),
                [(title, roles), (f"  {len(rows)}", roles)] if n == 0 else None,
                title,
            )
            for title, roles, rows in groups
            for n, claim in enumerate(rows)
        ]
        self.blocks.fill(self.items, cursor=self.blocks.cursor)
        self.sub.show(self.draw_sub)
        self.refresh_head()

    def takeout(self) -> Shown | None:
        """See the base: every claim, with how the two stand to each other."""
        if (found := self.compared) is None:
            return None
        items = self.items

        def rows(_: Views) -> list[Compared]:
            return [
                Compared(
                    group=item.group, claim_id=item.claim.id, claim=item.claim.text, contested=item.claim.contested,
                    a=found.a.name, a_says=item.a.stances if item.a else (),
                    b=found.b.name, b_says=item.b.stances if item.b else (),
                )
                for item in items
            ]  # fmt: skip

        return Shown(f"compare-{found.a.id}-{found.b.id}", f"{found.a.name} and {found.b.name} compared", rows)

    def behind(self) -> Behind | None:
        """See the base: what either says on the claim."""
        if (item := self.blocks.current) is None:
            return None
        claim, two = item.claim, (self.a, self.b)
        return (
            f"Claim {claim.id}: {claim.text}",
            lambda views: [mark for mark in views.mentions(claim.id) if mark.source_id in two],
        )

    # -- painting

    def crumbs(self) -> Line:
        """Which two."""
        if self.compared is None:
            return [("Compare", "title")]
        return [(f"{one_line(self.compared.a.name)[:40]} × {one_line(self.compared.b.name)[:40]}", "title")]

    def draw_sub(self, width: int) -> list[Line]:
        """Counts of the groups, and the heads of the columns."""
        found = self.compared
        if found is None:
            return [[("Choose two sources with m.", "muted")]]
        both = len(found.agree) + len(found.disagree)
        share = (
            f"{len(found.agree) / both:.0%} of {plural(both, 'shared claim')} alike"
            if both
            else "no shared claim"
        )
        line: Line = [(f"{len(found.disagree)} opposite", "contested" if found.disagree else "muted"), (" · ", "faint")]
        line += [(f"{len(found.agree)} alike", "strong"), (" · ", "faint"), (share, "muted")]
        line += [(f" · {len(found.only_a)} and {len(found.only_b)} alone", "muted")]
        a, b = (clip(one_line(source.name), self._side(width) - 1) for source in (found.a, found.b))
        side = self._side(width)
        return [crop(line, width), [(" " + fit(a, side) + fit(b, side) + "claim", "accent")]]

    def _side(self, width: int) -> int:
        return max(SIDE, min(30, width // 6))

    def draw_item(self, item: Item, width: int) -> Sequence[Line]:
        """What each says of one claim."""
        side = self._side(width + 1)
        lines: list[Line] = [[], rule(item.heading, width)] if item.heading else []
        sides: Line = []
        for said in (item.a, item.b):
            sides += stances(said, side) if said else [(fit("  silent", side), "faint")]
        text = one_line(item.claim.text)[:1_000]
        roles = "strong" if item.claim.contested else ""
        wording = paragraph(text, width - 2 * side, roles=roles, limit=3)
        return [*lines, *([*(sides if n == 0 else [(" " * 2 * side, "")]), *line] for n, line in enumerate(wording))]

    # -- commands

    def can(self, action: str) -> bool:
        """Sides are swapped once there are two."""
        return action != "swap" or self.compared is not None

    @on(CursorView.Chosen)
    def chosen(self) -> None:
        """The claim, at the first source's words."""
        from tui.screens.claim import ClaimScreen

        if item := self.blocks.current:
            self.contested.open_place(ClaimScreen(item.claim.id, self.a if item.a else self.b))

    def action_choose(self) -> None:
        """Two windows, one after the other."""

        def second(first: int | None) -> None:
            if first is not None:
                self.app.push_screen(PickScreen("Compare with", without=first), lambda other: self._set(first, other))

        self.app.push_screen(PickScreen("Compare which source?"), second)

    def _set(self, a: int | None, b: int | None) -> None:
        if a is not None and b is not None:
            self.a, self.b = a, b
            self.load()

    def action_swap(self) -> None:
        """The second first."""
        self._set(self.b, self.a)
