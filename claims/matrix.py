"""Sources against claims, and sources against one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import Literal

from claims.models import Frozen, Stance
from claims.records import taken
from claims.rows import ClaimRow, SourceName
from claims.views import Views

Layer = Literal["said", "own", "quoted"]

LAYERS: dict[Layer, str] = {
    "said": "what each says, wherever it stands",
    "own": "outlets in their own voice",
    "quoted": "outlets by whom they quote",
}

_ROWS: dict[Layer, str] = {
    "said": "source_id FROM mention WHERE 1",
    "own": "source_id FROM mention WHERE holders = '[]'",
    "quoted": "outlet_id FROM mark WHERE holders != '[]'",
}
"""Whose row a mark stands in, and which marks count."""

LEAST = 3
"""Claims that two sources must share before their agreement is told."""


class Matrix(Frozen):
    """Sources by claims. ``cells[i][j]``: the stances of source ``i`` on claim ``j``, empty where it is silent."""

    layer: Layer
    sources: tuple[SourceName, ...]
    claims: tuple[ClaimRow, ...]
    cells: tuple[tuple[tuple[Stance, ...], ...], ...]


class Pair(Frozen):
    """Two sources over the claims on which both take a side."""

    a: int
    b: int
    shared: int
    alike: int
    """Claims on which they take the same side, or both take both."""
    kappa: float | None
    """See :func:`kappa`."""


class Agreement(Frozen):
    """Sources by sources."""

    least: int
    sources: tuple[SourceName, ...]
    """Those with a pair, the most shared claims first."""
    pairs: tuple[Pair, ...]
    """Every two that share ``least`` claims or more; ``a`` stands before ``b`` in ``sources``."""


def matrix(
    views: Views, *, layer: Layer = "said", sources: int = 50, claims: int = 50, contested: bool = False
) -> Matrix:
    """The most telling sources by the most contested claims, in one layer of :data:`LAYERS`."""
    columns = views.claims(limit=claims, contested=contested)
    marks = ",".join("?" * len(columns))
    cells: dict[tuple[int, int], set[Stance]] = {}
    sql = f"SELECT DISTINCT claim_id, stance, {_ROWS[layer]} AND claim_id IN ({marks})"
    for row in views.stream(sql, [claim.id for claim in columns]):
        claim_id, stance, source_id = row.values()
        cells.setdefault((source_id, claim_id), set()).add(stance)
    weight = Counter[int]()
    for (source_id, _), stances in cells.items():
        weight[source_id] += 2 if stances - {"reports"} else 1
    chosen = sorted(weight, key=lambda s: (-weight[s], s))[:sources]
    return Matrix(
        layer=layer,
        sources=_names(views, chosen),
        claims=tuple(columns),
        cells=tuple(tuple(tuple(sorted(cells.get((s, c.id), ()))) for c in columns) for s in chosen),
    )


def count_rows(views: Views, found: Matrix) -> int:
    """How many sources have a mark on the claims of a matrix, whether or not they got a row in it."""
    marks = ",".join("?" * len(found.claims))
    sql = f"SELECT count(*) AS n FROM (SELECT DISTINCT {_ROWS[found.layer]} AND claim_id IN ({marks}))"
    return next(int(row["n"]) for row in views.stream(sql, [claim.id for claim in found.claims]))


def agreement(views: Views, *, least: int = LEAST, sources: int = 60) -> Agreement:
    """How far sources agree beyond chance, over the claims on which both take a side.

    Of the ``sources`` that take a side on most claims, every two that share ``least`` claims or more. The sides are
    those of :meth:`Views.compare`, which shows the claims behind a pair.
    """
    least = max(1, least)
    most = views.stream(
        "SELECT source_id FROM mention WHERE stance != 'reports'"
        " GROUP BY source_id ORDER BY count(DISTINCT claim_id) DESC, source_id LIMIT ?",
        [sources],
    )
    sides = taken(views.stream, [row["source_id"] for row in most])
    shared = {(a, b): sides[a].keys() & sides[b].keys() for a, b in combinations(sorted(sides), 2)}
    weight = Counter[int]()
    for pair, claims in shared.items():
        if len(claims) >= least:
            weight.update(dict.fromkeys(pair, len(claims)))
    order = sorted(weight, key=lambda s: (-weight[s], s))
    pairs = []
    for one, two in combinations(order, 2):
        claims = shared[min(one, two), max(one, two)]
        if len(claims) >= least:
            table = Counter((sides[one][c], sides[two][c]) for c in claims)
            alike = sum(n for (x, y), n in table.items() if x == y)
            pairs.append(Pair(a=one, b=two, shared=len(claims), alike=alike, kappa=kappa(table)))
    return Agreement(least=least, sources=_names(views, order), pairs=tuple(pairs))


def count_comparable(views: Views, *, least: int = LEAST) -> int:
    """How many sources take a side on ``least`` claims or more: no other can have a pair in :func:`agreement`."""
    sql = """SELECT count(*) AS n FROM (SELECT source_id FROM mention WHERE stance != 'reports'
        GROUP BY source_id HAVING count(DISTINCT claim_id) >= ?)"""
    return next(int(row["n"]) for row in views.stream(sql, [least]))


def kappa(table: Counter[tuple[str, str]]) -> float | None:
    """Cohen's kappa (Cohen 1960, A coefficient of agreement for nominal scales) of two raters, in [-1, 1].

    ``table`` counts items by (what one says, what the other says). 0 is what would come of chance, were each to take
    its sides as often but at random; ``None`` where chance alone would make them agree on everything: both take only
    one and the same side, so there is nothing that they could differ in.
    """
    total = sum(table.values())
    ours, theirs = Counter[str](), Counter[str]()
    for (x, y), n in table.items():
        ours[x] += n
        theirs[y] += n
    chance = sum(n * theirs[x] for x, n in ours.items())  # in counts, so that 1 is exact
    if not total or chance == total * total:
        return None
    seen = sum(n for (x, y), n in table.items() if x == y) / total
    return round((seen - chance / total**2) / (1 - chance / total**2), 4)


def _names(views: Views, ids: Sequence[int]) -> tuple[SourceName, ...]:
    """Sources by id, in this order."""
    marks = ",".join("?" * len(ids))
    rows = views.stream(f"SELECT id, name, kind FROM source WHERE id IN ({marks})", ids)
    found = {row["id"]: SourceName(**row) for row in rows}
    return tuple(found[i] for i in ids)
