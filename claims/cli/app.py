"""The group ``claims``: options that all commands share, errors to exit codes, and the bare command."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from claims import __version__
from claims.errors import ClaimsError

COMMANDS = {
    name: module
    for module, names in (
        ("work", "ingest"),
        ("listing", "list show sources compare"),
        ("grids", "matrix agreement"),
        ("times", "timeline changes"),
        ("around", "related origin"),
        ("explaining", "explain models"),
        ("reviewing", "review"),
        ("reporting", "report"),
        ("serving", "serve"),
        ("work", "track search read export eval"),
        ("deciding", "merge split rename move stance pin note alias unalias undo redo log"),
        ("relinking", "relink"),
        ("filters", "attribute detect judge"),
        ("clustering", "cluster"),
    )
    for name in names.split()
}
"""Every command with the module that holds it, in the order in which one needs them. A module is imported when one of
its commands is asked for: the terminal UI, which is the bare command, needs none of them to start."""


class Group(click.Group):
    """A group that turns the engine's errors into one line on standard error and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ClaimsError as error:
            from claims.cli.common import say
            from claims.safe import one_line

            say(one_line(str(error)))
            ctx.exit(1)
        except BrokenPipeError:
            # the reader of our output has gone (``| head``): not an error, but nothing more can be written
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Commands in the order in which one needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, its module imported."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"claims.cli.{COMMANDS[cmd_name]}")
        commands: tuple[click.Command, ...] = module.COMMANDS
        return next(command for command in commands if command.name == cmd_name)


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
    if ctx.invoked_subcommand is None and sys.stdin.isatty() and sys.stdout.isatty():
        import tui

        ctx.exit(tui.run(database))
    from claims.cli.common import Context

    ctx.obj = Context(database)
    if ctx.invoked_subcommand is None:
        from claims.cli import listing

        listing.overview(ctx.obj)
