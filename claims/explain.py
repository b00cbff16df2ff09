"""Why a mark stands as it does, and what would turn it: answered from what is stored, without loading a model."""

from __future__ import annotations

from collections.abc import Callable

from claims.judge import SIDES, Judgement
from claims.models import Factuality, Frozen, Polarity, Stance
from claims.stance import (
    CARRIES,
    CERTAIN,
    DENIED,
    EVENED,
    LEANS,
    OPPOSED,
    REASONS,
    SAYS,
    SEEN,
    SHARED,
    SHARED_FOR_NUMBER,
    SURE,
    SURELY,
    Check,
    Mark,
    Pair,
    compose,
    further,
    joined,
    may_dispute,
    pair_hash,
    weigh,
)
from claims.views import Views
from claims.wording import plain

Ask = Callable[[Polarity, Factuality, Judgement], Mark]
"""The rules, asked about one statement and claim as if it were said, or judged, in another way."""

THRESHOLDS: dict[str, float] = {
    "odds": SURE,
    "asserts": SAYS,
    "asserts, where both carry one claim": LEANS,
    "both carry one claim": CARRIES,
    "disputes, shown by the words": OPPOSED,
    "disputes, seen by the judge alone": SURELY,
    "the same, how near it lies": SEEN,
    "says the same, what they differ in evened out": EVENED,
    "a denied content says the claim": DENIED,
    "words shared": SHARED,
    "words shared, for a number": SHARED_FOR_NUMBER,
}


class Scores(Frozen):
    """The judge's probabilities on a pair; the three sum to one, ``same`` stands apart from them."""

    asserts: float
    disputes: float
    neutral: float
    same: float | None = None
    but_for: float | None = None
    """How likely the one says the other once what they differ in is evened out; asked where they may dispute."""


class Looked(Frozen):
    """One check: what was looked at, whether it spoke for a side (None: nothing to compare), and in which words."""

    name: str
    passed: bool | None
    detail: str


class Explanation(Frozen):
    """All that led to one mark."""

    mention_id: int
    claim_id: int
    stance: Stance
    score: float
    reason: str
    meaning: str
    """The reason in plain words."""
    by_hand: bool
    premise: str
    """What was said, with names for what it refers back to."""
    hypothesis: str
    """The claim's wording."""
    near: float | None
    """How near to the claim it was found: likeness and shared words (:mod:`claims.link`)."""
    own: tuple[int, str] | None
    """The statement's own claim, by id and wording, where this is a copy of its mark there."""
    context: str | None
    """The sentence that a pronoun in the premise refers back to. The judge does not see it."""
    holders: tuple[str, ...]
    cue: str | None
    polarity: Polarity
    factuality: Factuality
    judge: str | None
    """The judge that was asked, with a hash of its weights; None where none was."""
    there: Scores | None
    """Premise against hypothesis, as the judge gave it."""
    back: Scores | None
    """Hypothesis against premise; only asked where the pair may be a dispute."""
    evened: tuple[str, str] | None
    """The two texts with what they differ in evened out (:mod:`claims.but_for`); asked where ``back`` was."""
    taken: Scores | None
    """What counted: ``there``, or the mean of both."""
    checks: tuple[Looked, ...]
    """In the order in which they were made; the last one decided."""
    thresholds: dict[str, float]
    flips: tuple[str, ...]
    """What would turn the mark: the nearest threshold, the cue, the analyst."""


def explain(views: Views, mention_id: int) -> Explanation:
    """Why a mention has its mark. Raises :class:`claims.errors.NotFound`."""
    row = views.mention(mention_id)
    (more,) = views.stream(
        """SELECT coalesce(mention.meant, span(mention.document_id, mention.start, mention."end")) AS said,
            mention.polarity, mention.context, mention.near, claim.text AS wording
            FROM mention JOIN claim ON claim.id = mention.claim_id WHERE mention.id = ?""",
        [mention_id],
    )
    said, wording, polarity, near = str(more["said"]), str(more["wording"]), more["polarity"], more["near"]
    model, there = _stored(views, Pair(said, wording))
    asked = further(Pair(said, wording)) if there and may_dispute(Pair(said, wording), there) else ()
    answers = [found for _, found in (_stored(views, pair) for pair in asked) if found]
    taken = joined(there, answers) if there and answers and len(answers) == len(asked) else there
    mark, checks, flips = Mark(row.stance, row.score, row.reason), list[Check](), list[str]()
    if row.reason == "quotes":
        checks.append(Check("voice", True, "the words are put in somebody else's mouth"))
        flips.append("if the source said it in its own voice, it would take the side itself")
    elif plain(said) == wording or taken is not None:
        text, judged = (wording, CERTAIN) if plain(said) == wording else (said, taken or CERTAIN)
        found, steps = weigh(text, wording, polarity, row.factuality, judged, row.cue, near=near)
        checks += steps
        if not row.by_hand and found[::2] != mark[::2]:
            checks.append(Check("rules", False, f"by the rules of today it would be {found.stance}: {found.reason}"))

        def ask(polarity: Polarity, factuality: Factuality, scores: Judgement) -> Mark:
            return compose(text, wording, polarity, factuality, scores, row.cue, near=near)

        flips += _flips(ask, polarity, row.factuality, judged, found)
    else:
        checks.append(Check("judge", None, "no judgement of this pair is stored"))
    if row.by_hand:
        flips.insert(0, "only the analyst: this mark was set by hand")
    return Explanation(
        mention_id=row.id, claim_id=row.claim_id, stance=row.stance, score=row.score, reason=row.reason,
        meaning=REASONS.get(row.reason, ""), by_hand=row.by_hand, premise=said, hypothesis=wording,
        near=near, own=_own(views, mention_id), context=more["context"], holders=row.holders, cue=row.cue,
        polarity=polarity, factuality=row.factuality, judge=model, there=_scores(there),
        back=_scores(answers[0] if answers else None), taken=_scores(taken),
        evened=asked[1] if len(answers) > 1 else None,
        checks=tuple(Looked(name=c.name, passed=c.passed, detail=c.detail) for c in checks),
        thresholds=THRESHOLDS, flips=tuple(flips),
    )  # fmt: skip


def _own(views: Views, mention_id: int) -> tuple[int, str] | None:
    """The claim of what a mark is a copy of, if it is one."""
    rows = views.stream(
        """SELECT claim.id, claim.text FROM mention AS copy JOIN mention AS home ON home.id = copy.copy_of
        JOIN claim ON claim.id = home.claim_id WHERE copy.id = ?""",
        [mention_id],
    )
    return next(((int(row["id"]), str(row["text"])) for row in rows), None)


def _stored(views: Views, pair: Pair) -> tuple[str | None, Judgement | None]:
    """The latest stored judgement of a pair and its model."""
    rows = views.stream(
        "SELECT model, asserts, disputes, neutral, same FROM judgement WHERE pair_hash = ? ORDER BY model = (SELECT"
        " json_extract(settings, '$.models.judge') FROM run ORDER BY id DESC LIMIT 1) DESC LIMIT 1",
        [pair_hash(pair)],
    )
    for row in rows:
        return str(row["model"]), Judgement(row["asserts"], row["disputes"], row["neutral"], row["same"])
    return None, None


def _scores(judged: Judgement | None) -> Scores | None:
    return None if judged is None else Scores(**{k: round(v, 4) for k, v in judged._asdict().items() if v is not None})


def _flips(ask: Ask, polarity: Polarity, factuality: Factuality, judged: Judgement, mark: Mark) -> list[str]:
    """What else would have to be so for another mark, found by asking the rules."""
    found = []
    turned: Polarity = "asserts" if polarity == "disputes" else "disputes"
    other = ask(turned, factuality, judged)
    if other.stance != mark.stance:
        what = "did not deny it" if polarity == "disputes" else "denied it"
        found.append(f"if the source {what}: {other.stance} ({other.reason})")
    if factuality != "plain":
        other = ask(polarity, "plain", judged)
        if other.stance != mark.stance:
            found.append(f"if it were stated plainly: {other.stance} ({other.reason})")
    if judged != CERTAIN:
        for side in ("asserts", "disputes"):
            least = _least(lambda scores: ask(polarity, factuality, scores), judged, mark, side)
            if least is not None:
                found.append(least)
    return found


def _least(ask: Callable[[Judgement], Mark], judged: Judgement, mark: Mark, side: str) -> str | None:
    """The least probability of a side at which the mark would be another, in steps of a hundredth; the rest shrinks."""
    now = float(getattr(judged, side))
    for percent in range(int(now * 100) + 1, 101):
        value = percent / 100
        rest = (1 - value) / (1 - now) if now < 1 else 0.0
        sides = {name: value if name == side else getattr(judged, name) * rest for name in SIDES}
        other = ask(judged._replace(**sides))
        if other.stance != mark.stance:
            return f"if the judge gave {side} {value:.2f} instead of {now:.2f}: {other.stance} ({other.reason})"
    return None
