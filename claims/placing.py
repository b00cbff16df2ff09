"""Where what a document says goes: a claim for each statement, its mark there, and the further claims it speaks to.

Every statement stands under one claim, its own: the nearest that says just the same, or a new one worded after it.
Beyond that, whatever takes a side on another claim is marked there as well, so that a claim shows everybody who speaks
to it. Such a mark is a copy (``tracked`` in the database, as the copies under saved claims are): it counts for the
claim's voices, while a claim's wording and what belongs to it hang on the statements that are its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from claims.decisions import Constraints
from claims.encode import Vectors, text_hash
from claims.judge import Judgement
from claims.link import WORDS, Candidate, Linker, asked, crowd, nearness
from claims.models import Statement
from claims.settings import Settings
from claims.stance import CERTAIN, Mark, Pair, compose
from claims.store import Said, Store
from claims.wording import fitness, plain

CANDIDATES = 3
"""How many claims of earlier documents, and of its own, the nearest ones, the judge is asked about for a statement."""

LOOKED_AT = 30
"""How many claims, the likeliest, are looked at to find those near to a statement."""

MEMBERS = 10
"""How many stored statements, the nearest ones, are held against a new claim at most."""

BETTER = 0.1
"""A claim is worded anew only where another text is fitter by this much: wordings should stay put."""


ALIKE = 0.9
"""Probability that a statement says a claim, or denies it, from which it opens none of its own. What says it with less
says something else, too, to which others may come closer: it takes a side there as on a further claim."""


class Further(NamedTuple):
    """A side that a statement takes on a claim besides its own."""

    statement: int
    """Its position in the document or, for one of an earlier document, the id of its mark."""
    claim_id: int
    mark: Mark
    near: float


class Placed(NamedTuple):
    """Where a document's statements went."""

    claims: list[int]
    """The own claim of each."""
    marks: list[Mark]
    """The mark of each on it."""
    near: list[float | None]
    """How near to it each was found; nothing for the one that it is worded after, or that the analyst put there."""
    wordings: dict[int, str]
    """The wordings of these claims by id."""
    further: list[Further]
    """What these statements say on other claims."""
    earlier: list[Further]
    """What statements of earlier documents say on the claims that this document opens."""

    @property
    def touched(self) -> set[int]:
        """All claims that got marks."""
        return set(self.wordings) | {f.claim_id for f in self.further}


class Placer:
    """Places documents one after the other, over a store's claims. Opens claims there; stores no marks.

    ``vectors`` gives those of stored texts, or ``None`` where the present encoder did not make them all; ``opinions``
    answers as the pipeline's does; ``linker`` knows the claims that can be joined. Placing
    ``anew`` lets stored copies be: whoever does so derives them when all claims have their wording.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        linker: Linker,
        vectors: Callable[[Sequence[str]], Vectors | None],
        opinions: Callable[[Iterable[Pair]], dict[Pair, Judgement]],
        *,
        anew: bool = False,
    ) -> None:
        self._store, self._settings, self.linker = store, settings, linker
        self._vectors, self._opinions, self._anew = vectors, opinions, anew

    def place(
        self, statements: Sequence[Statement], vectors: Vectors, decided: Constraints, judging: Callable[[], object]
    ) -> Placed:
        """A claim for each statement of a document, with its mark there, and what it says on others.

        ``judging`` is called when all statements have their claims, and only marks are left to be found.
        """
        work = _Document(statements, vectors, decided, self._settings, len(self.linker))
        if len(vectors):
            work.common = self.linker.common(vectors)
        self._link(work)
        judging()
        wordings = {c: work.wordings[c] for c in dict.fromkeys(work.claims)}
        pairs = [Pair(s.means, wordings[c]) for s, c in zip(statements, work.claims, strict=True)]
        self._ask(pairs, work.judged)
        marks = [
            mark_of(s.means, pair.hypothesis, s, work.judged, close)
            for s, pair, close in zip(statements, pairs, work.found, strict=True)
        ]
        return Placed(work.claims, marks, work.found, wordings, self._further(work), self._earlier(work))

    def reword(self, claim_id: int, present: str) -> None:
        """Word a claim after the fittest of its texts, if that is clearly better, and judge all its marks anew."""
        said = self._store.said(claim_id)
        own = [s for s in said if not s.copied]
        texts = list(dict.fromkeys(plain(s.means) for s in own))
        if len(texts) < 2 or len(own) & (len(own) - 1):
            return  # looked at when a claim has 2, 4, 8, 16 ... statements: the wording settles as it grows
        vectors = self._vectors([s.means for s in own])
        if vectors is None:
            return
        central = self.linker.mean_similarity(claim_id, vectors)
        fit = {plain(s.means): fitness(plain(s.means), c) for s, c in zip(own, central, strict=True)}
        best = max(texts, key=lambda text: fit[text])
        if best == present or fit[best] < fit.get(present, fitness(present, 0.0)) + BETTER:
            return
        if not self._store.reword(claim_id, best):
            return  # worded by hand
        marked = own if self._anew else said
        judged = self._ask([Pair(s.means, best) for s in marked])
        for s in marked:
            mark = mark_of(s.means, best, s, judged, s.near)
            self._store.set_stance(s.mention_id, *mark)
            if s.copied and mark.stance == "reports":
                self._store.drop_copy(s.mention_id)

    def _ask(self, pairs: Iterable[Pair], known: dict[Pair, Judgement] | None = None) -> dict[Pair, Judgement]:
        """Opinions on pairs, added to those that are ``known``; none on a text that is the very wording."""
        judged = {} if known is None else known
        judged |= self._opinions(p for p in pairs if p not in judged and plain(p.premise) != p.hypothesis)
        return judged

    # -- the own claim of each statement

    def _link(self, work: _Document) -> None:
        """The own claim of each statement: the nearest that it can be on, or a new one."""
        work.known = work.likest(self.linker, work.vectors, LOOKED_AT)
        work.wordings = self._store.claim_texts({c.claim_id for row in work.known for c in row})
        work.before = [list(work.near(i, row[:CANDIDATES])) for i, row in enumerate(work.known)]
        # all that may have to be asked, at once: the judge is fastest on many
        ahead = [Pair(work.statements[i].means, work.wordings[c]) for i, row in enumerate(work.before) for c, _ in row]
        self._ask(ahead + self._among(work), work.judged)
        for i, statement in enumerate(work.statements):
            key, _ = work.keys[i]
            claim_id, close = work.placed(i)
            if claim_id is None:
                (here,) = work.likest(work.opened, work.vectors[i : i + 1], CANDIDATES)
                options = work.options(i, here, work.cannot(i) | work.decided.apart.get(key, frozenset()))
                # the judge is asked about the next only where the nearer does not do
                fit = ((c, n) for c, n in options[:CANDIDATES] if self._on(work, i, c, n))
                claim_id, close = next(fit, (None, None))
            if claim_id is None:
                wording = plain(statement.means) or statement.means
                claim_id = self._store.add_claim(wording)
                work.wordings[claim_id] = wording
                work.openers[claim_id] = i
                work.opened.add(claim_id, key, work.vectors[i])
            elif claim_id in work.opened:
                work.opened.add(claim_id, key, work.vectors[i])
            elif claim_id not in work.wordings:
                work.wordings |= self._store.claim_texts([claim_id])
            work.claims.append(claim_id)
            work.found.append(None if close is None else round(close, 4))
            self.linker.add(claim_id, key, work.vectors[i])

    def _among(self, work: _Document) -> list[Pair]:
        """What may have to be asked of a document's statements among themselves, if each opens a claim of its own."""
        texts = [s.means for s in work.statements]
        worded = [plain(text) for text in texts]
        before = Linker()
        pairs: list[Pair] = []
        for i, (key, _) in enumerate(work.keys):
            (row,) = work.likest(before, work.vectors[i : i + 1], LOOKED_AT)
            found = []
            for c in row:  # the likeliest first
                if c.likeness + WORDS < work.asked:
                    break  # no words can make up for it
                near = nearness(texts[i], worded[c.claim_id], c.likeness, work.asked)
                if near is not None:
                    found.append((-near, c.claim_id))
            # the nearest few: they are asked about as further claims in any case
            pairs += [Pair(texts[i], worded[other]) for _, other in sorted(found)[:CANDIDATES]]
            before.add(i, key, work.vectors[i])
        return pairs

    def _on(self, work: _Document, i: int, claim_id: int, near: float) -> bool:
        """Whether a statement says just what a claim near it does, or denies it, and so needs no claim of its own."""
        pair = Pair(work.statements[i].means, work.wordings[claim_id])
        if plain(pair.premise) == pair.hypothesis:
            return True
        self._ask([pair], work.judged)
        mark = compose(*pair, "asserts", "plain", work.judged[pair], near=near)
        return mark.stance != "reports" and mark.score >= ALIKE and not work.unsays(i, claim_id, mark)

    # -- further claims

    def _further(self, work: _Document) -> list[Further]:
        """What the document's statements say on claims, old ones and those that it opens, besides their own."""
        here = work.likest(work.opened, work.vectors, CANDIDATES + 1)
        near: list[tuple[int, Statement, int, float]] = []
        for i, statement in enumerate(work.statements):
            options = work.options(i, here[i], work.cannot(i) | {work.claims[i]})
            near += [(i, statement, c, n) for c, n in options]
        return [f for f in self._sides(near, work) if not work.unsays(f.statement, f.claim_id, f.mark)]

    def _earlier(self, work: _Document) -> list[Further]:
        """What statements of earlier documents say on the claims that this document opens."""
        # claims that one document opens lie near the same stored ones
        stored = cache(lambda claim_id: self._store.said(claim_id, MEMBERS))
        near: list[tuple[int, Said, int, float]] = []
        for claim_id, i in work.openers.items():
            wording = work.wordings[claim_id]
            found = []
            for c in work.known[i]:
                if c.likeness + WORDS < work.asked:
                    break
                if nearness(work.wordings[c.claim_id], wording, c.likeness, work.asked) is None:
                    continue
                for said in stored(c.claim_id):
                    close = nearness(said.means, wording, c.likeness, work.asked)
                    if close is not None:
                        found.append((said.mention_id, said, claim_id, close))
            near += sorted(found, key=lambda one: (-one[3], one[0]))[:MEMBERS]
        return list(self._sides(near, work))

    def _sides(
        self, near: Sequence[tuple[int, Statement | Said, int, float]], work: _Document
    ) -> Iterator[Further]:
        """Of statements near claims those that are on them and take a side."""
        self._ask((Pair(said.means, work.wordings[claim_id]) for _, said, claim_id, _ in near), work.judged)
        for which, said, claim_id, close in near:
            pair = Pair(said.means, work.wordings[claim_id])
            mark = mark_of(said.means, pair.hypothesis, said, work.judged, close)
            if mark.stance != "reports":
                yield Further(which, claim_id, mark, round(close, 4))


class _Document:
    """What is known of a document while it is placed."""

    def __init__(
        self, statements: Sequence[Statement], vectors: Vectors, decided: Constraints, settings: Settings, claims: int
    ) -> None:
        self.statements, self.vectors, self.decided = statements, vectors, decided
        self._join, self.asked, self._crowd = settings.join, asked(settings.near, claims), crowd(claims)
        self.keys = [(text_hash(s.means), text_hash(s.text)) for s in statements]
        """What decisions call each: by what it means or, of a time when no names were put in, by its words."""
        self.common: Vectors | None = None
        self.claims: list[int] = []
        """The own claim of each statement."""
        self.found: list[float | None] = []
        """How near to it each was found."""
        self.known: list[list[Candidate]] = []
        """For each statement the claims of earlier documents that are likest it."""
        self.before: list[list[tuple[int, float]]] = []
        """Of these the few that it may be on, and how near they are."""
        self.opened = Linker()
        """The claims that this document opens."""
        self.openers: dict[int, int] = {}
        """For each of them the statement after which it is worded."""
        self.wordings: dict[int, str] = {}
        self.judged: dict[Pair, Judgement] = {}

    def likest(self, linker: Linker, vectors: Vectors, most: int) -> list[list[Candidate]]:
        """The claims that a linker knows near each of some vectors, ``most`` at most."""
        return linker.candidates(vectors, self._join, most, self.common, self._crowd)

    def cannot(self, i: int) -> frozenset[int]:
        """The claims that the analyst took a statement out of."""
        none: frozenset[int] = frozenset()
        return none.union(*(self.decided.cannot.get(key, none) for key in self.keys[i]))

    def placed(self, i: int) -> tuple[int | None, float | None]:
        """The claim that the analyst put a statement on, if so, and how near it was found to it."""
        key = next((key for key in self.keys[i] if key in self.decided.must), "")
        return self.decided.must.get(key), self.decided.near.get(key)

    def unsays(self, i: int, claim_id: int, mark: Mark) -> bool:
        """Whether a voice would dispute what it says itself in the same article: it seldom does, the judge often errs.

        A denial by a cue is plain, and stands.
        """
        opener = self.openers.get(claim_id)
        mine = opener is not None and self.statements[opener].holders == self.statements[i].holders
        return mine and mark.stance == "disputes" and mark.reason != "denial"

    def options(self, i: int, here: Iterable[Candidate], away: frozenset[int]) -> list[tuple[int, float]]:
        """The claims near a statement, of earlier documents and of those ``here``, nearest first, without some."""
        found = ((c, n) for c, n in (*self.before[i], *self.near(i, here)) if c not in away)
        return sorted(found, key=lambda option: (-option[1], option[0]))

    def near(self, i: int, options: Iterable[Candidate]) -> Iterator[tuple[int, float]]:
        """Of some claims those near a statement, and how near."""
        for c in options:
            found = nearness(self.statements[i].means, self.wordings[c.claim_id], c.likeness, self.asked)
            if found is not None:
                yield c.claim_id, found


def mark_of(
    text: str, wording: str, how: Statement | Said, judged: Mapping[Pair, Judgement], near: float | None
) -> Mark:
    """The mark of what is said on a claim, given the opinions on such pairs and how near it was found."""
    scores = judged.get(Pair(text, wording))
    if scores is None:  # the wording is this very statement, so there was nothing to ask
        text, scores = wording, CERTAIN
    return compose(text, wording, how.polarity, how.factuality, scores, how.cue, near=near)
