"""Commands that look at claims over time: their ``timeline``, and the ``changes`` that ingests brought."""

from __future__ import annotations

import click

from claims.changes import changes as changed
from claims.changes import last_ingest
from claims.cli.common import DATE, Context, as_json, emit, pass_context, say, say_rest, shared, wrapped
from claims.cli.listing import claims_table, print_mark
from claims.plural import plural
from claims.safe import one_line
from claims.timeline import SCALES, Row, Scale, claim_timeline
from claims.timeline import timeline as timelines


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
    click.echo(f"Since {since}, {plural(found.documents, 'article was', 'articles were')} read.")
    _title("Newly contested", found.newly_contested_count, limit)
    if found.newly_contested:
        claims_table(found.newly_contested)
    _title("Changed sides", found.reversals_count, limit)
    for reversal in found.reversals:
        click.echo(f"  [{reversal.claim.id}] {one_line(reversal.claim.text)}")
        click.echo(f"      {one_line(reversal.voice.source)}: {reversal.voice.turned}")
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


@click.command()
@click.argument("claim_id", metavar="[ID]", type=int, required=False)
@click.option("--by", type=click.Choice(SCALES), help="The finest that fits, where none is named.")
@click.option("--contested", is_flag=True, help="Only contested claims.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="Claims.")
@as_json
@shared
@pass_context
def timeline(
    context: Context, claim_id: int | None, by: Scale | None, contested: bool, limit: int, as_json: bool
) -> None:
    """Claims over time: who said each first, who later, who changed sides. With ID: every voice on that claim.

    In a period, +2 -1 ·3 stands for two marks that assert, one that disputes and three that pass on.

    \b
    Example:
      claims timeline --contested --by month
      claims timeline 12
    """
    if claim_id is not None:
        one = claim_timeline(context.views, claim_id, scale=by)
        if as_json:
            emit(one)
            return
        click.secho(f"[{one.claim.id}] {one_line(one.claim.text)}", bold=True)
        for row in one.voices:
            who = f"{one_line(row.voice.source)} ({row.voice.stance}{', changed sides' if row.voice.reversal else ''})"
            click.echo(f"  {row.voice.first_seen or 'no date'}  {who}")
            _row(row)
        return
    found = timelines(context.views, scale=by, contested=contested, limit=limit)
    if as_json:
        emit(found)
        return
    for claim in found.claims:
        click.secho(f"[{claim.claim.id}] {one_line(claim.claim.text)}", bold=True)
        for first in claim.firsts:
            click.echo(f"  first {first.stance}: {one_line(first.source)} ({first.published})")
        for voice in claim.reversals:
            click.echo(f"  changed sides: {one_line(voice.source)}: {voice.turned}")
        _row(claim)
    if len(found.claims) == limit:
        say_rest(limit, context.views.count_claims(contested=contested))
    if not found.claims:
        say("No claim recurs yet. See all, also those met once, with: claims list --all")


def _row(row: Row) -> None:
    cells = [
        f"{at} {' '.join(f'{sign}{n}' for sign, n in zip('+-·', row.cells[at], strict=True) if n)}"
        for at in sorted(row.cells)
    ]
    cells += [f"undated {row.undated}"] if row.undated else []
    wrapped("; ".join(cells), "      ")


COMMANDS = (timeline, changes)
