"""Filters: JSON lines in, the same lines with one answer more out. They stream, and keep order and other fields."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import click

from claims.cli.common import say

BATCH = 256
"""Lines held at a time: enough for the models to sort by length, little enough to start answering soon."""

Row = dict[str, Any]


def lines(needed: Sequence[str]) -> Iterator[Row]:
    """The objects on standard input. A line that is none, or lacks a text field, ends the command with exit code 1."""
    for number, data in enumerate(sys.stdin.buffer, start=1):
        text = data.decode("utf-8", "surrogateescape")
        if not text.strip():
            continue
        try:
            row = json.loads(text)
        except (ValueError, RecursionError) as error:
            _refuse(number, f"is not JSON ({error})")
        if not isinstance(row, dict):
            _refuse(number, "is not a JSON object")
        for name in needed:
            if not isinstance(row.get(name), str):
                _refuse(number, f"has no text in {name!r}")
        yield row


def _refuse(number: int, what: str) -> None:
    sys.stdout.flush()
    say(f"Line {number} of standard input {what}. Correct it and run again; the lines before it are answered.")
    click.get_current_context().exit(1)


def answer(needed: Sequence[str], work: Callable[[list[Row]], Iterable[Row]], batch: int = BATCH) -> None:
    """Print each line with what ``work`` adds to it, batch by batch; what came before a bad line is answered."""
    held: list[Row] = []

    def flush() -> None:
        for row, more in zip(held, work(held), strict=True):
            click.echo(json.dumps({**row, **more}, ensure_ascii=True))
        sys.stdout.flush()
        held.clear()

    try:
        for row in lines(needed):
            held.append(row)
            if len(held) >= batch:
                flush()
    finally:
        if held and not isinstance(sys.exc_info()[1], KeyboardInterrupt):
            flush()


@click.command()
def judge() -> None:
    """Adds "label" (asserts, disputes or neutral) and "scores" to lines with "premise" and "hypothesis".

    \b
    Example:
      claims judge < pairs.jsonl > judged.jsonl
    """
    from claims import settings
    from claims.judge import Judge

    model = Judge(settings.load().judge)

    def work(rows: list[Row]) -> Iterator[Row]:
        for found in model.judge([(row["premise"], row["hypothesis"]) for row in rows]):
            scores = {"asserts": found.asserts, "disputes": found.disputes, "neutral": found.neutral}
            yield {"label": found.label, "scores": {name: round(value, 4) for name, value in scores.items()}}

    answer(["premise", "hypothesis"], work)


@click.command()
def attribute() -> None:
    """Adds "attributions" (source, cue, content, polarity: offsets into "text") to lines with "text".

    \b
    Example:
      claims attribute < articles.jsonl > attributed.jsonl
    """
    from claims import settings
    from claims.models import Span
    from claims.voices import VoiceReader

    reader = VoiceReader(settings.load().voices)

    def pair(span: Span | None) -> list[int] | None:
        return None if span is None else [span.start, span.end]

    def work(rows: list[Row]) -> Iterator[Row]:
        for row in rows:
            yield {
                "attributions": [
                    {
                        "source": pair(a.source), "cue": pair(a.cue), "content": [pair(c) for c in a.content],
                        "polarity": a.polarity,
                    }
                    for a in reader.attribute(row["text"])
                ]
            }  # fmt: skip

    answer(["text"], work, batch=1)


@click.command()
def detect() -> None:
    """Adds "is_claim" and "score" to lines with "text": could another source agree with it or dispute it?

    \b
    Example:
      claims detect < sentences.jsonl > detected.jsonl
    """
    from claims.detect import Detector

    detector = Detector()

    def work(rows: list[Row]) -> Iterator[Row]:
        for found in detector.detect([row["text"] for row in rows]):
            yield {"is_claim": found.is_claim, "score": round(found.score, 4)}

    answer(["text"], work)


COMMANDS = (attribute, detect, judge)
