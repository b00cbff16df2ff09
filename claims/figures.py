"""Where the marks on a claim name different numbers of the same thing: who says how many, and when."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

from claims.models import Frozen, Stance
from claims.quantities import Quantity, quantities, stands_with
from claims.views import Views

MOST = 500
"""Marks looked at."""


class Figure(Frozen):
    """One mark's number, as the range that its words allow ("at least 40" has no upper end: ``None``)."""

    low: float
    high: float | None
    text: str
    """As it stands in the sentence, number words as figures."""
    mention_id: int
    stance: Stance
    source: str
    outlet: str
    published: str | None


def figures(views: Views, claim_id: int) -> tuple[Figure, ...]:
    """The numbers of what most marks count, the lowest first; none where all of them can stand together.

    Raises :class:`claims.errors.NotFound`.
    """
    claim = views.resolve(claim_id)
    rows = list(
        views.stream(
            """SELECT mark.id, mark.stance, source.name AS source, outlet.name AS outlet, mark.published,
                span(mark.document_id, mark.start, mark."end") AS said
            FROM mark JOIN source ON source.id = mark.source_id JOIN source AS outlet ON outlet.id = mark.outlet_id
            WHERE mark.claim_id = ? AND mark.reason != 'quotes' ORDER BY mark.id LIMIT ?""",
            [claim, MOST],
        )
    )
    counted = {row["id"]: quantities(row["said"][:2_000]) for row in rows}
    things = Counter(thing for found in counted.values() for thing in {q.of for q in found})
    for of, _ in sorted(things.items(), key=lambda item: (-item[1], sorted(item[0]))):
        named: dict[int, Quantity] = {}
        for i, found in counted.items():
            mine = [q for q in found if q.of & of or q.of == of]
            if len(mine) == 1:  # of two it is not plain which is meant
                named[i] = mine[0]
        if any(not stands_with(a, b) for a, b in combinations(named.values(), 2)):
            made = [_figure(row, named[row["id"]]) for row in rows if row["id"] in named]
            return tuple(sorted(made, key=lambda f: (f.low, f.high or f.low, f.published or "~", f.mention_id)))
    return ()


def _figure(row: dict[str, Any], quantity: Quantity) -> Figure:
    return Figure(
        low=quantity.low, high=None if quantity.high == float("inf") else quantity.high, text=quantity.text,
        mention_id=row["id"], stance=row["stance"], source=row["source"], outlet=row["outlet"],
        published=row["published"],
    )  # fmt: skip
