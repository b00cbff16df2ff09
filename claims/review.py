"""The marks to look at first: those whose correction is expected to change most. See ``claims.standing.gains``."""

from __future__ import annotations

from collections.abc import Sequence

from claims.models import Frozen, Stance
from claims.rows import ClaimRow, MentionRow
from claims.views import Views


class ReviewRow(Frozen):
    """A mark that nobody has decided on, and what deciding may change."""

    gain: float
    """Expected change: see :func:`claims.standing.gains`."""
    mention: MentionRow
    claim: ClaimRow
    scores: dict[Stance, float]
    """The contested score that the claim would have with each stance; with the present one it is what it is now."""


def queue(views: Views, *, limit: int = 50, offset: int = 0) -> list[ReviewRow]:
    """A page of the marks to review, those that change most first. A mark decided on by hand is not among them."""
    rows = list(
        views.stream(
            "SELECT mention_id, claim_id, gain, asserts, disputes, reports FROM review"
            " ORDER BY gain DESC, mention_id LIMIT ? OFFSET ?",
            [limit, offset],
        )
    )
    marks = {m.id: m for m in views.mentions_by_id([row["mention_id"] for row in rows])}
    claims = {c.id: c for c in views.claims_by_id(sorted({row["claim_id"] for row in rows}))}
    return [
        ReviewRow(
            gain=row["gain"], mention=marks[row["mention_id"]], claim=claims[row["claim_id"]],
            scores={"asserts": row["asserts"], "disputes": row["disputes"], "reports": row["reports"]},
        )
        for row in rows
    ]  # fmt: skip


def left(views: Views) -> int:
    """How many marks there are to review."""
    return int(next(views.stream("SELECT count(*) AS n FROM review"))["n"])


def position(views: Views, mention_id: int) -> int | None:
    """Where a mark stands in the queue, from 0; ``None`` for one that is not in it."""
    rows = views.stream(
        "SELECT (SELECT count(*) FROM review AS other WHERE other.gain > mine.gain"
        " OR (other.gain = mine.gain AND other.mention_id < mine.mention_id)) AS n"
        " FROM review AS mine WHERE mine.mention_id = ?",
        [mention_id],
    )
    return next((int(row["n"]) for row in rows), None)


def waiting(views: Views, mention_ids: Sequence[int]) -> set[int]:
    """Those of some marks that are in the queue."""
    marks = ",".join("?" * len(mention_ids))
    rows = views.stream(f"SELECT mention_id FROM review WHERE mention_id IN ({marks})", mention_ids)
    return {int(row["mention_id"]) for row in rows}


def outcome(row: ReviewRow, stance: Stance) -> str:
    """What the claim would be, were the mark ``stance``, in a few words."""
    now, then = row.scores[row.mention.stance], row.scores[stance]
    if now and then:
        return f"contested {now:.2f} to {then:.2f}" if now != then else "contested as before"
    return "becomes contested" if then else "contested no more" if now else "not contested, as before"
