"""Claims near a claim: in meaning, by the vectors stored with the marks, and by the sources that speak on both."""

from __future__ import annotations

from itertools import islice

from claims.models import Frozen
from claims.rows import ClaimRow
from claims.views import Views

NEAR = 0.35
"""Cosine from which two claims are called near: of those below, the ones that share most sources come first."""

BATCH = 8192
"""Vectors held at once."""


class Related(Frozen):
    """A claim, and what relates it."""

    claim: ClaimRow
    near: float | None
    """The cosine of what is said of both, the mean over the marks; ``None`` where no vectors are stored."""
    sources: int
    """Sources that take a side on both."""

    @property
    def group(self) -> str:
        """For which of the two it is listed: a list of both goes by the one and then by the other."""
        return "Near in meaning" if self.near is not None and self.near >= NEAR else "By the sources on both"


def related(views: Views, claim_id: int, *, limit: int = 30) -> list[Related]:
    """At most ``limit`` claims, those met once among them. Raises :class:`claims.errors.NotFound`.

    First those near in meaning, the nearest first; then those that share most sources. Loads no model.
    """
    return nearby(views, claim_id, limit=limit)[0]


def nearby(views: Views, claim_id: int, *, limit: int) -> tuple[list[Related], int]:
    """The same, and how many there are without the limit."""
    claim = views.resolve(claim_id)
    near = _near(views, claim)
    shared = {
        row["claim_id"]: row["n"]
        for row in views.stream(
            """SELECT claim_id, count(DISTINCT source_id) AS n FROM mention
            WHERE stance != 'reports' AND claim_id != ? AND source_id IN (
                SELECT source_id FROM mention WHERE claim_id = ? AND stance != 'reports') GROUP BY claim_id""",
            [claim, claim],
        )
    }
    nearest = sorted((i for i, value in near.items() if value >= NEAR), key=lambda i: (-near[i], i))
    others = sorted(shared.keys() - set(nearest), key=lambda i: (-shared[i], -near.get(i, 0.0), i))
    ids = [*nearest, *others]
    rows = {row.id: row for row in views.claims_by_id(ids[:limit])}
    found = [Related(claim=rows[i], near=near.get(i), sources=shared.get(i, 0)) for i in ids[:limit] if i in rows]
    return found, len(ids)


def _near(views: Views, claim_id: int) -> dict[int, float]:
    """Every other claim's nearness; empty where the claim has no vectors."""
    ours = list(
        views.stream(
            "SELECT model, data FROM mention JOIN vector USING (text_hash) WHERE claim_id = ?", [claim_id]
        )
    )
    if not ours:
        return {}
    import numpy as np

    from claims.encode import unpack

    model = max({row["model"] for row in ours}, key=lambda m: sum(row["model"] == m for row in ours))
    # the mean of the cosines to a unit vector is, up to one factor for all claims, the cosine to the mean
    mean = unpack([row["data"] for row in ours if row["model"] == model]).mean(axis=0)
    mean /= max(float(np.linalg.norm(mean)), 1e-9)
    total: dict[int, float] = {}
    count: dict[int, int] = {}
    rows = views.stream(
        """SELECT claim_id, data FROM (SELECT DISTINCT claim_id, text_hash FROM mention WHERE claim_id != ?)
        JOIN vector USING (text_hash) WHERE model = ?""",
        [claim_id, model],
    )
    while batch := list(islice(rows, BATCH)):
        for row, value in zip(batch, (unpack([row["data"] for row in batch]) @ mean).tolist(), strict=True):
            total[row["claim_id"]] = total.get(row["claim_id"], 0.0) + value
            count[row["claim_id"]] = count.get(row["claim_id"], 0) + 1
    return {i: round(value / count[i], 4) for i, value in total.items()}
