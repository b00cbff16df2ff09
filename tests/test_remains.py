"""What is left of a sentence for its author, cut so that it stands by itself."""

from __future__ import annotations

import pytest

from claims.voices.remains import cut, main_verb


def left(text: str, *, last: bool = False, subject: bool = False) -> str | None:
    found = cut(text, 0, len(text), last=last, subject=subject)
    return None if found is None else text[slice(*found)]


@pytest.mark.parametrize(
    ("part", "stands"),
    [
        ("The mayor met the owners on Monday and", "The mayor met the owners on Monday"),
        ("The owners have not openly backed the plan, but the", "The owners have not openly backed the plan"),
        ("The mine was flooded in spring because", "The mine was flooded in spring"),
        ("The dispute over the mine has lasted for years, with", "The dispute over the mine has lasted for years"),
        ("Critics welcomed the new rules, even though they", "Critics welcomed the new rules"),
        ("While the mine was meant to serve the town", "the mine was meant to serve the town"),
        ("Although the council voted for the bridge", "the council voted for the bridge"),
    ],
)
def test_what_hangs_in_the_air_goes(part: str, stands: str) -> None:
    assert left(part) == stands


@pytest.mark.parametrize(
    "part",
    [
        "During a forum on mining held in Oslo",
        "When the new mayor took office in May",
        "Almost immediately after the mine was closed last week",
        "adding that the water was to blame for all of it",
        "which has cost the town a hundred jobs",
        "who asked not to be named in this report",
        "As keeping the owners away from its",
        "Setting aside the question of how it was obtained, it",
        "Citing several people at the ministry",
        "The three towns along the river are among",
        "Asked whether the town was told of it",
    ],
)
def test_what_cannot_stand_is_nobodys_claim(part: str) -> None:
    assert left(part) is None


def test_at_the_end_of_a_sentence_nothing_was_cut_off() -> None:
    assert left("That is the post the mayor was looking for", last=True) == "That is the post the mayor was looking for"


def test_the_subject_of_the_words_that_follow_goes_with_them() -> None:
    part = "Tempers rose after the new head of the mine"
    assert left(part, subject=True) == "Tempers rose"
    part = "The mayor spoke to the council before noon"
    assert left(part) == part


def test_a_verb_of_a_clause_inside_is_not_its_own() -> None:
    assert not main_verb("Rules that would also help the owners")
    assert not main_verb("The question of how it was obtained")
    assert main_verb("Rules that would help the owners were dropped")
    assert main_verb("The mine that closed was sold")


def test_long_runs_take_no_long_time() -> None:
    for part in ("and " * 20_000, ", it" * 20_000, "which was " * 10_000, "the " * 20_000, " " * 50_000, "a, " * 3_000):
        left(f"The mine closed {part}")
        left(part)
