"""A claim's wording: a short declarative sentence, taken from what was said with little changed."""

from __future__ import annotations

import re
from functools import lru_cache

from claims.contrast import FINITE

JOINING = re.compile(
    r"^(?:(?:and|but(?! for\b)|so(?! (?:far|long|many|much)\b)|yet(?! (?:another|again|more|to)\b)|or|moreover|"
    r"furthermore|meanwhile|nevertheless|nonetheless|therefore|consequently|in fact|of course|for example|"
    r"for instance|on the other hand|only(?= that (?:the|an?|he|she|it|they|we|you|I|there|(?-i:[A-Z]\w*))\b)|"
    r"(?-i:that))\b,?\s+|"
    r"(?:instead|thus|hence|also|still|then|indeed)(?= (?:he|she|it|they|we|you|I|there)\b)\s+|"
    r"(?:however|instead|thus|hence|also|still|then|indeed|besides|accordingly|in addition|as a result|"
    r"at the same time),\s+)+",
    re.IGNORECASE,
)
"""What joins a sentence to the one before. A word that may begin something else goes only where a comma parts it from
the sentence, or the subject is plain: "Instead, the port grew", but not "Instead of closing, the port grew"."""
HANGING = re.compile(
    r"^(?:whether(?: or not)?|because(?! of\b)|since(?! (?:\d|then\b|last\b))|as(?= (?:the|he|she|it|they|we)\b))\b"
    r",?\s+",
    re.IGNORECASE,
)
"""What hangs a clause on a sentence: it goes where the clause is all there is."""
IN_A_ROW = 8
"""So many of these in a row are taken off: each is looked at with all that follows, which takes long for thousands."""
ALONG = re.compile(
    r"(?:and|or|but|nor|which|who|whom|whose|that|where|when|while|as|because|since|although|though|if|so|then|already|"
    r"(?-i:[a-z]+ing|[a-z]+ly))\b",
    re.IGNORECASE,
)
"""How a part of a sentence begins that hangs on the part before it."""
HELPS = (
    r"(?:is|are|was|were|has|have|had|do|does|did|remains?|remained|"
    r"(?:will|would|can|could|may|might|must|should)(?:\s+(?:not\s+)?(?:have|do))?)\b"
)
VERB = re.compile(rf"\b{HELPS}|n['’]t\b", re.IGNORECASE)
WITHIN = re.compile(
    r"\b(?:that|who|whom|whose|which|if|when|where|what|how|why|because|while|than|after|before|until|"
    rf"as (?:he|she|it|they|we|the)|(?:and|or|but)(?= (?:\w+ )?{HELPS}))\b",
    re.IGNORECASE,
)
"""What brings along a verb of its own inside a clause."""
ASKED_OF = re.compile(
    r"\b(?:(?:is|was|remains?|remained)\s+(?:un|not\b|open\b|an open\b)|(?:depend|hinge|matter)e?[sd]\b)", re.IGNORECASE
)
"""What is said of a question: that it is undecided, or what it depends on."""
DANGLING = re.compile(
    r"^(?:he|she|they|it|this|that|these|those|his|her|their|its|here|there|such|both|the (?:latter|former|two|other)|"
    r"(?:a|the next|the same) (?:day|week|month|year)|(?:later|earlier) that|(?:since|until|by) then)\b",
    re.I,
)
"""How a sentence opens that leans on the one before it."""
LOOSE = re.compile(r"\b(?:he|she|they|him|them|his|her|their|this|these|those|I|we|our|us|you|your)\b", re.I)
TAIL = re.compile(
    r",?\s+(?:(?:in|of|to|for|by|at|on|from|with) )?(?:and|but|or|that|which|who|whom|while|as|because)$", re.I
)
"""What a sentence ends in where the rest of it was said by somebody else."""
_SPEAKER = (
    r"(?:news)?paper|report|agency|ministry|government|department|statement|editorial|article|magazine|network|group|"
    r"minister|president|chairman|director|mayor|governor|senator|judge|spokes(?:man|woman|person)|official|officials|"
    r"author|authors|analyst|analysts|expert|experts"
)
_WHO = rf"(?:he|she|it|they|the (?:\w+ )?(?:{_SPEAKER})|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){{0,2}})"
_SAYS = (
    r"(?:said|says|added|adds|noted|notes|wrote|writes|argued|argues|explained|stressed|concluded|told \w+|"
    r"went on|goes on|continued|continues|warned|warns|insisted|insists|recalled|recalls)"
)
ASIDE = re.compile(rf",\s+{_WHO} {_SAYS}(?:,(?=\s)|(?=[.!?]?$))")
"""Who says it, put in after a comma: the claim is what is said."""
WITHAL = re.compile(
    r",\s+(?:however|meanwhile|moreover|though|too|therefore|nevertheless|nonetheless|for example|for instance|"
    r"of course|in turn),(?=\s)|(?<=\w)\s(?:also|meanwhile|nevertheless|nonetheless|therefore)(?=\s[a-z])",
    re.IGNORECASE,
)
"""What joins a sentence to the one before, put inside it: "prices, however, rose", "it also closed a port"."""
WHEN = re.compile(
    r"^(?:since then|(?:earlier|later) (?:in the|in that|that|this) (?:day|week|month|year)|(?:on )?the same day|"
    r"at that time|at the time(?=,)),?\s+(?=\w+\s+\w)",
    re.IGNORECASE,
)
"""A time that hangs on one that was told before."""
SECOND = re.compile(r"\band that\b")
"""A second "that" that hangs in the air where the first was cut off."""
QUOTES = "\"“”„‟‘’'«»"


@lru_cache(1 << 12)
def plain(text: str) -> str:
    """A statement as a sentence by itself: no outer quotation marks or joining words, a capital, a full stop."""
    text = re.sub(r"\s+", " ", text).strip()
    text = text.strip(QUOTES + " ,;:–—-…")
    for aside in (ASIDE, WITHAL, WHEN):
        text = aside.sub("", _unjoined(text))
    text = _unjoined(text)
    if (hanging := SECOND.search(text)) and not re.search(r"\bthat\b", text[: hanging.start()]):
        text = f"{text[: hanging.start()]}and{text[hanging.end() :]}"
    for left, right in (("“", "”"), ("‘‘", "’’"), ("«", "»")):
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    text = TAIL.sub("", text.rstrip(",;:–—- "))
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" else f"{text}."


def _unjoined(text: str) -> str:
    """A text without the words that join it to what stood before."""
    text = JOINING.sub("", text)
    for _ in range(IN_A_ROW):
        hanging = HANGING.match(text)
        if hanging is None or (_carries_a_sentence(text) and not _is_alone(text, hanging)):
            break
        text = JOINING.sub("", text[hanging.end() :])
    return text


def _is_alone(text: str, hanging: re.Match[str]) -> bool:
    """Whether all that follows is one clause: "because, if it floods, the mill will close"."""
    return "," in hanging[0] or bool(ALONG.match(text, hanging.end()))


def _carries_a_sentence(text: str) -> bool:
    """Whether the clause that a text begins with hangs on a sentence that is there, or is the subject of one.

    "As the mill closed, the town shrank", "Whether it closes is unclear": without the first word neither is English.
    """
    parts = [part for part in re.split(r",\s+", text)[1:] if not ALONG.match(part)]
    asks, written = text.lower().startswith("whether"), text[0].isupper()  # not cut out of what somebody is said to say
    if (written or not asks) and any((verb := FINITE.search(part)) and verb.start() for part in parts):
        return True
    if written and parts and text.endswith(parts[-1]) and len(parts[-1].split()) > 2:
        return True
    several = len(VERB.findall(text)) - len(WITHIN.findall(text)) > 1
    return asks and (several or bool(ASKED_OF.search(text)))


def fitness(wording: str, central: float) -> float:
    """How well a text serves as a claim's wording: central among what was said, short, and clear by itself.

    ``central`` is the average cosine to the claim's texts. A pronoun that opens the sentence costs most, as the
    reader cannot know what it stands for.
    """
    words = wording.split()
    score = central
    score -= 0.015 * max(0, len(words) - 16)
    score -= 0.05 * max(0, 5 - len(words))
    score -= 0.25 * bool(DANGLING.match(wording))
    score -= 0.05 * min(3, len(LOOSE.findall(wording)))
    score -= 0.1 * wording.endswith("?")
    return score
