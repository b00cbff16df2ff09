"""The command that derives everything anew: relink."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from claims.cli.common import Context, as_json, emit, pass_context, say, shared
from claims.cli.work import progress
from claims.errors import Stopped
from claims.safe import one_line

if TYPE_CHECKING:
    from claims.relink import Relinked


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would move; nothing is written.")
@as_json
@shared
@pass_context
def relink(context: Context, dry_run: bool, as_json: bool) -> None:
    """Derive the recurring claims of all that is stored anew, with the models and settings in force now.

    For when another encoder or judge is set, or another threshold: links, wordings and marks become those that an
    ingest of the same articles would give. Articles are not read again. A claim keeps its id where most of its
    statements stay together; the id of one that vanishes answers with the claim that took most of them. What you
    decided stays: claims that you worded, or put mentions into, keep what they have, marks set by hand keep their
    side. Saved claims are left alone.

    Stopped half-way, nothing has changed; until it is done, nothing else can write to the database. claims undo takes
    it back whole, as long as it is the last decision; decisions from before it can only be undone after that.

    \b
    Example:
      claims relink --dry-run
      claims relink
    """
    from claims import settings
    from claims.pipeline import Pipeline
    from claims.relink import relink as work
    from claims.relink import summary
    from claims.store import Store

    context.views.close()  # opened for reading: says so if there is no such database, instead of making one
    store = Store.open(context.database)
    try:
        with progress() as on_step:
            found = work(Pipeline(store, settings.load()), dry_run=dry_run, on_step=on_step)
    except KeyboardInterrupt:
        raise Stopped("Stopped. Nothing has changed.") from None
    finally:
        store.close()
    if as_json:
        emit(found)
    else:
        _print(found)
    say(f"{summary(found)}.")
    if found.decision:
        say(f"Decision {found.decision.id}. Take it back with: claims undo")


def _print(found: Relinked) -> None:
    lines = [f"new       {o.id} <- {_ids(o.of)}: {o.text}" for o in found.opened]
    lines += [f"gone      {g.id} -> {g.into}: {g.text}" for g in found.gone]
    lines += [f"merged    {j.id} <- {_ids(j.of)}: {j.text}" for j in found.merged]
    lines += [f"split     {p.id} -> {_ids(p.into)}: {p.text}" for p in found.split]
    lines += [f"reworded  {r.id}: {r.before} => {r.after}" for r in found.reworded]
    lines += [f"moved     #{m.mention_id} {m.before} -> {m.after}: {m.text}" for m in found.moved]
    lines += [f"mark      #{m.mention_id} of {m.claim_id} {m.before} -> {m.after}: {m.text}" for m in found.marks]
    for line in lines:
        click.echo(one_line(line))


def _ids(ids: tuple[int, ...]) -> str:
    return ", ".join(map(str, ids))


COMMANDS = (relink,)
