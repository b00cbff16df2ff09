"""Commands that look around: claims near a claim (``related``), and where an article's text comes from (``origin``)."""

from __future__ import annotations

from itertools import groupby

import click

from claims.cli.common import Context, as_json, emit, pass_context, say, say_rest, shared, table
from claims.related import nearby
from claims.reprints import printings
from claims.safe import one_line


@click.command()
@click.argument("claim_id", metavar="ID", type=int)
@click.option("--limit", type=click.IntRange(min=1), default=15, show_default=True, metavar="N", help="How many.")
@as_json
@shared
@pass_context
def related(context: Context, claim_id: int, limit: int, as_json: bool) -> None:
    """Claims near one: in meaning, by the vectors stored with it (no model is loaded), and by sources on both.

    \b
    Example:
      claims related 12
    """
    found, total = nearby(context.views, claim_id, limit=limit)
    if as_json:
        emit(found)
        return
    if not found:
        say("No claim is near it.")
        return
    for group, rows in groupby(found, lambda r: r.group):
        click.secho(group, bold=True)
        table(
            ["ID", "NEAR", "SOURCES", "STANDING", "CLAIM"],
            [
                (r.claim.id, "?" if r.near is None else f"{r.near:.2f}", r.sources, r.claim.standing, r.claim.text)
                for r in rows
            ],
        )
    say_rest(limit, total)


@click.command()
@click.argument("document_id", metavar="ARTICLE", type=int)
@as_json
@shared
@pass_context
def origin(context: Context, document_id: int, as_json: bool) -> None:
    """What is known of an article, and every article that prints the same text. ARTICLE is a document_id.

    \b
    Example:
      claims origin 3
    """
    document, printed = context.views.document(document_id), printings(context.views, document_id)
    if as_json:
        emit({"article": document, "printings": printed.model_dump(mode="json") if printed else None})
        return
    for name, value in document.model_dump().items():
        click.echo(f"{name:10} {one_line(str(value)) if value is not None else 'not known'}")
    if printed is None:
        click.echo("No other article read prints this text.")
        return
    click.secho("Printed by:", bold=True)
    table(
        ["ARTICLE", "", "DATE", "VIA", "OUTLET"],
        [
            (d.id, "origin" if d.id == printed.origin.id else "reprint", d.published or "?", d.via or "", d.outlet)
            for d in (printed.origin, *printed.reprints)
        ],
    )


COMMANDS = (related, origin)
