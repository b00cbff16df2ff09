"""The terminal UI over :class:`claims.views.Views`. Imports ``claims``, never its command line, no model library."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["run"]


def run(database: Path, config: Mapping[str, Any] | None = None) -> int:
    """Open the UI on a database and stay until the user leaves; the exit code.

    A file that is not there yet is no error: the screen says how to make it. Raises
    :class:`claims.errors.DatabaseError` before anything is drawn where the file is there but cannot be used.
    """
    from claims.views import Views
    from tui.app import ContestedApp

    database = Path(database)
    if database.exists():
        Views.open(database).close()
    app = ContestedApp(database, config)
    app.run()
    return app.return_code or 0
