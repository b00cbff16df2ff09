"""What a source's marks come to: sides taken, sides changed, and how often the analyst set them right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from claims.models import Frozen, Stance

Rows = Callable[[str, Sequence[Any]], Iterable[dict[str, Any]]]
"""``Views.stream``, for the views themselves are built on this."""


class Course(Frozen):
    """A side that a source took, and when."""

    published: str
    stance: Stance


def taken(rows: Rows, source_ids: Sequence[int]) -> dict[int, dict[int, str]]:
    """By source, by claim: the side it takes there, "asserts", "disputes" or "both"; nothing where it only passes on.

    Whatever sets sources beside each other reads this. All marks count, copies on claims near their own too, as they
    count for a claim's voices; but of claims that say one thing the widest alone (``claims.covering``), as two sources
    that both say it agree once.
    """
    sql = f"""SELECT source_id, claim_id, CASE WHEN min(stance) = max(stance) THEN min(stance) ELSE 'both' END AS side
        FROM mention JOIN standing USING (claim_id)
        WHERE within IS NULL AND stance != 'reports' AND source_id IN ({",".join("?" * len(source_ids))})
        GROUP BY source_id, claim_id"""
    sides: dict[int, dict[int, str]] = {source: {} for source in source_ids}
    for row in rows(sql, source_ids):
        sides[row["source_id"]][row["claim_id"]] = row["side"]
    return sides


_WRONG = """was AS (
    -- what the machine gave: the first entry of the log on a mark's side or claim says which
    SELECT json_extract(change.value, '$[1]') AS mention_id, json_extract(change.value, '$[2]') AS field,
           json_extract(change.value, '$[3]') AS value, min(decision.id)
    FROM decision, json_each(decision.payload, '$.changes') AS change
    WHERE decision.kind IN ('stance', 'split', 'move') AND json_extract(change.value, '$[0]') = 'mention'
          -- what is moved is judged anew: no word of a person on its side
          AND json_extract(change.value, '$[2]') = iif(decision.kind = 'stance', 'stance', 'claim_id')
    GROUP BY 1, 2
), given(mention_id, claim_id) AS (
    -- the claim that it gave a mark, and those that this one went into
    SELECT mention_id, value FROM was WHERE field = 'claim_id' UNION
    SELECT given.mention_id, claim.merged_into FROM given JOIN claim ON claim.id = given.claim_id
    WHERE claim.merged_into IS NOT NULL
), wrong AS (
    SELECT id AS mention_id FROM was JOIN mention ON mention.id = was.mention_id
    WHERE CASE field WHEN 'stance' THEN stance != value ELSE (id, claim_id) NOT IN given END
)"""
"""The marks whose side or claim is not the one that the machine gave."""


def checked(rows: Rows) -> dict[int, tuple[int, int]]:
    """By source: how many of its marks a person decided on, and how many of these were wrong and are set right."""
    sql = f"""WITH RECURSIVE {_WRONG}
        SELECT source_id, count(*) AS checked, sum(id IN (SELECT mention_id FROM wrong)) AS corrected FROM mention
        WHERE id IN (SELECT id FROM mention WHERE by_hand UNION SELECT mention_id FROM wrong) GROUP BY source_id"""
    return {row["source_id"]: (row["checked"], row["corrected"]) for row in rows(sql, ())}


_TAKEN = "stance != 'reports' AND published IS NOT NULL"

_TURNED = "HAVING min(stance) != max(stance) AND min(published) != max(published)"
"""Of the dated sides that a voice took on a claim: it was on both, and not all on one day."""


def reversals(rows: Rows, source_id: int | None = None) -> dict[int, int]:
    """By source: on how many claims it went from one side to the other, by date; of one source or of all.

    A paper that prints another's text speaks with the voice of that text's origin.
    """
    sql = f"""SELECT voice, count(*) AS n FROM (
            SELECT mark.voice FROM standing CROSS JOIN mark ON mark.claim_id = standing.claim_id
            WHERE standing.asserting AND standing.disputing AND {_TAKEN} AND (? IS NULL OR voice = ?)
            GROUP BY mark.claim_id, mark.voice {_TURNED})
        GROUP BY voice"""
    return {row["voice"]: row["n"] for row in rows(sql, (source_id, source_id))}


def courses(rows: Rows, source_id: int) -> dict[int, tuple[Course, ...]]:
    """By claim: the dated sides that a source took in turn, where it changed from one to the other."""
    sql = f"""WITH said AS (SELECT mark.id, mark.claim_id, stance, published
            FROM standing CROSS JOIN mark ON mark.claim_id = standing.claim_id
            WHERE standing.asserting AND standing.disputing AND {_TAKEN} AND voice = ?)
        SELECT claim_id, stance, published FROM said
        WHERE claim_id IN (SELECT claim_id FROM said GROUP BY claim_id {_TURNED}) ORDER BY claim_id, published, id"""
    taken: dict[int, list[Course]] = {}
    for row in rows(sql, (source_id,)):
        turns = taken.setdefault(row["claim_id"], [])
        if not turns or turns[-1].stance != row["stance"]:
            turns.append(Course(published=row["published"], stance=row["stance"]))
    return {claim: tuple(turns) for claim, turns in taken.items()}
