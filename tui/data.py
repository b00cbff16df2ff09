"""Reading the database from worker threads: one :class:`claims.views.Views` a thread; stale questions are stopped."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from claims.errors import ClaimsError, DatabaseError
from claims.views import Views

T = TypeVar("T")


class Stale(Exception):
    """A newer question of the same kind took this one's place."""


class Reader:
    """Answers questions about one database file, from any thread."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: list[tuple[Views, threading.Lock]] = []
        self._closed = False
        self._asking: dict[str, tuple[object, Views]] = {}

    @property
    def missing(self) -> bool:
        """Whether there is no database file yet, or one that nothing was ever written to."""
        return not self.database.exists() or self.void

    @property
    def void(self) -> bool:
        """Whether the file is there and holds not one byte: SQLite takes that for a database without tables."""
        return self.database.is_file() and self.database.stat().st_size == 0

    def _mine(self) -> tuple[Views, threading.Lock]:
        """This thread's own connection, and the lock that is held while it answers.

        Raises :class:`claims.errors.DatabaseError`.
        """
        found: tuple[Views, threading.Lock] | None = getattr(self._local, "mine", None)
        if found is None:
            found = self._local.mine = (Views.open(self.database), threading.Lock())
            with self._lock:
                self._open.append(found)
        return found

    @contextmanager
    def _busy(self, kind: str, ticket: object, views: Views) -> Iterator[None]:
        with self._lock:
            self._asking[kind] = (ticket, views)
        try:
            yield
        finally:
            with self._lock:
                if self._asking.get(kind, (None,))[0] is ticket:
                    del self._asking[kind]

    def ask(self, kind: str, question: Callable[[Views], T]) -> T:
        """Answer ``question``. Raises :class:`ClaimsError` with a line fit to show, :class:`Stale` when interrupted."""
        try:
            views, answering = self._mine()
            with answering, self._busy(kind, object(), views):
                if self._closed:
                    raise Stale
                return question(views)
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise Stale from error
            raise self._explained(error) from error
        except sqlite3.Error as error:
            raise self._explained(error) from error

    def _explained(self, error: sqlite3.Error) -> ClaimsError:
        from claims.database import explain

        found = explain(error, self.database)
        return found if isinstance(found, ClaimsError) else DatabaseError(str(error))

    def interrupt(self, kind: str) -> None:
        """Stop the question of this kind that is being answered, if there is one."""
        with self._lock:
            asked = self._asking.pop(kind, None)
            if asked is not None:
                asked[1].interrupt()

    def close(self) -> None:
        """Give the file back. A connection that is closed under a running question takes the whole program with it,
        so questions are stopped first; one that does not stop within two seconds keeps its connection."""
        self._closed = True
        with self._lock:
            given, self._open = self._open, []
        for views, answering in given:
            for _ in range(40):
                views.interrupt()
                if answering.acquire(timeout=0.05):
                    with suppress(sqlite3.Error):
                        views.close()
                    answering.release()
                    break
