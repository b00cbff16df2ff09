"""Another analyst's log (``claims.logs``) taken over: what both say once, what they say differently listed.

Each decision that is not known here is found again in this database and made in its analyst's name, as an entry of its
own that can be undone. What was decided here is never overruled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from claims.decisions import Decision, Decisions
from claims.errors import AlreadySo, ClaimsError, ModelError
from claims.logs import Claim, Line, Mark
from claims.models import Frozen
from claims.store import ROW, Entry, Store
from claims.voices.names import key_of

Cell = tuple[str, int | str, str]
"""One thing that can be decided: table, key, column."""

_Do = Callable[[Decisions], Decision]
_TURNS = ("undo", "redo")


class Conflict(Frozen):
    """Two decisions on one thing: the one that stands here and the one that was not taken over."""

    about: str
    ours: str
    theirs: str


class Merged(Frozen):
    """What became of another log."""

    taken: tuple[Decision, ...]
    known: int
    """Decisions that are in this log too, or that change nothing here."""
    undone: int
    """Decisions that are not known here, and were taken back there: there is nothing to take over."""
    conflicts: tuple[Conflict, ...]
    missing: tuple[str, ...]
    """Decisions on what is not in this database."""


class _Missing(Exception):
    """What a decision is about is not in this database."""


class _Apart(Exception):
    """A decision here says otherwise: (about, ours, theirs)."""


class _Same(Exception):
    """There is nothing left to do."""


class _Undone(Exception):
    """The other analyst made it and took it back."""


class _DryRun(Exception):
    """Everything was tried, and is taken back."""


def merge(store: Store, lines: Iterable[Line], *, dry_run: bool = False) -> Merged:
    """Make the decisions of another log here, each in its analyst's name, all or nothing.

    What that log and this one decided differently is left as it is here, and listed. With ``dry_run`` nothing is
    written, and the answer is the same. Raises :class:`claims.errors.DatabaseError` and
    :class:`claims.errors.ModelError`.
    """
    found: list[Merged] = []
    try:
        with store.transaction():
            found.append(_Taker(store, list(lines)).take())
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return found[0]


class _Taker:
    """One log being taken over."""

    def __init__(self, store: Store, lines: list[Line]) -> None:
        self._store = store
        self._lines = lines
        log = Decisions(store).log()
        entries = store.decisions()
        self._standing = {e.key: e for e, d in zip(entries, log, strict=True) if d.standing}
        self._undone = {e.key: e for e, d in zip(entries, log, strict=True) if not d.standing and d.kind not in _TURNS}
        theirs = {line.key for line in lines}
        self._ours = [e for key, e in self._standing.items() if key not in theirs and e.kind != "relink"]

    def take(self) -> Merged:
        taken, known, undone, conflicts, missing = [], 0, 0, [], []
        for line in self._lines:
            try:
                taken.append(self._take(line))
            except (_Same, AlreadySo):
                known += 1
            except _Undone:
                undone += 1
            except _Apart as apart:
                about, ours, theirs = apart.args
                conflicts.append(Conflict(about=about, ours=ours, theirs=theirs))
            except ModelError:
                raise  # no fault of the line
            except (_Missing, ClaimsError) as error:
                missing.append(f"{line.kind} by {line.analyst} ({line.at}): {error}")
        return Merged(
            taken=tuple(taken), known=known, undone=undone, conflicts=tuple(conflicts), missing=tuple(missing)
        )

    def _take(self, line: Line) -> Decision:
        here = self._standing.get(line.key) or self._undone.get(line.key)
        if here is not None:
            if line.standing != (line.key in self._standing):
                stands, gone = f"stands: {here.kind} {here.what}", "taken back"
                ours, theirs = (gone, stands) if line.standing else (stands, gone)
                raise _Apart(f"decision {here.id}", ours, f"{theirs} ({line.analyst})")
            raise _Same
        if not line.standing:
            raise _Undone
        do = getattr(self, f"_{line.kind}")(line)
        return do(Decisions(self._store, line.analyst, at=line.at, key=line.key))  # type: ignore[no-any-return]

    # each finds what a decision is about in this database, looks for one here that says otherwise, and answers with
    # what is to be done

    def _stance(self, line: Line) -> _Do:
        m = self._mention(line.marks[0])
        self._decided(("mention", m, "stance"), line.text, f"mention {m}", line)
        return lambda d: d.stance(m, line.text)  # type: ignore[arg-type]

    def _rename(self, line: Line) -> _Do:
        c = self._claim(line.claim)
        self._decided(("claim", c, "text"), line.text, f"the wording of claim {c}", line)
        return lambda d: d.rename(c, line.text or "")

    def _pin(self, line: Line) -> _Do:
        c, pinned = self._claim(line.claim), line.kind == "pin"
        self._decided(("claim", c, "pinned"), int(pinned), f"claim {c}", line)
        return lambda d: d.pin(c, pinned=pinned)

    _unpin = _pin

    def _move(self, line: Line) -> _Do:
        m, left = self._mention(line.marks[0]), self._claim(line.others[0])
        if line.claim is None:  # a copy that went where what it is a copy of stands
            return lambda d: d.split(left, [m])
        into = self._claim(line.claim)
        about = f"the claim of mention {m}"
        self._decided(("mention", m, "claim_id"), into, about, line)
        if left == into:
            self._made_one({into}, about, line)
        return lambda d: d.move(m, into)

    def _split(self, line: Line) -> _Do:
        left = self._claim(line.others[0])
        found = [self._mention(mark) for mark in line.marks]
        here = [m for m in found if self._place(m) == left]
        for m in here:
            self._decided(("mention", m, "claim_id"), None, f"the claim of mention {m}", line)
        if not here or set(self._store.mention_ids(left)) <= set(here):
            raise _Same
        return lambda d: d.split(left, here, line.text)

    def _merge(self, line: Line) -> _Do:
        into = self._claim(line.claim)
        others = {self._claim(other) for other in line.others}
        if others <= {into}:
            raise _Same
        for entry in self._ours:
            if entry.kind not in ("split", "move"):
                continue
            for c in entry.changes:
                if (c.table, c.column) == ("mention", "claim_id"):
                    parted = {self._store.resolve_claim(int(x or 0)) for x in (c.before, c.after)}
                    if len(parted) == 2 and parted <= others | {into}:
                        raise _Apart(f"claims {_and(parted)}", _told(entry), f"one claim ({line.analyst})")
        return lambda d: d.merge(into, sorted(others - {into}))

    def _alias(self, line: Line) -> _Do:
        name, of = line.name or "", line.text or ""
        sources = [self._store.source_called(key_of(x)) for x in (name, of)]
        if None in sources:
            raise _Missing(f"no source is called {name if sources[0] is None else of!r} here")
        self._decided(("alias", key_of(name), "source_id"), sources[1], f"who {name} is", line)
        if sources[0] == sources[1]:
            raise _Same
        return lambda d: d.alias(name, of)

    def _unalias(self, line: Line) -> _Do:
        name = line.name or ""
        source = self._store.source_called(key_of(name))
        if source is None:
            raise _Missing(f"no source is called {name!r} here")
        self._decided(("alias", key_of(name), "source_id"), None, f"who {name} is", line)
        if len(self._store.alias_keys(source)) < 2:
            raise _Same
        return lambda d: d.unalias(name)

    def _note(self, line: Line) -> _Do:
        if line.claim:
            c = self._claim(line.claim)
            return lambda d: d.note(line.text or "", claim_id=c)
        m = self._mention(line.marks[0])
        return lambda d: d.note(line.text or "", mention_id=m)

    def _track(self, line: Line) -> _Do:
        text = line.text or ""
        if self._store.saved_as(text) is not None:
            raise _Same
        return lambda d: d.track(text, lambda _: None)  # its marks come with the next ingest, which has the models

    def _decided(self, cell: Cell, value: object, about: str, line: Line) -> None:
        """Raise where an entry here decided on the same thing: the same way, or another."""
        for entry in reversed(self._ours):
            if entry.kind == "merge":
                continue
            for c in entry.changes:
                if c.column == "stance" and entry.kind != "stance":
                    continue  # judged anew where the mark came to stand: nobody's word
                key, after = c.key, c.after
                if c.table == "claim":
                    key = self._store.resolve_claim(int(key)) if c.column != ROW else key
                if c.column == "claim_id":
                    after = self._store.resolve_claim(int(after or 0))
                if (c.table, key, c.column) == cell:
                    if after == value:
                        raise _Same
                    theirs = line.text or (line.claim.text if line.claim else line.kind)
                    raise _Apart(about, _told(entry), f"{line.kind}: {theirs} ({line.analyst})")

    def _made_one(self, claims: set[int], about: str, line: Line) -> None:
        for entry in self._ours:
            if entry.kind == "merge" and {self._store.resolve_claim(int(entry.changes[0].key))} <= claims:
                raise _Apart(about, _told(entry), f"two claims ({line.analyst})")

    def _place(self, mention_id: int) -> int:
        return int(self._store.values("mention", mention_id, ("claim_id",))["claim_id"])

    def _mention(self, mark: Mark) -> int:
        found = self._store.marks_at(mark.document, mark.start, mark.end, mark.holders, mark.tracked)
        if not found:
            raise _Missing("its sentence is not in this database, or is read otherwise here")
        return found[0]

    def _claim(self, claim: Claim | None) -> int:
        assert claim is not None
        saved = self._store.saved_as(claim.text) if claim.tracked or not claim.members else None
        if saved is not None:
            return self._store.resolve_claim(saved)
        places: Counter[int] = Counter()
        for mark in claim.members:
            ids = self._store.marks_at(mark.document, mark.start, mark.end, mark.holders, mark.tracked)
            places.update(self._place(m) for m in ids[:1])
        if not places:
            raise _Missing(f"no sentence of the claim {claim.text!r} is in this database")
        return min(places, key=lambda c: (-places[c], c))


def _told(entry: Entry) -> str:
    return f"{entry.kind} {entry.what} ({entry.id}, {entry.analyst})"


def _and(ids: Iterable[int]) -> str:
    return " and ".join(map(str, sorted(ids)))
