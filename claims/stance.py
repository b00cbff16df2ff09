"""From what was said, and how, to a mark: asserts, disputes or reports, with the reason.

The judge sees only two texts: what a voice says (premise) and the claim's wording (hypothesis). What the pair cannot
show is composed here, in the open: a cue that turns it ("denies that"), numbers that differ, doubt of the model.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from claims.but_for import but_for
from claims.contrast import MAYBE, NO_MORE, SUPPOSED, VALUE, clause, deniable, negations, opposites, overlap, turned
from claims.judge import Judgement
from claims.models import Factuality, Polarity, Stance
from claims.quantities import names, other_number, other_time

SURE = 0.6
"""Share of the judge's mass on the two sides that one side needs to be the mark; below it the mark is ``reports``."""

AGREE = 3.0
"""How much likelier a statement near a claim agrees with it than denies it, before the judge is asked: for answers that
put the doubtful last."""

SAYS = 0.2
"""Probability of agreeing that a mark needs: below it the judge sees two different things, however near they are."""

CARRIES = 0.3
"""Probability that both carry one claim from which leaning to it is enough, where nothing turns or hedges what is said:
an analyst's claim is wider than any statement, and few say it in so many words."""

LEANS = 0.15
"""Probability of agreeing that such a mark needs."""

MAY_SAY = 0.03
"""The same in answers that put the doubtful last and say how doubtful they are."""

OPPOSED = 0.45
"""Probability of a dispute, read both ways, that a mark needs."""

SURELY = 0.6
"""Probability of a dispute, read both ways, from which one that no words show may be seen by the judge alone."""

SEEN = 0.58
"""How near the two must lie for such a dispute (:func:`claims.link.nearness`): what is said of the same thing in the
same words can be opposed in few ways. How sure the judge is beyond that tells right from wrong no further."""

EVENED = 0.45
"""Probability that the one text says the other, once what they differ in is evened out, that a dispute needs."""

SHARED = 0.34
"""Share of the shorter text's content words that the other must hold for one to deny the other."""

SHARED_FOR_NUMBER = 0.6
"""The same where they differ in a number: two lines of one table differ in little else than what they are about."""

DENIED = 0.7
"""Probability that a denied content says the claim, from which its denial disputes the claim."""

POINTS = re.compile(r"\W*(?:I|we|you|he|she|it|they|this|that|these|those|his|her|its|their|my|our|your)\b", re.I)
"""How a text begins that leaves open of what it speaks."""

REASONS: dict[str, str] = {
    "wording": "the claim is worded after this very statement",
    "same": "says the same as the claim",
    "carries": "takes the claim's side without saying as much",
    "denial": "says it as something denied or rejected: the cue turns the statement",
    "contradicts": "says no where the claim says yes, or the reverse, or what cannot be true beside it",
    "direction": "says the opposite of the claim: rose against fell",
    "number": "gives another number than the claim",
    "denies-denial": "denies the opposite of the claim",
    "hedged": "says only that it may be so, or would be so if, or does not deny it flatly",
    "opinion": "sets a judgement of value against a fact, or the reverse: neither denies the other",
    "time": "speaks of another time than the claim",
    "scope": "speaks of other people, places or things than the claim",
    "unclear": "about the claim, but it is not sure enough which way",
    "quotes": "passes on what somebody else says",
    "by-hand": "set by the analyst",
}
"""Every reason code, with what it means to a reader."""


class Pair(NamedTuple):
    """What the judge is asked: does what is said assert the claim's wording, dispute it, or neither?"""

    premise: str
    hypothesis: str


def pair_hash(pair: Pair) -> str:
    """The key under which a judgement is kept."""
    text = f"{len(pair.premise)}\n{pair.premise}\n{pair.hypothesis}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


CERTAIN, AGAINST = Judgement(1.0, 0.0, 0.0), Judgement(0.0, 1.0, 0.0, but_for=1.0)
"""A judge that is sure of one side."""


class Mark(NamedTuple):
    """A stance with its confidence in [0, 1] and a key of :data:`REASONS`."""

    stance: Stance
    score: float
    reason: str


class Check(NamedTuple):
    """One thing looked at: whether it speaks for a side (None where there was nothing to compare), in which words."""

    name: str
    passed: bool | None
    detail: str


def could_dispute(said: str, wording: str) -> bool:
    """Whether words of the two show that one may deny the other: a no, opposite directions, another number of the same.

    Only then is agreement not presumed, and more asked of the judge than one reading.
    """
    return not other_time(said, wording) and opposition(said, wording, AGAINST)[0] == "disputes"


def both_ways(pairs: Iterable[Pair], ask: Callable[[list[Pair]], Sequence[Judgement]]) -> dict[Pair, Judgement]:
    """The opinion on each pair. ``ask`` puts pairs before the judge.

    Two texts that contradict each other do so read either way round, while a text may well say a claim that does not
    say it back. So where a pair may be a dispute it is also read the other way round, and the mean counts. And it is
    asked whether the two say the same but for what they differ in, one or the other way round: models that take doubt
    or a change of subject for a contradiction seldom do so both ways round, and hardly ever once the difference is
    evened out.
    """
    wanted = list(dict.fromkeys(pairs))
    found = dict(zip(wanted, ask(wanted), strict=True))
    more = {pair: further(pair) for pair, there in found.items() if may_dispute(pair, there)}
    answers = iter(ask([question for questions in more.values() for question in questions]))
    for pair, questions in more.items():
        found[pair] = joined(found[pair], [next(answers) for _ in questions])
    return found


def may_dispute(pair: Pair, there: Judgement) -> bool:
    """Whether a pair that the judge has read ``there`` may be a dispute, by the judge and by the words."""
    shown = there.disputes >= SURELY or could_dispute(*pair)
    return there.disputes > there.asserts and there.neutral < SURE and shown


def further(pair: Pair) -> tuple[Pair, ...]:
    """What is asked of a pair that may be a dispute: the pair read back, and the two evened out, read both ways.

    Nothing can be evened out where the words do not show what they differ in.
    """
    back, evened = Pair(pair.hypothesis, pair.premise), but_for(*pair)
    return (back,) if evened is None else (back, Pair(*evened), Pair(evened[1], evened[0]))


def joined(there: Judgement, answers: Sequence[Judgement]) -> Judgement:
    """What counts of a pair of which more was asked (:func:`further`): the mean of both readings; the rest apart."""
    back, *evened = answers
    same = None if there.same is None or back.same is None else (there.same + back.same) / 2
    asserts, disputes, neutral = ((a + b) / 2 for a, b in zip(there[:3], back[:3], strict=True))
    return Judgement(asserts, disputes, neutral, same, max((found.asserts for found in evened), default=None))


def compose(
    said: str,
    wording: str,
    polarity: Polarity,
    factuality: Factuality,
    judged: Judgement,
    cue: str | None = None,
    *,
    near: float | None = None,
    sure: bool = True,
) -> Mark:
    """The mark of a voice that says ``said`` (turned by ``polarity``, that of its ``cue``) on the claim ``wording``.

    ``near`` is how near to the claim it was found, where that is known.

    ``sure=False`` lets a dispute stand that only the judge sees, and however unsurely, and less sure agreement: for
    answers that put the doubtful last and say how doubtful they are.
    """
    return weigh(said, wording, polarity, factuality, judged, cue, near=near, sure=sure)[0]


def weigh(
    said: str,
    wording: str,
    polarity: Polarity,
    factuality: Factuality,
    judged: Judgement,
    cue: str | None = None,
    *,
    near: float | None = None,
    sure: bool = True,
) -> tuple[Mark, tuple[Check, ...]]:
    """The mark, and every check that led to it, in order; the last one decided.

    That the two are about the same was checked when they were linked, so the side is a question of the odds between
    asserts and disputes. The score stays the probability of that side, with neutral counted in. A dispute needs more
    than the judge: words that show what the two differ in, and none that show them to speak of different things. Pair
    models take a change of subject for a contradiction (Schuster et al. 2022 saw it in whole documents).
    """
    denies = polarity == "disputes" and not (cue or "").endswith(":")  # "she disagreed: it works" is what she says
    if said == wording and not denies:
        return Mark("asserts", 1.0, "wording"), (Check("cue", True, "the claim is worded after it"),)
    if denies and factuality != "plain":
        check = Check("cue", False, "doubts or questions what it introduces, or only does not confirm it")
        return Mark("reports", round(judged.asserts, 3), "hedged"), (check,)
    if denies and not deniable(said, cue):
        check = Check("cue", False, "turns a name or a thing, and not something that is said")
        return Mark("reports", round(judged.asserts, 3), "unclear"), (check,)
    if said == wording:
        return Mark("disputes", 1.0, "denial"), (Check("cue", True, "turns the very wording"),)
    shown = could_dispute(said, wording)  # words that speak of a dispute outweigh what is usual
    agrees = judged.asserts * (1.0 if sure or shown else AGREE)
    side: Stance = "asserts" if agrees >= judged.disputes else "disputes"
    best = judged.asserts if side == "asserts" else judged.disputes
    score = round(best, 3)
    leans = sure and side == "asserts" and best < SAYS and carries(judged, polarity, factuality)
    odds = max(agrees, judged.disputes) / (agrees + judged.disputes) if best else 0.0
    checks = [Check("odds", odds >= SURE, f"{side} has {odds:.2f} of the two sides; {SURE} is needed")]

    def decide(name: str, passed: bool, detail: str, stance: Stance, reason: str) -> tuple[Mark, tuple[Check, ...]]:
        return Mark(stance, score, reason), (*checks, Check(name, passed, detail))

    if side == "asserts":
        need = LEANS if leans else SAYS if sure else MAY_SAY
        why = f", as both carry one claim with {judged.same:.2f}" if leans else ""
        checks.append(Check("agrees", best >= need, f"says the claim with {best:.2f}; {need} is needed{why}"))
    if not all(check.passed for check in checks):
        return Mark("reports", score, "unclear"), tuple(checks)
    checks.append(Check("cue", True, "denies what it introduces") if denies else Check("cue", None, "turns nothing"))
    if other_time(said, wording):
        return decide("time", False, "names another time", "reports", "time")
    if side == "asserts":
        if SUPPOSED.match(said) and not SUPPOSED.match(wording):
            return decide("mood", False, "says what would be if it were so", "reports", "hedged")
        differ = other_number(said, wording)
        if differ:
            detail = f"{differ[0].text} against {differ[1].text}"
            return decide("number", False, detail, "reports", "number")
        if denies:
            enough = best >= DENIED
            detail = f"says the claim with {best:.2f}; {DENIED} is needed to deny it"
            return decide("denied", enough, detail, *(("disputes", "denial") if enough else ("reports", "unclear")))
        return Mark("asserts", score, "carries" if leans else "same"), tuple(checks)
    stance, reason, check = opposition(said, wording, judged, sure)
    if stance == "reports" and near is not None and seen(said, wording, judged, near):
        detail = f"plain to the judge: disputes has {judged.disputes:.2f}, and it is {near:.2f} near; {SEEN} is needed"
        stance, reason, check = "disputes", "contradicts", Check("seen", True, detail)
    if stance == "disputes" and denies:
        stance, reason = "asserts", "denies-denial"
    return Mark(stance, score, reason), (*checks, check)


def carries(judged: Judgement, polarity: Polarity, factuality: Factuality) -> bool:
    """Whether what is said plainly is on the claim for sure, so that leaning to a side of it is taking that side."""
    return polarity == "asserts" and factuality == "plain" and (judged.same or 0.0) >= CARRIES


def seen(said: str, wording: str, judged: Judgement, near: float) -> bool:
    """Whether the judge's word alone is enough for a dispute: where it is sure of it and the two lie near.

    And each says by itself of what it speaks: "she met him in Oslo" may be said of anybody. Where words show what they
    differ in after all, they must say the same but for that.
    """
    ours, theirs = names(said), names(wording)
    apart = len(ours) > 1 and len(theirs) > 1 and not ours & theirs
    clear = not any(sign(said) or sign(wording) for sign in (POINTS.match, NO_MORE.search, SUPPOSED.match))
    alike = judged.but_for is None or judged.but_for >= EVENED
    return judged.disputes >= SURELY and near >= SEEN and clear and alike and not apart


def opposition(said: str, wording: str, judged: Judgement, sure: bool = True) -> tuple[Stance, str, Check]:
    """Whether two texts that the judge takes for opposed are: stance, reason and the check that decided."""
    if sure and not (clause(said) and clause(wording)):
        return "reports", "unclear", Check("clause", False, "one of the two is no sentence that could be denied")
    ours, theirs = names(said), names(wording)
    if len(ours) > 1 and len(theirs) > 1 and not ours & theirs:
        detail = f"{' '.join(sorted(ours))} against {' '.join(sorted(theirs))}"
        return "reports", "scope", Check("names", False, detail)
    shared = overlap(said, wording)
    if sure and shared < SHARED:
        return "reports", "scope", Check("words", False, f"{shared:.2f} of the words are shared; {SHARED} is needed")
    if sure and (SUPPOSED.match(said) or SUPPOSED.match(wording)):
        return "reports", "hedged", Check("mood", False, "one says what would be if something else were so")
    if sure and bool(MAYBE.search(said)) != bool(MAYBE.search(wording)):
        return "reports", "hedged", Check("mood", False, "one says it as a fact, the other as possible, due or to come")
    if sure and bool(VALUE.search(said)) != bool(VALUE.search(wording)):
        return "reports", "opinion", Check("opinion", False, "one is a judgement of value, the other is not")
    if sure and bool(NO_MORE.search(said)) != bool(NO_MORE.search(wording)):
        return "reports", "unclear", Check("comparison", False, "a no that says most is no denial")
    differ = other_number(said, wording)
    if differ and ((ours - theirs and theirs - ours) or shared < SHARED_FOR_NUMBER):
        detail = f"{differ[0].text} and {differ[1].text} are of different things"
        return "reports", "scope", Check("number", False, detail)
    if differ:
        ground, what, detail = "number", "number", f"{differ[0].text} against {differ[1].text}"
    elif pair := opposites(said, wording):
        ground, what, detail = "direction", "direction", f"{pair[0]} against {pair[1]}"
    elif negations(said) % 2 != negations(wording) % 2 and (
        word := turned(said, wording) if negations(said) % 2 else turned(wording, said)
    ):
        ground, what, detail = "contradicts", "negation", f"one says no to {word!r}, the other does not"
    else:
        ground, what, detail = "contradicts", "words", "nothing in the words shows what the two differ in"
    if sure and what == "words":
        return "reports", "unclear", Check(what, False, detail)
    if sure and (judged.but_for or 0.0) < EVENED:
        detail = f"{detail}; but for that they say the same with {judged.but_for or 0.0:.2f}, {EVENED} is needed"
        return "reports", "unclear", Check("but for", False, detail)
    enough = not sure or judged.disputes >= OPPOSED
    check = Check(what, enough, f"{detail}; disputes has {judged.disputes:.2f}, {OPPOSED} is needed")
    return ("disputes", ground, check) if enough else ("reports", "unclear", check)
