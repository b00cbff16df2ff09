"""Reading an analyst's notes: on a claim, and on its mentions. They are made by ``claims.decisions``."""

from __future__ import annotations

from claims.models import Frozen
from claims.views import Views


class Note(Frozen):
    """An analyst's own words. ``mention_id`` is ``None`` for a note on the claim as a whole."""

    id: int
    at: str
    analyst: str
    text: str
    mention_id: int | None


def notes(views: Views, claim_id: int) -> list[Note]:
    """The notes that stand on a claim, on those merged into it, and on its mentions, oldest first.

    A note on a mention goes with it when it is moved. Raises :class:`NotFound`.
    """
    rows = views.stream(
        """WITH RECURSIVE inside(id) AS (VALUES (?) UNION
            SELECT claim.id FROM claim JOIN inside ON claim.merged_into = inside.id)
        SELECT note.id, note.at, note.analyst, note.text, note.mention_id
        FROM note LEFT JOIN mention ON mention.id = note.mention_id
        WHERE note.standing AND (note.claim_id IN inside OR mention.claim_id IN inside) ORDER BY note.id""",
        [views.resolve(claim_id)],
    )
    return [Note(**row) for row in rows]
