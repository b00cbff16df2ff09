"""A log of decisions written so that it means the same in another database; ``claims.joining`` takes it over there.

Ids differ between databases, so nothing is named by id. A mark is named by its article's hash, its span and its
holders; a claim by the marks that stood under it when the decision was made: it is the one most of them stand under.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from claims.decisions import Decisions
from claims.errors import InputError
from claims.models import Frozen
from claims.store import ROW, Entry, Store
from claims.voices.names import key_of

MEMBERS = 30
"""Marks by which a claim is named, at most: some are lost where the other database was read by another version."""


class Mark(Frozen):
    """A mark, named without ids. ``tracked``: of a copy, the wording of the claim under which it stands."""

    document: str
    start: int
    end: int
    holders: tuple[str, ...]
    tracked: str | None = None


class Claim(Frozen):
    """A claim, named by its marks; a saved one by its wording."""

    text: str
    tracked: bool
    members: tuple[Mark, ...]


class Line(Frozen):
    """One decision of a log, as it is handed on. What is not of its kind is empty."""

    key: str
    at: str
    analyst: str
    kind: str
    standing: bool
    claim: Claim | None = None
    others: tuple[Claim, ...] = ()
    marks: tuple[Mark, ...] = ()
    text: str | None = None
    name: str | None = None


def portable(store: Store) -> list[Line]:
    """A database's log, oldest decision first, undone ones as such."""
    return list(reversed(list(_Backwards(store).lines())))


class _Backwards:
    """Walks a log from its end, so as to know what stood where when each decision was made."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._place = {int(m): int(c) for m, c in store.db.execute("SELECT id, claim_id FROM mention")}
        self._marks: dict[int, dict[str, Any]] = {}
        self._texts: dict[int, str] = {}

    def lines(self) -> Iterator[Line]:
        standing = {d.id for d in Decisions(self._store).log() if d.standing}
        for entry in reversed(self._store.decisions()):
            added = {c.key: c.after for c in entry.changes if (c.table, c.column) == ("claim", "text")}
            worded = {int(c): self._text(int(c)) for c in added} | self._new_texts(entry)
            for change in reversed(entry.changes):
                self._back(change.table, change.key, change.column, change.before, change.after)
            if entry.kind not in ("relink", "undo", "redo"):  # a relink is no analyst's word
                yield Line(
                    key=entry.key, at=entry.at, analyst=entry.analyst, kind=entry.kind, standing=entry.id in standing,
                    **self._about(entry, worded),
                )  # fmt: skip

    def _new_texts(self, entry: Entry) -> dict[int, str]:
        by_hand = [c.key for c in entry.changes if (c.table, c.column) == ("claim", "text_by_hand")]
        return {int(c): self._text(int(c)) for c in by_hand}

    def _back(self, table: str, key: int | str, column: str, before: Any, after: Any) -> None:
        if table == "claim" and column == "text":
            self._texts[int(key)] = before
        elif table == "mention" and column == "claim_id":
            self._place[int(key)] = before
        elif column == ROW and table in ("mention", "claim"):
            row = json.loads(before or after)
            if table == "claim":
                self._texts[int(key)] = row["text"]
            elif before is None:
                self._place.pop(int(key), None)
                self._marks[int(key)] = row
            else:
                self._place[int(key)] = row["claim_id"]
                self._marks[int(key)] = row

    def _about(self, entry: Entry, worded: dict[int, str]) -> dict[str, Any]:
        kind, changes = entry.kind, entry.changes
        first = changes[0]
        if kind == "merge":
            gone = [c for c in changes if c.column == "merged_into"]
            return {"claim": self._claim(gone[0].after), "others": tuple(self._claim(c.key) for c in gone)}
        if kind in ("split", "move"):
            moved = [c for c in changes if c.table == "mention" and c.column in ("claim_id", ROW)]
            if kind == "move":  # where its own copy stood before, that one just goes
                moved = [c for c in moved if c.column == "claim_id"] or moved
            left = [c.before if c.column == "claim_id" else json.loads(str(c.before))["claim_id"] for c in moved]
            into = [c.after for c in moved if c.column == "claim_id"]
            about = {"marks": tuple(self._mark(c.key) for c in moved), "others": (self._claim(left[0]),)}
            if kind == "split":
                return {**about, "text": worded.get(int(into[0] or 0)) if into else None}
            return {**about, "claim": self._claim(into[0]) if into else None}
        if kind == "stance":
            side = next(c.after for c in changes if c.column == "stance")
            return {"marks": (self._mark(first.key),), "text": side}
        if kind == "note":
            note = self._store.values("note", int(first.key), ("claim_id", "mention_id", "text"))
            where = {"claim": self._claim(note["claim_id"])} if note["claim_id"] else {}
            return {**where, "marks": () if where else (self._mark(note["mention_id"]),), "text": note["text"]}
        if kind == "alias":
            names = [self._store.values("source", int(s or 0), ("name",))["name"] for s in (first.key, first.after)]
            return {"name": names[0], "text": names[1]}
        if kind == "unalias":
            key = next(c.key for c in changes if c.table == "alias")
            return {"name": {key_of(n): n for n, *_ in self._store.aliases()}[str(key)]}
        if kind == "track":
            return {"text": self._texts[int(first.key)]}
        return {"claim": self._claim(first.key), "text": worded.get(int(first.key)) if kind == "rename" else None}

    def _text(self, claim_id: int) -> str:
        if claim_id not in self._texts:
            self._texts[claim_id] = str(self._store.values("claim", claim_id, ("text",))["text"])
        return self._texts[claim_id]

    def _claim(self, key: object) -> Claim:
        claim_id = int(str(key))
        inside = sorted(m for m, c in self._place.items() if c == claim_id)
        marks = [self._mark(m) for m in inside[:MEMBERS]]
        tracked = bool(marks) and all(mark.tracked for mark in marks)
        return Claim(text=self._text(claim_id), tracked=tracked, members=tuple(marks))

    def _mark(self, key: object) -> Mark:
        m = int(str(key))
        columns = ("document_id", "start", "end", "holders", "tracked", "claim_id")
        row = self._marks.get(m) or self._store.values("mention", m, columns)
        return Mark(
            document=self._store.values("document", row["document_id"], ("sha256",))["sha256"],
            start=row["start"], end=row["end"], holders=tuple(json.loads(row["holders"])),
            tracked=self._text(self._place.get(m, row["claim_id"])) if row["tracked"] else None,
        )  # fmt: skip


def read(lines: Iterable[str], name: str) -> list[Line]:
    """A log that :func:`portable` made, from JSON lines. Raises :class:`InputError`, naming the line."""
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(Line.model_validate_json(line))
        except ValueError as error:
            raise InputError(
                f"{name}: line {number} is no decision of a log. Make the file with: claims log --export FILE"
            ) from error
    return found
