"""Numbers, dates and names in a text, and whether those of two texts can stand together.

Number words are read by text2num and dates by datefinder; what is ours is what they leave out (shares, dozens, "5bn"),
what is a year and what is counted, and the comparison.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

_LONG = "January|February|April|June|July|August|September|October|November|December"
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|March|May"
MONTH = re.compile(rf"\b(?:(?i:{_LONG})|{_SHORT}|{_SHORT.upper()})\b")
"""A month by its whole name or its short one; what is a word as well ("may", "march", "dec") only with a capital."""
_DAY = r"\d\d?(?:\s*[-–]\s*\d\d?)?"
OF_A_DATE = re.compile(rf"{MONTH.pattern}\.?\s+{_DAY}\b|\b{_DAY}\s+{MONTH.pattern}|\b\d+(?i:st|nd|rd|th)\b")
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")

LEADS = (
    r"(?:of|the|these|those|their|his|her|its|our|all|other|others|more|such|additional|another|further|were|was|are|is|"
    r"have|had|has|been|being|be)"
)
"""Words between a number and what it counts: "3 of the men", "12 more were hurt"."""
LITTLE = (
    rf"(?:{LEADS}|a|an|to|in|on|at|by|for|from|with|without|into|onto|over|under|during|near|across|against|among|around|"
    r"about|after|before|since|until|between|through|per|as|than|and|or|but|nor|if|so|not|no|only|also|now|then|just|still|"
    r"even|because|while|when|where|who|whom|whose|which|that|this|what|it|they|he|she|we|i|you|them|him|us|my|your|do|"
    r"does|did|will|would|can|could|may|might|must|should|out|up|down|off)"
)
"""Words that name no thing."""
PLURAL = rf"(?!{LITTLE}\b)(?:people|men|women|children|police|troops|[a-z-]+(?<![sui-])s)\b"
"""A word that looks like several of something: what is counted ends with it ("40 cars burned")."""
THINGS = rf"\s+(?:(?!{LITTLE}\b)[a-z]+\s+)?{PLURAL}"
COUNTED_THING = re.compile(
    rf"[\s-]*(?:{LEADS}\b[\s-]+|(?:[a-z]\.){{2,}}\s+)*(?P<noun>{PLURAL}(?:\s+(?:celsius|fahrenheit|[cf])\b)?|"
    rf"(?!{LITTLE}\b)[a-z]+\b(?:[\s-]+(?!{LITTLE}\b)[a-z]+\b)?)",
    re.I,
)
"""What a number counts: at most two words that are more than glue."""

SCALE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12, "trn": 1e12}
SCALED = re.compile(
    rf"(?P<base>(?<![\w.,])(?<!\w-)\d[\d,]*(?:\.\d+)?|\bhalf an?)(?:[\s-]+(?P<word>{'|'.join(SCALE)})\b|"
    rf"\s?(?P<sure>mn|mln|bn|tn|trn)\b|(?<!401)(?P<maybe>k|m)(?={THINGS}))|"
    r"(?P<money>[$€£¥])(?P<sum>\d[\d,]*(?:\.\d+)?)\s?(?P<of>[kmb])\b",
    re.I,
)
"""A number with what it is scaled by. "40k" and "5m" may be a race or a height, but not of money or several things."""
PLENTY = re.compile(
    r"\b(?:(?:several|(?:a )?few|many)\s+)?(?:(?P<times>tens|hundreds|thousands)\s+of\s+)?"
    rf"(?P<many>{'|'.join(SCALE)})s\b(?:\s+of\b)?|\b(?:several|a few|many)\s+(?P<some>{'|'.join(SCALE)})\b",
    re.I,
)
"""Hundreds and thousands of something: a hundred or a thousand at least."""
HALF = re.compile(
    r"(?P<before>^|[,;:“\"(]\s*|\b(?:about|around|roughly|nearly|almost|over|under|than|least|most|only|just|that|and|by|to)"
    r"\s+)half(?=\s+(?:of|the)\b)",
    re.I,
)
"""Half of something, and not its first or other half."""
PARTS = re.compile(
    r"(?<!first )(?<!last )(?<!past )(?<!next )\b(?:(?P<one>an?|one)[\s-](?P<part>third|quarter|fifth)(?=\s+of\b)|"
    r"(?P<some>two|three|four)[\s-](?P<parts>third|quarter|fifth)s\b)",
    re.I,
)
DOZEN = re.compile(
    r"(?P<hedged>\b(?:than|least|most|to|about|around|some|roughly|nearly|almost|over|under)\s+)?"
    r"\b(?P<n>an?\s+half|half\s+a|half|an?|one|two|three|four|five)[\s-]dozen\b(?:\s+or\s+so\b)?",
    re.I,
)
ONES = {"half": 0.5, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
SHARES = {"third": 3, "quarter": 4, "fifth": 5}
MULTIPLIED = re.compile(
    r"(?P<least>\bmore than\s+)?(?P<most>\b(?:almost|nearly|less than)\s+)?(?P<about>\b(?:about|roughly)\s+)?"
    r"\b(?P<times>halved|doubled|tripled|trebled|quadrupled)\b(?! (?:down|over|up|back|as)\b)",
    re.I,
)
TIMES = {"halved": 0.5, "doubled": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0}

_LEAST = r"(?:at least|more than|over|above|no fewer than|no less than|not less than|exceeding)"
_MOST = r"(?:at most|up to|fewer than|less than|under|below|no more than|not more than|almost|nearly)"
_ABOUT = r"(?:about|around|some|roughly|approximately|an estimated)"
_NUMBER = r"\d+(?:,\d{2,3})*(?:\.\d+)?"
COUNTED = re.compile(
    rf"(?P<least>\b{_LEAST}\s+)?(?P<most>\b{_MOST}\s+)?(?P<about>\b{_ABOUT}\s+)?"
    r"(?P<minus>(?<![^\s(])[-−]|\bminus\s+)?(?:(?P<money>[$€£¥]\s?)|(?<![\w.,/])(?<!\w-))"
    rf"(?P<number>{_NUMBER})(?![\d/])"
    rf"(?:\s*(?P<to>to|and|-|–)\s*(?P<below>minus\s+|[-−])?[$€£¥]?(?P<upper>{_NUMBER})(?![\d/]))?"
    r"(?P<percent>[\s-]*(?:%|per\s?cent\b|percentage points?\b))?"
    r"(?=(?P<words>[\s-]*(?:[a-z]+[\s-]){0,2}[a-z]+)?)",
    re.I,
)
CHANGED = re.compile(r"(?<!ranging )(?<!ranged )(?<!range )(?<!anywhere )\bfrom\s+$", re.I)
BETWEEN = re.compile(r"\bbetween\s+$", re.I)
CURRENCY = {"dollar": "$", "euro": "€", "pound": "£", "yen": "¥"}
CLOSE = 0.05
"""Two numbers within a twentieth of each other are one number, rounded."""


class Quantity(NamedTuple):
    """A number of something, as the range that the words allow. ``of`` holds the words after it, stemmed."""

    low: float
    high: float
    of: frozenset[str]
    text: str


class When(NamedTuple):
    """What a text says of its time: years, (month, day) with 0 for what is not said, and days of the week."""

    years: frozenset[int]
    days: frozenset[tuple[int, int]]
    weekdays: frozenset[str]


@lru_cache(1 << 16)
def stem(word: str) -> str:
    """A word in lower case without its commonest endings: enough to set forms of one word side by side."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    for ending in ("ations", "ation", "ings", "ing", "ments", "ment", "ies", "ied", "ed", "es", "s", "ly", "e", "y"):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            return low[: -len(ending)]
    return low


UNITS = {
    stem(word): names.split()[0]
    for names in (
        "km kilometer kilometre; m meter metre; cm centimeter centimetre; mm millimeter millimetre; mile; foot feet; "
        "inch; yard; acre; hectare; kg kilo kilogram; g gram; ton; tonne; ounce; liter litre; gallon; barrel; "
        "celsius c; fahrenheit f; kmh kph; mph; second; minute min; hour hr; day; week; month; year; decade; century"
    ).split("; ")
    for word in names.split()
}
"""Units of measure: numbers in two of them are not set side by side."""

YEAR = re.compile(
    r"(?<![$€£¥])(?<![$€£¥]\s)(?:\bFY|\b)(?P<year>(?:1[5-9]|20)\d\d)(?:[/–-](?P<to>\d\d(?:\d\d)?)(?![\w/-]))?"
    r"(?!\w|%|[.,]\d)"
)
DECADE = re.compile(r"(?:\b|(?<=['’]))\d{1,3}0['’]?s\b")
IN_TIME = re.compile(
    rf"(?:\b(?i:in|into|since|until|till|during|from|by|year|fiscal|circa|early|mid|late)|{MONTH.pattern}\.?|\b\d\d?,)\s+$"
)
"""What stands before a year."""
SURELY_COUNTED = re.compile(
    r"\b(?:at least|at most|no (?:fewer|more|less) than|nearly|almost|some|an estimated)\s+$", re.I
)
"""What stands before a number of something, and hardly before a year."""
MAYBE_COUNTED = re.compile(rf"\b(?:{_LEAST}|{_MOST}|{_ABOUT})\s+$", re.I)
DEFINITE = re.compile(r"(?:\b(?:the|an?|this|that|his|her|its|our|their|of)|['’]s?)\s+$", re.I)
OF_A_YEAR = r"levels|rates|prices|figures|standards|rules|elections|midterms|primaries|games|olympics|polls|plans"
"""What is named by its year: "below 2005 levels"."""
MANY = re.compile(rf"(?!\s+(?:[a-z]+\s+)?(?:{OF_A_YEAR})\b){THINGS}", re.I)
MEASURED = re.compile(
    rf"[\s-]+(?:{'|'.join(SCALE)}|per\s?cent|km|kg|mph|miles?|met(?:er|re)s?|feet|acres|hectares|tonn?es|tons|barrels|"
    r"days|weeks|years|hours|degrees|dollars|euros|pounds)\b",
    re.I,
)
PEOPLE = re.compile(
    rf"\s+(?:(?!{LITTLE}\b)[a-z]+\s+)?(?:people|men|women|children|soldiers|troops|civilians|refugees|migrants|prisoners|"
    r"passengers|families|villagers|deaths|casualties)\b",
    re.I,
)


def years(text: str) -> tuple[tuple[int, int, tuple[int, ...]], ...]:
    """Where a text names years, and which: both of "2019-20". A number of something is no year."""
    found = (m for m in YEAR.finditer(text) if _is_year(text, m))
    return tuple((m.start(), m.end(), _span(m)) for m in found)


def _span(year: re.Match[str]) -> tuple[int, ...]:
    """The year, and the one it goes on to: "1999-00" ends in 2000, but "2019-05" is a month."""
    start, to = int(year["year"]), int(year["to"] or year["year"])
    if to < 100:
        to += start - start % 100 + (100 if to < start % 100 else 0)
    return (start, to) if start < to <= start + 80 else (start,)


def _is_year(text: str, number: re.Match[str]) -> bool:
    """Whether a number that may be a year is one, by what stands around it.

    "2000 soldiers" and "at least 1800" are counted; "in 2000 soldiers", "the 2016 elections" and "2020 contenders" are
    not: only a number that is seldom named for its year is taken for a count of what has its year before it as often.
    """
    before = text[max(0, number.start() - 40) : number.start()]
    many = bool(MANY.match(text, number.end()))
    counted = _is_counted(text, number, many, bool(DEFINITE.search(before)))
    hedge = MAYBE_COUNTED.search(before)
    in_time = IN_TIME.search(before[: hedge.start()] if hedge else before)
    if hedge:
        return not (counted or many or (SURELY_COUNTED.search(before) and not in_time))
    return not counted or bool(in_time and not re.search(r"\b(?:from|by)\s+$", before, re.I))


def _is_counted(text: str, number: re.Match[str], many: bool, definite: bool) -> bool:
    """Whether what stands after a number that may be a year is measured or counted by it."""
    if MEASURED.match(text, number.end()):
        return True
    seldom = number["year"] < "1900" or number["year"].endswith("00")
    if PEOPLE.match(text, number.end()):
        return seldom or not definite
    return many and seldom and not definite and not number["to"]


def figures(text: str) -> str:
    """A text with its number words as figures: "nineteen" is 19, "1.2 million" 1200000, "two thirds" 67%."""
    from text_to_num import alpha2digit

    text = PARTS.sub(_share, HALF.sub(r"\g<before>50%", text))
    return str(alpha2digit(SCALED.sub(_scaled, PLENTY.sub(_plenty, DOZEN.sub(_dozen, text))), "en"))


def _share(found: re.Match[str]) -> str:
    top, bottom = (found["one"], found["part"]) if found["one"] else (found["some"], found["parts"])
    if (top.lower(), bottom.lower()) == ("two", "quarter"):
        return found[0]  # of a year
    return f"{100 * ONES[top.lower()] / SHARES[bottom.lower()]:.0f}%"


def _dozen(found: re.Match[str]) -> str:
    """A dozen is about twelve, unless it is said how it is meant."""
    n = ONES["half" if "half" in found["n"].lower() else found["n"].lower()]
    return f"{found['hedged'] or 'about '}{12 * n:.0f}"


def _plenty(found: re.Match[str]) -> str:
    word = (found["many"] or found["some"]).lower()
    times = {"tens": 10.0, "hundreds": 1e2, "thousands": 1e3}.get((found["times"] or "").lower(), 1.0)
    return f"at least {SCALE[word] * times:.15g}"


def _scaled(found: re.Match[str]) -> str:
    if found["money"]:
        return f"{found['money']}{float(found['sum'].replace(',', '')) * SHORT[found['of'].lower()]:.15g}"
    base = 0.5 if found["base"].lower().startswith("half") else float(found["base"].replace(",", ""))
    word = (found["word"] or found["sure"] or found["maybe"]).lower()
    return f"{base * (SCALE | SHORT)[word]:.15g}"


@lru_cache(4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number of something in a text; years and days of a month are left out."""
    for start, end, _ in years(text):
        text = text[:start] + "_" * (end - start) + text[end:]
    said = figures(DECADE.sub(_blank, text))
    said = OF_A_DATE.sub(_blank, said)
    counted = tuple(q for m in COUNTED.finditer(said) for q in _counted(said, m))
    return counted or tuple(
        Quantity(*_bounds(m, TIMES[m["times"].lower()]), frozenset({"times"}), m[0]) for m in MULTIPLIED.finditer(said)
    )


def _blank(found: re.Match[str]) -> str:
    """As long as what it stands for, so that what is around it is found in the text again."""
    return "_" * len(found[0])


def _counted(said: str, m: re.Match[str]) -> tuple[Quantity, ...]:
    """The quantity that a number tells of; two of "from 2 to 10 percent" and "51 to 49", which are no range."""
    of, text = _of(said, m), said[m.start() : max(m.end(), m.end("words"))].strip()
    low = float(m["number"].replace(",", "")) * (-1 if m["minus"] else 1)
    if not m["upper"]:
        return (Quantity(*_bounds(m, low), of, text),)
    high = float(m["upper"].replace(",", "")) * (-1 if m["below"] else 1)
    before = said[max(0, m.start() - 20) : m.start()]
    apart = CHANGED.search(before) or (m["to"].lower() == "and" and not BETWEEN.search(before))
    if low > high or apart:
        return tuple(Quantity(n, n, of, text) for n in (low, high))
    return (Quantity(*_bounds(m, low, high), of, text),)


def _bounds(m: re.Match[str], low: float, high: float | None = None) -> tuple[float, float]:
    """The least and the most that the words before a number allow."""
    high = low if high is None else high
    if m["least"]:
        high = float("inf")
    if m["most"]:
        low = 0.0 if low >= 0 else float("-inf")
    if m["about"]:
        low, high = low - abs(low) * 0.1, high + abs(high) * 0.1
    return low, high


def _of(said: str, m: re.Match[str]) -> frozenset[str]:
    """What is counted: at most two words, units and currencies by one name."""
    if m["percent"]:
        return frozenset({"%"})
    if m["money"]:
        return frozenset({m["money"].strip()})
    if not m["words"]:
        return frozenset()
    thing = COUNTED_THING.match(said, m.start("words"))
    words = re.split(r"[\s-]+", thing["noun"]) if thing else m["words"].split()[:1]  # "40 in Paris" is not 40 alone
    return frozenset(CURRENCY.get(word) or UNITS.get(word, word) for word in map(stem, words))


def stands_with(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities of the same can both be right."""
    room = CLOSE * max(min(abs(q.low), abs(q.high)) for q in (a, b))
    return a.low <= b.high + room and b.low <= a.high + room


def other_number(said: str, wording: str) -> tuple[Quantity, Quantity] | None:
    """The quantity of each text, where both are of the same thing and cannot both be right; else None.

    Only texts that hold one quantity each are compared: in lists of figures it is not plain which belongs to which. Nor
    are numbers in two units: 60 months may be 5 years.
    """
    ours, theirs = quantities(said), quantities(wording)
    if len(ours) != 1 or len(theirs) != 1:
        return None
    a, b = ours[0], theirs[0]
    measures = frozenset(UNITS.values())
    same = (bool(a.of & b.of) and a.of & measures == b.of & measures) or (not a.of and not b.of)
    return None if not same or stands_with(a, b) else (a, b)


@lru_cache(1 << 14)
def named_years(text: str) -> frozenset[int]:
    """The years that a text names."""
    return frozenset(year for _, _, found in years(text) for year in found)


@lru_cache(4096)
def when(text: str) -> When:
    """The time that a text names."""
    days: set[tuple[int, int]] = set()
    if MONTH.search(text):
        import datefinder

        # read twice over different days: what differs was filled in and not said
        one, two = (
            list(datefinder.find_dates(text, base_date=base))
            for base in (dt.datetime(1904, 1, 1), dt.datetime(1928, 12, 28))
        )
        days = {
            (a.month, a.day if a.day == b.day and (a.day != 1 or re.search(r"\b0?1(?:st)?\b", text)) else 0)
            for a, b in zip(one, two, strict=False)
            if a.month == b.month
        }
    return When(named_years(text), frozenset(days), frozenset(WEEKDAY.findall(text)))


def other_year(said: str, wording: str) -> bool:
    """Whether two texts name years, and none in common: a claim about one year is not a claim about another."""
    a, b = named_years(said), named_years(wording)
    return bool(a and b) and not a & b


def other_time(said: str, wording: str) -> bool:
    """Whether two texts name different times: other years, other days of the year, or other days of the week."""
    a, b = when(said), when(wording)
    if a.years and b.years and not a.years & b.years:
        return True
    if a.days and b.days:
        return not any(m == n and (d == e or not d or not e) for m, d in a.days for n, e in b.days)
    return bool(a.weekdays and b.weekdays and not a.weekdays & b.weekdays)


NAME = re.compile(r"(?:(?<=[^.!?:“\"]\s)|(?<=^the\s))[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*|^[A-Z][\w’'-]+\s+[A-Z][\w’'-]+")
TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof|St)\.\s")
NOT_NAMES = re.compile(
    rf"^(?:I|I[’']\w+|{WEEKDAY.pattern}|January|February|March|April|May|June|July|August|September|October|November|"
    r"December)$"
)


@lru_cache(4096)
def names(text: str) -> frozenset[str]:
    """Words of the names in a text, stemmed: capitalised inside a sentence, or two such words at its start."""
    words = [w for run in NAME.findall(TITLE.sub("", text)) for w in run.split()]
    return frozenset(stem(w) for w in words if len(w) > 1 and not NOT_NAMES.match(w.rstrip(".")))
