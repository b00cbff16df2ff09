"""Commands that look at claims over time: what ``changes`` brought."""

from __future__ import annotations

import click

from claims.changes import changes as changed
from claims.changes import last_ingest
from claims.cli.common import DATE, Context, as_json, emit, pass_context, say, shared
from claims.cli.listing import claims_table, print_mark, turned
from claims.safe import one_line


@click.command()
@click.option(
    "--since", type=DATE, metavar="DATE", help="In UTC (2024, 2024-06, 2024-06-30); without it: the last ingest."
)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, metavar="N", help="Of each.")
@as_json
@shared
@pass_context
def changes(context: Context, since: str | None, limit: int, as_json: bool) -> None:
    """What the ingests since a date brought: newly contested claims, reversals, new marks on pinned claims, new claims.

    \b
    Example:
      claims changes --since 2024-06-30
    """
    views = context.views
    since = since or last_ingest(views)
    if since is None:
        say("Nothing is stored yet. Read articles with: claims ingest PATH...")
        return
    found = changed(views, since, limit=limit)
    if as_json:
        emit(found)
        return
    articles = "1 article was" if found.documents == 1 else f"{found.documents} articles were"
    click.echo(f"Since {since}, {articles} read.")
    _title("Newly contested", found.newly_contested_count, limit)
    if found.newly_contested:
        claims_table(found.newly_contested)
    _title("Changed sides", found.reversals_count, limit)
    for reversal in found.reversals:
        click.echo(f"  [{reversal.claim.id}] {one_line(reversal.claim.text)}")
        click.echo(f"      {one_line(turned(reversal.voice))}")
    _title("New marks on pinned claims", found.pinned_count, limit)
    for mention in found.pinned:
        click.echo(f"  [{mention.claim_id}]")
        print_mark(mention)
    _title("New claims that recur", found.new_count, limit)
    if found.new:
        claims_table(found.new)


def _title(title: str, count: int, limit: int) -> None:
    more = f" (the first {limit}; more with --limit)" if count > limit else ""
    click.secho(f"\n{title}: {count}{more}", bold=True)


COMMANDS = (changes,)
