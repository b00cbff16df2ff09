"""What a list of claims can be narrowed to: both front ends' filters, and how many claims each value would leave."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack, cast

from claims.models import Frozen

if TYPE_CHECKING:
    from claims.views import Views

RECURRING = (
    "(claim.pinned OR (standing.sentences > 1 OR standing.contested)"
    " AND (standing.within IS NULL OR claim.text_by_hand))"
)
"""What lists show: claims that recur, and no more of those that say one thing than the widest (``claims.covering``)."""


class Narrowing(TypedDict, total=False):
    """All of it may be left out; what is given narrows further."""

    words: str
    """Full text over wordings and sentences."""
    near: Sequence[int]
    """Claims that fit ``words`` by meaning (see ``claims.meaning``): they are listed beside those that hold them."""
    contested: bool
    pinned: bool
    unreviewed: bool
    """Only claims of which the analyst decided on no mark and no wording."""
    everything: bool
    """Also claims met only once, and those within another."""
    source: str | int | None
    """A name or id: who speaks on the claim, in its own voice or quoted."""
    outlet: str | int | None
    """Who published an article that has the claim."""
    holder: str | int | None
    """Who is quoted on the claim."""
    reason: str | None
    """Why a mark disputes it, a key of ``claims.stance.REASONS``."""
    period: str | None
    """A year or month (2024, 2024-06) of an article that has the claim."""
    topic: str | None
    """A word of the wording."""
    since: str | None
    """An ISO date, compared with the last sighting."""
    new_since: str | None
    """An ISO date in UTC, compared with the ingest that first met the claim."""
    newly_contested: str | None
    """The same, compared with the ingest that made it contested."""


def fts(words: str) -> str:
    """A query for FTS5 from what a person typed: every word is taken literally, the last one as a prefix."""
    found: list[str] = re.findall(r"\w+", words)
    return " ".join(f'"{word}"' for word in found[:-1]) + (f' "{found[-1]}"*' if found else "")


SOURCES = {
    "source": "SELECT claim_id FROM mention WHERE source_id = ?",
    "outlet": "SELECT mention.claim_id FROM document JOIN mention ON mention.document_id = document.id"
    " WHERE document.source_id = ?",
    "holder": "SELECT claim_id FROM mention WHERE source_id = ? AND holders != '[]'",
}
PERIOD = (
    "SELECT mention.claim_id FROM document JOIN mention ON mention.document_id = document.id"
    " WHERE document.published >= ? AND document.published < ?"
)


def condition(source_id: Callable[[str | int], int], narrowing: Narrowing) -> tuple[str, list[Any]]:
    """A condition over ``claim`` and ``standing``, with its values. Raises :class:`NotFound` for an unknown source."""
    where, values = ["claim.merged_into IS NULL"], list[Any]()

    def among(sql: str, *given: Any) -> None:
        where.append(f"claim.id IN ({sql})")
        values.extend(given)

    if not narrowing.get("everything"):
        where.append(RECURRING)
    if narrowing.get("contested"):
        where.append("standing.contested")
    if narrowing.get("pinned"):
        where.append("claim.pinned")
    if narrowing.get("unreviewed"):
        where.append("NOT claim.text_by_hand AND claim.id NOT IN (SELECT claim_id FROM mention WHERE by_hand)")
    if since := narrowing.get("since"):
        where.append("standing.last_seen >= ?")
        values.append(since)
    if new_since := narrowing.get("new_since"):
        where.append("standing.met >= ?")
        values.append(new_since)
    if newly := narrowing.get("newly_contested"):
        where.append("standing.contested_met >= ?")
        values.append(newly)
    for name, sql in SOURCES.items():
        if (source := cast("dict[str, Any]", narrowing).get(name)) is not None:
            among(sql, source_id(source))
    if reason := narrowing.get("reason"):
        among("SELECT claim_id FROM mention WHERE stance = 'disputes' AND reason = ?", reason)
    if period := narrowing.get("period"):
        among(PERIOD, period, period + "\U0010ffff")
    if topic := fts(narrowing.get("topic") or "").rstrip("*"):
        among("SELECT rowid FROM claim_fts WHERE claim_fts MATCH ?", topic)
    if query := fts(narrowing.get("words") or ""):
        near = ",".join(str(int(claim)) for claim in narrowing.get("near", ()))
        where.append(
            "(claim.id IN (SELECT rowid FROM claim_fts WHERE claim_fts MATCH ?) OR claim.id IN (SELECT claim_id"
            " FROM mention WHERE sentence_id IN (SELECT rowid FROM sentence_fts WHERE sentence_fts MATCH ?))"
            f" OR claim.id IN ({near}))"
        )
        values += [query, query]
    return " AND ".join(where), values


def reasons(views: Views) -> list[str]:
    """Every reason by which a list can be narrowed: those of this version, and those that older ones stored."""
    from claims.stance import REASONS

    stored = (str(row["reason"]) for row in views.stream("SELECT DISTINCT reason FROM mention ORDER BY reason"))
    return list(dict.fromkeys([*REASONS, *stored]))


Facet = Literal["outlet", "holder", "reason", "period", "topic"]
FACETS: tuple[Facet, ...] = ("outlet", "holder", "reason", "period", "topic")


class FacetValue(Frozen):
    """One value by which a list can be narrowed. ``value`` is what the filter takes, ``name`` what people read."""

    value: str | int
    name: str
    claims: int


_CHOSEN = "chosen AS MATERIALIZED (SELECT claim.id FROM claim JOIN standing ON standing.claim_id = claim.id WHERE {})"
_MARKS = "FROM chosen CROSS JOIN mention ON mention.claim_id = chosen.id"
_PAIRS: dict[str, str] = {
    "outlet": f"SELECT document.source_id AS value, claim_id {_MARKS} JOIN document ON document.id = document_id",
    "holder": f"SELECT source_id AS value, claim_id {_MARKS} WHERE holders != '[]'",
    "reason": f"SELECT reason AS value, claim_id {_MARKS} WHERE stance = 'disputes'",
    "period": f"SELECT substr(published, 1, {{digits}}) AS value, claim_id {_MARKS}"
    " JOIN document ON document.id = document_id WHERE published IS NOT NULL",
}
"""Every value with every claim that has it, out of those chosen."""


def facet(views: Views, name: Facet, *, limit: int = 200, **narrowing: Unpack[Narrowing]) -> list[FacetValue]:
    """The values of a facet in the claims that the rest of ``narrowing`` leaves, most claims first, periods by date.

    What is chosen of the facet itself does not count, so that another value can be chosen instead.
    """
    cast("dict[str, Any]", narrowing).pop(name, None)
    where, values = condition(views.source_id, narrowing)
    chosen = _CHOSEN.format(where)
    if name == "topic":
        return _topics(views, chosen, values, limit)
    pairs = _PAIRS[name].format(digits=_digits(views))
    named = "JOIN source ON source.id = value" if name in ("outlet", "holder") else ""
    order = "value DESC" if name == "period" else "claims DESC, value"
    sql = f"""WITH {chosen}
        SELECT value, {"source.name" if named else "value"} AS name, claims FROM (
            SELECT value, count(DISTINCT claim_id) AS claims FROM ({pairs}) GROUP BY value
        ) {named} ORDER BY {order} LIMIT ?"""
    return [FacetValue(**row) for row in views.stream(sql, [*values, limit])]


def _digits(views: Views) -> int:
    """Months where the articles are of three years or fewer, years otherwise."""
    sql = "SELECT count(DISTINCT substr(published, 1, 4)) AS years FROM document WHERE published IS NOT NULL"
    return 7 if int(next(views.stream(sql))["years"]) <= 3 else 4


WORD = re.compile(r"[^\W\d_]{3,}")


def _topics(views: Views, chosen: str, values: Sequence[Any], limit: int) -> list[FacetValue]:
    """Words that several wordings have, but not all, the words of grammar left out."""
    from claims.contrast import STOP

    seen: Counter[str] = Counter()
    wordings = 0
    sql = f"WITH {chosen} SELECT claim.text FROM chosen JOIN claim ON claim.id = chosen.id"
    for row in views.stream(sql, values):
        seen.update(set(WORD.findall(str(row["text"]).lower())) - STOP)
        wordings += 1
    telling = sorted(((n, word) for word, n in seen.items() if 1 < n < wordings), key=lambda f: (-f[0], f[1]))
    return [FacetValue(value=word, name=word, claims=n) for n, word in telling[:limit]]
