"""Sentences by words and by meaning, in one ranking."""

from __future__ import annotations

import numpy as np

from claims.encode import Encoder, unpack
from claims.rows import SentenceHit
from claims.views import Views

K = 60
"""Of reciprocal rank fusion, as in Cormack, Clarke and Buettcher (SIGIR 2009)."""


def search(views: Views, encoder: Encoder, words: str, limit: int = 20) -> list[SentenceHit]:
    """The best ``limit`` sentences: full text and nearness of meaning, joined by reciprocal rank fusion."""
    by_words = views.search(words, limit=5 * limit)
    by_meaning = _nearest(views, encoder, words, 5 * limit)
    scores: dict[int, float] = {}
    hits: dict[int, SentenceHit] = {}
    for ranking in (by_words, by_meaning):
        for rank, hit in enumerate(ranking):
            scores[hit.sentence_id] = scores.get(hit.sentence_id, 0.0) + 1 / (K + rank)
            hits[hit.sentence_id] = hit
    return [hits[i] for i in sorted(scores, key=lambda i: (-scores[i], i))[:limit]]


def _nearest(views: Views, encoder: Encoder, words: str, most: int) -> list[SentenceHit]:
    rows = views.statement_vectors(encoder.name)
    if not rows:
        return []
    near = unpack([blob for _, blob in rows]) @ encoder.encode([words])[0]
    best = [rows[i][0] for i in np.argsort(-near, kind="stable")[:most]]
    return views.sentences_saying(best)
