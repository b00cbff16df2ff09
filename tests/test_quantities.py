"""Numbers, times and names of two texts: can they stand together?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.contrast import negations, opposites, overlap
from claims.quantities import names, other_number, other_time, quantities, when


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("Twelve miners were hurt", [(12, 12)]),
        ("It cost $1.2 billion", [(1.2e9, 1.2e9)]),
        ("between ten and fifteen per cent", [(10, 15)]),
        ("more than 3,000 tonnes", [(3000, float("inf"))]),
        ("up to 40 houses", [(0, 40)]),
        ("half a million euros", [(5e5, 5e5)]),
        ("In May 2018, on 3 March and in 1949", []),
        ("no figures", []),
    ],
)
def test_quantities(text: str, ranges: list[tuple[float, float]]) -> None:
    assert [(q.low, q.high) for q in quantities(text)] == ranges


@pytest.mark.parametrize(
    ("one", "two", "differ"),
    [
        ("12 miners were hurt", "nineteen miners were hurt", True),
        ("12 miners were hurt", "19 houses burnt", False),
        ("about 100 miners", "104 miners", False),
        ("at least 10 miners", "12 miners", False),
        ("fewer than 10 miners", "12 miners", True),
        ("10 to 15 miners", "12 miners", False),
        ("20 percent of it", "47% of it", True),
        ("5 million dollars", "$7 million", True),
        ("12 of 40 miners", "19 miners", False),
        ("no miners", "19 miners", False),
    ],
)
def test_numbers_of_the_same(one: str, two: str, differ: bool) -> None:
    assert (other_number(one, two) is not None) is differ
    assert (other_number(two, one) is not None) is differ


@pytest.mark.parametrize(
    ("one", "two", "differ"),
    [
        ("in 2013", "in 2018", True),
        ("in 2013 and 2018", "in 2018", False),
        ("in 2013", "long ago", False),
        ("on August 25, 2018", "on July 14, 2018", True),
        ("on 25 August 2018", "in August 2018", False),
        ("on September 11", "on September 12", True),
        ("on Monday", "on Friday", True),
        ("May said so", "on 3 June", False),
    ],
)
def test_times(one: str, two: str, differ: bool) -> None:
    assert other_time(one, two) is differ
    assert other_time(two, one) is differ


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_compared(one: str, two: str) -> None:
    assert not other_time(one, one)
    assert other_number(one, one) is None
    assert (other_number(one, two) is None) is (other_number(two, one) is None)
    assert 0 <= overlap(one, two) <= 1
    assert isinstance(names(one), frozenset) and when(two).years is not None and negations(one) >= 0


def test_directions() -> None:
    assert opposites("Prices rose", "Prices fell") == ("rose", "fell")
    assert opposites("Prices rose and fell", "Prices fell") is None
    assert opposites("Prices rose", "Prices grew") is None


def test_names_are_capitalised_inside_a_sentence() -> None:
    assert names("The works of Ghent and Mr. Pell") == {"ghent", "pell"}
    assert names("Prices rose on Monday in May") == frozenset()
