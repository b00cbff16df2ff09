"""Proposing claims for statements: average linkage over all texts of a claim, exact, and the same however it grew."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.encode import Vectors, pack, unpack
from claims.link import CROWDED, MANY, WORDS, Linker, asked, crowd, nearness


def unit(*numbers: float) -> Vectors:
    vector = np.array(numbers, np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def some(count: int, dimension: int = 8, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return unpack(pack(vectors / np.linalg.norm(vectors, axis=1, keepdims=True)))


def test_an_empty_linker_proposes_nothing() -> None:
    assert Linker().candidates(some(3), 0.0, 5) == [[], [], []]
    assert len(Linker()) == 0


def test_no_statements_get_no_proposals() -> None:
    linker = Linker()
    linker.add(1, "a", unit(1, 0))
    assert linker.candidates(np.zeros((0, 0), np.float32), 0.0, 3) == []


def test_similarity_is_the_average_over_the_claims_texts() -> None:
    linker = Linker()
    linker.add(7, "a", unit(1, 0))
    linker.add(7, "b", unit(0, 1))
    ((found,),) = linker.candidates(unit(1, 0)[None], 0.0, 3)
    assert found.claim_id == 7
    assert found.similarity == pytest.approx(0.5)
    # single linkage would say 1.0, complete linkage 0.0


def test_the_same_text_counts_once() -> None:
    linker = Linker()
    linker.add(7, "a", unit(1, 0))
    for _ in range(5):
        linker.add(7, "b", unit(0, 1))
    assert linker.candidates(unit(1, 0)[None], 0.0, 3)[0][0].similarity == pytest.approx(0.5)


def test_one_text_under_two_claims_counts_in_both() -> None:
    linker = Linker()
    linker.add(1, "a", unit(1, 0))
    linker.add(2, "a", unit(1, 0))
    assert [c.claim_id for c in linker.candidates(unit(1, 0)[None], 0.5, 3)[0]] == [1, 2]


def test_best_first_and_no_more_than_asked() -> None:
    linker = Linker()
    for claim_id, vector in ((10, unit(1, 2)), (20, unit(1, 0)), (30, unit(1, 1)), (40, unit(-1, 0))):
        linker.add(claim_id, str(claim_id), vector)
    asked = unit(1, 0)[None]
    assert [c.claim_id for c in linker.candidates(asked, -1.0, 9)[0]] == [20, 30, 10, 40]
    assert [c.claim_id for c in linker.candidates(asked, -1.0, 2)[0]] == [20, 30]
    assert [c.claim_id for c in linker.candidates(asked, 0.6, 9)[0]] == [20, 30]
    assert linker.candidates(unit(0, -1)[None], 0.5, 9) == [[]]


@pytest.mark.parametrize("count", [30, 3000])
@pytest.mark.parametrize("most", [1, 3, 10, 29, 30, 31])
def test_of_equals_the_older_claims_are_proposed(count: int, most: int) -> None:
    """Which of many equally near claims are put before the judge must not hang on how a sort breaks ties."""
    linker = Linker()
    for claim_id in range(1, count + 1):
        linker.add(claim_id, "same", unit(1, 1))
    ids = [c.claim_id for c in linker.candidates(unit(1, 1)[None], 0.5, most)[0]]
    assert ids == list(range(1, min(most, count) + 1))


def test_growing_past_its_room_loses_nothing() -> None:
    vectors = some(2600, 4)
    linker = Linker()
    for claim_id, vector in enumerate(vectors, start=1):
        linker.add(claim_id, f"{claim_id}", vector)
    assert len(linker) == 2600
    for claim_id in (1, 1024, 1025, 2048, 2049, 2600):
        best = linker.candidates(vectors[claim_id - 1][None], 0.9, 1)[0][0]
        assert best.similarity == pytest.approx(1.0, abs=0.01)


def test_started_from_a_store_it_is_what_it_was() -> None:
    """Growing one by one, and starting from what is stored, must agree to the last bit."""
    vectors = some(300, 16)
    chance = random.Random(1)
    rows = [(chance.randint(1, 40), f"text {i}", pack(vectors[i][None])[0]) for i in range(300)]
    grown = Linker()
    for (claim_id, key, _), vector in zip(rows, vectors, strict=True):
        grown.add(claim_id, key, vector)
    loaded = Linker(rows)
    asked = some(50, 16, seed=9)
    assert grown.candidates(asked, -1.0, 5) == loaded.candidates(asked, -1.0, 5)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 9)), min_size=1, max_size=40),
    st.integers(0, 9),
    st.floats(-1, 1),
    st.integers(1, 8),
)
def test_it_is_the_plain_average_over_all(joins: list[tuple[int, int]], asked: int, least: float, most: int) -> None:
    vectors = some(10, 6, seed=3)
    linker = Linker()
    members: dict[int, list[int]] = {}
    for claim_id, text in joins:
        linker.add(claim_id, str(text), vectors[text])
        if text not in members.setdefault(claim_id, []):
            members[claim_id].append(text)
    average = {c: float(np.mean([vectors[t] @ vectors[asked] for t in texts])) for c, texts in members.items()}
    found = linker.candidates(vectors[asked][None], least, most)[0]
    for candidate in found:
        assert candidate.similarity == pytest.approx(average[candidate.claim_id], abs=1e-5)
        assert candidate.similarity >= least
    clear = [c for c, value in average.items() if value >= least + 1e-5]
    assert len(found) >= min(most, len(clear))
    assert [c.similarity for c in found] == sorted((c.similarity for c in found), reverse=True)


def test_mean_similarity_says_how_central_a_text_is() -> None:
    linker = Linker()
    texts = np.stack([unit(1, 0), unit(1, 0.2), unit(0, 1)])
    for key, vector in enumerate(texts):
        linker.add(5, str(key), vector)
    near, nearer, far = linker.mean_similarity(5, texts)
    assert nearer > near > far


def test_the_more_claims_there_are_the_nearer_one_must_be() -> None:
    bars = [crowd(claims) for claims in (0, 1, MANY, 10 * MANY, 100 * MANY)]
    assert bars[:3] == [0.0] * 3, "few claims are few, however few"
    assert bars[3] - bars[2] == pytest.approx(bars[4] - bars[3])
    assert bars[3] > bars[2]
    linker = Linker()
    linker.add(1, "a", unit(1, 0))
    ((plain,),) = linker.candidates(unit(1, 0)[None], 0.5, 1)
    ((crowded,),) = linker.candidates(unit(1, 0)[None], 0.5, 1, crowd=bars[3])
    assert crowded == plain._replace(likeness=plain.likeness - bars[3])
    bars = [asked(0.4, claims) for claims in (0, MANY, 10 * MANY, 100 * MANY)]
    assert bars[0] == bars[1] == 0.4 < bars[2] < bars[3] < 0.4 + CROWDED, "and the nearer for the judge to be asked"


def test_shared_words_make_up_for_likeness() -> None:
    said, wording = "The bridge at Ulm was closed in May.", "Officials closed the bridge at Ulm."
    near = nearness(said, wording, 0.5, 0.5)
    assert near is not None and near > 0.5 + WORDS / 2
    assert nearness(said, "Traffic over the Danube has come to a halt.", 0.5, 0.5) == 0.5, "words are not needed"
    assert nearness(said, wording, 0.3, 0.31 + WORDS) is None, "nor do they alone"


def test_what_says_too_little_is_like_itself_alone() -> None:
    assert nearness("It was closed.", "They closed.", 0.9, 0.5) is None
    assert nearness("But it was closed", "It was closed.", 0.9, 0.5) is not None


def test_another_year_is_another_claim() -> None:
    assert nearness("Exports of coal fell in 2017.", "Exports of coal fell in 2019.", 0.9, 0.5) is None
    assert nearness("Exports of coal fell in 2017.", "Coal exports fell in 2017.", 0.9, 0.5) is not None
