"""Document to sentence spans, with exact offsets.

Every sentence end is a candidate (``.``, ``!``, ``?``, an ellipsis, with the quotation marks and brackets that close
after it); what stands before and after decides. nupunkt's model has the vote where a short word might be an
abbreviation that the lists here do not hold. What is neither sentence nor heading (list marks, footnote numbers, an
ellipsis standing free between two sentences) is left out, so the spans need not touch.

The work is linear in the text: candidates are found by one pass, and each decision looks at a bounded window.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from claims.models import Document, Sentence
from claims.read.dates import MONTHS
from claims.read.layout import INVISIBLE, Paragraph, paragraphs_of, trim

if TYPE_CHECKING:
    from nupunkt import PunktSentenceTokenizer

MAX_SENTENCE = 3000
"""Longer stretches without a sentence end (tables, lists, noise) are cut at white space: no model reads further."""

WINDOW = 48
"""Characters looked at on either side of a candidate."""

NEVER_LAST = frozenset(
    (
        "mr mrs ms messrs mx dr prof rev fr hon gen lt col maj capt cpt cmdr cdr adm sgt cpl pvt brig sen sens rep "
        "reps gov govs pres supt det insp amb atty asst assoc st ste mt ft vs v cf viz e.g i.e eg ie al op ed eds "
        "trans dist m mme mlle sr. gens cols lts drs profs spc pfc comdr sec min ald del cong"
    ).split()
)
"""Abbreviations that stand before the word they belong to; one ends a sentence only if the next word cannot be it."""

MAYBE_LAST = frozenset(
    (
        "inc ltd corp co cos bros llc plc jr sr esq dept div assn univ ave blvd rd hwy jan feb mar apr jun jul aug "
        "sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun ala ariz ark calif colo conn del fla ga ill "
        "ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo est approx ca "
        "ed.d ph.d m.d b.a m.a j.d u.s u.k u.n e.u d.c u.s.a u.s.s.r p.r.c r.o.k d.p.r.k a.m p.m a.d b.c n.y n.j n.c "
        "s.c n.h n.m n.d s.d r.i l.a w.va ph phd sq lb lbs oz ft hr hrs min mins km cm kg mph tel ext bn mn"
    ).split()
)
"""Abbreviations that may end a sentence: the next word decides."""

BEFORE_NUMBER = frozenset(
    ("no nos art arts sec secs par para pp p fig figs vol vols ch chap tab app ex cl rev res ca c").split()
)
"""Abbreviations only if a number follows ("No. 5", "Art. 2"), and plain words or noise else."""

STARTERS = frozenset(
    (
        "the this that these those it its he she they we i you his her their our my there here and but or nor so yet "
        "if when while where what who why how which although though because since as after before once until unless "
        "in on at by for from with without under over during despite amid among between against about according also "
        "however moreover meanwhile nevertheless nonetheless furthermore thus therefore hence then still instead "
        "indeed even only not no some many most more few several all both each every another other others such any "
        "one two three now today yesterday last earlier later recently just to of an a perhaps maybe yes asked given "
        "like"
    ).split()
)
"""Words that open sentences and hardly ever names: after an abbreviation they mark a new sentence."""

_SPEECH = (
    "said|says|say|asked|asks|told|added|adds|wrote|writes|replied|continued|shouted|tweeted|declared|exclaimed|joked|"
    "quipped|wondered|demanded|answered|responded|chanted|yelled|cried|screamed|announced|insisted|noted|concluded"
)
_AFTER_TIME = re.compile(
    r"(?:E[SD]?T|C[SD]?T|M[SD]T|P[SD]?T|GMT|UTC|BST|CET|Eastern|Pacific|Central|local"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August"
    r"|(?:Septem|Octo|Novem|Decem)ber)\b"
)
_END = re.compile(r"\.(?:[ \u00a0]\.){2,}|[.!?…]+|[。！？]+")
_CLOSERS = re.compile(r"[\"”’'»)\]]{0,6}(?:[¹²³⁰-⁹]{1,3}|\[\d{1,3}\])?[\"”’'»)\]]{0,4}")
_OPENERS = re.compile(r"[\"“‘«„'(\[¿¡*_]{0,6}")
_WORD_BEFORE = re.compile(r"[^\s\"“”‘«»(\[/—–]*$")
_WORD_AFTER = re.compile(r"[^\W_][\w’'.-]*")
_INITIAL = re.compile(r"[A-Z]\.(?:\s|[A-Z])")
_BEFORE_ORDINAL = re.compile(r"\b(?:am|vom|zum|bis|ab|den|dem|der|und|seit|den|d\.|le|il|el) \d{1,2}$")
_LIKE_NAMES = frozenset("no a an will may long so to do one my given like just".split())
_TITLES = frozenset("mr mrs ms dr prof gen sen rep gov st lt col rev sgt capt".split())
_ALSO_WORDS = frozenset("jan mar dec sat sun wed min ill mo pa la ore ind miss wash mass ex est ark tel".split())
"""Abbreviations that are words too where they are written small: "the mass.", "he sat."."""
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_FREE_ELLIPSIS = re.compile(r"(?:\[?(?:\.{2,}|…+|\.(?:[ \u00a0]\.){1,})\]?)(?=\s)")
_FOOTNOTE = re.compile(r"\d{1,3}(?=\s+[\"“‘']{0,2}([A-Z][\w’']*)|\s*$)")
_GLUED_NUMBER = re.compile(r"\d{1,3}(?=\s+[\"“‘]?([A-Z][\w’']*)|$)")
_LIST_MARK = re.compile(r"(?:[-–—*+•·▪●■◦‣►>]+|\(?\d{1,3}[.)](?!\d)|\d{1,2}[a-z]?\s[-–—]|\(?[a-hivx]{1,4}\))\s+(?=\S)")
_MD_MARK = re.compile(r"#{1,6}\s+|(?:[-*+>]|\d{1,3}[.)])\s+")
_ATTRIBUTION = re.compile(
    rf"(?:[A-Z][\w.’'-]*\s+){{1,4}}(?:{_SPEECH})\b|(?:{_SPEECH})\s+[A-Z]|(?:he|she|they|I|it)\s+(?:{_SPEECH})\b"
)
_RESIDUE = re.compile(r"\d{1,2}[a-z]?\s[-–—]\s+(?=[A-Z“\"‘])|[•·▪●■◦‣►]\s*")
_WHITE = " \t\r\n\x0b\x0c\x85\u00a0\u2009\u202f\u3000" + INVISIBLE
_CLOSING = re.compile(r"[.!?…。！？:;,][\"”’'»)\]]*$")


def split(document: Document) -> list[Sentence]:
    """The sentences and section headings of the article's body, in order; boilerplate is skipped."""
    markdown = document.path.lower().endswith((".md", ".markdown"))
    text = document.text
    found: list[tuple[int, int, bool]] = []
    for start, end in _kept(document):
        for paragraph in paragraphs_of(text, start, end, markdown=markdown):
            found.extend(_read(text, paragraph, markdown))
    return [
        Sentence(
            index=i, start=a, end=b, text=text[a:b], kind="heading" if heading else "sentence", is_claim=not heading
        )
        for i, (a, b, heading) in enumerate(found)
    ]


def _kept(document: Document) -> Iterator[tuple[int, int]]:
    """The stretches of the text that are article."""
    at = 0
    for span in sorted(document.boilerplate, key=lambda s: s.start):
        if span.start > at:
            yield at, span.start
        at = max(at, span.end)
    if at < len(document.text):
        yield at, len(document.text)


def _read(text: str, paragraph: Paragraph, markdown: bool) -> Iterator[tuple[int, int, bool]]:
    start, end = paragraph.start, paragraph.end
    if markdown and text.startswith("#", start):
        mark = _MD_MARK.match(text, start, end)
        a, b = trim(text, mark.end() if mark else start, end)
        while b > a and text[b - 1] == "#":
            b -= 1
        a, b = trim(text, a, b)
        if any(c.isalnum() for c in text[a : min(b, a + 200)]):
            yield a, b, True
        return
    mark = _LIST_MARK.match(text, start, min(end, start + 60))
    body = mark.end() if mark else start
    bullet = mark is not None and not any(c.isalnum() for c in mark.group())
    if not bullet and is_heading(text[body:end]):
        yield body, end, True
        return
    for a, b in spans(text, body, end):
        yield a, b, False


def is_heading(text: str) -> bool:
    """Whether a paragraph is a section heading: short, no sentence, not the tail of one."""
    if len(text) > 110 or "\n" in text or not text:
        return False
    words = text.split()
    if len(words) > 14 or not (text[0].isupper() or text[0].isdigit() or text[0] in "“\"'‘¿"):
        return False
    if _CLOSING.search(text[-8:]):
        if not text.rstrip("”\"’'").endswith(("?", "!", ":")) or len(words) > 10 or text[0] in '“"‘':
            return False
        long_words = [w.strip("“”\"'‘’?!,") for w in words[1:] if len(w) > 4]
        return bool(long_words) and all(w[:1].isupper() for w in long_words)
    return text[0] not in '"“' or text[-1] in '"”'


def spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Sentence spans of one paragraph, ``text[start:end]``."""
    end = len(text) if end is None else end
    begin = _past_marks(text, start, end)
    at = begin
    while at < end:
        match = _END.search(text, at, end)
        if match is None:
            break
        at = match.end()
        closers = _CLOSERS.match(text, at, end)
        stop = closers.end() if closers else at
        after, next_start = _after(text, match.end(), stop, end)
        if after is None or not _is_boundary(text, begin, match, stop, after, end):
            at = max(at, stop)
            continue
        yield from _cut(text, begin, after)
        begin = at = _past_marks(text, next_start, end)
    yield from _cut(text, begin, end)


def _after(text: str, punct: int, stop: int, end: int) -> tuple[int | None, int]:
    """Where a sentence closing at ``stop`` would end and the next begin; ``None`` where it cannot close here."""
    if stop >= end:
        return end, end
    if text[stop].isspace() or text[stop] in INVISIBLE:
        return stop, stop
    number = _GLUED_NUMBER.match(text, stop, min(end, stop + WINDOW)) if text[punct - 2 : punct - 1].isalpha() else None
    if number and ((number.group(1) is None and number.end() == end) or (number.group(1) or "").lower() in STARTERS):
        return stop, number.end()
    if text[punct - 1] in "。！？":
        return stop, stop
    # No white space: "the end.The next" as scrapers leave it, never "example.Com" or "U.S.A".
    tail = text[stop : stop + WINDOW]
    word = _WORD_AFTER.match(tail.lstrip('“"‘'))
    before = text[max(0, punct - 5) : punct - 1]
    glued = (
        before.isalpha()
        and before.islower()
        and word is not None
        and word.group().istitle()
        and "." not in word.group()
    )
    if glued and word is not None and (stop > punct or word.group().lower() in STARTERS or tail[:1] in "“"):
        return stop, stop
    return None, stop


def _past_marks(text: str, at: int, end: int) -> int:
    """The next sentence's first character: past white space, free ellipses, footnote numbers and list residue."""
    while True:
        while at < end and (text[at].isspace() or text[at] in INVISIBLE):
            at += 1
        window = min(end, at + WINDOW)
        ellipsis = _FREE_ELLIPSIS.match(text, at, window)
        if ellipsis:
            at = ellipsis.end()
            continue
        residue = _RESIDUE.match(text, at, window)
        if residue:
            at = residue.end()
            continue
        number = _FOOTNOTE.match(text, at, window)
        if (
            number
            and at > 1
            and ((number.group(1) or "").lower() in STARTERS or (number.group(1) is None and number.end() >= end))
        ):
            before = text[max(0, at - 8) : at].rstrip()
            if before and before[-1] in ".!?…\"”’'":
                at = number.end()
                continue
        return at


def _is_boundary(text: str, begin: int, match: re.Match[str], stop: int, after: int, end: int) -> bool:
    """Whether a sentence ends at this candidate."""
    rest = text[after : after + 2 * WINDOW].lstrip(_WHITE)
    punct = match.group()
    if not rest or after >= end:
        return True
    opener = _OPENERS.match(rest)
    bare = rest[opener.end() :] if opener else rest
    if punct[0] in "。！？":
        return True
    first = bare[:1]
    closed = stop > match.end()
    before = _WORD_BEFORE.search(text, max(begin, match.start() - WINDOW), match.start())
    word = before.group().lstrip("-") if before else ""
    if not word and len(punct) < 2 and not closed and match.start() == begin:
        return False
    following = _WORD_AFTER.match(bare)
    next_word = following.group() if following else ""
    if len(punct) > 1 and set(punct) <= set(".… \u00a0"):
        return _after_ellipsis(first, next_word, rest)
    if punct[0] in "!?":
        if first.islower():
            return False
        return not (closed and _ATTRIBUTION.match(bare))
    if punct == "…":
        return _after_ellipsis(first, next_word, rest)
    if first.islower():
        return _lower_after(text, begin, match, word, closed, rest)
    if closed and text[match.end()] not in ")]":
        return True
    return _after_period(text, begin, match, word, first, next_word, bare)


def _after_ellipsis(first: str, next_word: str, rest: str) -> bool:
    """After dots a sentence ends only if what follows can begin one."""
    if first.isupper():
        return True
    return rest[:1] in '“"‘[' and not first.islower() and bool(next_word)


def _lower_after(text: str, begin: int, match: re.Match[str], word: str, closed: bool, rest: str) -> bool:
    """A period before a small letter: an abbreviation, or a sentence whose capital was lost."""
    if closed or not word.isalpha() or not word.islower() or len(word) < 5 or rest[:1] in "\"“‘'([":
        return False
    if word in MAYBE_LAST or word in NEVER_LAST or text[match.end() : match.end() + 1] != " ":
        return False
    return _nupunkt_breaks(text, begin, match.end())


def _after_period(
    text: str, begin: int, match: re.Match[str], word: str, first: str, next_word: str, bare: str
) -> bool:
    """A single period before a capital, a digit or a sign."""
    low = word.lower().strip("'’,")
    opening = re.split(r"[.’']", next_word.lower())[0]
    starter = opening in STARTERS and not _INITIAL.match(bare)
    if low in BEFORE_NUMBER and first.isdigit():
        return False
    if low.isdigit() and len(low) <= 2 and _BEFORE_ORDINAL.search(text, max(0, match.start() - 12), match.start()):
        return next_word.lower() not in MONTHS  # "am 5. Mai"
    if low in NEVER_LAST and (word != low.upper() or low in _TITLES):
        return starter and opening not in _LIKE_NAMES
    if len(low) == 1 and low.isalpha():
        if match.start() - len(word) == begin:  # "I. Charles Poole"
            return starter
        if word.isupper() and low != "i":
            return starter
        return starter or low == "i"
    if _ACRONYM.fullmatch(word) or low in MAYBE_LAST:
        if low in ("a.m", "p.m", "am", "pm"):
            return first.isupper() and not _AFTER_TIME.match(bare)
        if first.isdigit():
            return False
        if word.islower() and low in _ALSO_WORDS:
            return True
        return starter
    if len(low) <= 4 and word[:1].isupper() and word.isalpha() and not starter and not word.isupper():
        return _nupunkt_breaks(text, max(0, match.start() - WINDOW), match.end()) or not _looks_abbreviated(low)
    return True


def _looks_abbreviated(word: str) -> bool:
    """No vowel, or none after the first letters: "Sgt", "Pvt", not "Iran"."""
    return not any(c in "aeiouyáéíóúäöüàèâêîôû" for c in word)


def _nupunkt_breaks(text: str, begin: int, at: int) -> bool:
    """nupunkt's vote on a break at ``at``, from a bounded window."""
    start = max(begin, at - 4 * WINDOW)
    window = text[start : at + 2 * WINDOW]
    return any(b == at - start or b == at - start + 1 for _, b in _tokenizer().span_tokenize(window))


@lru_cache(maxsize=1)
def _tokenizer() -> PunktSentenceTokenizer:
    from nupunkt import load_default_model

    return load_default_model()


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span, trimmed, and cut where it is too long for a sentence; nothing if it holds no letter or digit."""
    start, end = trim(text, start, end)
    while end - start > MAX_SENTENCE:
        at = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        at = at if at > 0 else start + MAX_SENTENCE
        yield trim(text, start, at)
        start, _ = trim(text, at, end)
    if any(c.isalnum() for c in text[start:end]):
        yield start, end
