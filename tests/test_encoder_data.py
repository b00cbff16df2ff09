"""What the encoder learns from: batches in which each text knows the claims that it carries."""

from __future__ import annotations

import random

import torch

from claims.training.encoder import contrast
from claims.training.encoder_data import anchored, grouped, labelled, worded

TEXT = "The dam leaks. The dam holds. Repairs may come. The mayor slept. It rained."
PLACES = [[0, 13], [15, 28], [30, 46], [48, 63], [65, 74]]
GROUP = {
    "articles": {"a": PLACES},
    "claims": [
        {"claim": "Water gets through the dam", "+": [0], "-": [1], "i": [2], "~": [4]},
        {"claim": "The dam is to be mended", "+": [2], "x": [1]},
    ],
}


def test_statements_of_a_group_carry_the_claims_on_which_they_take_a_side_or_lean() -> None:
    items = {item.text: item.on for item in grouped([GROUP], {"a": TEXT})(random.Random(1), 40)}
    assert len(items) == 7, "both claims and all five statements"
    leaks, mended = items["Water gets through the dam"], items["The dam is to be mended"]
    assert not leaks & mended
    assert items["The dam leaks"] == leaks
    assert items["The dam holds"] == leaks | mended, "it denies the one and leans against the other"
    assert items["Repairs may come"] == leaks | mended
    assert not items["The mayor slept"] and not items["It rained"]


def test_labelled_pairs_become_mates_and_strangers() -> None:
    rows = [
        {"a": ["a", *PLACES[0]], "b": ["a", *PLACES[1]], "ab": "d", "ba": "d"},
        {"a": ["a", *PLACES[0]], "b": ["a", *PLACES[3]], "ab": "n", "ba": "n"},
    ]
    found = labelled(rows, {"a": TEXT})
    assert ("The dam leaks", "The dam holds", ["The mayor slept"]) in found
    assert ("The dam holds", "The dam leaks", []) in found
    assert ("The mayor slept", "The mayor slept", ["The dam leaks"]) in found, "told from what it is not"
    items = anchored(found)(random.Random(1), 9)
    assert len({item.text for item in items}) == 3


def test_claims_written_about_a_statement_are_its_mates_whichever_side_it_takes() -> None:
    row = {"of": ["a", *PLACES[0]], "+": ["Water comes through"], "-": ["The dam is tight"], "~": ["The dam is old"]}
    assert worded([row], {"a": TEXT}) == [
        ("The dam leaks", "Water comes through", ["The dam is old"]),
        ("The dam leaks", "The dam is tight", ["The dam is old"]),
    ]


def test_the_loss_falls_as_mates_draw_near_and_is_nothing_without_any() -> None:
    mates = torch.tensor([[1, 1, 0], [1, 1, 0], [0, 0, 1]], dtype=torch.bool)
    near = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    far = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    assert contrast(near, mates) < contrast(far, mates)
    alone = contrast(near.requires_grad_(), torch.eye(3, dtype=torch.bool))
    alone.backward()
    assert alone.item() == 0.0 and near.grad is not None and not near.grad.any()
