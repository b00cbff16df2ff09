"""An analyst's notes as lines: on a claim under its head, on a mark below its sentence, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from claims.notes import Note, notes
from claims.rows import MentionRow
from claims.safe import brief, one_line
from claims.views import Views
from tui.commands import BY_ID
from tui.wrap import Line, crop, length, paragraph

if TYPE_CHECKING:
    from tui.screens.base import Place

LONG = 4_000
"""Code points of a note that are shown."""


def on_marks(views: Views, mentions: Iterable[MentionRow]) -> list[Note]:
    """The notes that stand on any of these marks, and on their claims."""
    return [note for claim in sorted({m.claim_id for m in mentions}) for note in notes(views, claim)]


def of_claim(noted: Sequence[Note]) -> list[Note]:
    """Those on the claim as a whole."""
    return [note for note in reversed(noted) if note.mention_id is None]


def of_mark(noted: Sequence[Note], mention_id: int) -> list[Note]:
    """Those on one mark."""
    return [note for note in reversed(noted) if note.mention_id == mention_id]


def drawn(found: Sequence[Note], width: int, label: str = "note ") -> list[Line]:
    """Each note whole, with who wrote it and when."""
    lines: list[Line] = []
    for note in found:
        told = label + brief(note.text, LONG)
        text = f"{told} · {brief(note.analyst, 40)}, {one_line(note.at)[:10]}"
        lines += paragraph(text, width, [(0, len(label), "accent"), (len(told), len(text), "muted")])
    return lines


def bounded(place: Place, found: Sequence[Note], width: int, most: int = 2, label: str = "note ") -> list[Line]:
    """The notes in at most so many lines; where that cuts any, the last one says which key of the place shows all."""
    lines = drawn(found, width, label)
    if len(lines) <= most:
        return lines
    key = place.contested.keys_for(BY_ID[f"{place.PLACE}.why"]).split()[0]  # what explains a mark has its notes whole
    more: Line = [(f"  … {key} shows all", "muted")]
    return [*lines[: most - 1], [*crop(lines[most - 1], width - length(more)), *more]]
