"""What every command needs: the database, the options ``--db`` and ``--json``, and ways to print."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

import click
from pydantic import BaseModel

from claims.safe import brief, one_line
from claims.views import Views

F = TypeVar("F", bound=Callable[..., Any])


class Context:
    """The database named on the command line."""

    def __init__(self, database: Path) -> None:
        self.database = database

    @functools.cached_property
    def views(self) -> Views:
        """Read access, opened at first use."""
        return Views.open(self.database)


pass_context = click.make_pass_decorator(Context)


def shared(command: F) -> F:
    """Give a command ``--db`` of its own, so that it may stand before or after the command's name."""

    def remember(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            ctx.ensure_object(Context)
            ctx.obj.database = value

    option = click.option(
        "--db", type=click.Path(path_type=Path, dir_okay=False), expose_value=False, callback=remember, hidden=True
    )
    return option(command)


class Date(click.ParamType):  # type: ignore[type-arg]  # generic only in the stubs of some versions
    """A date, or the year or month alone, or a date and time: what sorts as text."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value as given; wrong usage where it is no date."""
        from claims.changes import as_date

        found = as_date(value)
        if found is None:
            self.fail(f"{value!r} is no date. Write 2024, 2024-06 or 2024-06-30.", param, ctx)
        return found


DATE = Date()
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


def say(message: str) -> None:
    """Talk and progress: to standard error."""
    click.echo(message, err=True)


def say_rest(shown: int, total: int, what: str = "", option: str = "--limit") -> None:
    """Say that a listing goes on, and how to see the rest; ``what`` goes on, where that could be one of several."""
    if total > shown:
        say(f"{what and f'{what}: '}{total - shown} more. See them too with: {option} {total}")


def text_lines(file: IO[str]) -> list[str]:
    """The lines of a file named on the command line. Raises :class:`InputError` where it is not UTF-8."""
    from claims.errors import InputError

    try:
        return list(file)
    except UnicodeDecodeError as error:
        raise InputError(f"{file.name}: is not UTF-8 text. Save it as UTF-8 and try again.") from error


def emit(value: BaseModel | Sequence[Any] | dict[str, Any]) -> None:
    """Data as JSON: to standard output."""

    def plain(item: Any) -> Any:
        return item.model_dump(mode="json") if isinstance(item, BaseModel) else item

    data = [plain(item) for item in value] if isinstance(value, list | tuple) else plain(value)
    # lone surrogates (from damaged JSON input) have no UTF-8: they go out as escapes
    text = json.dumps(data, ensure_ascii=False, indent=2, default=plain)
    try:
        click.echo(text)
    except UnicodeEncodeError:
        click.echo(json.dumps(data, indent=2, default=plain))


def width() -> int:
    """Columns to print in: the terminal's, or room enough where there is none."""
    import shutil

    return max(60, shutil.get_terminal_size((120, 24)).columns) if sys.stdout.isatty() else 160


def table(head: Sequence[str], rows: Iterable[Sequence[object]], flexible: int = -1) -> None:
    """Print aligned columns, of which one (``flexible``) is cut to fit the width."""
    cells = [[one_line(str(cell)) if cell is not None else "" for cell in row] for row in rows]
    flexible %= len(head)
    widths = [max(len(row[i]) for row in [list(head), *cells]) for i in range(len(head))]
    rest = sum(w for i, w in enumerate(widths) if i != flexible) + 2 * (len(head) - 1)
    widths[flexible] = min(widths[flexible], max(20, width() - rest))
    for row in [[click.style(h, bold=True) for h in head], *cells]:
        shown = [brief(c, widths[i]) if i == flexible and row in cells else c for i, c in enumerate(row)]
        pads = [w - len(click.unstyle(c)) for c, w in zip(shown, widths, strict=True)]
        click.echo("  ".join(c + " " * p for c, p in zip(shown, pads, strict=True)).rstrip())


def wrapped(text: str, indent: str) -> None:
    """Print a text in lines of the width, each indented."""
    import textwrap

    click.echo(textwrap.fill(one_line(text), width(), initial_indent=indent, subsequent_indent=indent))
