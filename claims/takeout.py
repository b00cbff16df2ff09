"""A listing as a file for other programs and people: Markdown, CSV or JSON, by the ending of its name."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from claims.errors import FileThere, InputError, UsageProblem
from claims.safe import one_line

Record = dict[str, Any]


def write(path: Path, title: str, rows: Sequence[BaseModel], *, replace: bool = False) -> int:
    """Write rows to a file that is not there yet, or in place of the one that is with ``replace``; how many there are.

    Raises :class:`UsageProblem` for an ending that stands for no format, :class:`FileThere` where it would replace a
    file unasked, :class:`InputError` where it cannot be written.
    """
    if path.suffix.lower() not in FORMATS:
        raise UsageProblem(f"{path}: end the name in {', '.join(FORMATS)}, which says the format.")
    text = FORMATS[path.suffix.lower()](title, [row.model_dump(mode="json") for row in rows])
    fresh = path.with_name(f"{path.name}.new{os.getpid()}")
    try:
        if path.exists() and not replace:
            raise FileThere(f"{path}: is there already.")
        # a name of its own first, so that a full disk does not cost the file that is there
        fresh.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written ({error.strerror}). Name another file.") from error
    return len(rows)


def flat(row: Record, prefix: str = "") -> Record:
    """A row with parts as one without: ``mention.sentence``; lists become one text."""
    found: Record = {}
    for name, value in row.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            found[prefix + name] = "; ".join(
                " ".join(map(str, v.values())) if isinstance(v, dict) else str(v) for v in value
            )
        else:
            found[prefix + name] = value
    return found


def _markdown(title: str, rows: Sequence[Record]) -> str:
    shown = [flat(row) for row in rows]
    head = list(shown[0]) if shown else []

    def cell(value: Any) -> str:
        text = one_line("" if value is None else str(value))
        for character in "\\|`<[*_":
            text = text.replace(character, f"\\{character}")
        return text

    lines = [f"# {cell(title)}", "", f"{len(shown)} rows.", ""]
    if shown:
        lines += [f"| {' | '.join(map(cell, head))} |", f"|{' --- |' * len(head)}"]
        lines += [f"| {' | '.join(cell(row[name]) for name in head)} |" for row in shown]
    return "\n".join(lines) + "\n"


def _csv(_: str, rows: Sequence[Record]) -> str:
    shown = [flat(row) for row in rows]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(shown[0]) if shown else [], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in shown)
    return out.getvalue()


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _json(_: str, rows: Sequence[Record]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[str, Sequence[Record]], str]] = {".md": _markdown, ".csv": _csv, ".json": _json}
"""By the ending of a file's name."""
