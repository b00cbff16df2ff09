"""Marks judged anew: what a voice says, held against its claim as that is worded now.

A person who merges, splits, moves or rewords says under which claim a statement stands and how that reads, not which
side the statement takes on it. So the judge is asked again, as when an ingest words a claim otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable

from claims.opinions import Opinions
from claims.placing import mark_of
from claims.stance import Mark, Pair
from claims.store import Store
from claims.wording import plain


def rejudged(store: Store, opinions: Opinions, mention_ids: Iterable[int]) -> dict[int, Mark]:
    """By id, what each of some marks is on its claim today; who only passes on what another says is left out."""
    wanted = set(mention_ids)
    claims = {store.values("mention", m, ("claim_id",))["claim_id"] for m in wanted}
    wordings = store.claim_texts(claims)
    said = [(s, wordings[claim]) for claim in sorted(claims) for s in store.said(claim) if s.mention_id in wanted]
    judged = opinions(Pair(s.means, wording) for s, wording in said if plain(s.means) != wording)
    return {s.mention_id: mark_of(s.means, wording, s, judged, s.near) for s, wording in said}
