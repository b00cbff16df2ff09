"""A claim's wording: one plain sentence out of what was said, and the fittest of several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.wording import fitness, plain


@pytest.mark.parametrize(
    ("said", "worded"),
    [
        ("the mill will close", "The mill will close."),
        ("The mill will close.", "The mill will close."),
        ("“The mill will close,”", "The mill will close."),
        ('"The mill will close."', "The mill will close."),
        ("but, however, the mill will close", "The mill will close."),
        ("that the mill will close", "The mill will close."),
        ("That mill will close.", "That mill will close."),
        ("the mill\n  will\tclose ", "The mill will close."),
        ("Will the mill close?", "Will the mill close?"),
        ("the mill will close – ", "The mill will close."),
        ("the “old mill will close", "The old mill will close."),
        ("the “old” mill will close", "The “old” mill will close."),
        ("éclairs are banned", "Éclairs are banned."),
        ("the mill, Lund said, will close", "The mill will close."),
        ("the mill will close, he added.", "The mill will close."),
        ("if it floods, the local newspaper went on, the mill will close", "If it floods the mill will close."),
        ("the bank shut, the war went on, and the mill closed", "The bank shut, the war went on, and the mill closed."),
        ("the mill will close and that its owner will leave", "The mill will close and its owner will leave."),
        ("Lund hopes that it closes and that he leaves", "Lund hopes that it closes and that he leaves."),
        ("only that the mill will close", "The mill will close."),
        ("But for the mill, it would be quiet.", "But for the mill, it would be quiet."),
        ("So far the mill has stayed open.", "So far the mill has stayed open."),
        ("Because of the flood the mill closed.", "Because of the flood the mill closed."),
        ("Since 2014 the mill has been closed.", "Since 2014 the mill has been closed."),
        ("As owner, Lund closed the mill.", "As owner, Lund closed the mill."),
        ("because the mill will close", "The mill will close."),
        ("as the mill will close", "The mill will close."),
        ("whether the mill will close", "The mill will close."),
    ],
)
def test_a_sentence_by_itself(said: str, worded: str) -> None:
    assert plain(said) == worded


@pytest.mark.parametrize(
    "said",
    [
        "Instead of closing, the mill grew.",
        "As a result of the flood, the mill closed.",
        "In addition to the mill, the port closed.",
        "At the same time as the mill closed, the port grew.",
        "Thus far the mill has stayed open.",
        "Besides fines, the mill pays damages.",
        "Still life paintings hang in the mill.",
        "Then mayor Lund closed the mill.",
        "However hard Lund tried, the mill closed.",
        "Yet another mill closed.",
        "Only that mill was closed.",
        "Also hurt were two millers.",
    ],
)
def test_a_word_that_begins_something_else_stays(said: str) -> None:
    assert plain(said) == said


@pytest.mark.parametrize(
    ("said", "worded"),
    [
        ("Instead, the mill closed.", "The mill closed."),
        ("Instead it closed.", "It closed."),
        ("As a result, in addition, the mill closed.", "The mill closed."),
        ("Whether the mill will close has not been decided.", None),
        ("Whether the mill will close is unclear.", None),
        ("Whether the man who was shot will live is unclear.", None),
        ("Whether the mill closes depends on the council.", None),
        ("Whether or not the mill will close is unclear.", None),
        ("Whether it floods or not, the mill is lost.", None),
        ("whether or not the mill will close", "The mill will close."),
        ("whether the man who was shot will live", "The man who was shot will live."),
        ("whether Lund, despite the flood, should have a mill", "Lund, despite the flood, should have a mill."),
        ("As the mill closed, the town shrank.", None),
        ("because the mill was old, it closed", "Because the mill was old, it closed."),
        ("because, if it floods, the mill will close", "If it floods, the mill will close."),
        ("Because the mill will close, which hurts the town.", "The mill will close, which hurts the town."),
    ],
)
def test_what_hangs_a_clause_on_a_sentence_goes_where_the_clause_is_alone(said: str, worded: str | None) -> None:
    assert plain(said) == (worded or said)


@pytest.mark.parametrize("opening", ["The two towns", "Both", "The same week they", "A day later it"])
def test_a_sentence_that_leans_on_the_one_before_serves_less(opening: str) -> None:
    clear = fitness("Lund opened a mill by the river.", 0.7)
    assert fitness(f"{opening} opened a mill by the river.", 0.7) < clear - 0.2


@pytest.mark.parametrize("said", ["", "   ", "“”", "…", "but"])
def test_nothing_said_is_nothing_worded(said: str) -> None:
    assert plain(said) in {"", "But."}


@given(st.text(max_size=200))
def test_it_is_one_line_and_settles(said: str) -> None:
    once = plain(said)
    assert "\n" not in once
    assert once == "" or once[-1] in ".!?"
    assert plain(said) == once


def test_short_clear_and_central_is_fit() -> None:
    clear = "The mill in Vell will close this autumn."
    assert fitness(clear, 0.8) > fitness(clear, 0.6)
    assert fitness(clear, 0.8) > fitness("They will close it this autumn.", 0.8)
    assert fitness(clear, 0.8) > fitness("Will the mill in Vell close this autumn?", 0.8)
    assert fitness(clear, 0.8) > fitness("It closes.", 0.8)
    long = "The mill in Vell, which has stood by the river since anybody can remember, will close this autumn for good."
    assert fitness(clear, 0.8) > fitness(long, 0.8)


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("Since then, however, relations have become strained", "Relations have become strained."),
        ("the ministry was also able to help", "The ministry was able to help."),
        ("Lund has meanwhile not given up", "Lund has not given up."),
        ("Earlier in the year Lund named a deputy", "Lund named a deputy."),
        ("prices, for example, rose", "Prices rose."),
        ("at the time, prices rose", "Prices rose."),
        ("at the time of writing prices rose", "At the time of writing prices rose."),
        ("since then-mayor Lund left, prices rose", "Since then-mayor Lund left, prices rose."),
        ("the also-rans lost", "The also-rans lost."),
    ],
)
def test_what_leans_on_the_sentence_before_goes(said: str, claim: str) -> None:
    assert plain(said) == claim


def test_thousands_of_words_that_hang_on_nothing_cost_a_little() -> None:
    assert plain("whether " * 20_000).startswith("Whether")
