"""The filter that needs its whole input: clustering."""

from __future__ import annotations

import json
import sys

import click

from claims.cli.filters import Row, lines


class Least(click.Option):
    """An option whose default is the engine's, asked for when it is needed: with the engine comes numpy."""

    def get_default(self, ctx: click.Context, call: bool = True) -> float:
        """The threshold of :mod:`claims.cluster`."""
        from claims.cluster import LEAST

        return LEAST


@click.command()
@click.option(
    "--least", cls=Least, type=click.FloatRange(0, 1), show_default=True,
    help="Average likeness from which two clusters are one.",
)  # fmt: skip
def cluster(least: float) -> None:
    """Adds "cluster" to lines with "text": the same number for what says the same; null where it recurs nowhere.

    Whichever side they take: a claim and its denial are in one cluster. The whole input is read before the answer.

    \b
    Example:
      claims cluster < sentences.jsonl > clustered.jsonl
    """
    from claims import cluster as engine
    from claims import settings
    from claims.encode import Encoder

    rows: list[Row] = []
    try:
        for row in lines(["text"]):
            rows.append(row)
    finally:
        if rows and not isinstance(sys.exc_info()[1], KeyboardInterrupt):
            texts = [row["text"] for row in rows]
            encode = Encoder(settings.load().encoder).encode
            found = engine.cluster(texts, encode, least=least)
            for row, number in zip(rows, found, strict=True):
                click.echo(json.dumps({**row, "cluster": number}, ensure_ascii=True))
            sys.stdout.flush()


COMMANDS = (cluster,)
