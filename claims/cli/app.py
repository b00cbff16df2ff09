"""The group ``claims``: options that all commands share, errors to exit codes, and the bare command."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from claims import __version__
from claims.cli import (
    around,
    clustering,
    deciding,
    explaining,
    filters,
    grids,
    listing,
    reporting,
    reviewing,
    serving,
    times,
    work,
)
from claims.cli.common import Context, say
from claims.errors import ClaimsError
from claims.safe import one_line


class Group(click.Group):
    """A group that turns the engine's errors into one line on standard error and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ClaimsError as error:
            say(one_line(str(error)))
            ctx.exit(1)
        except BrokenPipeError:
            # the reader of our output has gone (``| head``): not an error, but nothing more can be written
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Commands in the order in which one needs them."""
        return list(self.commands)


@click.group(
    cls=Group,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--db", "database", type=click.Path(path_type=Path, dir_okay=False), envvar="CLAIMS_DB", default="claims.db",
    show_default=True, help="The database: one investigation, one file. Also: CLAIMS_DB.",
)  # fmt: skip
@click.version_option(__version__, prog_name="contested")
@click.pass_context
def main(ctx: click.Context, database: Path) -> None:
    """Who says what: recurring claims, who asserts and who disputes each, and the sentence behind every mark.

    Without a command it opens the terminal UI, or prints the overview where there is no terminal.

    \b
    Example:
      claims ingest articles/     read articles
      claims                      look at what they claim
    """
    ctx.obj = Context(database)
    if ctx.invoked_subcommand is None:
        if sys.stdin.isatty() and sys.stdout.isatty():
            import tui

            ctx.exit(tui.run(database))
        listing.overview(ctx.obj)


for command in (
    *work.COMMANDS[:1],
    *listing.COMMANDS,
    *grids.COMMANDS,
    *times.COMMANDS,
    *around.COMMANDS,
    *explaining.COMMANDS,
    *reviewing.COMMANDS,
    *reporting.COMMANDS,
    *serving.COMMANDS,
    *work.COMMANDS[1:],
    *deciding.COMMANDS,
    *filters.COMMANDS,
    *clustering.COMMANDS,
):
    main.add_command(command)
