"""Where the marks on a claim name different numbers of the same thing: who says how many, and when."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import Any

from claims.models import Frozen, Stance
from claims.quantities import SCALE, Quantity, quantities, stands_with
from claims.views import Views
from claims.voices.frames import UNTRUE

MOST = 500
"""Marks looked at."""

NAMES_ONE = """mark.polarity = 'asserts' AND (mark.stance != 'reports' OR mark.reason = 'number')
    AND (mark.factuality = 'plain' OR mark.factuality = 'distanced' AND mark.holders != '[]')"""
"""Which marks can name a number as their own: not those whose voice denies or doubts what holds it, or only passes it
on. One who "claims" it names it; the paper that says "allegedly" does not."""

CALLED_FALSE = re.compile(
    rf"\b(?:is|are|was|were|be|been|as)\s+(?:\w+ly\s+)?(?:{UNTRUE}|inaccurate|exaggerated|an exaggeration)\b", re.I
)
"""What a number stands in is reported only to be refuted, whichever way the voice was read."""

GOES_ON = re.compile(
    r"\s+(?:had|has|have|having|was|were|is|are|be|been|being|did|do|does|will|would|could|can|may|might|must"
    r"|should|who|whom|whose|that|which|when|while|where|as|if|but|and|or|nor|than|then|so|not|no|also|only|since"
    r"|after|before|in|on|at|by|to|from|for|with|into|over|under|during|near|because|the|a|an|it|they|he|she|we|i|you)\b\D*$",
    re.I,
)
"""What no longer belongs to what is counted, after the last number."""

BARE = re.compile(r"(?<![\d.,])\d{5,}(?![\d.,])")
"""A number of many digits in a row, as no text writes it: there it is "12 million"."""


class Figure(Frozen):
    """One mark's number, as the range that its words allow ("at least 40" has no upper end: ``None``)."""

    low: float
    high: float | None
    text: str
    """As it stands in the sentence, small number words as figures."""
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
            f"""SELECT mark.id, mark.stance, source.name AS source, outlet.name AS outlet, mark.published,
                claim.text AS wording,
                span(mark.document_id, mark.start, mark."end") AS said,
                span(mark.document_id, mark.start, sentence."end") AS rest
            FROM mark JOIN sentence ON sentence.id = mark.sentence_id
            JOIN source ON source.id = mark.source_id JOIN source AS outlet ON outlet.id = mark.outlet_id
            JOIN claim ON claim.id = mark.claim_id
            WHERE mark.claim_id = ? AND {NAMES_ONE} ORDER BY mark.id LIMIT ?""",
            [claim, MOST],
        )
    )
    counted = {row["id"]: _own(row) for row in rows}
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


def _own(row: dict[str, Any]) -> tuple[Quantity, ...]:
    """What a mark counts itself. Who disputes a claim has a number of his own only where it is not the claim's."""
    if CALLED_FALSE.search(row["rest"][:2_000]):
        return ()
    found = quantities(row["said"][:2_000])
    if row["stance"] == "asserts":
        return found
    claimed = quantities(row["wording"][:2_000])
    return tuple(q for q in found if any(q.of & c.of and not stands_with(q, c) for c in claimed))


def _figure(row: dict[str, Any], quantity: Quantity) -> Figure:
    return Figure(
        low=quantity.low, high=None if quantity.high == float("inf") else quantity.high, text=shown(quantity.text),
        mention_id=row["id"], stance=row["stance"], source=row["source"], outlet=row["outlet"],
        published=row["published"],
    )  # fmt: skip


def shown(text: str) -> str:
    """A quantity's text for people: what is counted and no scrap of what follows, "12 million" for 12000000."""
    return BARE.sub(_spoken, GOES_ON.sub("", text).removesuffix(" of"))


def _spoken(number: re.Match[str]) -> str:
    value = int(number[0])
    word, size = next(((w, s) for w, s in reversed(SCALE.items()) if s >= 1e6 and value >= s), ("", 1.0))
    return f"{value / size:.6g} {word}" if word else f"{value:,}"
