"""Which claims say no more than another does: what they say, and most of what is said on them, is said on it, too.

Every statement that is not the same as one before words a claim of its own, and takes a side on the others that it
speaks to. So three papers that say nearly one thing make three claims with nearly the same voices. Lists show the
widest of them; the others are *within* it, and are shown where one asks for all.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable

MOST = 0.75
"""Share of the statements on a claim that are on another, too, from which it says no more than that."""

_FIGURE = re.compile(r"(?<![\w.])(?!(?:1[5-9]|20)\d\d\b)\d[\d.,]*")
"""A number that is no year."""

_HOMES = """
SELECT DISTINCT coalesce(copy_of, id), tracked FROM mention WHERE claim_id = ? AND stance != 'reports' AND NOT passes_on
"""
"""The statements that take a side on a claim, and which of them stand under another of their own."""

_ON = """
SELECT claim_id, id AS home FROM mention WHERE id IN (SELECT value FROM json_each(:homes))
    AND stance != 'reports' AND NOT passes_on
UNION SELECT claim_id, copy_of FROM mention WHERE copy_of IN (SELECT value FROM json_each(:homes))
    AND stance != 'reports' AND NOT passes_on
"""
"""What statements take a side on: pairs of claim and statement."""

_SIZE = f"(SELECT count(*) FROM ({_HOMES.replace('?', 'claim.id')}))"

_CLAIMS = f"""
SELECT claim.id, claim.text, standing.contested, claim.text_by_hand, {_SIZE},
       claim.tracked_to IS NOT NULL OR standing.within IS NOT NULL
FROM claim JOIN standing ON standing.claim_id = claim.id WHERE claim.id IN (SELECT value FROM json_each(?))
"""

_NEAR = f"""
WITH given AS (SELECT value AS id FROM json_each(?)),
home AS (SELECT DISTINCT coalesce(copy_of, id) AS id FROM mention WHERE claim_id IN (SELECT id FROM given))
SELECT claim.id, standing.sentences, standing.within FROM standing JOIN claim ON claim.id = standing.claim_id
WHERE claim.id IN (
    SELECT id FROM given
    UNION SELECT claim_id FROM mention WHERE id IN (SELECT id FROM home)
    UNION SELECT claim_id FROM mention WHERE copy_of IN (SELECT id FROM home)
    UNION SELECT claim_id FROM standing WHERE within IN (SELECT id FROM given))
ORDER BY {_SIZE} DESC, standing.contested DESC, claim.text_by_hand DESC, claim.id
"""
"""Some claims, and all that share statements with them or are within them, the widest first."""

ROUNDS = 4
"""How often it is looked at what follows from a claim's coming up or going within another, at most."""


def cover(connection: sqlite3.Connection, claim_ids: Iterable[int]) -> None:
    """Note anew within which others some claims are, and all that share statements with them; counted they are already.

    To be called in the transaction that touched them. A claim of one sentence is within none: no list shows it.
    """
    given = set(claim_ids)
    for _ in range(ROUNDS):
        moved = set()
        for claim, sentences, before in connection.execute(_NEAR, [json.dumps(sorted(given))]).fetchall():
            within = _within(connection, claim) if sentences > 1 else None
            if within != before:
                connection.execute("UPDATE standing SET within = ? WHERE claim_id = ?", [within, claim])
                moved.add(claim)
        given = moved
        if not given:
            break


def _within(connection: sqlite3.Connection, claim: int) -> int | None:
    """The widest claim that a claim is within: of equals a contested one, one that a person worded, the first.

    It must be within none itself, show the claim's contest, if it is contested, and give its figure, if it gives one.
    Saved claims are the analyst's, and hide none.
    """
    marks = connection.execute(_HOMES, [claim]).fetchall()
    homes, own = {home for home, _ in marks}, {home for home, copied in marks if not copied}
    on: dict[int, set[int]] = {}
    for other, home in connection.execute(_ON, {"homes": json.dumps(sorted(homes))}):
        on.setdefault(other, set()).add(home)
    near = [other for other, shared in on.items() if own <= shared and len(shared) >= MOST * len(homes)]
    said = {row[0]: row[1:] for row in connection.execute(_CLAIMS, [json.dumps(near)])}
    if claim not in said:
        return None
    text, contested, by_hand, size, _ = said.pop(claim)
    best, least = None, (size, contested, by_hand, -claim)
    for other, (words, disputed, worded, others, hides_none) in said.items():
        rank = (others, disputed, worded, -other)
        if rank > least and disputed >= contested and not hides_none and not _figures(text) - _figures(words):
            best, least = other, rank
    return best


def _figures(text: str) -> Counter[str]:
    return Counter(found.rstrip(".,") for found in _FIGURE.findall(text))
