"""What to look at first when correcting the machine."""

from __future__ import annotations

import click

from claims.cli.common import Context, as_json, emit, pass_context, say, shared, wrapped
from claims.cli.listing import print_mark
from claims.review import left, outcome, queue
from claims.safe import one_line
from claims.stance import REASONS
from claims.standing import STANCES


@click.command()
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="How many.")
@click.option("--offset", type=click.IntRange(min=0), default=0, metavar="N", help="Leave out the first N.")
@as_json
@shared
@pass_context
def review(context: Context, limit: int, offset: int, as_json: bool) -> None:
    """The marks whose correction would change most, unsure ones first. Decide with claims stance or claims split.

    \b
    Example:
      claims review
      claims stance 301 disputes      it disputes; the mark it has confirms it
      claims split 12 301             not this claim
    """
    rows = queue(context.views, limit=limit, offset=offset)
    if as_json:
        emit(rows)
        return
    if not rows:
        say("No mark is left to review here.")
        return
    for n, row in enumerate(rows, offset + 1):
        claim, mark = row.claim, row.mention
        click.secho(f"{n}. [{claim.id}] {one_line(claim.text)}", bold=True)
        print_mark(mark)
        wrapped(f"{mark.stance}, {mark.reason}: {REASONS.get(mark.reason, '')}", "      ")
        others = [f"{stance}: {outcome(row, stance)}" for stance in STANCES if stance != mark.stance]
        wrapped(f"if it {'; if it '.join(others)}", "      ")
    say(f"{left(context.views)} marks to review. Decide with: claims stance NUMBER SIDE, or claims split ID NUMBER")


COMMANDS = (review,)
