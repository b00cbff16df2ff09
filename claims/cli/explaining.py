"""What is behind the marks: why one stands (``explain``, ``show --explain``), and by which ``models``."""

from __future__ import annotations

import click

from claims.cli.common import Context, as_json, emit, pass_context, shared, wrapped
from claims.explain import Explanation, Scores
from claims.explain import explain as reasons
from claims.safe import one_line


@click.command()
@click.argument("mention_id", metavar="MENTION", type=int)
@as_json
@shared
@pass_context
def explain(context: Context, mention_id: int, as_json: bool) -> None:
    """Why a mark stands as it does, and what would turn it. MENTION is the number after # in "claims show".

    \b
    Example:
      claims explain 57
    """
    found = reasons(context.views, mention_id)
    if as_json:
        emit(found)
    else:
        print_explanation(found)


def print_explanation(found: Explanation) -> None:
    """One explanation, a line a part."""
    hand = ", set by hand" if found.by_hand else ""
    cue = found.cue or ("none found" if found.holders else "none: the document's own voice")
    lines = [
        ("mark", f"{found.stance}, {found.score:.2f}{hand}"),
        ("reason", f"{found.reason}: {found.meaning}"),
        ("premise", found.premise),
        ("hypothesis", found.hypothesis),
        ("near", "" if found.near is None else f"{found.near:.2f}: likeness and shared words"),
        ("own claim", f"{found.own[0]}: {found.own[1]}" if found.own else ""),
        ("context", found.context or ""),
        ("cue", f"{cue} ({found.polarity}, {found.factuality})"),
        ("judge", found.judge or "was not asked"),
        ("there", _scores(found.there)),
        ("back", _scores(found.back)),
        ("evened out", _evened(found)),
    ]
    signs = {True: "yes", False: "no", None: "-"}
    lines += [("check", f"{c.name}: {signs[c.passed]}; {c.detail}") for c in found.checks]
    lines += [("turns", flip) for flip in found.flips]
    for name, value in lines:
        if value:
            wrapped(f"{name}: {value}", "        ")


def _evened(found: Explanation) -> str:
    if found.evened is None or found.taken is None or found.taken.but_for is None:
        return ""
    one, other = found.evened
    return f"{one!r} and {other!r}: one says the other with {found.taken.but_for:.2f}"


def _scores(scores: Scores | None) -> str:
    if scores is None:
        return ""
    return f"asserts {scores.asserts:.2f}, disputes {scores.disputes:.2f}, neither {scores.neutral:.2f}"


@click.command()
@as_json
@shared
def models(as_json: bool) -> None:
    """The encoder, voice reader and judge in use: where they are, their hash, size and scores.

    \b
    Example:
      claims models
    """
    from claims import settings
    from claims.installed import models as installed

    found = installed(settings.load())
    if as_json:
        emit(found)
        return
    for model in found:
        size = "not on this machine yet" if model.bytes is None else f"{model.bytes / 1e6:.0f} MB"
        click.secho(one_line(f"{model.role}: {model.name or model.where}"), bold=True)
        wrapped(model.problem or f"{model.where}, {size}, SHA-256 {model.sha256 or 'not known'}", "  ")
        if model.scores:
            wrapped("; ".join(f"{name} {value:g}" for name, value in model.scores.items()), "  ")


COMMANDS = (explain, models)
