"""Numbers, dates and names in a text, and whether those of two texts can stand together.

Number words are read by text2num and dates by datefinder; what is ours is only the comparison.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.I)
OF_A_DATE = re.compile(
    rf"{MONTH.pattern}\.?\s+\d\d?\b|\b\d\d?\s+{MONTH.pattern}|\b\d+(?:st|nd|rd|th)\b", re.I
)
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SCALE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SCALED = re.compile(rf"(\d[\d,]*(?:\.\d+)?|\bhalf an?)[\s-]+({'|'.join(SCALE)})\b", re.I)
COUNTED = re.compile(
    r"(?P<least>\b(?:at least|more than|over|above|no fewer than|no less than|exceeding)\s+)?"
    r"(?P<most>\b(?:at most|up to|fewer than|less than|under|below|no more than|almost|nearly)\s+)?"
    r"(?P<about>\b(?:about|around|some|roughly|approximately|an estimated)\s+)?"
    r"(?P<money>[$€£¥])?(?P<number>\d[\d,]*(?:\.\d+)?)(?![\d/])"
    r"(?:\s*(?:to|and|-|–)\s*[$€£¥]?(?P<upper>\d[\d,]*(?:\.\d+)?))?"
    r"(?P<percent>\s*(?:%|per\s?cent\b|percent\b|percentage points?\b))?"
    r"(?:[\s-]+(?P<noun>(?:[a-z]+[\s-]){0,2}[a-z]+))?",
    re.I,
)  # fmt: skip
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


def figures(text: str) -> str:
    """A text with its number words as figures: "nineteen" is 19, "1.2 million" 1200000."""
    from text_to_num import alpha2digit

    def scaled(found: re.Match[str]) -> str:
        base = 0.5 if found[1].lower().startswith("half") else float(found[1].replace(",", ""))
        return f"{base * SCALE[found[2].lower()]:.15g}"

    return str(alpha2digit(SCALED.sub(scaled, text), "en"))


@lru_cache(4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number of something in a text; years and days of a month are left out."""
    plain = YEAR.sub(" ", figures(text))
    plain = OF_A_DATE.sub(" ", plain)
    found = []
    for m in COUNTED.finditer(plain):
        low = float(m["number"].replace(",", ""))
        high = float(m["upper"].replace(",", "")) if m["upper"] else low
        if m["least"]:
            high = float("inf")
        if m["most"]:
            low = 0.0
        if m["about"]:
            low, high = low * 0.9, high * 1.1
        words = [stem(w) for w in re.split(r"[\s-]+", m["noun"] or "") if w]
        of = {"%"} if m["percent"] else {m["money"]} if m["money"] else {CURRENCY.get(w, w) for w in words[:2]}
        if low <= high:
            found.append(Quantity(low, high, frozenset(of), m[0].strip()))
    return tuple(found)


def stands_with(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities of the same can both be right."""
    room = CLOSE * max(min(a.low, a.high), min(b.low, b.high))
    return a.low <= b.high + room and b.low <= a.high + room


def other_number(said: str, wording: str) -> tuple[Quantity, Quantity] | None:
    """The quantity of each text, where both are of the same thing and cannot both be right; else None.

    Only texts that hold one quantity each are compared: in lists of figures it is not plain which belongs to which.
    """
    ours, theirs = quantities(said), quantities(wording)
    if len(ours) != 1 or len(theirs) != 1:
        return None
    a, b = ours[0], theirs[0]
    same = bool(a.of & b.of) or (not a.of and not b.of)
    return None if not same or stands_with(a, b) else (a, b)


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
    return When(frozenset(map(int, YEAR.findall(text))), frozenset(days), frozenset(WEEKDAY.findall(text)))


def other_year(said: str, wording: str) -> bool:
    """Whether two texts name years, and none in common: a claim about one year is not a claim about another."""
    a, b = set(YEAR.findall(said)), set(YEAR.findall(wording))
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
