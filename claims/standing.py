"""How much a claim is contested: plain arithmetic over marks, no model."""

from __future__ import annotations

from collections.abc import Iterable


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
    Poisson-binomial (Hong 2013, On computing the distribution function for the Poisson binomial distribution), and
    with it ``m``, the smaller of the two. ``low`` and ``high`` are ``m / (m + 1)`` at 5 % and 95 %.
    """
    a, d = _holding(asserting), _holding(disputing)
    most = min(len(a), len(d)) - 1
    reached = [sum(a[m:]) * sum(d[m:]) for m in range(most + 1)]  # P(both sides have m voices or more)
    low = max(m for m in range(most + 1) if m == 0 or reached[m] >= 0.95)
    high = max(m for m in range(most + 1) if m == 0 or reached[m] > 0.05)
    chance = reached[1] if most else 0.0
    return round(chance, 4), round(low / (low + 1), 4), round(high / (high + 1), 4)


def _holding(scores: Iterable[float]) -> list[float]:
    """``found[k]``: the probability that exactly ``k`` of the marks hold."""
    found = [1.0]
    for p in scores:
        found = [
            (found[k] * (1 - p) if k < len(found) else 0.0) + (found[k - 1] * p if k else 0.0)
            for k in range(len(found) + 1)
        ]
    return found
