"""Dates as written to ISO dates, to the precision that the text supports."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_MONTHS = {
    1: "january jan janvier januar enero gennaio janeiro januari января січня styczen stycznia ocak janv ene genn",
    2: "february feb février fevrier februar febrero febbraio fevereiro februari февраля лютого lutego subat févr fév",
    3: "march mar mars märz marz maerz marzo março marco maart марта березня marca mart mär mrz",
    4: "april apr avril abril aprile апреля квітня kwietnia nisan avr abr",
    5: "may mai mayo maggio maio mei мая травня maja mayis magg",
    6: "june jun juin juni junio giugno junho июня червня czerwca haziran giu",
    7: "july jul juillet juli julio luglio julho июля липня lipca temmuz juil lug",
    8: "august aug août aout agosto augustus августа серпня sierpnia agustos ago",
    9: "september sep sept septembre septiembre settembre setembro сентября вересня wrzesnia eylul set",
    10: "october oct octobre oktober okt octubre ottobre outubro октября жовтня pazdziernika ekim ott out",
    11: "november nov novembre noviembre novembro ноября листопада listopada kasim",
    12: "december dec décembre decembre dezember dez diciembre dic dicembre dezembro декабря грудня grudnia aralik déc",
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)(?!\d)"
_FORMS = [
    re.compile(p, re.IGNORECASE)
    for p in (
        rf"(?<!\d){_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)",
        rf"(?<!\d){_DAY},?\s+(?:of\s+|de\s+)?{_MONTH},?\s+(?:de\s+|of\s+)?{_YEAR}",
        rf"\b{_MONTH}\s+{_DAY}(?!\d),?\s+{_YEAR}",
        rf"(?<!\d){_DAY}[-/]{_MONTH}[-/]{_YEAR}",
        rf"(?<!\d)(?P<first>\d{{1,2}})(?P<sep>[-/.])(?P<second>\d{{1,2}})(?P=sep){_YEAR}",
        rf"\b{_MONTH},?\s+{_YEAR}",
        rf"(?<![\d-]){_YEAR}-(?P<month>\d\d)(?![\d-])",
        r"^\s*(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:T|\d{{6}}|\s|$)",
        rf"^\s*{_YEAR}\s*$",
    )
]
_KANJI = re.compile(r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월](?:\s*(?P<day>\d{1,2})\s*[日일])?")
_WIDE_DIGIT = re.compile(r"[^\D0-9]")
_REST = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|montag|dienstag"
    r"|mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?"
    r"|\b\d{1,2}\s?(?=[ap]\.?m)|[ap]\.?m\.?|\b(?:e[sd]?t|c[sd]?t|m[sd]t|p[sd]?t|gmt|utc|bst|cest|cet|ist|jst|kst|msk"
    r"|zulu|z|hrs|uhr|local time|time|at|um|à|t)\b"
    r"|[+-]\d{2}:?\d{2}|[\s,.|/·•@()–—-]",
    re.IGNORECASE,
)


def parse_date(text: object) -> str | None:
    """ISO date of a value that is a date (a time beside it is dropped); ``None`` where it is none, or not one date.

    A numeric date whose day and month could be either way round is known to the year only.
    """
    if isinstance(text, dt.date):
        return text.isoformat()[:10]
    found = find_date(str(text)[:120])
    return found[0] if found else None


def find_date(text: str) -> tuple[str, int, int] | None:
    """The first date in a short text: ISO, start, end."""
    flat = western_digits(text)
    best: tuple[str, int, int] | None = None
    for form in (*_FORMS, _KANJI):
        match = form.search(flat)
        if match and (best is None or match.start() < best[1]):
            iso = _iso(match.groupdict())
            if iso:
                best = (iso, match.start(), match.end())
    return best


def impossible(text: object) -> bool:
    """Whether a text names a day that no calendar has, such as 31 February; at most month and year are told of it."""
    flat = western_digits(str(text)[:120])
    dated = [match for form in (*_FORMS, _KANJI) if (match := form.search(flat))]
    return any(_iso(match.groupdict()) is None for match in dated)


def is_date_line(text: str) -> str | None:
    """The date of a line that holds a date, weekday and time, and nothing else."""
    if len(text) > 80:
        return None
    found = find_date(text)
    if found is None or len(found[0]) < 7:
        return None
    rest = text[: found[1]] + " " + text[found[2] :]
    return found[0] if not _REST.sub("", rest).strip() else None


def western_digits(text: str) -> str:
    """Decimal digits of every script as 0 to 9; lengths are kept."""
    return text if text.isascii() else _WIDE_DIGIT.sub(lambda m: str(unicodedata.decimal(m.group())), text)


def _iso(parts: dict[str, str | None]) -> str | None:
    year = int(parts["year"] or 0)
    if "first" in parts:
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        if parts["sep"] == "." or first > 12 or first == second:
            return _valid(year, second, first)
        if second > 12:
            return _valid(year, first, second)
        return f"{year:04d}" if first >= 1 and second >= 1 else None
    name = (parts.get("month") or "").lower()
    month = MONTHS.get(name) or (int(name) if name.isdigit() else 0)
    if not month:
        return f"{year:04d}"
    day = parts.get("day")
    return _valid(year, month, int(day) if day else None)


def _valid(year: int, month: int, day: int | None) -> str | None:
    try:
        full = dt.date(year, month, day or 1)
    except ValueError:
        return None
    return full.isoformat() if day else full.isoformat()[:7]
