"""What a statement refers back to, put in its place: "the two countries" are the two that were named before.

A claim is read, compared and judged by itself, so it has to say of whom it speaks. Only what plain signs decide is
put in: a pair that was named as a pair, and the name that opens the sentence before, which a pronoun that opens the
next one most often takes up (the centre of attention, Grosz, Joshi and Weinstein 1995). All else stays as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from claims.models import Sentence
from claims.voices.holders import FEMALE, MALE, Resolver, Seen
from claims.voices.places import states

REACH = 600
"""Code points back in which a pair is looked for."""

AROUND = 20_000
"""Code points of a text that are looked at for what is named in it: most articles whole."""

_LEAD = (
    r"[\"“‘']?(?:(?:and|but|so|yet|still|then|also|however|moreover|meanwhile|instead|nevertheless|later|in addition|"
    r"at the same time),?\s+)?"
)
_FIRST = re.compile(_LEAD, re.I)
_STATES = r"countries|nations|states|sides|neighbou?rs|allies|governments|powers|capitals"
_PEOPLE = r"men|women|leaders|presidents|ministers|candidates|politicians|officials|diplomats"
_TWO = re.compile(
    rf"\b(?:the two|both(?: of the)?)(?: [a-z]+)?? (?:(?P<states>{_STATES})|(?:{_PEOPLE}))\b(?P<whose>['’]s?(?!\w))?"
    r"(?! (?:and|of|from|in) [A-Z])",
    re.I,
)
_PRONOUN = re.compile(rf"(?P<lead>{_LEAD})(?P<word>he|she|it|they|his|her|its|their)\b(?!['’])", re.I)
_EMPTY = re.compile(
    r"\s+(?:(?:also|only|now|still|never|just|not|all|then|so)\s+)*"
    r"(?:is|was|were|be|been|seems?|seemed|appears?|appeared|looks?|looked|has been|had been|"
    r"(?:will|would|may|might|could|can|should|must)(?: not)?(?: also)? (?:be|take|have|seem)|"
    r"takes?|took|turns?|turned|happens?|happened|follows|makes? (?:no )?sense|remains?|remained|depends?)\b",
    re.I,
)
"""What follows an "it" that may stand for nothing: "it is clear", "it took years"."""
_AND = re.compile(r"\s+and\s+|\s*[-–]\s*")
_OWNS = re.compile(r"['’](?:s\b|(?=\s))")
_HIS, _HER = ("he", "his"), ("she", "her")


def meant(text: str, start: int, end: int, sentences: Sequence[Sentence], at: int, resolver: Resolver) -> str | None:
    """What ``text[start:end]``, said in ``sentences[at]``, says with a name for what it refers back to; None for none.

    ``resolver`` is one of the same text.
    """
    said = text[start:end]
    if found := _TWO.search(said):
        pair = _pair(text, start + found.start(), "state" if found["states"] else "person", resolver)
        if pair and not any(name in said for name in pair):
            named = " and ".join(pair) + ("’s" if found["whose"] else "")
            return said[: found.start()] + named + said[found.end() :]
    opening = _PRONOUN.match(said)
    if not opening or not at or start > sentences[at].start + 1:
        return None
    word, rest = opening["word"].lower(), said[opening.end() :]
    if word == "it" and _EMPTY.match(rest):
        return None
    name = _subject(text, sentences[at - 1], word, resolver)
    if name is None or name in said:
        return None
    return f"{opening['lead']}{name}{'’s' if word in ('his', 'her', 'its', 'their') else ''}{rest}"


def _pair(text: str, before: int, kind: str, resolver: Resolver) -> tuple[str, str] | None:
    """The last two names of a kind that stand as a pair ahead of a point, unless others do so more often."""
    seen = [s for s in resolver.mentions(max(0, before - AROUND), before) if s.kind == kind]
    pairs = [
        (one, two)
        for one, two in pairwise(seen)
        if _AND.fullmatch(text, one.at + len(one.name), two.at) and one.name != two.name
    ]
    if not pairs or pairs[-1][0].at < before - REACH:
        return None
    often = Counter(frozenset(_called(s) for s in pair) for pair in pairs)
    if often[frozenset(_called(s) for s in pairs[-1])] < max(often.values()):
        return None  # which pair is meant is open
    return pairs[-1][0].name, pairs[-1][1].name


def _called(seen: Seen) -> str:
    """A state by its name, also where it goes by that of its capital."""
    return states().get(seen.name.lower(), seen.name)


def _subject(text: str, before: Sentence, word: str, resolver: Resolver) -> str | None:
    """The name that opens a sentence and fits a pronoun that opens the next."""
    met = resolver.mentions(before.start, before.end)
    opening = next((s for s in met if _FIRST.fullmatch(text, before.start, s.at)), None)
    if opening is None or not _known(opening, text):
        return None
    after = opening.at + len(opening.name)
    second = next((s for s in met if s.at > after and _AND.fullmatch(text, after, s.at)), None)
    if word in ("they", "their"):
        return f"{opening.name} and {second.name}" if second and second.kind == opening.kind else None
    if second or _OWNS.match(text, after):
        return None
    if word in _HIS or word in _HER:
        other = FEMALE if word in _HIS else MALE
        return opening.name if opening.kind == "person" and not other.search(opening.name) else None
    return opening.name if opening.kind in ("state", "institution", "outlet") else None


def _known(seen: Seen, text: str) -> bool:
    """Whether what opens a sentence, where every word may be written large, is a name elsewhere too."""
    *rest, last = seen.name.split()
    if seen.kind == "state":
        return True
    if "'" in seen.name or "’" in seen.name or any(word.isupper() and len(word) > 2 for word in rest):
        return False
    ahead = r"[A-Z][\w.-]+ " if seen.kind == "person" and not rest else r"[a-z,] (?:[A-Z]\S* ){0,3}"
    around = text[max(0, seen.at - AROUND) : seen.at + AROUND]
    return bool(re.search(rf"\b{ahead}{re.escape(last)}\b", around))
