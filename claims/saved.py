"""Claims that an analyst saved in words of their own, kept up with what comes in.

A saved claim has marks of its own: copies of statements that stand under claims of the linker's as well, each with its
stance on the saved wording. The linker puts nothing under it. Each document is held against each saved claim once, in
the transaction that stores the document or that saves the claim, so that it makes no difference which came first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from claims.encode import Vectors, unpack
from claims.judge import Judgement
from claims.models import Factuality, Polarity
from claims.quantities import other_year
from claims.stance import CERTAIN, Mark, Pair, compose
from claims.store import Store
from claims.wording import plain

NEAR = 0.35
"""Cosine from which a statement is put before the judge for a saved claim."""

MOST = 20
"""Statements of one document, the nearest, that are put before the judge for a saved claim. A limit to all that is held
against it at one time would make the marks hang on when that was."""


ABOUT = 0.5
"""The judge's mass on the two sides, weighed with the cosine, from which a statement is about a saved claim.

Unlike the likeness by which ``claims.track`` answers, it hangs on nothing but the two texts: whatever came in first,
the marks are the same.
"""


class SavedClaim(NamedTuple):
    """A claim that is kept up, and the last document that was held against it."""

    id: int
    text: str
    tracked_to: int


class Stated(NamedTuple):
    """A statement of a document, with all that a mark needs."""

    mention_id: int
    document_id: int
    voice: tuple[int, int, str]
    """Who says it where: one sentence, one source, one chain of holders."""
    said: str
    key: str
    """Hash of ``said``."""
    polarity: Polarity
    factuality: Factuality
    cue: str | None


class Keeper:
    """Brings saved claims up to date. ``vectors`` and ``opinions`` answer as the pipeline's do.

    ``apart``: by hash of a text, the claims that the analyst took it out of.
    """

    def __init__(
        self,
        store: Store,
        model: str,
        vectors: Callable[[Sequence[str]], Vectors],
        opinions: Callable[[Iterable[Pair]], dict[Pair, Judgement]],
        apart: Mapping[str, frozenset[int]],
    ) -> None:
        self._store, self._db = store, store.db
        self._model = model
        self._vectors = vectors
        self._opinions = opinions
        self._apart = apart

    def catch_up(self) -> set[int]:
        """Hold every document against every saved claim that has not met it; returns the claims with new marks.

        To be called in a transaction. A claim that was let go (unpinned) is passed, and catches up when pinned again.
        """
        sql = (
            "SELECT id, text, tracked_to FROM claim WHERE tracked_to < (SELECT max(id) FROM document)"
            " AND pinned AND merged_into IS NULL ORDER BY +id"  # by its id, SQLite would read every claim
        )
        behind = [SavedClaim(*row) for row in self._db.execute(sql).fetchall()]
        touched = set()
        for since in sorted({claim.tracked_to for claim in behind}):
            touched |= self._hold([claim for claim in behind if claim.tracked_to == since], since)
        return touched

    def _hold(self, claims: Sequence[SavedClaim], since: int) -> set[int]:
        statements, vectors = self._statements(since)
        near: list[tuple[SavedClaim, Stated, float]] = []
        if statements:
            cosines = vectors @ self._vectors([claim.text for claim in claims]).T
            for claim, column in zip(claims, cosines.T, strict=True):
                near += [(claim, said, cosine) for said, cosine in _nearest(statements, column)]
        near = [found for found in near if found[0].id not in self._apart.get(found[1].key, ())]
        judged = self._opinions(Pair(s.said, c.text) for c, s, _ in near if plain(s.said) != c.text)
        surest: dict[tuple[int, tuple[int, int, str]], tuple[Mark, int]] = {}
        for claim, said, cosine in near:
            mark = _mark(claim.text, said, cosine, judged)
            known = surest.get((claim.id, said.voice))
            if mark is not None and (known is None or (mark.score, -said.mention_id) > (known[0].score, -known[1])):
                surest[claim.id, said.voice] = (mark, said.mention_id)
        for (claim_id, _), (mark, mention_id) in sorted(surest.items(), key=lambda item: (item[0][0], item[1][1])):
            self._store.copy(mention_id, claim_id, mark)
        ids = [claim.id for claim in claims]
        marks = ",".join("?" * len(ids))
        to = "(SELECT max(id) FROM document)"
        self._db.execute(f"UPDATE claim SET tracked_to = {to} WHERE id IN ({marks})", ids)
        return set(ids)

    def _statements(self, since: int) -> tuple[list[Stated], Vectors]:
        """What is said in the documents after ``since``, in order, and its vectors."""
        sql = (
            'SELECT mention.id, sentence_id, source_id, holders, document_id, start, "end", mention.text_hash,'
            " polarity, factuality, cue, meant, vector.data FROM mention"
            " JOIN vector ON vector.text_hash = mention.text_hash AND vector.model = ?"
            " WHERE document_id > ? AND NOT passes_on AND NOT tracked ORDER BY document_id, mention.id"
        )
        found, blobs, last, text = [], [], 0, ""
        rows = self._db.execute(sql, [self._model, since]).fetchall()
        for i, sentence_id, source_id, holders, document_id, start, end, *how, meant, blob in rows:
            if document_id != last:
                last = document_id
                (text,) = self._db.execute("SELECT text FROM document WHERE id = ?", [document_id]).fetchone()
            found.append(Stated(i, document_id, (sentence_id, source_id, holders), meant or text[start:end], *how))
            blobs.append(blob)
        return found, unpack(blobs)


def _nearest(statements: Sequence[Stated], cosines: Vectors) -> Iterator[tuple[Stated, float]]:
    """Of each document's statements the few nearest that are near enough, with their cosines."""
    looked: Counter[int] = Counter()
    for i in np.argsort(-cosines, kind="stable"):
        said, cosine = statements[i], float(cosines[i])
        if cosine < NEAR:
            break
        looked[said.document_id] += 1
        if looked[said.document_id] <= MOST:
            yield said, cosine


def _mark(wording: str, said: Stated, cosine: float, judged: Mapping[Pair, Judgement]) -> Mark | None:
    """A statement's mark on a saved claim, or ``None`` where it takes no side on it."""
    text, scores = said.said, judged.get(Pair(said.said, wording))
    if scores is None:  # the claim is worded just so
        text, scores = wording, CERTAIN
    mark = compose(text, wording, said.polarity, said.factuality, scores, said.cue)
    about = (1 - scores.neutral) * min(1.0, cosine + 0.4)
    return mark if mark.stance != "reports" and about >= ABOUT and not other_year(text, wording) else None


def spelled(text: str) -> str:
    """A claim's words as they are kept: without needless white space."""
    return " ".join(text.split())
