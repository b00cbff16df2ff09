"""The stages in order: read, sentences, voices, vectors, recurring claims, stances, store. One transaction a document.

Whatever a document yields depends on that document and on what is stored before it, never on what else is read in the
same run: so a run that was stopped anywhere and started again ends with what an uninterrupted one would have stored.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from claims.decisions import Constraints, Decision, Decisions
from claims.encode import Encoder, Vectors, pack, text_hash, unpack
from claims.errors import InputError, SkippedInput, UsageProblem
from claims.judge import Judge, Judgement
from claims.link import ASKED, WORDS, Candidate, Linker, belongs, nearness, needed
from claims.loading import release, share_cores
from claims.models import Document, Problem, Reading, Report, Statement, Step
from claims.origins import trace
from claims.saved import Keeper, spelled
from claims.sentences import split
from claims.settings import Settings
from claims.sources import SourceIndex
from claims.stance import CERTAIN, Mark, Pair, both_ways, compose, pair_hash
from claims.store import NewMention, Said, Store
from claims.voices import VoiceReader
from claims.wording import fitness, plain

OnStep = Callable[[Step], None]
ShouldStop = Callable[[], bool]

CANDIDATES = 3
"""How many claims, the nearest ones, the judge is asked about for a statement at most."""

LOOKED_AT = 30
"""How many statements of its own document, the likeliest, are looked at to find the one nearest to a statement."""

AHEAD = 4
"""How many documents are read ahead of the one that is being stored."""

READERS = 2
"""How many documents are read at a time: of all stages reading takes longest."""

BETTER = 0.1
"""A claim is worded anew only where another text is fitter by this much: wordings should stay put."""


class Told:
    """Tells ``on_step`` how far the work is, one step at a time, from whichever thread has something to tell."""

    def __init__(self, on_step: OnStep | None = None, total: int | None = None, stage: str = "ingest") -> None:
        self.on_step, self.total, self.stage, self.done = on_step, total, stage, 0
        self._lock = threading.Lock()

    def __call__(self, note: str = "", *, doing: str = "", problem: Problem | None = None) -> None:
        """A document (``note``) enters a stage, or was passed over; without either, how far the work is."""
        if self.on_step:
            with self._lock:
                self.on_step(
                    Step(stage=self.stage, done=self.done, total=self.total, note=note, doing=doing, problem=problem)
                )


class Prepared(NamedTuple):
    """What can be found in a document without the database: its reading, and vectors of what is said, by text hash."""

    reading: Reading
    vectors: dict[str, bytes]


class Placed(NamedTuple):
    """Where a document's statements went: the claim and the mark of each, and the wordings of these claims by id."""

    claims: list[int]
    marks: list[Mark]
    wordings: dict[int, str]


class Pipeline:
    """Everything an ingest needs, over one store. Models load when the first document needs them.

    ``encoder``, ``judge`` and ``voices`` default to what the settings name.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        encoder: Encoder | None = None,
        judge: Judge | None = None,
        voices: VoiceReader | None = None,
    ) -> None:
        self.store = store
        self.settings = settings
        self.encoder = encoder or Encoder(settings.encoder)
        self.judge = judge or Judge(settings.judge)
        self.voices = voices or VoiceReader(settings.voices)
        self._told = Told()
        self._load()

    def _load(self) -> None:
        self._seen = self.store.changed_by_others()
        self._linker = Linker(self.store.claim_members(self.encoder.name))
        self._sources = SourceIndex(self.store)
        self._decided = Decisions(self.store, "ingest").constraints()
        self._keeper = Keeper(self.store, self.encoder.name, self._encoded, self.opinions, self._decided.cannot)

    def read(self, document: Document) -> Reading:
        """Reading alone: sentences, which of them are claims, and who says what in them. Stores nothing."""
        self._told(document.path, doing="voices")
        return self.voices.read(document, split(document))

    def ingest(
        self,
        documents: Iterable[Document | InputError],
        *,
        total: int | None = None,
        on_step: OnStep | None = None,
        should_stop: ShouldStop | None = None,
    ) -> Report:
        """Read, link and judge documents, and store each whole. A document that cannot be read is reported and passed.

        ``total`` is how many there are, if known, for ``on_step``, which is called from several threads, never from
        two at once. Ends early, with :attr:`Report.stopped`, where ``should_stop`` answers yes before the next
        document. Raises :class:`claims.errors.DatabaseError` and :class:`claims.errors.ModelError`.
        """
        self._told = told = Told(on_step, total)
        stored = known = 0
        problems: list[Problem] = []
        run_id: int | None = None
        stopped = False

        def pass_over(problem: Problem) -> None:
            problems.append(problem)
            told(problem.path, problem=problem)

        for number, (item, ahead) in enumerate(self._ahead(documents)):
            told.done = number
            if stopped := should_stop is not None and should_stop():
                break
            if isinstance(item, InputError):
                pass_over(Problem(path=item.path, message=str(item), skipped=isinstance(item, SkippedInput)))
                continue
            told(item.path)
            if there := self.store.has_document(item.sha256):
                known += 1
                if not _one_place(there, item.path):
                    message = f"{item.path}: the same text is stored already as {there}. Nothing to do."
                    pass_over(Problem(path=item.path, message=message, skipped=True))
                continue
            if run_id is None:
                run_id = self.store.start_run("ingest", self.conditions())
            if self.add(item, run_id, ahead) is None:
                known += 1
            else:
                stored += 1
        if not stopped:
            told.done = total or stored
            told()
        if run_id is not None and not stopped:
            self.store.finish_run(run_id)
        return Report(stored=stored, known=known, problems=tuple(problems), stopped=stopped)

    def conditions(self) -> dict[str, object]:
        """Settings and models, as the database keeps them of each run."""
        models = {"encoder": self.encoder.name, "judge": self.judge.name, "voices": self.voices.name}
        return {**self.settings.model_dump(exclude={"keys"}), "models": models}

    def _ahead(
        self, documents: Iterable[Document | InputError]
    ) -> Iterator[tuple[Document | InputError, Future[Prepared] | None]]:
        """Each document with what can be known of it without the database, which other threads have begun on.

        While one is judged and stored here, the next is encoded and those after it are read, in threads of their own.
        Reading and encoding hang on the document alone, so that they can run ahead.
        """
        share_cores()
        waiting: deque[tuple[Document | InputError, Future[Prepared] | None]] = deque()
        with (
            ThreadPoolExecutor(READERS, "read", share_cores) as reader,
            ThreadPoolExecutor(1, "encode", share_cores) as encoder,
        ):
            first = True
            try:
                for item in documents:
                    ahead: Future[Prepared] | None = None
                    if not isinstance(item, InputError) and not self.store.has_document(item.sha256):
                        self._told(item.path, doing="reading")
                        if not first:
                            ahead = encoder.submit(self._encode, reader.submit(self.read, item))
                        first = False  # not the first: model libraries must not be imported by two threads
                    waiting.append((item, ahead))
                    if len(waiting) > AHEAD or ahead is None:
                        yield waiting.popleft()
                yield from waiting
            finally:  # where it was stopped, what has not begun need not be done
                reader.shutdown(wait=False, cancel_futures=True)
                encoder.shutdown(wait=False, cancel_futures=True)

    def _encode(self, reading: Reading | Future[Reading]) -> Prepared:
        if isinstance(reading, Future):
            reading = reading.result()
        self._told(reading.document.path, doing="vectors")
        return Prepared(reading, self.encode_document([s.text for s in reading.statements]))

    def encode_document(self, texts: Iterable[str]) -> dict[str, bytes]:
        """Vectors of a document's texts by hash, all of them in one go: a text's vector may hang on the others."""
        keys = {text_hash(text): text for text in texts}
        return dict(zip(keys, pack(self.encoder.encode(list(keys.values()))), strict=True))

    def add(self, document: Document, run_id: int, ahead: Future[Prepared] | None = None) -> int | None:
        """Read one document and store it with its marks, in one transaction.

        ``ahead`` is its reading, where that has been begun already. Returns its id, or ``None`` where another program
        has stored it in the meantime.
        """
        prepared = ahead.result() if ahead else self._encode(self.read(document))
        reading = prepared.reading
        vectors, fresh = self.vectors([s.text for s in reading.statements], prepared.vectors)
        try:
            with self.store.transaction():
                if self.store.changed_by_others() != self._seen:
                    self._load()
                    if self.store.has_document(document.sha256):
                        return None
                document_id, touched = self._store(reading, vectors, fresh, run_id)
                self.store.restand(touched | self._keeper.catch_up())
        except BaseException:
            self._load()  # the linker and the sources may hold what was rolled back
            raise
        release()
        return document_id

    def track(self, text: str, analyst: str | None = None) -> tuple[int, Decision | None]:
        """Save a claim in the analyst's words, with its marks in all that is stored; each later ingest keeps it up.

        Returns the claim's id, and the decision: ``None`` where it was saved already and only had to catch up.
        Raises :class:`claims.errors.UsageProblem` for a claim without words.
        """
        text = spelled(text)
        if not text:
            raise UsageProblem("A claim needs words.")
        run_id = self.store.start_run("track", self.conditions())
        decisions, done = Decisions(self.store, analyst), None
        with self.store.transaction():
            self._load()
            known = self.store.saved_as(text)
            if known is None:
                done = decisions.track(text, lambda _: self._keeper.catch_up())
                claim_id = self.store.saved_as(text) or 0
            else:
                claim_id = self.store.resolve_claim(known)
                if not self.store.values("claim", claim_id, ("pinned",))["pinned"]:
                    done = decisions.pin(claim_id)
                self.store.restand(self._keeper.catch_up())
        self.store.finish_run(run_id)
        release()
        return claim_id, done

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that nobody need have said; each is encoded by itself, once."""
        keys = {text_hash(text): text for text in texts}
        have = self.store.vectors(list(keys), self.encoder.name)
        made = {key: pack(self.encoder.encode([text]))[0] for key, text in keys.items() if key not in have}
        self.store.add_vectors(self.encoder.name, made)
        return self.vectors(texts, {})[0]

    def vectors(self, texts: Sequence[str], made: dict[str, bytes]) -> tuple[Vectors, dict[str, bytes]]:
        """Vectors of ``texts`` in order, at stored precision, and those of ``made`` that are not stored yet.

        What is stored counts before what was ``made`` (by text hash): a text has one vector for ever.
        """
        keys = [text_hash(text) for text in texts]
        have = self.store.vectors(keys, self.encoder.name)
        fresh = {key: data for key, data in made.items() if key not in have}
        return unpack([have.get(key) or fresh[key] for key in keys]), fresh

    def opinions(self, pairs: Iterable[Pair]) -> dict[Pair, Judgement]:
        """What is made of the judge's answers on each pair, see :func:`claims.stance.both_ways`."""
        return both_ways(pairs, self._ask)

    def _ask(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """The judge's answers, from the cache where it was asked before."""
        keys = [pair_hash(pair) for pair in pairs]
        found = self.store.judgements(keys, self.judge.name)
        missing = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in found}
        if missing:
            answers = self.judge.judge(list(missing.values()))
            fresh = {
                key: (round(j.asserts, 4), round(j.disputes, 4), round(j.neutral, 4), j.same and round(j.same, 4))
                for key, j in zip(missing, answers, strict=True)
            }
            self.store.add_judgements(self.judge.name, fresh)
            found |= fresh
        return [Judgement(*found[key]) for key in keys]

    # -- one document, inside its transaction

    def _store(self, reading: Reading, vectors: Vectors, fresh: dict[str, bytes], run_id: int) -> tuple[int, set[int]]:
        document = reading.document
        self._told(document.path, doing="linking")
        own = self._sources.own_voice(document)
        document_id = self.store.add_document(document, own, run_id)
        trace(self.store, document_id, document)
        sentence_ids = self.store.add_sentences(document_id, reading.sentences)
        self.store.add_vectors(self.encoder.name, fresh)
        placed = self.place(document.path, reading.statements, vectors, self._decided)
        self._told(document.path, doing="storing")
        for statement, claim_id, mark in zip(reading.statements, placed.claims, placed.marks, strict=True):
            self._mark(document_id, sentence_ids, own, statement, claim_id, mark)
        for claim_id, wording in sorted(placed.wordings.items()):
            self.reword(claim_id, wording)
        return document_id, set(placed.wordings)

    # -- what whoever links everything anew does as well (claims.relink), in its transaction

    @contextmanager
    def anew(self, on_step: OnStep | None = None) -> Iterator[Told]:
        """Within it, what is linked is linked as if no statement were stored. Gives what tells ``on_step``."""
        share_cores()
        self._told = Told(on_step, stage="relink")
        self._linker = Linker()
        try:
            yield self._told
        finally:
            self._load()
            release()

    def place(self, path: str, statements: Sequence[Statement], vectors: Vectors, decided: Constraints) -> Placed:
        """A claim for each statement of a document, and its mark on it. Opens claims; stores no marks."""
        claim_of, judged = self._link(statements, vectors, decided)
        wordings = self.store.claim_texts(set(claim_of))
        self._told(path, doing="judging")
        pairs = (Pair(s.text, wordings[c]) for s, c in zip(statements, claim_of, strict=True))
        judged |= self.opinions(p for p in pairs if p not in judged and plain(p.premise) != p.hypothesis)
        marks = [self._compose(s.text, wordings[c], s, judged) for s, c in zip(statements, claim_of, strict=True)]
        return Placed(claim_of, marks, wordings)

    def reword(self, claim_id: int, present: str) -> None:
        """Word a claim after the fittest of its texts, if that is clearly better, and judge all its marks anew."""
        said = self.store.said(claim_id)
        texts = list(dict.fromkeys(plain(s.text) for s in said))
        if len(texts) < 2 or len(said) & (len(said) - 1):
            return  # looked at when a claim has 2, 4, 8, 16 ... statements: the wording settles as it grows
        vectors, _ = self.vectors([s.text for s in said], {})
        central = self._linker.mean_similarity(claim_id, vectors)
        fit = {plain(s.text): fitness(plain(s.text), c) for s, c in zip(said, central, strict=True)}
        best = max(texts, key=lambda text: fit[text])
        if best == present or fit[best] < fit.get(present, fitness(present, 0.0)) + BETTER:
            return
        if not self.store.reword(claim_id, best):
            return  # worded by hand
        judged = self.opinions(Pair(s.text, best) for s in said if plain(s.text) != best)
        for s in said:
            mark = self._compose(s.text, best, s, judged)
            self.store.set_stance(s.mention_id, mark.stance, mark.score, mark.reason)

    def _compose(self, text: str, wording: str, how: Statement | Said, judged: dict[Pair, Judgement]) -> Mark:
        scores = judged.get(Pair(text, wording))
        if scores is None:  # the wording is this very statement, so there was nothing to ask
            text, scores = wording, CERTAIN
        return compose(text, wording, how.polarity, how.factuality, scores, how.cue)

    def _link(
        self, statements: Sequence[Statement], vectors: Vectors, decided: Constraints
    ) -> tuple[list[int], dict[Pair, Judgement]]:
        """The claim of each statement: the nearest that it can belong to, or a new one; and all opinions asked for."""
        join = self.settings.join
        least = needed(self.settings.apart, len(self._linker))
        common = self._linker.common(vectors) if len(vectors) else None
        known = self._linker.candidates(vectors, join, CANDIDATES, common)
        wordings = self.store.claim_texts({c.claim_id for row in known for c in row})

        def near(statement: Statement, options: Iterable[Candidate]) -> Iterator[tuple[int, float]]:
            for c in options:
                found = nearness(statement.text, wordings[c.claim_id], c.likeness, least)
                if found is not None:
                    yield c.claim_id, found

        before = [list(near(statement, row)) for statement, row in zip(statements, known, strict=True)]
        # all that may have to be asked, at once: the judge is fastest on many
        ahead = [Pair(s.text, wordings[c]) for s, row in zip(statements, before, strict=True) for c, _ in row]
        ahead += self._among(statements, vectors, common, least)
        judged = self.opinions(pair for pair in ahead if plain(pair.premise) != pair.hypothesis)
        opened = Linker()  # the claims that this document opens
        found: list[int] = []
        for i, statement in enumerate(statements):
            key = text_hash(statement.text)
            cannot = decided.cannot.get(key, ())
            claim_id = decided.must.get(key)
            if claim_id is None:
                here = near(statement, opened.candidates(vectors[i : i + 1], join, CANDIDATES, common)[0])
                options = [(c, n) for c, n in (*before[i], *here) if c not in cannot]
                options.sort(key=lambda option: (-option[1], option[0]))
                # the judge is asked about the next only where the nearer does not do
                fit = (c for c, n in options[:CANDIDATES] if self._on(statement, wordings[c], n, least, judged))
                claim_id = next(fit, None)
            if claim_id is None:
                wording = plain(statement.text) or statement.text
                claim_id = self.store.add_claim(wording)
                wordings[claim_id] = wording
                opened.add(claim_id, key, vectors[i])
            elif claim_id in opened:
                opened.add(claim_id, key, vectors[i])
            found.append(claim_id)
            self._linker.add(claim_id, key, vectors[i])
        return found, judged

    def _among(
        self, statements: Sequence[Statement], vectors: Vectors, common: Vectors | None, least: float
    ) -> list[Pair]:
        """What may have to be asked of a document's statements among themselves, if each opens a claim of its own."""
        texts = [s.text for s in statements]
        worded = [plain(text) for text in texts]
        each = Linker()
        for i, (text, vector) in enumerate(zip(texts, vectors, strict=True)):
            each.add(i, text_hash(text), vector)
        pairs: list[Pair] = []
        for i, row in enumerate(each.candidates(vectors, self.settings.join, len(texts), common)):
            best: tuple[float, int] | None = None
            for c in islice((c for c in row if c.claim_id < i), LOOKED_AT):  # the likeliest first
                if c.likeness + WORDS < (best[0] if best else ASKED * least):
                    break  # no words can make up for it
                near = nearness(texts[i], worded[c.claim_id], c.likeness, least)
                if near is not None and (best is None or near > best[0]):
                    best = near, c.claim_id
            if best:  # the nearest, which seldom does; what lies farther is then asked by itself
                pairs.append(Pair(texts[i], worded[best[1]]))
        return pairs

    def _on(self, statement: Statement, wording: str, near: float, least: float, judged: dict[Pair, Judgement]) -> bool:
        """Whether a statement is on a claim near it: near enough, with the judge's word, and on one side of it.

        ``judged`` are opinions that are known; what has to be asked is added to them.
        """
        pair = Pair(statement.text, wording)
        if plain(pair.premise) == pair.hypothesis:
            return True
        if pair not in judged:
            judged |= self.opinions([pair])
        on_it = belongs(near, judged[pair], least)
        return on_it and compose(*pair, "asserts", "plain", judged[pair]).stance != "reports"

    def _mark(
        self,
        document_id: int,
        sentence_ids: Sequence[int],
        own: int,
        statement: Statement,
        claim_id: int,
        mark: Mark,
    ) -> None:
        """Store the mark of a statement's voice, and a ``reports`` for everybody who passes it on."""
        chain = [self._sources.id_of(n, k) for n, k in zip(statement.holders, statement.kinds, strict=True)]
        common = {
            "claim_id": claim_id,
            "sentence_id": sentence_ids[statement.sentence_index],
            "start": statement.start,
            "end": statement.end,
            "polarity": statement.polarity,
            "factuality": statement.factuality,
            "cue": statement.cue,
            "context": statement.context,
            "text_hash": text_hash(statement.text),
        }
        self.store.add_mention(
            document_id,
            NewMention(
                **common,  # type: ignore[arg-type]
                source_id=chain[-1] if chain else own,
                holders=statement.holders,
                stance=mark.stance,
                score=mark.score,
                reason=mark.reason,
            ),
        )
        for depth in range(len(chain)):
            self.store.add_mention(
                document_id,
                NewMention(
                    **common,  # type: ignore[arg-type]
                    source_id=chain[depth - 1] if depth else own,
                    holders=statement.holders[:depth],
                    stance="reports",
                    score=1.0,
                    reason="quotes",
                ),
            )


def _one_place(a: str, b: str) -> bool:
    """Whether two paths are spellings of one: seeds/a.md and ./seeds/a.md."""
    return a == b or os.path.normpath(Path(a).absolute()) == os.path.normpath(Path(b).absolute())
