"""A few pictures of screens, compared with those kept; and the real program in a real terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import tui_database
from textual.pilot import Pilot
from tui_pilot import Driver

from tui.app import ContestedApp


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tui_database.small(tmp_path_factory.mktemp("pictures") / "dam.db")


@pytest.mark.parametrize(
    ("size", "theme", "keys"),
    [
        ((120, 36), "contested-dark", ()),
        ((80, 24), "contested-light", ("enter",)),
        ((120, 36), "contested-dark", ("enter", "tab", "enter")),
    ],
    ids=["claims", "claim-80", "document"],
)
def test_picture(snap_compare: Any, small: Path, size: tuple[int, int], theme: str, keys: tuple[str, ...]) -> None:
    app = ContestedApp(small, {"theme": theme, "restore": False})

    async def play(pilot: Pilot[Any]) -> None:
        driver = Driver(app, pilot)
        await driver.settle()
        await driver.press(*keys)

    assert snap_compare(app, terminal_size=size, run_before=play)


class Terminal:
    """A tmux session of its own server, so that no other session is touched."""

    def __init__(self, command: list[str], env: dict[str, str], folder: Path) -> None:
        self.tmux = ["tmux", "-f", os.devnull, "-S", str(folder / "tmux")]
        settings = [f"{name}={value}" for name, value in env.items()]
        self._run(
            "new-session", "-d", "-x", "100", "-y", "30", "env", "-u", "COLUMNS", "-u", "LINES", *settings, *command
        )

    def _run(self, *arguments: str) -> str:
        return subprocess.run([*self.tmux, *arguments], check=True, capture_output=True, text=True, timeout=60).stdout

    def wait_for(self, text: str, seconds: float = 60) -> str:
        """The screen, once it holds ``text``."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if text in (shown := self._run("capture-pane", "-p")):
                return shown
            time.sleep(0.1)
        raise AssertionError(f"{text!r} never came up in:\n{shown}")

    def keys(self, *names: str) -> None:
        """Press keys."""
        self._run("send-keys", *names)

    def over(self, seconds: float = 60) -> bool:
        """Whether the program has ended."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if subprocess.run([*self.tmux, "has-session"], capture_output=True, check=False).returncode:
                return True
            time.sleep(0.1)
        return False


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_the_real_program_in_a_terminal(small: Path, tmp_path: Path) -> None:
    root = str(Path(__file__).parents[1])
    env = {"PYTHONPATH": root, "XDG_STATE_HOME": str(tmp_path / "state"), "TERM": "screen-256color"}
    terminal = Terminal([sys.executable, "-m", "claims", "--db", str(small)], env, tmp_path)
    shown = terminal.wait_for("CONTESTED  The Halvern dam")
    assert "10 Recurring claims" in shown
    terminal.keys("/")
    terminal.wait_for("To the list")
    terminal.keys("w", "a", "r", "n", "e", "d")
    terminal.wait_for(" 1 Recurring claim")  # the words stand there before the list is read
    terminal.wait_for("holding “warned”")
    terminal.keys("Enter")
    terminal.wait_for("Contested only")
    terminal.keys("Enter")
    terminal.wait_for("warning had reached it")
    terminal.keys("Escape")
    terminal.wait_for("holding “warned”")
    terminal.keys("Escape")
    terminal.wait_for("10 Recurring claims")
    terminal.keys("g", "Enter")
    shown = terminal.wait_for("DISPUTES")
    assert "Engineers who inspected" in shown
    terminal.keys("Tab", "Enter")
    terminal.wait_for("Orsted looks upstream")
    terminal.wait_for("4/5")
    terminal.keys("q")
    assert terminal.over()
