"""The whole pipeline over annotated articles, in a scratch database, and its score."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from claims.errors import InputError
from claims.evaluate.data import Gold
from claims.models import Step
from claims.settings import Settings

if TYPE_CHECKING:
    from claims.pipeline import OnStep, Pipeline


def run(
    gold: Path, articles: Path | None, settings: Settings, *, split: str = "dev", on_step: OnStep | None = None
) -> dict[str, Any]:
    """Read the annotated articles, export, track the canonical wordings, and score all of it.

    The articles are looked for in ``articles``, in the gold folder, and in a folder ``seeds`` beside it or above it.
    Raises :class:`InputError` where one is missing or cannot be read.
    """
    from claims.pipeline import Pipeline
    from claims.store import Store

    truth = Gold(gold, split)
    files = find(truth, gold, articles)
    with TemporaryDirectory(prefix="claims-eval-") as scratch:
        store = Store.open(Path(scratch) / "scratch.db")
        try:
            return score(Pipeline(store, settings), files, truth, gold, split, Path(scratch), on_step)
        finally:
            store.close()


def find(truth: Gold, gold: Path, articles: Path | None) -> list[Path]:
    """The files of the annotated articles, in the order of the annotations."""
    folders = [*([articles] if articles else []), gold, gold.parent / "seeds", gold.parent.parent / "seeds"]
    found, missing = [], []
    for name in truth.files:
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        found.append(path) if path else missing.append(name)
    if missing:
        rest = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise InputError(f"{missing[0]}{rest}: no such article in {folders[0]}. Name their folder with --articles DIR.")
    return [path for path in found if path]


def score(
    pipeline: Pipeline, files: list[Path], truth: Gold, gold: Path, split: str, scratch: Path, on_step: OnStep | None
) -> dict[str, Any]:
    """Ingest ``files`` into the pipeline's (empty) database, export and track, and score what came out."""
    from claims.evaluate import evaluate
    from claims.export import jsonl
    from claims.read import documents
    from claims.track import tracked
    from claims.views import Views

    items, total = documents([str(path) for path in files], limit=pipeline.settings.max_bytes)
    report = pipeline.ingest(items, total=total, on_step=on_step)
    unread = [problem.message for problem in report.problems if not problem.skipped]
    if unread:
        raise InputError(unread[0])
    wordings = [str(claim["canonical"]) for claim in truth.claims]
    answers = []
    views = Views.open(pipeline.store.path)
    try:
        jsonl(views, scratch / "export")
        for number, found in enumerate(tracked(views, pipeline.encoder, pipeline.judge, wordings)):
            if on_step:
                on_step(Step(stage="track", done=number + 1, total=len(wordings)))
            mentions = [mention.model_dump(mode="json") for mention in found]
            answers.append({"claim": wordings[number], "mentions": mentions})
    finally:
        views.close()
    path = scratch / "tracked.json"
    path.write_text(json.dumps(answers), encoding="utf-8")
    return evaluate(scratch / "export", gold, split, path)
