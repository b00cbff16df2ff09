"""Bytes to text: UTF-8 first, then a byte order mark of UTF-16 or UTF-32, then a detector.

A UTF-8 byte order mark is kept as the first code point, so that offsets are those of ``bytes.decode("utf-8")``; it is
never part of a sentence. The marks of UTF-16 and UTF-32 belong to the encoding and are not in the text. Line ends are
kept as they are. A few NUL bytes are kept; a file that is full of them, or of control characters, is binary.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

from claims.errors import InputError

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip or office file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"OggS", "sound"),
    (b"ID3", "sound"),
    (b"RIFF", "sound or video"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"wOFF", "a font"),
)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # \x1b is left: terminal sequences are text of a kind
_TYPOGRAPHY = "‘’“”„‚«»–—…•€£§°\xa0"
_SAMPLE = 200_000


def decode(data: bytes, path: str) -> tuple[str, str]:
    """The text and the name of its encoding; raises InputError for what is no text."""
    kind = next((name for magic, name in _MAGIC if data.startswith(magic)), None)
    if kind:
        raise _binary(path, f"it looks like {kind}")
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name), name
            except UnicodeDecodeError as error:
                raise InputError(
                    f"{path}: starts as {name}, but byte {error.start:,} is not; save it as UTF-8."
                ) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _detected(data, path)
    wide = _wide_without_mark(data)
    if wide:
        try:
            return data.decode(wide), wide
        except UnicodeDecodeError:
            pass
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > 0.02 * len(sample) or sample.count("\x00") > 0.01 * len(sample) + 1:
        raise _binary(path, "it is full of control characters")
    return text, "utf-8"


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 that lost its mark: every other byte of mostly Western text is NUL."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _detected(data: bytes, path: str) -> tuple[str, str]:
    wide = _wide_without_mark(data)
    if wide:
        try:
            return data.decode(wide), wide
        except UnicodeDecodeError:
            pass
    if data[:_SAMPLE].count(0) > 2:
        raise _binary(path, "it holds NUL bytes")
    nearly = _nearly_utf8(data)
    if nearly is not None:
        return nearly, "utf-8 (broken bytes replaced)"
    for name in (*_guesses(data), "cp1252", "latin-1"):
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        sample = text[:_SAMPLE]
        if len(_CONTROLS.findall(sample)) > 0.02 * len(sample):
            raise _binary(path, "it is full of control characters")
        return text, name
    raise _binary(path, "no encoding fits it")


def _guesses(data: bytes) -> Iterator[str]:
    """Encodings by likelihood: short Western texts fool detectors, so these are tried by what they would hold."""
    sample = data[:_SAMPLE]
    high = sum(b > 0x7F for b in sample)
    if high < 0.2 * len(sample):
        fits = {name: _letters(data, name) for name in ("cp1252", "cp1250", "cp1254", "iso8859_2")}
        best_name = max(fits, key=lambda name: fits[name])
        if fits[best_name] >= 0.97:
            yield best_name
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is not None:
        yield best.encoding


def _letters(data: bytes, encoding: str) -> float:
    """The share of letters and typographic signs among the characters that an encoding makes of high bytes."""
    with suppress(UnicodeDecodeError):
        wide = [c for c in data.decode(encoding)[:_SAMPLE] if c > "\x7f"]
        return sum(c.isalpha() or c in _TYPOGRAPHY for c in wide) / max(len(wide), 1)
    return 0.0


def _nearly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes in it (a cut character, one pasted line), where the rest proves the encoding."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    wide = sum(c > "\x7f" for c in text[:_SAMPLE]) - text[:_SAMPLE].count("\ufffd")
    return text if broken <= 20 and wide >= 20 * broken else None


def _binary(path: str, why: str) -> InputError:
    return InputError(f"{path}: not a text file ({why}); export it as text, or leave it out.")
