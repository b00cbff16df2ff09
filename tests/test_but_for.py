"""What two texts differ in, evened out: the question that tells a dispute from a change of subject."""

from __future__ import annotations

import pytest

from claims.but_for import but_for, positive


@pytest.mark.parametrize(
    ("denied", "said"),
    [
        ("The bank never lent to the club", "The bank lent to the club"),
        ("The mill isn't safe", "The mill is safe"),
        ("The mayor won't resign", "The mayor will resign"),
        ("The council can't pay", "The council can pay"),
        ("The ferry did not sink", "The ferry sink"),
        ("Nobody was hurt", "somebody was hurt"),
        ("The town is no longer safe", "The town is still safe"),
        ("The mine failed to open", "The mine did open"),
        ("The report is false", "The report is true"),
        ("It was in fact not a coup", "It was a coup"),
    ],
)
def test_a_text_without_its_no(denied: str, said: str) -> None:
    assert positive(denied) == said


@pytest.mark.parametrize(
    ("denied", "said"),
    [
        ("The mine is not closed, and the union is pleased", "The mine is closed"),
        ("The union is pleased, but the mine was never closed", "the mine was closed"),
        ("It was not a strike: the workers were on leave", "It was a strike"),
        ("The mine, which was closed in May, is rich", "The mine, which was closed in May, is rich"),
        ("No ship came, and nobody was told", "ship came, and somebody was told"),
    ],
)
def test_a_no_reaches_to_the_end_of_its_clause(denied: str, said: str) -> None:
    assert positive(denied) == said


def test_who_says_no_must_be_denied_by_what_the_other_says() -> None:
    """What stands without a no is the premise: from it what the other denies must follow."""
    said, wording = "The bank never lent to the club", "The bank lent to the club's owner."
    assert but_for(said, wording) == (wording, "The bank lent to the club")
    assert but_for(wording, said) == (wording, "The bank lent to the club")


def test_numbers_and_directions_are_made_one() -> None:
    assert but_for("Nineteen miners fell ill", "12 miners fell ill.") == ("12 miners fell ill", "12 miners fell ill.")
    evened = but_for("Prices in the north have fallen", "Prices in the north rose.")
    assert evened == ("Prices in the north have rose", "Prices in the north rose.")


def test_nothing_to_even_out() -> None:
    assert but_for("The mayor spoke", "The council met.") is None
    assert but_for("The mayor did not speak", "The council never met.") is None


def test_a_number_is_evened_out_alone() -> None:
    found = but_for("In 2015 the port closed 5 mills.", "In 2015 the port closed 7 mills.")
    assert found == ("In 2015 the port closed 7 mills.", "In 2015 the port closed 7 mills.")
