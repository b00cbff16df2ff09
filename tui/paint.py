"""Lines of pieces to strips: roles become styles, out of the variables of the theme that is on.

Roles are not component classes of the style sheet: two dozen of those on every widget are looked up anew at each change
of focus or class, which one can feel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from tui.wrap import Line

if TYPE_CHECKING:
    from tui.app import ContestedApp

VOICES = 6
"""How many colours there are for voices; their letters tell more of them apart."""

LOOKS: dict[str, tuple[str, str, str]] = {
    "asserts": ("side-asserts", "", ""),
    "disputes": ("side-disputes", "", ""),
    "reports": ("ink-muted", "", ""),
    "contested": ("side-contested", "", "bold"),
    "badge": ("badge-ink", "side-contested", "bold"),
    "strong": ("", "", "bold"),
    "title": ("accent", "", "bold"),
    "muted": ("ink-muted", "", ""),
    "faint": ("ink-faint", "", ""),
    "rule": ("ink-faint", "", ""),
    "key": ("accent", "", "bold"),
    "accent": ("accent", "", "bold"),
    "warn": ("warning", "", "bold"),
    "hit": ("hit-ink", "", "bold underline"),
    "span": ("", "", "bold"),
    "mark": ("", "paper-mark", ""),
    "dispute-mark": ("", "paper-dispute", ""),
    "chosen": ("", "paper-cursor", "$cursor-style"),
    "cursor": ("", "paper-cursor", "$cursor-style"),
    "cursor-blurred": ("", "paper-blurred", ""),
    **{f"voice-{number}": (f"voice-{number}", "", "") for number in range(VOICES)},
}
"""What the roles of pieces look like: variables of the theme for ink and paper, and a style of text."""


def styles(variables: dict[str, str]) -> dict[str, Style]:
    """The style of each role under a theme's variables."""

    def colour(name: str) -> str | None:
        return Color.parse(variables[name]).rich_color.name if name else None

    def text_style(name: str) -> str:
        return variables[name[1:]] if name.startswith("$") else name

    found = {}
    for role, (ink, paper, how) in LOOKS.items():
        colours = Style(color=colour(ink), bgcolor=colour(paper))
        found[role] = colours + Style.parse(text_style(how))
    return found


class Painter:
    """For widgets that paint lines: remembers the styles of roles until the theme or the widget's own style changes."""

    def ink(self, roles: str, over: str = "") -> Style:
        """The look of ``roles``, the later ones over the earlier, ``over`` on top of all."""
        inks: dict[tuple[str, str], Style] = self.__dict__.setdefault("_inks", {})
        style = inks.get((roles, over))
        if style is None:
            widget = cast(Widget, self)
            known = cast("ContestedApp", widget.app).inks
            style = widget.rich_style
            for role in (*roles.split(), *over.split()):
                style += known[role]
            inks[roles, over] = style
        return style

    def notify_style_update(self) -> None:
        """Other colours: forget the old ones."""
        self.__dict__["_inks"] = {}
        super().notify_style_update()  # type: ignore[misc]

    def strip(self, line: Line, width: int, over: str = "") -> Strip:
        """One line as a strip of exactly ``width`` cells; ``over`` goes on top (a cursor's background)."""
        segments = [Segment(text, self.ink(roles, over)) for text, roles in line if text]
        return Strip(segments).adjust_cell_length(width, self.ink("", over))
