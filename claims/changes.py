"""What the ingests since a date brought: the questions of somebody who was here before."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from claims.models import Frozen
from claims.rows import ClaimRow, MentionRow
from claims.sides import Reversal, reversals
from claims.views import Views


class Changes(Frozen):
    """What is new. Each list holds the first of as many as its ``_count`` says."""

    since: str
    """An ISO date, or date and time, in UTC."""
    documents: int
    """Articles read since."""
    newly_contested: tuple[ClaimRow, ...]
    """Contested now, and not by the marks of earlier ingests; most contested first."""
    newly_contested_count: int
    reversals: tuple[Reversal, ...]
    """Who was found to have changed sides; the latest to speak first."""
    reversals_count: int
    pinned: tuple[MentionRow, ...]
    """New marks on pinned claims, claim by claim."""
    pinned_count: int
    new: tuple[ClaimRow, ...]
    """Recurring claims that no earlier ingest had met; most contested first."""
    new_count: int


def as_date(text: str) -> str | None:
    """What is a date, or the year or month alone, or a date and time: what sorts as text; else ``None``.

    A day that no calendar has, such as 2021-02-30, is none. A time with an offset becomes that in UTC, as it is stored.
    """
    found = re.fullmatch(r"(\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d[\d:.+Z-]*)?)?)?)", text.strip(), re.ASCII)
    if not found:
        return None
    date = found[1].replace(" ", "T")
    try:
        at = datetime.fromisoformat(date + "-01-01"[len(date) - 4 :])
        return at.astimezone(UTC).isoformat() if at.tzinfo else date
    except (ValueError, OverflowError):  # an hour before the year 1
        return None


def last_ingest(views: Views) -> str | None:
    """When the last ingest that brought an article began, in UTC; ``None`` where none has."""
    (row,) = views.stream("SELECT max(started) AS at FROM run WHERE id IN (SELECT run_id FROM document)")
    return None if row["at"] is None else str(row["at"])


def changes(views: Views, since: str, *, limit: int = 200) -> Changes:
    """What the ingests since ``since`` brought; at most ``limit`` of each."""
    (read,) = views.stream(
        "SELECT count(*) AS n FROM document WHERE run_id IN (SELECT id FROM run WHERE started >= ?)", [since]
    )
    marks = [
        row["id"]
        for row in views.stream(
            """SELECT mark.id FROM claim JOIN mark ON mark.claim_id = claim.id
            WHERE claim.pinned AND mark.met >= ? ORDER BY claim.id, mark.stance, mark.published, mark.id""",
            [since],
        )
    ]
    turned, turns = reversals(views, since=since, limit=limit)
    contested = views.claims(newly_contested=since, limit=limit)
    new = views.claims(new_since=since, limit=limit)
    return Changes(
        since=since,
        documents=read["n"],
        newly_contested=tuple(contested),
        newly_contested_count=_count(views, contested, limit, newly_contested=since),
        reversals=tuple(turned),
        reversals_count=turns,
        pinned=tuple(views.mentions_by_id(marks[:limit])),
        pinned_count=len(marks),
        new=tuple(new),
        new_count=_count(views, new, limit, new_since=since),
    )


def _count(views: Views, page: list[ClaimRow], limit: int, **narrowed: Any) -> int:
    """How many claims there are: counted only where the first page does not hold them all."""
    return len(page) if len(page) < limit else views.count_claims(**narrowed)
