"""Mails (.eml): the plain text part, or the text of the HTML part; subject, sender and date from the head."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from claims.errors import InputError, SkippedInput
from claims.models import Span
from claims.read.base import Given, Item, Options, Raw, document, sha256
from claims.read.decode import decode
from claims.read.html import fragment_text
from claims.read.people import name_line

SUFFIXES = (".eml",)
_SIGNATURE = re.compile(r"^-- ?\r?$", re.MULTILINE)
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s?:\s?)+", re.IGNORECASE)


def read(raw: Raw, options: Options) -> Iterator[Item]:
    """One article."""
    data = raw.data(options.limit)
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        text, encoding = _body(message, raw.path)
        given = _head(message)
    except InputError:
        raise
    except Exception as error:  # the mail parser raises many things on broken heads and encodings
        raise InputError(f"{raw.path}: not a mail that can be read ({type(error).__name__}); save its text.") from error
    if not any(c.isalnum() for c in text):
        raise SkippedInput(f"{raw.path}: no text in this mail; nothing to store.")
    mark = next(iter(reversed(list(_SIGNATURE.finditer(text)))), None)
    signature = (Span(start=mark.start(), end=len(text)),) if mark and len(text) - mark.start() < 2000 else ()
    yield document(raw.path, sha256(data), text, options, stated=given, encoding=encoding, boilerplate=signature)


def _body(message: EmailMessage, path: str) -> tuple[str, str]:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        raise SkippedInput(f"{path}: no text in this mail; nothing to store.")
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    try:
        text, encoding = data.decode(charset or "utf-8"), charset or "utf-8"
    except (LookupError, UnicodeDecodeError):
        text, encoding = decode(data, path) if data else ("", "utf-8")
    return (fragment_text(text) if part.get_content_type() == "text/html" else text), encoding


def _head(message: EmailMessage) -> Given:
    """The sender is the author if it is a person; a list or newsletter is the outlet."""
    sender = " ".join(parseaddr(str(message.get("from", "")))[0].split())
    person = name_line(sender) if sender else None
    date = None
    with suppress(TypeError, ValueError):
        date = parsedate_to_datetime(str(message.get("date", ""))).date().isoformat()
    title = _PREFIX.sub("", " ".join(str(message.get("subject", "")).split()))
    return Given(author=person, outlet=None if person else sender or None, title=title or None, published=date)
