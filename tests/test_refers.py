"""What a statement refers back to: names where plain signs tell them, the words as they are elsewhere."""

from __future__ import annotations

import pytest

from claims.models import Sentence
from claims.sentences import spans
from claims.voices.refers import Referring


def meanings(text: str, quoted: bool = False) -> list[str | None]:
    """What each sentence of a text means."""
    found = [Sentence(index=i, start=a, end=b, text=text[a:b]) for i, (a, b) in enumerate(spans(text))]
    referring = Referring(text, found)
    return [referring.meant(one.start, one.end, one.index, quoted) for one in found]


def last(text: str, quoted: bool = False) -> str | None:
    return meanings(text, quoted)[-1]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("Trade between France and Spain grew. The two countries are friends.", "France and Spain are friends."),
        ("Trade between France and the Czech Republic grew. Both nations gain.", "France and Czech Republic gain."),
        ("Trade between France and Spain grew. Both sides deny it.", "France and Spain deny it."),
        ("Paris and Madrid talk. The two neighbouring countries’ coast is long.", "Paris and Madrid’s coast is long."),
        ("France and Spain met. Trade between the two countries in recent years fell.",
         "Trade between France and Spain in recent years fell."),
        ("Ann Lee and Bob Ray met. The two leaders spoke.", "Ann Lee and Bob Ray spoke."),
        ("France raised its tariffs. It also closed a port.", "France also closed a port."),
        ("France voted on Monday. It wants to leave.", "France wants to leave."),
        ("France raised its tariffs. However, its ports stayed open.", "However, France’s ports stayed open."),
        ("France and Spain signed. Their border is open.", "France and Spain’s border is open."),
        ("Today Ann Lee spoke. Lee runs the port. She wants to sell it.", "Lee wants to sell it."),
        ("Yesterday reporters met Ann Lee. Ann Lee runs the port. She left.", "Ann Lee left."),
        ("It blames the World Bank. World Bank rules changed. Its lawyers left.", "World Bank’s lawyers left."),
    ],
)  # fmt: skip
def test_a_name_for_what_is_referred_back_to(text: str, means: str) -> None:
    assert last(text) == means


@pytest.mark.parametrize(
    "text",
    [
        "It rained. The two countries are friends.",
        "France and Spain traded. France and Spain met. Then Chad and Mali fought. The two countries are friends.",
        "France and Spain traded. The two countries of Asia are friends.",
        "France and Spain traded, and the two countries France and Spain met.",
        "France and Germany will pay. The two other countries refused.",
        "France and Germany sent troops. The two African nations thanked them.",
        "Egypt and Jordan made peace. Iran is one of the two countries without a treaty.",
        "Trade between France and Spain grew. The union met the port. The two sides blamed each other.",
        "France and Spain signed. Tensions between China and Japan rose in Chad. The two countries trade a lot.",
        "France and Spain signed. Chinese and Japanese interests overlap. The two countries trade a lot.",
        "France raised its tariffs. It is clear that prices rose.",
        "France voted. It isn’t clear why.",
        "France voted. It has emerged that they lost.",
        "France voted. It took years.",
        "France bought a ship. It sank.",
        "France signed the deal. It expires soon.",
        "France accused Spain. It denied it.",
        "Ann Lee met Bob Ray. Lee praised Bob Ray. He left.",
        "France’s ports closed. It raised its tariffs.",
        "France and Spain signed. It raised its tariffs.",
        "France and Spain exchanged prisoners. They went home.",
        "Analysts spoke. They deny it.",
        "Asked by reporters, the mill failed. She denied it.",
        "Mr Lee runs the port. She wants to sell it.",
        "It raised its tariffs.",
    ],
)
def test_what_is_not_plain_stays_as_it_was_said(text: str) -> None:
    assert last(text) is None


def test_speakers_talk_of_others() -> None:
    text = "Today Ann Lee spoke. Lee runs the port. She wants to sell it."
    assert last(text) and last(text, quoted=True) is None
    assert last("France and Spain met. The two countries gain.", quoted=True) == "France and Spain gain."


def test_every_sentence_costs_a_little_however_many_names_there_are() -> None:
    found = meanings("France and Spain met. The two countries traded. " * 2_000)
    assert found[1::2] == ["France and Spain traded."] * 2_000
    assert not any(meanings("Ann Lee left. " + "A.A" * 6_000 + " grew. " + "Lee ran on. He ran. " * 20)[:2])
