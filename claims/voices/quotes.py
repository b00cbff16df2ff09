"""Quotations in a text: where they run, over how many paragraphs, and what of them no cue reaches."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence, Set
from itertools import accumulate

from claims.models import Attribution, Sentence, Span
from claims.voices.windows import CLOSING, quoted

Stretch = tuple[int, int]
LEAST_QUOTE = 6
"""Words of a quotation without cue that make it somebody's words and not a borrowed term."""
_WORD = re.compile(r"\w[\w’'-]*")


def runs(text: str) -> list[list[Stretch]]:
    """Each quotation as its stretches, one a paragraph: reopened in each and closed once, it is one."""
    inside = quoted(text)
    out: list[list[Stretch]] = []
    open_at = False
    for line in re.finditer(r"[^\n]+", text):
        if not line.group().strip():
            continue
        a, b = line.start(), line.end()
        parts: list[Stretch] = []
        start = None
        for i in range(a, b + 1):
            now = i < b and inside[i]
            if now and start is None:
                start = i
            elif not now and start is not None:
                parts.append((start, i))
                start = None
        parts = [q for p in parts for q in _split(text, p)]
        joins = bool(open_at and parts and not text[a : parts[0][0]].strip())
        for k, part in enumerate(parts):
            if k == 0 and joins:
                out[-1].append(part)
            else:
                out.append([part])
        tail = text[a:b].rstrip()
        open_at = (
            bool(parts)
            and not text[parts[-1][1] : b].strip()
            and not (tail[-1] in CLOSING + '"’' or tail.endswith("''"))
        )
    return out


def _split(text: str, part: Stretch) -> list[Stretch]:
    """Two quotations that touch are two."""
    cut = text.find("” “", part[0], part[1])
    return [part] if cut < 0 else [(part[0], cut + 1), *_split(text, (cut + 2, part[1]))]


def carried(
    text: str, sentences: Sequence[Sentence], known: Sequence[Attribution], speaking: Set[int]
) -> list[tuple[Span, int | None]]:
    """Stretches of quotation that no attribution covers, each with the attribution whose speaker goes on, if any.

    That is one of the same quotation, or else the one last before it in the paragraph or in the sentence just ahead,
    of those whose numbers are in ``speaking``.
    """
    covered = sorted((c.start, c.end, k) for k, a in enumerate(known) for c in a.content)
    furthest = list(accumulate((end for _, end, _ in covered), max))

    def within(start: int, end: int) -> list[tuple[int, int, int]]:
        first = bisect.bisect_right(furthest, start)
        return covered[first : bisect.bisect_left(covered, end, first, key=lambda c: c[0])]

    begins = [s.start for s in sentences]
    out: list[tuple[Span, int | None]] = []
    for run in runs(text):
        near = within(run[0][0], run[-1][1])
        mine = [k for a, b, k in near if k in speaking and any(a < y and b > x for x, y in run)]
        for x, y in run:
            first = max(0, bisect.bisect_right(begins, x) - 1)
            for s in sentences[first:]:
                if s.start >= y:
                    break
                a, b = max(x, s.start), min(y, s.end)
                free = (b - a) - sum(max(0, min(b, d) - max(a, c)) for c, d, _ in within(a, b))
                if free < 0.6 * (b - a) or len(_WORD.findall(text, a, b)) < LEAST_QUOTE:
                    continue
                if (b - a) < 0.2 * (s.end - s.start):
                    continue
                earlier = [k for k in mine if known[k].content[0].start < a] or mine
                out.append(
                    (Span(start=a, end=b), earlier[-1] if earlier else _before(text, a, sentences, known, speaking))
                )
    return out


def _before(
    text: str, at: int, sentences: Sequence[Sentence], known: Sequence[Attribution], speaking: Set[int]
) -> int | None:
    """The attribution with a source that ended last before ``at``, in the same paragraph or the sentence just ahead."""
    paragraph = text.rfind("\n", 0, at) + 1
    i = bisect.bisect_right([s.start for s in sentences], at) - 2
    floor = min(paragraph, sentences[i].start if i >= 0 else paragraph)
    best: int | None = None
    for k, a in enumerate(known):
        if k in speaking and a.source is not None and a.content[-1].end <= at and a.content[-1].end > floor:
            best = k
    return best
