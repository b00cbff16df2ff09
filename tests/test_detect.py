"""Claims and what is none."""

from __future__ import annotations

import pytest
import tiny

from claims.detect import Detector, claim_type, in_article, non_claim
from claims.errors import ModelError
from claims.models import Sentence


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Who paid for the harbour?", "question"),
        ("“But who paid for it?”", "question"),
        ("The harbour and its builders", "heading"),
        ("The minister had this to say, and she said:", "frame"),
        ("The letter reads as follows:", "frame"),
        ("Let us look at the figures.", "exhortation"),
        ("Please read the whole letter.", "exhortation"),
        ("It remains to be seen.", "transition"),
        ("But that is another story.", "transition"),
        ("Read more about the harbour here.", "boilerplate"),
        ("Follow us on all channels", "boilerplate"),
        ("***", "fragment"),
        ("The harbour was dredged in May.", None),
        ("Nine builders paid for the dredging, the ministry said.", None),
        ("The council should close the mine.", None),
        ("This is the worst winter since 1990.", None),
    ],
)
def test_form(text: str, why: str | None) -> None:
    assert non_claim(text) == why


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The port handled 40 million tons.", "figure"),
        ("The bridge will close next year.", "forecast"),
        ("The council must close the mine.", "position"),
        ("The minister visited the island on May 4.", "event"),
        ("The visit shows how close the two islands have become.", "interpretation"),
    ],
)
def test_types(text: str, kind: str) -> None:
    assert claim_type(text) == kind


def test_in_an_article_a_low_score_alone_unmakes_only_short_sentences() -> None:
    text = "The council met on the island in May and agreed on the new fishing quotas."
    long = Sentence(index=0, start=0, end=len(text), text=text)
    assert in_article(long, 0.01).is_claim
    short = Sentence(index=0, start=0, end=13, text="It is what it is.")
    assert not in_article(short, 0.01).is_claim
    assert not in_article(long.model_copy(update={"kind": "heading"}), 0.9).is_claim


def test_loose_sentences(tiny_models: tiny.Models) -> None:
    detector = Detector(tiny_models.voices)
    texts = ["The bridge will close.", "", "Who paid?", "The bridge will close."]
    found = detector.detect(texts)
    assert len(found) == 4
    assert found[0] == found[3]
    assert not found[1].is_claim
    assert not found[2].is_claim
    assert all((d.claim_type is not None) == d.is_claim for d in found)
    assert all(0 <= d.score <= 1 for d in found)
    assert detector.detect(texts[:1]) == found[:1]
    assert detector.detect([]) == []


def test_a_missing_model_is_said(tmp_path: object) -> None:
    with pytest.raises(ModelError, match="no usable voices model"):
        Detector(f"{tmp_path}/none").detect(["The bridge will close."])


def test_the_shipped_model_tells_a_fact_from_a_wish() -> None:
    fact, wish = Detector().detect(
        ["Last year the state spent $40 million on twelve new schools.", "May we all find the courage to dream again."]
    )
    assert fact.is_claim
    assert not wish.is_claim
