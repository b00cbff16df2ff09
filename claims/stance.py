"""From what was said, and how, to a mark: asserts, disputes or reports, with the reason.

The judge sees only two texts: what a voice says (premise) and the claim's wording (hypothesis). What the pair cannot
show is composed here, in the open: a cue that turns it ("denies that"), numbers that differ, doubt of the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from claims.models import Factuality, Polarity, Stance

SURE = 0.6
"""Share of the judge's mass on the two sides that one side needs to be the mark; below it the mark is ``reports``."""

REASONS: dict[str, str] = {
    "wording": "the claim is worded after this very statement",
    "same": "says the same as the claim",
    "denial": "says it as something denied, rejected or doubted: the cue turns the statement",
    "contradicts": "cannot be true together with the claim",
    "number": "gives another number than the claim",
    "denies-denial": "denies the opposite of the claim",
    "unclear": "about the claim, but the judge is not sure enough which way",
    "quotes": "passes on what somebody else says",
    "by-hand": "set by the analyst",
}
"""Every reason code, with what it means to a reader."""


class Scores(Protocol):
    """What a judge says of a pair: probabilities that sum to one."""

    @property
    def asserts(self) -> float:
        """Probability that the premise says it."""

    @property
    def disputes(self) -> float:
        """Probability that the premise contradicts it."""

    @property
    def neutral(self) -> float:
        """Probability of neither."""


class Pair(NamedTuple):
    """What the judge is asked: does what is said assert the claim's wording, dispute it, or neither?"""

    premise: str
    hypothesis: str


class Opinion(NamedTuple):
    """What is made of the judge's answers on a pair: probabilities that sum to one."""

    asserts: float
    disputes: float
    neutral: float


CERTAIN = Opinion(1.0, 0.0, 0.0)


class Mark(NamedTuple):
    """A stance with its confidence in [0, 1] and a key of :data:`REASONS`."""

    stance: Stance
    score: float
    reason: str


NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
NAME = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-Z][\w’'-]+")


def numbers(text: str) -> frozenset[str]:
    """Figures in a text that are not years, without separators of thousands."""
    return frozenset(n.replace(",", "") for n in NUMBER.findall(YEAR.sub(" ", text)))


def years(text: str) -> frozenset[str]:
    """Years named in a text."""
    return frozenset(YEAR.findall(text))


def about_the_same(said: str, wording: str, similarity: float, judged: Scores) -> float:
    """How sure it is, in [0, 1], that a statement is about a claim, whichever side it takes.

    The judge's mass on either side, weighed with the similarity of meaning; 0 where the two name different years, as
    a claim about one year is not a claim about another.
    """
    a, b = years(said), years(wording)
    if a and b and not a & b:
        return 0.0
    return (1 - judged.neutral) * min(1.0, max(0.0, similarity) + 0.4)


def both_ways(pairs: Iterable[Pair], ask: Callable[[list[Pair]], Sequence[Scores]]) -> dict[Pair, Opinion]:
    """The opinion on each pair. ``ask`` puts pairs before the judge.

    Two texts that contradict each other do so read either way round, while a text may well say a claim that does not
    say it back. So where a pair looks like a dispute it is also read the other way round, and the mean counts: models
    that take doubt or a change of subject for a contradiction seldom do so twice.
    """
    wanted = list(dict.fromkeys(pairs))
    found = {p: Opinion(s.asserts, s.disputes, s.neutral) for p, s in zip(wanted, ask(wanted), strict=True)}
    doubtful = [pair for pair, o in found.items() if o.disputes > o.asserts and o.neutral < SURE]
    turned = ask([Pair(pair.hypothesis, pair.premise) for pair in doubtful])
    for pair, back in zip(doubtful, turned, strict=True):
        there = found[pair]
        found[pair] = Opinion(
            (there.asserts + back.asserts) / 2,
            (there.disputes + back.disputes) / 2,
            (there.neutral + back.neutral) / 2,
        )
    return found


def compose(said: str, wording: str, polarity: Polarity, factuality: Factuality, judged: Scores) -> Mark:
    """The mark of a voice that says ``said`` (turned by ``polarity``) on the claim ``wording``.

    That the two are about the same was checked when they were linked, so the side is a question of the odds between
    asserts and disputes. The score stays the probability of that side, with neutral counted in.
    """
    if said == wording:
        return Mark("disputes", 1.0, "denial") if polarity == "disputes" else Mark("asserts", 1.0, "wording")
    side: Stance = "asserts" if judged.asserts >= judged.disputes else "disputes"
    best = max(judged.asserts, judged.disputes)
    score = round(best, 3)
    if not best or best < SURE * (judged.asserts + judged.disputes):
        return Mark("reports", score, "unclear")
    if polarity == "disputes":
        return Mark("disputes", score, "denial") if side == "asserts" else Mark("asserts", score, "denies-denial")
    if side == "asserts":
        return Mark("asserts", score, "same")
    ours, theirs = numbers(said), numbers(wording)
    return Mark("disputes", score, "number" if ours and theirs and not ours & theirs else "contradicts")
