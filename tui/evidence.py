"""One mark drawn as a block of lines: who, when, in which words. The claim screen and the preview share it."""

from __future__ import annotations

from collections.abc import Sequence

from claims.notes import Note
from claims.rows import MentionRow
from claims.safe import one_line
from tui import marks, noted
from tui.wrap import Line, Run, crop, ends, length, paragraph

LONG = 1_200
"""A sentence of more code points than this is shown from a little before what was said."""


def excerpt(mention: MentionRow, most: int = LONG) -> tuple[str, int, int]:
    """The sentence, clean and on one line, with what was said as offsets; cut round it where it is very long."""
    start, end = mention.start - mention.sentence_start, mention.end - mention.sentence_start
    text = mention.sentence
    if len(text) > most:
        low = max(0, min(start - 80, len(text) - most))
        text = ("…" if low else "") + text[low : low + most] + ("…" if low + most < len(text) else "")
        start, end = start - low + bool(low), end - low + bool(low)
    return one_line(text), max(0, start), min(len(text), max(start, end))


def details(mention: MentionRow) -> str:
    """What there is to say of a mark beside its sentence."""
    parts = [
        one_line(mention.title)[:200],
        f"“{one_line(mention.cue)[:60]}”" if mention.cue else "",
        mention.factuality if mention.factuality != "plain" else "",
        "by hand" if mention.by_hand else f"{mention.score:.0%} sure",
    ]
    return " · ".join(part for part in parts if part)


ROOMY = 52
"""Cells from which the date stands beside the names."""


def heading(mention: MentionRow, width: int) -> list[Line]:
    """Who and when: on one line where there is room, else the names whole and the date below them."""
    date = one_line(mention.published)[:10] or "undated"
    chain = marks.chain(mention)
    if width >= ROOMY and length(chain) + len(date) < width:
        return [ends(chain, [(date, "muted")], width), crop([(details(mention), "muted")], width)]
    text, spans = "", list[Run]()
    for piece, roles in chain:
        spans.append((len(text), len(text) + len(piece), roles))
        text += piece
    return [*paragraph(text, width, spans, limit=3), crop([(f"{date} · {details(mention)}", "muted")], width)]


def block(
    mention: MentionRow, width: int, *, sentences: int | None = None, notes: Sequence[Note] = ()
) -> list[Line]:
    """A mark as lines of ``width`` cells, notes on it below; ``sentences`` bounds the lines given to the sentence."""
    rail = (marks.RAILS[mention.stance] + " ", mention.stance)
    room = max(8, width - 2)
    lines = heading(mention, room)
    text, start, end = excerpt(mention)
    whole = not text[:start].strip() and len(text[end:].strip()) <= 1
    spans: list[Run] = [] if whole or end <= start else [(start, end, f"span {mention.stance}")]
    lines += paragraph(text, room, spans, roles="" if whole else "muted", limit=sentences)
    lines += noted.drawn(notes, room)
    return [[rail, *line] for line in lines]
