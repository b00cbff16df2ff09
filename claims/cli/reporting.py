"""The command ``report``: the contested claims as one page for people without a terminal."""

from __future__ import annotations

from pathlib import Path

import click

from claims.cli.common import Context, pass_context, say, say_rest, shared


@click.command()
@click.option(
    "--html", "target", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), required=True, metavar="FILE",
    help="The page to write; - prints it.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, metavar="N", help="At most.")
@shared
@pass_context
def report(context: Context, target: Path, limit: int) -> None:
    """The contested claims with both sides' sentences, as one web page that needs no server.

    \b
    Example:
      claims report --html contested.html
    """
    from claims.report import html

    page = html(context.views, limit=limit)
    if str(target) == "-":
        click.echo(page, nl=False)
    else:
        _write(target, page)
    # the page says only that claims are left out: who reads it has no option to set
    say_rest(limit, context.views.count_claims(contested=True))


def _write(target: Path, page: str) -> None:
    from claims.errors import InputError

    try:
        target.write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror}). Name another file with --html.") from error
    say(f"Wrote {target}. Open it in any browser.")


COMMANDS = (report,)
