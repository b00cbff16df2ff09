"""What a list shows of a claim beside its counts: why it is disputed, and how often it is said over time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.models import Frozen
from claims.views import Views


class Glance(Frozen):
    """``over_time``: sentences in equal stretches from the first to the last date of all claims; empty if undated."""

    reason: str | None
    """Why most of its disputing marks dispute it."""
    over_time: tuple[int, ...]


def glances(views: Views, claim_ids: Sequence[int], *, spans: int = 12) -> dict[int, Glance]:
    """A glance at each of some claims."""
    marks = ",".join("?" * len(claim_ids))
    reasons: dict[int, str] = {}
    for row in views.stream(
        "SELECT claim_id, reason, count(*) AS n FROM mention"
        f" WHERE stance = 'disputes' AND claim_id IN ({marks}) GROUP BY claim_id, reason ORDER BY n DESC, reason",
        claim_ids,
    ):
        reasons.setdefault(row["claim_id"], row["reason"])
    (ends,) = views.stream("SELECT min(first_seen) AS first, max(last_seen) AS last FROM standing")
    first, last = day(ends["first"]), day(ends["last"])
    said: dict[int, list[int]] = {}
    if first is not None and last is not None:
        for row in views.stream(
            "SELECT claim_id, published, count(DISTINCT sentence_id) AS n FROM mention"
            f" JOIN document ON document.id = mention.document_id WHERE claim_id IN ({marks})"
            " GROUP BY claim_id, published",
            claim_ids,
        ):
            if (at := day(row["published"])) is not None:
                counts = said.setdefault(row["claim_id"], [0] * spans)
                counts[min(spans - 1, max(0, (at - first) * spans // (last - first + 1)))] += row["n"]
    return {i: Glance(reason=reasons.get(i), over_time=tuple(said.get(i, ()))) for i in claim_ids}


def day(published: str | None) -> int | None:
    """A date of any precision as a number of days, in months of 31; ``None`` for what is no date."""
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", published or "")
    return (int(found[1]) * 12 + int(found[2] or 1)) * 31 + int(found[3] or 1) if found else None
