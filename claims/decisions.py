"""The analyst's decisions: merge, split, rename, move, set a stance, pin, say who is who; undo and redo.

Each decision is one entry of a log that is only ever appended to. An entry holds what was asked and, row by row, what
it changed from and to: undoing an entry puts the former values back, redoing it the later ones. Nothing is deleted, no
id is used again, and no model overrules what a person said: ``by_hand`` marks and wordings are left alone by ingest.

Where a statement stands and how its claim reads is the analyst's word; which side it takes there is judged anew
(``claims.rejudge``) unless a person set it, and is part of the entry, so that undoing brings the former side back.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from claims.errors import AlreadySo, NotFound, UsageProblem
from claims.models import Frozen, Stance
from claims.store import ROW, Change, Entry, Store
from claims.voices.names import key_of

if TYPE_CHECKING:
    from claims.opinions import Opinions

Kind = Literal[
    "merge", "split", "rename", "move", "stance", "pin", "unpin", "track", "alias", "unalias", "note", "relink",
    "undo", "redo",
]  # fmt: skip


class Decision(Frozen):
    """One entry of the log. ``standing`` is false for one that has been undone."""

    id: int
    at: str
    analyst: str
    kind: Kind
    what: str
    """The decision in words."""
    standing: bool


class Constraints(NamedTuple):
    """Where the analyst put texts, by the SHA-256 of what was said (``claims.encode.text_hash``)."""

    must: dict[str, int]
    """Must-link: the claim that a text belongs to."""
    cannot: dict[str, frozenset[int]]
    """Cannot-link: the claims that a text was taken out of."""
    apart: Mapping[str, frozenset[int]] = MappingProxyType({})
    """Claims that a text cannot have for its own, though it may take a side on them."""
    near: Mapping[str, float] = MappingProxyType({})
    """How near a text in ``must`` was found to its claim."""


class Turn(NamedTuple):
    """A decision, and the entry that last did it or took it back: the decision itself, an undo or a redo."""

    entry: Entry
    last: Entry


class Decisions:
    """Makes decisions over one store, in the name of ``analyst`` (the user of the machine, by default).

    ``at`` and ``key`` are those of a decision that is taken over from another log. ``opinions`` judge the marks that
    come under another wording, by default with the judge that the settings name; it loads when first needed.

    A decision that would change nothing is not made: it raises :class:`claims.errors.AlreadySo`.
    """

    def __init__(
        self,
        store: Store,
        analyst: str | None = None,
        *,
        at: str | None = None,
        key: str | None = None,
        opinions: Opinions | None = None,
    ) -> None:
        self._store = store
        self._analyst = analyst or _user()
        self._at, self._key = at, key
        self._opinions = opinions

    # -- claims

    def merge(self, into: int, others: Iterable[int]) -> Decision:
        """Make several claims one; the others' ids answer with ``into`` from now on."""
        target = self._claim(into)
        gone = [c for c in dict.fromkeys(self._claim(other) for other in others) if c != target]
        if not gone:
            raise UsageProblem(f"Claim {into} is already one with those. Name another claim to merge into it.")
        changes = [Change("claim", c, "merged_into", None, target) for c in gone]
        tracked = {c: self._store.values("claim", c, ("tracked_to",))["tracked_to"] for c in (target, *gone)}
        changes += self._moving([m for claim in gone for m in self._store.mention_ids(claim)], target)
        if tracked[target] is None and any(tracked.values()):  # what was kept up stays so
            to = min(t for t in tracked.values() if t is not None)
            pinned = self._store.values("claim", target, ("pinned",))["pinned"]
            changes += [Change("claim", target, "tracked_to", None, to), Change("claim", target, "pinned", pinned, 1)]
        return self._decide("merge", f"claims {_list(gone)} into {target}", changes, _moved(changes))

    def split(self, claim_id: int, mention_ids: Sequence[int], text: str | None = None) -> Decision:
        """Take marks out of a claim into a new one, worded ``text`` or after the first of them.

        Copies alone just go: what they are copies of stands under a claim already.
        """
        claim = self._claim(claim_id)
        inside = set(self._store.mention_ids(claim))
        if wrong := [m for m in mention_ids if m not in inside]:
            raise UsageProblem(f"Mention {wrong[0]} is not of claim {claim}. See them with: claims show {claim} --json")
        if mention_ids and not text and all(self._mention(m)["tracked"] for m in mention_ids):
            gone = self.going("mention", mention_ids)
            return self._decide("split", f"{_marks(mention_ids)} out of claim {claim}", gone)
        # who passes on what is said goes where it goes
        mention_ids = list(dict.fromkeys(m for i in mention_ids for m in (i, *self._store.passing_on(i))))
        own = {m for m in inside if not self._mention(m)["tracked"]} or inside
        if not mention_ids or own <= set(mention_ids):
            raise UsageProblem(f"A split takes some mentions of claim {claim}, not none or all of them.")
        with self._store.transaction():
            new = self._store.add_claim(text or self._store.worded_after(mention_ids[0]))
            # until the entry stands, and again when it is undone, the new claim is part of the old one
            changes = [Change("claim", new, "merged_into", claim, None)]
            changes += [change for m in mention_ids for change in (*self._under(m, new), *self._placed(m))]
            if text:
                changes.append(Change("claim", new, "text_by_hand", 0, 1))
            what = f"{_marks(mention_ids)} of claim {claim} into claim {new}"
            return self._record("split", what, changes, mention_ids)

    def rename(self, claim_id: int, text: str) -> Decision:
        """Word a claim; no ingest words it otherwise afterwards."""
        claim, text = self._claim(claim_id), " ".join(text.split())
        if not text:
            raise UsageProblem("A claim needs words.")
        before = self._store.values("claim", claim, ("text", "text_by_hand"))
        if before["text"] == text and before["text_by_hand"]:
            raise AlreadySo(f"Claim {claim} is worded so by hand already.")
        changes = [
            Change("claim", claim, "text", before["text"], text),
            Change("claim", claim, "text_by_hand", before["text_by_hand"], 1),
        ]
        return self._decide("rename", f"claim {claim}: {text}", changes, self._store.mention_ids(claim))

    def pin(self, claim_id: int, *, pinned: bool = True) -> Decision:
        """Keep a claim in every list, or let it go; a saved one is kept up while it is pinned."""
        claim = self._claim(claim_id)
        before = self._store.values("claim", claim, ("pinned",))["pinned"]
        if before == pinned:
            raise AlreadySo(f"Claim {claim} is {'pinned already' if pinned else 'not pinned'}.")
        changes = [Change("claim", claim, "pinned", before, int(pinned))]
        return self._decide("pin" if pinned else "unpin", f"claim {claim}", changes)

    def track(self, text: str, mark: Callable[[int], object]) -> Decision:
        """Save a claim in the analyst's own words, pinned. ``mark`` is given its id and gives it its marks."""
        with self._store.transaction():
            claim = self._store.add_saved_claim(text)
            mark(claim)
            made = [("claim", claim), *(("mention", m) for m in self._store.mention_ids(claim))]
            changes = [Change(table, i, ROW, None, self._store.row(table, i)) for table, i in made]
            return self._record("track", f"claim {claim}: {text}", changes)

    # -- marks

    def move(self, mention_id: int, claim_id: int) -> Decision:
        """Put a mark under another claim, where its side is judged anew unless a person set it."""
        claim = self._claim(claim_id)
        if self._mention(mention_id)["claim_id"] == claim:
            raise AlreadySo(f"Mention {mention_id} stands under claim {claim} already.")
        changes = self._moving([mention_id, *self._store.passing_on(mention_id)], claim)
        changes += [placed for m in _moved(changes) for placed in self._placed(m)]
        return self._decide("move", f"mention {mention_id} to claim {claim}", changes, _moved(changes))

    def stance(self, mention_id: int, stance: Stance) -> Decision:
        """Say which way a mark goes."""
        before = self._mention(mention_id)
        after = {"stance": stance, "score": 1.0, "reason": "by-hand", "by_hand": 1}
        if after.items() <= before.items():
            raise AlreadySo(f"Mention {mention_id} is set to {stance} by hand already.")
        changes = [Change("mention", mention_id, name, before[name], value) for name, value in after.items()]
        return self._decide("stance", f"mention {mention_id} {stance}", changes)

    def note(self, text: str, *, claim_id: int | None = None, mention_id: int | None = None) -> Decision:
        """Note something on a claim or, with ``mention_id``, on one mark of it. Read with ``claims.notes``.

        Changes no mark and no count. Raises :class:`UsageProblem` for a note without words, or on none or both.
        """
        text = text.strip()
        if not text:
            raise UsageProblem("A note needs words.")
        if (claim_id is None) == (mention_id is None):
            raise UsageProblem("A note is on a claim or on a mention: name one of the two.")
        if claim_id is not None:
            claim_id = self._claim(claim_id)
            about = f"claim {claim_id}"
        else:
            assert mention_id is not None
            self._mention(mention_id)
            about = f"mention {mention_id}"
        with self._store.transaction():
            note = self._store.add_note(self._analyst, text, claim_id=claim_id, mention_id=mention_id)
            return self._record("note", f"{about}: {text}", [Change("note", note, "standing", 0, 1)])

    def _moving(self, mention_ids: Iterable[int], claim_id: int) -> list[Change]:
        """Marks go under another claim; a copy goes altogether where what it is a copy of stands, or comes to stand."""
        changes: list[Change] = []
        moving = sorted(mention_ids, key=lambda m: (self._mention(m)["tracked"], m))  # copies come after their own
        there: set[tuple[Any, ...]] = set()
        for m in moving:
            voice = tuple(self._store.values("mention", m, ("sentence_id", "source_id", "holders")).values())
            twins = self._store.twins(m, claim_id)
            if self._mere_copy(m) and (twins or voice in there):
                changes += self.going("mention", [m])
                continue
            there.add(voice)
            changes += self.going("mention", (twin for twin in twins if self._mere_copy(twin)))
            changes += self._under(m, claim_id)
        return changes

    def _under(self, mention_id: int, claim_id: int) -> list[Change]:
        """A mark goes under a claim; how near it was found was said of another."""
        before = self._mention(mention_id)
        return [
            Change("mention", mention_id, "claim_id", before["claim_id"], claim_id),
            Change("mention", mention_id, "near", before["near"], None),
        ]

    def _placed(self, mention_id: int) -> list[Change]:
        """A copy stays where the analyst put it: nobody else would put it there."""
        before = self._mention(mention_id)
        return [Change("mention", mention_id, "placed", before["placed"], 1)] if before["tracked"] else []

    def _rejudged(self, mention_ids: Iterable[int]) -> list[Change]:
        """Marks that stand under another wording get the side that they take on it, unless a person set theirs.

        A copy that takes none goes, with those who pass on what it says, unless a person wants it there.
        """
        judged = [m for m in mention_ids if not self._mention(m)["by_hand"]]
        if not judged:
            return []
        from claims.opinions import Opinions
        from claims.rejudge import rejudged

        self._opinions = self._opinions or Opinions(self._store)
        changes: list[Change] = []
        for m, mark in rejudged(self._store, self._opinions, judged).items():
            before = self._mention(m)
            with_it = self._store.with_who_passes_on(m)
            if before["tracked"] and mark.stance == "reports" and all(map(self._mere_copy, with_it)):
                changes += self.going("mention", with_it)
            else:  # what stays as it is, too: undoing then knows it for a mark of before
                changes += [Change("mention", m, name, before[name], to) for name, to in mark._asdict().items()]
        return changes

    def _mere_copy(self, mention_id: int) -> bool:
        """Whether a mark is a copy that no person has put there, or said anything about."""
        return self._mention(mention_id)["tracked"] and not self._store.touched_by_hand(mention_id)

    def going(self, table: Literal["claim", "mention"], ids: Iterable[int]) -> list[Change]:
        """Rows that are to go, as they are now, and before each the notes on it."""
        rows = [row for i in ids for row in (*(("note", n) for n in self._store.notes_on(table, i)), (table, i))]
        return [Change(name, i, ROW, self._store.row(name, i), None) for name, i in rows]

    def relink(self, what: str, changes: Sequence[Change]) -> Decision:
        """Take over what ``claims.relink`` found: no word on where a text belongs, but undone in its turn."""
        return self._decide("relink", what, changes)

    # -- names

    def alias(self, name: str | int, of: str | int) -> Decision:
        """Say that one source, by name or id, is another: all its names and marks are the other's from now on."""
        gone, target = self._source(name), self._source(of)
        name, of = (self._store.values("source", s, ("name",))["name"] if isinstance(n, int) else n
                    for n, s in ((name, gone), (of, target)))  # fmt: skip
        if gone == target:
            raise UsageProblem(f"{name} and {of} are one source already.")
        changes = [Change("source", gone, "merged_into", None, target)]
        changes += [Change("alias", key, "source_id", gone, target) for key in self._store.alias_keys(gone)]
        changes += [Change("mention", m, "source_id", gone, target) for m in self._store.said_by(gone)]
        changes += [Change("document", d, "source_id", gone, target) for d, _ in self._store.printed_by(gone)]
        return self._decide("alias", f"{name} is {of}", changes)

    def unalias(self, name: str) -> Decision:
        """Say that a name stands for a source of its own, not for the one it was taken for.

        What was said under that name goes to it, and what an outlet of that name published.
        """
        source, key = self._source(name), key_of(name)
        if len(self._store.alias_keys(source)) < 2:
            raise UsageProblem(f"{name} is that source's only name. See names with: claims sources")
        kind = self._store.values("source", source, ("kind",))["kind"]
        with self._store.transaction():
            new = self._store.add_source(name, kind)
            changes = [
                Change("source", new, "merged_into", source, None),
                Change("alias", key, "source_id", source, new),
            ]
            theirs = {d for d, outlet in self._store.printed_by(source) if key_of(outlet) == key}
            changes += [Change("document", d, "source_id", source, new) for d in sorted(theirs)]
            for mention, document, holders in self._store.holders_of(source):
                if key_of(holders[-1]) == key if holders else document in theirs:
                    changes.append(Change("mention", mention, "source_id", source, new))
            return self._record("unalias", f"{name} is a source of its own", changes)

    # -- the log

    def undo(self) -> Decision:
        """Take back the last decision that stands. Raises :class:`NotFound` where there is none."""
        done, _ = self._stacks()
        if not done:
            raise NotFound("There is nothing to undo.")
        return self._turn("undo", done[-1])

    def undo_to(self, entry_id: int) -> list[Decision]:
        """Take back every decision after an entry of the log, the last one first. Raises :class:`NotFound`."""
        with self._store.transaction():
            done = self._stacks()[0]
            found = [self._turn("undo", turn) for turn in reversed(done) if turn.entry.id > entry_id]
        if not found:
            raise NotFound(f"No decision after {entry_id} stands. See them with: claims log")
        return found

    def redo(self) -> Decision:
        """Make the last undone decision stand again. Raises :class:`NotFound` where there is none."""
        _, undone = self._stacks()
        if not undone:
            raise NotFound("There is nothing to redo: the last entry is not an undo.")
        return self._turn("redo", undone[-1])

    def log(self) -> list[Decision]:
        """Every entry, oldest first."""
        done = {turn.entry.id for turn in self._stacks()[0]}
        return [
            Decision(id=e.id, at=e.at, analyst=e.analyst, kind=e.kind, what=e.what, standing=e.id in done)  # type: ignore[arg-type]
            for e in self._store.decisions()
        ]

    def constraints(self) -> Constraints:
        """What splits and moves that stand say of where a text belongs; of two on one text the later counts.

        For whatever links texts to claims: a text in ``must`` goes to that claim unasked, and is in ``cannot`` for
        the claims it left. Ids are those that stand today, merges followed. A claim whose texts were merged needs
        no constraint: its id answers with the other.
        """
        must: dict[str, int] = {}
        cannot: dict[str, set[int]] = {}
        for entry in (entry for entry in self.standing() if entry.kind in ("split", "move")):
            for change in entry.changes:
                if change.table != "mention" or change.column not in ("claim_id", ROW):
                    continue
                if change.column == ROW:
                    mark = json.loads(str(change.before))
                    mark.setdefault("passes_on", mark["reason"] == "quotes")  # an entry from before that was kept
                    left, into = self._claim(mark["claim_id"]), None
                    if mark["tracked"] and any(c.after == mark["claim_id"] for c in entry.changes):
                        continue  # a copy that went where what it is a copy of comes to stand
                else:
                    try:
                        mark = self._store.values("mention", int(change.key), ("text_hash", "passes_on", "tracked"))
                    except NotFound:  # a copy that went later
                        continue
                    left, into = (self._claim(int(claim or 0)) for claim in (change.before, change.after))
                if mark["passes_on"]:
                    continue  # who passes it on goes where the words go
                key = mark["text_hash"]
                if into is not None and not mark["tracked"]:  # a copy does not say where what it is a copy of belongs
                    must[key] = into
                cannot[key] = (cannot.get(key, set()) | {left}) - {into}
        return Constraints(must, {key: frozenset(claims) for key, claims in cannot.items()})

    def standing(self) -> list[Entry]:
        """The entries of the log that are not undone, oldest first."""
        return [turn.entry for turn in self._stacks()[0]]

    def _stacks(self) -> tuple[list[Turn], list[Turn]]:
        """The decisions that stand and those that can be redone, the last one last."""
        done: list[Turn] = []
        undone: list[Turn] = []
        for entry in self._store.decisions():
            if entry.kind == "undo":
                undone.append(Turn(done.pop().entry, entry))
            elif entry.kind == "redo":
                done.append(Turn(undone.pop().entry, entry))
            else:
                done.append(Turn(entry, entry))
                undone.clear()
        return done, undone

    def _turn(self, kind: Literal["undo", "redo"], turn: Turn) -> Decision:
        """Put back what the last entry on a decision changed, and what has come to it since."""
        turned: list[Change] = []
        for c in reversed(turn.last.changes):
            if c.column == ROW and c.before is None:
                turned += self._taken_back(c.table, int(c.key))
            elif c.table != "mention" or c.column == ROW or self._there(int(c.key)):  # else an ingest dropped it
                turned.append(Change(c.table, c.key, c.column, c.after, c.before))
        stray = self._stray(turned)
        later = [*_moved(stray), *(self._met_reworded(turned) if turn.entry.kind == "rename" else ())]
        return self._decide(kind, f"{turn.entry.kind}: {turn.entry.what}", stray + turned, later)

    def _met_reworded(self, changes: Sequence[Change]) -> list[int]:
        """Marks that came to a claim while it was worded otherwise than it is to be again."""
        known = {c.key for c in changes if c.table == "mention"}
        claims = {int(c.key) for c in changes if (c.table, c.column) == ("claim", "text")}
        return [m for claim in sorted(claims) for m in self._store.mention_ids(claim) if m not in known]

    def _taken_back(self, table: str, key: int) -> list[Change]:
        """A saved claim and its copies go; the claim stays where a later article was linked to it."""
        if table == "mention":
            return self.going("mention", [key]) if self._there(key) else []
        if table == "claim" and all(self._mention(m)["tracked"] for m in self._store.mention_ids(key)):
            return self.going("claim", [key])
        if table == "claim":
            now = self._store.values("claim", key, ("tracked_to", "pinned"))
            after = {"tracked_to": None, "pinned": 0}
            return [Change("claim", key, name, now[name], value) for name, value in after.items()]
        return []  # notes go with what they are on

    def _there(self, mention_id: int) -> bool:
        """Whether a mark is still there."""
        try:
            return bool(self._mention(mention_id))
        except NotFound:
            return False

    def _stray(self, changes: Sequence[Change]) -> list[Change]:
        """Marks that came later to a claim that goes: into another with it, or nobody would see them."""
        going = {c.key for c in changes if c.table == "mention" and c.column in ("claim_id", ROW)}
        found: list[Change] = []
        for c in changes:
            if c.table != "claim" or c.column not in ("merged_into", "tracked_to", ROW):
                continue
            later = [m for m in self._store.mention_ids(int(c.key)) if m not in going]
            if c.column == "merged_into" and c.after is not None:
                found += self._moving(later, int(c.after))
            elif c.column != "merged_into" and c.after is None:
                # one that was found near the claim, or came with another, was not put there because it was saved
                came = {m for entry in self.standing() for m in _moved(entry.changes)}
                mine = (m for m in later if self._mention(m)["tracked"] and self._mention(m)["near"] is None)
                found += self.going("mention", (m for m in mine if m not in came))
        return found

    def _decide(self, kind: Kind, what: str, changes: Sequence[Change], judging: Iterable[int] = ()) -> Decision:
        with self._store.transaction():
            return self._record(kind, what, changes, judging)

    def _record(self, kind: Kind, what: str, changes: Sequence[Change], judging: Iterable[int] = ()) -> Decision:
        """Do it, and judge some marks anew where they stand then; both are one entry."""
        touched = self._store.apply(changes)
        judged = self._rejudged(judging)
        touched |= self._store.apply(judged)
        changes = [*changes, *judged]
        entry = self._store.add_decision(self._analyst, kind, what, changes, at=self._at, key=self._key)
        self._store.restand(touched)
        standing = kind not in ("undo", "redo")
        return Decision(id=entry.id, at=entry.at, analyst=self._analyst, kind=kind, what=what, standing=standing)

    def _claim(self, claim_id: int) -> int:
        return self._store.resolve_claim(claim_id)

    def _mention(self, mention_id: int) -> dict[str, Any]:
        columns = ("claim_id", "stance", "score", "reason", "by_hand", "tracked", "placed", "near")
        return self._store.values("mention", mention_id, columns)

    def _source(self, name: str | int) -> int:
        if isinstance(name, int):
            into = self._store.values("source", name, ("merged_into",))["merged_into"]
            return name if into is None else self._source(int(into))
        found = self._store.source_called(key_of(name))
        if found is None:
            raise NotFound(f"No source is called {name!r}. List them with: claims sources")
        return found


def _moved(changes: Iterable[Change]) -> list[int]:
    """The marks that go under another claim."""
    return [int(c.key) for c in changes if (c.table, c.column) == ("mention", "claim_id")]


def _marks(ids: Sequence[int]) -> str:
    return f"{'mention' if len(ids) == 1 else 'mentions'} {_list(ids)}"


def _list(ids: Iterable[int]) -> str:
    return ", ".join(map(str, ids))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no login name, as in some containers
        return "analyst"
