"""A claim in the analyst's own words: what counts as being about it."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny

from claims import track
from claims.views import Views


@pytest.mark.parametrize(
    ("needed", "sides", "found"),
    [
        (-1.0, 0.0, True),  # near enough by itself
        (3.0, 3.0, True),  # less near, and the judge is sure of a side
        (9.0, 3.0, False),  # not even near
    ],
)
def test_what_is_less_near_counts_where_the_judge_is_sure(
    stored: Path, monkeypatch: pytest.MonkeyPatch, needed: float, sides: float, found: bool
) -> None:
    monkeypatch.setattr(track, "NEEDED", needed)
    monkeypatch.setattr(track, "SIDES", sides)
    monkeypatch.setattr(track, "ASKED", 0.0 if needed < 9 else 1.0)
    views = Views.open(stored)
    (text,) = [row["text"] for row in views.stream("SELECT text FROM claim ORDER BY id LIMIT 1", [])]
    (answer,) = track.tracked(views, tiny.Bag(), tiny.Rules(), [text])  # type: ignore[arg-type]
    assert bool(answer) is found
    assert all(one.stance != "reports" for one in answer)
    assert [one.score for one in answer] == sorted((one.score for one in answer), reverse=True)
    views.close()


def test_the_sentence_is_read_too_unless_the_voice_denies_it(stored: Path) -> None:
    views = Views.open(stored)
    row = views.statements([key for key, _ in views.statement_vectors(tiny.Bag().name)][:1])[0]
    part = row.model_copy(update={"means": "the pit", "sentence": "He closed the pit.", "polarity": "asserts"})
    assert [p.premise for p in track._questions(part, "x")] == ["the pit", "He closed the pit."]
    assert [p.premise for p in track._questions(part.model_copy(update={"polarity": "disputes"}), "x")] == ["the pit"]
    views.close()
