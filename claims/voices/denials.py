"""Denials that point back: in "The rebels said the army shelled the town. The army denied it." the army denies that.

No words of what is denied stand in such a sentence, so no span of it is a claim, and readers of attributions pass it
over. What it denies is the one thing that somebody was said to say just before. The statement's span is the denial as
it stands ("The army denied it"); what it means (``meant``) is what it points back to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.models import Document, Sentence, Statement
from claims.voices.cues import BIDS
from claims.voices.holders import Holder, Resolver
from claims.voices.remains import main_verb

_VERB = (
    r"(?:(?:has|have|had)\s+)?(?:(?:now|already|and|unequivocally|also|again|later|since|repeatedly|"
    r"strongly|vehemently|flatly|firmly|consistently|categorically|angrily|immediately|both|all|always|previously)\s+){0,3}"
    r"(?P<verb>den(?:ied|ies|y)|reject(?:ed|s)?|disput(?:ed|es|e)|dismiss(?:ed|es)?|refut(?:ed|es|e))"
)
_SAYING = r"(?:claims?|accusations?|allegations?|reports?|suggestions?|assertions?|statements?|rumou?rs?|stor(?:y|ies))"
_BACK = (
    r"(?P<what>it|this|that|them|(?:all |any |both )?(?:of )?(?:the|these|those|such|all|that|this)"
    rf"(?: latest| new| recent)? {_SAYING})"
)
_WHO = r"(?P<who>[A-Za-z][\w’'.-]*(?: [\w’'.-]+){0,7}?)"
_SENTENCE = re.compile(
    rf"[\"“]?(?:(?:but|and|yet|however|meanwhile),?\s+)?{_WHO}\s+{_VERB}\s+{_BACK}(?=\s*(?:[.,;!]|as\b|$))", re.I
)
_CLAUSE = re.compile(
    rf"[,;–—]\s+(?:(?:but|though|although|while|and)\s+{_WHO}\s+{_VERB}\s+{_BACK}"
    rf"|(?:which|something(?: that| which)?|(?:an? |the )?{_SAYING}(?: that| which)?)\s+"
    rf"{_WHO.replace('who', 'whom')}\s+{_VERB.replace('verb', 'verb2')})(?=\s*(?:[.,;!]|as\b|$))",
    re.I,
)
_NOBODY = re.compile(
    r"(?:no one|nobody|none|no|neither|nothing|there|which|who|that|it is|it was|after|before|when|while|if|as|though|"
    r"although|since|because|once|until|unless)\b",
    re.I,
)
"""How what stands ahead of the verb begins where it is nobody, or no main clause."""
_TURNED = re.compile(
    r"\b(?:not|never|nor|refused|declined|failed|to|would|could|if|when|being|be|been|is|was|are|were)\b", re.I
)


_WRAPPED = re.compile(
    r"\W*(?:[Tt]here(?:[’']s| is| are| was| were)\b|(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[A-Z][\w’'-]+)(?: [A-Z][\w’'-]+)* "
    r"(?:(?:has|have|had|also) )?(?:claim|alleg|said|says|accus|den(?:ied|ies)|insist|told|report|assert)\w*\b)"
)
"""How what tells of somebody's words begins: "she claimed that", of which not the telling is denied."""
_ROLE = re.compile(
    r"(?:he|she)$|the (?:president|minister|senator|governor|candidate|company|judge|congress(?:wo)?man)$", re.I
)
"""Who denies what is said of him, where no name stands."""


def pointing_back(
    document: Document, sentences: Sequence[Sentence], said: Sequence[Statement], resolver: Resolver
) -> list[Statement]:
    """What the sentences of a document say, with the denials among them that point back to another's words."""
    by: dict[int, list[Statement]] = {sentence.index: [] for sentence in sentences}
    for one in said:
        by[one.sentence_index].append(one)
    before: list[Statement] = []
    for sentence in sentences:
        here = by[sentence.index]
        if found := _SENTENCE.match(sentence.text):
            denied = [s for s in before if s.holders]
        elif found := _CLAUSE.search(sentence.text):
            ahead = (_until(s, sentence.start + found.start()) for s in here)
            denied = [s for s in ahead if s and s.holders]
        if found and (denial := _denial(document, sentence, found, denied, resolver)):
            kept = (_until(s, sentence.start + found.start()) for s in here)
            by[sentence.index] = [*filter(None, kept), denial, *(s for s in here if s.start >= denial.end)]
        before = here
    return [one for found in by.values() for one in found]


def _until(said: Statement, at: int) -> Statement | None:
    """A statement up to where a denial of it begins; None where it only begins there."""
    if said.start >= at:
        return None
    text = said.text[: at - said.start].rstrip(" ,;–—")
    cut = {"end": said.start + len(text), "text": text, "meant": None}
    return said if said.end <= at else said.model_copy(update=cut)


def _denial(
    document: Document, sentence: Sentence, found: re.Match[str], denied: Sequence[Statement], resolver: Resolver
) -> Statement | None:
    """Whoever a sentence says denies the one thing that was said; None where it is open who does, or what."""
    key = "who" if found["who"] else "whom"
    if len({s.means for s in denied}) != 1 or denied[0].polarity != "asserts":
        return None
    if denied[0].cue and denied[0].cue in denied[0].text:
        return None  # "Kyiv accused Moscow of it": that it did so is not what is denied
    if _NOBODY.match(found[key]) or _TURNED.search(found[key]):
        return None
    if _WRAPPED.match(denied[0].means) or not main_verb(denied[0].means) or BIDS.search(denied[0].cue or ""):
        return None  # and what is asked for is refused, not denied
    start, end = sentence.start + found.start(key), sentence.start + found.end()
    holder = resolver.resolve(start, sentence.start + found.end(key))
    if key == "whom" and _ROLE.match(found[key]) and (accused := _named_in(denied[0], resolver)):
        holder = accused
    if holder.own or any(holder.name in s.holders for s in denied):
        return None
    return Statement(
        sentence_index=sentence.index, start=start, end=end, text=document.text[start:end], holders=(holder.name,),
        kinds=(holder.kind,), polarity="disputes", meant=denied[0].means,
        cue=f"{found['verb'] or found['verb2']} {found['what'] or 'it'}",
    )  # fmt: skip


def _named_in(said: Statement, resolver: Resolver) -> Holder | None:
    """The one person of whom something is said, who denies it where no name stands: "they met Lee, which he denies"."""
    found = [seen for seen in resolver.mentions(said.start, said.end) if seen.kind == "person"]
    names = {seen.name for seen in found}
    return Holder(found[0].name, "person") if len(names) == 1 and found[0].name not in said.holders else None
