"""Denials that point back: in "The rebels said the army shelled the town. The army denied it." the army denies that.

No words of what is denied stand in such a sentence, so no span of it is a claim, and readers of attributions pass it
over. What it denies is the one thing that somebody was said to say just before. The statement's span is the denial as
it stands ("The army denied it"); what it means (``meant``) is what it points back to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.models import Document, Sentence, Statement
from claims.voices.holders import Resolver

_VERB = (
    r"(?:(?:has|have|had)\s+)?(?:(?:also|again|later|since|repeatedly|strongly|vehemently|flatly|firmly|consistently|"
    r"categorically|angrily|immediately|both|all|always|previously)\s+){0,2}"
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
    start, end = sentence.start + found.start(key), sentence.start + found.end()
    holder = resolver.resolve(start, sentence.start + found.end(key))
    if holder.own or any(holder.name in s.holders for s in denied):
        return None
    return Statement(
        sentence_index=sentence.index, start=start, end=end, text=document.text[start:end], holders=(holder.name,),
        kinds=(holder.kind,), polarity="disputes", meant=denied[0].means,
        cue=f"{found['verb'] or found['verb2']} {found['what'] or 'it'}",
    )  # fmt: skip
