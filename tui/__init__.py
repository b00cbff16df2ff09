"""The terminal UI over :class:`claims.views.Views`. Imports ``claims``, never its command line, no model library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

__all__ = ["is_local", "run", "serve"]


def run(database: Path, config: Mapping[str, Any] | None = None) -> int:
    """Open the UI on a database and stay until the user leaves; the exit code.

    ``config`` is the UI's part of the settings; without it they are read. A file that is not there yet is no error:
    the screen says how to make it. Raises :class:`claims.errors.DatabaseError` before anything is drawn where the
    file is there but cannot be used.
    """
    from claims import settings
    from tui.app import ContestedApp

    database = Path(database)
    _check(database)
    app = ContestedApp(database, {"keys": settings.load().keys} if config is None else config)
    app.run()
    return app.return_code or 0


def serve(database: Path, host: str, port: int, token: str, ready: Callable[[str], None]) -> None:
    """The same UI in a browser, until interrupted; ``ready`` is told the address to open.

    ``token`` may be empty only where ``host`` is this machine's own. ``port`` 0 takes any that is free. Raises
    :class:`claims.errors.UsageProblem` where the address cannot be used, and as :func:`run` does.
    """
    from claims.errors import UsageProblem
    from tui.server import Contested, listen

    if not token and not is_local(host):
        raise UsageProblem(f"{host} can be reached from other machines: a token is needed.")
    _check(database)
    with listen(host, port) as listening:
        Contested(database, host, listening.getsockname()[1], token, ready).run(listening)


def is_local(host: str) -> bool:
    """Whether a server bound to ``host`` can be reached from this machine alone."""
    from contextlib import suppress
    from ipaddress import ip_address

    if host.lower() == "localhost":
        return True
    with suppress(ValueError):
        return ip_address(host.strip("[]")).is_loopback
    return False


def _check(database: Path) -> None:
    from claims.views import Views

    if database.exists():
        Views.open(database).close()
