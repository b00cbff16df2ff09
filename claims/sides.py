"""One claim's sides: each voice with its dates, how firm the contest is, and whether it all goes back to one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from claims.models import Frozen, Stance
from claims.records import Course
from claims.rows import ClaimRow
from claims.standing import spread
from claims.views import Views


class Turn(Frozen):
    """A side that a voice took, and when, as far as is known."""

    published: str | None
    stance: Stance
    mention_id: int


def told(course: Iterable[Turn | Course]) -> str:
    """Sides taken one after the other, in words."""
    return ", ".join(f"{turn.stance} {turn.published}" for turn in course)


class Voice(Frozen):
    """One independent voice on a claim. A paper that prints another's text has the voice of that text's origin."""

    source_id: int
    source: str
    stance: Literal["asserts", "disputes", "both", "reports"]
    turns: tuple[Turn, ...]
    """Every side it took, by date; empty for one that only passes on."""
    first_seen: str | None
    last_seen: str | None

    @property
    def reversal(self) -> bool:
        """Whether its dated marks go from one side to the other."""
        dated = [turn for turn in self.turns if turn.published]
        return len({turn.stance for turn in dated}) > 1 and dated[0].published != dated[-1].published

    @property
    def course(self) -> tuple[Turn, ...]:
        """The dated marks at which it took the other side, the first one before them."""
        dated = [turn for turn in self.turns if turn.published]
        return tuple(turn for n, turn in enumerate(dated) if n == 0 or dated[n - 1].stance != turn.stance)

    @property
    def turned(self) -> str:
        """The same in words: from which side to which, and when."""
        return told(self.course)


class Reversal(Frozen):
    """A voice that changed sides on a claim."""

    claim: ClaimRow
    voice: Voice


class Sides(Frozen):
    """How the voices on a claim stand."""

    voices: tuple[Voice, ...]
    low: float
    high: float
    """Between these the contested score lies with a probability of 90 %: ``high`` is the score as shown, with all marks
    right. See :func:`claims.standing.spread`."""
    chance: float
    """Probability that somebody asserts and another disputes, if each mark is right as often as its score says."""
    flips: int
    """The fewest marks that must prove wrong for the claim to be contested no more; 0 where it is not."""
    reasons: dict[str, int]
    """Why its disputes stand, with how many marks each; most first."""
    lone_voice: str | None
    """The one person or body at whose words every path ends, where two outlets or more carry them."""


def sides(views: Views, claim_id: int) -> Sides:
    """Who stands where on a claim. Raises :class:`NotFound`."""
    marks = marks_on(views, [views.resolve(claim_id)])
    taking = [m for m in marks if m["stance"] != "reports"]
    best: dict[str, dict[int, float]] = {"asserts": {}, "disputes": {}}
    for m in taking:
        side = best[m["stance"]]
        side[m["voice"]] = max(side.get(m["voice"], 0.0), m["score"])
    contested = bool(best["asserts"] and best["disputes"]) and len(best["asserts"].keys() | best["disputes"]) > 1
    chance, low, high = spread(best["asserts"].values(), best["disputes"].values()) if contested else (0.0, 0.0, 0.0)
    why = Counter(m["reason"] for m in taking if m["stance"] == "disputes")
    return Sides(
        voices=tuple(voices_of(marks)),
        low=low,
        high=high,
        chance=chance,
        flips=_flips((m["voice"], m["stance"]) for m in taking) if contested else 0,
        reasons=dict(why.most_common()),
        lone_voice=_lone(marks),
    )


def reversals(views: Views, *, since: str | None = None, limit: int = 200) -> tuple[list[Reversal], int]:
    """Who changed sides on which claim, the latest to speak first: at most ``limit``, and how many there are.

    With ``since``, an ISO date or time in UTC, only those that no earlier ingest had brought to light.
    """
    turned = """coalesce(min(CASE WHEN {0} THEN stance END) != max(CASE WHEN {0} THEN stance END)
        AND min(CASE WHEN {0} THEN published END) != max(CASE WHEN {0} THEN published END), 0)"""
    known = f" AND NOT {turned.format('mark.met < ?')}" if since else ""
    pairs = [
        (row["claim_id"], row["voice"])
        for row in views.stream(
            # first, by index alone, the few claims on which a source is on both sides or a reprint speaks for itself
            f"""WITH turning(claim_id) AS (
                SELECT claim_id FROM mention WHERE stance != 'reports'
                GROUP BY source_id, claim_id HAVING min(stance) != max(stance)
                UNION SELECT claim_id FROM mention WHERE holders = '[]'
                AND document_id IN (SELECT id FROM document WHERE origin_id IS NOT NULL))
            SELECT mark.claim_id, mark.voice FROM turning CROSS JOIN standing CROSS JOIN mark
            ON standing.claim_id = turning.claim_id AND mark.claim_id = turning.claim_id
            WHERE standing.asserting AND standing.disputing AND mark.stance != 'reports' AND mark.published IS NOT NULL
            GROUP BY mark.claim_id, mark.voice HAVING {turned.format("1")}{known}
            ORDER BY max(mark.published) DESC, mark.claim_id, mark.voice""",
            [since] * known.count("?"),
        )
    ]
    page = pairs[:limit]
    ids = sorted({claim_id for claim_id, _ in page})
    claims = {claim.id: claim for claim in views.claims_by_id(ids)}
    marks: dict[tuple[int, int], list[dict[str, Any]]] = {pair: [] for pair in page}
    for mark in marks_on(views, ids, sorted({voice for _, voice in page})):
        if (pair := (mark["claim_id"], mark["voice"])) in marks:
            marks[pair].append(mark)
    found = [Reversal(claim=claims[pair[0]], voice=voices_of(mine)[0]) for pair, mine in marks.items()]
    return found, len(pairs)


def marks_on(views: Views, claim_ids: Sequence[int], voices: Sequence[int] = ()) -> list[dict[str, Any]]:
    """All marks on some claims, or those of some voices, by date."""
    within = f"AND mark.voice IN ({','.join('?' * len(voices))})" if voices else ""
    return list(
        views.stream(
            f"""SELECT mark.id, mark.claim_id, mark.stance, mark.score, mark.reason, mark.source_id AS said_by,
                mark.holders, mark.published, mark.outlet_id AS outlet, mark.voice, source.name
            FROM mark JOIN source ON source.id = mark.voice
            WHERE mark.claim_id IN ({",".join("?" * len(claim_ids))}) {within}
            ORDER BY mark.published IS NULL, mark.published, mark.id""",
            [*claim_ids, *voices],
        )
    )


def voices_of(marks: list[dict[str, Any]]) -> list[Voice]:
    """The voices of one claim's marks (see :func:`marks_on`), those with a side first."""
    by: dict[int, list[dict[str, Any]]] = {}
    for m in marks:
        by.setdefault(m["voice"], []).append(m)
    found = []
    for source_id, mine in by.items():
        turns = [
            Turn(published=m["published"], stance=m["stance"], mention_id=m["id"])
            for m in mine
            if m["stance"] != "reports"
        ]
        taken = {turn.stance for turn in turns}
        dates = [str(m["published"]) for m in mine if m["published"]]
        found.append(
            Voice(
                source_id=source_id,
                source=str(mine[0]["name"]),
                stance="both" if len(taken) > 1 else next(iter(taken), "reports"),
                turns=tuple(turns),
                first_seen=min(dates, default=None),
                last_seen=max(dates, default=None),
            )
        )
    order = ("both", "disputes", "asserts", "reports")
    return sorted(found, key=lambda v: (order.index(v.stance), v.first_seen or "~", v.source_id))


def _flips(taking: Iterable[tuple[int, str]]) -> int:
    """The fewest marks to lose until one side is empty, or one voice is left that takes both."""
    count = Counter(taking)
    total = sum(count.values())
    per_side, per_voice = Counter[str](), Counter[int]()
    for (voice, stance), n in count.items():
        per_side[stance] += n
        per_voice[voice] += n
    return min(min(per_side.values()), total - max(per_voice.values()))


def _lone(marks: list[dict[str, Any]]) -> str | None:
    ends = [m for m in marks if m["reason"] != "quotes"]
    people = {m["said_by"] for m in ends}
    quoted = all(m["holders"] != "[]" for m in ends)
    outlets = {m["outlet"] for m in marks} - people
    return str(ends[0]["name"]) if ends and quoted and len(people) == 1 and len(outlets) > 1 else None
