"""Articles that mean harm, and the UI's answer; random keys; nothing heavy is imported."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
import tui_database
from tui_pilot import driving


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tui_database.hostile(tmp_path_factory.mktemp("hostile") / "hostile.db")


async def test_hostile_text_is_shown_as_text(hostile: Path) -> None:
    async with driving(hostile) as ui:
        for keys in (
            ("a",),
            ("enter",),
            ("x",),
            ("escape",),
            ("enter",),
            ("x",),
            ("escape",),
            ("3",),
            ("2",),
            ("enter",),
        ):
            await ui.press(*keys)
            shown = ui.text
            for character in ("\x1b", "\x07", "\u202e", "\u200b", "\x9b", "\u200d", "\r"):
                assert character not in shown.replace("\n", ""), (keys, ascii(character))
        await ui.press("1")
        assert "[bold]markup[/bold] [/]" in ui.text


async def test_a_line_of_five_million_does_not_hang_a_screen(hostile: Path) -> None:
    async with driving(hostile) as ui:
        start = time.process_time()
        await ui.press("a", "G", "enter", "tab", "enter")
        assert ui.place == "document"
        assert "xxxxxxxx" in ui.text
        assert time.process_time() - start < 15
        for keys in ("ctrl+d", "n", "G", "ctrl+u", "g"):
            before = time.process_time()
            await ui.pilot.press(keys)
            await ui.pilot.pause()
            assert time.process_time() - before < 1.5, keys


def test_the_ui_never_loads_a_model_library() -> None:
    code = (
        "import sys, tui.app, tui.screens.claim, tui.screens.document, tui.screens.sources, tui.screens.source,"
        " tui.screens.matrix, tui.screens.compare, tui.screens.help, tui.screens.why, tui.screens.timeline,"
        " tui.screens.changes, tui.screens.agreement, tui.screens.related, tui.screens.origin\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'numpy', 'scipy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "assert 'claims.cli' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1])


def test_importing_tui_alone_is_light() -> None:
    code = "import sys, tui\nassert 'textual' not in sys.modules\n"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1])
