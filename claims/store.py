"""Every statement that writes to a database. Reading for people is in ``claims.views``.

One file is one investigation. A document is stored in one transaction, with its sentences, mentions and vectors, so
that a run stopped at any point leaves whole documents only.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from sqlite_utils import Database

from claims.counts import STANDING, WEIGHED
from claims.covering import cover
from claims.database import connect, explain, resolve_claim, storable
from claims.errors import NotFound
from claims.models import Document, Factuality, Frozen, Polarity, Sentence, SourceKind, Stance
from claims.standing import Weighed, gains
from claims.wording import plain

Scored = tuple[float, float, float, float | None]
"""A stored judgement: asserts, disputes, neutral, and same where the judge tells it."""


class NewMention(Frozen):
    """A mark to be stored: one voice on one claim in one sentence."""

    claim_id: int
    sentence_id: int
    start: int
    end: int
    source_id: int
    holders: tuple[str, ...]
    stance: Stance
    score: float
    reason: str
    polarity: Polarity
    factuality: Factuality
    cue: str | None
    context: str | None
    text_hash: str
    meant: str | None = None
    """What is said with names for what it refers back to, see :attr:`claims.models.Statement.meant`."""
    near: float | None = None
    """How near to the claim it was found, see :func:`claims.link.nearness`."""
    passes_on: bool = False
    """Whether it is of somebody who only passes on what another says."""


class Change(NamedTuple):
    """One value that a decision changes: in which row, from what, to what."""

    table: str
    key: int | str
    column: str
    before: str | float | int | None
    after: str | float | int | None


CHANGEABLE = {
    "claim": ("id", {"text", "text_by_hand", "pinned", "merged_into", "tracked_to"}),
    "mention": ("id", {"claim_id", "source_id", "stance", "score", "reason", "by_hand", "placed", "near"}),
    "source": ("id", {"merged_into"}),
    "alias": ("key", {"source_id"}),
    "document": ("id", {"source_id"}),
    "note": ("id", {"standing"}),
}
"""Tables by their key, and the columns that a decision may change."""

ROW = "*"
"""Instead of a column: the whole row (as JSON) comes, where ``before`` is ``None``, or goes, where ``after`` is."""

COME_AND_GO = ("claim", "mention", "note")
"""Tables whose rows a decision may make and take back."""


class Entry(NamedTuple):
    """One entry of the log of decisions."""

    id: int
    at: str
    analyst: str
    kind: str
    what: str
    changes: tuple[Change, ...]
    key: str
    """By which the entry is known in another database."""


class Said(Frozen):
    """What one mark rests on: the words, and how they were said."""

    mention_id: int
    means: str
    """With names for what it refers back to, as :attr:`claims.models.Statement.means` has them."""
    polarity: Polarity
    factuality: Factuality
    cue: str | None
    near: float | None = None
    """How near to the claim it was found."""
    copied: bool = False
    """Whether it is a copy: what is said stands under a claim of its own."""


class Store:
    """Write access to one database; :meth:`transaction` makes several writes one."""

    def __init__(self, database: Database, path: Path) -> None:
        self.db = database
        self.path = path

    @classmethod
    def open(cls, path: str | Path) -> Store:
        """Open a file for writing, making it where there is none. Raises :class:`DatabaseError`."""
        return cls(Database(connect(path)), Path(path))

    def close(self) -> None:
        """Give the file back; SQLite folds the write-ahead log into it."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inside another transaction, part of that. Raises :class:`DatabaseError`."""
        if self.db.conn.in_transaction:
            yield
            return
        try:
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.db.rollback()
                raise
            self.db.execute("COMMIT")
        except sqlite3.Error as error:
            if self.db.conn.in_transaction:
                self.db.rollback()
            raise explain(error, self.path) from error

    def state(self) -> tuple[int, int]:
        """Differs from the last one when another program has written to the file, or anybody has decided something."""
        (others,) = self.db.execute("PRAGMA data_version").fetchone()  # is silent on what this connection writes
        (decided,) = self.db.execute("SELECT coalesce(max(id), 0) FROM decision").fetchone()
        return int(others), int(decided)

    # -- runs

    def start_run(self, command: str, settings: dict[str, object]) -> int:
        """Note that a command starts to change the database, and under which settings and models."""
        values = [command, _now(), json.dumps(settings, sort_keys=True)]
        with self.transaction():
            cursor = self.db.execute("INSERT INTO run (command, started, settings) VALUES (?, ?, ?)", values)
        return int(cursor.lastrowid or 0)

    def finish_run(self, run_id: int) -> None:
        """Note that the command came to its end."""
        with self.transaction():
            self.db.execute("UPDATE run SET finished = ? WHERE id = ?", [_now(), run_id])

    # -- documents

    def has_document(self, sha256: str) -> str | None:
        """The path under which a content is stored already, or ``None``."""
        row = self.db.execute("SELECT path FROM document WHERE sha256 = ?", [sha256]).fetchone()
        return str(row[0]) if row else None

    def add_document(self, document: Document, source_id: int, run_id: int) -> int:
        """Store an article; returns its id."""
        row = document.model_dump(exclude={"id", "boilerplate"})
        row["boilerplate"] = json.dumps([[span.start, span.end] for span in document.boilerplate])
        return self._insert("document", {**row, "source_id": source_id, "run_id": run_id})

    def sharing_a_band(self, keys: Sequence[bytes]) -> list[tuple[int, int, bytes]]:
        """(id, id of its origin, signature) of the documents that share at least one of these bands."""
        marks = ",".join("?" * len(keys))
        sql = (
            "SELECT document.id, coalesce(document.origin_id, document.id), signature.data FROM document"
            " JOIN signature ON signature.document_id = document.id"
            f" WHERE document.id IN (SELECT document_id FROM band WHERE key IN ({marks})) ORDER BY document.id"
        )
        return [(int(i), int(origin), data) for i, origin, data in self.db.execute(sql, list(keys))]

    def add_signature(self, document_id: int, data: bytes, keys: Sequence[bytes]) -> None:
        """Keep by what a document's reprints are known, see ``claims.origins``."""
        self._insert("signature", {"document_id": document_id, "data": data})
        for key in keys:
            self._insert("band", {"key": key, "document_id": document_id})

    def set_origin(self, document_id: int, origin_id: int) -> None:
        """Say that a document is the same text as an earlier one."""
        self.db.execute("UPDATE document SET origin_id = ? WHERE id = ?", [origin_id, document_id])

    def add_sentences(self, document_id: int, sentences: Sequence[Sentence]) -> list[int]:
        """Store an article's sentences, searchable by their words; returns their ids in order."""
        ids = []
        for s in sentences:
            values = {
                "document_id": document_id, "idx": s.index, "start": s.start, "end": s.end, "kind": s.kind,
                "is_claim": int(s.is_claim), "score": s.claim_score, "claim_type": s.claim_type,
            }  # fmt: skip
            ids.append(self._insert("sentence", values))
            self.db.execute("INSERT INTO sentence_fts(rowid, text) VALUES (?, ?)", [ids[-1], s.text])
        return ids

    def _insert(self, table: str, row: Mapping[str, object]) -> int:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        cursor = self.db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
        return int(cursor.lastrowid or 0)

    # -- sources

    def aliases(self) -> list[tuple[str, int, SourceKind, str]]:
        """Every spelling known: (name as written, source id, the source's kind, the source's name)."""
        sql = (
            "SELECT alias.name, source.id, source.kind, source.name FROM alias"
            " JOIN source ON source.id = alias.source_id ORDER BY alias.rowid"
        )
        return [(name, int(i), kind, shown) for name, i, kind, shown in self.db.execute(sql)]

    def add_source(self, name: str, kind: SourceKind) -> int:
        """A new source, under a display name."""
        return self._insert("source", {"name": name, "kind": kind})

    def add_alias(self, key: str, name: str, source_id: int) -> None:
        """A further spelling of a source; the first one to take a key keeps it."""
        self.db.execute(
            "INSERT INTO alias (key, name, source_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", [key, name, source_id]
        )

    # -- claims and mentions

    def add_claim(self, text: str) -> int:
        """A new claim; ids are never used again."""
        return self._insert("claim", {"text": text})

    def add_saved_claim(self, text: str) -> int:
        """A new claim in the analyst's own words, which no document has been held against yet."""
        return self._insert("claim", {"text": text, "text_by_hand": 1, "pinned": 1, "tracked_to": 0})

    def reword(self, claim_id: int, text: str) -> bool:
        """Give a claim a better wording, unless a person chose the present one; whether it was done."""
        sql = "UPDATE claim SET text = ? WHERE id = ? AND NOT text_by_hand"
        return self.db.execute(sql, [text, claim_id]).rowcount > 0

    def add_mention(self, document_id: int, mention: NewMention) -> int:
        """Store a mark; returns its id."""
        row = mention.model_dump()
        row["holders"] = json.dumps(list(mention.holders), ensure_ascii=False)
        return self._insert("mention", {"document_id": document_id, **row})

    def copy(
        self, mention_id: int, claim_id: int, mark: tuple[Stance, float, str], near: float | None = None
    ) -> None:
        """Give a statement's voice a mark (stance, score, reason) on a further claim: a copy of the mark it has.

        Everybody who passes it on is copied as they are. Nothing comes twice: who stands under that claim with the same
        sentence already, gets no copy.
        """
        same = (
            'document_id, sentence_id, start, "end", source_id, holders, polarity, factuality, cue, context, meant,'
            " text_hash, passes_on"
        )
        stance, score, reason = mark
        self.db.execute(
            f"""INSERT INTO mention (claim_id, stance, score, reason, near, tracked, copy_of, {same})
            SELECT :claim, iif(id = :mention, :stance, 'reports'), iif(id = :mention, :score, 1.0),
                iif(id = :mention, :reason, 'quotes'), iif(id = :mention, :near, NULL), 1, id, {same}
            FROM mention AS one
            -- who passes it on stands right after whom they pass on, one for each that is quoted
            WHERE id BETWEEN :mention
                AND (SELECT id + json_array_length(holders) FROM mention WHERE id = :mention)
                AND NOT EXISTS (SELECT 1 FROM mention AS there WHERE there.claim_id = :claim
                    AND (there.sentence_id, there.source_id, there.holders)
                        = (one.sentence_id, one.source_id, one.holders))
            ORDER BY id""",
            {
                "claim": claim_id,
                "mention": mention_id,
                "stance": stance,
                "score": score,
                "reason": reason,
                "near": near,
            },
        )

    def set_stance(self, mention_id: int, stance: Stance, score: float, reason: str) -> None:
        """Re-judge a mark, unless a person set it."""
        self.db.execute(
            "UPDATE mention SET stance = ?, score = ?, reason = ? WHERE id = ? AND NOT by_hand",
            [stance, score, reason, mention_id],
        )

    def said(self, claim_id: int, own: int | None = None) -> list[Said]:
        """What voices say under a claim, in order; who only passes it on is left out.

        With ``own`` no copies, and at most so many.
        """
        sql = (
            'SELECT mention.id, coalesce(meant, substr(text, start + 1, "end" - start)), polarity, factuality, cue,'
            " near, tracked, meant IS NULL, document_id, start, \"end\""
            " FROM mention JOIN document ON document.id = document_id"
            " WHERE claim_id = ? AND NOT passes_on AND (? OR NOT tracked) ORDER BY mention.id LIMIT ?"
        )
        found = []
        rows = self.db.execute(sql, [claim_id, own is None, -1 if own is None else own])
        for i, means, polarity, factuality, cue, near, copied, raw, document_id, start, end in rows.fetchall():
            if raw and len(means) < end - start:  # substr() ends at a NUL
                means = self.values("document", document_id, ("text",))["text"][start:end]
            found.append(
                Said(
                    mention_id=i, means=means, polarity=polarity, factuality=factuality, cue=cue, near=near,
                    copied=bool(copied),
                )
            )  # fmt: skip
        return found

    def drop_copy(self, mention_id: int) -> None:
        """Take a copy away, with those who pass on what it says, unless a person set or noted something on one."""
        found = self.with_who_passes_on(mention_id)
        if not any(self.touched_by_hand(m) for m in found):
            self.db.conn.executemany("DELETE FROM mention WHERE id = ?", [(m,) for m in found])

    def with_who_passes_on(self, mention_id: int) -> list[int]:
        """A copy, and under the same claim the copies of those who pass on what it says."""
        rows = (
            "SELECT other.id FROM mention AS copy JOIN mention AS other"
            " ON other.tracked AND other.claim_id = copy.claim_id"
            " AND other.copy_of BETWEEN copy.copy_of AND copy.copy_of + json_array_length(copy.holders)"
            " WHERE copy.id = ? ORDER BY other.id"
        )
        return [int(m) for (m,) in self.db.execute(rows, [mention_id])]

    def passing_on(self, mention_id: int) -> list[int]:
        """Under the same claim the marks of those who pass on what a mark's voice says; they are stored behind it."""
        rows = (
            "SELECT other.id FROM mention AS said JOIN mention AS other"
            " ON other.claim_id = said.claim_id AND other.sentence_id = said.sentence_id AND other.passes_on"
            " AND other.tracked = said.tracked AND other.id > said.id"
            " AND other.id <= said.id + json_array_length(said.holders) WHERE said.id = ? ORDER BY other.id"
        )
        return [int(m) for (m,) in self.db.execute(rows, [mention_id])]

    def touched_by_hand(self, mention_id: int) -> bool:
        """Whether a person set a mark, put it where it is, or noted something on it."""
        by_hand = self.values("mention", mention_id, ("by_hand", "placed"))
        return any(by_hand.values()) or bool(self.notes_on("mention", mention_id))

    def claim_members(self, model: str) -> Iterator[tuple[int, str, bytes]]:
        """(claim id, text hash, vector) of every text that stands under a claim, for the linker to start from.

        Copies are no part of it: what is said on a further claim does not shift what belongs there, and the linker puts
        nothing under a claim of the analyst's own words.
        """
        yield from self.db.execute(
            "SELECT DISTINCT mention.claim_id, mention.text_hash, vector.data FROM mention"
            " JOIN vector ON vector.text_hash = mention.text_hash AND vector.model = ?"
            " JOIN claim ON claim.id = mention.claim_id WHERE claim.merged_into IS NULL AND NOT mention.tracked"
            " ORDER BY mention.id",
            [model],
        )

    def claim_texts(self, claim_ids: Iterable[int]) -> dict[int, str]:
        """The wordings of some claims."""
        sql = "SELECT id, text FROM claim WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self.db.execute(sql, [json.dumps(list(claim_ids))]).fetchall())

    def restand(self, claim_ids: Iterable[int]) -> None:
        """Count some claims anew; to be called in the transaction that touched them."""
        touched = sorted(set(claim_ids))
        for claim_id in touched:
            if self.db.execute("SELECT 1 FROM claim WHERE id = ?", [claim_id]).fetchone():  # else it was taken back
                self.db.execute(STANDING, {"id": claim_id})
                self.weigh(claim_id)
        cover(self.db.conn, touched)

    def weigh(self, claim_id: int) -> None:
        """Note anew which marks of a claim a person should look at, see :func:`claims.standing.gains`."""
        marks = [
            Weighed(i, voice, stance, score, bool(decided))
            for i, voice, stance, score, decided in self.db.execute(WEIGHED, [claim_id])
        ]
        self.db.execute("DELETE FROM review WHERE claim_id = ?", [claim_id])
        self.db.conn.executemany(
            "INSERT OR REPLACE INTO review (mention_id, claim_id, gain, asserts, disputes, reports)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [(mention_id, claim_id, *gain) for mention_id, gain in gains(marks).items()],
        )

    def restand_all(self) -> None:
        """Count every claim anew: what is derived may have grown with the schema."""
        with self.transaction():
            self.restand([int(i) for (i,) in self.db.execute("SELECT id FROM claim").fetchall()])

    # -- decisions

    def apply(self, changes: Sequence[Change]) -> set[int]:
        """Set each change's value to its ``after``; returns the claims whose counts it touches."""
        touched: set[int] = set()
        for change in changes:
            key, columns = CHANGEABLE[change.table]
            touched |= self._claims_of(change)
            if change.column == ROW:
                self._come_or_go(change)
            else:
                assert change.column in columns, change
                sql = f'UPDATE {change.table} SET "{change.column}" = ? WHERE "{key}" = ?'
                self.db.execute(sql, [change.after, change.key])
            touched |= self._claims_of(change)
        return touched

    def _come_or_go(self, change: Change) -> None:
        assert change.table in COME_AND_GO, change
        if change.after is None:
            self.db.execute(f"DELETE FROM {change.table} WHERE id = ?", [change.key])
        elif not self.db.execute(f"SELECT 1 FROM {change.table} WHERE id = ?", [change.key]).fetchone():
            self._insert(change.table, json.loads(str(change.after)))

    def row(self, table: str, key: int) -> str:
        """A whole row as JSON, as :data:`ROW` changes hold it. Raises :class:`NotFound`."""
        names = [str(name) for _, name, *_ in self.db.execute(f"PRAGMA table_info({table})")]
        return json.dumps(self.values(table, key, names), ensure_ascii=False)

    def _claims_of(self, change: Change) -> set[int]:
        if change.table == "claim":
            return {int(change.key)}
        column = {"mention": "id", "document": "document_id"}.get(change.table)
        if column is None:
            return set()
        sql = f"SELECT DISTINCT claim_id FROM mention WHERE {column} = ?"
        return {int(row[0]) for row in self.db.execute(sql, [change.key])}

    def add_note(self, analyst: str, text: str, *, claim_id: int | None, mention_id: int | None) -> int:
        """A note on a claim or on a mention, which does not stand yet; returns its id."""
        row = {"claim_id": claim_id, "mention_id": mention_id, "at": _now(), "analyst": analyst, "text": text}
        return self._insert("note", row)

    def add_decision(
        self,
        analyst: str,
        kind: str,
        what: str,
        changes: Sequence[Change],
        *,
        at: str | None = None,
        key: str | None = None,
    ) -> Entry:
        """Append to the log; ``at`` and ``key`` are those of an entry of another log that is taken over."""
        at, key = at or _now(), key or secrets.token_hex(8)
        payload = json.dumps({"what": what, "changes": changes, "key": key}, ensure_ascii=False)
        row: dict[str, object] = {"at": at, "analyst": analyst, "kind": kind, "payload": payload}
        return Entry(self._insert("decision", row), at, analyst, kind, what, tuple(changes), key)

    def decisions(self) -> list[Entry]:
        """The whole log, oldest first."""
        found = []
        for i, at, analyst, kind, payload in self.db.execute(
            "SELECT id, at, analyst, kind, payload FROM decision ORDER BY id"
        ):
            content = json.loads(payload)
            changes = tuple(Change(*change) for change in content["changes"])
            # entries from before there were keys: the same in every copy of the database
            key = content.get("key") or hashlib.sha256(f"{i}{at}{analyst}{payload}".encode()).hexdigest()[:16]
            found.append(Entry(i, at, analyst, kind, content["what"], changes, key))
        return found

    def values(self, table: str, key: int, columns: Sequence[str]) -> dict[str, Any]:
        """Some values of a row. Raises :class:`NotFound`."""
        names = ", ".join(f'"{column}"' for column in columns)
        row = self.db.execute(f"SELECT {names} FROM {table} WHERE id = ?", [storable(key)]).fetchone()
        if row is None:
            raise NotFound(f"There is no {table} {key}.")
        return dict(zip(columns, row, strict=True))

    def resolve_claim(self, claim_id: int) -> int:
        """The claim that an id stands for today. Raises :class:`NotFound`."""
        return resolve_claim(self.db.conn, claim_id)

    def mention_ids(self, claim_id: int) -> list[int]:
        """The marks under a claim."""
        return [int(i) for (i,) in self.db.execute("SELECT id FROM mention WHERE claim_id = ? ORDER BY id", [claim_id])]

    def saved_as(self, text: str) -> int | None:
        """The claim that was saved in these words."""
        row = self.db.execute("SELECT id FROM claim WHERE text = ? AND tracked_to IS NOT NULL", [text]).fetchone()
        return int(row[0]) if row else None

    def marks_at(
        self, sha256: str, start: int, end: int, holders: Sequence[str], tracked: str | None = None
    ) -> list[int]:
        """The marks of a voice on a stretch of an article; with ``tracked``, its copies under the claim worded so.

        Claims are worded anew: where none is worded so, its only copy is meant, if there is but one.
        """
        sql = (
            "SELECT mention.id, claim.text FROM mention JOIN document ON document.id = mention.document_id"
            ' JOIN claim ON claim.id = mention.claim_id WHERE sha256 = ? AND start = ? AND "end" = ? AND holders = ?'
            " AND mention.tracked = ? ORDER BY mention.id"
        )
        shown = json.dumps(list(holders), ensure_ascii=False)
        rows = self.db.execute(sql, [sha256, start, end, shown, int(tracked is not None)]).fetchall()
        found = [int(i) for i, text in rows if tracked is None or text == tracked]
        return found or [int(i) for i, _ in rows if len(rows) == 1]

    def notes_on(self, table: Literal["claim", "mention"], key: int) -> list[int]:
        """The notes on a claim or a mark, those that do not stand as well."""
        return [int(i) for (i,) in self.db.execute(f"SELECT id FROM note WHERE {table}_id = ? ORDER BY id", [key])]

    def twins(self, mention_id: int, claim_id: int) -> list[int]:
        """The other marks of the same voice in the same sentence that stand under a claim already."""
        sql = (
            "SELECT b.id FROM mention AS a JOIN mention AS b USING (sentence_id, source_id, holders)"
            " WHERE a.id = ? AND b.id != a.id AND b.claim_id = ? ORDER BY b.id"
        )
        return [int(i) for (i,) in self.db.execute(sql, [mention_id, claim_id])]

    def worded_after(self, mention_id: int) -> str:
        """What was said at a mark, as a sentence by itself. Raises :class:`NotFound`."""
        at = self.values("mention", mention_id, ("document_id", "start", "end", "meant"))
        text = at["meant"] or self.values("document", at["document_id"], ("text",))["text"][at["start"] : at["end"]]
        return plain(text) or text

    def source_called(self, key: str) -> int | None:
        """The source that a folded name stands for."""
        row = self.db.execute("SELECT source_id FROM alias WHERE key = ?", [key]).fetchone()
        return int(row[0]) if row else None

    def alias_keys(self, source_id: int) -> list[str]:
        """The folded names of a source."""
        return [
            str(k) for (k,) in self.db.execute("SELECT key FROM alias WHERE source_id = ? ORDER BY key", [source_id])
        ]

    def said_by(self, source_id: int) -> list[int]:
        """The marks of a source."""
        return [
            int(i) for (i,) in self.db.execute("SELECT id FROM mention WHERE source_id = ? ORDER BY id", [source_id])
        ]

    def printed_by(self, source_id: int) -> list[tuple[int, str]]:
        """The documents of an outlet, each with the outlet's name as it stands there."""
        sql = "SELECT id, coalesce(outlet, '') FROM document WHERE source_id = ? ORDER BY id"
        return [(int(i), name) for i, name in self.db.execute(sql, [source_id])]

    def holders_of(self, source_id: int) -> list[tuple[int, int, list[str]]]:
        """The marks of a source, each with its document and its chain of holders as written."""
        sql = "SELECT id, document_id, holders FROM mention WHERE source_id = ? ORDER BY id"
        return [(int(i), int(doc), json.loads(holders)) for i, doc, holders in self.db.execute(sql, [source_id])]

    # -- vectors and judgements

    def vectors(self, hashes: Sequence[str], model: str) -> dict[str, bytes]:
        """Those of the vectors asked for that are stored."""
        sql = "SELECT text_hash, data FROM vector WHERE model = ? AND text_hash IN (SELECT value FROM json_each(?))"
        return dict(self.db.execute(sql, [model, json.dumps(list(hashes))]).fetchall())

    def add_vectors(self, model: str, vectors: dict[str, bytes]) -> None:
        """Keep vectors; one that is there already stays as it is."""
        self.db.conn.executemany(
            "INSERT INTO vector (text_hash, model, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [(key, model, data) for key, data in vectors.items()],
        )

    def judgements(self, hashes: Sequence[str], model: str) -> dict[str, Scored]:
        """Those of the judgements asked for that are stored: (asserts, disputes, neutral, same)."""
        sql = (
            "SELECT pair_hash, asserts, disputes, neutral, same FROM judgement"
            " WHERE model = ? AND pair_hash IN (SELECT value FROM json_each(?))"
        )
        rows = self.db.execute(sql, [model, json.dumps(list(hashes))])
        return {key: (a, d, n, same) for key, a, d, n, same in rows}

    def add_judgements(self, model: str, found: dict[str, Scored]) -> None:
        """Keep judgements; one that is there already stays as it is."""
        self.db.conn.executemany(
            "INSERT INTO judgement (pair_hash, model, asserts, disputes, neutral, same) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            [(key, model, *scores) for key, scores in found.items()],
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
