"""Claims over time: when each was asserted and disputed, who said it first, who later, who changed sides."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal

from claims.models import Frozen, Stance
from claims.rows import ClaimRow
from claims.sides import Voice, marks_on, voices_of
from claims.views import Views

Scale = Literal["week", "month", "year"]
SCALES: tuple[Scale, ...] = ("week", "month", "year")

FITS = 60
"""Periods up to which a finer scale is taken where none is asked for."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_STANCES: tuple[Stance, ...] = ("asserts", "disputes", "reports")

Counts = tuple[int, int, int]
"""Marks that assert, dispute, report."""


class First(Frozen):
    """Who was the first to take a side, as far as dates are known."""

    stance: Stance
    published: str
    source_id: int
    source: str


class Row(Frozen):
    """What was said, period by period; periods without a mark are left out."""

    cells: dict[str, Counts]
    undated: int
    """Marks without a date, or with one that is not known to the period."""


class ClaimTimes(Row):
    """One claim over time."""

    claim: ClaimRow
    firsts: tuple[First, ...]
    """The first to assert and the first to dispute it, in the order of their dates."""
    reversals: tuple[Voice, ...]


class VoiceTimes(Row):
    """One voice on one claim over time."""

    voice: Voice


class Timeline(Frozen):
    """Claims over time. ``periods`` are all from the first to the last: "2024", "2024-06" or "2024-W26"."""

    scale: Scale
    periods: tuple[str, ...]
    claims: tuple[ClaimTimes, ...]


class ClaimTimeline(Frozen):
    """The voices on one claim over time, the earliest first."""

    claim: ClaimRow
    scale: Scale
    periods: tuple[str, ...]
    voices: tuple[VoiceTimes, ...]


def timeline(views: Views, *, scale: Scale | None = None, contested: bool = False, limit: int = 50) -> Timeline:
    """The most contested ``limit`` claims over time.

    Without a ``scale`` the finest that needs no more than :data:`FITS` periods.
    """
    claims = views.claims(contested=contested, limit=limit)
    by_claim: dict[int, list[dict[str, Any]]] = {claim.id: [] for claim in claims}
    for mark in marks_on(views, [claim.id for claim in claims]):
        by_claim[mark["claim_id"]].append(mark)
    scale, periods = _axis((m["published"] for marks in by_claim.values() for m in marks), scale)
    rows = []
    for claim in claims:
        marks = by_claim[claim.id]
        cells, undated = _cells(marks, scale)
        turned = _on_both_sides(marks)
        rows.append(
            ClaimTimes(
                claim=claim, cells=cells, undated=undated, firsts=_firsts(marks),
                reversals=tuple(v for v in voices_of([m for m in marks if m["voice"] in turned]) if v.reversal),
            )
        )  # fmt: skip
    return Timeline(scale=scale, periods=periods, claims=tuple(rows))


def claim_timeline(views: Views, claim_id: int, *, scale: Scale | None = None) -> ClaimTimeline:
    """Who spoke when on one claim. Raises :class:`claims.errors.NotFound`."""
    claim = views.claim(claim_id)
    marks = marks_on(views, [claim.id])
    scale, periods = _axis((m["published"] for m in marks), scale)
    said: dict[int, list[dict[str, Any]]] = {}
    for mark in marks:
        said.setdefault(mark["voice"], []).append(mark)
    rows = []
    for voice in voices_of(marks):
        cells, undated = _cells(said[voice.source_id], scale)
        rows.append(VoiceTimes(voice=voice, cells=cells, undated=undated))
    rows.sort(key=lambda r: (r.voice.first_seen or "~", r.voice.stance == "reports", r.voice.source_id))
    return ClaimTimeline(claim=claim, scale=scale, periods=periods, voices=tuple(rows))


@lru_cache(65_536)
def period(published: str | None, scale: Scale) -> str | None:
    """The period that a date lies in; ``None`` where it is none, or not known to the period."""
    found = _DATE.match(published or "")
    if found is None:
        return None
    year, month, day = found.groups()
    if scale == "year":
        return str(year)
    if month is None or not 1 <= int(month) <= 12:
        return None
    if scale == "month":
        return f"{year}-{month}"
    try:
        iso = dt.date(int(year), int(month), int(day or 0)).isocalendar()
    except ValueError:  # no day, or no such day
        return None
    return f"{iso.year:04}-W{iso.week:02}"


def periods(first: str, last: str, scale: Scale) -> tuple[str, ...]:
    """All periods from one to another."""
    if scale == "year":
        return tuple(f"{year:04}" for year in range(int(first), int(last) + 1))
    if scale == "month":
        (a, m), (b, n) = ((int(p[:4]), int(p[5:7])) for p in (first, last))
        return tuple(f"{i // 12:04}-{i % 12 + 1:02}" for i in range(12 * a + m - 1, 12 * b + n))
    start, end = (dt.date.fromisocalendar(int(p[:4]), int(p[6:]), 1) for p in (first, last))
    days = (start + dt.timedelta(weeks=n) for n in range((end - start).days // 7 + 1))
    return tuple(f"{d.isocalendar().year:04}-W{d.isocalendar().week:02}" for d in days)


def _axis(dates: Iterable[str | None], scale: Scale | None) -> tuple[Scale, tuple[str, ...]]:
    dated = sorted({d for d in dates if d})
    for candidate in (scale,) if scale else SCALES:
        known = sorted({p for d in dated if (p := period(d, candidate))})
        made = periods(known[0], known[-1], candidate) if known else ()
        # a scale that fits is of no use where most dates are not known to it
        vague = sum(period(d, candidate) is None for d in dated) * 2 > len(dated)
        if scale or candidate == SCALES[-1] or (len(made) <= FITS and not vague):
            return candidate, made
    raise AssertionError("the last scale is always taken")


def _cells(marks: list[dict[str, Any]], scale: Scale) -> tuple[dict[str, Counts], int]:
    found: dict[str, list[int]] = {}
    undated = 0
    for mark in marks:
        if (at := period(mark["published"], scale)) is None:
            undated += 1
        else:
            found.setdefault(at, [0, 0, 0])[_STANCES.index(mark["stance"])] += 1
    return {at: (n[0], n[1], n[2]) for at, n in found.items()}, undated


def _firsts(marks: list[dict[str, Any]]) -> tuple[First, ...]:
    found: dict[Stance, First] = {}
    # what is known to the year alone may have been said on its last day
    for mark in sorted(marks, key=lambda m: (m["published"] or "").ljust(10, "~")):
        if mark["published"] and mark["stance"] != "reports" and mark["stance"] not in found:
            found[mark["stance"]] = First(
                stance=mark["stance"], published=mark["published"], source_id=mark["voice"], source=mark["name"]
            )
    return tuple(found.values())


def _on_both_sides(marks: list[dict[str, Any]]) -> set[int]:
    sides: dict[int, set[str]] = {}
    for mark in marks:
        if mark["stance"] != "reports":
            sides.setdefault(mark["voice"], set()).add(mark["stance"])
    return {voice for voice, taken in sides.items() if len(taken) > 1}
