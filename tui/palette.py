"""Every command of the registry in the command palette, those of the place one is in first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from tui import commands
from tui.commands import Command


class Palette(CommandPalette):
    """Textual's palette, whose list does not know its lines before it is drawn: a page key pressed at once raises."""

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError, IndexError):
            super()._action_command_list(action)


class Commands(Provider):
    """Feeds the palette from :mod:`tui.commands`."""

    def _found(self) -> Iterator[Command]:
        place = getattr(self.screen, "PLACE", "")
        for command in (*commands.of(place, *commands.ALSO.get(place, ())), *commands.of("app")):
            action = command.action.split("(")[0]
            if command.palette and (command.place == "app" or self.screen.check_action(action, ()) is not False):
                yield command

    def _label(self, command: Command) -> str:
        from tui.app import ContestedApp

        keys = self.app.keys_for(command) if isinstance(self.app, ContestedApp) else command.keys
        return f"{command.label}  ({keys})"

    async def _run(self, command: Command) -> None:
        node = self.app if command.place == "app" else self.screen
        await self.app.run_action(command.action, default_namespace=node)

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command in self._found():
            yield DiscoveryHit(self._label(command), partial(self._run, command), help=command.tooltip)

    async def search(self, query: str) -> Hits:
        """Those whose name or description fits."""
        matcher = self.matcher(query)
        for command in self._found():
            label = self._label(command)
            score = max(matcher.match(label), matcher.match(command.tooltip) * 0.7)
            if score > 0:
                yield Hit(score, matcher.highlight(label), partial(self._run, command), help=command.tooltip)
