"""What stands above an article: title, labels, captions, bylines, dates, counters."""

from __future__ import annotations

import re
from collections import Counter

from claims.read import furniture
from claims.read.meta import Clues
from claims.read.parts import HEADLINE, Part, body, date_kind, flat, is_statement, rough_sentences, same
from claims.read.people import byline, byline_above, name_line

_STAMPS = ("byline", "date-line", "counter", "byline-label")


def head(parts: list[Part], first: int, clues: Clues, markdown: bool) -> None:
    """Above the first prose: title, labels, captions; bylines, dates and counters also a little below it."""
    prose = [i for i, p in enumerate(parts[: first + 40]) if p.prose and p.kind is None]
    upper = min(len(parts), first + 8, prose[2] if len(prose) > 2 else len(parts))
    for i in range(upper):
        part = parts[i]
        early = len(prose) < 2 or i < prose[1]
        if part.kind == "inner-byline" and early:
            part.kind = "byline"
        if part.kind:
            continue
        text = part.text
        if clues.known.title and same(text, clues.known.title):
            part.kind = "title"
        elif markdown and re.match(r"# |.*\n=+\s*$", text):
            part.kind = "title"
            clues.title = clues.title or text.lstrip("# ").split("\n")[0].strip()
        elif byline(text):
            part.kind = "byline" if early else "inner-byline"
        elif not part.prose and (dated := date_kind(text, above=i < first)):
            part.kind = dated
        elif not part.prose and byline_above(text) and (i < first or _dated_near(parts, i)):
            part.kind = "byline"
        elif (
            (edge := furniture.kind_of(text, edge=True))
            and (i < first or edge in ("byline-label", "counter", "credit", "field"))
            and not part.prose
        ):
            part.kind = edge
    for i in range(upper - 1):
        part, below = parts[i], parts[i + 1]
        if part.kind is None and not part.prose and below.kind in ("modified", "date-line", "counter", "byline"):
            part.kind = furniture.kind_of(part.text, edge=True)
    start = next((i for i, p in enumerate(parts) if p.prose and p.kind is None), len(parts))
    stamp = max(
        (i for i in range(min(upper, start + 4)) if parts[i].kind in _STAMPS),
        default=-1,
    )
    while 0 <= stamp < len(parts) - 1 and not parts[stamp + 1].prose and name_line(parts[stamp + 1].text):
        stamp += 1
    above = min(max(start, stamp + 1), upper)
    top = [i for i in range(above) if parts[i].kind is None and not parts[i].prose and len(parts[i].text) <= HEADLINE]
    if start == len(parts) and start > 0:
        top = top[:1] if len(parts[0].text) <= HEADLINE and len(parts) > 1 else []
    if markdown:
        top = [i for i in top if not parts[i].text.startswith("##")]
    _title(parts, top, stamp, clues)
    _names_above(parts, top, stamp)


def question_title(parts: list[Part]) -> None:
    """A headline may end in a question mark; a first paragraph that asks is told by its small letters."""
    first = body(parts)[0]
    if first >= len(parts) - 1:
        return
    part = parts[first]
    if (
        len(part.text) > HEADLINE
        or not re.search(r"[?!][”\"’')]{0,2}$", part.text)
        or len(rough_sentences(part.text)) > 1
    ):
        return
    long_words = [w.strip("“”\"'‘’?!,:;()") for w in part.text.split()[1:] if len(w) > 4]
    titled = sum(w[:1].isupper() for w in long_words) >= 0.7 * len(long_words)
    below = parts[first + 1 : first + 4]
    stamped = any(byline(p.text) or date_kind(p.text) for p in below)
    if titled or stamped:
        part.prose = False


def _dated_near(parts: list[Part], i: int) -> bool:
    """The line before or after is a date."""
    return any(date_kind(p.text) for p in parts[max(0, i - 1) : i] + parts[i + 1 : i + 2])


def _title(parts: list[Part], top: list[int], stamp: int, clues: Clues) -> None:
    """Of the short lines on top one is the title; the rest are labels and captions, but for a section heading."""
    seen = Counter(flat(parts[i].text) for i in top)
    possible = [i for i in top if not name_line(parts[i].text) and not _is_trail(parts, i, top)]
    plain = [i for i in possible if seen[flat(parts[i].text)] == 1]
    long_enough = [i for i in plain if len(parts[i].text) >= 25 or len(parts[i].text.split()) >= 4]
    title = next(iter(long_enough or plain or possible), None)
    has_title = any(p.kind == "title" for p in parts) or bool(clues.known.title)
    if title is not None and not has_title:
        parts[title].kind = "title"
        clues.title = clues.title or parts[title].text
    for i in top:
        part = parts[i]
        if part.kind:
            continue
        once = seen[flat(part.text)] == 1
        heading = i == top[-1] and 0 <= stamp < i and part.breaks > 1 and once and not name_line(part.text)
        if not heading and not (once and is_statement(part.text)):
            part.kind = "label" if once else "caption"


def _is_trail(parts: list[Part], i: int, top: list[int]) -> bool:
    """A breadcrumb trail: sections between signs, or one that ends in the title below it."""
    text = parts[i].text
    sections = re.split(r"\s?[|»›>•·/]\s?", text)
    if len(sections) >= 3 and all(len(s.split()) <= 3 for s in sections):
        return True
    ends = flat(text)
    return any(k > i and 10 < len(flat(parts[k].text)) < len(ends) and ends.endswith(flat(parts[k].text)) for k in top)


def _names_above(parts: list[Part], top: list[int], stamp: int) -> None:
    """A bare name is a byline beside a date or counter, under a byline label, or if it stands at the foot again."""
    below = [p for p in parts[len(parts) // 2 :] if len(p.text) < 60]
    foot = {flat(p.text) for p in below}
    after_title = False
    for i in top:
        part = parts[i]
        if part.kind == "title":
            after_title = True
            continue
        if not name_line(part.text):
            continue
        near = parts[max(0, i - 2) : i] + parts[i + 1 : i + 3]
        stamped = after_title and any(p.kind in ("date-line", "counter", "byline-label") for p in near)
        if stamped or flat(part.text) in foot:
            part.kind = "byline"
            for again in below:
                if flat(again.text) == flat(part.text):
                    again.kind = "byline"
