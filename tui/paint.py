"""Lines of pieces to strips: roles become the colours of the theme, through component classes (see ``app.tcss``)."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.wrap import Line

VOICES = 6
"""How many colours there are for voices; their letters tell more of them apart."""

ROLES = (
    "asserts", "disputes", "reports", "contested", "badge", "strong", "muted", "faint", "title", "key", "hit", "span",
    "mark", "dispute-mark", "chosen", "accent", "cursor", "cursor-blurred", "rule", "warn",
    *(f"voice-{number}" for number in range(VOICES)),
)  # fmt: skip

CLASSES = {f"paint--{role}" for role in ROLES}
"""The component classes of every widget that paints."""


def style_of(widget: Widget, roles: str) -> Style:
    """The look of ``roles`` in the widget's theme, the later ones over the earlier; nothing but what they set."""
    style = Style.null()
    for role in roles.split():
        style += widget.get_component_rich_style(f"paint--{role}", partial=True)
    return style


def strip(widget: Widget, line: Line, width: int, over: str = "") -> Strip:
    """One line as a strip of exactly ``width`` cells; ``over`` goes on top (a cursor's background)."""
    base = widget.rich_style
    top = style_of(widget, over)
    ground = base + top
    segments = [
        Segment(text, base + style_of(widget, roles) + top if roles else ground) for text, roles in line if text
    ]
    return Strip(segments).adjust_cell_length(width, ground)
