"""Commands by which the analyst decides: each is an entry of the log, can be undone, and holds through every ingest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from claims.cli.common import Context, as_json, emit, pass_context, say, shared, table, text_lines
from claims.safe import one_line

if TYPE_CHECKING:
    from claims.decisions import Decision, Decisions
    from claims.store import Store


@contextmanager
def _store(context: Context) -> Iterator[Store]:
    from claims.store import Store

    context.views.close()  # opened for reading: says so if there is no such database, instead of making one
    store = Store.open(context.database)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _decisions(context: Context) -> Iterator[Decisions]:
    from claims.decisions import Decisions

    with _store(context) as store:
        yield Decisions(store)


def _decide(context: Context, decide: Callable[[Decisions], Decision]) -> None:
    with _decisions(context) as decisions:
        done = decide(decisions)
    say(one_line(f"{done.id}: {done.kind} {done.what}. Take it back with: claims undo"))


@click.command()
@click.argument("into", type=int, metavar="INTO")
@click.argument("others", type=int, nargs=-1, required=True, metavar="ID...")
@shared
@pass_context
def merge(context: Context, into: int, others: tuple[int, ...]) -> None:
    """Make several claims one: the IDs go into INTO, and answer with it for ever.

    What came under another wording is judged anew against it, here and in split, rename and move; a side that you set
    with claims stance stays.

    \b
    Example:
      claims merge 12 40 41
    """
    _decide(context, lambda d: d.merge(into, others))


@click.command()
@click.argument("claim_id", type=int, metavar="ID")
@click.argument("mentions", type=int, nargs=-1, required=True, metavar="MENTION...")
@click.option("--text", help="How the new claim reads; by default it is worded after the first mention.")
@shared
@pass_context
def split(context: Context, claim_id: int, mentions: tuple[int, ...], text: str | None) -> None:
    """Take mentions out of a claim into a new one. Mentions are numbered in claims show ID.

    \b
    Example:
      claims split 12 301 305
    """
    _decide(context, lambda d: d.split(claim_id, mentions, text))


@click.command()
@click.argument("claim_id", type=int, metavar="ID")
@click.argument("text")
@shared
@pass_context
def rename(context: Context, claim_id: int, text: str) -> None:
    """Word a claim yourself; no ingest words it otherwise afterwards.

    \b
    Example:
      claims rename 12 "The port will close."
    """
    _decide(context, lambda d: d.rename(claim_id, text))


@click.command()
@click.argument("mention", type=int)
@click.argument("claim_id", type=int, metavar="ID")
@shared
@pass_context
def move(context: Context, mention: int, claim_id: int) -> None:
    """Put a mention under another claim. Which side it takes there is judged anew.

    \b
    Example:
      claims move 301 14
    """
    _decide(context, lambda d: d.move(mention, claim_id))


@click.command()
@click.argument("mention", type=int)
@click.argument("side", type=click.Choice(["asserts", "disputes", "reports"]))
@shared
@pass_context
def stance(context: Context, mention: int, side: str) -> None:
    """Say which way a mention goes; no model overrules it.

    \b
    Example:
      claims stance 301 disputes
    """
    _decide(context, lambda d: d.stance(mention, side))  # type: ignore[arg-type]


@click.command()
@click.argument("claim_id", type=int, metavar="ID")
@click.option("--off", is_flag=True, help="Let it go again.")
@shared
@pass_context
def pin(context: Context, claim_id: int, off: bool) -> None:
    """Keep a claim in every list, even if it does not recur.

    \b
    Example:
      claims pin 12
    """
    _decide(context, lambda d: d.pin(claim_id, pinned=not off))


@click.command()
@click.argument("number", type=int, metavar="ID")
@click.argument("text")
@click.option("--mention", is_flag=True, help="ID is a mention's, not a claim's.")
@shared
@pass_context
def note(context: Context, number: int, text: str, mention: bool) -> None:
    """Note something on a claim, or on one of its mentions. claims show ID prints it.

    \b
    Example:
      claims note 12 "Ask the ministry for the contract."
      claims note --mention 301 "Same words as the press release."
    """
    where = {"mention_id": number} if mention else {"claim_id": number}
    _decide(context, lambda d: d.note(text, **where))


@click.command()
@click.argument("name")
@click.argument("of", metavar="OF")
@shared
@pass_context
def alias(context: Context, name: str, of: str) -> None:
    """Say that NAME is OF: two names of one source.

    \b
    Example:
      claims alias "the Deputy Secretary" "Kurt Campbell"
    """
    _decide(context, lambda d: d.alias(name, of))


@click.command()
@click.argument("name")
@shared
@pass_context
def unalias(context: Context, name: str) -> None:
    """Say that NAME is a source of its own, not the one it was taken for.

    \b
    Example:
      claims unalias "Caitlin Campbell"
    """
    _decide(context, lambda d: d.unalias(name))


@click.command()
@click.option("--to", "entry", type=int, metavar="ID", help="Take back every decision after entry ID of the log.")
@shared
@pass_context
def undo(context: Context, entry: int | None) -> None:
    """Take back the last decision that stands.

    \b
    Example:
      claims undo
    """
    with _decisions(context) as decisions:
        if entry is not None:
            say(f"{len(decisions.undo_to(entry))} decisions undone.")
            return
        done = decisions.undo()
    say(one_line(f"{done.id}: undone, {done.what}. Make it stand again with: claims redo"))


@click.command()
@shared
@pass_context
def redo(context: Context) -> None:
    """Make the last undone decision stand again.

    \b
    Example:
      claims redo
    """
    with _decisions(context) as decisions:
        done = decisions.redo()
    say(one_line(f"{done.id}: stands again, {done.what}"))


@click.command()
@click.option("--export", "output", type=click.File("w", encoding="utf-8", lazy=True), metavar="FILE",
              help="Write the log for another analyst; - is standard output.")  # fmt: skip
@click.option("--merge", "theirs", type=click.File(encoding="utf-8"), metavar="FILE",
              help="Take over the log that another analyst exported.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="With --merge: only say what would be done.")
@as_json
@shared
@pass_context
def log(context: Context, output: Any, theirs: Any, dry_run: bool, as_json: bool) -> None:
    """Every decision, oldest first; an undone one is marked.

    Two analysts who read the same articles, each in a database of their own, can put their decisions together: one
    exports, the other merges. What the two decided differently stays as it is here and is listed; exit code 1 then.

    \b
    Example:
      claims log
      claims log --export mine.jsonl
      claims log --merge theirs.jsonl --dry-run
    """
    if (dry_run and not theirs) or (output and theirs):
        raise click.UsageError("--dry-run goes with --merge, and --export without it.")
    if output:
        _export(context, output)
        return
    if theirs:
        _merge(context, theirs, dry_run, as_json)
        return
    with _decisions(context) as decisions:
        entries = decisions.log()
    if as_json:
        emit(entries)
        return
    table(
        ["ID", "AT", "BY", "KIND", "", "WHAT"],
        [
            (e.id, e.at, e.analyst, e.kind, "" if e.standing or e.kind in ("undo", "redo") else "undone", e.what)
            for e in entries
        ],
    )


def _export(context: Context, output: Any) -> None:
    from claims.logs import portable

    with _store(context) as store:
        lines = portable(store)
    for line in lines:
        output.write(line.model_dump_json(exclude_defaults=True) + "\n")
    say(f"{len(lines)} decisions written. Take them over elsewhere with: claims log --merge FILE")


def _merge(context: Context, theirs: Any, dry_run: bool, as_json: bool) -> None:
    from claims.joining import merge
    from claims.logs import read

    lines = read(text_lines(theirs), theirs.name)
    with _store(context) as store:
        before = max((entry.id for entry in store.decisions()), default=0)
        found = merge(store, lines, dry_run=dry_run)
    if as_json:
        emit(found)
    for conflict in () if as_json else found.conflicts:
        click.echo(one_line(f"conflict on {conflict.about}"))
        click.echo(one_line(f"  here:  {conflict.ours}"))
        click.echo(one_line(f"  there: {conflict.theirs}"))
    for what in () if as_json else found.missing:
        click.echo(one_line(f"not here: {what}"))
    say(f"{len(found.taken)} decisions {'would be ' if dry_run else ''}taken over, {found.known} known already,"
        f" {found.undone} undone there, {len(found.conflicts)} in conflict,"
        f" {len(found.missing)} on what is not in this database.")  # fmt: skip
    if found.taken and not dry_run:
        say(f"Take them back with: claims undo --to {before}")
    if found.conflicts or found.missing:
        click.get_current_context().exit(1)


COMMANDS = (merge, split, rename, move, stance, pin, note, alias, unalias, undo, redo, log)
