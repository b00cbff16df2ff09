"""What is left of a sentence for its author once others' words are taken out, cut so that it says something by itself.

"Trade fell after the minister" of "Trade fell after the minister told parliament that ..." is "Trade fell". What cannot
be made to stand ("During a briefing held in Oslo", "adding that") is nobody's claim.
"""

from __future__ import annotations

import re
from itertools import islice

REACH = 300
"""Code points back from its end in which a stretch is looked at for what hangs in the air."""

IN_A_ROW = 8
"""So much of that is taken off, and so many commas are looked at, at most."""

_PREPOSITION = (
    r"of|in|to|for|by|at|from|with|about|into|onto|over|under|against|between|among|through|during|amid|despite|without|"
    r"toward|towards|upon|via|like"
)
_JOINS = (
    r"and|but|or|nor|yet|so|that|which|who|whom|whose|while|whereas|as|because|when|where|whether|if|unless|than|"
    r"after|before|since|until|although|though|once|what|how|why"
)
_LOOSE_END = re.compile(
    rf"[\s,;:–—-]+(?:{_JOINS}|{_PREPOSITION}|the|an?|its|their|his|my|our|your|even|just|only|not|also)$"
    r"|(?:,|\b(?:and|but|or|as|when|while|because|that))\s+(?:it|he|she|they|we|I|you|this|these|those|others?|some|many)$"
    r"|,\s+(?:[\w’']+\s+){0,3}(?:is|are|was|were|has|have|had|been|being|will|would)$",
    re.I,
)
"""What ends a stretch that was cut off before the words of somebody else: an article, a preposition, "that"."""
_UNSAID = re.compile(r"\b(?:is|are|was|were|has|have|had|be|been|being|will|would|to)$", re.I)
"""What ends a stretch whose verb was cut in two."""
_OPENED = re.compile(
    r"[\s,;:–—-]+(?:which|who|whom|whose|while|whereas|because|when|whether|if|although|though|how|why)\s+"
    r"(?P<rest>[^,;]+)$",
    re.I,
)
"""The last word that opens a clause, with all that follows it."""
_NEXT = re.compile(r"[\s,;:–—-]+(?:and|but|or|so|that|as|after|before|since|until|where)\s+(?P<rest>[^,;]+)$", re.I)
"""The same of words that open other things, too: a clause where whoever speaks is its subject."""
_CONCEDES = re.compile(r"(?:even\s+)?(?:though|although|while|whereas|because)\s+(?!of\b|it\b)", re.I)
"""Openings of a clause that whoever writes it holds to be so, as he would if it stood alone."""
_TIME = re.compile(
    r"(?:[a-z]+ly\s+|even\s+|just\s+|only\s+|(?:[\w-]+\s+){1,2}(?=after\b|before\b|since\b))?"
    r"(?:when|whenever|as|after|before|until|once|if|unless|since(?=\s+[A-Za-z])|where|wherever|so that|in order)\b",
    re.I,
)
"""Openings of a clause that only tells when, where or whether what follows is so."""
_LEADS_UP = re.compile(rf"(?:[a-z]+ly\s+)?(?:{_PREPOSITION}|following|citing|on|according)\s", re.I)
_ASIDE = re.compile(
    r"(?:not |[a-z]+ly )?(?:[a-z]+ing|to)\s|"
    r"(?:[A-Za-z]+ly )?[A-Za-z]+ed (?:in|by|on|with|at|to|from|as|about|behind|whether|if)\s(?!.*,)"
)
_RELATIVE = re.compile(r"(?:(?:of |to |in |for |with )?(?:which|whom|whose)|who|that (?=\w+(?:s|ed)\b))\b")
_ALWAYS = (
    r"(?:is|are|was|were|has|have|had)\b(?:\s+(?:not|also|been|being|[a-z]+ly))*(?:\s+[a-z]{2,}(?:ed|en|own|ught|eld)\b)?|"
    r"(?:do|does|did|will|would|can|could|may|might|must|shall|should|went|came|got|saw|knew|lost|ran|rose|fell|stood|"
    r"began|became|grew|fought|spoke|wrote|flew|sat|wore|swore|felt|remains?|continues?|seems?|appears?|means|shows|"
    r"plays|includes?|makes|takes|gives|comes|goes|wants|needs|faces|holds|keeps|leads|"
    r"accounts|contains|provides|serves|lies)\b(?!-)|[a-z]+n[’']t\b"
)
_EITHER = (
    r"(?<!\bthe )(?<!\ban )(?<!\ba )(?<!\bits )(?<!\bof )(?<!\bbe )(?<!\bso-)"
    r"(?!(?:related|based|called|named|need|indeed|speed|exceed|proceed|hundred|armed|united)\b)"
    r"(?:[a-z]{3,}ed|made|took|gave|found|held|kept|left|met|sent|won|broke|brought|built|bought|chose|drew|drove|led|shot|"
    r"sold|spent|sought|struck|threw|told|said|heard|paid|taught|caught|put|set|cut|hit|understood|meant|dealt|laid|thought)"
    r"\b(?!-)"
)
"""What may be a participle, too."""
_VERB = re.compile(rf"\b(?<!\bto )(?<!-)(?:{_ALWAYS}|{_EITHER}(?!\s+by\b))")
_PLAINLY = re.compile(rf"\b(?<!\bto )(?<!-)(?:{_ALWAYS}|{_EITHER}(?!\s+(?:by|in|at|on|with|from|for|under|during)\b))")
"""A finite verb that is not followed as a participle is: "a forum held in Oslo"."""
_SUBORDINATE = re.compile(
    r"\b(?:who|whom|whose|which|what|if|when|where|because|while|although|though|unless|until|how|why|whether)\b|"
    r"\bthat\b(?=\s+(?:\w+ly\s+)?(?:[a-z]{3,}ed|[a-z]+s|is|are|was|were|has|have|had|would|could|will|can|may|might|put|"
    r"led|made|took|gave|set)\b)",
    re.I,
)


def main_verb(part: str, verb: re.Pattern[str] = _VERB) -> bool:
    """Whether a stretch has a finite verb of its own, besides those of the clauses inside it."""
    return len(verb.findall(part)) > len(_SUBORDINATE.findall(part, 1))


def cut(text: str, start: int, end: int, *, last: bool = False, subject: bool = False) -> tuple[int, int] | None:
    """Of a stretch that nobody else has said, what stands by itself; ``None`` where nothing does.

    ``last``: whether it runs to the sentence's end; ``subject``: whether he who speaks is named right after it.
    """
    if relative(text, start, end):
        return None
    if not last:
        end = _ended(text, start, end, subject)
    part = text[start:end]
    if opening := _CONCEDES.match(part):
        if not _followed(part, opening.end()):
            start += opening.end()
            part = text[start:end]
    elif _only_leads_up(part):
        return None
    if _ASIDE.match(part) or _UNSAID.search(part) or not main_verb(part):
        return None
    return start, end


def relative(text: str, start: int, end: int) -> bool:
    """Whether a stretch hangs on what stands before it: "which cost jobs"."""
    return bool(_RELATIVE.match(text, start, end))


def _only_leads_up(part: str) -> bool:
    """Whether a stretch only tells when, where or by what it is so that something is said: "during a forum in Oslo"."""
    if _followed(part, 0):
        return False
    if _TIME.match(part):
        return True
    return bool(_LEADS_UP.match(part)) and ("," in part or not main_verb(part, _PLAINLY))


def _followed(part: str, at: int) -> bool:
    """Whether after a comma a clause follows the one that a stretch opens with."""
    commas = islice(re.finditer(",", part[at:]), IN_A_ROW)
    return any(main_verb(part[at + comma.end() :]) for comma in commas)


def tied_off(text: str, start: int, end: int) -> int:
    """Where a stretch ends once an article, a preposition, a "but" are gone that hang in the air at its end."""
    for _ in range(IN_A_ROW):
        low = max(start, end - REACH)
        loose = _LOOSE_END.search(text[low:end])
        if loose is None:
            break
        end = low + loose.start()
    return end


def _ended(text: str, start: int, end: int, subject: bool) -> int:
    """Where a stretch ends that was cut off, once what hangs in the air is gone."""
    end = tied_off(text, start, end)
    low = max(start, end - REACH)
    for opens in (_OPENED, _NEXT) if subject else (_OPENED,):
        opened = opens.search(text[low:end])
        if opened and not _VERB.search(opened["rest"]) and main_verb(text[start : low + opened.start()]):
            return tied_off(text, start, low + opened.start())
    return end
