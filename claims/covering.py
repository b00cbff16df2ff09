"""Which claims say no more than another does: all that is said on them is said on it, too.

Every statement that is not the same as one before words a claim of its own, and takes a side on the others that it
speaks to. So three papers that say nearly one thing make three claims with the same three voices. Lists show the widest
of them; the others are *within* it, and are shown where one asks for all.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

_HOMES = """
SELECT coalesce(copy_of, id) FROM mention WHERE claim_id = ? AND stance != 'reports' AND NOT passes_on
"""
_ON = """
SELECT claim_id, id AS home FROM mention WHERE id IN (SELECT value FROM json_each(:homes))
    AND stance != 'reports' AND NOT passes_on
UNION SELECT claim_id, copy_of FROM mention WHERE copy_of IN (SELECT value FROM json_each(:homes))
    AND stance != 'reports' AND NOT passes_on
"""
"""What statements take a side on: pairs of claim and statement."""

_WIDEST = f"""
SELECT claim.id,
       (SELECT count(*) FROM ({_HOMES.replace("?", "claim.id")})) AS size, standing.contested, claim.text_by_hand
FROM (SELECT claim_id, count(*) AS n FROM ({_ON}) GROUP BY claim_id HAVING n = :many) AS found
JOIN claim ON claim.id = found.claim_id JOIN standing ON standing.claim_id = claim.id
WHERE claim.tracked_to IS NULL AND standing.contested >= (SELECT contested FROM standing WHERE claim_id = :claim)
ORDER BY size DESC, standing.contested DESC, claim.text_by_hand DESC, claim.id LIMIT 1
"""
"""Of the claims that all of these statements take a side on, the one that most others do. A claim is within one only if
that shows its contest, too. Saved claims are the analyst's, and hide none."""


def cover(connection: sqlite3.Connection, claim_ids: Iterable[int]) -> None:
    """Note anew within which others some claims are, and all that share statements with them; counted they are already.

    To be called in the transaction that touched them. A claim of one sentence is within none: no list shows it.
    """
    given = json.dumps(sorted(set(claim_ids)))
    near = """
        WITH given AS (SELECT value AS id FROM json_each(?)),
        home AS (SELECT DISTINCT coalesce(copy_of, id) AS id FROM mention WHERE claim_id IN (SELECT id FROM given))
        SELECT claim_id, sentences, within FROM standing WHERE claim_id IN (
            SELECT id FROM given
            UNION SELECT claim_id FROM mention WHERE id IN (SELECT id FROM home)
            UNION SELECT claim_id FROM mention WHERE copy_of IN (SELECT id FROM home)
            UNION SELECT claim_id FROM standing WHERE within IN (SELECT id FROM given))
        ORDER BY claim_id"""
    for claim, sentences, before in connection.execute(near, [given]).fetchall():
        within = _within(connection, claim) if sentences > 1 else None
        if within != before:
            connection.execute("UPDATE standing SET within = ? WHERE claim_id = ?", [within, claim])


def _within(connection: sqlite3.Connection, claim: int) -> int | None:
    homes = [home for (home,) in connection.execute(f"SELECT DISTINCT * FROM ({_HOMES})", [claim])]
    if not homes:
        return None
    given = {"homes": json.dumps(homes), "many": len(homes), "claim": claim}
    widest = connection.execute(_WIDEST, given).fetchone()
    return widest[0] if widest and widest[0] != claim else None
