"""How the voices on a claim stand: both sides of one voice, how firm a contest is, one voice behind many outlets."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny

from claims.models import Document
from claims.sides import Sides, sides
from claims.standing import spread
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
    assert spread([0.5], [0.5])[0] == pytest.approx(0.25)
    chance, low, high = spread([0.9, 0.9], [0.6])
    assert chance == pytest.approx((1 - 0.1**2) * 0.6) and (low, high) == (0.0, 0.5)
    assert spread([], [0.9]) == (0.0, 0.0, 0.0)
