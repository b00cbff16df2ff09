"""The review screen: the queue of doubtful marks, a key a decision, and on to the next."""

from __future__ import annotations

from pathlib import Path

import pytest
import tui_database
from tui_pilot import Driver, driving

from claims.decisions import Decisions
from claims.review import queue
from claims.store import Store
from claims.views import Views
from tui.screens import review
from tui.screens.review import ReviewScreen

SIZES = [(80, 24), (120, 40), (200, 50)]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tui_database.small(tmp_path / "small.db")


def order(database: Path) -> list[int]:
    views = Views.open(database)
    try:
        return [row.mention.id for row in queue(views, limit=1000)]
    finally:
        views.close()


def log(database: Path) -> list[tuple[str, str]]:
    store = Store.open(database)
    try:
        return [(entry.kind, entry.what) for entry in Decisions(store).log()]
    finally:
        store.close()


def here(ui: Driver) -> int | None:
    screen = ui.app.screen
    assert isinstance(screen, ReviewScreen)
    mark = screen.mark_here()
    return mark.id if mark else None


@pytest.mark.parametrize("size", SIZES)
async def test_a_mark_with_all_that_is_needed_to_decide(small: Path, size: tuple[int, int]) -> None:
    views = Views.open(small)
    first = queue(views, limit=1)[0]
    async with driving(small, size) as ui:
        await ui.press("5")
        assert ui.place == "review"
        assert f"1 of {len(order(small))} marks to review · 0 decided" in ui.text
        assert first.mention.sentence[:40] in ui.text
        assert first.mention.outlet in ui.text
        assert ui.text.count("If it ") == 2
        for words in ("asserts", "not this claim", "right as it is", "skip", "undo"):
            assert words in ui.text, words


async def test_each_key_decides_and_goes_on(small: Path) -> None:
    marks = order(small)
    async with driving(small) as ui:
        await ui.press("5")
        assert here(ui) == marks[0]
        await ui.press("n")
        assert here(ui) == marks[1], "skipped, and still in the queue"
        seen = []
        for key in ("v", "a", "d", "i", "X"):
            seen.append(here(ui))
            await ui.press(key)
            assert here(ui) not in seen
        assert "5 decided" in ui.text
        left = order(small)
        assert not set(seen) & set(left)
        assert marks[0] in left
        for mark in reversed(seen):
            await ui.press("u")
            assert here(ui) == mark, "the mark comes back under the cursor"
        assert "0 decided" in ui.text
        await ui.press("U")
        assert "1 decided" in ui.text
    assert [kind for kind, _ in log(small)] == [*["stance"] * 4, "split", *["undo"] * 5, "redo"]


async def test_a_confirmed_mark_keeps_its_side(small: Path) -> None:
    views = Views.open(small)
    first = queue(views, limit=1)[0].mention
    async with driving(small) as ui:
        await ui.press("5", "v")
    after = views.mention(first.id)
    assert (after.stance, after.by_hand, after.reason) == (first.stance, True, "by-hand")


async def test_keys_pressed_fast_never_decide_twice_on_one_mark(small: Path) -> None:
    marks = order(small)
    async with driving(small) as ui:
        await ui.press("5")
        await ui.press(*["v"] * 3, settle=False)
        await ui.settle()
        assert "3 decided" in ui.text
    decided = [what.split()[1] for _, what in log(small)]
    assert len(set(decided)) == 3
    assert str(marks[0]) in decided


async def test_the_queue_can_be_worked_off(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("5")
        for _ in range(len(order(small))):
            await ui.press("v")
        assert "No mark is left to review here." in ui.text
        assert order(small) == []
        assert here(ui) is None
        await ui.press("v", "d", "X", "enter", "y", "o", "x")
        assert ui.place == "review"


async def test_from_the_mark_to_its_claim_article_and_explanation(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("5", "enter")
        assert ui.place == "claim"
        await ui.press("escape", "o")
        assert ui.place == "document"
        await ui.press("escape", "x")
        assert ui.place == "WhyScreen"
        await ui.press("escape", "y")
        assert "Copied the sentence" in [*ui.app._notifications][-1].message


async def test_right_as_it_is_works_on_the_claim_and_in_the_article(small: Path) -> None:
    async with driving(small) as ui:
        await ui.press("enter", "v", "enter")
        assert ui.place == "document"
        await ui.press("v")
        assert "by hand already" in [*ui.app._notifications][-1].message
        await ui.press("u", "v")
    assert [kind for kind, _ in log(small)] == ["stance", "undo", "stance"]


async def test_an_empty_database_and_none_at_all(tmp_path: Path) -> None:
    for database in (tui_database.empty(tmp_path / "empty.db"), tmp_path / "none.db"):
        async with driving(database) as ui:
            await ui.press("5")
            assert "Nothing to review" in ui.text


LONG = (
    "contradicts: says no where the claim says yes, or yes where it says no; one says no to 'dissatisfied' and the"
    " other, which speaks of the same, does not; disputes has 0.88, 0.45 is needed; if the judge gave asserts 0.20"
    " instead of 0.05: reports (unsure of it, and of the other side as well)"
)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_would_turn_the_mark_can_be_read_whole(
    small: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "explained", lambda views, mention_id: review.Explained(mention_id, LONG, ()))
    async with driving(small, size) as ui:
        await ui.press("5")
        for _ in range(8):
            shown = " ".join(ui.text.split())
            assert LONG in shown
            assert shown.count("If it ") == 2
            for words in ("not this claim", "right as it is", "skip", "undo"):
                assert words in shown
            await ui.press("n")
