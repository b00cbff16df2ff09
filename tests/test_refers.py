"""What a statement refers back to: names where plain signs tell them, the words as they are elsewhere."""

from __future__ import annotations

import pytest

from claims.models import Sentence
from claims.sentences import spans
from claims.voices.holders import Resolver
from claims.voices.refers import meant


def last(text: str) -> str | None:
    """What the last sentence of a text means."""
    found = [Sentence(index=i, start=a, end=b, text=text[a:b]) for i, (a, b) in enumerate(spans(text))]
    one = found[-1]
    return meant(text, one.start, one.end, found, one.index, Resolver(text))


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("Trade between France and Spain grew. The two countries are friends.", "France and Spain are friends."),
        ("Trade between France and Spain grew. Both sides deny it.", "France and Spain deny it."),
        ("Paris and Madrid talk. The two neighbouring states’ border is open.", "Paris and Madrid’s border is open."),
        ("Ann Lee and Bob Ray met. The two leaders spoke.", "Ann Lee and Bob Ray spoke."),
        ("France raised its tariffs. It also closed a port.", "France also closed a port."),
        ("France raised its tariffs. However, its ports stayed open.", "However, France’s ports stayed open."),
        ("France and Spain signed. Their border is open.", "France and Spain’s border is open."),
        ("Today Ann Lee spoke. Lee runs the port. She wants to sell it.", "Lee wants to sell it."),
    ],
)
def test_a_name_for_what_is_referred_back_to(text: str, means: str) -> None:
    assert last(text) == means


@pytest.mark.parametrize(
    "text",
    [
        "It rained. The two countries are friends.",
        "France and Spain traded. France and Spain met. Then Chad and Mali fought. The two countries are friends.",
        "France and Spain traded. The two countries of Asia are friends.",
        "France and Spain traded, and the two countries France and Spain met.",
        "France raised its tariffs. It is clear that prices rose.",
        "France raised its tariffs. It took years.",
        "France’s ports closed. It raised its tariffs.",
        "France and Spain signed. It raised its tariffs.",
        "Analysts spoke. They deny it.",
        "Asked by reporters, the mill failed. She denied it.",
        "Mr Lee runs the port. She wants to sell it.",
        "It raised its tariffs.",
    ],
)
def test_what_is_not_plain_stays_as_it_was_said(text: str) -> None:
    assert last(text) is None


def test_many_names_and_pairs_cost_no_more_than_a_little_each() -> None:
    text = "The two countries met. It grew. " + "France and Spain met. The two countries traded. " * 5_000
    assert last(text) == "France and Spain traded."
    assert last("A " * 50_000 + "grew. She left.") is None
