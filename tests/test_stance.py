"""From a judgement and the words around it to a mark: every combination of cue, judgement and doubt."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.judge import Judgement
from claims.stance import REASONS, SURE, Opinion, Pair, about_the_same, both_ways, compose, numbers, years
from claims.standing import contest

YES = Judgement("asserts", 0.9, 0.06, 0.04)
NO = Judgement("disputes", 0.05, 0.88, 0.07)
UNSURE = Judgement("neutral", 0.3, 0.25, 0.45)
EITHER = Judgement("asserts", 0.5, 0.5, 0.0)


@pytest.mark.parametrize(
    ("judged", "polarity", "stance", "reason"),
    [
        (YES, "asserts", "asserts", "same"),
        (YES, "disputes", "disputes", "denial"),
        (NO, "asserts", "disputes", "contradicts"),
        (NO, "disputes", "asserts", "denies-denial"),
        (UNSURE, "asserts", "reports", "unclear"),
        (UNSURE, "disputes", "reports", "unclear"),
    ],
)
def test_a_cue_turns_what_it_introduces(judged: Judgement, polarity: str, stance: str, reason: str) -> None:
    mark = compose("prices rose", "Prices went up.", polarity, "plain", judged)  # type: ignore[arg-type]
    assert (mark.stance, mark.reason) == (stance, reason)
    assert mark.score == pytest.approx(max(judged.asserts, judged.disputes), abs=1e-3)


@pytest.mark.parametrize(
    ("polarity", "stance", "reason"), [("asserts", "asserts", "wording"), ("disputes", "disputes", "denial")]
)
def test_the_wording_itself_needs_no_judge(polarity: str, stance: str, reason: str) -> None:
    mark = compose("Prices rose.", "Prices rose.", polarity, "plain", UNSURE)  # type: ignore[arg-type]
    assert mark == (stance, 1.0, reason)


def test_another_number_is_named_as_the_reason() -> None:
    assert compose("12 died", "9 died.", "asserts", "plain", NO).reason == "number"
    assert compose("12 died", "Nobody died.", "asserts", "plain", NO).reason == "contradicts"
    assert compose("12 died", "12 lived.", "asserts", "plain", NO).reason == "contradicts"
    assert compose("1,200 died", "1200 lived.", "asserts", "plain", NO).reason == "contradicts"


@pytest.mark.parametrize("judged", [EITHER, Judgement("neutral", 0.0, 0.0, 1.0)])
def test_an_even_split_takes_no_side(judged: Judgement) -> None:
    assert compose("a b", "b a", "asserts", "plain", judged).stance == "reports"


scores = st.floats(0, 1).flatmap(lambda a: st.floats(0, 1 - a).map(lambda d: Judgement("neutral", a, d, 1 - a - d)))
polarities = st.sampled_from(["asserts", "disputes"])


@given(scores, polarities, st.sampled_from(["plain", "hedged", "distanced"]))
def test_marks_are_whole(judged: Judgement, polarity: str, factuality: str) -> None:
    mark = compose("what was said", "what is claimed", polarity, factuality, judged)  # type: ignore[arg-type]
    assert mark.stance in {"asserts", "disputes", "reports"}
    assert 0 <= mark.score <= 1
    assert mark.reason in REASONS
    if mark.stance != "reports":
        sides = judged.asserts + judged.disputes
        assert max(judged.asserts, judged.disputes) >= SURE * sides > 0, "no side is taken on a guess"


@given(scores)
def test_turning_the_cue_turns_the_side(judged: Judgement) -> None:
    said = compose("x", "y", "asserts", "plain", judged).stance
    turned = compose("x", "y", "disputes", "plain", judged).stance
    assert {said, turned} in ({"asserts", "disputes"}, {"reports"})


def test_every_reason_is_explained() -> None:
    assert all(text and text[0].islower() for text in REASONS.values())


# -- read both ways


def test_a_dispute_must_be_one_both_ways() -> None:
    answers = {
        Pair("a", "b"): Opinion(0.1, 0.8, 0.1), Pair("b", "a"): Opinion(0.1, 0.2, 0.7),
        Pair("c", "d"): Opinion(0.9, 0.05, 0.05),
    }  # fmt: skip
    asked: list[Pair] = []

    def ask(pairs: list[Pair]) -> list[Opinion]:
        asked.extend(pairs)
        return [answers[pair] for pair in pairs]

    found = both_ways([Pair("a", "b"), Pair("c", "d"), Pair("a", "b")], ask)
    assert found[Pair("a", "b")] == pytest.approx((0.1, 0.5, 0.4))
    assert found[Pair("c", "d")] == answers[Pair("c", "d")]
    assert asked == [Pair("a", "b"), Pair("c", "d"), Pair("b", "a")], "only what looks like a dispute is read again"


# -- is it about the same at all


def test_both_sides_count_as_about_the_same() -> None:
    assert about_the_same("a", "b", 0.8, YES) >= 0.5
    assert about_the_same("a", "b", 0.8, NO) >= 0.5, "a denial belongs to the claim it denies"
    assert about_the_same("a", "b", 0.8, Judgement("neutral", 0.05, 0.05, 0.9)) < 0.5


def test_another_year_is_another_claim() -> None:
    assert about_the_same("Trade fell in 2016", "Trade fell in 2019.", 0.95, YES) == 0.0
    assert about_the_same("Trade fell in 2016", "Trade fell.", 0.95, YES) > 0.5
    assert about_the_same("Trade fell in 2016 and 2019", "Trade fell in 2019.", 0.95, YES) > 0.5


@given(scores, st.floats(-1, 1), st.floats(-1, 1))
def test_nearer_is_never_less_sure(judged: Judgement, one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert 0 <= about_the_same("a", "b", low, judged) <= about_the_same("a", "b", high, judged) <= 1.0001


@pytest.mark.parametrize(
    ("text", "figures", "named"),
    [
        ("In 2019 it sold 1,200 tons", {"1200"}, {"2019"}),
        ("up 3.5 percent", {"3.5"}, set()),
        ("no figures", set(), set()),
        ("1950 to 1953", set(), {"1950", "1953"}),
        ("20190 units", {"20190"}, set()),
    ],
)
def test_numbers_and_years_are_told_apart(text: str, figures: set[str], named: set[str]) -> None:
    assert numbers(text) == figures
    assert years(text) == named


# -- how much a claim is contested


@pytest.mark.parametrize(
    ("asserting", "disputing", "expected"),
    [(0, 0, 0.0), (5, 0, 0.0), (0, 5, 0.0), (1, 1, 0.5), (2, 5, 0.6667), (5, 2, 0.6667), (9, 9, 0.9)],
)
def test_contest_grows_with_the_smaller_side(asserting: int, disputing: int, expected: float) -> None:
    assert contest(asserting, disputing, 1.0, 1.0) == pytest.approx(expected, abs=1e-4)


def test_contest_is_no_surer_than_its_less_certain_side() -> None:
    assert contest(1, 1, 1.0, 0.6) == pytest.approx(0.3)
    assert contest(1, 1, None, None) == 0.0
    for a, d in itertools.product(range(4), range(4)):
        assert contest(a, d, 0.9, 0.7) == contest(d, a, 0.7, 0.9)
