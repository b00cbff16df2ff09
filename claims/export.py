"""A database as four files of JSON lines: documents, sentences, claims, mentions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from claims.errors import InputError
from claims.views import Views

ROWS = {
    "documents": """SELECT id, path, url, outlet, via, author, title, published, language, sha256
        FROM document ORDER BY id""",
    # of several voices in one sentence, the one that says most of it
    "sentences": """SELECT sentence.document_id, sentence.idx AS "index", sentence.start, sentence."end",
        span(document.id, sentence.start, sentence."end") AS text, sentence.is_claim,
        coalesce((SELECT mention.holders FROM mention WHERE mention.sentence_id = sentence.id
                  AND mention.reason != 'quotes' ORDER BY mention."end" - mention.start DESC, mention.id LIMIT 1), '[]')
            AS holders
        FROM sentence JOIN document ON document.id = sentence.document_id ORDER BY sentence.id""",
    "claims": """SELECT claim.id, claim.text, standing.contested, standing.contest_score, standing.asserting,
        standing.disputing, standing.reporting, standing.origins, standing.first_seen, standing.last_seen, claim.pinned
        FROM claim JOIN standing ON standing.claim_id = claim.id WHERE claim.merged_into IS NULL ORDER BY claim.id""",
    "mentions": """SELECT mention.claim_id, mention.document_id, sentence.idx AS sentence_index, mention.start,
        mention."end", span(document.id, mention.start, mention."end") AS text,
        mention.holders, mention.stance, mention.score, mention.by_hand, mention.tracked AS copy
        FROM mention JOIN sentence ON sentence.id = mention.sentence_id
        JOIN document ON document.id = mention.document_id ORDER BY mention.id""",
}
"""What goes into each file, in order of id."""

FLAGS = ("is_claim", "contested", "pinned", "by_hand", "copy")


def jsonl(views: Views, output: Path) -> dict[str, int]:
    """Write ``documents.jsonl``, ``sentences.jsonl``, ``claims.jsonl`` and ``mentions.jsonl`` into a folder.

    Returns the rows written by file. Equal databases give equal bytes. Raises :class:`InputError` where the folder
    cannot be written.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        return {name: _write(output / f"{name}.jsonl", _rows(views, sql)) for name, sql in ROWS.items()}
    except OSError as error:
        raise InputError(
            f"{output}: cannot be written ({error.strerror}). Name another folder with --output."
        ) from error


def _rows(views: Views, sql: str) -> Iterator[dict[str, Any]]:
    for row in views.stream(sql):
        if "holders" in row:
            row["holders"] = json.loads(row["holders"])
        yield {name: bool(value) if name in FLAGS else value for name, value in row.items()}


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> int:
    # beside, then into place: a full disk or a stop never leaves half a file under the real name
    part = path.with_suffix(".part")
    count = 0
    with part.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    part.replace(path)
    return count
