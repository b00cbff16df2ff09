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
from pathlib import Path
from typing import NamedTuple

from claims.decisions import Constraints, Decision, Decisions
from claims.encode import Encoder, Vectors, pack, text_hash, unpack
from claims.errors import InputError, SkippedInput, UsageProblem
from claims.judge import Judge
from claims.link import Linker
from claims.loading import release, share_cores
from claims.models import Document, Problem, Reading, Report, Statement, Step
from claims.opinions import Opinions
from claims.origins import trace
from claims.placing import Placed, Placer
from claims.saved import Keeper, spelled
from claims.sentences import split
from claims.settings import Settings
from claims.sources import SourceIndex
from claims.stance import Mark
from claims.store import NewMention, Store
from claims.voices import VoiceReader

OnStep = Callable[[Step], None]
ShouldStop = Callable[[], bool]

AHEAD = 4
"""How many documents are read ahead of the one that is being stored."""

READERS = 2
"""How many documents are read at a time: of all stages reading takes longest."""


class Told:
    """Tells ``on_step`` how far the work is, one step at a time, from whichever thread has something to tell."""

    def __init__(self, on_step: OnStep | None = None, total: int | None = None, stage: str = "ingest") -> None:
        self.on_step, self.total, self.stage, self.done = on_step, total, stage, 0
        self._lock = threading.Lock()

    def __call__(self, note: str = "", *, doing: str = "", problem: Problem | None = None, doubt: str = "") -> None:
        """A document (``note``) enters a stage, or was passed over; without either, how far the work is."""
        if self.on_step:
            with self._lock:
                self.on_step(
                    Step(
                        stage=self.stage, done=self.done, total=self.total, note=note, doing=doing, problem=problem,
                        doubt=doubt,
                    )
                )  # fmt: skip


class Prepared(NamedTuple):
    """What can be found in a document without the database: its reading, and vectors of what is said, by text hash."""

    reading: Reading
    vectors: dict[str, bytes]


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
        self.opinions = Opinions(store, self.judge)
        self._told = Told()
        self._load()

    def _load(self) -> None:
        self._seen = self.store.state()
        self._placer = self._over(Linker(self.store.claim_members(self.encoder.name)))
        self._sources = SourceIndex(self.store)
        self._decided = Decisions(self.store, "ingest").constraints()
        self._keeper = Keeper(self.store, self.encoder.name, self._encoded, self.opinions, self._decided.cannot)

    def _over(self, linker: Linker, *, anew: bool = False) -> Placer:
        return Placer(self.store, self.settings, linker, self._known, self.opinions, anew=anew)

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
                if item.doubt:
                    told(item.path, doubt=item.doubt)
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
        return Prepared(reading, self.encode_document([s.means for s in reading.statements]))

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
        vectors, fresh = self.vectors([s.means for s in reading.statements], prepared.vectors)
        try:
            with self.store.transaction():
                if self.store.state() != self._seen:
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

    def _known(self, texts: Sequence[str]) -> Vectors | None:
        """Vectors of stored texts; ``None`` where another encoder met some: only relinking makes up for that."""
        keys = [text_hash(text) for text in texts]
        have = self.store.vectors(keys, self.encoder.name)
        return unpack([have[key] for key in keys]) if have.keys() >= set(keys) else None

    def vectors(self, texts: Sequence[str], made: dict[str, bytes]) -> tuple[Vectors, dict[str, bytes]]:
        """Vectors of ``texts`` in order, at stored precision, and those of ``made`` that are not stored yet.

        What is stored counts before what was ``made`` (by text hash): a text has one vector for ever.
        """
        keys = [text_hash(text) for text in texts]
        have = self.store.vectors(keys, self.encoder.name)
        fresh = {key: data for key, data in made.items() if key not in have}
        return unpack([have.get(key) or fresh[key] for key in keys]), fresh

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
        ids = [
            self._mark(document_id, sentence_ids, own, statement, claim_id, mark, near)
            for statement, claim_id, mark, near in zip(
                reading.statements, placed.claims, placed.marks, placed.near, strict=True
            )
        ]
        for f in placed.further:
            self.store.copy(ids[f.statement], f.claim_id, f.mark, f.near)
        for f in placed.earlier:
            self.store.copy(f.statement, f.claim_id, f.mark, f.near)
        self.reword(placed)
        return document_id, placed.touched

    # -- what whoever links everything anew does as well (claims.relink), in its transaction

    @contextmanager
    def anew(self, on_step: OnStep | None = None) -> Iterator[Told]:
        """Within it, what is linked is linked as if no statement were stored. Gives what tells ``on_step``."""
        share_cores()
        self._told = Told(on_step, stage="relink")
        self._placer = self._over(Linker(), anew=True)
        try:
            yield self._told
        finally:
            self._load()
            release()

    def place(self, path: str, statements: Sequence[Statement], vectors: Vectors, decided: Constraints) -> Placed:
        """A claim for each statement of a document, see :meth:`claims.placing.Placer.place`."""
        return self._placer.place(statements, vectors, decided, lambda: self._told(path, doing="judging"))

    def reword(self, placed: Placed) -> None:
        """Word the claims that a document's statements are under anew, where that is clearly better."""
        for claim_id, wording in sorted(placed.wordings.items()):
            self._placer.reword(claim_id, wording)

    def _mark(
        self,
        document_id: int,
        sentence_ids: Sequence[int],
        own: int,
        statement: Statement,
        claim_id: int,
        mark: Mark,
        near: float | None,
    ) -> int:
        """Store the mark of a statement's voice, and a ``reports`` for everybody who passes it on; the mark's id."""
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
            "meant": statement.meant,
            "text_hash": text_hash(statement.means),
        }
        mention_id = self.store.add_mention(
            document_id,
            NewMention(
                **common,  # type: ignore[arg-type]
                source_id=chain[-1] if chain else own,
                holders=statement.holders,
                stance=mark.stance,
                score=mark.score,
                reason=mark.reason,
                near=near,
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
                    passes_on=True,
                ),
            )
        return mention_id


def _one_place(a: str, b: str) -> bool:
    """Whether two paths are spellings of one: seeds/a.md and ./seeds/a.md."""
    return a == b or os.path.normpath(Path(a).absolute()) == os.path.normpath(Path(b).absolute())
