"""What the judge thinks of pairs of texts, over one database: what it was asked before, it is not asked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from claims.judge import Judge, Judgement
from claims.settings import load
from claims.stance import Pair, both_ways, pair_hash
from claims.store import Store


@cache
def _shared(judge: str | None) -> Judge:
    """A judge that is loaded once, however many decisions ask it: in the terminal UI each opens the store anew."""
    return Judge(judge)


class Opinions:
    """Answers on pairs; new ones are kept in the store. ``judge`` defaults to what the settings name.

    Where there is nothing new to ask, no model is loaded.
    """

    def __init__(self, store: Store, judge: Judge | None = None) -> None:
        self._store, self._given = store, judge

    @cached_property
    def _judge(self) -> Judge:
        return self._given or _shared(load().judge)

    def __call__(self, pairs: Iterable[Pair]) -> dict[Pair, Judgement]:
        """What is made of the judge's answers on each pair, see :func:`claims.stance.both_ways`."""
        return both_ways(pairs, self._ask)

    def _ask(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """The judge's answers, from the cache where it was asked before."""
        if not pairs:
            return []  # else the settings would be read, and a judge that is missing be missed, for nothing
        keys = [pair_hash(pair) for pair in pairs]
        found = self._store.judgements(keys, self._judge.name)
        missing = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in found}
        if missing:
            answers = self._judge.judge(list(missing.values()))
            fresh = {
                key: (round(j.asserts, 4), round(j.disputes, 4), round(j.neutral, 4), j.same and round(j.same, 4))
                for key, j in zip(missing, answers, strict=True)
            }
            self._store.add_judgements(self._judge.name, fresh)
            found |= fresh
        return [Judgement(*found[key]) for key in keys]
