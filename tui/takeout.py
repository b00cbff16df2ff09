"""Writing what a place shows to a file that the user names; a file that is there is replaced only when asked twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel

from claims.errors import ClaimsError, FileThere
from claims.safe import one_line
from claims.views import Views
from tui.data import Stale

if TYPE_CHECKING:
    from tui.app import ContestedApp


class Shown(NamedTuple):
    """What a place shows: a name for the file, a title, and all the rows, also those not in sight."""

    name: str
    title: str
    rows: Callable[[Views], Sequence[BaseModel]]


class Written(NamedTuple):
    """What became of it. ``again``: the name under which a file is there already."""

    told: str
    failed: bool = False
    again: str = ""


def offer(app: ContestedApp, shown: Shown, told: str = "", there: str = "") -> None:
    """Ask for a name, then write; ``there`` is the file that the same name, given again, replaces."""
    from tui.screens.choose import Words

    def named(name: str | None) -> None:
        if name and name.strip():
            app.run_worker(lambda: work(name.strip()), thread=True, group="export", exit_on_error=False)

    def work(name: str) -> None:
        app.call_from_thread(_done, app, shown, _write(app, shown, name, replace=name == there))

    title = told or f"Write {shown.title} to (.md, .csv, .json)"
    app.push_screen(Words(one_line(title)[:100], there or f"{shown.name}.md"), named)


def _write(app: ContestedApp, shown: Shown, name: str, *, replace: bool) -> Written:
    from claims.takeout import write

    try:
        rows = app.reader.ask("export", shown.rows)
        number = write(Path(name).expanduser(), shown.title, rows, replace=replace)
    except FileThere:
        return Written(f"{name} is there: enter replaces it, or another name", again=name)
    except (ClaimsError, Stale) as error:
        return Written(str(error) or "Nothing was written.", failed=True)
    except Exception as error:  # a worker would swallow it, and the user would look for the file
        return Written(f"Nothing was written: {type(error).__name__}: {error}", failed=True)
    return Written(f"{number:,} rows in {Path(name).expanduser()}")


def _done(app: ContestedApp, shown: Shown, what: Written) -> None:
    if what.again:
        offer(app, shown, what.told, what.again)
    else:
        app.notify(one_line(what.told), severity="error" if what.failed else "information", markup=False)
