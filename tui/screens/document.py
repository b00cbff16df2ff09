"""A whole article: its claim sentences marked by voice and side, the chosen one in its place with its claim below."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message

from claims.plural import plural
from claims.rows import MentionRow
from claims.safe import one_line
from tui import marks, noted
from tui.article import LETTERS, Article, Stop
from tui.commands import bindings
from tui.deciding import Deciding
from tui.screens.base import Memo, rule
from tui.takeout import Shown
from tui.widgets.band import Band
from tui.widgets.reading import Looks, Page, Reading
from tui.wrap import Line, crop, length, paragraph

LARGE = 200_000
"""Code points from which an article is laid out in a thread."""


class Read(Message):
    """The article has been read and laid out."""

    def __init__(self, article: Article) -> None:
        self.article = article
        super().__init__()


class LaidOut(Message):
    """The article has been laid out anew."""

    def __init__(self, page: Page) -> None:
        self.page = page
        super().__init__()


class DocumentScreen(Deciding):
    """See the module. ``mention_id``: the mark whose sentence is shown first."""

    PLACE = "document"
    BINDINGS: ClassVar[list[BindingType]] = bindings("document", "mark", "decide")

    def __init__(self, document_id: int, mention_id: int | None = None) -> None:
        super().__init__()
        self.document_id = document_id
        self.mention_id = mention_id
        self.article: Article | None = None
        self.at = 0
        self.facts = Band(self.draw_facts, id="facts")
        self.reading = Reading(id="text")
        self.voices = Band(self.draw_voices, id="voices")
        self.detail = Band(self.draw_mark, id="detail")

    def compose(self) -> ComposeResult:
        """Facts, text beside its voices, the chosen mark."""
        yield from self.frame()
        yield self.facts
        with Container(id="page"):
            yield self.reading
            yield self.voices
        yield self.detail
        yield from self.foot()

    def on_mount(self) -> None:
        """The text has the focus, its width decides the layout: read once that is known."""
        self.reading.focus()
        self.call_after_refresh(self.load)

    def load(self) -> None:
        """The article, its sentences and marks, laid out for the width there is."""
        document_id, width = self.document_id, self.reading.text_width

        self.ask("article", lambda views: Article.read(views, document_id, width), Read)

    @on(Read)
    def read(self, message: Read) -> None:
        """Show it, at the sentence asked for."""
        first = self.article is None
        article = self.article = message.article
        if first:
            self.at = article.at(self.mention_id)
        self.at = min(self.at, max(0, len(article.stops) - 1))
        self.refresh_head()
        self.facts.show(self.draw_facts)
        self.voices.show(self.draw_voices)
        self._show(article.page)

    @on(LaidOut)
    def laid_out(self, message: LaidOut) -> None:
        """Another width."""
        self._show(message.page)

    def _show(self, page: Page) -> None:
        text = self.reading
        text.show(page, self.article.looks if self.article else Looks())
        self.detail.show(self.draw_mark)
        if page.width != text.text_width:
            self._lay_out()
        self.call_after_refresh(self._go)

    def on_resize(self, event: events.Resize) -> None:
        """Another width, other lines."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        article, text = self.article, self.reading
        width = text.text_width
        if article is None or (text.page is not None and text.page.width == width):
            return
        if len(article.text) < LARGE:
            self._show(Page.lay_out(article.text, width))
        else:
            self.ask("layout", lambda views: Page.lay_out(article.text, width), LaidOut)

    # -- the marks

    @property
    def stop(self) -> Stop | None:
        """The place one is at."""
        stops = self.article.stops if self.article else []
        return stops[self.at] if stops else None

    @property
    def current(self) -> MentionRow | None:
        """The mark one is at."""
        return self.stop.mention if self.stop else None

    def _go(self) -> None:
        stop = self.stop
        if self.article is None or stop is None:
            return
        self.mention_id = stop.mention.id
        self.reading.go_to(stop.sentence, (stop.mention.start, stop.mention.end), self.article.sign(stop))
        self.detail.show(self.draw_mark)
        self.voices.show(self.draw_voices)

    def action_step(self, step: int) -> None:
        """To the next or the previous claim sentence; past the last one comes the first."""
        if self.article and self.article.stops:
            self.at = (self.at + step) % len(self.article.stops)
            self._go()

    def action_contested(self) -> None:
        """To the next sentence whose claim is contested."""
        stops = self.article.stops if self.article else []
        for step in range(1, len(stops) + 1):
            at = (self.at + step) % len(stops)
            if self.article and self.article.contested(stops[at]):
                self.at = at
                self._go()
                return
        self.notify("No claim in this article is contested.", timeout=3)

    @on(Reading.Clicked)
    def clicked(self, message: Reading.Clicked) -> None:
        """A click on a marked sentence chooses it."""
        for number, stop in enumerate(self.article.stops if self.article else ()):
            start, end = stop.sentence
            if start <= message.offset_in_text < end:
                self.at = number
                self._go()
                return

    def takeout(self) -> Shown:
        """See the base: every mark in the article."""
        document_id = self.document_id
        return Shown(
            f"article-{document_id}", "the marks in the article", lambda views: views.document_mentions(document_id)
        )

    # -- painting

    def mark_here(self) -> MentionRow | None:
        """See the base."""
        return self.current

    def claim_here(self) -> tuple[int, str, bool] | None:
        """See the base."""
        if self.article is None or self.current is None:
            return None
        claim = self.article.claims[self.current.claim_id]
        return claim.id, claim.text, claim.pinned

    def memo(self) -> Memo:
        """See the base."""
        return ["document", self.document_id, self.mention_id]

    def crumbs(self) -> Line:
        """Which article."""
        return [("Article ", "title"), (str(self.document_id), "title")]

    def draw_facts(self, width: int) -> list[Line]:
        """Title, and where it comes from."""
        if self.article is None:
            return [[("…", "faint")], []]
        document = self.article.document
        via = f"via {one_line(document.via)}" if document.via else ""
        printed = self.article.printed
        origin = ""
        if printed and printed.origin.id != document.id:
            origin = f"reprint of {one_line(printed.origin.outlet)[:80]} (O)"
        elif printed:
            origin = f"reprinted by {plural(len(printed.reprints), 'article')} (O)"
        seen = document.published or "undated"
        parts = [document.outlet, document.author, seen, via, origin, document.url or document.path]
        facts = " · ".join(one_line(part)[:300] for part in parts if part)
        return [
            crop([(one_line(document.title)[:500] or one_line(document.path)[:500], "strong")], width),
            crop([(facts, "muted")], width),
        ]

    def draw_voices(self, width: int) -> list[Line]:
        """Who speaks here, with letter, colour and sides taken."""
        if self.article is None:
            return []
        here = self.current
        signs: Line = [
            ("+", "asserts strong"),
            (" asserts   ", "muted"),
            ("−", "disputes strong"),
            (" disputes", "muted"),
        ]
        more: Line = [("·", "reports"), (" reports   ", "muted"), ("!", "contested"), (" contested", "muted")]
        lines: list[Line] = [rule([("Signs", "strong")], width), signs, more, [], rule([("Voices", "strong")], width)]
        for source, number in list(self.article.voices.items())[:200]:  # more than any screen shows
            said = self.article.said_by[source]
            tally: Line = []
            for stance in marks.STANCES:
                if count := sum(m.stance == stance for m in said):
                    tally += [(f" {marks.SIGNS[stance]}{count}", stance)]
            own = "" if said[0].holders else " (own voice)"
            name = f"{LETTERS[number % len(LETTERS)]} {one_line(said[0].source)}{own}"
            chosen = " chosen" if here and here.source_id == source else ""
            name_room = max(4, width - length(tally))
            lines.append([*crop([(name, f"{self.article.colour(said[0])}{chosen}")], name_room), *tally])
        return lines

    def draw_mark(self, width: int) -> list[Line]:
        """The mark one is at: who says it, which way, the claim it belongs to, and the notes on it."""
        mention = self.current
        if self.article is None or mention is None:
            return [[("No sentence of this article belongs to a claim.", "muted")], []] if self.article else [[], []]
        claim = self.article.claims[mention.claim_id]
        word, roles = marks.standing(claim)
        number = f"{self.at + 1}/{len(self.article.stops)} "
        who: Line = [
            (number, "muted"),
            (marks.chain_text(mention), "strong"),
            (" " + mention.stance, f"{mention.stance} strong"),
        ]
        who.append((f"  {mention.score:.0%}" + (f" · “{one_line(mention.cue)[:40]}”" if mention.cue else ""), "muted"))
        text = f"{word} claim {claim.id}: {one_line(claim.text)[:600]}"
        for other in self.stop.others[:3] if self.stop else ():
            who += [(" · ", "faint"), (f"{marks.chain_text(other)} {other.stance}", "muted")]
        written = noted.of_mark(self.article.noted, mention.id)
        lines = paragraph(text, width, [(0, len(word), f"{roles} strong")], limit=2)
        return [crop(who, width), *lines, *noted.bounded(self, written, width)]

    # -- commands

    def can(self, action: str) -> bool:
        """An article without claims can only be scrolled."""
        return action not in ("step", "contested", "open", "why", "copy", "address") or self.stop is not None

    def action_open(self) -> None:
        """Open the claim."""
        from tui.screens.claim import ClaimScreen

        if mention := self.current:
            self.contested.open_place(ClaimScreen(mention.claim_id, mention.source_id))

    def action_origin(self) -> None:
        """Where else it was printed, and all that is known of it."""
        from tui.screens.origin import OriginScreen

        self.contested.open_place(OriginScreen(self.document_id))

    def action_why(self) -> None:
        """Why the mark is what it is."""
        from tui.screens.why import WhyScreen

        if (mention := self.current) and self.article:
            self.app.push_screen(WhyScreen(self.article.claims[mention.claim_id], mention))

    def action_scroll_text(self, lines: int) -> None:
        """Scroll by lines."""
        text = self.reading
        text.scroll_to(y=text.scroll_offset.y + lines, animate=False)

    def action_page_text(self, pages: int) -> None:
        """Scroll by screenfuls."""
        text = self.reading
        text.scroll_to(y=text.scroll_offset.y + pages * max(1, text.size.height - 2), animate=False)

    def action_edge(self, end: int) -> None:
        """To the head or the end."""
        text = self.reading
        text.scroll_to(y=text.max_scroll_y if end else 0, animate=False)

    def action_address(self) -> None:
        """Open the article's address."""
        self.contested.open_address(self.current)

    def action_copy(self) -> None:
        """Copy a citation."""
        self.contested.copy_citation(self.current)
