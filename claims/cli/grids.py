"""Commands that set sources against claims (``matrix``) and against one another (``agreement``)."""

from __future__ import annotations

from collections.abc import Sequence

import click

from claims.cli.common import Context, as_json, emit, pass_context, say, say_rest, shared, table
from claims.cli.listing import SIGNS
from claims.matrix import LAYERS, LEAST, Layer, count_comparable, count_rows
from claims.matrix import agreement as agreeing
from claims.matrix import matrix as against
from claims.safe import brief


@click.command()
@click.option(
    "--layer", type=click.Choice(list(LAYERS)), default="said", show_default=True,
    help="; ".join(f"{name}: {what}" for name, what in LAYERS.items()) + ".",
)  # fmt: skip
@click.option(
    "--sources", "n_sources", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="Rows."
)
@click.option(
    "--claims", "n_claims", type=click.IntRange(min=1), default=12, show_default=True, metavar="N", help="Columns."
)
@click.option("--contested", is_flag=True, help="Only contested claims.")
@as_json
@shared
@pass_context
def matrix(context: Context, layer: Layer, n_sources: int, n_claims: int, contested: bool, as_json: bool) -> None:
    """Sources by claims: + asserts, - disputes, ± both, · passes on.

    \b
    Example:
      claims matrix --contested --layer own
    """
    found = against(context.views, layer=layer, sources=n_sources, claims=n_claims, contested=contested)
    if as_json:
        emit(found)
        return
    head = ["SOURCE", *(str(claim.id) for claim in found.claims)]
    rows = [
        [source.name, *(_cell(cell) for cell in cells)]
        for source, cells in zip(found.sources, found.cells, strict=True)
    ]
    table(head, rows, flexible=0)
    click.echo()
    for claim in found.claims:
        click.echo(f"  {claim.id}: {brief(claim.text, 100)}")
    if len(found.sources) == n_sources:
        say_rest(n_sources, count_rows(context.views, found), "Sources", "--sources")
    if len(found.claims) == n_claims:
        say_rest(n_claims, context.views.count_claims(contested=contested), "Claims", "--claims")


def _cell(stances: Sequence[str]) -> str:
    if "asserts" in stances and "disputes" in stances:
        return "±"
    return next((SIGNS[s] for s in ("asserts", "disputes", "reports") if s in stances), "")


@click.command()
@click.option(
    "--min", "least", type=click.IntRange(min=1), default=LEAST, show_default=True, metavar="N",
    help="Claims that two sources must share.",
)  # fmt: skip
@click.option("--sources", type=click.IntRange(min=2), default=60, show_default=True, metavar="N", help="At most.")
@as_json
@shared
@pass_context
def agreement(context: Context, least: int, sources: int, as_json: bool) -> None:
    """How far sources agree beyond chance (Cohen's kappa), over the claims on which both take a side.

    KAPPA is 1 where they always agree, 0 where they agree as often as chance would have it, below 0 where less often;
    "same" where both take only one and the same side, so that chance alone explains everything.

    \b
    Example:
      claims agreement --min 5
    """
    found = agreeing(context.views, least=least, sources=sources)
    if as_json:
        emit(found)
        return
    names = {source.id: source.name for source in found.sources}
    order = sorted(found.pairs, key=lambda p: (p.kappa is None, p.kappa or 0.0, -p.shared))
    if order:
        table(
            ["KAPPA", "ALIKE", "SHARED", "SOURCES"],
            [
                ("same" if p.kappa is None else f"{p.kappa:.2f}", p.alike, p.shared, f"{names[p.a]} × {names[p.b]}")
                for p in order
            ],
        )
    else:
        say(f"No two sources take sides on {found.least} claims or more. Ask for fewer with --min.")
    say_rest(sources, count_comparable(context.views, least=least), "Sources to compare", "--sources")


COMMANDS = (matrix, agreement)
