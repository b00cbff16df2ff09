"""What a cue word does: the kind of act, which way it turns its content, and how far the author vouches for it.

One table for all of it. Polarity: "said" asserts, "denied" disputes. Factuality: plain ("said"), hedged ("suggested"),
distanced ("alleged"; the author keeps away from it). A denial that is not plain takes no side: "did not say", "did not
deny", "withdrew his claim". Kinds:

========  ======================================================================================
say       puts words into the world: said, wrote, warned, accused
think     holds to be so: believes, fears, sees
show      evidence speaks: the poll shows, the report found
side      takes a side: supports, opposes, calls for; the author vouches for that it does
want      wishes or means to: wants, plans; the author's report of somebody's mind, nothing that is said
act       does something with words beyond them: refused, endorsed, ordered, asked
seem      nobody is named and nobody need be: seems, appears; the author's own, hedged
========  ======================================================================================

The idea of a lexicon of cues with their factuality is Saurí and Pustejovsky's (FactBank, 2009; De Facto, 2012).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from claims.models import Factuality, Polarity

Kind = Literal["say", "think", "show", "side", "want", "act", "seem"]


@dataclass(frozen=True)
class Cue:
    """What a cue does. ``known`` is false where no word of it is in the table (it then counts as "said")."""

    kind: Kind
    polarity: Polarity = "asserts"
    factuality: Factuality = "plain"
    negated: bool = False
    known: bool = True
    loose: bool = False
    """Whether its words report only where a clause or quotation follows."""


TABLE = """
say   asserts  plain      say state tell announce declare add note write report explain argue warn stress emphasize
say   asserts  plain      emphasise
say   asserts  plain      assert insist contend maintain confirm affirm reaffirm acknowledge admit concede remark
say   asserts  plain      comment
say   asserts  plain      observe mention point recall continue reply respond answer reiterate repeat conclude
say   asserts  plain      tweet post
say   asserts  plain      quote cite describe call label brand term accuse blame criticize criticise condemn
say   asserts  plain      denounce slam
say   asserts  plain      blast attack charge decry lament complain praise hail laud highlight underline underscore
say   asserts  plain      outline
say   asserts  plain      reveal disclose tout promise pledge vow swear threaten caution predict forecast testify
say   asserts  plain      read joke
say   asserts  plain      brag boast speak talk publish broadcast inform notify remind assure proclaim herald agree
say   asserts  plain      concur
say   asserts  plain      echo relate recount narrate rule determine according recommend advise propose urge demand
say   asserts  plain      appeal
say   asserts  plain      characterize characterise portray depict compare liken mock ridicule scold rebuke chide
say   asserts  plain      berate
say   asserts  plain      reprimand reproach applaud commend welcome celebrate thank apologize apologise lash assail
say   asserts  plain      castigate decide list specify elaborate sum put go express voice shout yell chant statement
say   asserts  plain      announcement declaration article editorial commentary speech interview warning accusation
say   asserts  plain      criticism communique
say   asserts  hedged     suggest hint imply intimate indicate speculate estimate guess signal
say   asserts  distanced  claim allege purport profess reportedly allegedly supposedly purportedly allegation rumor
say   asserts  distanced  rumour
say   disputes plain      deny reject dispute refute rebut dismiss contradict disagree repudiate disavow debunk deride
say   disputes plain      rubbish scoff
say   disputes plain      discount contest challenge counter object protest disown denial rejection rebuttal
say   disputes plain      refutation
say   disputes hedged     question doubt
say   disputes distanced  withdraw retract recant rescind correct
think asserts  plain      know learn realize realise recognize recognise understand remember find discover deem
think asserts  plain      judge see
think asserts  plain      regard view consider
think asserts  hedged     believe think feel fear worry suspect expect hope assume suppose reckon imagine perceive
think asserts  hedged     anticipate belief opinion concern perception calculate wonder conviction
think asserts  distanced  speculation misperception illusion
think disputes hedged     skeptical sceptical doubtful mistrust distrust
show  asserts  plain      show demonstrate prove illustrate document record reflect attest evidence
side  asserts  plain      support favor favour back advocate push press defend
side  disputes plain      oppose resist opposition
want  asserts  plain      want wish desire prefer seek intend plan aim like love
want  disputes plain      hate dislike
act   asserts  plain      ask request endorse order sign allow offer nominate approve authorize authorise invite
act   asserts  plain      encourage
act   asserts  plain      discuss debate vote sue appoint name choose pick release issue deliver
act   disputes plain      refuse decline forbid ban veto block
seem  asserts  hedged     seem appear look sound apparent apparently seemingly presumably likely expected
"""

IRREGULAR = {
    "withdrew": "withdraw",
    "withdrawn": "withdraw",
    "said": "say",
    "told": "tell",
    "wrote": "write",
    "written": "write",
    "spoke": "speak",
    "spoken": "speak",
    "thought": "think",
    "knew": "know",
    "known": "know",
    "felt": "feel",
    "saw": "see",
    "seen": "see",
    "found": "find",
    "understood": "understand",
    "swore": "swear",
    "sworn": "swear",
    "shown": "show",
    "sought": "seek",
    "chose": "choose",
    "chosen": "choose",
    "forbade": "forbid",
    "held": "hold",
    "read": "read",
    "put": "put",
    "went": "go",
    "gone": "go",
    "proven": "prove",
    "learnt": "learn",
    "foretold": "foretell",
    "forecast": "forecast",
    "quoth": "say",
}

PHRASES: dict[str, tuple[Kind, Polarity, Factuality]] = {
    "according to": ("say", "asserts", "plain"),
    "call for": ("side", "asserts", "plain"),
    "called for": ("side", "asserts", "plain"),
    "calling for": ("side", "asserts", "plain"),
    "calls for": ("side", "asserts", "plain"),
    "made clear": ("say", "asserts", "plain"),
    "cast doubt": ("say", "disputes", "hedged"),
    "casts doubt": ("say", "disputes", "hedged"),
    "raised doubts": ("say", "disputes", "hedged"),
    "raised questions": ("say", "disputes", "hedged"),
    "called into question": ("say", "disputes", "hedged"),
    "took issue": ("say", "disputes", "plain"),
    "pushed back": ("say", "disputes", "plain"),
    "push back": ("say", "disputes", "plain"),
    "hit back": ("say", "disputes", "plain"),
    "threw out": ("say", "disputes", "plain"),
    "throws out": ("say", "disputes", "plain"),
    "laughed off": ("say", "disputes", "plain"),
    "poured scorn": ("say", "disputes", "plain"),
    "shot down": ("say", "disputes", "plain"),
    "brushed off": ("say", "disputes", "plain"),
    "brushed aside": ("say", "disputes", "plain"),
    "poured cold water": ("say", "disputes", "plain"),
    "ruled out": ("say", "disputes", "plain"),
    "rule out": ("say", "disputes", "plain"),
    "rules out": ("say", "disputes", "plain"),
    "walked back": ("say", "disputes", "distanced"),
    "backed away from": ("say", "disputes", "distanced"),
    "took back": ("say", "disputes", "distanced"),
    "wrong to ": ("say", "disputes", "distanced"),
    "is expected": ("seem", "asserts", "hedged"),
    "are expected": ("seem", "asserts", "hedged"),
    "was expected": ("seem", "asserts", "hedged"),
    "were expected": ("seem", "asserts", "hedged"),
    "widely expected": ("seem", "asserts", "hedged"),
    "so-called": ("say", "asserts", "distanced"),
}

LOOSE = frozenset(
    "continue put go add read answer reply sum list specify see find decide determine rule record reflect "
    "document publish "
    "speak talk express mention know remember understand learn discover realize realise recognize recognise look "
    "show take".split()
)
"""Words that report speech or thought only where a clause or a quotation follows ("found that", not "found a coin")."""

TOLD = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?(?:accused|critici[sz]ed|blamed|condemned|charged|"
    r"praised|told|informed|urged|asked|"
    r"advised|warned|called|described|denounced|attacked|rebuked|mocked|hailed|labeled|labelled|dubbed)\b",
    re.I,
)
"""Passives whose subject is spoken to or of, and does not speak."""

NEGATION = re.compile(
    r"\b(?:not|never|no|none|nothing|nobody|neither|nor|without|hardly|cannot|yet to)\b|n['’]t\b", re.I
)
AVOIDANCE = re.compile(
    r"\b(?:(?:fail|refus|declin|avoid|hesitat)(?:s|ed|es|ing|al|e|ure)?|unable|stopp?ed short|reluctant|unwilling)\b",
    re.I,
)
_GOVERNS = re.compile(
    r"^\s*(?:nobody|no one|none|neither|nothing|hardly|no (?!fewer|less|more)\w+)\b.*$"
    r"|(?:\b(?:not|never|hardly|cannot|without)|n't|\b(?:fail|refus|declin|hesitat)\w*(?: to)?|"
    r"\b(?:unable|reluctant|unwilling|yet) to|\bavoid\w*|\bstopp?ed short of)"
    r"(?:\s+(?:to|yet|even|also|be|been|being|able|have|any|\w+ly))*\s*$"
)
"""What of the words ahead of a cue turns it: a "nobody" for a subject, a "not" right before it. "An official who asked
not to be named said" something."""
BELIEF = frozenset(
    "believe think agree accept feel expect see share consider regard view find recognize recognise buy".split()
)
"""Negated, these doubt it ("does not believe that X"), which takes no side; "did not say that X" says nothing of X."""
BIDS = re.compile(
    r"\b(?:urg|call\w* (?:on|for|upon)|ask|demand|advis|propos|order|instruct|tell|told|invit|encourag|request|appeal|"
    r"press|warn|command|recommend|plead|beg)",
    re.I,
)
"""Cues by which somebody is told to do something."""
LACKING = re.compile(
    r"\b(?:nothing|no (?:\w+ )?(?:evidence|proof|signs?|indications?|reasons?|basis|grounds?|data|hints?))\b"
    r"(?!.*\b(?:and|but|or|who|which|that|us(?:e[sd]?|ing))\b)"
)
"""What makes of a show of something none, however far ahead of it: "saw nothing in the papers to show"."""
_BY_NOBODY = re.compile(r"^(?:disputed|debunked|discredited|refuted|rejected|denied|contested|unproven)\b")
"""A cue that may stand before a noun: "the debunked claim", which nobody in the sentence denies."""
_BEFORE_NOUN = re.compile(
    r"\b(?:an?|the|these|those|such|some|including|of|with|about|on|repeated|his|her|its|their|[a-z]*ly|old|long)\s+$"
)
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_SUFFIXES = ("ings", "ing", "ied", "ies", "ers", "ed", "es", "er", "s", "d")


@cache
def _table() -> dict[str, tuple[Kind, Polarity, Factuality]]:
    out: dict[str, tuple[Kind, Polarity, Factuality]] = {}
    for line in TABLE.strip().splitlines():
        kind, polarity, factuality, *words = line.split()
        for word in words:
            out.setdefault(word, (kind, polarity, factuality))  # type: ignore[arg-type]
    return out


def speaks(word: str) -> bool:
    """Whether an entry of the table reports what somebody says, thinks or shows."""
    return _table()[word][0] in ("say", "think", "show")


def hearsay(cue: str) -> bool:
    """Whether a cue is an adverb of hearsay and no more: "reportedly met", where those who met are not who reports."""
    found = _WORD.findall(cue.lower())
    adverbs = {"reportedly", "allegedly", "supposedly", "purportedly"} & set(found)
    return bool(adverbs) and not any((x := lemma(w)) and speaks(x) for w in found if w not in adverbs)


@cache
def lemma(word: str) -> str | None:
    """The table's entry for a word form in lower case, or None."""
    table = _table()
    if word in IRREGULAR and IRREGULAR[word] in table:
        return IRREGULAR[word]
    if word in table:
        return word
    for suffix in _SUFFIXES:
        if not word.endswith(suffix) or len(word) - len(suffix) < 2:
            continue
        stem = word[: -len(suffix)]
        tries = [stem + "y"] if suffix in ("ied", "ies") else [stem, stem + "e"]
        if len(stem) > 3 and stem[-1] == stem[-2]:
            tries.append(stem[:-1])
        for one in tries:
            if one in table:
                return one
    return None


def classify(cue: str, before: str = "") -> Cue:
    """What a cue does. ``before``: what stands ahead of it, for a negation outside it.

    >>> classify("denied").polarity
    'disputes'
    >>> classify("said", "did not").factuality
    'distanced'
    """
    flat = cue.lower().replace("’", "'")
    lead = re.split(r"[,.;:\"“”]|\b(?:but|and|that|who|which)\b", before.lower())[-1]
    near = " ".join(found[0] for found in _GOVERNS.finditer(lead)) + " " + flat
    forms = _WORD.findall(flat)
    lemmas = [x for x in map(lemma, forms) if x]
    entry: tuple[Kind, Polarity, Factuality] | None = None
    for phrase, value in PHRASES.items():
        if phrase in flat:
            entry = value
    table = _table()
    avoided = AVOIDANCE.search(near)
    if entry is None:
        main = [x for x in lemmas if x not in ("refuse", "decline")] if len(lemmas) > 1 and avoided else lemmas
        disputing = [x for x in main if table[x][1] == "disputes" and table[x][0] in ("say", "think", "side")]
        chosen = disputing[0] if disputing else (main[0] if main else None)
        entry = table[chosen] if chosen else None
    kind, polarity, factuality = entry or ("say", "asserts", "plain")
    head = lemmas[0] if lemmas else ""
    negated = bool(NEGATION.search(near))
    if kind == "show" and flat.startswith("to "):
        negated = negated or bool(LACKING.search(re.split(r"[.;:!?\"“”]|\bbut\b", before.lower())[-1]))
    if any(d in flat for d in ("reportedly", "allegedly", "supposedly", "purportedly", "so-called")):
        factuality = "distanced"
    if (avoided and head not in ("refuse", "decline")) or (avoided and len(lemmas) > 1):
        negated = not negated
    if negated:
        if polarity == "disputes" and factuality == "plain":
            factuality = "distanced"  # "did not deny" is no denial, and says nothing of what it does not deny
        elif polarity == "disputes":
            polarity, factuality = "asserts", "hedged"  # "does not doubt"
        elif head in BELIEF and kind in ("think", "say"):
            polarity, factuality = "disputes", "hedged"
        elif kind == "side":
            polarity = "disputes"
        else:  # "did not say", "none of this proves": it is not asserted, and not denied either
            polarity, factuality = "disputes", "distanced"
    if polarity == "disputes" and _BY_NOBODY.match(flat) and _BEFORE_NOUN.search(before.lower()):
        factuality = "distanced"
    return Cue(kind, polarity, factuality, negated, entry is not None, entry is None or set(lemmas) <= LOOSE)
