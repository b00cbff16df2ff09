"""Clustering: exact average linkage over near neighbours, the same whatever the order, and no table of all pairs."""

from __future__ import annotations

import json
import random
import tracemalloc

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import FACTS, Bag, denied

from claims.cli import main
from claims.cluster import BLOCK, CELL, cluster, linkage, neighbours, words
from claims.encode import Vectors


def some(count: int, dimension: int = 8, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def groups(names: list[int] | list[int | None]) -> set[frozenset[int]]:
    """Which positions are together, whatever they are called."""
    found: dict[int | None, set[int]] = {}
    for i, name in enumerate(names):
        found.setdefault(name if name is not None else -1 - i, set()).add(i)
    return {frozenset(members) for members in found.values()}


@pytest.mark.parametrize("count", [0, 1, 2, BLOCK, BLOCK + 1, 2 * BLOCK + 7])
def test_neighbours_are_every_pair_that_is_near(count: int) -> None:
    vectors = some(count, 6) if count else np.zeros((0, 0), np.float32)
    found = neighbours(vectors, 0.8, count or 1)
    near = vectors @ vectors.T
    expected = {(int(i), int(j)) for i, j in np.argwhere(near >= 0.8) if i < j}
    assert set(zip(found.a.tolist(), found.b.tolist(), strict=True)) == expected
    assert found.value == pytest.approx(near[found.a, found.b], abs=1e-5)


def test_of_many_neighbours_the_nearest_are_kept() -> None:
    found = neighbours(some(700, 2), 0.0, 3)
    assert np.bincount(found.b).max() == 3
    assert found.value[found.b >= 600].min() > 0.99


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 60), st.floats(0.2, 0.9), st.integers(0, 1000))
def test_it_is_average_linkage(count: int, least: float, seed: int) -> None:
    from scipy.cluster.hierarchy import average, fcluster

    vectors = some(count, 5, seed)
    distance = 1 - (vectors.astype(float) @ vectors.T.astype(float))[np.triu_indices(count, 1)]
    expected = fcluster(average(distance), 1 - least, "distance")
    found = linkage(vectors, neighbours(vectors, least, count), least)
    assert groups(found.tolist()) == groups(expected.tolist())


def test_of_very_many_the_pairs_that_share_a_cell_are_compared() -> None:
    centres = some(600, 48, 1)
    vectors = np.repeat(centres, 10, axis=0) + 0.4 * some(6000, 48, 2)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors[np.random.default_rng(4).permutation(6000)]
    everything, found, again = (neighbours(vectors, 0.6, exact=exact) for exact in (6000, 0, 0))
    pairs = {(a, b): v for a, b, v in zip(*(x.tolist() for x in everything), strict=True)}
    mine = {(a, b): v for a, b, v in zip(*(x.tolist() for x in found), strict=True)}
    assert mine.keys() <= pairs.keys() and len(mine) > 0.95 * len(pairs)
    assert all(v == pytest.approx(pairs[pair], abs=1e-5) for pair, v in mine.items())
    assert all((x == y).all() for x, y in zip(found, again, strict=True)), "the same for the same input"
    kept = np.bincount(neighbours(vectors, 0.0, 3, exact=0).b)
    assert kept.max() == 3
    same = groups(linkage(vectors, everything, 0.6).tolist()) & groups(linkage(vectors, found, 0.6).tolist())
    assert len(same) > 0.95 * len(set(linkage(vectors, everything, 0.6).tolist()))


def test_many_that_hardly_differ_do_not_part_for_ever() -> None:
    vectors = np.repeat(some(1, 8), 3 * CELL, axis=0)
    found = neighbours(vectors, 0.9, 5, exact=0)
    assert np.bincount(found.b).max() == 5 and (found.a < found.b).all()


def test_words_count_by_their_rarity_in_the_texts_themselves() -> None:
    texts = ["the port of Vell was sold", "Vell had strikes", "the mayor was ill", "the sea was calm"]
    found = words(texts)
    near = found @ found.T
    assert np.diag(near) == pytest.approx(1, abs=1e-5)
    assert near[0, 1] > max(near[0, 2:]) + 0.05, "one rare word outweighs two common ones"
    assert (words(texts) == found).all() and words([]).shape == (0, found.shape[1])


def test_order_and_repetition_play_no_part() -> None:
    texts = [*FACTS, *map(denied, FACTS), "A quite different thing.", "a quite different thing"]
    before = groups(cluster(texts, Bag().encode))
    chance = random.Random(3)
    for _ in range(5):
        order = chance.sample(range(len(texts)), len(texts))
        found = cluster([texts[i] for i in order] * 2, Bag().encode)
        assert found[: len(texts)] == found[len(texts) :]
        assert {frozenset(order[i] for i in group) for group in groups(found[: len(texts)])} == before


def test_a_claim_and_its_denial_are_one_cluster() -> None:
    found = cluster([FACTS[0], denied(FACTS[0]), FACTS[1], "Nothing like it."], Bag().encode)
    assert found == [0, 0, None, None]


def test_the_same_text_twice_recurs() -> None:
    assert cluster(["alpha", "beta", "alpha"], Bag().encode) == [0, None, 0]
    assert cluster([], Bag().encode) == []


def test_a_models_word_counts_instead_of_the_cosine() -> None:
    texts = [FACTS[0], denied(FACTS[0]), FACTS[1], denied(FACTS[1])]
    asked: list[tuple[str, str]] = []

    def same(pairs: list[tuple[str, str]]) -> list[float]:
        asked.extend(pairs)
        return [0.9 if FACTS[0] in pair else 0.1 for pair in pairs]

    found = cluster(texts, Bag().encode, same=same)  # type: ignore[arg-type]
    assert found == [0, 0, None, None]
    assert {frozenset(pair) for pair in asked} == {frozenset(texts[:2]), frozenset(texts[2:])}


def test_memory_does_not_grow_by_the_square() -> None:
    centres = some(500, 32, 1)
    vectors = np.repeat(centres, 24, axis=0) + 0.02 * some(12_000, 32, 2)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    tracemalloc.start()
    names = linkage(vectors, neighbours(vectors, 0.9, 5), 0.9)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(set(names.tolist())) == 500
    assert peak < 12_000 * 12_000 * 4 / 4


def run(lines: str, monkeypatch: pytest.MonkeyPatch, *more: str) -> tuple[int, list[dict[str, object]], str]:
    monkeypatch.setattr("claims.encode.Encoder", lambda _: Bag())
    result = CliRunner().invoke(main, ["cluster", *more], input=lines)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()], result.stderr


def test_the_filter_keeps_order_and_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [FACTS[2], FACTS[3], denied(FACTS[2])]
    rows = [{"id": i, "text": text, "more": [1, "ü"]} for i, text in enumerate(texts)]
    code, found, _ = run("".join(json.dumps(row) + "\n" for row in rows), monkeypatch)
    assert code == 0
    assert found == [{**row, "cluster": c} for row, c in zip(rows, (0, None, 0), strict=True)]


def test_the_threshold_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = json.dumps({"text": FACTS[2]}) + "\n" + json.dumps({"text": FACTS[2] + " and nine old builders"})
    assert [row["cluster"] for row in run(lines, monkeypatch, "--least", "0.99")[1]] == [None, None]
    assert [row["cluster"] for row in run(lines, monkeypatch, "--least", "0.3")[1]] == [0, 0]


def test_the_threshold_of_the_engine_counts_where_none_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = json.dumps({"text": FACTS[2]}) + "\n" + json.dumps({"text": FACTS[2] + " and nine old builders"})
    for least, found in ((0.99, [None, None]), (0.3, [0, 0])):
        monkeypatch.setattr("claims.cluster.LEAST", least)
        assert [row["cluster"] for row in run(lines, monkeypatch)[1]] == found
        assert f"[default: {least};" in CliRunner().invoke(main, ["cluster", "--help"]).stdout


@pytest.mark.parametrize("bad", ["{", '{"id": 2}', "[1]"])
def test_a_bad_line_is_named_and_those_before_it_answered(bad: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code, found, said = run(f'{{"id": 1, "text": "one thing"}}\n{bad}\n', monkeypatch)
    assert code == 1
    assert found == [{"id": 1, "text": "one thing", "cluster": None}]
    assert "Line 2" in said
