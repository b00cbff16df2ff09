"""From attributions to statements: in each claim sentence, what each voice says.

The document speaks for itself where a sentence, outside all that is attributed, still says something; every content
speaks for its chain of holders. Wishes and acts ("wants", "refused") leave the sentence to the author as well, who
vouches for them; what merely seems is the author's own, hedged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from claims.models import Attribution, Document, Factuality, Polarity, Sentence, SourceKind, Statement
from claims.voices import cues, frames, remains
from claims.voices.cues import Cue
from claims.voices.refers import Referring, Speaker
from claims.wording import QUOTES

Stretch = tuple[int, int]

SILENT = ("seem", "want", "act")
"""Kinds of cue that give nobody a voice: the author tells of a mind or a deed."""
LEAST_OWN = 5
"""Words that a remainder needs, with a finite verb among them, to count as the document's own assertion."""
LEAST_CONTENT = 3
"""Words under which a content is a mere name or scare quote."""

_WORDS = re.compile(r"\w[\w’'-]*")
_FINITE = re.compile(
    r"\b(?<!\bto )"
    r"(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should|[a-z]{3,}ed|"
    r"went|made|took|came|gave|got|saw|"
    r"knew|found|held|kept|left|lost|met|ran|rose|fell|sent|stood|won|began|broke|brought|built|bought|chose|drew|"
    r"drove|fought|grew|led|shot|sold|"
    r"spent|sought|struck|threw|became|remains?|continues?|seems?|appears?|means|shows|plays|includes?|makes|"
    r"takes|gives|comes|goes|wants|needs|faces|"
    r"holds|keeps|leads|accounts|contains|provides|serves|lies|[a-z]+n[’']t)\b"
)
_HEADLESS = re.compile(rf"(?:and |but |or |also |then |later |not |never |[a-z]+ly )*{_FINITE.pattern}")
"""A stretch that begins with its verb: its subject was taken away as somebody's name."""
_HANGING = re.compile(
    r"(?:[Ww]hen|[Ww]hile|[Ii]f|[Aa]lthough|[Tt]hough|[Bb]ecause|[Ss]ince|who|whom|whose|which)\b|"
    r"(?:[a-z]+ly )?[a-z]+ing\b"
)
"""How a stretch begins that says nothing without what stands before it, unless a main clause follows."""
_BIDDEN = re.compile(rf"(?:(?!{_FINITE.pattern})[\w’'.-]+\s+){{1,6}}?to\s+(?:not\s+)?[a-z]{{2,}}\b(?!\s+to\b)")
_ENDS_ON = re.compile(
    r"\b(?<!according )(?:for|about|of|on|upon|over|against|with|at|to|in|into|from|toward|towards)$", re.I
)
"""How a cue ends that is followed by a thing: what comes after a preposition is no clause."""
_LABELS = re.compile(
    r"\b(?:call|label|brand|dub|describ|depict|portray|characteri[sz]|blam|accus|critici[sz]|denounc|condemn|slam|blast|"
    r"prais|hail|thank|mock|ridicul|renam|compar|liken)\w*(?: \w+ly)?$",
    re.I,
)
"""Cues that say of a thing what it is, or what is thought of it."""
_RELATIVE = re.compile(r"(?:who|whom|whose|which)\b", re.I)
_PARTICIPLE = re.compile(r"[a-z]+(?:ed|ing)\b")
_FRAME = re.compile(
    r"^(?:(?:on|in|at|during|after|before|since|by|for|as|last|this|earlier|later|according|citing)\b[^,]{0,60},\s*)"
    r"|\b(?:it|there|as|who|which|that|what|when|also|and|but)\s+(?:also\s+)?(?:is|was|were|are|has|have|had|has been|"
    r"have been|had been)(?:\s+(?:also|been|widely|once|previously))*$"
    r"|\b(?:when|as|while|and|but|that|who|which|where|because|so)$",
    re.I,
)
"""What only leads up to an attribution: a date or place ahead, "it was" before the cue."""
_LEAD = re.compile(r"^(?:[\s,;:–—-]+|that\s+(?!is\b|was\b|are\b|were\b|the\s+\w+\s+(?:is|was)\b\s*$))+", re.I)
_IS_THAT = re.compile(r"\s+(?:is|are|was|were)\s+that\b")
_COLON = re.compile(r":\s*[\"“‘]")
_GOES_ON = re.compile(r"\s+\w")
_QUOTES = re.compile(r"\s*[\"“‘]")
_OPENS = re.compile(r"\s*(?:that|whether|if|how|why|as)\b", re.I)
_PRONOUN = re.compile(
    r"^(?:[\"“‘']?(?:and|but|so|yet|however|also|moreover|meanwhile|still|then),?\s+)?[\"“‘']?"
    r"(?:he|she|it|they|this|these|those|that|such|his|her|its|their|both|the (?:latter|former|"
    r"two|move|decision))\b",
    re.I,
)


@dataclass
class Voice:
    """A resolved attribution: its chain of holders outermost first, and what is nested in it."""

    attribution: Attribution
    cue: Cue
    cue_text: str | None
    holders: tuple[str, ...]
    kinds: tuple[SourceKind, ...]
    polarity: Polarity
    factuality: Factuality
    children: list[Voice] = field(default_factory=list)

    @property
    def content(self) -> list[Stretch]:
        """The content's stretches."""
        return [(c.start, c.end) for c in self.attribution.content]

    @property
    def weak(self) -> bool:
        """Whether the author vouches for the sentence besides."""
        return self.cue.kind in SILENT or self.cue.kind == "side"

    def taken(self) -> list[Stretch]:
        """All the attribution covers: content, source and cue."""
        parts = [self.attribution.source, self.attribution.cue]
        return sorted(self.content + [(p.start, p.end) for p in parts if p])


def statements(document: Document, sentences: Sequence[Sentence], voices: Sequence[Voice]) -> list[Statement]:
    """One statement a voice a claim sentence, in the order of the text."""
    out: list[Statement] = []
    referring = Referring(document.text, sentences)
    for i, sentence in enumerate(sentences):
        if not sentence.is_claim:
            continue
        before = sentences[i - 1].text if i else None
        here = [v for v in voices if any(a < sentence.end and b > sentence.start for a, b in v.content)]
        found = _region(document.text, (sentence.start, sentence.end), here, (), ())
        if not found:
            a, b = trim(document.text, sentence.start, sentence.end)
            found = [Statement(sentence_index=sentence.index, start=a, end=b, text=document.text[a:b])]
        for s in map(frames.inside, found):
            meant = referring.meant(s.start, s.end, i, _speaker(s, here))
            more = {"context": before if meant is None and _PRONOUN.match(s.text) else None, "meant": meant}
            out.append(s.model_copy(update={"sentence_index": sentence.index, **more}))
    return out


def _speaker(said: Statement, voices: Sequence[Voice]) -> Speaker | None:
    """Who says it, and where ahead of it that stands: the nearest place of those that introduce it."""
    if not said.holders:
        return None
    of = (v.attribution.source for v in _all(voices) if any(a <= said.start < b for a, b in v.content))
    at = max(((s.start, s.end) for s in of if s and s.end <= said.start), default=(said.start, said.start))
    return Speaker(said.holders[-1], said.kinds[-1] if said.kinds else None, at)


def _all(voices: Sequence[Voice]) -> Iterator[Voice]:
    for voice in voices:
        yield voice
        yield from _all(voice.children)


def _region(
    text: str,
    region: Stretch,
    voices: Sequence[Voice],
    holders: tuple[str, ...],
    kinds: tuple[SourceKind, ...],
    outer: Voice | None = None,
) -> list[Statement]:
    """The statements of a stretch of text in the voice of ``holders``, and of what it attributes to others."""
    out = []
    strong = [v for v in voices if not v.weak]
    own = _own(text, region, strong) if strong else trim(text, *region)
    hedged = any(v.cue.kind == "seem" for v in voices)
    if own and _words(text, own) > (0 if outer is None else 1):
        polarity: Polarity = outer.polarity if outer else "asserts"
        if outer and polarity == "disputes" and (at := _own_words(text, own, outer)) is not None:
            own, polarity = trim(text, at, own[1]), "asserts"
        factuality: Factuality = outer.factuality if outer else "hedged" if hedged else "plain"
        out.append(
            Statement(
                sentence_index=0,
                start=own[0],
                end=own[1],
                text=text[own[0] : own[1]],
                holders=holders,
                kinds=kinds,
                polarity=polarity,
                factuality=factuality,
                cue=outer.cue_text if outer else None,
            )
        )
    for voice in voices:
        if voice.cue.kind in SILENT:
            continue
        for piece in _pieces(text, region, voice):
            inside = [c for c in voice.children if any(a < piece[1] and b > piece[0] for a, b in c.content)]
            found = _region(text, piece, inside, voice.holders, voice.kinds, voice)
            if voice.polarity == "disputes" and all(s.holders != voice.holders for s in found):
                found += [_denied(s, voice) for s in found if s.holders[:-1] == voice.holders]
            out += found
    return out


def _own_words(text: str, said: Stretch, voice: Voice) -> int | None:
    """Where what a denier says himself begins, who denies something else by it: "disputed this: “I only asked”".

    So does "the rebuttal is that". ``None`` where it is what he denies.
    """
    cue = voice.attribution.cue
    if cue is None or said[0] < cue.end:
        return None
    if _IS_THAT.match(text, cue.end):
        return said[0]
    quoted = _COLON.search(text, cue.end, said[1])
    return None if quoted is None else max(said[0], quoted.end())


def _denied(said: Statement, voice: Voice) -> Statement:
    """What a voice denies by denying that another says it: "rejected the paper's claim that the mine is unsafe"."""
    of = {"holders": voice.holders, "kinds": voice.kinds, "cue": voice.cue_text}
    return said.model_copy(update={**of, "polarity": voice.polarity, "factuality": voice.factuality})


def _pieces(text: str, region: Stretch, voice: Voice) -> list[Stretch]:
    """A content's extents inside a region, with what they need to say something."""
    pieces = (_tied_off(text, piece) for piece in _extents(text, region, voice))
    found = dict.fromkeys(_headed(text, piece, region, voice) for piece in pieces)
    return [(a, b) for a, b in found if not any(x <= a and b <= y and (x, y) != (a, b) for x, y in found)]


def _tied_off(text: str, piece: Stretch) -> Stretch:
    """A stretch after which the sentence goes on, without what hangs in the air at its end: ", but the"."""
    return (piece[0], remains.tied_off(text, *piece)) if _GOES_ON.match(text, piece[1]) else piece


def _headed(text: str, piece: Stretch, region: Stretch, voice: Voice) -> Stretch:
    """A stretch that lacks its subject or its main clause, from where the content begins; else the whole region.

    What is denied stays as it is: "denied ever taking a bribe" is no claim that somebody denied it.
    """
    if headed(text, piece) or voice.polarity == "disputes":
        return piece
    first = min((a for a, _ in voice.content if region[0] <= a < piece[0]), default=None)
    longer = trim(text, *region) if first is None else trim(text, first, piece[1])
    return longer if headed(text, longer) else trim(text, *region)


def headed(text: str, part: Stretch) -> bool:
    """Whether a stretch has its subject, and a main clause where it begins with another."""
    if _HEADLESS.match(text[part[0] : part[1]].lower()):
        return False
    opening = _HANGING.match(text, *part)
    if opening is None:
        return True
    if opening[0].lower().endswith("ing"):
        return bool(_FINITE.search(text, opening.end(), part[1]))
    comma = text.find(",", *part)
    return comma >= 0 and bool(_FINITE.search(text, comma, part[1]))


def _extents(text: str, region: Stretch, voice: Voice) -> list[Stretch]:
    """A content's extent inside a region: whole, or in two where its cue stands between two clauses of their own."""
    parts = [(max(a, region[0]), min(b, region[1])) for a, b in voice.content if a < region[1] and b > region[0]]
    main = [p for p in parts if _words(text, p) >= 6 or _FINITE.search(text, p[0], p[1])]
    if len(parts) > 1 and main:
        parts = main
    if not parts:
        return []
    if len(parts) == 1 and _RELATIVE.match(text, *parts[0]):
        return [trim(text, *region)]
    whole = clausal(text, parts[0]) and not _bidden(text, parts[0], voice) and not _named(text, parts[0], voice)
    if len(parts) == 1 and voice.polarity == "asserts" and not whole:
        return [_with_cue(text, parts[0], region, voice)]
    if len(parts) > 1 and all(_words(text, p) >= 6 and not _PARTICIPLE.match(text, *p) for p in parts):
        return parts
    long = [p for p in parts if _words(text, p) >= LEAST_CONTENT] or parts
    span = (long[0][0], long[-1][1])
    if len(long) > 1 and sum(_words(text, p) for p in long) < 0.6 * _words(text, span):
        return [max(long, key=lambda p: p[1] - p[0])]
    return [span]


def clausal(text: str, part: Stretch) -> bool:
    """Whether a content says something by itself: a quotation, a that-clause, or a stretch with a finite verb."""
    return opens_clause(text, part) or bool(_FINITE.search(text, *part))


def _bidden(text: str, part: Stretch, voice: Voice) -> bool:
    """Whether a content is what somebody is told to do: of "urged the port to stay open" all but the verb."""
    bids = bool(cues.BIDS.search(voice.cue_text or "")) and not opens_clause(text, part)
    return bids and bool(_BIDDEN.match(text, *part))


def _named(text: str, part: Stretch, voice: Voice) -> bool:
    """Whether a content is a thing that a cue has to do with, and no clause: "pushed for rules that would help"."""
    cue = voice.cue_text or ""
    if _ENDS_ON.search(cue):
        return not opens_clause(text, part, quoted=False) and not remains.main_verb(text[slice(*part)])
    return bool(_LABELS.search(cue)) and not opens_clause(text, part) and not frames.untrue(text[slice(*part)])


def opens_clause(text: str, part: Stretch, *, quoted: bool = True) -> bool:
    """Whether a content is opened as a clause is: by "that", "how", "as" (seen as), or, if ``quoted``, by a mark."""
    ahead = text[max(0, part[0] - 6) : part[0]]
    if _OPENS.match(text, *part) or re.search(r"(?:\b(?:that|as)\s+|:\s*)$", ahead):
        return True
    return quoted and bool(_QUOTES.match(text, *part) or re.search(r"[\"“‘]\s*$", ahead))


def _with_cue(text: str, part: Stretch, region: Stretch, voice: Voice) -> Stretch:
    """A content that is a mere name or infinitive from its cue on ("criticised the treaty"), or from a near subject."""
    source, cue = voice.attribution.source, voice.attribution.cue
    if cue is None or not region[0] <= cue.start < part[0] or part[0] - cue.end > 60:
        return part
    if source is not None and region[0] <= source.start and source.end <= cue.start and cue.start - source.end < 40:
        return source.start, part[1]
    return cue.start, part[1]


def _own(text: str, region: Stretch, voices: Sequence[Voice]) -> Stretch | None:
    """The longest stretch of a region that no voice has taken, with its subject, if it asserts something by itself."""
    best: Stretch | None = None
    at = region[0]
    taken = sorted(stretch for voice in voices for stretch in voice.taken())
    speakers = {voice.attribution.source.start for voice in voices if voice.attribution.source}
    told = {b for voice in voices for _, b in voice.content if not set(text[b - 1 : b + 1]) & set(QUOTES)}
    for a, b in [*taken, (region[1], region[1])]:
        if a > at:
            gap = trim(text, at, min(a, region[1]))
            if remains.relative(text, *gap) and at in told and _asserts(text[slice(*gap)]):
                return trim(text, *region)  # "a plan to close the mine, which cost jobs": what it hangs on is in there
            left = remains.cut(text, *gap, last=a >= region[1], subject=a in speakers)
            if left and _asserts(text[slice(*left)]) and (best is None or left[1] - left[0] > best[1] - best[0]):
                best = left
        at = max(at, b)
        if at >= region[1]:
            break
    return best and _whole(text, region, best, voices)


def _whole(text: str, region: Stretch, own: Stretch, voices: Sequence[Voice]) -> Stretch:
    """What is left of a sentence, with its subject: "The union met and" of "The union met and said ..."."""
    if not _HEADLESS.match(text, *own):
        return own
    sources = [v.attribution.source for v in voices if v.attribution.source]
    ahead = next((s.start for s in sources if s.start >= region[0] and not text[s.end : own[0]].strip()), None)
    return trim(text, *region) if ahead is None else (ahead, own[1])


def _asserts(part: str) -> bool:
    body = _FRAME.sub("", part)
    verbs = len(_FINITE.findall(body)) - len(re.findall(r"\b(?:who|which|whose)\b|\b(?:an?|the) \w+ that\b", body))
    return len(_WORDS.findall(body)) >= LEAST_OWN and verbs > 0  # "a step that helped the port" asserts nothing


def _words(text: str, part: Stretch) -> int:
    return len(_WORDS.findall(text, part[0], part[1]))


def trim(text: str, start: int, end: int) -> Stretch:
    """A stretch without white space, commas and quotation marks at its ends, nor an opening "that"."""
    part = text[start:end]
    lead = _LEAD.match(part)
    if lead and lead.end() < len(part):
        start += lead.end()
    marks = '"“”„«»‘,;:–—'
    while start < end and (text[start].isspace() or text[start] in marks):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in marks):
        end -= 1
    for doubled in ("''", "’’", "‘‘"):
        if text[start:end].endswith(doubled):
            end -= 2
        if text[start:end].startswith(doubled):
            start += 2
    return start, end


def negligible(text: str, attribution: Attribution) -> bool:
    """A content of a few words: a name, a scare quote, a frame's echo."""
    found = [w for c in attribution.content for w in _WORDS.findall(text, c.start, c.end)]
    return len(found) < LEAST_CONTENT or sum(len(w) > 3 for w in found) < 2


def silent(text: str, attribution: Attribution, cue: Cue, named: bool) -> bool:
    """Whether an attribution gives nobody a voice: it tells of a mind or deed, or nobody in particular thinks it."""
    if cue.kind in SILENT:
        return True
    parts = [(c.start, c.end) for c in attribution.content]
    clause = any(clausal(text, p) for p in parts)
    if cue.loose and attribution.cue is not None and not any(opens_clause(text, p) for p in parts):
        return True
    if cue.kind == "think" and cue.factuality == "plain" and not clause:
        return not any(" as " in text[a:b] for a, b in parts)
    return not named and (cue.kind in ("think", "side") or not clause)


def compose(outer: Voice | None, cue: Cue) -> tuple[Polarity, Factuality]:
    """Polarity and factuality of a content, given who passes it on: distance and doubt carry inwards."""
    if outer is None:
        return cue.polarity, cue.factuality
    order: list[Factuality] = ["plain", "hedged", "distanced"]
    factuality = max(outer.factuality, cue.factuality, key=order.index)
    if outer.polarity == "disputes":
        factuality = "distanced"
    return cue.polarity, factuality


def classify(text: str, attribution: Attribution) -> tuple[Cue, str | None]:
    """What an attribution's cue does, and its words."""
    if attribution.cue is None:
        return Cue("say", known=False), None
    words = text[attribution.cue.start : attribution.cue.end]
    before = text[max(0, attribution.cue.start - 160) : attribution.cue.start]
    return cues.classify(words, before), " ".join(words.split())
