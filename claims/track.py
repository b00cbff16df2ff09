"""A claim in the analyst's own words, put to the whole database: who asserts it and who disputes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from claims.encode import Encoder, Vectors, unpack
from claims.judge import Judge, Judgement
from claims.link import FEW
from claims.models import Frozen, Stance
from claims.quantities import other_year
from claims.rows import StatementRow
from claims.search import ENOUGH, unlike
from claims.stance import Pair, compose
from claims.views import Views

NEAREST = 100
"""How many statements, the nearest in meaning, are looked at for one claim."""

NEEDED = 0.6
"""How near a statement must be to the tracked claim to be on it: its likeness and the judge's surest side
(:data:`SIDES`) added up."""

SIDES = 0.4
"""How much likeness the judge's certainty is worth: not all, as the judge is literal, and what an analyst asks is more
general than any sentence."""

ASKED = 0.4
"""Share of :data:`NEEDED` that likeness must make up by itself for the judge to be asked."""


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
    """All statements of a database with their vectors, ready for any number of questions.

    What everything in a database is about says nothing of which claim a statement makes: the mean of all vectors is
    taken off before they are compared (after Mu and Viswanath 2018), which on the annotated articles lifts the F1 of
    voices from 0.33 to 0.41. And a statement counts half by its sentence, as the words around it name its subject.

    Raises :class:`claims.errors.UsageProblem` where most of the database was read with another encoder: it would
    answer that nobody says anything. ``passed_over`` tells where a lesser part was; else it is ``None``.
    """

    def __init__(self, views: Views, encoder: Encoder, judge: Judge) -> None:
        self.passed_over = unlike(views, encoder.name, enough=ENOUGH)
        self._views = views
        self._encoder = encoder
        self._judge = judge
        rows = views.statement_vectors(encoder.name)
        self._hashes = [key for key, _ in rows]
        vectors = unpack([blob for _, blob in rows])
        self._common = vectors.sum(0) / (len(rows) + FEW) if rows else np.zeros(0, np.float32)
        self._vectors = self._apart(vectors)
        self._sentences: dict[str, Vectors] = {}

    def _apart(self, vectors: Vectors) -> Vectors:
        """Unit vectors without what all statements have in common."""
        if not len(vectors):
            return vectors
        left = vectors - self._common
        return np.asarray(left / np.maximum(np.linalg.norm(left, axis=1, keepdims=True), 1e-9), np.float32)

    def nearest(self, text: str, most: int = NEAREST) -> list[tuple[StatementRow, float]]:
        """The statements nearest in meaning to ``text``, with their likeness, half that of the sentence, best first."""
        if not self._hashes:
            return []
        asked = self._apart(self._encoder.encode([text]))[0]
        near = self._vectors @ asked
        best = np.argsort(-near, kind="stable")[:most]
        alike = {self._hashes[i]: float(near[i]) for i in best}
        rows = self._views.statements(list(alike))
        fresh = list(dict.fromkeys(row.sentence for row in rows if row.sentence not in self._sentences))
        self._sentences.update(zip(fresh, self._apart(self._encoder.encode(fresh)), strict=True))
        found = [(row, (alike[row.text_hash] + float(self._sentences[row.sentence] @ asked)) / 2) for row in rows]
        return sorted(found, key=lambda one: (-one[1], one[0].mention_id))

    def track(self, text: str, most: int = NEAREST) -> list[Tracked]:
        """Every voice near ``text`` that takes a side on it, surest first; nothing is stored."""
        near = [
            (row, alike)
            for row, alike in self.nearest(text, most)
            if alike >= ASKED * NEEDED and not other_year(row.means, text)
        ]
        # read one way only: to somebody who asks, a doubtful voice at the end of the list is worth more than silence
        pairs = list(dict.fromkeys(pair for row, _ in near for pair in _questions(row, text)))
        judged = dict(zip(pairs, self._judge.judge(pairs), strict=True))
        found = []
        for row, alike in near:
            scores = _surest([judged[pair] for pair in _questions(row, text)])
            if alike + SIDES * max(scores.asserts, scores.disputes) < NEEDED:
                continue
            mark = compose(row.means, text, row.polarity, row.factuality, scores, row.cue, sure=False)
            if mark.stance != "reports":
                found.append(
                    Tracked(
                        path=row.path, document_id=row.document_id, start=row.start, end=row.end, text=row.said,
                        sentence=row.sentence, outlet=row.outlet, published=row.published, holders=row.holders,
                        stance=mark.stance, score=mark.score, reason=mark.reason,
                    )
                )  # fmt: skip
        return sorted(found, key=lambda t: (-t.score, t.document_id, t.start))


def _questions(row: StatementRow, text: str) -> list[Pair]:
    """What the judge is asked of a statement: what is said, and its sentence, which names what it is about.

    Not so where the voice denies what is said: then the sentence says the opposite of it.
    """
    said = [row.means] if row.polarity == "disputes" else dict.fromkeys((row.means, row.sentence))
    return [Pair(premise, text) for premise in said]


def _surest(answers: Sequence[Judgement]) -> Judgement:
    """Of each side the most that the judge said: what is cut out of its sentence can say less than it means."""
    asserts, disputes = max(j.asserts for j in answers), max(j.disputes for j in answers)
    return Judgement(asserts, disputes, min(j.neutral for j in answers))


def tracked(views: Views, encoder: Encoder, judge: Judge, texts: Sequence[str]) -> Iterator[list[Tracked]]:
    """Answers to several claims, in order."""
    tracker = Tracker(views, encoder, judge)
    for text in texts:
        yield tracker.track(text)
