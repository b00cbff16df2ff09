"""Opening a database file: whose it is, which version, and what stands in the way, as sentences with a way out.

Reading needs SQLite alone, so that the listings and the terminal UI start at once; sqlite-utils, which brings numpy,
is loaded by the first write (``claims.store``).
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from pathlib import Path
from typing import Any

import db
from claims.errors import DatabaseError, NotFound
from claims.standing import contest

BUSY_MS = 10_000

CACHE_KB = 32_768
"""For reading. SQLite's own 2 MB make questions over all of 100,000 marks three times as slow."""


def connect(path: str | Path, *, write: bool = True) -> sqlite3.Connection:
    """Open a database file, making it where ``write`` is set and there is none.

    Raises :class:`DatabaseError`, naming the file and the way out: not a database of ours, locked, read-only, from a
    newer version, missing or empty (where ``write`` is not set).
    """
    path = Path(path)
    if not write and not path.exists():
        raise DatabaseError(f"{path}: no such database. Make one with: claims --db {path} ingest PATH...")
    if path.is_dir():
        raise DatabaseError(f"{path}: is a folder, not a database file. Name a file with --db.")
    try:
        connection = sqlite3.connect(
            _address(path, write), uri=True, timeout=BUSY_MS / 1000, check_same_thread=False, factory=Connection
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.create_function("contest", 4, contest, deterministic=True)
        if not write:
            connection.create_function("span", 3, Spans(connection))
            connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        check(connection, path)
        if not write and not connection.execute("PRAGMA user_version").fetchone()[0]:
            connection.close()
            raise DatabaseError(f"{path}: is an empty file. Make it a database with: claims --db {path} ingest PATH...")
        if not write and 0 < connection.execute("PRAGMA user_version").fetchone()[0] < db.VERSION:
            connection.close()  # an older file gets what it lacks before anything reads it
            connect(path).close()
            return connect(path, write=False)
        if write:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            before = connection.execute("PRAGMA user_version").fetchone()[0]
            db.migrate(connection)
            if 0 < before < db.VERSION:
                _count_anew(connection, path, before)
            if path.exists() and not _writable(connection):
                raise DatabaseError(f"{path}: is read-only. Copy it somewhere you can write, or change its rights.")
        return connection
    except sqlite3.Error as error:
        raise explain(error, path) from error


def _count_anew(connection: sqlite3.Connection, path: Path, before: int) -> None:
    """Fill what a newer schema derives from the marks; stopped half-way, the next opening begins anew."""
    from sqlite_utils import Database

    from claims.store import Store

    connection.execute(f"PRAGMA user_version = {before}")
    Store(Database(connection), path).restand_all()
    connection.execute(f"PRAGMA user_version = {db.VERSION}")


def resolve_claim(connection: sqlite3.Connection, claim_id: int) -> int:
    """The claim that an id stands for today, merges followed. Raises :class:`NotFound`."""
    sql = (
        "WITH RECURSIVE went(id, next) AS (SELECT id, merged_into FROM claim WHERE id = ? UNION"
        " SELECT claim.id, claim.merged_into FROM claim JOIN went ON claim.id = went.next)"
        " SELECT id FROM went WHERE next IS NULL"
    )
    row = connection.execute(sql, [storable(claim_id)]).fetchone()
    if row is None:
        raise NotFound(f"There is no claim {claim_id}. List them with: claims list")
    return int(row[0])


LARGEST = 2**63 - 1


def storable(value: Any) -> Any:
    """A value that somebody typed, as SQLite takes it.

    A number past 64 bits becomes the nearest it knows: no id is as large, no list as long. Lone surrogates, which come
    with an argument that is not UTF-8, become question marks: nothing stored holds them.
    """
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return max(-LARGEST, min(value, LARGEST)) if isinstance(value, int) else value


class Connection(sqlite3.Connection):
    """A connection that can be held weakly."""


class Spans:
    """The SQL function ``span(document_id, start, end)``: a stretch of a document's text.

    SQLite's own substr() ends at a NUL, and walks the text from its beginning each time: minutes for the sentences of
    a text of 5 MB. Texts never change once stored, so the last ones asked for are kept. For reading connections only:
    in a transaction that is rolled back, an id could stand for two texts.
    """

    ROOM = 20_000_000
    """Code points of text kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = weakref.ref(connection)  # which holds this function in turn
        self._texts: dict[int, str] = {}

    def __call__(self, document_id: int, start: int, end: int) -> str:
        """The text from ``start`` to ``end``, in code points."""
        if document_id not in self._texts:
            connection = self._connection()
            assert connection is not None
            (text,) = connection.execute("SELECT text FROM document WHERE id = ?", [document_id]).fetchone()
            if sum(map(len, self._texts.values())) + len(text) > self.ROOM:
                self._texts.clear()
            self._texts[document_id] = text
        return self._texts[document_id][start:end]


def _address(path: Path, write: bool) -> str:
    address = f"{path.absolute().as_uri()}?mode={'rwc' if write else 'ro'}"
    # to read a file with a write-ahead log, SQLite puts two files beside it, even for reading: where it may not, and
    # no writer has them open, the file is read as one that nobody changes
    mine = os.access in os.supports_effective_ids
    closed = not os.access(path.absolute().parent, os.W_OK, effective_ids=mine)
    unused = not Path(f"{path}-wal").exists()
    return f"{address}&immutable=1" if closed and unused and not write else address


def _writable(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
        # SQLite makes that a mere reading transaction on a read-only file, and complains at the first write
        connection.execute(f"PRAGMA user_version = {db.VERSION}")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if "readonly" in str(error):
            return False
        raise
    return True


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is somebody else's or from the future."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and owner != db.APPLICATION_ID:
        raise DatabaseError(f"{path}: is a database of another program. Name another file with --db.")
    if version > db.VERSION:
        raise DatabaseError(
            f"{path}: was written by a newer version (schema {version}, this program knows {db.VERSION})."
            " Update with: pip install --upgrade contested"
        )


def explain(error: sqlite3.Error, path: str | Path) -> DatabaseError:
    """What SQLite says, as a sentence with the way out."""
    said = str(error)
    if "not a database" in said or "malformed" in said:
        return DatabaseError(f"{path}: is not a database file, or is damaged. Name another file with --db.")
    if "locked" in said or "busy" in said:
        return DatabaseError(f"{path}: is in use by another program. Close it, or try again in a moment.")
    if "readonly" in said or "read-only" in said:
        return DatabaseError(f"{path}: is read-only. Copy it somewhere you can write, or change its rights.")
    if "full" in said:
        return DatabaseError(
            f"{path}: the disk is full. Free some space and run the same command again: what is stored stays."
        )
    if "unable to open" in said:
        return DatabaseError(f"{path}: cannot be opened. Does the folder exist, and may you write there?")
    return DatabaseError(f"{path}: {said}")
