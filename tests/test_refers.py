"""What a statement refers back to: names where plain signs tell them, the words as they are elsewhere."""

from __future__ import annotations

import pytest

from claims.models import Sentence, SourceKind
from claims.sentences import spans
from claims.voices.refers import Referring, Speaker


def meanings(text: str, by: Speaker | None = None) -> list[str | None]:
    """What each sentence of a text means."""
    found = [Sentence(index=i, start=a, end=b, text=text[a:b]) for i, (a, b) in enumerate(spans(text))]
    referring = Referring(text, found)
    return [referring.meant(one.start, one.end, one.index, by) for one in found]


def last(text: str, by: Speaker | None = None) -> str | None:
    return meanings(text, by)[-1]


def told(text: str, kind: SourceKind, name: str | None = None) -> str | None:
    """What is said in "source/ cue /content" means: the source of a kind, called by a name where it is a pronoun."""
    source, cue, content = text.split("/")
    ahead = f"Yesterday Ann Lee met Bob Ray. {source}"
    whole = f"{ahead}{cue}{content}"
    spoke = Speaker(name or source, kind, (len(ahead) - len(source), len(ahead)))
    sentences = [Sentence(index=i, start=a, end=b, text=whole[a:b]) for i, (a, b) in enumerate(spans(whole))]
    return Referring(whole, sentences).meant(len(ahead) + len(cue), len(whole), 1, spoke)


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
        ("France and Spain do not compete. Both are friends.", "France and Spain are friends."),
        ("On Monday Ann Lee and Bob Ray met. Both want peace.", "Ann Lee and Bob Ray want peace."),
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
        "France raised its tariffs. Both are friends.",
        "France and Spain met Ann Lee and Bob Ray. Both are friends.",
        "France and Spain signed. It rained. Both are friends.",
    ],
)
def test_what_is_not_plain_stays_as_it_was_said(text: str) -> None:
    assert last(text) is None


def test_speakers_talk_of_others() -> None:
    text = "Today Ann Lee spoke. Lee runs the port. She wants to sell it."
    end = (len(text), len(text))
    assert last(text) and last(text, Speaker("Bob Ray", "person", end)) is None
    text = "France and Spain met. The two countries gain."
    assert last(text, Speaker("Bob Ray", "person", end)) == "France and Spain gain."


@pytest.mark.parametrize(
    ("text", "kind", "means"),
    [
        ("Paris/ fears that /it would be pushed aside.", "state", "Paris would be pushed aside."),
        ("The ministry/ said /it will open the port.", "institution", "The ministry will open the port."),
        ("Harbour Watch/ says that /its boats are safe.", "institution", "Harbour Watch’s boats are safe."),
        ("Ann Lee/ told reporters on Monday that /she would leave.", "person", "Ann Lee would leave."),
        ("Lee/ denied that /her party lost.", "person", "Lee’s party lost."),
        ("Two analysts/ say /they expect rain.", "unnamed", "Two analysts expect rain."),
    ],
)
def test_who_says_it_is_put_in_where_it_begins_with_a_pronoun(text: str, kind: SourceKind, means: str) -> None:
    assert told(text, kind) == means


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Paris/ said that /it was clear that prices rose.", "state"),
        ("Paris/ said that /it was expected that prices rise.", "state"),
        ("The ministry/ told the company that /it will close.", "institution"),
        ("The ministry/ told Spain that /it will close.", "institution"),
        ("The report/ said, “/it will close.", "institution"),
        ("Ann Lee/ told Bob Ray /he would leave.", "person"),
        ("Mr Lee/ said /she would leave.", "person"),
        ("Neighbours/ said /he would leave.", "person"),
        ("Lee’s lawyer/ said /she would leave.", "person"),
        ("Ann Lee/ said /they would leave.", "person"),
        ("Lee/ amid accusations that /she would leave.", "person"),
        ("Their actions/ show that /they left.", "group"),
        ("The senator/ said /they would leave.", "unnamed"),
        ("Ann Lee/ said /he’d leave.", "person"),
        (f"Ann Lee/ said {'on ' * 20} that /she would leave.", "person"),
    ],
)
def test_who_says_it_is_not_put_in_where_another_may_be_meant(text: str, kind: SourceKind) -> None:
    assert told(text, kind) is None


def test_a_speaker_named_by_a_pronoun_is_put_in_by_name_and_one_named_by_a_role_is_not() -> None:
    assert told("He/ said /he would leave.", "person", "Bob Ray") == "Bob Ray would leave."
    assert told("The president/ said /he would leave.", "person", "Bob Ray") is None


def test_every_sentence_costs_a_little_however_many_names_there_are() -> None:
    found = meanings("France and Spain met. The two countries traded. " * 2_000)
    assert found[1::2] == ["France and Spain traded."] * 2_000
    assert not any(meanings("Ann Lee left. " + "A.A" * 6_000 + " grew. " + "Lee ran on. He ran. " * 20)[:2])
