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

from claims.models import Span
from claims.read import furniture
from claims.read.base import Given
from claims.read.dates import find_date, is_date_line, western_digits
from claims.read.language import main_script
from claims.read.layout import paragraphs_of, trim
from claims.read.meta import Clues, date_of_label, disclaimer, evidence, is_reprint
from claims.read.people import bio_name, byline, byline_above, name_line

_TERMINAL = re.compile(r"[.!?…。！？][\"”’'»)\]*]{0,4}$")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"”’'»)\]]{0,4}(?=\s|$)")
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
_CREDIT_TAIL = re.compile(
    r"(?:[([](?:[^()]{0,40}\b)?(?:photo|image|picture|credit|getty|reuters|afp|ap photo|associated press|file|epa|xinhua"
    r"|shutterstock|alamy|via|provided by|courtesy)\b[^()]{0,80}[)\]]"
    r"|(?:^|[.|)\]”\"] ?)(?:photo|image|picture|photograph|credit|illustration)s?\s?(?:by|:|credit:)\s?[^.]{2,80}"
    r"|[/|–—]\s?(?:getty(?: images)?|reuters|afp|ap|epa|xinhua|shutterstock|alamy|ap photo)|via getty images"
    r"|getty images)\.?$",
    re.IGNORECASE,
)
_TAG_TAIL = re.compile(r"\s*\[[^\[\]]{1,40}\]$")
_INNER_END = re.compile(r"\w{3,}[.?!][\"”’']? [A-Z“\"]\w")
_FINITE = frozenset(
    "is are was were has have had will would can could should may might must do does did says said say tells told "
    "plans wants seeks calls called makes made gets got takes took gives gave goes went comes came faces faced leads "
    "led meets met wins won loses lost signs signed pushes pushed backs backed blames blamed denies denied rejects "
    "rejected claims claimed warns warned urges urged vows vowed accuses accused announces announced finds found "
    "shows showed think thinks believe believes expects expected threatens threatened reports reported argues argued "
    "consider considers doesn't don't didn't isn't aren't wasn't won't can't couldn't hasn't haven't".split()
)
HEADLINE = 200
"""Characters: longer lines are no titles, labels or captions."""

PROSE = 60
"""Characters from which a line with a sentence end is prose for certain."""


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


@dataclass(slots=True)
class Part:
    """A paragraph under judgement."""

    start: int
    end: int
    breaks: int
    text: str
    kind: str | None = None
    prose: bool = False


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
    first, last = _body(parts)
    _comments(parts, first, last)
    _repeats(parts, _body(parts)[0])
    _question_title(parts)
    clues = Clues(known=known, aliases=aliases)
    _foot(parts, _body(parts)[1], clues)
    first, last = _body(parts)
    _head(parts, first, clues, markdown)
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
            flat = text[p.start : p.end]
            out.append(Part(p.start, p.end, p.breaks, flat))
        at = max(at, span.end)
    return out


def _phrases(parts: list[Part]) -> None:
    for part in parts:
        if len(part.text) <= furniture.MAX_LINE + 60:
            part.kind = furniture.kind_of(part.text, edge=False)
            if part.kind is None and _is_credited(part.text):
                part.kind = "caption"
            elif part.kind is None and part.text[:1] in "bBwW" and byline(part.text):
                part.kind = "inner-byline"
        part.prose = part.kind is None and is_prose(part.text)


def _is_credited(text: str) -> bool:
    """Ends in a photographer's or agency's credit, and holds no quotation of some length, as articles do."""
    if len(text) > furniture.MAX_LINE or not _CREDIT_TAIL.search(text[-130:]):
        return False
    return not re.search(r"[“\"][^”\"]{25,}[”\"]", text)


def is_prose(text: str) -> bool:
    """A paragraph that reads like sentences: closed by punctuation, or too long for a label."""
    text = _TAG_TAIL.sub("", text) if text.endswith("]") else text
    if len(text) > HEADLINE or (len(text) > 90 and _INNER_END.search(text)):
        return True
    words = len(text.split())
    if _TERMINAL.search(text[-8:]):
        return words >= 2 and (len(text) >= PROSE or text.rstrip("\"”’')]").endswith(".") or words >= 5)
    return text.endswith(":") and words >= 8


def is_statement(text: str) -> bool:
    """A line without a closing mark that says something all the same (a standfirst, a highlight): not a label."""
    words = text.split()
    if len(words) < 8 or len(text) > HEADLINE or not text[:1].isupper():
        return False
    long_words = [w for w in words[1:] if len(w) > 3 and w[0].isalpha()]
    small = sum(w[0].islower() for w in long_words)
    return small >= 0.6 * len(long_words) and not _FINITE.isdisjoint(w.lower().strip(",;:'\"“”’") for w in words)


def _question_title(parts: list[Part]) -> None:
    """A headline may end in a question or exclamation mark; a first paragraph that asks is told by its small letters."""
    first = _body(parts)[0]
    if first >= len(parts) - 1:
        return
    part = parts[first]
    if len(part.text) > HEADLINE or not re.search(r"[?!][”\"’')]{0,2}$", part.text) or len(_sentences(part.text)) > 1:
        return
    long_words = [w.strip("“”\"'‘’?!,:;()") for w in part.text.split()[1:] if len(w) > 4]
    titled = sum(w[:1].isupper() for w in long_words) >= 0.7 * len(long_words)
    below = parts[first + 1 : first + 4]
    stamped = any(byline(p.text) or _date_kind(p.text) for p in below)
    if titled or stamped:
        part.prose = False


def _body(parts: list[Part]) -> tuple[int, int]:
    """The first and last paragraph of prose; ``(len, -1)`` where there is none."""
    prose = [i for i, p in enumerate(parts) if p.prose and p.kind is None]
    return (prose[0], prose[-1]) if prose else (len(parts), -1)


def _comments(parts: list[Part], first: int, last: int) -> None:
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
        ):
            if len(parts) - i <= 3 or furniture.kind_of(part.text, edge=False) == "comment-ui":
                for below in parts[i:]:
                    below.kind = below.kind or "comment-ui"
                    below.prose = False
                return


def _foot(parts: list[Part], last: int, clues: Clues) -> None:
    """From the end upwards: labels, biographies, disclaimers, addresses, until a paragraph that is article."""
    names = {n for p in parts[:40] if (n := byline(p.text))}
    names |= {clues.known.author} if clues.known.author else set()
    listed = _list_below(parts, last)
    for i in range(len(parts) - 1, max(-1, len(parts) - 60), -1):
        part = parts[i]
        if part.kind == "inner-byline" and i > last:
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
        elif name_line(text) and i > last:
            part.kind = "signature"
        elif i > last and not part.prose and len(text) <= HEADLINE and not _open_quote(text) and not is_statement(text):
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


def _open_quote(text: str) -> bool:
    return text[:1] in '“"‘«' or text.endswith(("”", '"', ","))


def _head(parts: list[Part], first: int, clues: Clues, markdown: bool) -> None:
    """Above the first prose: title, labels, captions; bylines, dates and counters also a little below it."""
    upper = min(len(parts), first + 8)
    for i in range(upper):
        part = parts[i]
        if part.kind == "inner-byline":
            part.kind = "byline"
        if part.kind:
            continue
        text = part.text
        if clues.known.title and _same(text, clues.known.title):
            part.kind = "title"
        elif markdown and re.match(r"# |.*\n=+\s*$", text):
            part.kind = "title"
            clues.title = clues.title or text.lstrip("# ").split("\n")[0].strip()
        elif byline(text):
            part.kind = "byline"
        elif date_kind := _date_kind(text, above=i < first) if not part.prose else None:
            part.kind = date_kind
        elif not part.prose and byline_above(text) and (i < first or _dated_near(parts, i)):
            part.kind = "byline"
        elif (
            (edge := furniture.kind_of(text, edge=True))
            and (i < first or edge in ("byline-label", "counter", "credit", "field"))
            and not part.prose
        ):
            part.kind = edge
    body = next((i for i, p in enumerate(parts) if p.prose and p.kind is None), len(parts))
    stamp = max(
        (i for i in range(min(upper, body + 4)) if parts[i].kind in ("byline", "date-line", "counter", "byline-label")),
        default=-1,
    )
    while 0 <= stamp < len(parts) - 1 and not parts[stamp + 1].prose and name_line(parts[stamp + 1].text):
        stamp += 1
    above = min(max(body, stamp + 1), upper)
    top = [i for i in range(above) if parts[i].kind is None and not parts[i].prose and len(parts[i].text) <= HEADLINE]
    if body == len(parts) and body > 0:
        top = top[:1] if len(parts[0].text) <= HEADLINE and len(parts) > 1 else []
    if markdown:
        top = [i for i in top if not parts[i].text.startswith("##")]
    _title(parts, top, stamp, clues)
    _names_above(parts, top, stamp)


def _dated_near(parts: list[Part], i: int) -> bool:
    """The line before or after is a date."""
    return any(_date_kind(p.text) for p in parts[max(0, i - 1) : i] + parts[i + 1 : i + 2])


def _date_kind(text: str, *, above: bool = True) -> str | None:
    """A line that is a date, with its label, time, and a few words beside it at most."""
    if is_date_line(text) or date_of_label(text):
        return "date-line"
    found = find_date(text) if above and len(text) < 110 and not text.endswith((".", ":")) else None
    if found is None or len(found[0]) < 10:
        return None
    rest = f"{text[: found[1]]} {text[found[2] :]}".split()
    opens = re.match(r"(?:by|from|source|published|posted|updated|modified|[|•·])", text, re.IGNORECASE)
    if len(rest) > (10 if opens or " | " in text else 3):
        return None
    return "modified" if re.search(r"updated|modified", text[: found[1]], re.IGNORECASE) else "date-line"


def _title(parts: list[Part], top: list[int], stamp: int, clues: Clues) -> None:
    """Of the short lines on top one is the title; the rest are labels and captions, but for a section heading."""
    seen = Counter(_flat(parts[i].text) for i in top)
    plain = [i for i in top if seen[_flat(parts[i].text)] == 1 and not name_line(parts[i].text)]
    long_enough = [i for i in plain if len(parts[i].text) >= 25 or len(parts[i].text.split()) >= 4]
    title = next(iter(long_enough or plain), None)
    has_title = any(p.kind == "title" for p in parts) or bool(clues.known.title)
    if title is not None and not has_title:
        parts[title].kind = "title"
        clues.title = clues.title or parts[title].text
    for i in top:
        part = parts[i]
        if part.kind:
            continue
        once = seen[_flat(part.text)] == 1
        heading = i == top[-1] and 0 <= stamp < i and part.breaks > 1 and once and not name_line(part.text)
        if not heading and not (once and is_statement(part.text)):
            part.kind = "label" if once else "caption"


def _names_above(parts: list[Part], top: list[int], stamp: int) -> None:
    """A bare name is a byline beside a date or counter, under a byline label, or if it stands at the foot again."""
    below = [p for p in parts[len(parts) // 2 :] if len(p.text) < 60]
    foot = {_flat(p.text) for p in below}
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
        if stamped or _flat(part.text) in foot:
            part.kind = "byline"
            for again in below:
                if _flat(again.text) == _flat(part.text):
                    again.kind = "byline"


def _scripts(parts: list[Part], first: int, last: int) -> None:
    """Short lines at the edges in another script than the article's."""
    body = " ".join(p.text[:400] for p in parts if p.prose and p.kind is None)[:20_000]
    main = main_script(body)
    if main is None:
        return
    for i, part in enumerate(parts):
        if (i < first or i > last) and part.kind in (None, "foot", "label") and len(part.text) <= 300:
            script = main_script(part.text)
            if script and script != main:
                part.kind = "other-script"


def _repeats(parts: list[Part], first: int) -> None:
    """A standfirst that the body says again, and lines that stand twice in a row."""
    for one, two in zip(parts, parts[1:], strict=False):
        if _flat(one.text) == _flat(two.text) and len(one.text) <= HEADLINE and not one.prose:
            one.kind = one.kind or "caption"
            two.kind = two.kind or "caption"
    sentences = Counter(s for p in parts if p.kind is None for s in _sentences(p.text))
    for i, part in enumerate(parts):
        if part.kind is not None or not part.prose:
            continue
        mine = _sentences(part.text)
        enough = len(part.text) >= 50 and bool(mine)
        if (
            enough
            and (i <= first + 2 or len(part.text) <= HEADLINE)
            and all(sentences[s] > mine.count(s) for s in mine)
        ):
            part.kind = "duplicate"
            sentences.subtract(mine)


def _sentences(text: str) -> list[str]:
    """Rough sentences, flattened for comparing."""
    out, at = [], 0
    for match in _SENTENCE_END.finditer(text):
        out.append(_flat(text[at : match.end()]))
        at = match.end()
    out.append(_flat(text[at:]))
    return [s for s in out if s]


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


def _flat(text: str) -> str:
    """Letters and digits only, for comparing; digits of every script alike."""
    return "".join(c for c in western_digits(text).casefold() if c.isalnum())


def _same(line: str, title: str) -> bool:
    a, b = _flat(line), _flat(title)
    return bool(a) and (
        a == b
        or (len(a) > 20 and len(a) > 0.7 * len(b) and b.startswith(a))
        or (len(b) > 20 and len(b) > 0.7 * len(a) and a.startswith(b))
    )


def body_text(text: str, spans: Sequence[Span]) -> str:
    """The text without its boilerplate, for a look at it."""
    out, at = [], 0
    for span in spans:
        out.append(text[at : span.start])
        at = max(at, span.end)
    out.append(text[at:])
    joined = "".join(out)
    a, b = trim(joined, 0, len(joined))
    return joined[a:b]
