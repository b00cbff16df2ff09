"""The words, signs and short forms in which claims and marks are shown: never a colour without its word or sign."""

from __future__ import annotations

from claims.models import Stance
from claims.rows import ClaimRow, MentionRow, Standing
from claims.safe import one_line
from tui.wrap import Line

SIGNS: dict[Stance, str] = {"asserts": "+", "disputes": "−", "reports": "·"}
RAILS: dict[Stance, str] = {"asserts": "┃", "disputes": "╏", "reports": "┊"}
BLOCKS: dict[Stance, str] = {"asserts": "█", "disputes": "▒", "reports": "·"}

STANCES: tuple[Stance, ...] = ("asserts", "disputes", "reports")

KINDS = {
    "outlet": "outlet",
    "person": "person",
    "institution": "institution",
    "state": "state",
    "group": "group",
    "unnamed": "unnamed",
    "document": "article",
}


def bar(asserting: int, disputing: int, reporting: int, width: int) -> Line:
    """A small bar: one cell a voice while they fit, in proportion beyond that; each side keeps at least one cell."""
    counts = [asserting, disputing, reporting]
    total = sum(counts)
    if total > width:
        scaled = [max(1, round(n * width / total)) if n else 0 for n in counts]
        while sum(scaled) > width:
            scaled[max(range(3), key=lambda side: (scaled[side], -counts[side]))] -= (
                1  # of equals, the lesser gives way
            )
        counts = scaled
    line: Line = [(BLOCKS[s] * n, s) for s, n in zip(STANCES, counts, strict=True) if n]
    return [*line, (" " * (width - sum(counts)), "")]


STANDINGS: dict[Standing, str] = {
    "contested": "contested",
    "two-sided": "muted",
    "agreed": "muted",
    "asserted": "muted",
    "denied": "disputes",
    "reported": "faint",
}
"""The roles of each standing."""


def standing(claim: ClaimRow) -> tuple[str, str]:
    """Where a claim stands, as a word and its roles."""
    word = claim.standing
    return word.upper() if claim.contested else word, STANDINGS[word]


def counts(asserting: int, disputing: int, reporting: int, digits: int = 1) -> Line:
    """Who takes which side, in words; ``digits`` lines the numbers up in a list."""
    line: Line = [
        (f"{asserting:>{digits}} assert", "asserts strong" if asserting else "faint"),
        ("  ", ""),
        (f"{disputing:>{digits}} dispute", "disputes strong" if disputing else "faint"),
    ]
    if reporting:
        line += [("  ", ""), (f"{reporting:>{digits}} report", "reports")]
    return line


def period(first: str | None, last: str | None) -> str:
    """First and last sighting as one short stretch."""
    a, b = one_line(first)[:10], one_line(last)[:10]
    if not a and not b:
        return "undated"
    return a or b if a == b or not a or not b else f"{a} – {b}"


def chain(mention: MentionRow) -> Line:
    """Who passes on whose words: ``NK News ▸ the ministry``."""
    line: Line = [(one_line(mention.outlet), "muted strong" if mention.holders else "strong")]
    for number, holder in enumerate(mention.holders):
        innermost = number == len(mention.holders) - 1
        line += [(" ▸ ", "faint"), (one_line(holder), "strong" if innermost else "muted strong")]
    if not mention.holders:
        line.append(("  own voice", "faint"))
    return line


def chain_text(mention: MentionRow) -> str:
    """:func:`chain` as plain text."""
    return " ▸ ".join(one_line(name) for name in (mention.outlet, *mention.holders))


def said(mention: MentionRow) -> str:
    """What was said, out of the sentence."""
    start = max(0, mention.start - mention.sentence_start)
    return mention.sentence[start : mention.end - mention.sentence_start] or mention.sentence


def citation(mention: MentionRow) -> str:
    """A sentence to paste into a report: words, source, title, date, address."""
    parts = [chain_text(mention), f"“{one_line(mention.title)}”" if mention.title else "", one_line(mention.published)]
    where = one_line(mention.url) or one_line(mention.path)
    return f"“{one_line(mention.sentence).strip()}” ({', '.join(filter(None, parts))}; {where})"
