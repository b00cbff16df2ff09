"""The copies of marks under claims that nobody saved: what statements say on claims besides their own.

An ingest makes them as it places a document (``claims.placing``); whoever links everything anew derives them anew, and
this is what sets the stored ones right, as changes that the log can hold and take back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from claims.decisions import Decisions
from claims.stance import Mark
from claims.store import ROW, Change, Store


class _Copy(NamedTuple):
    """A copy as it is stored, and the mark that it is a copy of."""

    id: int
    claim_id: int
    stance: str
    score: float
    reason: str
    near: float | None
    by_hand: int
    home: int


def recopy(
    store: Store, decisions: Decisions, wanted: Mapping[tuple[int, int], tuple[Mark, float]]
) -> list[Change]:
    """Make the copies those that are ``wanted``, by mark and claim: which mark they are to be, and how near the claim.

    To be called in a transaction. What a person set or noted something on stays where it is, or goes along with its
    claim. Returns the changes, which are done, with the claims counted anew.
    """
    left = dict(wanted)
    changes: list[Change] = []
    for copy in _stored(store):
        claim = store.resolve_claim(copy.claim_id)
        want = left.pop((copy.home, claim), None)
        with_it = store.with_who_passes_on(copy.id)
        theirs = any(store.touched_by_hand(m) for m in with_it)
        if want is None and not theirs:
            changes += decisions.going("mention", with_it)
            continue
        if claim != copy.claim_id:
            changes += [Change("mention", m, "claim_id", copy.claim_id, claim) for m in with_it]
        if want is not None and not copy.by_hand:
            after = {**want[0]._asdict(), "near": want[1]}
            changes += [
                Change("mention", copy.id, name, getattr(copy, name), value)
                for name, value in after.items()
                if getattr(copy, name) != value
            ]
    touched = store.apply(changes) | {claim for _, claim in left}
    for (home, claim), (mark, near) in left.items():
        last = store.db.execute("SELECT coalesce(max(id), 0) FROM mention").fetchone()[0]
        store.copy(home, claim, mark, near)
        made = store.db.execute("SELECT id FROM mention WHERE id > ? ORDER BY id", [last]).fetchall()
        changes += [Change("mention", m, ROW, None, store.row("mention", m)) for (m,) in made]
    store.restand(touched)
    return changes


def _stored(store: Store) -> list[_Copy]:
    """The copies of statements' own voices under claims that nobody saved, in order."""
    sql = (
        "SELECT copy.id, copy.claim_id, copy.stance, copy.score, copy.reason, copy.near, copy.by_hand, copy.copy_of"
        " FROM mention AS copy JOIN claim ON claim.id = copy.claim_id AND claim.tracked_to IS NULL"
        " WHERE copy.tracked AND NOT copy.passes_on ORDER BY copy.id"
    )
    return [_Copy(*row) for row in store.db.execute(sql).fetchall()]
