"""What cue words do."""

from __future__ import annotations

import pytest

from claims.stance import CERTAIN, compose
from claims.voices.cues import classify, lemma


@pytest.mark.parametrize(
    ("before", "cue", "polarity", "factuality"),
    [
        ("", "said", "asserts", "plain"),
        ("", "warned", "asserts", "plain"),
        ("", "according to", "asserts", "plain"),
        ("", "has denied", "disputes", "plain"),
        ("", "rejected", "disputes", "plain"),
        ("", "dismissed as false", "disputes", "plain"),
        ("", "refuted", "disputes", "plain"),
        ("", "ruled out", "disputes", "plain"),
        ("", "doubted", "disputes", "hedged"),
        ("", "cast doubt on", "disputes", "hedged"),
        ("", "suggested", "asserts", "hedged"),
        ("", "believes", "asserts", "hedged"),
        ("", "claimed", "asserts", "distanced"),
        ("", "allegedly said", "asserts", "distanced"),
        ("", "did not deny", "disputes", "distanced"),
        ("", "neither confirmed nor denied", "disputes", "distanced"),
        ("", "stopped short of denying", "disputes", "distanced"),
        ("", "withdrew his statement", "disputes", "distanced"),
        ("", "walked back his claim", "disputes", "distanced"),
        ("", "was wrong to report", "disputes", "distanced"),
        ("", "has yet to say", "disputes", "distanced"),
        ("", "does not doubt", "asserts", "hedged"),
        ("", "threw out", "disputes", "plain"),
        ("An official who asked not to be named", "said", "asserts", "plain"),
        ("The head of the failed bank", "said", "asserts", "plain"),
        ("Nobody at the ministry", "said", "disputes", "distanced"),
        ("", "reluctantly admitted", "asserts", "plain"),
        ("She did not", "say", "disputes", "distanced"),
        ("", "failed to confirm", "disputes", "distanced"),
        ("", "could not confirm", "disputes", "distanced"),
        ("", "does not believe", "disputes", "hedged"),
        ("the council, which did not answer,", "said", "asserts", "plain"),
        ("", "flurbled", "asserts", "plain"),
    ],
)
def test_polarity_and_factuality(before: str, cue: str, polarity: str, factuality: str) -> None:
    found = classify(cue, before)
    assert (found.polarity, found.factuality) == (polarity, factuality)


@pytest.mark.parametrize(
    ("cue", "kind"),
    [
        ("said", "say"),
        ("fears", "think"),
        ("shows", "show"),
        ("wants", "want"),
        ("refused", "act"),
        ("seems", "seem"),
        ("opposes", "side"),
        ("called for", "side"),
    ],
)
def test_kinds(cue: str, kind: str) -> None:
    assert classify(cue).kind == kind


def test_forms_lead_to_their_entry() -> None:
    forms = {"denies": "deny", "arguing": "argue", "admitted": "admit", "told": "tell", "stressed": "stress"}
    assert {f: lemma(f) for f in forms} == forms
    assert lemma("herring") is None


def test_an_unknown_cue_says_so() -> None:
    assert not classify("flurbled").known


@pytest.mark.parametrize(
    ("cue", "before"),
    [
        ("proves", "None of this "),
        ("to show", "saw nothing in the list, all 236 pages of it, "),
        ("suggests", "Nothing "),
        ("say", "did not "),
    ],
)
def test_what_is_not_said_is_no_assertion(cue: str, before: str) -> None:
    found = classify(cue, before)
    assert (found.polarity, found.factuality) == ("disputes", "distanced")
    mark = compose("The dam was safe.", "The dam was safe.", found.polarity, found.factuality, CERTAIN, cue)
    assert mark.stance == "reports"
