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
        self._open: list[Views] = []
        self._asking: dict[str, tuple[object, Views]] = {}

    @property
    def missing(self) -> bool:
        """Whether there is no database file yet."""
        return not self.database.exists()

    def views(self) -> Views:
        """This thread's own connection. Raises :class:`claims.errors.DatabaseError`."""
        found: Views | None = getattr(self._local, "views", None)
        if found is None:
            found = self._local.views = Views.open(self.database)
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
            views = self.views()
            with self._busy(kind, object(), views):
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
        """Give the file back."""
        with self._lock:
            for views in self._open:
                with suppress(sqlite3.Error):
                    views.close()
            self._open.clear()
