"""What is counted of a claim's marks, in SQL: its standing, and what a person should look at."""

from __future__ import annotations

STANDING = """
INSERT OR REPLACE INTO standing (claim_id, asserting, disputing, reporting, mentions, sentences, outlets, origins,
    contested, contest_score, first_seen, last_seen, met, contested_met, within)
SELECT :id,
       count(DISTINCT CASE WHEN stance = 'asserts' THEN source_id END),
       count(DISTINCT CASE WHEN stance = 'disputes' THEN source_id END),
       count(DISTINCT CASE WHEN stance = 'reports' THEN source_id END),
       count(*),
       count(DISTINCT sentence_id),
       count(DISTINCT outlet_id),
       count(DISTINCT origin_id),
       -- two voices, not one that says both, nor one text that two outlets print
       coalesce(max(stance = 'asserts') AND max(stance = 'disputes')
           AND count(DISTINCT CASE WHEN stance != 'reports' THEN voice END) > 1, 0),
       CASE WHEN count(DISTINCT CASE WHEN stance != 'reports' THEN voice END) > 1 THEN contest(
           count(DISTINCT CASE WHEN stance = 'asserts' THEN voice END),
           count(DISTINCT CASE WHEN stance = 'disputes' THEN voice END),
           max(CASE WHEN stance = 'asserts' THEN score END),
           max(CASE WHEN stance = 'disputes' THEN score END)
       ) ELSE 0.0 END,
       min(published), max(published), coalesce(min(CASE WHEN NOT tracked THEN met END), min(met)),
       -- with the last of: it was there, somebody asserts it, somebody disputes it, there is a second voice
       CASE WHEN min(stance) < 'disputes' AND max(stance = 'disputes') THEN max(
           coalesce(min(CASE WHEN NOT tracked THEN met END), min(met)),
           min(CASE WHEN stance = 'asserts' THEN met END), min(CASE WHEN stance = 'disputes' THEN met END),
           (SELECT min(met) FROM mark WHERE claim_id = :id AND stance != 'reports' AND voice !=
               (SELECT voice FROM mark WHERE claim_id = :id AND stance != 'reports' ORDER BY met LIMIT 1))
       ) END,
       (SELECT within FROM standing WHERE claim_id = :id)  -- as it was: claims.covering notes what has changed of it
FROM mark WHERE claim_id = :id
"""
"""A claim's row of ``standing``, by ``:id``."""

WEIGHED = """
SELECT id, voice, stance, score, by_hand OR reason = 'wording' FROM mark WHERE claim_id = ? AND reason != 'quotes'
"""
"""The marks of a claim that take part in weighing what to look at first, see :func:`claims.standing.gains`."""
