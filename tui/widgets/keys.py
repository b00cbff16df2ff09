"""The key line at the foot of a place: what can be done here now. One painted line: a widget a key is slow to style."""

from __future__ import annotations

from typing import NamedTuple

from textual import events
from textual.binding import Binding
from textual.screen import Screen

from tui.widgets.band import Band
from tui.wrap import Line, cells, crop


class Key(NamedTuple):
    """A key in the line, and the cells that it takes there."""

    binding: Binding
    shown: str
    tooltip: str
    start: int
    end: int


class Keys(Band):
    """Draws the bindings of its screen that are in the footer; a click does what the key does."""

    DEFAULT_CSS = "Keys { dock: bottom; height: 1; }"

    def __init__(self) -> None:
        super().__init__(self._draw_keys, id="keys")

    def on_mount(self) -> None:
        """Follow what the screen can do."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _: Screen[object]) -> None:
        self.show(self._draw_keys)

    @property
    def keys(self) -> list[Key]:
        """The keys, from the left."""
        found: dict[str, Key] = {}
        at = 0
        for _, binding, _, tooltip in self.screen.active_bindings.values():
            if binding.show and binding.action not in found:
                shown = self.app.get_key_display(binding)
                width = cells(shown) + cells(binding.description) + 3
                found[binding.action] = Key(binding, shown, tooltip or binding.description, at, at + width)
                at += width
        return list(found.values())

    def _draw_keys(self, width: int) -> list[Line]:
        line: Line = []
        for key in self.keys:
            line += [(f" {key.shown}", "key"), (f" {key.binding.description} ", "muted")]
        return [crop(line, width)]

    def _at(self, x: int) -> Key | None:
        return next((key for key in self.keys if key.start <= x < key.end), None)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        if key := self._at(event.x):
            event.stop()
            self.app.simulate_key(key.binding.key)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say what the key under the mouse does."""
        key = self._at(event.x)
        self.tooltip = key.tooltip if key else None
