"""Driving the UI in tests: waiting for its workers, and reading what stands on the screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from tui.app import ContestedApp

QUIET = 0.02
"""Seconds between two looks at whether the UI has come to rest."""


class Driver:
    """A pilot that waits for answers of the database before it goes on."""

    def __init__(self, app: ContestedApp, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    async def settle(self) -> None:
        """Until no question is open and no timer of ours is about to ask one."""
        for _ in range(4):
            await self.pilot.pause(QUIET)
            await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def press(self, *keys: str, settle: bool = True) -> None:
        """Keys, then rest."""
        await self.pilot.press(*keys)
        if settle:
            await self.settle()

    async def type(self, text: str) -> None:
        """Letters, then the filter's pause, then rest."""
        await self.pilot.press(*text)
        await self.pilot.pause(0.2)
        await self.settle()

    @property
    def lines(self) -> list[str]:
        """The screen as text."""
        screen = self.app.screen
        return ["".join(segment.text for segment in strip) for strip in screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def place(self) -> str:
        """Which screen is shown."""
        return getattr(self.app.screen, "PLACE", type(self.app.screen).__name__)

    def line(self, holding: str) -> str:
        """The first line that holds a text."""
        return next(line for line in self.lines if holding in line)


@asynccontextmanager
async def driving(
    database: Path, size: tuple[int, int] = (120, 40), settings: dict[str, Any] | None = None
) -> AsyncIterator[Driver]:
    """The UI on a database, at rest."""
    app = ContestedApp(database, {"restore": False, **(settings or {})})
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        await driver.pilot.pause(0.1)
        await driver.settle()
        yield driver
