"""What the words of two texts show of how they differ: a "no", opposite directions, may against is.

English word lists, general ones: no list holds a name or a phrase of any article.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from claims.quantities import stem

NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|false(?:ly)?|untrue|"
    r"denie[sd]|deny|rejected|refus\w+|fail(?:s|ed)?|declin(?:e|es|ed) to|unable|lack(?:s|ed)?|zero|"
    r"ruled out|myth)\b|n['’]t\b",
    re.I,
)
MAYBE = re.compile(
    r"\b(?:(?-i:may)|(?-i:May)(?= (?:I|we|he|she|it|they|the)\b)|"
    r"might|can|cannot|could|would|should|must|if|unless|whether|perhaps|maybe|possibl[ey]|"
    r"likely|unlikely|will|shall|expect\w*|plan(?:s|ned) to|hop(?:e|es|ed|ing)|want\w*|seek\w*|going to|"
    r"need(?:s)?|seem\w*|appear\w*)\b|['’]ll\b|\bcan['’]t\b|\?",
    re.I,
)
SUPPOSED = re.compile(
    r"\W*(?:(?:and|but|even|only)\s+)?(?:(?:if|unless|supposing|provided|assuming|in case)\b|"
    r"(?:had|were|should)\s(?=.*\b(?:would|could|might|will)\b))",
    re.I,
)
"""How a text begins whose first clause nobody asserts: "If the bridge is closed, trade will suffer"."""
VALUE = re.compile(
    r"\b(?:good|bad|best|worst|great|terrible|horrible|wrong|right|unfair|fair|disgrace\w*|shame\w*|"
    r"wonderful|excellent|outrage\w*|ridiculous|absurd|beautiful|important|irrelevant|deserve\w*)\b",
    re.I,
)
NO_MORE = re.compile(r"\bno (?:[a-z]+er|more|less|better|worse)\b(?: [\w’'-]+){0,3}? than\b", re.I)
"""A "no" that says most: "no closer ally than"."""
OPPOSITES = (
    (
        "rise rose risen increase grow grew grown climb gain surge soar jump higher up expand double more",
        "fall fell fallen decrease shrink shrank drop decline plunge slump tumble lower down halve less fewer",
    ),
    ("open", "close closed shut"),
    ("win won victory", "lose lost defeat"),
    ("begin began begun start", "end stop finish"),
    ("alive survive live", "dead die died kill"),
    ("strong strengthen", "weak weaken"),
    ("support back favor favour", "oppose"),
    ("approve accept allow permit legal lawful", "reject refuse ban forbid illegal unlawful"),
    ("guilty convict", "innocent acquit clear"),
    ("safe", "dangerous unsafe"),
    ("true", "false untrue"),
    ("present", "absent"),
    ("better improve", "worse worsen"),
    ("full", "empty"),
    ("before", "after"),
    ("first", "last"),
    ("all every", "none"),
    ("ally friend", "enemy foe"),
    ("join enter arrive", "leave left quit withdraw withdrew"),
    ("agree", "disagree"),
    ("able", "unable"),
    ("hire", "fire"),
)
"""Words of opposite direction, by stem. General English; both ways round."""

STOP = frozenset(
    (
        "a an the and or but of in on at to for from by with as is are was were be been being has have had do does "
        "did it its he she they we you i his her their our my this that these those there which who whom what when "
        "where how than then so also not no never will would can could may might must should shall about into over "
        "after before said says say "
    ).split()
)
WORD = re.compile(r"[A-Za-z][\w’'-]*|\d[\d.,]*")


WORDS = (
    r"(?:(?:claim|allegation|accusation|report|assertion|statement|notion|theor|rumou?r|stor|"
    r"insinuation|contention|speculation|argument|account|conclusion)(?:s|y|ies)?|charges|"
    r"(?:charge|suggestions?|ideas?)(?= (?:that\b(?! (?:would|could|will|can|may|might|has|have|had|is|was|were)\b)|"
    r"(?:it|he|she|they)\b)))"
)
"""What somebody else's words are called."""
EMPTY = re.compile(
    r"\W*(?:(?:all|any|both|each|most|many|some|of|the|these|those|such|his|her|its|their|my|our|that|this|earlier|"
    rf"latest|new|recent|previous|other|several|numerous|multiple)\s+)*(?:[\w’'-]+\s+)?{WORDS}"
    r"(?: (?:against|as|when)\b.*)?\W*$",
    re.I,
)
"""What names somebody's words without a word of what they say: "all the allegations against him"."""
SAYING = re.compile(
    rf"^(?:\W*\w+\W+){{0,4}}?(?:{WORDS}|(?:involvement|wrongdoing|characteri[sz]ation)s?)\b(?! to [a-z])", re.I
)
NAMES_THEM = re.compile(rf"\b(?:it|this|that|them|{WORDS}|(?:charge|suggestion|idea)s?)$", re.I)
"""How a cue ends that names others' words itself: "rejected reports", "denied it"."""
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|should|went|made|took|came|gave|"
    r"got|saw|knew|held|kept|lost|met|ran|rose|fell|sent|won|began|broke|built|grew|led|sold|says|goes|remains|means)\b(?!-)"
    r"|n['’]t\b"
    r"|(?<!\bthe )(?<!\ban )(?<!\ba )(?<!\bits )(?<!\bof )"
    r"\b(?!related|based|called|named)[a-z]{3,}ed\b(?! (?:by|on|with|from|for)\b)"
)
ASKS = re.compile(r"\W*(?:who|whom|which|what|where|when|why|how)\b", re.I)
RELATIVE = re.compile(r"\b(?:who|whom|which|that|what|where|when|why|how|whether)\b", re.I)
AGAINST = re.compile(
    r"\b(?:oppos|resist|object|protest|challeng|contest|disagree|counter|contradict|reject|dismiss|derid|ridicul|brush|"
    r"support|back|defend|call\w* (?:for|on)\b)",
    re.I,
)
"""Cues that stand against a plan or a person as often as they call something untrue."""
WITHHELD = re.compile(r"\bdenying\b|\b(?:is|are|was|were|been|be)\b.*\bdenied\b", re.I)
"""Cues by which somebody is denied a thing ("denying visas to") as often as something is called untrue."""
PERSON = re.compile(r"\W*(?:I|you|he|she|it|we|they)\b", re.I)
LONGEST = 4
"""Words of a cue, at most, that calls something untrue: "uses the dispute to raise a point" is about a dispute."""
UNREAL = re.compile(
    r"^(?:would|could|might|may|should|can|to)\b|\b(?:ready|prepared|set|about|expected|likely|going|how|chance) to\b",
    re.I,
)
"""Cues that nobody has uttered: "would deny" and "is ready to rebut" deny nothing yet."""
DEPLORES = re.compile(r"\b(?:is|are|was|were|be|it[’']s|that[’']s)\b.*\b(?:wrong|absurd|nonsense|ridiculous)$", re.I)
"""Cues that call a deed bad as often as a statement untrue: "banning him is wrong"."""
DEED = re.compile(r"\W*(?:to (?!say\b|claim\b|suggest\b)\w+|(?!say|claim|suggest|imply)\w+ing)\b", re.I)
"""How a content begins that is something done, and nothing said: "banning him", "to sell the mine"."""
UNDONE = re.compile(r"\b(?:refus|declin|challeng|fail|hesitat)\w*(?: \w+)? to(?: (?!believe|accept|credit)\w+)?$", re.I)
"""Cues of something that is not done: "refuses to back", and what follows is no more than what."""


def clause(text: str) -> bool:
    """Whether a text says something by itself: a finite verb that is not inside a relative clause."""
    text = text[:1].lower() + text[1:]
    finite, relative = FINITE.search(text), RELATIVE.search(text, 1)
    if finite is None or finite.start() == 0 or ASKS.match(text):
        return False  # "was not interested" has lost its subject
    return relative is None or relative.start() >= finite.start()


def deniable(said: str, cue: str | None = None) -> bool:
    """Whether a content can be denied: a clause ("he knew"), something said ("claims of"), an act ("taking a bribe").

    What a cue is only against ("opposes extending the line") is not called untrue.
    """
    cue = cue or ""
    if not content(said):
        return False  # "it would"
    if NAMES_THEM.search(cue) and not UNREAL.search(cue):
        return True
    if ASKS.match(said) or EMPTY.match(said) or UNDONE.search(cue) or (DEPLORES.search(cue) and DEED.match(said)):
        return False
    if UNREAL.search(cue) or (cue and f" {cue.lower()} " in said.lower()) or len(cue.split()) > LONGEST:
        return False  # and in "megaphones were denied to them", nothing is called untrue
    if AGAINST.search(cue):
        return bool(SAYING.search(said)) and not PERSON.match(said)
    somebody = bool(PERSON.match(said)) and len(said.split()) > 2  # "it used steel"
    says = somebody or (not WITHHELD.search(cue) and clause(said))
    return _act(said) or says or bool(SAYING.search(said))


def _act(content: str) -> bool:
    """Whether a content is something done: "taking a bribe"."""
    return bool(re.match(r"\W*(?!\w*thing\b)\w+ing\b", content))


@cache
def _sides() -> dict[str, set[tuple[int, int]]]:
    table: dict[str, set[tuple[int, int]]] = {}
    for number, sides in enumerate(OPPOSITES):
        for way, words in enumerate(sides):
            for word in words.split():
                table.setdefault(stem(word), set()).add((number, way))
    return table


def opposites(said: str, wording: str) -> tuple[str, str] | None:
    """A word of each text that point in opposite directions; None where there is none or both texts hold both."""
    ours, theirs = _directions(said), _directions(wording)
    for (number, way), word in ours.items():
        other = (number, 1 - way)
        if other in theirs and other not in ours and (number, way) not in theirs:
            return word, theirs[other]
    return None


def _directions(text: str) -> dict[tuple[int, int], str]:
    return {key: word for word in WORD.findall(text) for key in _sides().get(stem(word), ())}


def negations(text: str) -> int:
    """How many words of a text turn it round."""
    return len(NEGATION.findall(text))


LIGHT = frozenset(
    map(stem, "believe think know any much even ever yet evidence indication sign proof true really".split())
)
"""Words that may stand between a "no" and what it turns."""


def turned(negating: str, other: str) -> str | None:
    """The word that a "no" of one text turns, where the other text says it without; None where it does not."""
    theirs, ways = content(other), _directions(other)
    for found in NEGATION.finditer(negating):
        after = (w for w in WORD.findall(negating, found.end()) if w.lower() not in STOP and stem(w) not in LIGHT)
        word: str | None = next(after, None)
        if word and (stem(word) in theirs or ways.keys() & _directions(word).keys()):
            return word
    return None


@lru_cache(1 << 12)
def content(text: str) -> frozenset[str]:
    """The content words of a text, stemmed."""
    return frozenset(stem(w) for w in WORD.findall(text) if w.lower() not in STOP and len(w) > 1 and not w[0].isdigit())


def overlap(said: str, wording: str) -> float:
    """Share of the content words of the text that has fewer which the other holds too, in [0, 1]."""
    a, b = content(said), content(wording)
    if min(len(a), len(b)) < 3 and not (a <= b or b <= a):
        return 0.0  # of one or two words each is needed
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
