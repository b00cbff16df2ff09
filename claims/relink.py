"""The recurring claims of all that is stored, derived anew with the present models and settings.

Documents are taken in the order in which they were stored, and their statements linked, worded and judged as an ingest
of the same documents into an empty database would. What reading found stays, and so do vectors and judgements that the
present models made. Each claim that comes of it takes the id of the old claim with which it shares most statements.

What people decided stands. A claim that somebody worded, or put statements into (merge, split, move), keeps the
statements it has, and what was taken out of a claim does not take the rest of it in. A mark that was set by hand stays
with the id it was set under. All of it is one transaction, and one entry of the log that can be undone.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from claims.copies import recopy
from claims.decisions import Constraints, Decision, Decisions
from claims.encode import text_hash
from claims.errors import NotFound
from claims.models import Frozen, Stance, Statement
from claims.pipeline import OnStep, Pipeline, Told
from claims.placing import mark_of
from claims.stance import Mark, Pair
from claims.store import ROW, Change, Store
from claims.wording import plain


class Opened(Frozen):
    """A claim that comes up, with the old claims that its statements stood under."""

    id: int
    text: str
    of: tuple[int, ...]


class Gone(Frozen):
    """A claim that vanishes, with the one that answers to its id from then on."""

    id: int
    text: str
    into: int


class Joined(Frozen):
    """A claim whose statements stood under several, with these."""

    id: int
    text: str
    of: tuple[int, ...]


class Parted(Frozen):
    """A claim whose statements go to several, with these."""

    id: int
    text: str
    into: tuple[int, ...]


class Reworded(Frozen):
    """A claim that reads otherwise."""

    id: int
    before: str
    after: str


class Moved(Frozen):
    """A statement that goes under another claim, by its mark."""

    mention_id: int
    text: str
    before: int
    after: int


class Marked(Frozen):
    """A mark that goes another way."""

    mention_id: int
    claim_id: int
    text: str
    before: Stance
    after: Stance


class Relinked(Frozen):
    """What moves. Ids that are not there yet are those that the claims are given when it is done."""

    statements: int
    """How many were linked."""
    opened: tuple[Opened, ...] = ()
    gone: tuple[Gone, ...] = ()
    merged: tuple[Joined, ...] = ()
    split: tuple[Parted, ...] = ()
    reworded: tuple[Reworded, ...] = ()
    moved: tuple[Moved, ...] = ()
    marks: tuple[Marked, ...] = ()
    rescored: int = 0
    """Marks that go the same way, more or less surely or for another reason."""
    further: int = 0
    """Marks on claims besides the statement's own that come, go, or go another way."""
    decision: Decision | None = None
    """The entry of the log; none where nothing moves, or nothing was done."""


class _Row(NamedTuple):
    """What of a mark can move."""

    claim_id: int
    stance: Stance
    score: float
    reason: str
    near: float | None
    by_hand: int


class _Stated(NamedTuple):
    """A statement and its marks by id: that of its voice, and those of who passes it on."""

    said: Statement
    marks: list[int]


class _DryRun(Exception):
    """Everything was tried, and is taken back."""


def relink(
    pipeline: Pipeline, *, analyst: str | None = None, dry_run: bool = False, on_step: OnStep | None = None
) -> Relinked:
    """Derive all recurring claims anew; all or nothing, and with ``dry_run`` nothing.

    Saved claims and their marks are left alone. Raises :class:`claims.errors.DatabaseError` and
    :class:`claims.errors.ModelError`.
    """
    store = pipeline.store
    found: list[Relinked] = []
    try:
        with pipeline.anew(on_step) as told, store.transaction():
            run_id = store.start_run("relink", pipeline.conditions())
            found.append(_Relinker(pipeline, analyst, told).run())
            store.finish_run(run_id)
            if dry_run:
                raise _DryRun
    except _DryRun:
        return found[0].model_copy(update={"decision": None})
    return found[0]


class _Relinker:
    """One relink, inside its transaction.

    Claims are opened in the database while it links, as provisional ones after the last, and taken away again: what
    they become is then done as changes that the log can hold.
    """

    def __init__(self, pipeline: Pipeline, analyst: str | None, told: Told) -> None:
        self._pipeline, self._told = pipeline, told
        self._store = pipeline.store
        self._db = pipeline.store.db
        self._decisions = Decisions(self._store, analyst)
        self._last = int(self._db.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'claim'")
                         .fetchone()[0])  # fmt: skip
        self._texts = self._worded()
        self._before = self._rows()
        self._kept, self._apart = _shaped(self._store, self._decisions)
        self._cannot = self._decisions.constraints().cannot
        self._home: dict[int, int] = {}
        """Of each mark, the mark of the statement's own voice."""
        self._said: dict[int, Statement] = {}
        self._further: dict[tuple[int, int], float] = {}
        """How near a mark was found to a claim besides its own, a provisional one, on which it takes a side."""

    def _worded(self) -> dict[int, str]:
        return dict(self._db.execute("SELECT id, text FROM claim").fetchall())

    def _rows(self) -> dict[int, _Row]:
        sql = "SELECT id, claim_id, stance, score, reason, near, by_hand FROM mention WHERE NOT tracked ORDER BY id"
        return {i: _Row(*row) for i, *row in self._db.execute(sql)}

    def run(self) -> Relinked:
        """Link, match, and do what comes of it."""
        self._link()
        rows, texts = self._rows(), self._worded()
        self._take_back(rows, texts)
        derived = {m: rows[m].claim_id for m, home in self._home.items() if m == home}
        found = _Found(self._before, self._home, derived, self._kept)
        new = {claim: self._store.add_claim(texts[claim]) for claim in found.opened}
        place = {m: new.get(claim, claim) for m, claim in found.place.items()}
        worded = {c: texts[c] for c in sorted(self._kept)} | {old: texts[c] for c, old in found.ids.items()}
        worded |= {new[c]: texts[c] for c in found.opened}
        gone = {claim: new.get(into, into) for claim, into in found.gone.items()}
        opened = {new[claim]: of for claim, of in found.opened.items()}
        ids = {c: c for c in self._kept} | found.ids | new
        further = {(m, ids[c]): near for (m, c), near in self._further.items() if c in ids}
        return self._done(place, worded, gone, opened, rows, further)

    # -- linking

    def _link(self) -> None:
        self._told.total = self._db.execute("SELECT count(*) FROM document").fetchone()[0]
        # all vectors first: the fittest wording of a kept claim is looked for among its copies from later documents too
        for path, stated in self._documents():
            self._encode(path, [said.means for said, _ in stated])
        limbo = self._store.add_claim("")  # a claim that is kept gets its statements again one by one
        self._db.conn.executemany(
            "UPDATE mention SET claim_id = ? WHERE claim_id = ? AND NOT tracked", [(limbo, c) for c in self._kept]
        )
        for done, (path, stated) in enumerate(self._documents()):
            self._told.done = done
            self._document(path, stated)
        self._told.done = self._told.total
        self._told()

    def _documents(self) -> Iterator[tuple[str, list[_Stated]]]:
        for document_id, path, text in self._db.execute("SELECT id, path, text FROM document ORDER BY id"):
            yield path, list(self._stated(document_id, text))

    def _encode(self, path: str, texts: Sequence[str]) -> None:
        keys = {text_hash(text) for text in texts}
        if len(self._store.vectors(list(keys), self._pipeline.encoder.name)) < len(keys):
            self._told(path, doing="vectors")
            self._store.add_vectors(self._pipeline.encoder.name, self._pipeline.encode_document(texts))

    def _stated(self, document_id: int, text: str) -> Iterator[_Stated]:
        """What is said in a document, in order. Each statement's mark is followed by those of who passes it on."""
        sql = (
            'SELECT mention.id, sentence.idx, mention.start, mention."end", holders, polarity, factuality, cue,'
            " context, meant FROM mention JOIN sentence ON sentence.id = sentence_id"
            " WHERE mention.document_id = ? AND NOT tracked ORDER BY mention.id"
        )
        rows = self._db.execute(sql, [document_id]).fetchall()
        at = 0
        while at < len(rows):
            _, idx, start, end, holders, polarity, factuality, cue, context, meant = rows[at]
            chain = tuple(json.loads(holders))
            marks = [int(row[0]) for row in rows[at : at + 1 + len(chain)]]
            at += len(marks)
            yield _Stated(
                Statement(
                    sentence_index=idx, start=start, end=end, text=text[start:end], holders=chain, polarity=polarity,
                    factuality=factuality, cue=cue, context=context, meant=meant,
                ),
                marks,
            )  # fmt: skip

    def _document(self, path: str, stated: Sequence[_Stated]) -> None:
        self._told(path, doing="linking")
        must: dict[str, int] = {}
        apart: dict[str, frozenset[int]] = {}
        found: dict[str, float] = {}
        for said, marks in stated:
            self._home.update(dict.fromkeys(marks, marks[0]))
            self._said[marks[0]] = said
            was, key = self._before[marks[0]], text_hash(said.means)
            if was.claim_id not in self._kept:
                apart[key] = self._apart.get(was.claim_id, frozenset())
                continue
            must[key] = was.claim_id
            if was.near is not None:
                found[key] = was.near
        statements = [said for said, _ in stated]
        vectors, _ = self._pipeline.vectors([said.means for said in statements], {})
        placed = self._pipeline.place(path, statements, vectors, Constraints(must, self._cannot, apart, found))
        for (_, marks), claim, mark, near in zip(stated, placed.claims, placed.marks, placed.near, strict=True):
            self._db.conn.executemany("UPDATE mention SET claim_id = ? WHERE id = ?", [(claim, m) for m in marks])
            self._db.execute("UPDATE mention SET near = ? WHERE id = ?", [near, marks[0]])
            self._store.set_stance(marks[0], *mark)
        self._pipeline.reword(placed)
        self._further |= {(stated[f.statement].marks[0], f.claim_id): f.near for f in placed.further}
        self._further |= {(f.statement, f.claim_id): f.near for f in placed.earlier}

    def _take_back(self, rows: Mapping[int, _Row], texts: Mapping[int, str]) -> None:
        """Put everything but vectors and judgements back as it was."""
        self._db.conn.executemany(
            "UPDATE mention SET claim_id = ?, stance = ?, score = ?, reason = ?, near = ? WHERE id = ?",
            [(*was[:5], m) for m, was in self._before.items() if was != rows[m]],
        )
        self._db.conn.executemany(
            "UPDATE claim SET text = ? WHERE id = ?",
            [(text, claim) for claim, text in self._texts.items() if text != texts[claim]],
        )
        self._db.execute("DELETE FROM claim WHERE id > ?", [self._last])
        # nobody has seen the provisional ids, so they are no ids that were used
        self._db.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'claim'", [self._last])

    # -- what comes of it

    def _done(
        self,
        place: Mapping[int, int],
        worded: Mapping[int, str],
        gone: Mapping[int, int],
        opened: Mapping[int, Counter[int]],
        rows: Mapping[int, _Row],
        further: Mapping[tuple[int, int], float],
    ) -> Relinked:
        changes = [Change("claim", c, "merged_into", _most(of), None) for c, of in opened.items()]
        for claim, into in sorted(gone.items()):
            changes.append(Change("claim", claim, "merged_into", None, into))
            now = {c: self._store.values("claim", c, ("pinned",))["pinned"] for c in (claim, into)}
            if now[claim] and not now[into]:
                changes.append(Change("claim", into, "pinned", 0, 1))
        reworded = [Reworded(id=c, before=self._texts[c], after=text) for c, text in sorted(worded.items())
                    if c in self._texts and c not in gone and text != self._texts[c]]  # fmt: skip
        changes += [Change("claim", r.id, "text", r.before, r.after) for r in reworded]
        moved, marks, rescored = [], [], 0
        for m, was in self._before.items():
            after = rows[m]._replace(claim_id=place[m])
            said = self._said[self._home[m]].means
            if m == self._home[m] and after.claim_id != was.claim_id:
                moved.append(Moved(mention_id=m, text=said, before=was.claim_id, after=after.claim_id))
            if after.stance != was.stance:
                marks.append(Marked(mention_id=m, claim_id=place[m], text=said, before=was.stance, after=after.stance))
            else:
                rescored += was[2:4] != after[2:4]
            if was._replace(near=after.near) == after:
                continue  # found as near as it may be: nothing that counts has moved
            changes += [
                Change("mention", m, name, getattr(was, name), getattr(after, name))
                for name in _Row._fields
                if getattr(was, name) != getattr(after, name)
            ]
        texts = {**self._texts, **worded}
        touched = self._store.apply(changes)
        copied = recopy(self._store, self._decisions, self._sides(further, place, texts))
        changes += copied
        went, came = self._courses(place)
        parted = {c: tuple(sorted(into)) for c, into in sorted(went.items()) if len(into) > 1}
        several = {c: tuple(sorted(of)) for c, of in sorted(came.items()) if len(of) > 1}
        found = Relinked(
            statements=sum(m == home for m, home in self._home.items()),
            opened=tuple(Opened(id=c, text=texts[c], of=tuple(sorted(n))) for c, n in opened.items()),
            gone=tuple(Gone(id=c, text=texts[c], into=i) for c, i in sorted(gone.items())),
            merged=tuple(Joined(id=c, text=texts[c], of=of) for c, of in several.items()),
            split=tuple(Parted(id=c, text=self._texts[c], into=into) for c, into in parted.items()),
            reworded=tuple(reworded), moved=tuple(moved), marks=tuple(marks), rescored=rescored,
            further=len({change.key for change in copied}),
        )  # fmt: skip
        if not changes:
            return found
        decision = self._decisions.relink(summary(found), changes)
        self._store.restand(touched)  # the log finds the changes done, and what they left behind uncounted
        return found.model_copy(update={"decision": decision})

    def _sides(
        self, further: Mapping[tuple[int, int], float], place: Mapping[int, int], texts: Mapping[int, str]
    ) -> dict[tuple[int, int], tuple[Mark, float]]:
        """The marks of statements on claims besides their own, as these are worded now, and how near they are."""
        pairs = {
            (m, claim): near
            for (m, claim), near in sorted(further.items())
            if claim in texts
            and claim != place[m]
            and claim not in self._cannot.get(text_hash(self._said[m].means), ())
        }
        asked = (Pair(self._said[m].means, texts[claim]) for m, claim in pairs)
        judged = self._pipeline.opinions(pair for pair in asked if plain(pair.premise) != pair.hypothesis)
        marks = {
            (m, c): (mark_of(self._said[m].means, texts[c], self._said[m], judged, near), near)
            for (m, c), near in pairs.items()
        }
        return {key: found for key, found in marks.items() if found[0].stance != "reports"}

    def _courses(self, place: Mapping[int, int]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
        """Where the statements of each old claim go, and where those of each new one come from."""
        into: dict[int, set[int]] = defaultdict(set)
        of: dict[int, set[int]] = defaultdict(set)
        for m, home in self._home.items():
            if m == home:
                into[self._before[m].claim_id].add(place[m])
                of[place[m]].add(self._before[m].claim_id)
        return into, of


class _Found:
    """Old ids for what was linked anew, by overlap. Claims are provisional ones where nobody kept them.

    ``place``: the claim of each mark, by its old id where it has one. ``ids``: the old id of a provisional claim.
    ``opened``: those that have none, with the number of statements from each old claim. ``gone``: the old claims that
    are no more, and what took most of their statements.
    """

    def __init__(
        self,
        before: Mapping[int, _Row],
        home: Mapping[int, int],
        derived: Mapping[int, int],
        kept: frozenset[int],
    ) -> None:
        shared = Counter((before[m].claim_id, claim) for m, claim in derived.items())
        shared = Counter({pair: n for pair, n in shared.items() if pair[0] not in kept})
        self.ids: dict[int, int] = {}
        old_ones: set[int] = set()
        for old, new in sorted(shared, key=lambda pair: (-shared[pair], pair)):
            if old not in old_ones and new not in self.ids and new not in kept:
                self.ids[new] = old
                old_ones.add(old)
        went: dict[int, Counter[int]] = defaultdict(Counter)
        came: dict[int, Counter[int]] = defaultdict(Counter)
        for (old, new), n in shared.items():
            went[old][self.ids.get(new, new)] += n
            came[new][old] += n
        self.gone = {old: _most(went[old]) for old in sorted(went) if old not in old_ones}
        self.place: dict[int, int] = {}
        for m, first in home.items():
            old = before[m].claim_id
            if old in kept:
                self.place[m] = old
            elif before[m].by_hand or old != before[first].claim_id:
                self.place[m] = self.gone.get(old, old)
            else:
                self.place[m] = self.ids.get(derived[first], derived[first])
        used = set(self.place.values())
        self.opened = {new: came[new] for new in sorted(came) if new in used and new not in kept}


def _shaped(store: Store, decisions: Decisions) -> tuple[frozenset[int], dict[int, frozenset[int]]]:
    """The claims that people worded or put statements into, and by claim those that were taken out of it."""
    kept = {int(c) for (c,) in store.db.execute("SELECT id FROM claim WHERE text_by_hand AND merged_into IS NULL")}
    apart: dict[int, set[int]] = defaultdict(set)
    for entry in decisions.standing():
        if entry.kind not in ("merge", "split", "move"):
            continue
        for change in entry.changes:
            if change.column == "merged_into" and change.after is not None:
                kept.add(store.resolve_claim(int(change.after)))
            elif change.table == "mention" and change.column == "claim_id":
                left, into = (store.resolve_claim(int(claim or 0)) for claim in (change.before, change.after))
                kept.add(into)
                if left != into and entry.kind != "merge":
                    apart[left].add(into)
            elif (change.table, change.column) == ("mention", ROW) and entry.kind == "split":
                left, home = _copied(store, json.loads(str(change.before)))
                if left != home:  # a copy was taken out: what it is a copy of is no part of that claim
                    kept.add(home)
                    apart[left].add(home)
    return frozenset(kept), {claim: frozenset(others) for claim, others in apart.items()}


def _copied(store: Store, copy: dict[str, Any]) -> tuple[int, int]:
    """The claim that a copy stood under, and that of what it is a copy of; twice the former where that is not known."""
    left = store.resolve_claim(int(copy["claim_id"]))
    try:
        home = store.values("mention", int(copy.get("copy_of") or 0), ("claim_id",))["claim_id"]
    except NotFound:
        return left, left
    return left, store.resolve_claim(int(home))


def _most(counts: Counter[int]) -> int:
    """What is counted most; of equals the lowest."""
    return min(counts, key=lambda claim: (-counts[claim], claim))


def summary(found: Relinked) -> str:
    """What moves, in one line."""
    counts = (
        (len(found.moved), "under another claim"), (len(found.opened), "new claims"), (len(found.gone), "gone"),
        (len(found.merged), "made of several"), (len(found.split), "split"), (len(found.reworded), "reworded"),
        (len(found.marks), "marks another way"), (found.rescored, "rescored"), (found.further, "on further claims"),
    )  # fmt: skip
    said = [f"{n} {what}" for n, what in counts if n]
    return f"{found.statements} statements, {', '.join(said) or 'nothing moves'}"
