"""Places that are more than a list, as rows for a file: one row a cell, a pair, a claim or a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.changes import Changes
from claims.matrix import Agreement, Layer, Matrix
from claims.models import Frozen, Stance
from claims.rows import ClaimRow, MentionRow
from claims.sides import Voice
from claims.timeline import ClaimTimeline, ClaimTimes, Row, Timeline


class Cell(Frozen):
    """What one source does on one claim of a matrix."""

    layer: Layer
    source: str
    claim_id: int
    claim: str
    contested: bool
    stances: tuple[Stance, ...]


class PairRow(Frozen):
    """Two sources of an agreement, by name."""

    a: str
    b: str
    shared: int
    alike: int
    kappa: float | None


class Compared(Frozen):
    """A claim on which two sources are compared. ``group``: how they stand to each other on it."""

    group: str
    claim_id: int
    claim: str
    contested: bool
    a: str
    a_says: tuple[Stance, ...]
    b: str
    b_says: tuple[Stance, ...]


class Period(Frozen):
    """Marks of one period."""

    period: str
    asserts: int
    disputes: int
    reports: int


class Over(Frozen):
    """A claim, or a voice on it, over time. Who was first is as far as dates are known."""

    claim_id: int
    claim: str
    source: str | None
    """The voice; of a whole claim none."""
    first_asserted: str | None
    first_asserted_by: str | None
    first_disputed: str | None
    first_disputed_by: str | None
    changed_sides: tuple[str, ...]
    """Who did, with every side taken in turn and its date."""
    over_time: tuple[Period, ...]
    undated: int


class Changed(Frozen):
    """One thing that an ingest brought. What a kind of change has not is empty."""

    change: str
    claim_id: int
    claim: str | None
    source: str | None = None
    stance: str | None = None
    changed_sides: str | None = None
    outlet: str | None = None
    published: str | None = None
    sentence: str | None = None
    url: str | None = None


def cells(found: Matrix) -> list[Cell]:
    """The cells of a matrix that hold something, row by row."""
    return [
        Cell(
            layer=found.layer, source=source.name, claim_id=claim.id, claim=claim.text, contested=claim.contested,
            stances=stances,
        )
        for source, row in zip(found.sources, found.cells, strict=True)
        for claim, stances in zip(found.claims, row, strict=True)
        if stances
    ]  # fmt: skip


def pairs(found: Agreement) -> list[PairRow]:
    """The pairs of an agreement."""
    names = {source.id: source.name for source in found.sources}
    return [
        PairRow(a=names[pair.a], b=names[pair.b], shared=pair.shared, alike=pair.alike, kappa=pair.kappa)
        for pair in found.pairs
    ]


def over_time(found: Timeline | ClaimTimeline) -> list[Over]:
    """The rows of a timeline: claims, or the voices on one."""
    if isinstance(found, Timeline):
        return [_claim_over(row) for row in found.claims]
    rows = []
    for row in found.voices:
        firsts = {t.stance: (t.published, row.voice.source) for t in reversed(row.voice.turns) if t.published}
        rows.append(_over(found.claim, row, firsts, [row.voice], row.voice.source))
    return rows


def changed(found: Changes, names: dict[int, str]) -> list[Changed]:
    """What changed; ``names``: the wordings of the claims that new marks are on."""
    rows = [Changed(change="newly contested", claim_id=c.id, claim=c.text) for c in found.newly_contested]
    rows += [
        Changed(
            change="changed sides", claim_id=r.claim.id, claim=r.claim.text, source=r.voice.source,
            stance=r.voice.course[-1].stance, changed_sides=r.voice.turned, published=r.voice.course[-1].published,
        )
        for r in found.reversals
    ]  # fmt: skip
    rows += [_new_mark(mark, names.get(mark.claim_id)) for mark in found.pinned]
    return [*rows, *(Changed(change="new claim", claim_id=c.id, claim=c.text) for c in found.new)]


def _new_mark(mark: MentionRow, claim: str | None) -> Changed:
    return Changed(
        change="new mark on a pinned claim", claim_id=mark.claim_id, claim=claim, source=mark.source,
        stance=mark.stance, outlet=mark.outlet, published=mark.published, sentence=mark.sentence, url=mark.url,
    )  # fmt: skip


def _claim_over(row: ClaimTimes) -> Over:
    return _over(row.claim, row, {f.stance: (f.published, f.source) for f in row.firsts}, row.reversals, None)


def _over(
    claim: ClaimRow, row: Row, firsts: dict[Stance, tuple[str, str]], voices: Iterable[Voice], source: str | None
) -> Over:
    asserted, disputed = (firsts.get(stance, (None, None)) for stance in ("asserts", "disputes"))
    counts: Sequence[tuple[str, tuple[int, int, int]]] = sorted(row.cells.items())
    return Over(
        claim_id=claim.id, claim=claim.text, source=source,
        first_asserted=asserted[0], first_asserted_by=asserted[1],
        first_disputed=disputed[0], first_disputed_by=disputed[1],
        changed_sides=tuple(f"{voice.source}: {voice.turned}" for voice in voices if voice.reversal),
        over_time=tuple(Period(period=at, asserts=n[0], disputes=n[1], reports=n[2]) for at, n in counts),
        undated=row.undated,
    )  # fmt: skip
