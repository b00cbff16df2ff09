"""What of a text is the article, and what stands around it.

Plain text copied from a page has no markup, so lines are judged by what holds on the web at large: set phrases
(:mod:`claims.read.furniture`), place (above the first or below the last paragraph of prose), length, missing final
punctuation, repetition, a change of script. A line of prose is dropped only for a set phrase, for being a biography or
disclaimer at the edge, or for standing a second time: nothing of the article may be lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from claims.models import Span
from claims.read import furniture
from claims.read.base import Given
from claims.read.dates import is_date_line
from claims.read.head import head, question_title
from claims.read.language import main_script
from claims.read.layout import paragraphs_of
from claims.read.meta import Clues, disclaimer, evidence, is_reprint
from claims.read.parts import (
    HEADLINE,
    Part,
    body,
    flat,
    is_credited,
    is_prose,
    is_statement,
    opens_quote,
    rough_sentences,
)
from claims.read.people import bio_name, byline, name_line

_COMMENTS = re.compile(
    r"(?:click to comment|(?:leave|post|add|write) (?:a|your) (?:reply|comment)s?|user comments?(?: post a comment)?"
    r"|(?:view|show|read|see) (?:all )?(?:\d{1,6} )?comments?"
    r"|comments? ?\(?\d{0,6}\)?|\d{1,6} (?:user )?(?:comments?|responses|replies|thoughts)(?: (?:to|on) .{1,150})?"
    r"|join the (?:conversation|discussion)|discussion)\s?:?",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:related|recommended|more|most|latest|popular|trending|further|you may|you might|read next|up next"
    r"|what to read|see also|around the web|from around|don't miss|editor's picks?|similar"
    r"|in other news|top stories|also (?:on|read)|keep reading)\b.{0,60}",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"(?:notes?|footnotes?|endnotes?|references|bibliography|works cited|citations)\s?:?", re.IGNORECASE
)
_TEASERS = re.compile(
    r"(?:related|recommended|similar|more|further|other)(?: (?:on|from))?(?: (?:this|our|the))? ?(?:articles?|stories"
    r"|story|news|posts?|content|coverage|reading|links?|topics?|resources|experts|reports?|publications|headlines)"
    r"|you may also like|see also|read next|up next|most (?:read|popular|viewed)(?: articles| stories| news)?"
    r"|latest (?:news|articles|stories)|stay informed|in other news",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cleaned:
    """The boilerplate of a text, in order, and what the text says about itself."""

    spans: tuple[Span, ...]
    given: Given = field(default_factory=Given)
    origin: str | None = None
    """The address that a reprint was taken from."""
    origin_host: str | None = None
    kinds: tuple[str, ...] = ()
    """In parallel to ``spans``."""


def clean(
    text: str,
    *,
    known: Given | None = None,
    boilerplate: Sequence[Span] = (),
    markdown: bool = False,
    aliases: frozenset[str] = frozenset(),
) -> Cleaned:
    """Find the boilerplate of ``text``, beyond the spans that are known to be it, and the metadata that it supports."""
    known = known or Given()
    parts = _parts(text, boilerplate, markdown)
    if not parts:
        return Cleaned(tuple(boilerplate), kinds=("given",) * len(boilerplate))
    _phrases(parts)
    first, _ = body(parts)
    _comments(parts, first)
    _notes(parts, first)
    _repeats(parts, body(parts)[0])
    question_title(parts)
    clues = Clues(known=known, aliases=aliases)
    _foot(parts, body(parts)[1], clues)
    first, last = body(parts)
    head(parts, first, clues, markdown)
    _scripts(parts, first, last)
    _related(parts)
    given, origin, host = evidence(parts_seen(parts), clues)
    marked = [(Span(start=p.start, end=p.end), p.kind) for p in parts if p.kind]
    marked += [(s, "given") for s in boilerplate]
    marked.sort(key=lambda x: x[0].start)
    return Cleaned(tuple(s for s, _ in marked), given, origin, host, tuple(k or "" for _, k in marked))


def parts_seen(parts: Sequence[Part]) -> list[tuple[str, str | None]]:
    """Text and kind of every paragraph, for the metadata."""
    return [(p.text, p.kind) for p in parts]


def _parts(text: str, boilerplate: Sequence[Span], markdown: bool) -> list[Part]:
    out: list[Part] = []
    at = 0
    for span in (*sorted(boilerplate, key=lambda s: s.start), Span(start=len(text), end=len(text))):
        for p in paragraphs_of(text, at, max(at, span.start), markdown=markdown):
            out.append(Part(p.start, p.end, p.breaks, text[p.start : p.end]))
        at = max(at, span.end)
    return out


def _phrases(parts: list[Part]) -> None:
    for part in parts:
        if len(part.text) <= furniture.MAX_LINE + 60:
            part.kind = furniture.kind_of(part.text, edge=False)
            if part.kind is None and is_credited(part.text):
                part.kind = "caption"
            elif part.kind is None and part.text[:1] in "bBwW" and byline(part.text):
                part.kind = "inner-byline"
        part.prose = part.kind is None and is_prose(part.text)


def _notes(parts: list[Part], first: int) -> None:
    """Below a head "Notes" or "Related stories" late in the text: notes, and teasers as long as all stay short."""
    total = sum(len(p.text) for p in parts if p.prose)
    seen = 0
    for i, part in enumerate(parts):
        if part.prose:
            seen += len(part.text)
        elif i > first and seen >= 0.6 * total and len(part.text) < 60:
            line = furniture.plain(part.text)
            notes = _NOTES.fullmatch(line)
            if notes or (_TEASERS.fullmatch(line) and all(len(p.text) <= HEADLINE for p in parts[i:])):
                for below in parts[i:]:
                    below.kind = below.kind or ("note" if notes else "related")
                    below.prose = False
                return


def _comments(parts: list[Part], first: int) -> None:
    """Everything below the head of a comment section that follows most of the prose."""
    total = sum(len(p.text) for p in parts if p.prose)
    seen = 0
    for i, part in enumerate(parts):
        if part.prose:
            seen += len(part.text)
        elif (
            i > first
            and seen >= 0.5 * total
            and len(part.text) < 200
            and _COMMENTS.fullmatch(furniture.plain(part.text))
            and (len(parts) - i <= 3 or furniture.kind_of(part.text, edge=False) == "comment-ui")
        ):
            for below in parts[i:]:
                below.kind = below.kind or "comment-ui"
                below.prose = False
            return


def _foot(parts: list[Part], last: int, clues: Clues) -> None:
    """From the end upwards: labels, biographies, disclaimers, addresses, until a paragraph of prose that is article."""
    names = {n for p in parts[:40] if (n := byline(p.text))}
    names |= {clues.known.author} if clues.known.author else set()
    listed = _list_below(parts, last)
    for i in range(len(parts) - 1, max(-1, len(parts) - 60), -1):
        part = parts[i]
        if part.kind == "inner-byline":
            part.kind = "byline"
        if part.kind or i in listed:
            continue
        text = part.text
        labelled = any(
            p.kind == "byline-label" or furniture.kind_of(p.text, edge=True) == "byline-label"
            for p in parts[max(0, i - 2) : i]
        )
        if i <= 0 and part.prose:
            return
        if is_reprint(text):
            part.kind = "reprint"
        elif disclaimer(text):
            part.kind = "disclaimer"
        elif (name := bio_name(text, names, labelled=labelled)) and (
            labelled or name in names or not any(name.split()[-1] in p.text for p in parts[:i] if p.prose)
        ):
            part.kind = "author-bio"  # of somebody the article does not speak of, unless the byline names them
        elif byline(text):
            part.kind = "byline"
        elif is_date_line(text):
            part.kind = "date-line"
        elif (edge := furniture.kind_of(text, edge=True)) and not (part.prose and edge in ("label", "field")):
            part.kind = edge
        elif not part.prose and name_line(text):
            part.kind = "signature"
        elif not part.prose and len(text) <= HEADLINE and not opens_quote(text) and not is_statement(text):
            part.kind = "foot"
        else:
            if part.prose:
                return
            continue
        part.prose = False


def _list_below(parts: list[Part], last: int) -> set[int]:
    """The items of a list that the last prose announces with a colon: short, without full stops, but article."""
    out: set[int] = set()
    if 0 <= last < len(parts) and parts[last].text.endswith(":"):
        for i in range(last + 1, min(len(parts), last + 40)):
            if parts[i].kind or furniture.kind_of(parts[i].text, edge=True) or byline(parts[i].text):
                break
            out.add(i)
    return out


def _scripts(parts: list[Part], first: int, last: int) -> None:
    """Short lines at the edges in another script than the article's."""
    main = main_script(" ".join(p.text[:400] for p in parts if p.prose and p.kind is None)[:20_000])
    if main is None:
        return
    for i, part in enumerate(parts):
        if (i < first or i > last) and part.kind in (None, "foot", "label") and len(part.text) <= 300:
            script = main_script(part.text)
            if script and script != main:
                part.kind = "other-script"


def _repeats(parts: list[Part], first: int) -> None:
    """A standfirst that the body says again, and lines that stand twice in a row."""
    for one, two in pairwise(parts):
        if flat(one.text) == flat(two.text) and len(one.text) <= HEADLINE and not one.prose:
            one.kind = one.kind or "caption"
            two.kind = two.kind or "caption"
    sentences = Counter(s for p in parts if p.kind is None for s in rough_sentences(p.text))
    for i, part in enumerate(parts):
        if part.kind is not None or not part.prose:
            continue
        mine = rough_sentences(part.text)
        enough = len(part.text) >= 50 and bool(mine)
        if (
            enough
            and (i <= first + 2 or len(part.text) <= HEADLINE)
            and all(sentences[s] > mine.count(s) for s in mine)
        ):
            part.kind = "duplicate"
            sentences.subtract(mine)


def _related(parts: list[Part]) -> None:
    """Headlines under "Related articles" and the like, down to the next prose."""
    under = False
    for part in parts:
        if part.kind == "related" and _RELATED.fullmatch(furniture.plain(part.text)):
            under = True
        elif part.prose or (part.kind is None and len(part.text) > HEADLINE):
            under = False
        elif under and part.kind is None:
            part.kind = "related"
