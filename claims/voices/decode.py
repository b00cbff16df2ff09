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

    anchor: float = 0.45
    """Least probability of 'a cue begins here'."""
    change: float = 1.5
    """Price, in log odds, of each change between content and not."""
    support: float = 0.5
    """Least mean probability of a content."""
    orphan: int = 8
    """Least tokens of tagged content no cue reaches, for an attribution without cue."""


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
    owner = np.full(total, -1)
    strength = np.zeros(total, dtype=np.float32)
    frames: list[Frame] = []
    for k, a in enumerate(found):
        p = a.roles[:, CONTENT]
        span = slice(a.start, a.start + len(p))
        chosen = smooth(log_odds(p), settings.change)
        better = chosen & (p > strength[span])
        owner[span][better] = k
        strength[span][better] = p[better]
        where = best_span(log_odds(a.roles[:, SOURCE]), {c - a.start for c in cuts if a.start < c < a.start + len(p)})
        source = (where[0] + a.start, where[1] + a.start) if where else None
        frames.append(Frame(a.at, a.score, source, _cue(a)))
    kept = []
    for k, frame in enumerate(frames):
        mine = owner == k
        if mine.any() and float(strength[mine].mean()) >= settings.support:
            frame.content = stretches(mine)
            kept.append(frame)
        else:
            owner[mine] = -1
    loose = smooth(log_odds(content), settings.change) & (owner < 0)
    for a0, b0 in stretches(loose):
        if b0 - a0 >= settings.orphan:
            kept.append(Frame(None, float(content[a0:b0].mean()), None, None, [(a0, b0)]))
    return sorted(kept, key=lambda f: (f.content[0], f.anchor or 0))


def _cue(a: Anchor) -> tuple[int, int]:
    p, i = a.roles[:, CUE], a.at - a.start
    first, last = i, i + 1
    while last < len(p) and p[last] > 0.5:
        last += 1
    while first > 0 and p[first - 1] > 0.5:
        first -= 1
    return first + a.start, last + a.start
