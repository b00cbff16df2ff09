"""From the network's probabilities to whole attributions: constrained decoding, in numpy alone.

Every attribution grows from a cue. Its source is the one contiguous stretch of greatest log odds, its content the best
labelling under a price for each change between content and not (Viterbi, two states), and no token is content of two
cues: as in PolNeAR's scheme, contents do not overlap. All positions here are tokens of the document.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

CONTENT, SOURCE, CUE = 1, 2, 3


@dataclass(frozen=True)
class Settings:
    """Thresholds, chosen on PolNeAR dev."""

    anchor: float = 0.5
    """Least probability of 'a cue begins here'."""
    weak: float = 0.12
    """The same for a cue next to tagged content that no other cue reaches."""
    change: float = 2.0
    """Price, in log odds, of each change between content and not."""
    support: float = 0.5
    """Least mean probability of a content, and least share of a weak cue's that must be tagged content."""
    loose: int = 5
    """Least tokens of a stretch of tagged content no cue reaches, to be looked at again."""
    gap: int = 3
    """Tokens between such a stretch and an attribution that takes it in."""
    orphan: int = 15
    """Least tokens of such a stretch for an attribution without cue."""


@dataclass(frozen=True)
class Anchor:
    """A cue's first token, the window's stretch it was read in, and every token's role to it."""

    at: int
    score: float
    start: int
    roles: Floats
    """(tokens of the window, 4) probabilities."""


@dataclass
class Frame:
    """One attribution in tokens."""

    anchor: int | None
    score: float
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    content: list[tuple[int, int]] = field(default_factory=list)


def best_span(odds: Floats, barriers: Collection[int] = ()) -> tuple[int, int, float] | None:
    """The contiguous stretch of greatest sum of log odds, or None where no token's are positive.

    It does not cross a position of ``barriers``.
    """
    best, start, total = None, 0, 0.0
    for i, value in enumerate(odds.tolist()):
        if total <= 0 or i in barriers:
            start, total = i, 0.0
        total += value
        if total > 0 and (best is None or total > best[2]):
            best = (start, i + 1, total)
    return best


def smooth(odds: Floats, change: float) -> NDArray[np.bool_]:
    """The labelling of greatest summed log odds less ``change`` for each change of label."""
    n = len(odds)
    back = np.zeros((n, 2), dtype=np.int8)
    off, on = 0.0, -change
    for i, value in enumerate(odds.tolist()):
        if on - change > off:
            back[i, 0], new_off = 1, on - change
        else:
            new_off = off
        if off - change > on:
            new_on = off - change
        else:
            back[i, 1], new_on = 1, on
        off, on = new_off, new_on + value
    out = np.zeros(n, dtype=np.bool_)
    state = int(on - change > off)
    for i in range(n - 1, -1, -1):
        out[i] = bool(state)
        state = int(back[i, state])
    return out


def log_odds(p: Floats) -> Floats:
    """Log odds of probabilities, bounded."""
    q = np.clip(p, 1e-4, 1 - 1e-4)
    out: Floats = np.log(q) - np.log1p(-q)
    return out


def stretches(flags: NDArray[np.bool_], offset: int = 0) -> list[tuple[int, int]]:
    """The runs of true."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [(int(a) + offset, int(b) + offset) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def anchors(cue_begin: Floats, threshold: float) -> list[int]:
    """Tokens where a cue begins: above the threshold and above both neighbours."""
    padded = np.concatenate(([0.0], cue_begin, [0.0]))
    peak = (cue_begin >= threshold) & (cue_begin > padded[:-2]) & (cue_begin >= padded[2:])
    return [int(i) for i in np.flatnonzero(peak)]


def decode(
    total: int, found: Sequence[Anchor], content: Floats, settings: Settings, cuts: Sequence[int] = ()
) -> list[Frame]:
    """Whole attributions of a document of ``total`` tokens. ``content``: (total,) probability of content of any cue;
    ``cuts``: tokens that open a sentence, which no source runs across.
    """
    owned = np.zeros(total, dtype=np.bool_)
    frames = _strong([a for a in found if a.score >= settings.anchor], owned, settings, cuts)
    tagged = smooth(log_odds(content), settings.change)
    for a in sorted((a for a in found if settings.weak <= a.score < settings.anchor), key=lambda a: (-a.score, a.at)):
        span = slice(a.start, a.start + len(a.roles))
        loose = _long(tagged[span] & ~owned[span], settings.loose)
        if not loose.any():
            continue
        p = a.roles[:, CONTENT]
        mine = smooth(log_odds(p), settings.change) & ~owned[span]
        if not mine.any() or (mine & loose).sum() < settings.support * mine.sum() or p[mine].mean() < settings.support:
            continue
        frames.append(_frame(a, cuts, stretches(mine, a.start)))
        owned[span] |= mine
    for x, y in stretches(_long(tagged & ~owned, settings.loose)):
        near = [
            f for f in frames if any(abs(x - b) <= settings.gap or abs(a - y) <= settings.gap for a, b in f.content)
        ]
        if near:
            near[0].content = sorted([*near[0].content, (x, y)])
        elif y - x >= settings.orphan:
            frames.append(Frame(None, float(content[x:y].mean()), None, None, [(x, y)]))
    return sorted(frames, key=lambda f: (f.content[0], f.anchor or 0))


def _strong(found: Sequence[Anchor], owned: NDArray[np.bool_], settings: Settings, cuts: Sequence[int]) -> list[Frame]:
    """The attributions of sure cues; each token goes to the cue it most belongs to. Marks what they own."""
    owner = np.full(len(owned), -1)
    strength = np.zeros(len(owned), dtype=np.float32)
    for k, a in enumerate(found):
        p = a.roles[:, CONTENT]
        span = slice(a.start, a.start + len(p))
        better = smooth(log_odds(p), settings.change) & (p > strength[span])
        owner[span][better] = k
        strength[span][better] = p[better]
    frames = []
    for k, a in enumerate(found):
        mine = owner == k
        if mine.any() and float(strength[mine].mean()) >= settings.support:
            frames.append(_frame(a, cuts, stretches(mine)))
            owned |= mine
    return frames


def _frame(a: Anchor, cuts: Sequence[int], content: list[tuple[int, int]]) -> Frame:
    barriers = {c - a.start for c in cuts if a.start < c < a.start + len(a.roles)}
    where = best_span(log_odds(a.roles[:, SOURCE]), barriers)
    source = (where[0] + a.start, where[1] + a.start) if where else None
    return Frame(a.at, a.score, source, _cue(a), content)


def _long(flags: NDArray[np.bool_], least: int) -> NDArray[np.bool_]:
    """Only the runs of true of at least so many."""
    out = np.zeros_like(flags)
    for a, b in stretches(flags):
        if b - a >= least:
            out[a:b] = True
    return out


def _cue(a: Anchor) -> tuple[int, int]:
    p, i = a.roles[:, CUE], a.at - a.start
    first, last = i, i + 1
    while last < len(p) and p[last] > 0.5:
        last += 1
    while first > 0 and p[first - 1] > 0.5:
        first -= 1
    return first + a.start, last + a.start
