"""Commands that look: overview, list, show, sources, compare; and how found sentences are printed.

Only ``list --like`` loads a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import click

from claims.cli.common import DATE, Context, as_json, emit, pass_context, say, say_rest, shared, table, wrapped
from claims.cli.explaining import print_explanation
from claims.explain import explain as reasons
from claims.figures import figures
from claims.models import SourceKind
from claims.narrow import FACETS, Narrowing, facet
from claims.narrow import reasons as known_reasons
from claims.notes import notes
from claims.plural import plural
from claims.rows import ClaimRow, Hits, MentionRow, SourceClaim
from claims.safe import one_line
from claims.sides import Sides, sides, told
from claims.views import Order, Views

SIDES = (("asserts", "Asserted by", "green"), ("disputes", "Disputed by", "red"), ("reports", "Passed on by", "yellow"))
SIGNS = {"asserts": "+", "disputes": "-", "reports": "·"}


def claims_table(rows: Sequence[ClaimRow]) -> None:
    """Claims with their counts, one a line."""
    table(
        ["ID", "STANDING", "ASSERT", "DISPUTE", "REPORT", "OUTLETS", "LAST SEEN", "CLAIM"],
        [
            (
                r.id,
                r.standing,
                r.asserting,
                r.disputing,
                r.reporting,
                r.outlets,
                r.last_seen or "?",
                r.text,
            )
            for r in rows
        ],
    )


def print_mark(mention: MentionRow) -> None:
    """One mark with its sentence: who, where, when, in which words."""
    by = " ▸ ".join([mention.outlet, *mention.holders])
    hand = ", set by hand" if mention.by_hand else ""
    when = mention.published or "no date"
    click.echo(f"  {SIGNS[mention.stance]} {one_line(by)} ({when}) [{mention.score:.2f}{hand}] #{mention.id}")
    wrapped(f"“{mention.sentence}”", "      ")


def _sides(mentions: Sequence[MentionRow], *, reports: bool = True, most: int = 1000) -> None:
    for stance, title, colour in SIDES:
        mine = [m for m in mentions if m.stance == stance]
        if not mine or (stance == "reports" and not reports):
            continue
        click.echo(f"  {click.style(title, fg=colour, bold=True)}")
        for mention in mine[:most]:
            print_mark(mention)
        if len(mine) > most:
            click.echo(f"    … and {len(mine) - most} more")


def _stands(claim: ClaimRow, standing: Sides) -> str:
    """Where a claim stands, with its score; where it is not contested, why not."""
    if claim.contested:
        return f"contested, score {claim.contest_score:.2f}"
    both = next((voice.source for voice in standing.voices if voice.stance == "both"), "")
    why = {
        "two-sided": f"both sides are one voice, {both}",
        "denied": "nobody asserts it",
        "reported": "nobody takes a side",
    }
    return f"{claim.standing}, not contested: {why.get(claim.standing, 'nobody disputes it')}"


def _print_standing(standing: Sides) -> None:
    """How firm the contest is, why it is disputed, who changed sides, and whether one person is behind it all."""
    if standing.flips:
        marks = plural(standing.flips, "mark")
        wrapped(
            f"Score {standing.low:.2f} to {standing.high:.2f} (90 %); contested with a chance of {standing.chance:.2f};"
            f" no more so if {marks} proved wrong",
            "  ",
        )
    if standing.reasons:
        wrapped(f"Disputed by: {', '.join(f'{reason} {n}' for reason, n in standing.reasons.items())}", "  ")
    for voice in standing.voices:
        if voice.reversal:
            wrapped(f"Changed sides: {voice.source}: {voice.turned}", "  ")
    if standing.lone_voice:
        wrapped(f"Lone voice: every path ends at {standing.lone_voice}", "  ")


def overview(context: Context) -> None:
    """The bare command without a terminal: how much there is, and the contested claims with both sides' sentences."""
    views = context.views
    counts = views.overview()
    click.echo(
        f"{counts.documents} documents, {counts.sentences} sentences, {counts.sources} sources;"
        f" {counts.recurring} recurring claims, {counts.contested} contested."
    )
    if not counts.documents:
        click.echo("Nothing is stored yet. Read articles with: claims ingest PATH...")
        return
    rows = views.claims(limit=12, contested=True)
    for row in rows:
        click.echo()
        click.secho(f"[{row.id}] {one_line(row.text)}", bold=True)
        _sides(views.mentions(row.id), reports=False, most=3)
    others = [r for r in views.claims(limit=30) if not r.contested][:10]
    if others:
        click.echo("\nAlso recurring, not contested:")
        claims_table(others)
    click.echo("\nOne claim whole: claims show ID. All of them: claims list. The terminal UI: claims, on a terminal.")


@click.command("list")
@click.option("--contested", is_flag=True, help="Only claims that some assert and others dispute.")
@click.option("--pinned", is_flag=True, help="Only claims that you pinned.")
@click.option("--unreviewed", is_flag=True, help="Only claims of which you decided on no mark and no wording.")
@click.option("--source", metavar="NAME", help="Only claims on which this source speaks, or is quoted.")
@click.option("--outlet", metavar="NAME", help="Only claims in this outlet's articles.")
@click.option("--holder", metavar="NAME", help="Only claims on which this one is quoted.")
@click.option("--reason", metavar="REASON", help="Only claims disputed for this reason: number, denial ...")
@click.option(
    "--period", type=DATE, metavar="DATE", help="Only claims in articles of this year or month (2024, 2024-06)."
)
@click.option("--topic", metavar="WORD", help="Only claims with this word in their wording.")
@click.option(
    "--since", type=DATE, metavar="DATE", help="Only claims seen on or after this date (2024, 2024-06, 2024-06-30)."
)
@click.option(
    "--new-since", type=DATE, metavar="DATE", help="Only claims that no ingest before this date (in UTC) had met."
)
@click.option(
    "--newly-contested", type=DATE, metavar="DATE",
    help="Only claims that are contested, and were not by what the ingests before this date (in UTC) had stored.",
)  # fmt: skip
@click.option("--words", help="Only claims with these words in their wording or sentences.")
@click.option("--like", metavar="TEXT", help="Like --words, and also claims near TEXT in meaning.")
@click.option("--all", "everything", is_flag=True, help="Also claims met only once, or within another.")
@click.option("--facets", is_flag=True, help="How many of the claims each outlet, holder, reason ... has.")
@click.option(
    "--order", type=click.Choice(["contested", "sources", "recent", "first", "text", "id"]), default="contested",
    show_default=True, help="What comes first.",
)  # fmt: skip
@click.option("--reverse", is_flag=True, help="The same order from its other end.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, metavar="N", help="How many.")
@click.option("--offset", type=click.IntRange(min=0), default=0, metavar="N", help="Leave out the first N.")
@as_json
@shared
@pass_context
def list_(
    context: Context, facets: bool, like: str | None, order: Order, reverse: bool, limit: int, offset: int,
    as_json: bool, **narrowing: Unpack[Narrowing],
) -> None:  # fmt: skip
    """The recurring claims, most contested first.

    \b
    Example:
      claims list --contested --since 2024
      claims list --outlet "NK News" --facets
    """
    views = context.views
    _check_reason(views, narrowing.get("reason"))
    if like:
        narrowing["words"], narrowing["near"] = like, _near(views, like)
    if facets:
        _facets(views, limit, as_json, narrowing)
        return
    rows = views.claims(order=order, reverse=reverse, limit=limit, offset=offset, **narrowing)
    if as_json:
        emit(rows)
    elif rows:
        claims_table(rows)
        if len(rows) == limit:
            say_rest(len(rows), views.count_claims(**narrowing) - offset)
    elif offset and (total := views.count_claims(**narrowing)):
        say(f"--offset {offset} leaves out all claims that fit: {total}.")
    else:
        say("No claim fits. See all, also those met once, with: claims list --all")


def _check_reason(views: Views, reason: str | None) -> None:
    """Refuse a reason that no mark can have."""
    if reason is not None and reason not in (known := known_reasons(views)):
        raise click.BadParameter(f"{reason!r} is no reason. There are: {', '.join(known)}.", param_hint="--reason")


def _near(views: Views, text: str) -> list[int]:
    from claims import settings
    from claims.encode import Encoder
    from claims.search import Nearest, unlike

    encoder = Encoder(settings.load().encoder)
    if passed_over := unlike(views, encoder.name):
        say(passed_over)
    return Nearest(views, encoder).claims(text)


def _facets(views: Views, limit: int, as_json: bool, narrowing: Narrowing) -> None:
    more = 0 if as_json else 1  # so as to know whether there are more
    found = {name: facet(views, name, limit=limit + more, **narrowing) for name in FACETS}
    if as_json:
        emit({name: [value.model_dump() for value in values] for name, values in found.items()})
        return
    for name, values in found.items():
        click.secho(name, bold=True)
        for value in values[:limit]:
            click.echo(f"  {value.claims:>7,}  {one_line(value.name)}")
        if len(values) > limit:
            click.echo(f"  … the first {limit}; more with --limit")


@click.command()
@click.argument("claim_id", metavar="ID", type=int)
@click.option("--explain", is_flag=True, help="Say of each mark why it stands there.")
@as_json
@shared
@pass_context
def show(context: Context, claim_id: int, explain: bool, as_json: bool) -> None:
    """One claim: who asserts it, who disputes it, who passes it on, with every sentence.

    \b
    Example:
      claims show 12
    """
    views = context.views
    claim, mentions, noted = views.claim(claim_id), views.mentions(claim_id), notes(views, claim_id)
    standing = sides(views, claim_id)
    if as_json:
        emit(
            {
                "claim": claim,
                "mentions": [m.model_dump(mode="json") for m in mentions],
                "standing": standing.model_dump(mode="json"),
                "figures": [f.model_dump(mode="json") for f in figures(views, claim_id)],
                "notes": [n.model_dump(mode="json") for n in noted],
            }
        )
        return
    click.secho(f"[{claim.id}] {one_line(claim.text)}", bold=True)
    seen = f"{claim.first_seen or '?'} to {claim.last_seen or '?'}"
    printed = f"{plural(claim.outlets, 'outlet')}, {plural(claim.origins, 'origin')}"
    wrapped(f"{_stands(claim, standing)}; {printed}; seen {seen}", "  ")
    if claim.within is not None:
        wrapped(f"What is said on it is mostly said on claim {claim.within} too, which lists show in its place.", "  ")
    _print_standing(standing)
    for figure in figures(views, claim_id):
        when = figure.published or "no date"
        click.echo(f"  Number: {one_line(figure.text)}, {one_line(figure.source)} ({when}) #{figure.mention_id}")
    for note in noted:
        on = f" on #{note.mention_id}" if note.mention_id else ""
        wrapped(f"Note by {note.analyst}{on}, {note.at[:10]}: {note.text}", "  ")
    if explain:
        for mention in mentions:
            click.echo()
            print_mark(mention)
            print_explanation(reasons(views, mention.id))
    else:
        _sides(mentions)


@click.command()
@click.argument("name", required=False)
@click.option(
    "--kind", type=click.Choice(["outlet", "person", "institution", "state", "group", "unnamed", "document"]),
    help="Only sources of this kind.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, metavar="N", help="How many.")
@as_json
@shared
@pass_context
def sources(context: Context, name: str | None, kind: SourceKind | None, limit: int, as_json: bool) -> None:
    """Outlets and holders: on how many claims they take which side or changed it, how many of their marks were checked
    and corrected by hand; with NAME, what that one says.

    \b
    Example:
      claims sources
      claims sources "Global Times"
    """
    views = context.views
    if name is not None:
        one, said = views.source(name), views.source_claims(name, limit=limit)
        if as_json:
            emit({"source": one, "claims": [c.model_dump(mode="json") for c in said]})
            return
        known_as = f" (also {', '.join(one.aliases)})" if one.aliases else ""
        body = f", speaks for {one.speaks_for}" if one.speaks_for else ""
        click.secho(one_line(f"{one.name}, {one.kind}{body}{known_as}"), bold=True)
        table(
            ["ID", "SAYS", "TIMES", "LAST SEEN", "CLAIM"],
            [(c.claim_id, _says(c), c.mentions, c.last_seen or "?", c.text) for c in said],
        )
        say_rest(len(said), one.claims)
        return
    rows = views.sources(kind=kind, limit=limit)
    if as_json:
        emit(rows)
        return
    table(
        ["ID", "KIND", "ASSERTS", "DISPUTES", "REPORTS", "REVERSED", "CHECKED", "CORRECTED", "DOCUMENTS", "NAME"],
        [
            (r.id, r.kind, r.asserts, r.disputes, r.reports, r.reversed, r.checked, r.corrected, r.documents,
             _with_aliases(r.name, r.aliases))
            for r in rows
        ],
    )  # fmt: skip
    say_rest(len(rows), views.count_sources(kind=kind))


def _says(said: SourceClaim) -> str:
    """The sides it takes; with dates where it changed them."""
    return told(said.course) or " and ".join(said.stances)


def _with_aliases(name: str, aliases: Sequence[str]) -> str:
    return f"{name} (also {', '.join(aliases)})" if aliases else name


@click.command()
@click.argument("a")
@click.argument("b")
@as_json
@shared
@pass_context
def compare(context: Context, a: str, b: str, as_json: bool) -> None:
    """Where two sources agree, disagree, and where only one of them speaks.

    \b
    Example:
      claims compare "Global Times" "NK News"
    """
    found = context.views.compare(a, b)
    if as_json:
        emit(found)
        return
    first, second = one_line(found.a.name), one_line(found.b.name)
    for title, rows in (
        (f"{first} and {second} agree", found.agree),
        (f"{first} and {second} disagree", found.disagree),
        (f"Only {first} takes a side", found.only_a),
        (f"Only {second} takes a side", found.only_b),
    ):
        click.secho(f"{title}: {len(rows)}", bold=True)
        for row in rows:
            click.echo(f"  [{row.id}] {one_line(row.text)}")


def search_words(views: Views, words: str, limit: int, as_json: bool) -> None:
    """Print sentences that hold all the words."""
    ids = views.holding(words)
    nothing = "No sentence holds all of that. Without --exact, search looks by meaning too."
    print_hits(Hits(views.hits(ids[:limit]), len(ids)), as_json, nothing)


def print_hits(found: Hits, as_json: bool, nothing: str) -> None:
    """Sentences that were found, with their claims; for people, ``nothing`` says that none was."""
    if as_json:
        emit(found.hits)
        return
    if found.hits and not any(hit.holds for hit in found.hits):
        say("No sentence holds all of these words; what follows is only near in meaning.")
    for hit in found.hits:
        ids = ", ".join(map(str, hit.claim_ids)) or "-"
        near = "" if hit.holds else "; only near in meaning"
        click.echo(f"  {one_line(hit.outlet)} ({hit.published or 'no date'}), claims {ids}{near}")
        wrapped(hit.text, "      ")
    if not found.hits:
        say(nothing)
    say_rest(len(found.hits), found.total)


COMMANDS = (list_, show, sources, compare)
