"""RSS and Atom files, by feedparser: one article an entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claims.errors import InputError, SkippedInput
from claims.read.base import WHOLE_FILE, Given, Item, Options, Raw, canonical, document, sha256
from claims.read.dates import parse_date
from claims.read.fields import plain
from claims.read.html import fragment_text

SUFFIXES = (".rss", ".atom", ".xml", ".rdf")


def read(raw: Raw, options: Options) -> Iterator[Item]:
    """One Document an entry; an entry without text gives a SkippedInput in its place."""
    import feedparser

    data = raw.data(WHOLE_FILE * options.limit)
    try:
        feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # feedparser promises nothing about broken XML
        raise InputError(
            f"{raw.path}: not a feed that can be read ({type(error).__name__}); save its pages instead."
        ) from error
    if not feed.entries:
        if not feed.get("version"):
            raise InputError(
                f"{raw.path}: not an RSS or Atom feed; if it is a page, name it .html, if it is text, .txt."
            )
        raise SkippedInput(f"{raw.path}: no entry in this feed; nothing to store.")
    outlet = plain(feed.feed.get("title"))
    language = (plain(feed.feed.get("language")) or "")[:2].lower() or None
    for number, entry in enumerate(feed.entries, 1):
        place = f"{raw.path}#{number}"
        text = _text(entry)
        if not any(c.isalnum() for c in text):
            yield SkippedInput(f"{place}: no text in this entry; nothing to store.")
            continue
        given = _given(entry, outlet, language)
        try:
            yield document(place, sha256(canonical(text, given)), text, options, stated=given)
        except InputError as error:
            yield error


def _text(entry: Any) -> str:
    """The fullest of the entry's contents and its summary."""
    bodies = [c.get("value") or "" for c in entry.get("content") or []] + [entry.get("summary") or ""]
    return max((fragment_text(b) if "<" in b else b.strip() for b in bodies), key=len, default="")


def _given(entry: Any, outlet: str | None, language: str | None) -> Given:
    """Dates that feedparser made up from updates do not count: only ``published`` does."""
    source = entry.get("source") or {}
    origin = plain(source.get("title")) if isinstance(source, dict) else None
    link = plain(entry.get("link"))
    return Given(
        outlet=plain(entry.get("publisher")) or outlet,
        via=origin if origin != outlet else None,
        author=plain(entry.get("author")),
        title=plain(fragment_text(entry.get("title") or ""))
        if "<" in (entry.get("title") or "")
        else plain(entry.get("title")),
        published=parse_date(entry["published"]) if "published" in entry.keys() else None,  # noqa: SIM118
        url=link if link and link.startswith(("http://", "https://")) else None,
        language=language,
    )
