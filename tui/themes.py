"""The program's own two themes, and the colours of sides and voices in any theme.

Blue and orange stay apart for every kind of colour-blindness; whoever sees no colour reads the words and signs.
"""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

DARK = Theme(
    name="contested-dark",
    primary="#5b9bd8",
    secondary="#7f8ea3",
    accent="#5fb0ff",
    warning="#ffb454",
    error="#ff6b6b",
    success="#7fd88f",
    foreground="#d7dde6",
    background="#12161c",
    surface="#171c24",
    panel="#212834",
    dark=True,
    variables={"footer-key-foreground": "#5fb0ff", "footer-background": "#171c24", "scrollbar": "#3a4656",
               "scrollbar-background": "#171c24"},
)  # fmt: skip

LIGHT = Theme(
    name="contested-light",
    primary="#1f5fa8",
    secondary="#5c6878",
    accent="#0b63c4",
    warning="#9a5b00",
    error="#b3261e",
    success="#1c7a3c",
    foreground="#1d232b",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e6e3dc",
    dark=False,
    variables={"footer-key-foreground": "#0b63c4", "footer-background": "#ece9e2", "scrollbar": "#bdb8ad",
               "scrollbar-background": "#f3f1ec"},
)  # fmt: skip

OWN = (DARK, LIGHT)

CYCLE = ("contested-dark", "contested-light", "ansi-dark", "ansi-light")
"""What the theme key goes through; the palette offers all the others too."""

_DARK = {
    "side-asserts": "#6cb6ff",
    "side-disputes": "#ff9e57",
    "side-contested": "#ffd75e",
    "badge-ink": "#12161c",
    "hit-ink": "#ffd75e",
    "voice-0": "#8fd0a8",
    "voice-1": "#d6a4f0",
    "voice-2": "#f2c14e",
    "voice-3": "#7cc7e8",
    "voice-4": "#f08fa8",
    "voice-5": "#b9c46a",
}
_LIGHT = {
    "side-asserts": "#0b5cad",
    "side-disputes": "#b04a00",
    "side-contested": "#8a1c4a",
    "badge-ink": "#ffffff",
    "hit-ink": "#8a1c4a",
    "voice-0": "#1c7a3c",
    "voice-1": "#7a3aa8",
    "voice-2": "#8a6200",
    "voice-3": "#10708f",
    "voice-4": "#b0305a",
    "voice-5": "#5d6b00",
}
_ANSI = {
    "side-asserts": "ansi_blue",
    "side-disputes": "ansi_red",
    "side-contested": "ansi_magenta",
    "badge-ink": "ansi_white",
    "hit-ink": "ansi_magenta",
    "voice-0": "ansi_green",
    "voice-1": "ansi_magenta",
    "voice-2": "ansi_yellow",
    "voice-3": "ansi_cyan",
    "voice-4": "ansi_red",
    "voice-5": "ansi_blue",
    "ink-muted": "ansi_default",
    "ink-faint": "ansi_bright_black",
    "paper-mark": "ansi_default",
    "paper-dispute": "ansi_default",
    "paper-cursor": "ansi_default",
    "cursor-style": "reverse",
    "paper-blurred": "ansi_default",
}


def variables(theme: Theme) -> dict[str, str]:
    """The colours that ``app.tcss`` needs beyond Textual's, to suit ``theme``."""
    if theme.ansi:
        light = {"badge-ink": "ansi_bright_white"} if not theme.dark else {}
        bright = {"side-asserts": "ansi_bright_blue", "side-disputes": "ansi_bright_red"} if theme.dark else {}
        return {**_ANSI, **light, **bright}
    made = theme.to_color_system().generate()
    ink, paper = Color.parse(made["foreground"]), Color.parse(made["surface"])
    sides = _DARK if theme.dark else _LIGHT

    def towards(colour: Color, share: float) -> str:
        return paper.blend(colour, share).hex6

    return {
        **sides,
        "ink-muted": towards(ink, 0.68),
        "ink-faint": towards(ink, 0.42),
        "cursor-style": "none",
        "paper-mark": towards(ink, 0.07),
        "paper-dispute": towards(Color.parse(sides["side-contested"]), 0.16),
        "paper-cursor": towards(Color.parse(made["primary"]), 0.30 if theme.dark else 0.22),
        "paper-blurred": towards(ink, 0.06),
    }
