"""Is a sentence a claim, and of what type.

A claim is an assertion another source could agree with or dispute. Two questions are kept apart:

- :meth:`Detector.detect` judges loose sentences by the network's head, trained on whole political speeches (PoliClaim:
  Ni et al. 2024), where much is greeting, wish and exhortation: a claim states something that can be checked.
- Inside an article (:func:`in_article`) nearly every sentence asserts something, opinions and forecasts included; what
  is left out are questions, headings, frames, transitions, exhortations and boilerplate, known by their form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from claims.models import ClaimType, Frozen, Sentence

THRESHOLD = 0.5
"""Least probability of the head for a loose sentence, chosen on the held-out speeches."""
FLOOR = 0.04
"""In an article, least probability of the head for a short sentence that no rule calls a non-claim."""


class Detection(Frozen):
    """One sentence's verdict. ``score``: probability that it states something that can be checked."""

    is_claim: bool
    score: float
    claim_type: ClaimType | None


_OPENERS = r"[\s\"“”‘’'«»(\[—–-]*"
_QUESTION = re.compile(r"\?[\s\"”’')\]»]*$")
_BOILERPLATE = re.compile(
    rf"^{_OPENERS}(?:read (?:more|also|the (?:rest|full))|click (?:here|on)|subscribe|sign up|follow (?:us|@)|"
    rf"share (?:this|on)|related:|"
    r"see also|photo(?:s|graph)?(?: by|:)|image(?: credit)?:|source:|getty images|copyright|©|all rights reserved|"
    r"advertisement|"
    r"watch (?:the video|live|below|:)|listen to|download|editor[’']s note|disclaimer|for more|updated?:|"
    r"correction:|contact (?:us|the)|"
    r"(?:(?:pictured|shown|seated|standing|clockwise)?,? ?(?:in the (?:front|back|top|bottom|middle|second) row,? )?"
    r"from (?:the )?(?:top |bottom |far )?(?:left|right)\b)|"
    r"this (?:article|story|post) (?:was|is|has been|first|originally)|\(?(?:reuters|ap|afp)\)?\s*$)",
    re.I,
)
_EXHORTATION = re.compile(
    rf"^{_OPENERS}(?:(?:so|and|but|now|then|please|first|finally|yes|no)[, ]+)*(?:let us|let[’']s|please|"
    rf"thank you|thanks|god bless|"
    r"may (?:god|the|we|you)|join (?:me|us)|imagine|remember|consider|look at|think (?:of|about)|note that|"
    r"don[’']t|do not|never|be |"
    r"good (?:morning|evening|afternoon|night)|welcome|congratulations|ladies and gentlemen|dear |hello|"
    r"stay tuned|keep |make no mistake)\b",
    re.I,
)
_FRAME = re.compile(
    r"\b(?:following|follows|below|this|said|says|wrote|writes|asked|asks|added|continued|replied|responded|stated|states|"
    r"noted|"
    r"explained|announced|declared|read|reads|tweeted|posted|told [\w’' ]{1,30}|put it[\w ]{0,20})"
    r"[\w’' ]{0,30}[:,]\s*[\"“”‘'’]*$",
    re.I,
)
_TRANSITION = re.compile(
    rf"^{_OPENERS}(?:(?:but|and|so|now|still|yet|however|of course|indeed|well|in short|first|second|finally|"
    rf"to be sure|meanwhile|moreover|"
    r"nevertheless|that said|for example|for instance|in other words|on the other hand|not so fast|not quite|"
    r"not really|enough said|"
    r"(?:but )?(?:that|this)[’' ]i?s (?:not )?(?:all|it|another story|where we are|the (?:question|point|problem|"
    r"issue))|"
    r"it remains to be seen|(?:only )?time will tell|more on (?:that|this)|we (?:shall|will) see|who knows|"
    r"(?:let us |we )?(?:turn|return|move) (?:now )?to)\b[\w’', ]{0,60})[.!:…]*[\"”’]*$",
    re.I,
)
_REMAINS = re.compile(r"\b(?:remains? (?:to be seen|unclear|an open question)|only time will tell)\b", re.I)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may (?!\d)|might|must|shall|should|"
    r"[a-z]{2,}(?:ed)|says?|said|went|made|took|came|gave|got|saw|knew|found|told|held|kept|left|lost|met|paid|ran|rose|fell|"
    r"sent|stood|won|wrote|began|broke|brought|built|bought|chose|drew|drove|fought|grew|led|sold|spoke|spent|sought|struck|"
    r"taught|thought|threw|remains?|seems?|means|shows|wants|needs|makes|takes|gives|comes|goes|knows|[a-z]+n[’']t|"
    r"(?:it|that|there|he|she)[’']s|(?:we|they|you)[’']re|(?:i|we|they|you)[’']ve)\b",
    re.I,
)
_LINK = re.compile(r"https?://|www\.|\w@\w+\.")

_FORECAST = re.compile(
    r"\b(?:will|won[’']t|shall|going to|is (?:likely|expected|set|due|poised|bound|about) to|are (?:likely|"
    r"expected|set|due|poised|bound|about) "
    r"to|would (?:lead|result|cause|mean|make|become|likely|probably)|in the (?:coming|next) \w+|by 20[2-9]\d|"
    r"expects? to|predict\w*|forecast\w*)\b",
    re.I,
)
_POSITION = re.compile(
    r"\b(?:should|must|ought to|needs? to|has to|have to|calls? for|called (?:for|on)|urge[sd]?|demand\w*|"
    r"oppos\w+|support(?:s|ed) the|condemn\w*|"
    r"criticiz\w+|criticis\w+|denounc\w+|reject\w*|accus\w+|pledg\w+|promis\w+|vow\w*|want(?:s|ed)? to|willing to|"
    r"committed to|commitment|welcom\w+|insist\w*|"
    r"advocat\w+|in favou?r of|prefers?|refus\w+|reaffirm\w*|recommend\w*)\b",
    re.I,
)
_FIGURE = re.compile(
    r"(?:[$€£¥]\s?\d|\d[\d,.]*\s*(?:%|percent|per cent|percentage|million|billion|trillion|thousand|hundred|tons?|"
    r"tonnes?|dollars?|euros?|yuan|won|"
    r"yen|barrels?|people|troops|times|points?|km|kilomet\w+|miles?|meters?|metres?|kg|acres|jobs|votes)\b|"
    r"\b(?:half|third|quarter|majority|"
    r"two-thirds|double[sd]?|tripl\w+|halved)\s+(?:of|the|its|in)\b)",
    re.I,
)
_JUDGING = re.compile(
    r"\b(?:because|therefore|thus|hence|suggest\w*|indicat\w+|reflect\w*|appears?|seems?|apparent\w*|likely|"
    r"perhaps|may (?!\d)|might|could|mean(?:s|t)?|"
    r"shows?|signal\w*|sign of|view\w*|seen as|considered|important|significant\w*|strong\w*|weak\w*|close\w*|"
    r"serious\w*|real|true|difficult|clear\w*|"
    r"traditional\w*|strategic\w*|increasing\w*|more \w+|most \w+|less \w+|better|worse|best|worst|unlike|despite|"
    r"although|largely|fundamental\w*|"
    r"essential\w*|so-called|indeed|in fact|of course|is an?|are an?|remains?|become|becoming)\b",
    re.I,
)
_EVENT = re.compile(
    r"\b(?:(?:on|in|since|during|after|before|last|this|earlier|later) (?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|"
    r"jul|aug|sep|oct|nov|dec|mon|tues|wednes|thurs|"
    r"fri|satur|sun)\w*|in (?:1[89]|20)\d\d|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|"
    r"visited|met|arrived|signed|launched|held|sent|"
    r"attended|announced|killed|arrested|appointed|opened|closed|conducted|tested|fired|travel\w+|attacked|won|"
    r"died|born|founded|established|published|began|ended)\b",
    re.I,
)


def non_claim(text: str) -> str | None:
    """Why a sentence of an article is no claim, by its form; None where the form allows it to be one."""
    flat = " ".join(text.split())
    letters = re.findall(r"[^\W\d_]+", flat)
    if len(letters) < 2:
        return "fragment"
    if _QUESTION.search(flat):
        return "question"
    if _BOILERPLATE.search(flat) or (_LINK.search(flat) and len(letters) < 12):
        return "boilerplate"
    if _EXHORTATION.search(flat) and len(letters) < 30:
        return "exhortation"
    if _FRAME.search(flat) and len(letters) < 25:
        return "frame"
    if _TRANSITION.search(flat) and len(letters) < 14:
        return "transition"
    if _REMAINS.search(flat) and len(letters) < 18:
        return "transition"
    if len(letters) < 16 and not re.search(r"[.!…:,;][\s\"”’')\]]*\d*$", flat) and not _VERB.search(flat):
        return "heading"
    if len(letters) < 4 and not _VERB.search(flat):
        return "fragment"
    return None


def claim_type(text: str) -> ClaimType:
    """Event, figure, interpretation, position or forecast, by the words: rules, as nothing labelled is at hand."""
    if _FIGURE.search(text):
        return "figure"
    if _FORECAST.search(text):
        return "forecast"
    if _POSITION.search(text):
        return "position"
    if _EVENT.search(text) and not _JUDGING.search(text):
        return "event"
    return "interpretation" if _JUDGING.search(text) else "event"


def in_article(sentence: Sentence, score: float) -> Sentence:
    """The sentence with its verdict, given the head's probability."""
    why = "heading" if sentence.kind == "heading" else non_claim(sentence.text)
    weak = score < FLOOR and len(sentence.text.split()) < 8
    is_claim = why is None and not weak
    shown = max(score, 0.5) if is_claim else min(score, 0.49)
    kind = claim_type(sentence.text) if is_claim else None
    return sentence.model_copy(update={"is_claim": is_claim, "claim_score": round(shown, 4), "claim_type": kind})


class Detector:
    """Judges loose sentences; loads the shipped weights at the first call unless a folder is given.

    Raises ModelError at that call where there are none. A sentence's verdict does not hang on its neighbours.
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = Path(path) if path is not None else None

    def detect(self, texts: Sequence[str]) -> list[Detection]:
        """One verdict for each text, in order."""
        from claims.voices.tagger import shared

        out = []
        for text, score in zip(texts, shared(self.path).score(texts), strict=True):
            is_claim = score >= THRESHOLD and non_claim(text) not in ("question", "fragment")
            shown = round(score if is_claim == (score >= THRESHOLD) else min(score, 0.49), 4)
            out.append(Detection(is_claim=is_claim, score=shown, claim_type=claim_type(text) if is_claim else None))
        return out
