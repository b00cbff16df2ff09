"""How much a claim is contested: plain arithmetic over marks, no model."""

from __future__ import annotations


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
