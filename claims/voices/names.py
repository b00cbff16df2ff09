"""Who is who: kinds of sources, and names compared. No model, no lists of people.

Merging is cautious: a wrong merge puts one mouth's words into another, a missed one only shows a source twice. So
spellings are compared word by word, and two given names that differ by more than a transliteration keep two people
apart. A surname joins a full name only within a document, see :mod:`claims.voices.holders`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from claims.models import SourceKind
from claims.voices.places import adjectives, states
from claims.voices.words import GROUP_WORDS, INSTITUTION_WORDS, OUTLET_WORDS, OUTLETS, PERSON_ROLES, TITLES, VAGUE_WORDS

UNNAMED = "unnamed"
"""The holder's name where the text names nobody ("it was reported")."""

VAGUE = re.compile(
    r"^(?:an?|some|many|most|several|few|other|others|various|multiple|numerous|unnamed|anonymous|"
    r"unidentified|critics|"
    r"observers|sources|experts|analysts|insiders|commentators|watchers|two|three|four|one|another|"
    r"those|people)\b",
    re.I,
)
SHE = re.compile(r"^(?:she|her|hers|herself)$", re.I)
HE = re.compile(r"^(?:he|him|his|himself)$", re.I)
IT = re.compile(r"^(?:it|its|itself|which|that)$", re.I)
THEY = re.compile(r"^(?:they|their|theirs|them|themselves|both)$", re.I)
SELF = re.compile(r"^(?:i|we|my|our|me|us|myself|ourselves)$", re.I)
WHO = re.compile(r"^(?:who|whose|whom)$", re.I)
_ARTICLE = re.compile(r"^(?:the|an?|its|his|her|their|this|that|these|those|our|my)\s+", re.I)
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?=\s|$)")
_APPOSITIVE = re.compile(r"\s*(?:,|\s[–—-]+\s|\()")
_WORD = re.compile(r"[^\W_]+(?:[.'’](?=[^\W_])[^\W_]+)*\.?")
_AFTER_HEAD = re.compile(
    r"\s(?:of|for|in|at|from|on|to|with|by|who|that|which|close|familiar|citing|about|against|near|inside|within)\s"
)
_ROLE = (
    r"(?:spokes(?:man|woman|person)|director|chief|head|chair(?:man|woman)?|president|analyst|researcher|official|"
    r"minister|secretary)"
)
_SMALL = frozenset("of the and for on in".split())
_PARTICLE = frozenset("de da di du del della van von der den la le al el bin ibn ben abu ter dos".split())


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """A name's words: no case, accents, article or possessive; hyphens part words, dots of initials go."""
    flat = _POSSESSIVE.sub("", _ARTICLE.sub("", name.strip()))
    flat = unicodedata.normalize("NFKD", flat).encode("ascii", "ignore").decode().lower().replace(".", "")
    return tuple(re.findall(r"[a-z0-9]+", flat))


@lru_cache(maxsize=65536)
def display(name: str) -> str:
    """A source span as a name: without an appositive behind it, quotation marks or a possessive at its end.

    >>> display("Ann Lee, who advises the board,")
    'Ann Lee'
    """
    flat = re.sub(
        r"^(?:by|from|and|but|with|as|when|while|that)\s+(?=\S)", "", " ".join(name.split()).strip(' ,;:"“”‘')
    )
    head = _APPOSITIVE.split(flat, maxsplit=1)[0]
    if head and (any(c.isupper() for c in head) or not any(c.isupper() for c in flat)):
        flat = head
    return re.sub(r"['’]s?$", "", flat).strip(' ,;:"“”‘’') or flat


@lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """What a name is looked up by: its words, without case, accents, articles or possessives.

    >>> key_of("The Daily News'"), key_of("daily news")
    ('daily news', 'daily news')
    """
    return " ".join(words(display(name))) or name.strip().lower()


def person_words(name: str) -> tuple[str, ...]:
    """The words of a person's own name: titles, offices and countries ahead of it are left off.

    >>> person_words("Foreign Ministry spokesman Ann B. Lee")
    ('ann', 'b', 'lee')
    """
    raw = [w.strip(".") for w in _WORD.findall(_POSSESSIVE.sub("", display(name)).replace("-", " "))]
    flat = [unicodedata.normalize("NFKD", w).encode("ascii", "ignore").decode().lower().replace(".", "") for w in raw]
    last = max((i for i, w in enumerate(flat) if w in TITLES), default=-1)
    tail = [(r, f) for r, f in zip(raw[last + 1 :], flat[last + 1 :], strict=True) if f]
    while (
        tail
        and (tail[0][1] in adjectives() or tail[0][1] in states() or tail[0][1] in ("the", "a", "an"))
        and len(tail) > 2
    ):
        tail = tail[1:]
    own = tuple(
        f for r, f in tail if r[:1].isupper() or f in _PARTICLE or any(c.isupper() for c in r) or len(tail) <= 3
    )
    return own if all(r[:1].isupper() or f in _PARTICLE for r, f in tail) and own else own[:4]


@lru_cache(maxsize=65536)
def kind_of(name: str) -> SourceKind:
    """What sort of source a name is, by its words alone.

    >>> [kind_of(n) for n in ("the Foreign Ministry", "Beijing", "Ann Lee", "critics", "The Daily News")]
    ['institution', 'state', 'person', 'unnamed', 'outlet']
    """
    shown = display(name)
    flat = words(shown)
    if not flat or shown.lower() == UNNAMED:
        return "unnamed"
    if HE.match(shown) or SHE.match(shown) or WHO.match(shown):
        return "person"
    if THEY.match(shown):
        return "group"
    if IT.match(shown):
        return "institution"
    joined = " ".join(flat)
    if joined in states() or joined.removesuffix(" government").removesuffix(" regime") in states():
        return "state"
    if len(flat) >= 2 and flat[-1] in ("government", "regime", "side") and (" ".join(flat[:-1]) in adjectives()):
        return "state"
    proper = [w for w in _WORD.findall(_ARTICLE.sub("", shown)) if w[:1].isupper() or any(c.isupper() for c in w)]
    own = [w for w in proper if w.lower() not in adjectives() and w.lower() not in states()]
    head = _head(shown)
    if head in PERSON_ROLES and not own:
        return "unnamed" if VAGUE.match(shown) and not proper else "person"
    if (
        VAGUE.match(shown)
        and (not own or head in VAGUE_WORDS | GROUP_WORDS)
        and head not in INSTITUTION_WORDS | OUTLET_WORDS
    ):
        return "unnamed"
    if len(flat) == 1 and re.search(r"[a-z](?:Times|News|Post|Daily|Herald|Journal)$", shown):
        return "outlet"
    if head in OUTLET_WORDS or flat[-1] in OUTLETS or flat[0] in OUTLETS:
        return "outlet" if head not in ("report", "press") or proper else "institution"
    if flat[-1] in INSTITUTION_WORDS or head in INSTITUTION_WORDS:
        return "institution"
    if head in GROUP_WORDS or head in VAGUE_WORDS:
        return "group" if proper or _ARTICLE.match(shown) else "unnamed"
    if any(w in TITLES for w in flat[:-1]) or flat[0] in TITLES:
        return "person"
    if any(w in INSTITUTION_WORDS for w in flat):
        return "institution"
    if any(w in OUTLET_WORDS for w in flat[1:]):
        return "outlet"
    if proper and 1 <= len(words(shown)) <= 5 and not any(w.isupper() and len(w.replace(".", "")) > 1 for w in proper):
        return "person" if not name.lower().startswith(("the ", "a ", "an ")) else "institution"
    if proper:
        return "institution"
    return "group" if flat[-1].endswith("s") else "unnamed"


def _head(shown: str) -> str:
    """The head noun: the last word before a preposition or relative clause."""
    part = _AFTER_HEAD.split(shown)[0]
    found = _WORD.findall(part.lower())
    return found[-1].strip(".") if found else ""


def is_initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """ "hrw" for "human rights watch"; small words may be left out of the initials."""
    if len(short) != 1 or len(long) < 2 or not 2 <= len(short[0]) <= 6:
        return False
    return short[0] in ("".join(w[0] for w in long), "".join(w[0] for w in long if w not in _SMALL))


def spelled_alike(a: tuple[str, ...], b: tuple[str, ...], person: bool = False) -> bool:
    """One name in two spellings: word by word a letter more or less in a long word, another vowel in a name of three
    words, or words joined differently. Consonants are exchanged only in names that are no person's (Rodong, Nodong).
    """
    if a == b or "".join(a) == "".join(b):
        return True
    if len(a) != len(b) or re.sub(r"\D", "", "".join(a)) != re.sub(r"\D", "", "".join(b)):
        return False
    off = 0
    for x, y in zip(a, b, strict=True):
        if x == y:
            continue
        distance = Levenshtein.distance(x, y)
        dropped = distance == abs(len(x) - len(y)) <= 1 and min(len(x), len(y)) >= 6 and x[0] == y[0]
        vowel = distance == 1 and _skeleton(x) == _skeleton(y) and len(a) >= 3 and min(len(x), len(y)) >= 2
        swapped = distance == 1 and min(len(x), len(y)) >= 6 and not person
        if not (dropped or vowel or swapped):
            return False
        off += 1
    return off < len(a) or (not person and len(a) >= 2)


def _skeleton(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", re.sub(r"[aeiouyw]+", "*", word))


def same_source(a: str, b: str) -> bool:
    """Whether two names, with nothing else known, are one source's. A lone surname is not enough."""
    kind_a, kind_b = kind_of(a), kind_of(b)
    if "unnamed" in (kind_a, kind_b):
        return kind_a == kind_b and words(display(a)) == words(display(b))
    if kind_a == "person" and kind_b == "person":
        pa, pb = person_words(a), person_words(b)
        if not pa or not pb:
            return words(a) == words(b)
        if len(pa) == 1 or len(pb) == 1:
            return pa == pb
        return spelled_alike(pa, pb, True) or (len(_no_initials(pa)) >= 2 and _no_initials(pa) == _no_initials(pb))
    if "state" in (kind_a, kind_b):
        return kind_a == kind_b and _state(a) == _state(b)
    wa, wb = words(display(a)), words(display(b))
    if not wa or not wb:
        return False
    if kind_a == kind_b == "outlet" and len(_core(wa)) > 1 and _core(wa) == _core(wb):
        return True
    return spelled_alike(wa, wb) or is_initials(wa, wb) or is_initials(wb, wa)


def _no_initials(name: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w for w in name if len(w) > 1)


def _state(name: str) -> str | None:
    joined = " ".join(words(display(name)))
    for end in (" government", " regime", " side"):
        joined = joined.removesuffix(end)
    return states().get(joined) or adjectives().get(joined)


def _core(name: tuple[str, ...]) -> tuple[str, ...]:
    """An outlet's or institution's name without what only says where it is from or what it is."""
    plainer = "state run based newspaper paper agency an editorial in the report official media by".split()
    places = {w for n in states() for w in n.split()} | set(adjectives())
    return tuple(w for w in name if w not in plainer and w not in places)


def affiliation(name: str) -> str | None:
    """The institution that a person speaks for, by the name alone; the two are linked, never merged.

    >>> affiliation("Defense Department spokesman Ann Lee"), affiliation("a spokesman for the ministry")
    ('Defense Department', 'the ministry')
    """
    if found := re.match(rf"(.+?)\s+{_ROLE}\b", name, re.I):
        body = found[1]
        if any(w in INSTITUTION_WORDS | OUTLET_WORDS for w in words(body)) or body.isupper():
            return re.sub(r"^(?:an?|the)\s+(?=[A-Z])", "", body)
    if found := re.search(r"\bspokes\w+\s+(?:for|of|at|from|with)\s+((?:the\s+)?[^,]+)", name, re.I):
        return found[1].strip()
    return None
