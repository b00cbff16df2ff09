"""Figures across articles: pairs of sentences, recurring claims and who stands where on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from claims.evaluate.data import STANCES, Export, Gold, Key, Mark, Row, marks
from claims.evaluate.names import NOTHING, Counts, Name, add, figure, matches, share


def pairs(export: Export, gold: Gold) -> dict[str, Any]:
    """Pairs of gold sentences; weak ones, and unlike ones that share another claim, are left out.

    ``same_claim``: do the two carry a common claim. ``agree_or_dispute_accuracy``: of the pairs rightly joined, the
    share where two of their voices stand to each other as annotated. ``joined_pairs``: how many those are.
    """
    at: dict[Key, list[Mark]] = defaultdict(list)
    for mark in export.marks:
        at[mark.key].append(mark)
    counts, right, joined = NOTHING, 0, 0
    for pair in gold.pairs:
        same = pair["relation"].startswith("same-claim")
        if pair.get("strength") == "weak" or (not same and pair.get("also_claims")):
            continue
        first, second = (at[(side["doc"], side["idx"])] for side in (pair["a"], pair["b"]))
        both = [(x, y) for x in first for y in second if x.claim_id == y.claim_id]
        counts = add(counts, (int(same and bool(both)), int(not same and bool(both)), int(same and not both)))
        if same and both:
            joined += 1
            sided = [x.stance == y.stance for x, y in both if x.stance in STANCES and y.stance in STANCES]
            right += (pair["relation"] == "same-claim-agree") in sided
    return {
        "same_claim": figure(counts),
        "agree_or_dispute_accuracy": share(right, joined) or 0.0,
        "joined_pairs": joined,
    }


class Asked(NamedTuple):
    """A voice that a right reading finds: who (``names`` is ``None`` for the own voice), which way, where."""

    key: Key
    stance: str
    names: set[Name] | None
    who: str

    def heard_in(self, mark: Mark) -> bool:
        """Whether a mark is of this voice and stance, wherever it stands; an own voice must be the same document's."""
        if self.names is None and mark.key[0] != self.key[0]:
            return False
        return mark.stance == self.stance and matches(mark.voice, self.names)


class Wanted(NamedTuple):
    """What is asked of one gold claim, and the sentences where anything found is neither right nor wrong."""

    asked: list[Asked]
    grey: set[Key]


def wanted(claim: Row, gold: Gold) -> Wanted:
    """Direct assertions and disputes are asked for; what is implied, derived or passed on makes its sentence grey."""
    asked, grey = [], set[Key]()
    for m in claim["mentions"]:
        key = (m["doc"], m["idx"])
        direct = m.get("directness", "direct") == "direct" and not m.get("derived")
        if m["stance"] in STANCES and direct:
            names = None if m["holder"] is None else gold.names(m["holder"], m.get("holder_as_written"))
            asked.append(Asked(key=key, stance=m["stance"], names=names, who=m["holder"] or key[0]))
        else:
            grey.add(key)
    return Wanted(asked, grey)


def voices(want: Wanted, found: Sequence[Mark]) -> Counts:
    """Who asserts or disputes the claim, sentence by sentence; each mark answers for one voice."""
    sided = [mark for mark in found if mark.stance in STANCES]
    taken = set[int]()
    for asked in want.asked:
        for i, mark in enumerate(sided):
            if i not in taken and mark.key == asked.key and asked.heard_in(mark):
                taken.add(i)
                break
    wrong = sum(i not in taken and mark.key not in want.grey for i, mark in enumerate(sided))
    return len(taken), wrong, len(want.asked) - len(taken)


def standing(want: Wanted, found: Sequence[Mark]) -> Counts:
    """The same without the sentence: the set of (voice, stance)."""
    sided = [mark for mark in found if mark.stance in STANCES]
    sought = {(asked.who, asked.stance): asked for asked in want.asked}
    hit = sum(any(asked.heard_in(mark) for mark in sided) for asked in sought.values())
    wrong = {
        (mark.voice[-1] if mark.voice else mark.key[0], mark.stance)
        for mark in sided
        if mark.key not in want.grey and not any(asked.heard_in(mark) for asked in want.asked)
    }
    return hit, len(wrong), len(sought) - hit


def claims(export: Export, gold: Gold) -> dict[str, Any]:
    """Over the export's claims, each gold claim matched to at most one of them.

    ``claims_found``: share of gold claims with a match. ``voices``: who asserts / disputes it, at the sentence: the
    headline figure. ``standing``: the same without the sentence. ``contested``: is a claim that some assert and
    others dispute flagged; a claim disputed by implication only counts neither way.
    """
    mine: dict[int, list[Mark]] = defaultdict(list)
    for mark in export.marks:
        if mark.claim_id is not None:
            mine[mark.claim_id].append(mark)
    sought = [wanted(claim, gold) for claim in gold.claims]
    match = _matched(sought, mine)
    at, stand, flags = NOTHING, NOTHING, NOTHING
    for i, (claim, want) in enumerate(zip(gold.claims, sought, strict=True)):
        found = mine.get(match.get(i, -1), [])
        at, stand = add(at, voices(want, found)), add(stand, standing(want, found))
        flagged = export.contested.get(match.get(i, -1), False)
        truth = bool(claim.get("contested_direct", claim.get("contested")))
        wrong = flagged and not truth and not claim.get("contested")
        flags = add(flags, (int(truth and flagged), int(wrong), int(truth and not flagged)))
    return {
        "claims_found": share(len(match), len(sought)) or 0.0,
        "voices": figure(at),
        "standing": figure(stand),
        "contested": figure(flags),
    }


def _matched(sought: list[Wanted], mine: dict[int, list[Mark]]) -> dict[int, int]:
    """Gold claims (by position) to claims of the export, one to one, by the greatest overlap of sentences in all."""
    from scipy.optimize import linear_sum_assignment

    ids = list(mine)
    if not ids or not sought:
        return {}
    reward = [[_overlap({a.key for a in want.asked}, {m.key for m in mine[c]}) for c in ids] for want in sought]
    chosen = zip(*linear_sum_assignment(reward, maximize=True), strict=True)
    return {int(i): ids[j] for i, j in chosen if reward[i][j] > 0}


def _overlap(target: set[Key], found: set[Key]) -> float:
    """Jaccard's index."""
    return len(target & found) / len(target | found) if target else 0.0


def tracked(answers: Sequence[Row], gold: Gold) -> dict[str, Any]:
    """``voices`` and ``standing`` for the gold claims' own wordings, as answered by ``claims track --json``."""
    by_claim = {answer["claim"]: answer["mentions"] for answer in answers}
    at, stand = NOTHING, NOTHING
    for claim in gold.claims:
        want, found = wanted(claim, gold), marks(by_claim.get(claim["canonical"], ()), gold)
        at, stand = add(at, voices(want, found)), add(stand, standing(want, found))
    return {"voices": figure(at), "standing": figure(stand)}
