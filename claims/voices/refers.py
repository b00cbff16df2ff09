"""What a statement refers back to, put in its place: "the two countries" are the two that were named before.

A claim is read, compared and judged by itself, so it has to say of whom it speaks. Only what plain signs decide is
put in: a pair that was named as a pair; who says it, where what is said begins with a pronoun that fits ("Paris fears
that it would lose"); and the name that opens the sentence before where no other fits, which a pronoun that opens the
next one most often takes up (the centre of attention, Grosz, Joshi and Weinstein 1995). All else stays as it was
written: a wrong name is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from claims.models import Sentence, SourceKind
from claims.voices.holders import FEMALE, MALE, Resolver, Seen
from claims.voices.places import adjectives, states
from claims.wording import QUOTES

REACH = 600
"""Code points back in which a pair is looked for."""

AROUND = 20_000
"""Code points of a text that are looked at for how often a pair is named, and whether a name is one: most articles
whole."""

_LEAD = (
    r"[\"“‘']?(?:(?:and|but|so|yet|still|then|also|however|moreover|meanwhile|instead|nevertheless|later|in addition|"
    r"at the same time),?\s+)?"
)
_FIRST = re.compile(_LEAD, re.I)
_BOTH = re.compile(r"[\"“‘']?both (?=(?:are|were|have|had|want|need|see|share|deny|denied|say|said|fear)\b)", re.I)
"""Two that were named together, with no word of what they are."""
_TWO = re.compile(
    r"\b(?<!one of )(?:the two|both(?: of the)?)(?: (?:neighbou?ring|rival|warring|friendly|allied|hostile))? "
    r"(?:(?P<states>countries|nations|governments|neighbou?rs|allies|capitals)|(?P<vague>sides|states|powers)|"
    r"(?:men|women|leaders|presidents|ministers|candidates|politicians|officials|diplomats))\b(?P<whose>['’]s?(?!\w))?"
    r"(?! (?:and|of|from|in|without) (?:the\b|(?-i:[A-Z])))",
    re.I,
)
_PRONOUN = re.compile(rf"(?P<lead>{_LEAD})(?P<word>he|she|it|they|his|her|its|their)\b(?!['’])", re.I)
_OWN = ("his", "her", "its", "their")
_EMPTY = re.compile(
    r"\s+(?:(?:also|only|now|still|never|just|not|all|then|so)\s+)*"
    r"(?:is|was|were|be|been|seems?|seemed|appears?|appeared|looks?|looked|emerge[ds]?|comes?|came|"
    r"(?:is|was|were|has|had|does|did|do|would|will|could|should|might)n[’']t|"
    r"(?:has|have|had)(?: (?:not|also|now|long|since|only))* (?:been|taken|become|emerged|come|happened|turned|seemed)|"
    r"(?:will|would|may|might|could|can|should|must)(?: not)?(?: also)? (?:be|take|have|seem)|"
    r"takes?|took|turns?|turned|happens?|happened|follows|makes? (?:no )?sense|remains?|remained|depends?)\b",
    re.I,
)
"""What follows an "it" that may stand for nothing: "it is clear", "it took years"."""
_DONE = re.compile(
    r"\s+(?:also |only |now |still |never |not )?(?:(?:is|was)(?: being)?|(?:has|had) been|"
    r"(?:will|would|may|might|could|can|should|must)(?: not)? be) "
    r"(?!(?:expect|believ|hop|fear|claim|alleg|report|suggest|need|suppos|reput|complicat)ed\b)"
    r"[a-z]{2,}ed\b(?! (?:that|to)\b)"
)
"""What is done to somebody, who is then meant: "it would be pushed aside"."""
_THING = re.compile(r"\b(?:an?|the|this|its|their) [a-z]")
"""Something that an "it" may stand for as well."""
_MANY = re.compile(r"^(?!(?:their|his|her|its|my|our|your)\b).*\b(?!news$|politics$|economics$)[a-z]+[^sui’']s$", re.I)
"""A source of several people: "officials", "two analysts"."""
_AND = re.compile(r"\s+and\s+(?:the\s+)?|\s*[-–]\s*")
_OWNS = re.compile(r"['’](?:s\b|(?=\s))")


NEAR = 60
"""Code points between a speaker and what is said, at most: little more than the cue."""
_MARKS = re.compile(rf"[{QUOTES}:;]|\s(?:amid|over|about|against|from|after|of)\b")
"""What stands between where the one named ahead need not be who says it: "beat Lee amid accusations that he"."""
_TITLE = r"\b(?:[A-Z]|Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|Prof)\."
_HE = re.compile(r"he|she", re.I)
_PERSON = re.compile(r"(?:[A-Z][\w.-]*,? )*[A-Z][\w-]*")
_NAMED = re.compile(r"[A-Z]|the\b")


class Speaker(NamedTuple):
    """Who says something: the last of its holders, and where in the text he is named, be it by a pronoun."""

    name: str
    kind: SourceKind | None
    at: tuple[int, int]


class Referring:
    """What the statements of one text refer back to. ``sentences`` are those of the text."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._text, self._sentences = text, sentences

    @cached_property
    def _names(self) -> list[Seen]:
        return Resolver(self._text).mentions(0, len(self._text))

    def _seen(self, low: int, high: int) -> list[Seen]:
        """The names in a stretch of the text."""
        at = [bisect_left(self._names, where, key=lambda seen: seen.at) for where in (max(0, low), high)]
        return self._names[at[0] : at[1]]

    def meant(self, start: int, end: int, at: int, by: Speaker | None = None) -> str | None:
        """What ``text[start:end]``, said in sentence ``at``, says with a name put in; None where none is.

        Where it is said ``by`` somebody, a pronoun that opens it can only become the speaker's name: speakers talk of
        others, too.
        """
        said = self._text[start:end]
        if found := _TWO.search(said):
            kind = "state" if found["states"] or found["vague"] else "person"
            low = self._sentences[max(0, at - 1)].start if found["vague"] else start - REACH
            pair = self._pair(low, start + found.start(), kind)
            if pair and not any(name in said for name in pair):
                named = " and ".join(pair) + ("’s" if found["whose"] else "")
                return said[: found.start()] + named + said[found.end() :]
        if (found := _BOTH.match(said)) and at:
            pairs = (self._pair(self._sentences[at - 1].start, start, kind) for kind in ("state", "person"))
            two = [" and ".join(pair) for pair in pairs if pair]
            return f"{two[0]} {said[found.end() :]}" if len(two) == 1 else None
        opening = _PRONOUN.match(said)
        if not opening:
            return None
        word, rest = opening["word"].lower(), said[opening.end() :]
        if word == "it" and _EMPTY.match(rest) and not (by and _DONE.match(rest)):
            return None
        if by:
            name = self._speaker(by, word, start)
        elif word != "they" and at and start <= self._sentences[at].start + 1:
            name = self._subject(self._sentences[at - 1], word, also=bool(re.match(r"\s+also\b", rest)))
        else:
            name = None
        if name is None or name in said:
            return None
        return f"{opening['lead']}{name}{'’s' if word in _OWN else ''}{rest}"

    def _speaker(self, by: Speaker, word: str, start: int) -> str | None:
        """Who says it, where named ahead of it in the sentence, and the one whom the pronoun fits."""
        written, between = self._text[slice(*by.at)], self._text[by.at[1] : start]
        if not 0 < len(between) <= NEAR or _MARKS.search(between) or self._text[start] in QUOTES:
            return None  # in a speaker's own words "he" is somebody else
        others = self._seen(by.at[1], start)
        if word in ("they", "their"):
            return by.name if by.kind in ("group", "unnamed") and _MANY.search(by.name) else None
        if word in ("it", "its"):
            fits = by.kind in ("institution", "state") and not others and not _THING.search(between)
            return by.name if fits and _NAMED.match(by.name) else None
        other = FEMALE if word in ("he", "his") else MALE
        if by.kind != "person" or not _PERSON.fullmatch(by.name) or other.search(by.name):
            return None
        if not _HE.fullmatch(written) and by.name.split()[-1] not in written:
            return None  # a role may be another's
        known = " " in by.name or self._known(Seen(by.at[0], by.name, "person", True))
        return by.name if known and not any(s.kind == "person" for s in others) else None

    def _pair(self, low: int, before: int, kind: str) -> tuple[str, str] | None:
        """The last two names of a kind from ``low`` on, ahead of a point, if they stand as a pair that is meant."""
        seen = [s for s in self._seen(before - AROUND, before) if s.kind == kind]
        pairs = [
            (one, two)
            for one, two in pairwise(seen)
            if _AND.fullmatch(self._text, one.at + len(one.name), two.at) and one.name != two.name
        ]
        if not pairs or pairs[-1][0].at < low:
            return None
        often = Counter(frozenset(map(_called, pair)) for pair in pairs)
        last = frozenset(map(_called, pairs[-1]))
        after = pairs[-1][1].at
        others = any(_called(s) not in last for s in seen if s.at > after) or (
            kind == "state" and not last.issuperset(_adjectives(self._text[after:before]))
        )
        if others or often[last] < max(often.values()):
            return None  # which pair is meant is open
        return pairs[-1][0].name, pairs[-1][1].name

    def _subject(self, before: Sentence, word: str, also: bool) -> str | None:
        """The name that opens a sentence and alone fits a pronoun that opens the next."""
        met = self._seen(before.start, before.end)
        opening = next((s for s in met if _FIRST.fullmatch(self._text, before.start, s.at)), None)
        if opening is None or not self._known(opening):
            return None
        after = opening.at + len(opening.name)
        rest = [s for s in met if s.at > after and _called(s) != _called(opening) and opening.name not in s.name]
        if word == "their":
            pair = len(rest) == 1 and rest[0].kind == opening.kind and _AND.fullmatch(self._text, after, rest[0].at)
            return f"{opening.name} and {rest[0].name}" if pair else None
        if _OWNS.match(self._text, after):
            return None
        if word in ("it", "its"):
            # a single word may be the name of anything
            fits = opening.kind != "person" and not any(s.kind != "person" or " " not in s.name for s in rest)
            thing = word == "it" and not also and _THING.search(self._text, after, before.end)
            return opening.name if fits and not thing else None
        other = FEMALE if word in ("he", "his") else MALE
        fits = opening.kind == "person" and not other.search(opening.name)
        return opening.name if fits and not any(s.kind == "person" for s in rest) else None

    def _known(self, seen: Seen) -> bool:
        """Whether what opens a sentence, where every word may be written large, is a name elsewhere too."""
        if seen.kind == "state":
            return True
        *rest, last = seen.name.split()
        if "'" in seen.name or "’" in seen.name or any(word.isupper() and len(word) > 2 for word in rest):
            return False
        ahead = r"[a-z],? (?:[A-Z]\S{0,40} ){0,3}"
        if seen.kind == "person" and not rest:
            ahead = rf"(?:{_TITLE}|[A-Z][\w-]{{1,40}}) "
        around = self._text[max(0, seen.at - AROUND) : seen.at + AROUND]
        return bool(re.search(rf"{ahead}{re.escape(last)}\b", around))


def _called(seen: Seen) -> str:
    """A state by its name, also where it goes by that of its capital."""
    return states().get(seen.name.lower(), seen.name)


def _adjectives(text: str) -> set[str]:
    """The states that a text speaks of by their adjectives: "American and Chinese interests"."""
    known = adjectives()
    return {known[word.lower()] for word in re.findall(r"\b(?:North |South )?[A-Z]\w+", text) if word.lower() in known}
