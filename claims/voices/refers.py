"""What a statement refers back to, put in its place: "the two countries" are the two that were named before.

A claim is read, compared and judged by itself, so it has to say of whom it speaks. Only what plain signs decide is
put in: a pair that was named as a pair, and the name that opens the sentence before where no other fits, which a
pronoun that opens the next one most often takes up (the centre of attention, Grosz, Joshi and Weinstein 1995). All
else stays as it was written: a wrong name is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from claims.models import Sentence
from claims.voices.holders import FEMALE, MALE, Resolver, Seen
from claims.voices.places import adjectives, states

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
_TWO = re.compile(
    r"\b(?<!one of )(?:the two|both(?: of the)?)(?: (?:neighbou?ring|rival|warring|friendly|allied|hostile))? "
    r"(?:(?P<states>countries|nations|governments|neighbou?rs|allies|capitals)|(?P<vague>sides|states|powers)|"
    r"(?:men|women|leaders|presidents|ministers|candidates|politicians|officials|diplomats))\b(?P<whose>['’]s?(?!\w))?"
    r"(?! (?:and|of|from|in|without) (?:the\b|(?-i:[A-Z])))",
    re.I,
)
_PRONOUN = re.compile(rf"(?P<lead>{_LEAD})(?P<word>he|she|it|his|her|its|their)\b(?!['’])", re.I)
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
_THING = re.compile(r"\b(?:an?|the|this|its|their) [a-z]")
"""Something that an "it" may stand for as well."""
_AND = re.compile(r"\s+and\s+(?:the\s+)?|\s*[-–]\s*")
_OWNS = re.compile(r"['’](?:s\b|(?=\s))")


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

    def meant(self, start: int, end: int, at: int, quoted: bool = False) -> str | None:
        """What ``text[start:end]``, said in sentence ``at``, says with a name put in; None where none is.

        What is ``quoted`` begins with no name of the text around it: speakers talk of others than themselves.
        """
        said = self._text[start:end]
        if found := _TWO.search(said):
            kind = "state" if found["states"] or found["vague"] else "person"
            low = self._sentences[max(0, at - 1)].start if found["vague"] else start - REACH
            pair = self._pair(low, start + found.start(), kind)
            if pair and not any(name in said for name in pair):
                named = " and ".join(pair) + ("’s" if found["whose"] else "")
                return said[: found.start()] + named + said[found.end() :]
        opening = _PRONOUN.match(said)
        if not opening or quoted or not at or start > self._sentences[at].start + 1:
            return None
        word, rest = opening["word"].lower(), said[opening.end() :]
        if word == "it" and _EMPTY.match(rest):
            return None
        name = self._subject(self._sentences[at - 1], word, also=bool(re.match(r"\s+also\b", rest)))
        if name is None or name in said:
            return None
        return f"{opening['lead']}{name}{'’s' if word in ('his', 'her', 'its', 'their') else ''}{rest}"

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
        ahead = r"[A-Z][\w.-]{1,40} " if seen.kind == "person" and not rest else r"[a-z],? (?:[A-Z]\S{0,40} ){0,3}"
        around = self._text[max(0, seen.at - AROUND) : seen.at + AROUND]
        return bool(re.search(rf"{ahead}{re.escape(last)}\b", around))


def _called(seen: Seen) -> str:
    """A state by its name, also where it goes by that of its capital."""
    return states().get(seen.name.lower(), seen.name)


def _adjectives(text: str) -> set[str]:
    """The states that a text speaks of by their adjectives: "American and Chinese interests"."""
    known = adjectives()
    return {known[word.lower()] for word in re.findall(r"\b(?:North |South )?[A-Z]\w+", text) if word.lower() in known}
