"""Denials that point back, and what is said of others' words: what is denied is the clause itself."""

from __future__ import annotations

import pytest

from claims.contrast import MAYBE, deniable
from claims.models import Attribution, Document, Factuality, Polarity, Sentence, Span, Statement
from claims.sentences import spans
from claims.stance import CERTAIN, compose
from claims.voices import cues
from claims.voices import statements as build
from claims.voices.denials import pointing_back
from claims.voices.frames import inside
from claims.voices.holders import Resolver


def told(text: str, polarity: Polarity, cue: str, factuality: Factuality = "plain") -> Statement:
    return Statement(
        sentence_index=0, start=10, end=10 + len(text), text=text, holders=("the hospital", "the paper"),
        kinds=("institution", "outlet"), polarity=polarity, factuality=factuality, cue=cue,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "polarity", "cue", "inner"),
    [
        ("reports that it would close the mine", "disputes", "denied", "it would close the mine"),
        ("fantasy the claim that it had used steel", "disputes", "dismissed as", "it had used steel"),
        ("the union's claim that the mine leaks as baseless", "disputes", "rejected", "the mine leaks"),
        ("any chlorine had escaped", "disputes", "denied", "chlorine had escaped"),
        ("the union’s claim that 40 were hurt is false", "asserts", "said", "40 were hurt"),
        ("It is not true that the mine is unsafe", "asserts", "said", "the mine is unsafe"),
        ("the report that the king had died a fabrication", "asserts", "called", "the king had died"),
        ("it dumped waste were false", "asserts", "said reports", "it dumped waste"),
    ],
)
def test_what_is_denied_is_the_clause_inside(text: str, polarity: Polarity, cue: str, inner: str) -> None:
    found = inside(told(text, polarity, cue))
    assert (found.text, found.polarity, found.holders) == (inner, "disputes", ("the hospital", "the paper"))
    assert (found.start, found.end) == (10 + text.index(inner), 10 + text.index(inner) + len(inner))


@pytest.mark.parametrize("cue", ["denied", "rejected", "has repeatedly dismissed", "contested"])
def test_who_rejects_reports_disputes_what_they_say(cue: str) -> None:
    found = inside(told("reports that 40 people were hurt in the blast", "disputes", cue))
    mark = compose(found.means, "In the blast 40 people were hurt.", "disputes", "plain", CERTAIN, found.cue)
    assert (mark.stance, mark.reason) == ("disputes", "denial")
    plan = compose("the plan that was made", "The plan was made.", "disputes", "plain", CERTAIN, "rejected")
    assert plan.stance == "reports", "a plan is no words"


def test_the_month_of_may_is_no_doubt() -> None:
    assert MAYBE.search("it may close") and MAYBE.search("May we close it?") and not MAYBE.search("closed in May")


def test_whose_words_are_called_wrong_does_not_deny_them() -> None:
    found = inside(told("14 workers were hurt was wrong", "asserts", "report"))
    assert (found.text, found.polarity, found.holders, found.kinds) == (
        "14 workers were hurt", "disputes", ("the hospital",), ("institution",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "polarity", "cue"),
    [
        ("the mine is unsafe", "asserts", "said"),
        ("the mine is unsafe", "disputes", "denied"),
        ("the plan was wrong", "asserts", "said"),
        ("the report was published on Monday", "asserts", "said"),
        ("any talks", "disputes", "denied"),
    ],
)
def test_other_statements_stay(text: str, polarity: Polarity, cue: str) -> None:
    said = told(text, polarity, cue)
    assert inside(said) == said


def test_long_runs_of_blanks_cost_a_little() -> None:
    for text in (f"x{' ' * 50_000}y", f"x{', ' * 50_000}y"):
        assert inside(told(text, "asserts", "called")).polarity == "asserts"


def test_what_is_only_asked_takes_no_side() -> None:
    found = inside(told("whether the mine is unsafe", "asserts", "asked"))
    assert (found.polarity, found.factuality) == ("disputes", "distanced")


def read(text: str, *contents: str, holder: str = "The rebels") -> list[Statement]:
    """The statements of a text in which a holder says these contents, after looking for denials."""
    sentences = [Sentence(index=i, start=a, end=b, text=text[a:b]) for i, (a, b) in enumerate(spans(text))]
    said = []
    for content in contents:
        start = text.index(content)
        at = next(s.index for s in sentences if s.start <= start < s.end)
        said.append(
            Statement(
                sentence_index=at, start=start, end=start + len(content), text=content, holders=(holder,),
                kinds=("group",), cue="said",
            )
        )  # fmt: skip
    document = Document(path="a.txt", text=text, sha256="0" * 64, encoding="utf-8")
    return pointing_back(document, sentences, said, Resolver(text))


@pytest.mark.parametrize(
    "denial",
    [
        "The army denied it.",
        "But the army has repeatedly denied the allegations.",
        "The army rejected the claim as absurd.",
        "The army dismisses such reports.",
    ],
)
def test_a_denial_points_back_to_what_was_said_just_before(denial: str) -> None:
    content = "the army had shelled the town"
    said, denied = read(f"The rebels said that {content}. {denial}", content)
    assert said.means == content
    assert (denied.holders[0].lower(), denied.polarity, denied.means) == ("the army", "disputes", content)
    assert denied.text in denial and denied.sentence_index == 1
    mark = compose(denied.means, "The town was shelled by the army.", "disputes", "plain", CERTAIN, denied.cue)
    assert mark.stance == "disputes"


@pytest.mark.parametrize(
    "clause", [", but the army denied it", ", which the army denies", ", a claim the army disputes"]
)
def test_a_denial_may_stand_in_the_same_sentence(clause: str) -> None:
    content = "the mine would close"
    said, denied = read(f"The rebels said that {content}{clause}.", f"{content}{clause}")
    assert said.text == content and denied.means == content
    assert (denied.holders, denied.polarity) == (("the army",), "disputes")


@pytest.mark.parametrize(
    "denial",
    [
        "Nobody denied it.",
        "The army denied him a visa.",
        "The army did not deny it.",
        "The army would deny it.",
        "After the army denied it, talks began.",
        "The rebels denied it.",
        "The army denied the town water.",
    ],
)
def test_what_denies_nothing_of_it_is_left(denial: str) -> None:
    content = "the army had shelled the town"
    assert len(read(f"The rebels said that {content}. {denial}", content)) == 1


def test_where_two_things_were_said_it_is_open_which_is_denied() -> None:
    text = "The rebels said that the army left and said that the town burned. The army denied it."
    assert len(read(text, "the army left", "the town burned")) == 2


def test_that_somebody_accused_another_is_not_what_is_denied() -> None:
    assert len(read("The rebels said the army lied. The army denied it.", "The rebels said the army lied")) == 1


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("The plant's owner, Brenner Works, denied it.", "The plant's owner", "Brenner Works"),
        ("The environment minister, Otto Falk, said so.", "The environment minister, Otto Falk,", "Otto Falk"),
        ("The minister, on Monday, said so.", "The minister", "The minister"),
        ("The minister, However, said so.", "The minister", "The minister"),
    ],
)
def test_a_source_goes_by_the_name_behind_what_it_is(text: str, source: str, name: str) -> None:
    assert Resolver(text).resolve(0, len(source)).name == name


@pytest.mark.parametrize(
    ("content", "cue"),
    [
        ("the claim that the mine is unsafe", "rejected"),
        ("the mine was unsafe", "dismissed the idea"),
        ("suggestions it knew of the leak", "dismissed"),
        ("taking a bribe from the owners", "denied"),
        ("allegations of fraud at the mine", "refuted"),
    ],
)
def test_what_can_be_denied(content: str, cue: str) -> None:
    assert deniable(content, cue)


@pytest.mark.parametrize(
    ("content", "cue"),
    [
        ("one idea that would replace the tariffs", "have rejected"),
        ("the suggestion of a land deal", "dismissed"),
        ("all the allegations against him", "denied"),
        ("the report as routine politics", "dismissed"),
        ("what opponents claim were maps drawn for gain", "challenging"),
        ("down from the assertion", "refuses to back"),
        ("banning him and his paper", "is wrong"),
        ("it would", "rejected the claim"),
        ("the mine to be sold by the state", "does not call for"),
        ("their proposals and accusations of fraud", "ready to rebut"),
    ],
)
def test_what_nobody_calls_untrue(content: str, cue: str) -> None:
    assert not deniable(content, cue)


def test_a_claim_that_is_called_debunked_is_denied_by_nobody_there() -> None:
    assert cues.classify("debunked claim", "he repeated the ").factuality == "distanced"
    assert cues.classify("debunked", "The ministry has ").factuality == "plain"


def test_what_a_denier_says_himself_he_does_not_deny() -> None:
    text = "Pell disputed the account: “I only asked for the papers.”"
    a, b = text.index("the account"), text.index(".”")
    voice = build.Voice(
        Attribution(
            source=Span(start=0, end=4), cue=Span(start=5, end=13), content=(Span(start=a, end=b),), polarity="disputes"
        ),
        cues.classify("disputed"), "disputed", ("Pell",), ("person",), "disputes", "plain",
    )  # fmt: skip
    document = Document(path="a.txt", text=text, sha256="0" * 64)
    (said,) = build.statements(document, [Sentence(index=0, start=0, end=len(text), text=text, is_claim=True)], [voice])
    assert (said.text, said.polarity) == ("I only asked for the papers", "asserts")


def test_of_what_is_said_of_one_person_that_one_is_who_denies_it() -> None:
    text = "Two women said they had met Arthur Lee at the mine, which he denies."
    (said, denial) = read(text, "they had met Arthur Lee at the mine", holder="Two women")
    assert (denial.holders, denial.polarity, denial.meant) == (("Arthur Lee",), "disputes", said.text)


@pytest.mark.parametrize("told_of", ["She claimed the army had shelled it", "There is a report that they shelled it"])
def test_the_telling_of_it_is_not_what_is_denied(told_of: str) -> None:
    assert all(s.polarity == "asserts" for s in read(f"The rebels said: {told_of}. The army denied it.", told_of))
