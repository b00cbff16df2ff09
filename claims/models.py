"""The one data model: what every stage takes and yields.

All models are frozen. Offsets (``start``, ``end``) are code points into :attr:`Document.text`, end exclusive, so that
``document.text[x.start:x.end]`` is always the text meant. Nothing here imports a model library.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Stance = Literal["asserts", "disputes", "reports"]
"""``reports``: passed on without taking a side."""

Polarity = Literal["asserts", "disputes"]
"""Which way a cue turns what it introduces: "said" asserts, "denied" disputes."""

Factuality = Literal["plain", "hedged", "distanced"]
"""How the author stands to what is reported: "said" is plain, "might" hedged, "allegedly" distanced."""

SourceKind = Literal["outlet", "person", "institution", "state", "group", "unnamed", "document"]
"""``document``: stands for an article whose outlet the text does not name."""

ClaimType = Literal["event", "figure", "interpretation", "position", "forecast"]


class Frozen(BaseModel):
    """Immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)  # most are not used by most commands


class Span(Frozen):
    """A stretch of a document's text."""

    start: int
    end: int


class Document(Frozen):
    """One article as read. ``text`` is stored once and never altered; a field the text does not support is ``None``."""

    path: str
    sha256: str
    text: str
    url: str | None = None
    outlet: str | None = None
    via: str | None = None
    author: str | None = None
    title: str | None = None
    published: str | None = None
    """ISO date, to the precision known: 2021, 2021-06 or 2021-06-30."""
    language: str | None = None
    encoding: str = "utf-8"
    boilerplate: tuple[Span, ...] = ()
    """What of ``text`` is not the article: front matter, navigation, bylines, captions, footers."""
    doubt: str | None = Field(default=None, exclude=True)
    """What it states that cannot be, and what became of it: a line to tell whoever has it read."""
    id: int | None = None
    """Given by the store."""


class Sentence(Frozen):
    """One sentence of the article's body."""

    index: int
    start: int
    end: int
    text: str
    kind: Literal["sentence", "heading"] = "sentence"
    is_claim: bool = True
    claim_score: float = 1.0
    claim_type: ClaimType | None = None


class Attribution(Frozen):
    """Who (source) says (cue) what (content), as marked in the text: PolNeAR's annotation scheme."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    polarity: Polarity = "asserts"
    factuality: Factuality = "plain"


class Statement(Frozen):
    """What one voice says in one sentence: the unit that is embedded, linked and judged.

    ``holders`` are names as written (pronouns resolved to the last fitting name), outermost first; empty for the
    document's own voice. ``start`` and ``end`` mark the content; the sentence is ``sentence_index``.
    """

    sentence_index: int
    start: int
    end: int
    text: str
    holders: tuple[str, ...] = ()
    kinds: tuple[SourceKind, ...] = ()
    """Of the holders, in parallel."""
    polarity: Polarity = "asserts"
    factuality: Factuality = "plain"
    cue: str | None = None
    context: str | None = None
    """The sentence that a pronoun in ``text`` refers back to, where there is one and no name is put in for it."""
    meant: str | None = None
    """``text`` with names for what it refers back to (:mod:`claims.voices.refers`), where plain signs tell them; of a
    denial that points back (:mod:`claims.voices.denials`) what it denies."""

    @property
    def means(self) -> str:
        """What is said, as it is embedded, linked, worded and judged."""
        return self.meant or self.text


class Reading(Frozen):
    """A document with all that reading alone finds in it."""

    document: Document
    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...]


class Problem(Frozen):
    """An input that was not stored, and why."""

    path: str
    message: str
    skipped: bool
    """Nothing was lost: the input is empty, or stored already."""


class Report(Frozen):
    """What an ingest did."""

    stored: int
    known: int
    """Documents that were there already."""
    problems: tuple[Problem, ...]
    stopped: bool = False
    """It was asked to stop before the last document; the same ingest again goes on from there."""


STAGES = ("reading", "voices", "vectors", "linking", "judging", "storing")
"""What an ingest does with each document, in this order; of several documents at the same time."""


class Step(Frozen):
    """Progress of long work: ``done`` of ``total`` (``None`` where that is not known) are behind us."""

    stage: str
    done: int
    total: int | None
    note: str = ""
    """What it is about: the path of a document."""
    doing: str = ""
    """Which of :data:`STAGES` begins for ``note``; empty between documents."""
    problem: Problem | None = None
    """What was just passed over."""
    doubt: str = ""
    """What ``note``, which is stored, states and cannot be."""
