"""An article with its marks, as the document screen shows it: places to step through, voices, looks over the text.

Made in the thread that reads the database, so that nothing is worked out while a key waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from claims.notes import Note
from claims.reprints import Printing, printings
from claims.rows import ClaimRow, DocumentRow, DocumentSentence, MentionRow
from claims.safe import clean
from claims.views import Views
from tui import marks, noted
from tui.paint import VOICES
from tui.widgets.reading import Looks, Page
from tui.wrap import Line, Run, flatten

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Stop:
    """One claim in one sentence: the voice that says most about it, and the other voices there."""

    mention: MentionRow
    others: tuple[MentionRow, ...] = ()

    @property
    def sentence(self) -> tuple[int, int]:
        """Where the sentence stands in the article."""
        start = self.mention.sentence_start
        return start, start + len(self.mention.sentence)


def stops_of(mentions: Sequence[MentionRow]) -> list[Stop]:
    """Marks by sentence and claim; a voice that takes a side stands for those that only pass it on."""
    groups: dict[tuple[int, int], list[MentionRow]] = {}
    for mention in mentions:
        groups.setdefault((mention.sentence_index, mention.claim_id), []).append(mention)
    found = []
    for group in groups.values():
        best = max(group, key=lambda m: (m.stance != "reports", bool(m.holders), -m.id))
        found.append(Stop(best, tuple(m for m in group if m is not best)))
    return found


@dataclass(frozen=True)
class Article:
    """Everything the screen shows."""

    document: DocumentRow
    text: str
    sentences: Sequence[DocumentSentence]
    mentions: Sequence[MentionRow]
    claims: dict[int, ClaimRow]
    page: Page
    printed: Printing | None = None
    """The articles that print the same text, where there are any."""
    noted: Sequence[Note] = ()
    """What is noted on the marks and their claims."""

    @classmethod
    def read(cls, views: Views, document_id: int, width: int) -> Article:
        """Read it and lay it out."""
        mentions = views.document_mentions(document_id)
        text = clean(views.text(document_id))
        article = cls(
            document=views.document(document_id),
            text=text,
            sentences=views.sentences(document_id),
            mentions=mentions,
            claims={claim_id: views.claim(claim_id) for claim_id in {m.claim_id for m in mentions}},
            page=Page.lay_out(text, width),
            printed=printings(views, document_id),
            noted=noted.on_marks(views, mentions),
        )
        _ = article.looks, article.said_by  # worked out here, in the reading thread
        return article

    @cached_property
    def stops(self) -> list[Stop]:
        """What next and previous step through."""
        return stops_of(self.mentions)

    @cached_property
    def said_by(self) -> dict[int, list[MentionRow]]:
        """Marks by source."""
        found: dict[int, list[MentionRow]] = {}
        for mention in self.mentions:
            found.setdefault(mention.source_id, []).append(mention)
        return found

    @cached_property
    def voices(self) -> dict[int, int]:
        """Sources by the order in which they speak, the article's own voice first."""
        own = [m.source_id for m in self.mentions if not m.holders]
        return {s: n for n, s in enumerate(dict.fromkeys([*own[:1], *(m.source_id for m in self.mentions)]))}

    def contested(self, stop: Stop) -> bool:
        """Whether the claim of a stop is contested."""
        claim = self.claims.get(stop.mention.claim_id)
        return bool(claim and claim.contested)

    def at(self, mention_id: int | None) -> int:
        """The stop that holds a mark; the first one where none does."""
        for number, stop in enumerate(self.stops):
            if any(m.id == mention_id for m in (stop.mention, *stop.others)):
                return number
        return 0

    def colour(self, mention: MentionRow) -> str:
        """The role of a voice; the article's own has the colour of plain text, so that the others stand out."""
        return f"voice-{self.voices[mention.source_id] % VOICES}" if mention.holders else ""

    def sign(self, stop: Stop) -> Line:
        """The margin beside a stop: letter of the voice, side taken, contested or not."""
        voice = self.voices[stop.mention.source_id]
        return [
            (LETTERS[voice % len(LETTERS)], f"strong {self.colour(stop.mention)}"),
            (marks.SIGNS[stop.mention.stance], f"{stop.mention.stance} strong"),
            ("!" if self.contested(stop) else " ", "contested"),
        ]

    @cached_property
    def looks(self) -> Looks:
        """Headings, claim sentences, what others are quoted with in their colours, signs in the margin."""
        spans: list[Run] = [(s.start, s.end, "title") for s in self.sentences if s.kind == "heading"]
        signs: dict[int, Line] = {}
        for stop in self.stops:
            contested = self.contested(stop)
            start, end = stop.sentence
            ground = "dispute-mark" if contested else "mark"
            spans.append((start, end, ground))
            spans.append((stop.mention.start, stop.mention.end, f"{ground} {self.colour(stop.mention)}"))
            if start not in signs or contested:
                signs[start] = self.sign(stop)
        return Looks.of(flatten(spans, len(self.text)), signs)
