"""Numbers, times and names of two texts: can they stand together?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.contrast import negations, opposites, overlap
from claims.quantities import figures, named_years, names, other_number, other_time, other_year, quantities, when


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
        ("It cost $5m", [(5e6, 5e6)]),
        ("It cost 5bn euros or 2tn yen", [(5e9, 5e9), (2e12, 2e12)]),
        ("40k people and 5m voters", [(4e4, 4e4), (5e6, 5e6)]),
        ("a 5m wall and a 10k race", [(5, 5), (10, 10)]),
        ("a 401k plan, an H-1B visa and the G20", [(401, 401)]),
        ("from 2 to 10 percent", [(2, 2), (10, 10)]),
        ("ranging from 2 to 10 percent", [(2, 10)]),
        ("51 to 49", [(51, 51), (49, 49)]),
        ("5 and 6 men, or between 5 and 6 men", [(5, 5), (6, 6), (5, 6)]),
        ("-5 degrees, minus 6 degrees and 4-7 degrees", [(-5, -5), (-6, -6), (4, 7)]),
        ("below -5 degrees", [(float("-inf"), -5)]),
        ("no more than 40 men", [(0, 40)]),
        ("a third of the men", [(33, 33)]),
        ("two thirds of the men", [(67, 67)]),
        ("more than half of the men", [(50, float("inf"))]),
        ("the second half of the game, the third man, a third party", []),
        ("the first three quarters of 2019", [(3, 3)]),
        ("more than a dozen men", [(12, float("inf"))]),
        ("hundreds of men and tens of thousands of women", [(100, float("inf")), (1e4, float("inf"))]),
        ("Exports doubled", [(2, 2)]),
        ("He doubled down, and exports doubled to 10 percent", [(10, 10)]),
        ("in the 1990s and in his 20s", []),
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
        ("Exports declined 5 percent.", "Exports declined 15 percent.", True),
        ("The marines lost 12 men", "The marchers lost 19 men", True),
        ("40 cars were burned", "12 people were burned", False),
        ("40 cars burned", "12 people burned", False),
        ("3 of the men", "2 of the women", False),
        ("3 of the men", "7 men", True),
        ("12 U.S. soldiers", "40 U.S. tanks", False),
        ("1500 soldiers were sent", "2000 soldiers were sent", True),
        ("It costs $5m", "It costs 5 million dollars", False),
        ("It costs $5m", "It costs $7bn", True),
        ("a 5 km road", "a 3 mile road", False),
        ("a 5 km road", "a road of 9 kilometres", True),
        ("a 5-year sentence", "a 60 month sentence", False),
        ("It was -5 degrees", "It was 5 degrees", True),
        ("30 degrees Celsius", "86 degrees Fahrenheit", False),
        ("more than 40 miners", "30 miners", True),
        ("more than 40 miners", "400 miners", False),
        ("two thirds of voters", "a third of voters", True),
        ("half of voters", "80 percent of voters", True),
        ("a dozen miners", "13 miners", False),
        ("thousands of miners", "5,000 miners", False),
        ("Exports doubled", "Exports tripled", True),
        ("Exports doubled", "Exports rose 5 percent", False),
        ("Lund, 26, was hurt", "Lund was hurt by 4 of them", False),
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
        ("in 2019-20", "in 2020", False),
        ("12 may march in 2013", "in 2018", True),
    ],
)
def test_times(one: str, two: str, differ: bool) -> None:
    assert other_time(one, two) is differ
    assert other_time(two, one) is differ


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2000 soldiers were sent", set()),
        ("1500 Russian soldiers", set()),
        ("two thousand soldiers", set()),
        ("In 2016, a force of 2000 soldiers came", {2016}),
        ("in 2000 soldiers came", {2000}),
        ("May 2000 soldiers", {2000}),
        ("at least 1800 were hurt, some 1900 were not", set()),
        ("since at least 2014, in at least 1500 villages", {2014}),
        ("about 2000 votes, over $2000, 2000 miles, a 2000-mile border", set()),
        ("warmer than 1998, below 2005 levels, over 2018 election meddling", {1998, 2005, 2018}),
        ("the 2016 elections, 2020 contenders and 2012 presidential candidates", {2016, 2020, 2012}),
        ("the 2018 deaths of two men", {2018}),
        ("2019/20, 2008-09 and 1999-00", {2019, 2020, 2008, 2009, 1999, 2000}),
        ("on 2019-05-03 and 2017/02/19", {2019, 2017}),
        ("FY2019", {2019}),
        ("the 1990s", set()),
    ],
)
def test_years_are_no_counts(text: str, years: set[int]) -> None:
    assert named_years(text) == years


def test_counts_are_not_of_another_year() -> None:
    assert not other_year("2000 soldiers were sent", "1500 soldiers were sent")
    assert other_year("in 2000", "in 1500")


def test_the_text_of_a_number_is_found_again() -> None:
    """It is put in for another where what two texts differ in is evened out."""
    said = "In 2015 and on May 5 nineteen miners, a third of them, fled"
    assert all(q.text in figures(said) for q in quantities(said))


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
