"""Sentences by words and by meaning, in one ranking; claims by meaning."""

from __future__ import annotations

import numpy as np

from claims.encode import Encoder, Vectors, unpack
from claims.errors import UsageProblem
from claims.rows import Hits
from claims.views import Views

K = 60
"""Of reciprocal rank fusion, as in Cormack, Clarke and Buettcher (SIGIR 2009)."""


NEAR = 0.45
"""Cosine from which a statement fits what somebody typed."""

MOST = 1_000
"""Statements that are looked at by meaning, at most."""

ENOUGH = 0.5
"""Share of the statements that must have a vector of the encoder in force, or an answer by meaning misleads."""


def unlike(views: Views, model: str, *, enough: float = 0.0) -> str | None:
    """What to tell where statements are passed over, as they have no vector of this encoder; else ``None``.

    So it is after an update that brings another encoder. Raises :class:`UsageProblem`, with the same words, where the
    share of those that have one is below ``enough``.
    """
    known, texts = views.count_vectors(model)
    if known == texts:
        return None
    what = (
        f"{texts - known} of {texts} statements cannot be compared in meaning: they were read with another encoder"
        f" than {model}. Bring them up to date with: claims relink"
    )
    if known < enough * texts:
        raise UsageProblem(what)
    return what


class Nearest:
    """What is said, by nearness of meaning: keeps the vectors of one database, and reads them again when it changed."""

    def __init__(self, views: Views, encoder: Encoder) -> None:
        self._views, self._encoder = views, encoder
        self._read: tuple[int, list[str], Vectors] | None = None

    def hashes(self, text: str, most: int, least: float = -1.0) -> list[str]:
        """The texts nearest to ``text`` by hash, best first, those below a cosine of ``least`` left out."""
        version = int(self._views.db.execute("PRAGMA data_version").fetchone()[0])
        if self._read is None or self._read[0] != version:
            rows = self._views.statement_vectors(self._encoder.name)
            self._read = (version, [key for key, _ in rows], unpack([blob for _, blob in rows]))
        _, keys, vectors = self._read
        if not keys:
            return []
        near = vectors @ self._encoder.encode([text])[0]
        return [keys[i] for i in np.argsort(-near, kind="stable")[:most] if near[i] >= least]

    def claims(self, text: str, most: int = 100) -> list[int]:
        """Claims of which something near to ``text`` is said, best first."""
        keys = self.hashes(text, most, NEAR)
        marks = ",".join("?" * len(keys))
        rows = self._views.stream(f"SELECT text_hash, claim_id FROM mention WHERE text_hash IN ({marks})", keys)
        order = {key: i for i, key in enumerate(keys)}
        return list(dict.fromkeys(c for _, c in sorted((order[row["text_hash"]], row["claim_id"]) for row in rows)))


def search(views: Views, encoder: Encoder, words: str, limit: int = 20) -> Hits:
    """The best ``limit`` sentences: full text and nearness of meaning, joined by reciprocal rank fusion.

    Something is nearest to any words, so what does not hold all of them must at least be near (:data:`NEAR`).
    """
    if not words.strip():
        return Hits([], 0)
    by_words = views.holding(words)
    by_meaning = views.saying(Nearest(views, encoder).hashes(words, MOST, NEAR))
    scores: dict[int, float] = {}
    for ranking in (by_words, by_meaning):
        for rank, sentence in enumerate(ranking):
            scores[sentence] = scores.get(sentence, 0.0) + 1 / (K + rank)
    best = sorted(scores, key=lambda i: (-scores[i], i))[:limit]
    held = set(by_words)
    hits = [hit.model_copy(update={"holds": hit.sentence_id in held}) for hit in views.hits(best)]
    return Hits(hits, len(scores))
