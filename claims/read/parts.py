"""Paragraphs under judgement, and what a single line tells by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.read import furniture
from claims.read.dates import find_date, is_date_line, western_digits
from claims.read.meta import date_of_label

_TERMINAL = re.compile(r"[.!?…。！？][\"”’'»)\]*]{0,4}$")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"”’'»)\]]{0,4}(?=\s|$)")
_AGENCIES = r"getty(?: images)?|reuters|afp|ap photo|ap|epa|xinhua|shutterstock|alamy"
_CREDIT_TAIL = re.compile(
    r"(?:[([](?:[^()]{0,40}\b)?(?:photo|image|picture|credit|file|getty)\b[^()]{0,80}[)\]]"
    rf"|[([][^()\[\]]{{2,60}}/\s?(?:{_AGENCIES})[)\]]"
    r"|(?:^|[.|)\]”\"] ?)(?:photo|image|picture|photograph|credit|illustration)s?\s?(?:by|:|credit:)\s?[^.]{2,80}"
    rf"|[/|–—]\s?(?:{_AGENCIES})|via getty images|getty images)\.?$",
    re.IGNORECASE,
)
_AGENCY_TAIL = re.compile(
    rf"[([](?:{_AGENCIES}|associated press"
    r"|(?:[^()\[\]]{1,40} )?(?:via|provided by|courtesy)\b[^()\[\]]{0,60})[)\]]\.?$",
    re.IGNORECASE,
)
_REPORTING = re.compile(r"\b(?:said|says|told|reported|reports|announced|according|added|wrote|tweeted)\b")
_NOT_ALNUM = re.compile(r"[\W_]+")
_TAG_TAIL = re.compile(r"\s*\[[^\[\]]{1,40}\]$")
_LIST_MARK = re.compile(r"[-–—*•·▪●■]\s{1,4}(?=\w)")
_FIGURE = re.compile(r"\d[\d.,]{0,12} ?(?:percent|per cent|%|million|billion|thousand|points?)\b")
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


@dataclass(slots=True)
class Part:
    """A paragraph under judgement."""

    start: int
    end: int
    breaks: int
    text: str
    kind: str | None = None
    prose: bool = False


def body(parts: list[Part]) -> tuple[int, int]:
    """The first and last paragraph of prose; ``(len, -1)`` where there is none."""
    prose = [i for i, p in enumerate(parts) if p.prose and p.kind is None]
    return (prose[0], prose[-1]) if prose else (len(parts), -1)


def is_credited(text: str) -> bool:
    """Ends in a photographer's or agency's credit, and holds no quotation of some length, as articles do."""
    if len(text) > furniture.MAX_LINE:
        return False
    if not _CREDIT_TAIL.search(text[-130:]):
        return len(text) <= 250 and bool(_AGENCY_TAIL.search(text[-130:])) and not _REPORTING.search(text)
    return len(rough_sentences(text)) <= 4 and not re.search(r"[“\"][^”\"]{25,}[”\"]", text)


def is_prose(text: str) -> bool:
    """A paragraph that reads like sentences: closed by punctuation, or too long for a label."""
    text = text[:-60] + _TAG_TAIL.sub("", text[-60:]) if text.endswith("]") else text
    if len(text) > HEADLINE or (len(text) > 90 and _INNER_END.search(text)):
        return True
    words = len(text.split())
    if _TERMINAL.search(text[-8:]):
        return words >= 2 and (len(text) >= PROSE or text.rstrip("\"”’')]").endswith(".") or words >= 3)
    return text.endswith(":") and words >= 8


def is_statement(text: str) -> bool:
    """A line without a closing mark that says something all the same (a standfirst, a highlight): not a label."""
    listed = _LIST_MARK.match(text)
    text = text[listed.end() :] if listed else text
    words = text.split()
    if len(words) >= 4 and _FIGURE.match(text):
        return True
    if len(words) < (4 if listed else 8) or len(text) > HEADLINE or not text[:1].isupper():
        return False
    long_words = [w for w in words[1:] if len(w) > 3 and w[0].isalpha()]
    small = sum(w[0].islower() for w in long_words)
    finite = not _FINITE.isdisjoint(w.lower().strip(",;:'\"“”’") for w in words)
    return small >= 0.35 * len(long_words) and (finite or (listed is not None and len(words) >= 5))


def opens_quote(text: str) -> bool:
    """Part of a quotation, or of a sentence that goes on: no label."""
    return text[:1] in '“"‘«' or text.endswith(("”", '"', ","))


def date_kind(text: str, *, above: bool = True) -> str | None:
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


def rough_sentences(text: str) -> list[str]:
    """Rough sentences, flattened for comparing."""
    out, at = [], 0
    for match in _SENTENCE_END.finditer(text):
        out.append(flat(text[at : match.end()]))
        at = match.end()
    out.append(flat(text[at:]))
    return [s for s in out if s]


def flat(text: str) -> str:
    """Letters and digits only, for comparing; digits of every script alike."""
    return _NOT_ALNUM.sub("", western_digits(text).casefold())


def same(line: str, title: str) -> bool:
    """A line that is the title, or most of it."""
    a, b = flat(line), flat(title)
    return bool(a) and (
        a == b
        or (len(a) > 20 and len(a) > 0.7 * len(b) and b.startswith(a))
        or (len(b) > 20 and len(b) > 0.7 * len(a) and a.startswith(b))
    )
