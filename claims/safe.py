"""Text from articles made harmless to look at.

Every code point that a terminal would obey, hide or turn round is replaced by one visible code point, so that offsets
into the text hold afterwards.
"""

from __future__ import annotations

import re
import unicodedata

BROKEN = "\N{REPLACEMENT CHARACTER}"
"""Stands for what has no harmless shape: bidi overrides, private use, C1 controls, half a surrogate pair."""

UNSEEN = "\N{MIDDLE DOT}"
"""Stands for what takes no room: zero-width spaces and joiners, fillers, marks piled on marks."""

_FILLERS = frozenset(map(chr, (0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0, 0x034F, 0x17B4, 0x17B5)))
_ZERO_WIDTH = frozenset(map(chr, (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x180E)))
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILED = re.compile(f"(?<=[{_MARKS}]{{2}})[{_MARKS}]")
"""More than two marks on one letter climb over the lines above and below."""

_PLAIN = re.compile(r"[\x20-\x7e\n]*")


def _shown(character: str) -> str:
    """The one code point that stands for ``character``."""
    code, category = ord(character), unicodedata.category(character)
    if character == "\t":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\N{SYMBOL FOR DELETE}"
    if code == 0xAD:
        return "-"
    if character in _ZERO_WIDTH or character in _FILLERS or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return UNSEEN
    if category == "Zs":
        return " "
    if category in ("Zl", "Zp"):
        return "\n"
    if category in ("Cc", "Cf", "Co", "Cs", "Cn"):
        return BROKEN
    return character


class _Table(dict[int, str]):
    """A translation table that learns each code point the first time it is met."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _shown(chr(code))
        return found


_TABLE = _Table({0x0A: "\n"})


def clean(text: str) -> str:
    """``text`` with every dangerous code point replaced by a visible one: as many code points as before."""
    if _PLAIN.fullmatch(text):
        return text
    shown = text.translate(_TABLE)
    return shown if shown.isascii() else _PILED.sub(UNSEEN, shown)


def one_line(text: str | None) -> str:
    """:func:`clean` for a place that has one line: line breaks become spaces, as many code points as before."""
    return clean(text).replace("\n", " ") if text else ""


def brief(text: str | None, limit: int) -> str:
    """:func:`one_line` without runs of spaces, cut at ``limit`` code points with an ellipsis."""
    shown = " ".join(one_line((text or "")[: 4 * limit + 1000]).split())
    return f"{shown[: limit - 1].rstrip()}…" if len(shown) > limit else shown
