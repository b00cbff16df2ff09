"""Commands that work: ingest, track, search, read, export, eval. The engine loads inside them, never at start."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claims.cli.common import Context, as_json, emit, pass_context, say, shared, text_lines, wrapped
from claims.cli.listing import SIDES, SIGNS, print_hits, search_words
from claims.errors import InputError, Stopped
from claims.models import Statement, Step
from claims.safe import brief, one_line

if TYPE_CHECKING:
    from pydantic import BaseModel

    from claims.encode import Encoder
    from claims.judge import Judge
    from claims.pipeline import OnStep
    from claims.settings import Settings
    from claims.track import Tracked


@contextmanager
def progress() -> Iterator[OnStep | None]:
    """A bar with stage, count, rate and time left, on standard error; nothing where that is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.text import Text

    columns = (
        TextColumn("{task.description}"), BarColumn(bar_width=30), MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"), TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[note]}", markup=False),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def on_step(step: Step) -> None:
            if step.stage not in tasks:
                tasks[step.stage] = bar.add_task(step.stage, total=step.total, rate="", note="")
            task = bar.tasks[bar.task_ids.index(tasks[step.stage])]
            rate = f"{task.speed:.1f}/s" if task.speed else ""
            note = Text(brief(f"{step.doing} {step.note}".strip(), 50)).plain
            bar.update(task.id, completed=step.done, total=step.total, rate=rate, note=note)

        yield on_step


@contextmanager
def stoppable() -> Iterator[list[int]]:
    """The first Ctrl-C asks for a stop after the document at hand; the second one stops at once."""
    asked: list[int] = []

    def ask(number: int, _: object) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        say("Stopping after this document (Ctrl-C again: at once) ...")

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


STATED = ("outlet", "via", "author", "title", "published", "url")
"""Metadata that can be stated on the command line."""


def _stated(command: Any) -> Any:
    for name in reversed(STATED):
        command = click.option(f"--{name}", help=f"The {name} of every article named, over what they say.")(command)
    return command


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_stated
@click.option(
    "--sources", "book", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="What is known of outlets: names, domains, families. By default sources.toml, where there is one.",
)  # fmt: skip
@click.option(
    "--field", "fields", multiple=True, metavar="OURS=THEIRS",
    help="A column or key of CSV and JSON lines, such as text=body; outlet, author, title, date, url are guessed.",
)  # fmt: skip
@click.option("--allow-private", is_flag=True, help="Let addresses lead into the local network.")
@click.option("--json", "as_json", is_flag=True, help="Print each step, and at the end the report, as a line of JSON.")
@shared
@pass_context
def ingest(
    context: Context,
    /,
    paths: tuple[str, ...],
    book: Path | None,
    fields: tuple[str, ...],
    allow_private: bool,
    as_json: bool,
    **stated: str | None,
) -> None:
    """Read articles: files, folders, globs, addresses, or - for standard input. What is stored already is skipped.

    Reads text, Markdown with front matter, web pages, PDF, Word, mail, JSON lines, CSV, feeds, WARC, and zips of these.

    \b
    Example:
      claims ingest articles/ "more/*.md"
    """
    from claims import settings
    from claims.pipeline import Pipeline
    from claims.read import Given, Sources, documents, load_sources
    from claims.store import Store

    _check_date(stated["published"])
    chosen = settings.load()
    options = {
        "limit": chosen.max_bytes,
        "given": Given(**stated),
        "fields": dict(_pair(field) for field in fields),
        "sources": load_sources(book or SOURCES) if book or SOURCES.is_file() else Sources(),
        "allow_private": allow_private,
    }
    store = Store.open(context.database)
    try:
        with _telling(as_json) as on_step, stoppable() as asked:
            found, total = documents(paths, **options)
            report = Pipeline(store, chosen).ingest(
                found, total=total, on_step=on_step, should_stop=lambda: bool(asked)
            )
    except KeyboardInterrupt:
        raise Stopped("Stopped. What was read whole is stored; the same command goes on from there.") from None
    finally:
        store.close()
    if as_json:
        _line(report)
    if report.stopped:
        count = report.stored + report.known
        raise Stopped(f"Stopped after {count} documents. The same command goes on from here.")
    already = f", {report.known} known already" if report.known else ""
    noun = "document" if report.stored == 1 else "documents"
    say(f"{report.stored} {noun} stored{already}. Look at them with: claims --db {context.database}")
    if report.problems:
        inputs = "1 input was" if len(report.problems) == 1 else f"{len(report.problems)} inputs were"
        say(f"{inputs} not stored: see above.")
        click.get_current_context().exit(1)


def _check_date(published: str | None) -> None:
    """Refuse a date that is none: it would stand over what the articles themselves say."""
    from claims.read.dates import impossible, parse_date

    if published is not None and (impossible(published) or parse_date(published) is None):
        raise click.BadParameter(
            f"{published!r} is no date. Write 2024, 2024-06 or 2024-06-30.", param_hint="--published"
        )


@contextmanager
def _telling(as_json: bool) -> Iterator[OnStep]:
    """Steps for people, or as lines of JSON. A problem is told when it is met: no stop, no crash may lose it."""
    if as_json:
        yield _line
        return
    with progress() as bar:

        def on_step(step: Step) -> None:
            if told := step.problem.message if step.problem else step.doubt:
                say(one_line(told))
            if bar:
                bar(step)

        yield on_step


def _line(value: BaseModel) -> None:
    click.echo(json.dumps(value.model_dump(mode="json")))  # ASCII: half a surrogate pair in a path has no UTF-8


SOURCES = Path("sources.toml")


def _pair(field: str) -> tuple[str, str]:
    ours, equals, theirs = field.partition("=")
    if not (ours and equals and theirs):
        raise click.BadParameter(f"{field!r} is not OURS=THEIRS, such as text=body", param_hint="--field")
    return ours, theirs


@click.command()
@click.argument("texts", nargs=-1, metavar="TEXT...")
@click.option(
    "--from-file", type=click.File(encoding="utf-8"), help="Take claims from a file, one a line; - is standard input."
)
@click.option("--save", is_flag=True, help="Keep the claim, pinned, with its marks; each later ingest keeps it up.")
@as_json
@shared
@pass_context
def track(context: Context, texts: tuple[str, ...], from_file: Any, save: bool, as_json: bool) -> None:
    """A claim in your own words: who asserts it and who disputes it, in which sentences.

    The answer holds doubtful voices too, surest first. A claim that is kept with --save gets those marks that the rules
    of ingest let stand. To stop keeping it up: claims pin ID --off.

    \b
    Example:
      claims track "Relations between the two countries are strained."
    """
    lines = text_lines(from_file) if from_file else []
    wanted = [*texts, *(line.strip() for line in lines if line.strip())]
    if not wanted or not all(text.strip() for text in wanted):
        raise click.UsageError(
            'Name a claim in words, such as "The port will close.", or a file of claims with --from-file.'
        )
    from claims import settings
    from claims.encode import Encoder
    from claims.judge import Judge
    from claims.track import Tracker

    chosen = settings.load()
    encoder, judge = Encoder(chosen.encoder), Judge(chosen.judge)
    tracker = Tracker(context.views, encoder, judge)
    answers = map(tracker.track, wanted)  # one by one, so that each is printed as soon as it is there
    if as_json:
        emit([
            {"claim": text, "mentions": [mention.model_dump(mode="json") for mention in found]}
            for text, found in zip(wanted, answers, strict=True)
        ])  # fmt: skip
    else:
        for text, found in zip(wanted, answers, strict=True):
            click.secho(one_line(text), bold=True)
            _sides(found)
    if tracker.passed_over:
        say(tracker.passed_over)
    if save:
        _save(context, chosen, encoder, judge, wanted)


def _save(context: Context, chosen: Settings, encoder: Encoder, judge: Judge, texts: list[str]) -> None:
    from claims.pipeline import Pipeline
    from claims.store import Store

    context.views.close()
    store = Store.open(context.database)
    try:
        pipeline = Pipeline(store, chosen, encoder=encoder, judge=judge)
        for text in dict.fromkeys(texts):
            claim_id, done = pipeline.track(text)
            if done is None:
                say(f"Claim {claim_id} keeps it already. See its marks with: claims show {claim_id}")
            else:
                say(f"{done.id}: kept as claim {claim_id}. See its marks with: claims show {claim_id}")
    finally:
        store.close()


def _sides(found: list[Tracked]) -> None:
    if not found:
        click.echo("  Nobody takes a side on it.")
    for stance, title, colour in SIDES:
        mine = [t for t in found if t.stance == stance]
        if mine:
            click.echo(f"  {click.style(title, fg=colour, bold=True)}")
        for t in mine:
            by = " ▸ ".join([t.outlet, *t.holders])
            click.echo(f"  {SIGNS[stance]} {one_line(by)} ({t.published or 'no date'}) [{t.score:.2f}]")
            wrapped(f"“{t.sentence}”", "      ")


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--exact", is_flag=True, help="Full text alone: no model is loaded.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="How many.")
@as_json
@shared
@pass_context
def search(context: Context, words: tuple[str, ...], exact: bool, limit: int, as_json: bool) -> None:
    """Sentences by full text and meaning together.

    \b
    Example:
      claims search coal imports
    """
    query = " ".join(words)
    if exact:
        search_words(context.views, query, limit, as_json)
        return
    from claims import settings
    from claims.encode import Encoder
    from claims.search import search as find
    from claims.search import unlike

    encoder = Encoder(settings.load().encoder)
    nothing = "No sentence holds all of that, or is near to it in meaning. Try fewer words, or a whole sentence."
    print_hits(find(context.views, encoder, query, limit), as_json, nothing)
    if passed_over := unlike(context.views, encoder.name):
        say(passed_over)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="TEXTFILE...")
@as_json
@shared
@pass_context
def read(context: Context, files: tuple[str, ...], as_json: bool) -> None:
    """Reading alone: metadata, sentences, which are claims, and who says them. Needs no database.

    \b
    Example:
      claims read article.txt --json
    """
    from claims import settings
    from claims.read import documents
    from claims.sentences import split
    from claims.voices import VoiceReader

    chosen = settings.load()
    voices = VoiceReader(chosen.voices)
    readings, failed = [], False
    for item in documents(files, limit=chosen.max_bytes)[0]:
        if isinstance(item, InputError):
            say(one_line(str(item)))
            failed = True
            continue
        reading = voices.read(item, split(item))
        readings.append(reading)
        if as_json:
            continue
        document = reading.document
        if document.doubt:
            say(one_line(document.doubt))
        about = ", ".join(filter(None, (document.outlet, document.author, document.published, document.title)))
        click.secho(f"{one_line(document.path)}: {one_line(about) or 'nothing known about it'}", bold=True)
        for sentence in reading.sentences:
            said = [s for s in reading.statements if s.sentence_index == sentence.index]
            who = "; ".join(" ▸ ".join(s.holders) + _turned(s) for s in said if s.holders)
            kind = "#" if sentence.kind == "heading" else "!" if sentence.is_claim else " "
            wrapped(f"{kind} {sentence.text}" + (f"  [{who}]" if who else ""), "  ")
    if as_json:
        emit([r.model_dump(mode="json", exclude={"document": {"text"}}) for r in readings])
    if failed:
        click.get_current_context().exit(1)


def _turned(said: Statement) -> str:
    """What the cue makes of what is said, where that is not to assert it."""
    if said.polarity == "asserts":
        return ""
    return " (denies)" if said.factuality == "plain" else " (takes no side)"


@click.command()
@click.option(
    "--format", "format_", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="The form to write."
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="The folder to write.",
)
@shared
@pass_context
def export(context: Context, format_: str, output: Path) -> None:
    """Write documents, sentences, claims and mentions as JSON lines.

    \b
    Example:
      claims export --format jsonl --output out
    """
    from claims.export import jsonl

    counts = jsonl(context.views, output)
    say(f"{output}: " + ", ".join(f"{count} {name}" for name, count in counts.items()))


@click.command("eval")
@click.option(
    "--gold", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True, metavar="DIR",
    help="Annotated articles: documents.json, sentences.jsonl, holders.json, claims.SPLIT.json, pairs.SPLIT.jsonl.",
)  # fmt: skip
@click.option("--split", default="dev", show_default=True, help="Which part of the annotations.")
@click.option(
    "--articles", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR",
    help="Where the annotated articles are; by default the folder seeds beside the gold.",
)  # fmt: skip
@as_json
def evaluate(gold: Path, split: str, articles: Path | None, as_json: bool) -> None:
    """Score the tool's own reading of annotated articles. All figures are in [0, 1]; higher is better.

    \b
    Example:
      claims eval --gold tests/gold --articles seeds
    """
    from claims import settings
    from claims.evaluate import flatten, run

    with progress() as on_step:
        report = run(gold, articles or gold.parent / "seeds", settings.load(), split=split, on_step=on_step)
    if as_json:
        click.echo(json.dumps(report, indent=2))
        return
    for name, value in flatten(report):
        click.echo(f"{name:48} {'-' if value is None else value}")


COMMANDS = (ingest, track, search, read, export, evaluate)
