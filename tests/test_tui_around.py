"""The claim and article screens and what is one key away from them: numbers, course, related, explanation, origin."""

from __future__ import annotations

from pathlib import Path

import pytest
import tui_database
from test_around import SAID
from tui_database import Article, Said
from tui_pilot import driving

from claims.views import Views
from tui import marks
from tui.screens.claim import ClaimScreen
from tui.screens.why import WhyScreen


@pytest.fixture(scope="module")
def dam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("around") / "dam.db"
    builder = tui_database.Builder(path, wordings={"toll": "The collapse killed 41 people."})
    ids = [
        builder.add(Article(f"{n}.md", f"Paper {n}", f"Story {n}", day, (Said(text, "toll", stance),), f"https://p{n}.example"))
        for n, (text, stance, day) in enumerate(SAID)
    ]  # fmt: skip
    builder.db.execute("UPDATE document SET origin_id = ? WHERE id = ?", [ids[0], ids[1]])
    rain = (Said("It rained.", "rain"), Said("Rain fell.", "rain"))
    builder.add(Article("rain.md", "Paper 0", None, "2024-05-01", rain))
    builder.finish()
    return path


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_numbers_stand_as_a_spread_and_the_claim_over_time(dam: Path, size: tuple[int, int]) -> None:
    async with driving(dam, size) as ui:
        await ui.press("enter")
        assert "when     2024-W15 █  ▓ 2024-W18  by week" in ui.text
        line = ui.line("41 people died")
        assert "numbers" in line or "numbers" in ui.text
        assert "Paper 0 2024-04-12" in line
        assert line.count("●") == 1
        least = ui.line("At least 40")
        assert "▸" in least
        assert least.index("●") < line.index("●"), "on one scale"
        if size[0] == 200:
            assert ui.line("58 people died").index("●") > line.index("●")


@pytest.mark.parametrize("size", [(60, 16), (80, 16), (60, 24)], ids=str)
async def test_those_who_take_no_side_leave_the_room_to_the_others(tmp_path: Path, size: tuple[int, int]) -> None:
    builder = tui_database.Builder(tmp_path / "d.db")
    said = [Said(f"{who} said that the dam broke in the night of the flood.", "dam", who) for who in marks.STANCES]
    for n, one in enumerate([*said, *said]):
        builder.add(Article(f"{n}.md", f"Paper {n}", None, f"2024-0{n + 1}-01", (one,)))
    builder.finish()
    async with driving(tmp_path / "d.db", size) as ui:
        await ui.press("enter")
        screen = ui.app.screen
        assert isinstance(screen, ClaimScreen)
        for stance in marks.STANCES:
            assert screen.side == stance
            heights = {side: screen.boxes[side].region.height for side in marks.STANCES}
            assert heights[stance] >= 5, "a mark with its names and its sentence can be read"
            assert stance == "reports" or heights["reports"] == 1
            assert f"{stance} said that" in ui.text
            await ui.press("tab")


async def test_related_claims(dam: Path) -> None:
    async with driving(dam) as ui:
        await ui.press("enter", "R")
        assert ui.place == "related"
        assert "1 source on both" in ui.text
        assert "By the sources on both ──" in ui.text and "Near in meaning ──" not in ui.text
        await ui.press("enter")
        assert ui.place == "claim"
        assert "rain" in ui.text
        await ui.press("escape", "escape", "escape")
        assert ui.place == "claims"


async def test_related_says_where_nothing_is_near(dam: Path, tmp_path: Path) -> None:
    builder = tui_database.Builder(tmp_path / "one.db")
    builder.add(Article("a", "A", None, None, (Said("It rained.", "rain"), Said("Rain fell.", "rain"))))
    builder.finish()
    async with driving(tmp_path / "one.db") as ui:
        await ui.press("enter", "R")
        assert "No claim is near it" in ui.text
        await ui.press("enter", "j")
        assert ui.place == "related"


async def test_the_whole_explanation(stored: Path) -> None:
    """On a database that the engine made: scores, checks and what would turn the mark."""
    views = Views.open(stored)
    claim = next(c for c in views.claims(contested=True))
    async with driving(stored, (120, 60)) as ui:
        await ui.press("enter", "x")
        for word in ("verdict", "reason", "premise", "hypothesis", "cue", "judge", "checks", "would turn", "source"):
            assert word in ui.text, word
        await ui.press("escape")
        assert f"Claim {claim.id}" in ui.lines[0]


async def test_an_explanation_that_fails_is_told(dam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(views: Views, mention_id: int) -> None:
        raise ValueError("[bold]no")

    monkeypatch.setattr("claims.explain.explain", broken)
    async with driving(dam) as ui:
        await ui.press("enter", "x")
        assert isinstance(ui.app.screen, WhyScreen)
        assert "could not be explained: ValueError: [bold]no" in ui.text


async def test_origin_of_an_article(dam: Path) -> None:
    async with driving(dam, (120, 40)) as ui:
        await ui.press("enter", "enter")
        assert ui.place == "document"
        assert "reprinted by 1 article (O)" in ui.lines[2]
        await ui.press("O")
        assert ui.place == "origin"
        assert "address   https://p0.example" in ui.text
        assert "origin  Paper 0  (the article you came from)" in ui.text
        await ui.press("j", "enter")
        assert ui.place == "document"
        assert "reprint of Paper 0 (O)" in ui.lines[2]
        opened: list[str] = []
        ui.app.open_url = lambda url, new_tab=True: opened.append(url)  # type: ignore[assignment, method-assign]
        await ui.press("O", "o")
        assert opened == ["https://p1.example"]


async def test_an_article_that_nobody_reprints(dam: Path) -> None:
    async with driving(dam, (80, 24)) as ui:
        await ui.press("enter", "tab", "enter", "O")
        assert "No other article read prints this text" in ui.text


async def test_compare_tells_who_asserts_and_who_disputes(tmp_path: Path) -> None:
    builder = tui_database.Builder(tmp_path / "two.db")
    for name, sides in (("A", "asserts disputes asserts -"), ("B", "asserts disputes disputes asserts")):
        said = [Said(f"{name} on {n}.", f"claim {n}", side) for n, side in enumerate(sides.split()) if side != "-"]
        builder.add(Article(name, name, None, None, tuple(said)))
    builder.finish()
    async with driving(tmp_path / "two.db") as ui:
        await ui.press("2", "m", "j", "m")
        titles = ("They take opposite sides  1", "Both assert  1", "Both dispute  1", "Only B takes a side  1")
        for title in titles:
            assert title in ui.text
        places = [ui.text.index(title) for title in titles]
        assert places == sorted(places)
        for n, title in ((2, titles[0]), (0, titles[1]), (1, titles[2]), (3, titles[3])):
            assert f"claim {n}" in ui.lines[ui.lines.index(ui.line(title)) + 1]
