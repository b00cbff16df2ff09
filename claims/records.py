"""What a source's marks have been through: sides changed, and how often the analyst set them right."""

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


_WRONG = """wrong AS (
    -- marks whose side or claim is not the one that the machine gave: the first entry of the log on each says which
    SELECT was.mention_id FROM (
        SELECT json_extract(change.value, '$[1]') AS mention_id, json_extract(change.value, '$[2]') AS field,
               json_extract(change.value, '$[3]') AS value, min(decision.id)
        FROM decision, json_each(decision.payload, '$.changes') AS change
        WHERE decision.kind IN ('stance', 'split', 'move') AND json_extract(change.value, '$[0]') = 'mention'
              AND json_extract(change.value, '$[2]') IN ('stance', 'claim_id')
        GROUP BY 1, 2
    ) AS was JOIN mention ON mention.id = was.mention_id
    LEFT JOIN claim ON was.field = 'claim_id' AND claim.id = was.value
    WHERE CASE was.field WHEN 'stance' THEN mention.stance != was.value
          ELSE mention.claim_id NOT IN (was.value, coalesce(claim.merged_into, was.value)) END
)"""


def checked(rows: Rows) -> dict[int, tuple[int, int]]:
    """By source: how many of its marks a person decided on, and how many of these were wrong and are set right."""
    sql = f"""WITH {_WRONG}
        SELECT source_id, count(*) AS checked, sum(id IN (SELECT mention_id FROM wrong)) AS corrected FROM mention
        WHERE id IN (SELECT id FROM mention WHERE by_hand UNION SELECT mention_id FROM wrong) GROUP BY source_id"""
    return {row["source_id"]: (row["checked"], row["corrected"]) for row in rows(sql, ())}


def courses(rows: Rows, source_id: int | None = None) -> dict[tuple[int, int], tuple[Course, ...]]:
    """By (source, claim): the dated sides that a source took in turn, where it changed from one to the other.

    A paper that prints another's text speaks with the voice of that text's origin.
    """
    sql = """SELECT voice, claim_id, stance, published FROM mark
        WHERE claim_id IN (SELECT claim_id FROM mention WHERE stance = 'disputes') AND stance != 'reports'
              AND published IS NOT NULL AND (? IS NULL OR voice = ?) ORDER BY voice, claim_id, published, id"""
    taken: dict[tuple[int, int], list[Course]] = {}
    for row in rows(sql, (source_id, source_id)):
        turns = taken.setdefault((row["voice"], row["claim_id"]), [])
        if not turns or turns[-1].stance != row["stance"]:
            turns.append(Course(published=row["published"], stance=row["stance"]))
    return {key: tuple(t) for key, t in taken.items() if len(t) > 1 and t[0].published != t[-1].published}
