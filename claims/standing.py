"""How much a claim is contested: plain arithmetic over marks, no model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from claims.models import Stance

STANCES: tuple[Stance, ...] = ("asserts", "disputes", "reports")

LEAST_DOUBT = 0.02
"""Of the surest mark that the machine made."""

HOLDS = 0.9
"""How probable it is that a contested score lies in its interval."""


class Weighed(NamedTuple):
    """What a mark brings to its claim. ``decided``: nobody needs to look at it again."""

    id: int
    voice: int
    stance: Stance
    score: float
    decided: bool


def contest(asserting: int, disputing: int, best_assert: float | None, best_dispute: float | None) -> float:
    """A score in [0, 1) for how contested a claim is: 0 unless somebody asserts and somebody else disputes it.

    ``m / (m + 1)``, with ``m`` the number of sources on the smaller side (one against one is 0.5, two against five
    0.67), times the confidence of the best mark of the less certain side: a dispute that rests on one doubtful mark
    ranks below one that rests on plain words. ``best_assert`` and ``best_dispute`` are the highest mark scores of
    each side, in [0, 1].
    """
    smaller = min(asserting, disputing)
    if smaller == 0:
        return 0.0
    return round(smaller / (smaller + 1) * min(best_assert or 0.0, best_dispute or 0.0), 4)


def spread(asserting: Iterable[float], disputing: Iterable[float]) -> tuple[float, float, float]:
    """How sure a contest is: (chance that it is one at all, low, high), from the best mark's score of each voice.

    Each mark is taken to hold with the probability of its score. The number of voices that hold on each side is then
    Poisson-binomial (Hong 2013, On computing the distribution function for the Poisson binomial distribution).
    ``high`` is the contested score itself (see :func:`contest`), which takes all marks to hold: fewer of them
    never make it higher. With a probability of ``HOLDS`` at least, the score of those that do hold is ``low`` or more:
    ``m`` voices or more hold on both sides, and on both at least one whose score is ``sure`` or more.
    """
    a, d = sorted(asserting), sorted(disputing)
    most = _both(a, d, 0.0)
    chance, low = most[1] if len(most) > 1 else 0.0, 0.0
    top = _likely(most)
    for sure in sorted({*a, *d}, reverse=True):
        if contest(top, top, sure, sure) <= low:  # nor does any below it reach higher
            break
        m = _likely(_both(a, d, sure))
        low = max(low, contest(m, m, sure, sure))
    return round(chance, 4), low, contest(len(a), len(d), max(a, default=None), max(d, default=None))


def _both(asserting: Sequence[float], disputing: Sequence[float], sure: float) -> list[float]:
    """``found[m]``: the probability that ``m`` marks or more hold on either side, one of them ``sure`` or surer."""
    return [a * d for a, d in zip(_reached(asserting, sure), _reached(disputing, sure), strict=False)]


def _likely(reached: Sequence[float]) -> int:
    """The most voices that hold on both sides with ``HOLDS``; 0 where not even one does."""
    return max((m for m, p in enumerate(reached) if m and p >= HOLDS), default=0)


def _reached(scores: Sequence[float], sure: float) -> list[float]:
    """The same of one side."""
    found = _holding((p for p in scores if p >= sure), [1.0])
    found[0] = 0.0  # none of the surer ones
    found = _holding((p for p in scores if p < sure), found)
    return list(accumulate(reversed(found)))[::-1]


def _holding(scores: Iterable[float], found: list[float]) -> list[float]:
    """``found[k]``, the probability that exactly ``k`` marks hold, with so many more marks."""
    for p in scores:
        found = [
            (found[k] * (1 - p) if k < len(found) else 0.0) + (found[k - 1] * p if k else 0.0)
            for k in range(len(found) + 1)
        ]
    return found


class Gain(NamedTuple):
    """The change expected of setting a mark right, and the contested score that each stance would make."""

    gain: float
    asserts: float
    disputes: float
    reports: float


def gains(marks: Sequence[Weighed]) -> dict[int, Gain]:
    """How much setting a mark right is expected to change its claim, for the undecided marks of one claim.

    The chance that the mark is wrong, shared equally between the two other stances, times what each of these would
    change: the contested score by so much, and 1 where the claim becomes contested or is so no more. A mark that
    takes a side is wrong with ``1 - score``, one that takes none with ``score``, as that is the probability of a side.
    Marks that would change nothing are left out.
    """
    if len({m.voice for m in marks}) < 2:
        return {}
    tally = _Tally(marks)
    now = tally.score()
    found = {}
    for m in marks:
        if m.decided:
            continue
        tally.add(m, -1)
        then = {m.stance: now}
        for other in STANCES:
            if other != m.stance:
                turned = m._replace(stance=other, score=1.0)
                tally.add(turned, 1)
                then[other] = tally.score()
                tally.add(turned, -1)
        tally.add(m, 1)
        doubt = max(LEAST_DOUBT, m.score if m.stance == "reports" else 1 - m.score)
        change = sum(abs(score - now) + ((score > 0) != (now > 0)) for score in then.values())
        if change:
            found[m.id] = Gain(round(doubt / 2 * change, 4), then["asserts"], then["disputes"], then["reports"])
    return found


class _Tally:
    """The contested score of a set of marks that changes by one mark at a time."""

    def __init__(self, marks: Iterable[Weighed]) -> None:
        self._said: dict[Stance, Counter[int]] = {"asserts": Counter(), "disputes": Counter()}
        self._scores: dict[Stance, Counter[float]] = {"asserts": Counter(), "disputes": Counter()}
        for mark in marks:
            self.add(mark, 1)

    def add(self, mark: Weighed, times: int) -> None:
        """Count a mark in (1) or out (-1); one that takes no side counts for nothing."""
        if mark.stance == "reports":
            return
        said, scores = self._said[mark.stance], self._scores[mark.stance]
        said[mark.voice] += times
        scores[mark.score] += times
        if not said[mark.voice]:
            del said[mark.voice]
        if not scores[mark.score]:
            del scores[mark.score]

    def score(self) -> float:
        """See :func:`contest`; 0 where one voice says both."""
        a, d = self._said["asserts"], self._said["disputes"]
        if not a or not d or len(a.keys() | d.keys()) == 1:
            return 0.0
        return contest(len(a), len(d), max(self._scores["asserts"]), max(self._scores["disputes"]))
