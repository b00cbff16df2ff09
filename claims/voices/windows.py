"""Text to model input: word pieces with offsets, what their letters show, and the windows they are read in.

No torch here: plain lists, so that training and reading share every decision. A paragraph break is a token of its own,
since who speaks seldom changes inside one; the three shapes of a quotation mark are made one, and whether a token
stands inside a quotation is told to the network apart.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP, BREAK = 101, 102, 1
"""Ids of BERT's vocabulary; ``[unused0]`` stands for a paragraph break."""

FEATURES = 10
"""Case (lower, Title, UPPER) times quotation (outside, inside, the mark itself), and the paragraph break."""

OPENING = "“„«"
CLOSING = "”»"
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")
_SHORT = frozenset("mr mrs ms dr sen rep gov gen lt col prof st jr sr vs no inc corp co ltd".split())
_ENDS = {".", "?", "!"}
_TABLE = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "\xa0": " "})


@dataclass(frozen=True)
class Tokens:
    """A text's word pieces: vocabulary ids, code-point offsets, feature ids and where a window may be cut.

    ``cuts`` holds, ascending, the token positions that open a sentence or paragraph, and the total length.
    """

    ids: list[int]
    starts: list[int]
    ends: list[int]
    features: list[int]
    cuts: list[int]

    def __len__(self) -> int:
        return len(self.ids)

    def at(self, offset: int) -> int:
        """The first token that ends after a code-point offset (``len(self)`` past the last)."""
        return bisect.bisect_right(self.ends, offset)


def plain(text: str) -> str:
    """The text with one shape of quotation mark each, of the same length: doubled single marks become one double."""
    flat = text.translate(_TABLE)
    return re.sub(r"''", '" ', flat)


def quoted(text: str) -> list[bool]:
    """For each code point, whether it stands inside a quotation (marks included).

    Works line by line. Curly marks say which way they face; a straight mark opens where it follows white space or an
    opening bracket. A line that leaves its quotation open hands it on only to a line that opens with a mark again, as
    newspapers set quotations of several paragraphs.
    """
    inside = [False] * len(text)
    flat = plain(text)
    for line in _LINE.finditer(text):
        depth = False
        for i in range(line.start(), line.end()):
            if flat[i] == '"':
                if text[i] in OPENING or text[i] == "‘":
                    opens = True
                elif text[i] in CLOSING or text[i] == "’":
                    opens = False
                else:
                    opens = not depth and (i == line.start() or text[i - 1].isspace() or text[i - 1] in "([—–-…/")
                depth = opens
                inside[i] = True
            else:
                inside[i] = depth
    return inside


def load_tokenizer(path: Path) -> Tokenizer:
    """The word-piece tokenizer beside the weights."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def tokenize(text: str, tokenizer: Tokenizer, sentence_starts: Sequence[int] | None = None) -> Tokens:
    """Word pieces of a text. ``sentence_starts``: offsets where windows may be cut; guessed from marks if not given."""
    flat, inside = plain(text), quoted(text)
    lines = [m.span() for m in _LINE.finditer(flat) if not m.group().isspace()]
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    features: list[int] = []
    cuts: list[int] = []
    encoded = tokenizer.encode_batch([flat[a:b] for a, b in lines], add_special_tokens=False)
    for (a, b), enc in zip(lines, encoded, strict=True):
        if ids:
            ids.append(BREAK)
            starts.append(ends[-1])
            ends.append(ends[-1])
            features.append(FEATURES - 1)
        cuts.append(len(ids))
        case = {m.start(): _case(m.group()) for m in _WORD.finditer(flat, a, b)}
        shape, ended, last = 0, False, ""
        for i, (s, e), piece in zip(enc.ids, enc.offsets, enc.tokens, strict=True):
            s, e = s + a, e + a
            if sentence_starts is None:
                if ended and case.get(s, 0):
                    cuts.append(len(ids))
                ended = (piece in _ENDS and last not in _SHORT and len(last) > 1) or (ended and piece in "\"')]")
                last = piece
            if not piece.startswith("##"):
                shape = case.get(s, 0)
            mark = 2 if flat[s] == '"' else int(inside[s])
            ids.append(i)
            starts.append(s)
            ends.append(e)
            features.append(shape * 3 + mark)
    if sentence_starts is not None and ids:
        cuts = sorted({bisect.bisect_left(starts, s) for s in sentence_starts} | set(cuts))
        cuts = [c for c in cuts if c < len(ids)]
    return Tokens(ids, starts, ends, features, [*cuts, len(ids)])


def _case(word: str) -> int:
    if not word[0].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


def windows(tokens: Tokens, size: int, overlap: int, first: int | None = None) -> Iterator[tuple[int, int]]:
    """Stretches ``(start, end)`` of at most ``size`` tokens, cut where sentences open if they can be.

    Each goes back ``overlap`` tokens or a little less into the one before, so that a speaker named just ahead is seen.
    ``first`` bounds the first stretch (training moves the cuts about with it).
    """
    total, start, limit, last = len(tokens), 0, first or size, 0
    while start < total:
        end = start + limit
        limit = size
        if end >= total:
            yield start, total
            return
        cut = tokens.cuts[bisect.bisect_right(tokens.cuts, end) - 1]
        end = cut if cut > max(last, start + size // 3) else end
        last = end
        yield start, end
        if not overlap:
            start = end
            continue
        back = tokens.cuts[bisect.bisect_left(tokens.cuts, end - overlap)]
        start = back if back < end and back > start else max(start + 1, end - overlap)
