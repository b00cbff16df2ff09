"""Text made harmless, wrapped, clipped and dressed: plain functions, no screen."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from tui_database import HOSTILE

from claims.safe import clean, one_line
from tui import commands, marks
from tui.wrap import cells, clip, crop, dress, ends, fit, flatten, length, paragraph, wrap


@given(st.text())
def test_clean_keeps_offsets_and_leaves_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = clean(text)
    assert len(shown) == len(text)
    for character in shown:
        assert character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("\x1b[31m", "␛[31m"),
        ("a\tb", "a b"),
        ("\u202eabc", "�abc"),
        ("a\u200bb", "a·b"),
        ("\x9b", "�"),
        ("\x7f", "␡"),
        ("e\u0301", "e\u0301"),
        ("e\u0301\u0301\u0301\u0301", "e\u0301\u0301··"),
        ("\ufeffx", "·x"),
        ("a\u2028b", "a\nb"),
        ("\u00a0", " "),
        ("Москва 北京 ﷽", "Москва 北京 ﷽"),
    ],
)
def test_clean(given: str, shown: str) -> None:
    assert clean(given) == shown


def test_one_line_has_no_line_breaks() -> None:
    assert "\n" not in one_line(HOSTILE + "\n\u2028x")
    assert one_line(None) == ""


@given(st.text(alphabet=st.characters(codec="utf-8")), st.integers(2, 60))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(raw: str, width: int) -> None:
    text = clean(raw)
    lines = wrap(text, width)
    assert "".join(text[a:b] for a, b in lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert [a for a, _ in lines] == sorted(a for a, _ in lines)
    for start, stop in lines:
        assert cell_len(text[start:stop].rstrip(" ")) <= width


def test_wrap_breaks_at_spaces_and_keeps_paragraphs() -> None:
    text = "one two three\n\nfour"
    assert [text[a:b] for a, b in wrap(text, 9)] == ["one two ", "three", "", "four"]
    assert wrap("abcdefgh", 3) == [(0, 3), (3, 6), (6, 8)], "longer words are cut"


def test_five_million_code_points_wrap_in_a_moment() -> None:
    start = time.process_time()
    assert len(wrap("x" * 5_000_000, 80)) == 62_500
    assert len(wrap("日本 " * 1_000_000, 80)) > 50_000
    wrap(" " * 5_000_000, 80)
    assert time.process_time() - start < 8


@given(st.text(), st.integers(0, 40))
def test_clip_and_fit(raw: str, width: int) -> None:
    text = one_line(raw)
    assert cells(clip(text, width)) <= width
    assert cells(fit(text, width)) == width


def test_flatten_and_dress() -> None:
    runs = flatten([(0, 10, "muted"), (2, 5, "span"), (4, 99, "hit"), (7, 7, "nothing")], 10)
    assert runs == [(0, 2, "muted"), (2, 4, "muted span"), (4, 5, "muted span hit"), (5, 10, "muted hit")]
    assert dress("0123456789", 3, 6, runs) == [("3", "muted span"), ("4", "muted span hit"), ("5", "muted hit")]


def test_ends_and_crop_keep_the_width() -> None:
    line = ends([("a long left side", "strong")], [("right", "")], 12)
    assert length(line) == 12
    assert line[-1] == ("right", "")
    assert crop([("abc", ""), ("def", "")], 4) == [("abc", ""), ("…", "")]


def test_paragraph_says_where_it_was_cut() -> None:
    lines = paragraph("one two three four five six", 9, limit=2)
    assert len(lines) == 2
    assert lines[-1][-1][0].endswith("…")
    assert all(length(line) <= 9 for line in lines)


@pytest.mark.parametrize(("a", "d", "r"), [(3, 2, 1), (0, 0, 0), (500, 1, 1), (1, 500, 0), (4, 4, 40)])
def test_bar_shows_every_side_there_is(a: int, d: int, r: int) -> None:
    line = marks.bar(a, d, r, 10)
    assert length(line) == 10
    assert {roles for _, roles in line if roles} == {s for s, n in zip(marks.STANCES, (a, d, r), strict=True) if n}


def test_a_bar_of_one_cell_shows_the_greater_side() -> None:
    assert marks.bar(10, 0, 2, 1) == [("█", "asserts"), ("", "")]
    assert marks.bar(1, 9, 2, 2)[0][1] == "disputes"


def test_every_command_has_an_id_a_label_a_tooltip_and_a_place() -> None:
    assert len(commands.BY_ID) == len(commands.COMMANDS)
    for command in commands.COMMANDS:
        assert command.place in commands.PLACES
        assert command.label
        assert command.tooltip.endswith(".")


PARTS = ("app", "list", "input", "pick", "grid", "facets")
"""Parts of places, and windows, in which the keys of the app do not work."""


@pytest.mark.parametrize("place", [place for place in commands.PLACES if place not in PARTS])
def test_at_most_six_keys_in_a_footer_and_none_twice(place: str) -> None:
    lists = ["grid"] if place in commands.GRIDS else [] if place == "document" else ["list"]
    shown = [command for command in commands.of(place, *lists, "app") if command.footer]
    assert len(shown) <= 6
    own = commands.of(place, *(["grid"] if place in commands.GRIDS else []), "app")
    keys = [key for command in own for key in command.keys.split(",")]
    assert len(keys) == len(set(keys))
