"""The schema of a database of claims: migrations are the only DDL, ``schema.sql`` is generated from them.

``db`` knows nothing of the engine; the engine's statements over data are in ``claims.store`` and ``claims.views``.
"""

from __future__ import annotations

import sqlite3

APPLICATION_ID = 0x434C4D53
"""``CLMS``: says whose file this is (see ``pragma application_id``)."""

VERSION = 12
"""``pragma user_version``: the number of migrations. A file with a higher one was written by a newer program."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to :data:`VERSION`: a new file gets the whole schema, an older one what it lacks.

    Writes nothing where there is nothing to do, so that a database on a read-only disk can be opened.
    """
    if connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
        return
    from sqlite_utils import Database

    from db.migrations import MIGRATIONS

    MIGRATIONS.apply(Database(connection))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def dump() -> str:
    """The schema that the migrations make, as SQL text, in the order of creation."""
    import re

    connection = sqlite3.connect(":memory:")
    migrate(connection)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    shadow = re.compile(
        r"_fts_(data|idx|docsize|config|content)$|sqlite_"
    )  # made by SQLite and sqlite-utils themselves
    head = "-- Generated from db/migrations.py by `python -m db`; do not edit.\n\n"
    return head + "\n\n".join(f"{sql.strip()};" for name, sql in rows if not shadow.search(name)) + "\n"
