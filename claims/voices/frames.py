"""What is said of others' words: "reports that the mine is unsafe are false" denies that the mine is unsafe.

Whoever calls a report false names what he denies, and whoever denies it often names it so too. What is compared and
judged is the clause inside, with the polarity of the whole; the frame around it tells nobody what is in dispute. What
is only asked ("whether the mine is unsafe") takes no side.
"""

from __future__ import annotations

import re
from typing import Any

from claims.contrast import DEED, WORDS
from claims.models import Statement

_SAID = re.compile(
    rf"(?:(?!that\b)[\w’'-]+,? ){{0,5}}?(?P<words>{WORDS}) that "
    r"(?!(?:have|has|had|is|are|was|were|will|would|could|can|may|might|did|do|does|[a-z]{3,}ed)\b)(?=\S+ \S)",
    re.I,
)
"""Ahead of what somebody else says: "the union's claim that"; not of what it does, "claims that have dogged him"."""
UNTRUE = (
    r"(?:false|untrue|not true|wrong|incorrect|baseless|unfounded|groundless|without (?:basis|foundation|merit)|a lie|"
    r"lies|nonsense|fabricated|(?:a )?fabrications?|invented|made up|fiction|a myth|a hoax|(?:a )?fake|absurd)"
)
"""What somebody else's words are called by whoever denies them."""
_GAP = r"(?<![,\s])[,\s]+"
"""Blanks and commas from the first of them on: else a long run of them is tried from each."""
_IS_UNTRUE = re.compile(
    rf"{_GAP}(?:is|are|was|were|(?:has|have|had) been)(?: \w+ly| all| just| simply)? {UNTRUE}[.\s]*$", re.I
)
_LABELLED = re.compile(rf"{_GAP}(?:as )?(?:\w+ly )?{UNTRUE}[.\s]*$", re.I)
_LABELS = re.compile(r"\b(?:call|label|brand|describ|slam|denounc|dismiss|decr)", re.I)
"""Cues that say of something what it is: "called the report that ... a lie"."""
_UNTRUE_THAT = re.compile(
    rf"((?:it|that) ?(?:is|was|[’']s)(?: \w+ly| just)? (?!absurd|wrong|nonsense){UNTRUE})(?: to say)? that (?=\S+ \S)",
    re.I,
)
_AS_UNTRUE = re.compile(rf"{_GAP}as (?:\w+ly )?{UNTRUE}[.\s]*$", re.I)
_ANY = re.compile(r"any (?=\w+ \w)", re.I)
_WHETHER = re.compile(r"\W*whether\b", re.I)


def inside(said: Statement) -> Statement:
    """The statement with its frame taken off: what is denied, as what it is; the same where there is none."""
    if _WHETHER.match(said.text):
        return said.model_copy(update={"polarity": "disputes", "factuality": "distanced"})
    if said.factuality != "plain":
        return said
    return _of_denial(said) if said.polarity == "disputes" else _called_untrue(said)


def untrue(text: str) -> bool:
    """Whether a text ends in what another's words are called by whoever denies them."""
    return bool(_IS_UNTRUE.search(text) or _LABELLED.search(text))


def _of_denial(said: Statement) -> Statement:
    """Of "reports that any mine is unsafe as baseless", which are denied, what is reported."""
    text = said.text
    start, end, cue = 0, len(text), said.cue
    if head := _SAID.match(text):
        start, cue = head.end(), f"{cue} {head['words']}"  # "rejected reports": what is rejected are words
        end = tail.start() if (tail := _AS_UNTRUE.search(text, start)) else end
    if found := _ANY.match(text, start):
        start = found.end()
    return _cut(said, start, end, cue=cue)


def _called_untrue(said: Statement) -> Statement:
    """What is called untrue, as a denial of it: by whoever says so, and not by whose words it calls so."""
    text, cue = said.text, said.cue or ""
    if DEED.match(text):
        return said  # "to conclude that ... is absurd" calls a deed bad
    if head := _UNTRUE_THAT.match(text):
        return _cut(said, head.end(), len(text), polarity="disputes", cue=head[1])
    another = re.search(rf"\b{WORDS}$", cue, re.I)  # "the paper's report that ... was wrong"
    labelled = _LABELS.search(cue) or (another and len(said.holders) > 1)
    tail = _IS_UNTRUE.search(text) or (_LABELLED.search(text) if labelled else None)
    if tail and (head := _SAID.match(text, 0, tail.start())):
        return _cut(said, head.end(), tail.start(), polarity="disputes", cue=" ".join(tail[0].split()))
    if tail and another:
        theirs = another.start() == 0  # else it is "said reports that", by one who has no part in them
        by = {"holders": said.holders[:-1], "kinds": said.kinds[:-1]} if theirs else {}
        return _cut(said, 0, tail.start(), polarity="disputes", cue=" ".join(tail[0].split()), **by)
    return said


def _cut(said: Statement, start: int, end: int, **more: Any) -> Statement:
    if (start, end) == (0, len(said.text)):
        return said
    where = {"start": said.start + start, "end": said.start + end, "text": said.text[start:end]}
    return said.model_copy(update={**where, **more})
