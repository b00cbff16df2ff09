"""Names of metadata fields, as front matter, tables and exports write them, to ours."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from claims.read.base import Given
from claims.read.dates import impossible, parse_date

_NAMES = {
    "text": (
        "text body content article article_text articlebody maintext main_text full_text fulltext body_text "
        "content_text plain_text story raw_text document bodytext"
    ),
    "outlet": (
        "outlet source publisher publication source_name sourcename site_name sitename site newspaper media "
        "media_name outlet_name journal feed organisation organization"
    ),
    "via": "via reprinted_from original_outlet original_source origin syndicated_from courtesy",
    "author": "author authors byline creator writer by author_name journalist",
    "title": "title headline article_title head name subject",
    "published": (
        "published date published_at publish_date published_date publication_date date_published datepublished "
        "pubdate pub_date publishedat published_on publishdate datetime timestamp date_publish posted time"
    ),
    "url": "url link address permalink uri web_url canonical_url article_url source_url href",
    "language": "language lang language_code",
}
NAMES: dict[str, tuple[str, ...]] = {ours: tuple(names.split()) for ours, names in _NAMES.items()}
_LANGUAGES = dict(
    pair.split(":")
    for pair in (
        "english:en german:de deutsch:de french:fr spanish:es italian:it portuguese:pt russian:ru chinese:zh "
        "arabic:ar persian:fa farsi:fa korean:ko japanese:ja ukrainian:uk turkish:tr dutch:nl polish:pl"
    ).split()
)


def normal(name: str) -> str:
    """A column's name without case, spaces, dots and hyphens."""
    return re.sub(r"[\s.\-]+", "_", name.strip().strip("\ufeff").lower())


def find_key(keys: Mapping[str, str], wanted: str, chosen: Mapping[str, str]) -> str | None:
    """Of the columns (normal name to real name) the one that holds ``wanted``; ``chosen`` is the user's word."""
    if wanted in chosen:
        return keys.get(normal(chosen[wanted]))
    return next((keys[n] for n in NAMES[wanted] if n in keys), None)


def given_of(row: Mapping[str, object], chosen: Mapping[str, str]) -> Given:
    """The metadata of a row, front matter, or another mapping."""
    keys = {normal(k): k for k in row if isinstance(k, str)}
    found = {f: row[k] for f in NAMES if f != "text" and (k := find_key(keys, f, chosen)) is not None}
    published = found.pop("published", None)
    language = plain(found.pop("language", None))
    values = {f: plain(v) for f, v in found.items()}
    if values.get("url") and not re.match(r"[a-z][a-z0-9+.-]*:|www\.|//", values["url"] or "", re.IGNORECASE):
        values["url"] = None
    odd = plain(published) if impossible(published) else None
    return Given(**values, published=_published(published), language=_language(language), odd_date=odd and odd[:60])


def plain(value: object) -> str | None:
    """A scalar, or a list of them, as one line of text; ``None`` for nothing."""
    if isinstance(value, list | tuple):
        return ", ".join(p for v in value[:20] if (p := plain(v))) or None
    if isinstance(value, dict):
        return plain(value.get("name") or value.get("title") or value.get("@id"))
    if value is None or isinstance(value, bool):
        return None
    text = " ".join(str(value)[:2000].split())
    return text if text and text.lower() not in ("none", "null", "nan", "n/a", "unknown", "-") else None


def _published(value: object) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and value > 10_000:
        seconds = value / 1000 if value > 1e11 else float(value)
        if 19_000_000 <= value <= 21_001_231:  # 20210630
            return parse_date(str(int(value)))
        try:
            return dt.datetime.fromtimestamp(seconds, dt.UTC).date().isoformat()
        except (OverflowError, OSError, ValueError):
            return None
    return parse_date(value) if value is not None else None


def _language(value: str | None) -> str | None:
    if not value:
        return None
    low = value.lower()
    match = re.match(r"([a-z]{2})(?:[-_].*)?$", low)
    return match.group(1) if match else _LANGUAGES.get(low)
