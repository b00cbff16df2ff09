"""A claim in the analyst's own words: what counts as being about it."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny

from claims import track
from claims.views import Views


@pytest.mark.parametrize(
    ("near", "about", "sided", "found"),
    [
        (-1.0, -1.0, 2.0, True),  # alike enough: no side need be sure
        (-1.0, 2.0, 0.85, True),  # less alike, and the judge is sure of a side
        (-1.0, 2.0, 0.95, False),  # less alike, and it is not
        (2.0, 2.0, 0.0, False),  # not even near
    ],
)
def test_what_is_less_alike_counts_where_the_judge_is_sure(
    stored: Path, monkeypatch: pytest.MonkeyPatch, near: float, about: float, sided: float, found: bool
) -> None:
    for name, value in (("NEAR", near), ("ABOUT", about), ("SIDED", sided)):
        monkeypatch.setattr(track, name, value)
    views = Views.open(stored)
    (text,) = [row["text"] for row in views.stream("SELECT text FROM claim ORDER BY id LIMIT 1", [])]
    (answer,) = track.tracked(views, tiny.Bag(), tiny.Rules(), [text])  # type: ignore[arg-type]
    assert bool(answer) is found
    assert all(one.stance != "reports" for one in answer)
    assert [one.score for one in answer] == sorted((one.score for one in answer), reverse=True)
    views.close()
