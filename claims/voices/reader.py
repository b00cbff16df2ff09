"""The reader of voices: one document in, its statements out."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from claims import detect
from claims.models import Attribution, Document, Reading, Sentence, SourceKind, Span
from claims.voices import cues, denials, names, quotes
from claims.voices import statements as build
from claims.voices.holders import Holder, Resolver
from claims.weights import file_digest

if TYPE_CHECKING:
    from claims.voices.tagger import Tagger

DEPTH = 2
"""Levels of attribution below the outermost that are looked for."""
LEAST_NESTED = 7
"""Words a content needs to be read for attributions inside it."""

_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|got)\s+(?:\w+ly\s+)?\w+(?:ed|en|aid|own|een|ht|ld)\b[^,;]*$|ly$", re.I
)
_PRONOUN = re.compile(
    r"^(?:he|she|it|they|his|her|its|their|i|we|you|my|our|who|which|that|this|these|those|one)$", re.I
)
_IMPERSONAL = re.compile(r"(?:is|was|has been|had been|will be|would be|remains|seems|appears|[’']s)\b", re.I)
_WORD = re.compile(r"[A-Za-z]+")
_STOP = re.compile(r"[.!?\n](?=\s)")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d,?\s+(?=[A-Z])")


class VoiceReader:
    """Reads who says what, with the shipped weights or those of a folder.

    Nothing is loaded before the first text. Raises ModelError then, where the weights are missing or unfit. What one
    document yields hangs on that document alone, and is the same every time.
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = Path(path) if path is not None else None
        self._tagger: Tagger | None = None
        self._name: str | None = None

    @property
    def name(self) -> str:
        """The model's name and the first of its weights' SHA-256: changes when results may."""
        if self._name is None:
            from claims.voices.tagger import SHIPPED, WEIGHTS

            file = (self.path or SHIPPED) / WEIGHTS
            digest = file_digest(file)[:8] if file.exists() else "missing"
            self._name = f"voices-minilm-{digest}"
        return self._name

    @property
    def tagger(self) -> Tagger:
        """The network at work; loaded when first asked for."""
        if self._tagger is None:
            from claims.voices.tagger import shared

            self._tagger = shared(self.path)
        return self._tagger

    def attribute(self, text: str) -> list[Attribution]:
        """Every attribution of a text, in order. As in PolNeAR contents do not overlap: nested ones are not given."""
        from claims.voices.tagger import attributions

        return [_polarised(text, a) for a in attributions(self.tagger.read(text), text)]

    def read(self, document: Document, sentences: Sequence[Sentence]) -> Reading:
        """The document with each sentence judged a claim or not, and what each voice says in each claim sentence."""
        from claims.voices.tagger import attributions

        text = document.text
        if not sentences:
            return Reading(document=document, sentences=(), statements=())
        tagged = self.tagger.read(text, [(s.start, s.end) for s in sentences])
        judged = [detect.in_article(s, float(p)) for s, p in zip(sentences, tagged.sentences, strict=True)]
        flat = [_within(text, _undated(text, a), judged) for a in attributions(tagged, text)]
        flat = [a for a in flat if a.content and not build.negligible(text, a)]
        resolver = Resolver(text)
        voices = self._voices(text, judged, flat, resolver)
        self._nest(text, voices)
        found = denials.pointing_back(document, judged, build.statements(document, judged, voices), resolver)
        return Reading(document=document, sentences=tuple(judged), statements=tuple(found))

    def _voices(
        self, text: str, sentences: Sequence[Sentence], flat: list[Attribution], resolver: Resolver
    ) -> list[build.Voice]:
        """The outermost attributions with their holders, and the quotations that run on under them."""
        said = [a for a in flat if a.cue is not None]
        stops = [stop.start() for stop in _STOP.finditer(text)]
        sentence = [bisect.bisect_left(stops, a.cue.start) for a in said if a.cue is not None]
        order = sorted(range(len(said)), key=lambda k: (said[k].source or said[k].cue or said[k].content[0]).start)
        holder: dict[int, Holder] = {}
        last: dict[int, int] = {}  # of those whose holders are known, the last of each sentence
        for k in order:
            beside = holder[last[sentence[k]]] if sentence[k] in last else None
            found = self._holder(text, said[k], beside, resolver)
            if found is not None:
                holder[k] = found
                last[sentence[k]] = max(k, last.get(sentence[k], k))
        voices = [self._voice(text, said[k], holder[k], None) for k in sorted(holder)]
        voices = [
            v
            for v in voices
            if not build.silent(text, v.attribution, v.cue, v.kinds[-1] != "unnamed" or v.holders[-1] != names.UNNAMED)
        ]
        for span, speaker in quotes.carried(text, sentences, said, {k for k in holder if _speaks(text, said[k])}):
            whose = holder.get(speaker) if speaker is not None else None
            if whose is None or whose.own:
                continue
            voices.append(self._voice(text, Attribution(source=None, cue=None, content=(span,)), whose, None))
        return sorted(voices, key=lambda v: v.content[0])

    def _holder(self, text: str, one: Attribution, beside: Holder | None, resolver: Resolver) -> Holder | None:
        """Who speaks, where somebody may speak ``beside`` in the same sentence; None where the document itself does."""
        if one.source is not None:
            if (
                one.cue is not None
                and one.source.end <= one.cue.start
                and cues.TOLD.search(text, one.source.end, one.cue.end)
            ):
                return Holder(names.UNNAMED, "unnamed")
            subject = text[one.source.start : one.source.end].strip().lower()
            verb = text[one.cue.start : one.cue.end] if one.cue else ""
            if (subject in ("it", "there") and _IMPERSONAL.match(verb)) or cues.hearsay(verb):
                return Holder(names.UNNAMED, "unnamed")
            found = resolver.resolve(one.source.start, one.source.end)
            return None if found.own else found
        cue, words = build.classify(text, one)
        if cue.kind in build.SILENT or cue.kind == "side":
            return Holder(names.UNNAMED, "unnamed") if cue.kind == "seem" else None
        if beside and words and one.cue and not _PASSIVE.search(text[max(0, one.cue.start - 30) : one.cue.end]):
            return beside
        return Holder(names.UNNAMED, "unnamed")

    def _voice(self, text: str, one: Attribution, holder: Holder, outer: build.Voice | None) -> build.Voice:
        cue, words = build.classify(text, one)
        polarity, factuality = build.compose(outer, cue)
        chain: tuple[str, ...] = (*(outer.holders if outer else ()), holder.name)
        kinds: tuple[SourceKind, ...] = (*(outer.kinds if outer else ()), holder.kind)
        return build.Voice(one, cue, words, chain, kinds, polarity, factuality)

    def _nest(self, text: str, voices: list[build.Voice]) -> None:
        """Attributions inside contents, by reading each content that holds a word of saying as a text of its own."""
        from claims.voices.tagger import attributions

        level = voices
        for _ in range(DEPTH):
            jobs = [(v, c) for v in level if not v.weak for c in v.attribution.content if _may_nest(text, c)]
            if not jobs:
                return
            found: list[build.Voice] = []
            read = self.tagger.read_all([text[c.start : c.end] for _, c in jobs])
            for (outer, c), tagged in zip(jobs, read, strict=True):
                part = text[c.start : c.end]
                resolver = Resolver(text)
                for a in attributions(tagged, part):
                    if a.source is None or a.cue is None or build.negligible(part, a):
                        continue
                    if _PRONOUN.match(part[a.source.start : a.source.end].strip()):
                        continue
                    inner = _shift(a, c.start)
                    holder = resolver.resolve(c.start + a.source.start, c.start + a.source.end)
                    voice = self._voice(text, inner, holder, outer)
                    if voice.weak or not voice.cue.known or holder.name in outer.holders:
                        continue
                    outer.children.append(voice)
                    found.append(voice)
            level = found


def _undated(text: str, a: Attribution) -> Attribution:
    """A source without the year ahead of it: "in 1993 China demanded", "1993 China" is nobody."""
    if a.source is None or not (year := _YEAR.match(text, a.source.start, a.source.end)):
        return a
    return a.model_copy(update={"source": Span(start=year.end(), end=a.source.end)})


def _within(text: str, a: Attribution, sentences: Sequence[Sentence]) -> Attribution:
    """What is thought or wished ends with its sentence; only what is said may go on over several."""
    cue, _ = build.classify(text, a)
    if a.cue is None or cue.kind in ("say", "show"):
        return a
    i = bisect.bisect_right([s.start for s in sentences], a.cue.start) - 1
    if i < 0:
        return a
    low, high = sentences[i].start, sentences[i].end
    kept = (Span(start=max(low, c.start), end=min(high, c.end)) for c in a.content if c.start < high and c.end > low)
    return a.model_copy(update={"content": tuple(kept)})


def _speaks(text: str, a: Attribution) -> bool:
    cue, _ = build.classify(text, a)
    if build.silent(text, a, cue, True):
        return False
    return cue.kind in ("say", "show") or any(build.clausal(text, (c.start, c.end)) for c in a.content)


def _may_nest(text: str, content: Span) -> bool:
    part = text[content.start : content.end]
    found = _WORD.findall(part)
    if len(found) < LEAST_NESTED:
        return False
    return "according to" in part or any((x := cues.lemma(w.lower())) and cues.speaks(x) for w in found[1:])


def _shift(a: Attribution, by: int) -> Attribution:
    def move(s: Span | None) -> Span | None:
        return Span(start=s.start + by, end=s.end + by) if s else None

    content = tuple(Span(start=c.start + by, end=c.end + by) for c in a.content)
    return Attribution(source=move(a.source), cue=move(a.cue), content=content)


def _polarised(text: str, a: Attribution) -> Attribution:
    cue, _ = build.classify(text, a)
    return a.model_copy(update={"polarity": cue.polarity, "factuality": cue.factuality})
