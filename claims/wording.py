"""A claim's wording: a short declarative sentence, taken from what was said with little changed."""

from __future__ import annotations

import re
from functools import lru_cache

OPENERS = re.compile(
    r"^(?:(?:and|but(?! for\b)|so(?! (?:far|long|many|much)\b)|yet|or|however|moreover|furthermore|meanwhile|"
    r"instead|nevertheless|nonetheless|therefore|thus|hence|also|still|then|indeed|besides|consequently|accordingly|"
    r"in addition|in fact|of course|for example|for instance|as a result|at the same time|on the other hand|"
    r"only(?= that\b)|(?-i:that)|"
    r"whether(?!.*\b(?:is|was|remains?|remained)\s+(?:un|not\b|open\b|an\s+open\b))|because(?! of\b)|"
    r"since(?! (?:\d|then\b|last\b))|as(?= (?:the|he|she|it|they|we)\b))\b,?\s+)+",
    re.IGNORECASE,
)
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
SECOND = re.compile(r"\band that\b")
"""A second "that" that hangs in the air where the first was cut off."""
QUOTES = "\"“”„‟‘’'«»"


@lru_cache(1 << 12)
def plain(text: str) -> str:
    """A statement as a sentence by itself: no outer quotation marks or joining words, a capital, a full stop."""
    text = re.sub(r"\s+", " ", text).strip()
    text = text.strip(QUOTES + " ,;:–—-…")
    text = ASIDE.sub("", OPENERS.sub("", text))
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
