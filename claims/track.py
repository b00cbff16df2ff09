"""A claim in the analyst's own words, put to the whole database: who asserts it and who disputes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from claims.encode import Encoder, Vectors, unpack
from claims.judge import Judge
from claims.models import Frozen, Stance
from claims.rows import StatementRow
from claims.stance import Pair, about_the_same, compose
from claims.views import Views

NEAREST = 100
"""How many statements, the nearest in meaning, are put before the judge for one claim."""


class Tracked(Frozen):
    """A voice found on a tracked claim."""

    path: str
    document_id: int
    start: int
    end: int
    text: str
    sentence: str
    outlet: str
    published: str | None
    holders: tuple[str, ...]
    stance: Stance
    score: float
    reason: str


class Tracker:
    """All statements of a database with their vectors, ready for any number of questions."""

    def __init__(self, views: Views, encoder: Encoder, judge: Judge) -> None:
        self._views = views
        self._encoder = encoder
        self._judge = judge
        rows = views.statement_vectors(encoder.name)
        self._hashes = [key for key, _ in rows]
        self._vectors = unpack([blob for _, blob in rows])

    def nearest(self, text: str, most: int = NEAREST) -> list[tuple[StatementRow, float]]:
        """The statements nearest in meaning to ``text``, with their cosine, best first."""
        if not self._hashes:
            return []
        near: Vectors = self._vectors @ self._encoder.encode([text])[0]
        best = np.argsort(-near, kind="stable")[:most]
        at = {self._hashes[i]: float(near[i]) for i in best}
        rows = self._views.statements(list(at))
        return sorted(((row, at[row.text_hash]) for row in rows), key=lambda found: (-found[1], found[0].mention_id))

    def track(self, text: str, most: int = NEAREST) -> list[Tracked]:
        """Every voice near ``text`` that takes a side on it, surest first; nothing is stored."""
        near = self.nearest(text, most)
        pairs = list(dict.fromkeys(Pair(row.said, text) for row, _ in near))
        # read one way only: to somebody who asks, a doubtful voice at the end of the list is worth more than silence
        judged = dict(zip(pairs, self._judge.judge(pairs), strict=True))
        found = []
        for row, cosine in near:
            scores = judged[Pair(row.said, text)]
            mark = compose(row.said, text, row.polarity, row.factuality, scores, row.cue, sure=False)
            if mark.stance != "reports" and about_the_same(row.said, text, cosine, scores) >= ABOUT:
                found.append(
                    Tracked(
                        path=row.path, document_id=row.document_id, start=row.start, end=row.end, text=row.said,
                        sentence=row.sentence, outlet=row.outlet, published=row.published, holders=row.holders,
                        stance=mark.stance, score=mark.score, reason=mark.reason,
                    )
                )  # fmt: skip
        return sorted(found, key=lambda t: (-t.score, t.document_id, t.start))


ABOUT = 0.5
"""How sure it must be that a statement is about the tracked claim at all."""


def tracked(views: Views, encoder: Encoder, judge: Judge, texts: Sequence[str]) -> Iterator[list[Tracked]]:
    """Answers to several claims, in order."""
    tracker = Tracker(views, encoder, judge)
    for text in texts:
        yield tracker.track(text)
