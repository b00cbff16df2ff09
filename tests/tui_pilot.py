"""Driving the UI in tests: waiting for its workers, and reading what stands on the screen."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from tui.app import ContestedApp
from tui.widgets.filter import Filter


class Driver:
    """A pilot that waits for answers of the database before it goes on, and no longer."""

    def __init__(self, app: ContestedApp, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    async def settle(self) -> None:
        """Until no message is under way, no question open, and no timer about to ask one."""
        for _ in range(3):
            await asyncio.sleep(0.02)  # what waits for the next refresh
            await self.pilot._wait_for_screen()
            with suppress(WorkerCancelled):  # a newer question took its place
                await self.app.workers.wait_for_complete()
            while any(getattr(node, "_pause", None) for node in (self.app.screen, *self.app.screen.query(Filter))):
                await asyncio.sleep(0.02)
        await self.pilot._wait_for_screen()

    async def press(self, *keys: str, settle: bool = True) -> None:
        """Keys one after the other, each one's answer awaited."""
        for key in keys:
            self.send(key)
            if settle:
                await self.settle()
            else:
                await self.pilot._wait_for_screen()

    def send(self, key: str) -> None:
        """One key, as the terminal sends it."""
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        original = REPLACED_KEYS.get(name, name)
        try:
            character: str | None = unicodedata.lookup(_get_unicode_name_from_key(original))
        except KeyError:
            character = key if len(key) == 1 else None
        event = events.Key(name, character)
        event.set_sender(self.app)
        assert self.app._driver is not None
        self.app._driver.send_message(event)

    async def type(self, text: str) -> None:
        """Letters, then rest."""
        await self.press(*text, settle=False)
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
    app = ContestedApp(database, {"restore": False, "meaning": False, **(settings or {})})
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        yield driver
