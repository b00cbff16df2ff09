"""How the voices on a claim stand: both sides of one voice, how firm a contest is, one voice behind many outlets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import compress, product
from math import prod
from pathlib import Path

import pytest
import tiny

from claims.models import Document
from claims.sides import Sides, sides
from claims.standing import contest, spread
from claims.store import Store
from claims.views import Views

FACT = "the old bridge can carry heavy lorries"


def standing(database: Path, *said: tuple[str, str, str | None]) -> Sides:
    store = Store.open(database)
    tiny.pipeline(store).ingest(
        Document(path=f"{n}.txt", sha256=f"{n:064x}", text=text, outlet=outlet, published=published)
        for n, (outlet, text, published) in enumerate(said, 1)
    )
    store.close()
    views = Views.open(database)
    return sides(views, next(c.id for c in views.claims(everything=True) if "bridge" in c.text))


def test_a_voice_on_both_sides_changed_them(database: Path) -> None:
    found = standing(
        database,
        ("Gazette", f"The Harbour Ministry denied that {FACT}.", "2021-05-01"),
        ("Gazette", f"The Harbour Ministry said that {FACT}. ", "2020-01-01"),
        ("Wire", f"{FACT.capitalize()}.", "2020"),
    )
    ministry = next(v for v in found.voices if "Ministry" in v.source)
    assert ministry.stance == "both" and ministry.reversal
    assert [(t.published, t.stance) for t in ministry.turns] == [("2020-01-01", "asserts"), ("2021-05-01", "disputes")]
    assert (ministry.first_seen, ministry.last_seen) == ("2020-01-01", "2021-05-01")
    assert found.reasons == {"denial": 1}
    assert found.flips == 1 and 0 < found.chance <= 1 and found.low <= found.high <= 0.5


def test_one_person_behind_two_outlets(database: Path) -> None:
    quoted = [(o, f"The Harbour Ministry said that {FACT}.{' ' * n}", None) for n, o in enumerate(("Wire", "Gazette"))]
    found = standing(database, *quoted)
    assert found.lone_voice and "Ministry" in found.lone_voice
    assert (found.flips, found.chance, found.low, found.high) == (0, 0.0, 0.0, 0.0)


def test_a_second_voice_is_not_alone(database: Path) -> None:
    quoted = [(o, f"The Harbour Ministry said that {FACT}.{' ' * n}", None) for n, o in enumerate(("Wire", "Gazette"))]
    assert standing(database, *quoted, ("Ferryman", f"{FACT.capitalize()}.", None)).lone_voice is None


def test_the_spread_is_exact() -> None:
    assert spread([1.0, 1.0], [1.0, 1.0, 1.0]) == (1.0, 0.6667, 0.6667)
    assert spread([0.5], [0.5]) == (0.25, 0.0, 0.25)
    assert spread([1.0], [0.95]) == (0.95, 0.475, 0.475)
    chance, low, high = spread([0.9, 0.9], [0.6])
    assert chance == pytest.approx((1 - 0.1**2) * 0.6) and (low, high) == (0.0, 0.3)
    assert spread([], [0.9]) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("asserting", "disputing"),
    [
        ([1.0], [0.95]), ([0.8, 0.5, 0.5], [1.0]), ([0.9, 0.6, 0.3], [0.7, 0.99]), ([0.2], [0.2]),
        ([0.99, 0.95, 0.9, 0.9], [0.97, 0.92, 0.6]), ([0.7] * 5, [0.6] * 4),
    ],
)  # fmt: skip
def test_the_interval_is_of_the_score_that_is_shown(asserting: list[float], disputing: list[float]) -> None:
    def score(a: Sequence[float], d: Sequence[float]) -> float:
        return contest(len(a), len(d), max(a, default=None), max(d, default=None))

    chances = Counter[float]()  # of each score, over every way in which marks can hold or fail
    for holds in product((True, False), repeat=len(asserting) + len(disputing)):
        a, d = list(compress(asserting, holds)), list(compress(disputing, holds[len(asserting) :]))
        marks = zip([*asserting, *disputing], holds, strict=True)
        chances[score(a, d)] += prod(p if held else 1 - p for p, held in marks)
    chance, low, high = spread(asserting, disputing)
    assert chance == pytest.approx(1 - chances[0.0], abs=1e-4)
    assert low <= high == score(asserting, disputing)
    assert sum(p for value, p in chances.items() if low <= value <= high) >= 0.9 - 1e-9


def test_the_interval_of_a_claim_holds_its_score(views: Views) -> None:
    contested = views.claims(contested=True)
    assert contested and any(round(2 * claim.contest_score, 4) != 1 for claim in contested)
    for claim in contested:
        found = sides(views, claim.id)
        assert found.low <= claim.contest_score == found.high
