"""From a judgement and the words around it to a mark: every combination of cue, judgement and doubt."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.judge import Judgement
from claims.stance import (
    AGREE,
    CARRIES,
    CERTAIN,
    LEANS,
    REASONS,
    SAYS,
    SEEN,
    SURE,
    SURELY,
    Pair,
    both_ways,
    compose,
    could_dispute,
    weigh,
)
from claims.standing import contest

YES = Judgement(0.9, 0.06, 0.04)
NO = Judgement(0.05, 0.88, 0.07, but_for=0.8)
UNSURE = Judgement(0.2, 0.15, 0.65)
EITHER = Judgement(0.25, 0.75, 0.0)


@pytest.mark.parametrize(
    ("judged", "polarity", "stance", "reason"),
    [
        (YES, "asserts", "asserts", "same"),
        (YES, "disputes", "disputes", "denial"),
        (UNSURE, "asserts", "reports", "unclear"),
        (UNSURE, "disputes", "reports", "unclear"),
    ],
)
def test_a_cue_turns_what_it_introduces(judged: Judgement, polarity: str, stance: str, reason: str) -> None:
    mark = compose("prices rose", "Prices went up.", polarity, "plain", judged)  # type: ignore[arg-type]
    assert (mark.stance, mark.reason) == (stance, reason)
    assert mark.score == pytest.approx(judged.asserts, abs=1e-3)
    least = Judgement(SAYS + 0.01, 0.0, 0.99 - SAYS)
    assert compose("prices rose", "Prices went up.", "asserts", "plain", least).stance == "asserts"
    less = Judgement(SAYS - 0.01, 0.0, 1.01 - SAYS)
    assert compose("prices rose", "Prices went up.", "asserts", "plain", less).stance == "reports"


ON_IT = Judgement(SAYS - 0.02, 0.05, 0.97 - SAYS, same=CARRIES)


@pytest.mark.parametrize(
    ("judged", "stance"),
    [
        (ON_IT, "asserts"),
        (ON_IT._replace(same=CARRIES - 0.01), "reports"),
        (ON_IT._replace(same=None), "reports"),
        (ON_IT._replace(asserts=LEANS - 0.01, disputes=0.0), "reports"),
        (ON_IT._replace(disputes=SAYS - 0.02), "reports"),
    ],
    ids=["on the claim", "hardly on it", "who knows", "hardly leans", "leans nowhere"],
)
def test_leaning_to_a_claim_that_both_carry_is_taking_its_side(judged: Judgement, stance: str) -> None:
    mark, checks = weigh("prices rose", "Life got dearer.", "asserts", "plain", judged)
    assert mark.stance == stance
    if stance == "asserts":
        assert mark.reason == "carries" and "both carry one claim" in checks[1].detail


@pytest.mark.parametrize(("polarity", "factuality"), [("disputes", "plain"), ("asserts", "hedged")])
def test_what_is_turned_or_hedged_must_say_the_claim_itself(polarity: str, factuality: str) -> None:
    mark = compose("prices rose", "Life got dearer.", polarity, factuality, ON_IT)  # type: ignore[arg-type]
    assert mark.stance == "reports"


def test_leaning_against_a_claim_that_both_carry_is_no_dispute() -> None:
    mark = compose("prices fell", "Life got dearer.", "asserts", "plain", Judgement(0.0, 0.4, 0.6, same=0.9))
    assert mark.stance == "reports"


@pytest.mark.parametrize(
    ("polarity", "stance", "reason"), [("asserts", "asserts", "wording"), ("disputes", "disputes", "denial")]
)
def test_the_wording_itself_needs_no_judge(polarity: str, stance: str, reason: str) -> None:
    mark = compose("Prices rose.", "Prices rose.", polarity, "plain", UNSURE)  # type: ignore[arg-type]
    assert mark == (stance, 1.0, reason)


NO_AT_ALL = Judgement(0.02, 0.95, 0.03, but_for=0.9)


@pytest.mark.parametrize(
    ("said", "wording", "stance", "reason"),
    [
        ("Prices did not rise in the north", "Prices rose in the north.", "disputes", "contradicts"),
        ("Prices in the north have fallen sharply", "Prices in the north rose sharply.", "disputes", "direction"),
        ("12 miners were hurt in the collapse", "19 miners were hurt in the collapse.", "disputes", "number"),
        ("Twelve miners were hurt in the collapse", "12 miners were hurt in the collapse.", "reports", "unclear"),
        ("More than 10 miners were hurt", "12 miners were hurt.", "reports", "unclear"),
        ("12 miners were hurt in the collapse", "19 houses were lost in the collapse.", "reports", "scope"),
        ("In 2013 prices did not rise", "In 2018 prices rose.", "reports", "time"),
        ("The mine was not open on May 3", "On May 9 the mine was open.", "reports", "time"),
        ("The factory in Old Lyon was not closed", "The factory in New Ghent was closed.", "reports", "scope"),
        ("Prices might not rise in the north", "Prices rose in the north.", "reports", "hedged"),
        ("The treaty is a disgrace for the north", "The treaty is signed by the north.", "reports", "opinion"),
        ("The governor is known to the bank", "The bishop was never seen at the harbour.", "reports", "scope"),
        ("No increase of prices", "Prices rose.", "reports", "unclear"),
    ],
)
def test_a_dispute_needs_words_that_show_it(said: str, wording: str, stance: str, reason: str) -> None:
    judged = NO if reason != "unclear" else Judgement(0.1, 0.55, 0.35, but_for=0.9)
    mark = compose(said, wording, "asserts", "plain", judged)
    assert (mark.stance, mark.reason) == (stance, reason)


def test_without_such_words_there_is_none_however_sure_the_judge() -> None:
    mark = compose("The mine stayed open all summer", "The mine was idle all summer.", "asserts", "plain", NO_AT_ALL)
    assert (mark.stance, mark.reason) == ("reports", "unclear")


@pytest.mark.parametrize(("but_for", "stance"), [(None, "reports"), (0.3, "reports"), (0.6, "disputes")])
def test_but_for_what_they_differ_in_the_two_must_say_the_same(but_for: float | None, stance: str) -> None:
    said, wording = "Prices did not rise in the north", "Prices rose in the north of the valley."
    mark, checks = weigh(said, wording, "asserts", "plain", NO._replace(but_for=but_for))
    assert mark.stance == stance
    assert (checks[-1].name, checks[-1].passed) == (("negation", True) if stance == "disputes" else ("but for", False))


def test_an_answer_to_a_question_may_hold_doubtful_disputes() -> None:
    said, wording = "The capital welcomes the dam", "The ministry and the capital are unhappy with the new works."
    doubtful = Judgement(0.08, 0.4, 0.52)
    assert compose(said, wording, "asserts", "plain", doubtful).stance == "reports"
    assert compose(said, wording, "asserts", "plain", doubtful, sure=False) == ("disputes", 0.4, "contradicts")
    time = compose("In 2013 prices did not rise", "In 2018 prices rose.", "asserts", "plain", NO, sure=False)
    assert time.reason == "time", "what shows them to speak of different things still counts"


def test_another_number_is_not_the_same_said_again() -> None:
    mark = compose("12 miners were hurt", "19 miners were hurt.", "asserts", "plain", YES)
    assert (mark.stance, mark.reason) == ("reports", "number")


@pytest.mark.parametrize(
    ("content", "factuality", "cue", "stance", "reason"),
    [
        ("He took a bribe.", "plain", "denied", "disputes", "denial"),
        ("Taking a bribe.", "plain", "denied", "disputes", "denial"),
        ("Reports of a bribe.", "plain", "rejected", "disputes", "denial"),
        ("He took a bribe.", "hedged", "questioned whether", "reports", "hedged"),
        ("The northern mayor.", "plain", "rejected", "reports", "unclear"),
        ("Extending the northern line.", "plain", "opposed", "reports", "unclear"),
        ("The new line the council had planned.", "plain", "had rejected", "reports", "unclear"),
        ("The suggestion that he took a bribe.", "plain", "dismissed", "disputes", "denial"),
        ("He took a bribe.", "plain", "would deny", "reports", "unclear"),
        ("The criticism she received.", "plain", "brushed off", "reports", "unclear"),
        ("They had made policy arguments.", "plain", "disagreed", "reports", "unclear"),
        ("Courts should not rule on it.", "plain", "uses the dispute to raise a point", "reports", "unclear"),
        ("Tents were denied to those who had come.", "plain", "were denied", "reports", "unclear"),
        ("He took a bribe.", "plain", "disagreed:", "asserts", "wording"),
        ("Anything about the bribe.", "plain", "denied knowing", "reports", "unclear"),
        ("Visas to skilled welders.", "plain", "has been denying", "reports", "unclear"),
        ("Any involvement in the bribe.", "plain", "denying", "disputes", "denial"),
        ("He took a bribe.", "plain", "is denying", "disputes", "denial"),
        ("A permit that others had got.", "plain", "was denied", "reports", "unclear"),
        ("A suggestion to turn the mill into flats.", "plain", "rejected", "reports", "unclear"),
        ("Expanding the northern line.", "plain", "does not support", "reports", "unclear"),
    ],
)
def test_what_is_denied_must_be_something_said(
    content: str, factuality: str, cue: str, stance: str, reason: str
) -> None:
    mark = compose(content, content, "disputes", factuality, CERTAIN, cue)  # type: ignore[arg-type]
    assert (mark.stance, mark.reason) == (stance, reason)


@given(st.text(max_size=80), st.text(max_size=80))
def test_every_mark_says_how_it_came_about(said: str, wording: str) -> None:
    mark, checks = weigh(said, wording, "asserts", "plain", NO)
    assert checks and all(check.name and check.detail for check in checks)
    assert mark == compose(said, wording, "asserts", "plain", NO)


@pytest.mark.parametrize("judged", [EITHER, Judgement(0.0, 0.0, 1.0)])
def test_an_even_split_takes_no_side(judged: Judgement) -> None:
    assert compose("a b", "b a", "asserts", "plain", judged).stance == "reports"


scores = st.floats(0, 1).flatmap(lambda a: st.floats(0, 1 - a).map(lambda d: Judgement(a, d, 1 - a - d)))
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


def test_an_answer_to_a_question_presumes_agreement() -> None:
    either = Judgement(0.3, 0.3, 0.4)
    assert compose("what was said", "what is claimed", "asserts", "plain", either).stance == "reports"
    assert compose("what was said", "what is claimed", "asserts", "plain", either, sure=False).stance == "asserts"
    against = either._replace(disputes=0.3 * AGREE + 0.01)
    assert compose("what was said", "what is claimed", "asserts", "plain", against, sure=False).stance != "asserts"


@pytest.mark.parametrize(
    ("judged", "said"), [(YES, "Prices of coal rose up there"), (NO, "Prices of coal did not rise there")]
)
def test_turning_the_cue_turns_the_side(judged: Judgement, said: str) -> None:
    plainly = compose(said, "Prices of coal rose there.", "asserts", "plain", judged).stance
    turned = compose(said, "Prices of coal rose there.", "disputes", "plain", judged).stance
    assert {plainly, turned} == {"asserts", "disputes"}


def test_every_reason_is_explained() -> None:
    assert all(text and text[0].islower() for text in REASONS.values())


# -- read both ways


def test_a_dispute_must_be_one_both_ways() -> None:
    denial = Pair("Prices did not rise in the north", "Prices rose in the north.")
    agreement = Pair("Prices in the north went up", "Prices rose in the north.")
    stranger = Pair("The mayor was not at the meeting", "Prices rose in the north.")
    against = Judgement(0.1, 0.8, 0.1)
    further = {
        Pair(denial.hypothesis, denial.premise): Judgement(0.1, 0.2, 0.7),
        Pair("Prices rose in the north.", "Prices rise in the north"): Judgement(0.7, 0.1, 0.2),
        Pair("Prices rise in the north", "Prices rose in the north."): Judgement(0.6, 0.1, 0.3),
    }
    unshown = Pair("The north has become a cheap place to shop", "Prices rose in the north.")
    seen, less = Judgement(0.02, SURELY, 0.98 - SURELY), Judgement(0.1, 0.5, 0.4)
    back = {Pair(unshown.hypothesis, unshown.premise): less}
    answers = {
        denial: against, agreement: Judgement(0.9, 0.05, 0.05), unshown: seen,
        stranger: Judgement(0.1, SURELY - 0.01, 0.31), **further, **back,
    }  # fmt: skip
    asked: list[Pair] = []

    def ask(pairs: list[Pair]) -> list[Judgement]:
        asked.extend(pairs)
        return [answers[pair] for pair in pairs]

    found = both_ways([denial, agreement, denial, unshown, stranger], ask)
    assert found[denial][:3] == pytest.approx((0.1, 0.5, 0.4)), "the mean of both readings"
    assert found[denial].but_for == 0.7, "the surer of the two"
    assert found[agreement] == answers[agreement]
    assert found[unshown].disputes == pytest.approx((SURELY + 0.5) / 2) and found[unshown].but_for is None
    assert found[stranger] == answers[stranger], "words that show no dispute, and a judge who is not sure of one"
    assert asked == [denial, agreement, unshown, stranger, *further, *back]


def test_a_dispute_without_a_word_that_shows_it_must_be_seen_plainly_and_near() -> None:
    said, wording = "The harbour has been abandoned by its fishermen", "The fishermen of the harbour are doing well."
    sure = Judgement(0.02, 0.9, 0.08)
    near = SEEN
    assert compose(said, wording, "asserts", "plain", sure, near=near)[::2] == ("disputes", "contradicts")
    assert compose(said, wording, "asserts", "plain", sure, near=near - 0.01).stance == "reports"
    assert compose(said, wording, "asserts", "plain", sure).stance == "reports", "who put it there did not say how near"
    least = sure._replace(disputes=SURELY - 0.01)
    assert compose(said, wording, "asserts", "plain", least, near=1.3).stance == "reports", "however near"
    assert compose(said, wording, "disputes", "plain", sure, "denied that", near=near).stance == "asserts"
    vague = "They have left the harbour to itself"
    assert compose(vague, wording, "asserts", "plain", sure, near=near).stance == "reports", "who has?"
    most = "The harbour has no greater rival than the railway", "The railway is the harbour's chief rival."
    assert compose(*most, "asserts", "plain", sure, near=near).stance == "reports", "a no that says most"
    assert compose(*most, "asserts", "plain", sure._replace(but_for=0.9)).stance == "reports"
    other = "The people of Oslo and Bergen lost a harbour", "The people of Malmo and Lund have a harbour."
    assert compose(*other, "asserts", "plain", sure, near=near).stance == "reports", "other places"


# -- what may be a dispute


@pytest.mark.parametrize(
    ("said", "wording", "could"),
    [
        ("Prices did not rise in the north", "Prices rose in the north.", True),
        ("Prices in the north have fallen sharply", "Prices in the north rose sharply.", True),
        ("12 miners were hurt in the collapse", "19 miners were hurt in the collapse.", True),
        ("Prices in the north have risen sharply", "Prices in the north rose sharply.", False),
        ("In 2013 prices did not rise in the north", "In 2018 prices rose in the north.", False),
        ("The mayor was not at the meeting", "Prices rose in the north.", False),
    ],
)
def test_only_words_that_show_a_dispute_are_worth_a_question(said: str, wording: str, could: bool) -> None:
    assert could_dispute(said, wording) is could


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
