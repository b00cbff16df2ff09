"""What changed since one was here last, or since a date: newly contested, changed sides, pinned, new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from pydantic import BaseModel
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from claims.changes import Changes, as_date, changes, last_ingest
from claims.plural import plural
from claims.rows import ClaimRow, MentionRow
from claims.safe import one_line
from claims.sides import Reversal
from claims.views import Views
from tui.commands import bindings
from tui.evidence import block
from tui.screens.base import Behind, Memo, Place, marks_on, rule
from tui.screens.choose import Words
from tui.screens.claims_rows import draw
from tui.screens.timeline import TURNED
from tui.takeout import Shown
from tui.widgets.band import Band
from tui.widgets.blocks import Blocks
from tui.widgets.cursor import CursorView
from tui.wrap import Line, crop, paragraph

MOST = 200
"""Of each kind, shown."""

EVERY = 1_000_000_000
"""Of each kind, in a file: all of them."""


@dataclass(frozen=True)
class Item:
    """One thing that changed; the first of its kind carries the heading."""

    what: ClaimRow | Reversal | MentionRow
    heading: Line | None


class Found(Message):
    """What changed, and since what: the words for it."""

    def __init__(self, found: Changes | None, since: str) -> None:
        self.found, self.since = found, since
        super().__init__()


class ChangesScreen(Place):
    """See the module. ``since``: a date; without one the last visit, and on the first visit the last ingest."""

    PLACE = "changes"
    BINDINGS: ClassVar[list[BindingType]] = bindings("changes", "behind", "cite")

    def __init__(self, since: str | None = None) -> None:
        super().__init__()
        self.since = since
        self.changes: Changes | None = None
        self.told = ""
        self.sub = Band(self.draw_sub, id="sub")
        self.blocks = Blocks[Item](self.draw_item, gap=0, lead=lambda item: 2 if item.heading else 0, id="changed")

    def compose(self) -> ComposeResult:
        """Since when, then what."""
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
        return ["changes", self.since]

    def load(self) -> None:
        """What changed."""
        if self.contested.reader.missing:
            return
        since, visited = self.since, as_date(self.contested.last_visit or "")

        def question(views: Views) -> tuple[Changes | None, str]:
            when, told = (since, "") if since else (visited, "your last visit")
            if when is None:
                when, told = last_ingest(views), "the last ingest"
            return (changes(views, when, limit=MOST) if when else None), told

        self.ask("changes", question, lambda answer: Found(*answer))

    @on(Found)
    def found(self, message: Found) -> None:
        """It has come."""
        self.changes, self.told = message.found, message.since
        self.blocks.fill(_items(message.found) if message.found else [], cursor=self.blocks.cursor)
        self.sub.show(self.draw_sub)
        self.refresh_head()

    def takeout(self) -> Shown | None:
        """See the base: all that changed, also what is not shown."""
        if self.changes is None:
            return None
        since = self.changes.since

        def rows(views: Views) -> Sequence[BaseModel]:
            from claims.listed import changed

            found = changes(views, since, limit=EVERY)
            claims = views.claims_by_id(sorted({mark.claim_id for mark in found.pinned}))
            return changed(found, {claim.id: claim.text for claim in claims})

        return Shown("changes", f"what changed since {since}", rows)

    def behind(self) -> Behind | None:
        """See the base: the marks on the claim, the mark itself, or the turns of the voice."""
        if (item := self.blocks.current) is None:
            return None
        if isinstance(what := item.what, ClaimRow):
            return marks_on(what)
        if isinstance(what, MentionRow):
            return f"Claim {what.claim_id}", lambda views: views.mentions_by_id([what.id])
        turns = [turn.mention_id for turn in what.voice.turns]
        return f"{what.voice.source} on claim {what.claim.id}", lambda views: views.mentions_by_id(turns)

    # -- painting

    def crumbs(self) -> Line:
        """What it is."""
        return [("What changed", "title")]

    def draw_sub(self, width: int) -> list[Line]:
        """Since when, and how much."""
        found = self.changes
        if found is None:
            return [[("Nothing has been read yet." if self.told else "…", "muted")]]
        since = one_line(found.since)[:16].replace("T", " ") + (" UTC" if len(found.since) > 10 else "")
        first: Line = [(f"Since {since}", "strong"), (f", {self.told}" if self.told else "", "muted"), (": ", "muted")]
        first.append((f"{plural(found.documents, 'article')} read", "strong"))
        line: Line = []
        for count, what, roles in (
            (found.newly_contested_count, "newly contested", "contested"),
            (found.reversals_count, "changed sides", "warn"),
            (found.pinned_count, "on pinned", "accent"),
            (found.new_count, "new", "strong"),
        ):
            line += [(" · " if line else "", "faint"), (f"{count:,} {what}", roles if count else "muted")]
        nothing = not self.blocks.count
        told = "Nothing changed since. Press s for an earlier date." if nothing else ""
        return [crop(first, width), crop(line, width), *([[(told, "muted")]] if nothing else [])]

    def draw_item(self, item: Item, width: int) -> Sequence[Line]:
        """One change."""
        lines: list[Line] = [[], rule(item.heading, width)] if item.heading else []
        what = item.what
        if isinstance(what, ClaimRow):
            return [*lines, *draw(what, width)]
        if isinstance(what, MentionRow):
            return [*lines, *block(what, width, sentences=3), []]
        who = f"{TURNED} {one_line(what.voice.source)[:120]}"
        text = f"{who}: {one_line(what.voice.turned)}"
        claim = f"claim {what.claim.id}: {one_line(what.claim.text)[:400]}"
        told = paragraph(text, width, [(0, len(who), "warn")], limit=2)
        return [*lines, *told, *([("  ", ""), *line] for line in paragraph(claim, width - 2, roles="muted", limit=2))]

    # -- commands

    @on(CursorView.Chosen)
    def chosen(self) -> None:
        """The claim, at the mark or the voice."""
        from tui.screens.claim import ClaimScreen

        if (item := self.blocks.current) is None:
            return
        if isinstance(what := item.what, ClaimRow):
            self.contested.open_place(ClaimScreen(what.id))
        elif isinstance(what, MentionRow):
            self.contested.open_place(ClaimScreen(what.claim_id, what.source_id))
        else:
            self.contested.open_place(ClaimScreen(what.claim.id, what.voice.source_id))

    def action_since(self) -> None:
        """Since a date that one types."""

        def answered(text: str | None) -> None:
            if text is None:
                return
            if text.strip() and as_date(text) is None:
                self.notify(f"{one_line(text)[:40]!r} is no date. Write 2024, 2024-06 or 2024-06-30.",
                            severity="warning", markup=False)  # fmt: skip
                return
            self.since = as_date(text)
            self.load()

        shown = self.since or (self.changes.since[:10] if self.changes else "")
        self.app.push_screen(Words("Since (2024-06-30; nothing: your last visit)", shown), answered)


def _items(found: Changes) -> list[Item]:
    groups: list[tuple[str, str, int, Sequence[ClaimRow | Reversal | MentionRow]]] = [
        ("Newly contested", "contested", found.newly_contested_count, found.newly_contested),
        ("Changed sides", "warn", found.reversals_count, found.reversals),
        ("New marks on pinned claims", "accent", found.pinned_count, found.pinned),
        ("New claims that recur", "strong", found.new_count, found.new),
    ]
    return [
        Item(what, [(title, roles), (f"  {count:,}" + (f", the first {MOST}" if count > MOST else ""), "muted")]
             if n == 0 else None)
        for title, roles, count, rows in groups
        for n, what in enumerate(rows)
    ]  # fmt: skip
