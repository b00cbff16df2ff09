"""The rows that ``claims.views`` answers with: frozen, so that ``row.model_dump()`` is the ``--json`` of a listing."""

from __future__ import annotations

from typing import Literal, NamedTuple

from claims.models import Factuality, Frozen, Polarity, SourceKind, Stance
from claims.records import Course

Standing = Literal["contested", "two-sided", "agreed", "asserted", "denied", "reported"]
"""Where a claim stands, in one word; told apart in docs/method.md."""


class ClaimRow(Frozen):
    """A claim with its counts. ``asserting`` and the like count sources; ``outlets`` publishers."""

    id: int
    text: str
    contested: bool
    contest_score: float
    asserting: int
    disputing: int
    reporting: int
    sentences: int
    outlets: int
    origins: int
    first_seen: str | None
    last_seen: str | None
    within: int | None = None
    """The claim on which most that is said on this one is said as well, see :mod:`claims.covering`."""
    pinned: bool

    @property
    def standing(self) -> Standing:
        """Where it stands, in the word that every front end uses."""
        if self.contested:
            return "contested"
        if self.asserting and self.disputing:
            return "two-sided"
        if self.asserting:
            return "agreed" if self.asserting > 1 else "asserted"
        return "denied" if self.disputing else "reported"


class MentionRow(Frozen):
    """One mark and its evidence: who, which way, in which words, where."""

    id: int
    claim_id: int
    stance: Stance
    score: float
    reason: str
    source_id: int
    source: str
    source_kind: SourceKind
    holders: tuple[str, ...]
    cue: str | None
    factuality: Factuality
    by_hand: bool
    document_id: int
    outlet_id: int
    outlet: str
    """The outlet's name, or what stands for it where the text names none."""
    title: str | None
    published: str | None
    path: str
    url: str | None
    sentence_index: int
    sentence_start: int
    sentence: str
    start: int
    end: int
    """``start`` and ``end`` of what was said, in the document; the sentence starts at ``sentence_start``."""


class SourceRow(Frozen):
    """A source, and on how many claims it takes which side."""

    id: int
    name: str
    kind: SourceKind
    asserts: int
    disputes: int
    reports: int
    claims: int
    documents: int
    reversed: int = 0
    """Claims on which it went from one side to the other, by date."""
    checked: int = 0
    corrected: int = 0
    """Its marks that a person decided on, and those of them that were wrong and are set right."""
    aliases: tuple[str, ...] = ()
    speaks_for: str | None = None
    """The body that a spokesman speaks for, by the name; the two are sources of their own."""


class SourceName(Frozen):
    """A source without its counts."""

    id: int
    name: str
    kind: SourceKind


class SourceClaim(Frozen):
    """What one source says on one claim; ``stances`` holds both sides where it took both."""

    claim_id: int
    text: str
    contested: bool
    pinned: bool
    stances: tuple[Stance, ...]
    mentions: int
    first_seen: str | None
    last_seen: str | None
    course: tuple[Course, ...] = ()
    """The sides it took in turn, with their dates, where it changed sides."""


class DocumentRow(Frozen):
    """An article without its text."""

    id: int
    path: str
    url: str | None
    outlet: str
    via: str | None
    author: str | None
    title: str | None
    published: str | None
    language: str | None
    sha256: str
    sentences: int
    mentions: int


class DocumentSentence(Frozen):
    """A sentence of an article."""

    id: int
    index: int
    start: int
    end: int
    kind: str
    is_claim: bool
    claim_type: str | None


class Comparison(Frozen):
    """Two sources over the claims that either speaks on."""

    a: SourceRow
    b: SourceRow
    agree: tuple[ClaimRow, ...]
    disagree: tuple[ClaimRow, ...]
    only_a: tuple[ClaimRow, ...]
    only_b: tuple[ClaimRow, ...]


class SentenceHit(Frozen):
    """A sentence that was looked for."""

    sentence_id: int
    document_id: int
    sentence_index: int
    outlet: str
    published: str | None
    text: str
    claim_ids: tuple[int, ...]
    holds: bool = True
    """Whether it holds all the words looked for; else it only lies near them in meaning."""


class Hits(NamedTuple):
    """The first of the sentences that were found, and how many there are."""

    hits: list[SentenceHit]
    total: int


class StatementRow(Frozen):
    """What one voice says in one place, with its sentence: a mark without the claim."""

    mention_id: int
    text_hash: str
    said: str
    means: str
    """What is said with names for what it refers back to."""
    sentence: str
    polarity: Polarity
    factuality: Factuality
    cue: str | None
    holders: tuple[str, ...]
    document_id: int
    path: str
    outlet: str
    published: str | None
    start: int
    end: int
    claim_id: int


class Overview(Frozen):
    """How much there is."""

    documents: int
    sentences: int
    sources: int
    claims: int
    recurring: int
    contested: int
