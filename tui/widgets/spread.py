"""A claim over time in one line, and the numbers its marks name as a spread: who says how many, and when."""

from __future__ import annotations

from collections.abc import Sequence

from claims.figures import Figure
from claims.safe import one_line
from claims.timeline import ClaimTimeline
from tui.widgets.band import Band
from tui.wrap import Line, Run, crop, fit, flatten

LABEL = 9
SCALE = 18
"""Cells of the scale on which numbers stand."""

LOW, SHORT = 22, 30
"""Lines of a screen below which what stands beside the marks takes one line, or three."""

SIGNS = {(True, False): ("█", "asserts"), (False, True): ("▒", "disputes"), (True, True): ("▓", "warn")}
"""What stands for a period: somebody asserts, disputes, both."""


def beside(height: int, most: int) -> int:
    """How many lines of one kind may stand above the marks on a screen of ``height``: the marks come first."""
    return 1 if height < LOW else 3 if height < SHORT else most


class Spread(Band):
    """Takes no lines where there is nothing to say."""

    def fill(self, times: ClaimTimeline, numbers: Sequence[Figure]) -> None:
        """Another claim's."""

        def lines(width: int) -> list[Line]:
            most = beside(self.app.size.height, 6)
            return [*over_time(times, width), *spread(numbers, width, most)]

        self.show(lines)


def over_time(times: ClaimTimeline, width: int) -> list[Line]:
    """One sign a period, or a few periods where there are too many; nothing where all was said in one."""
    periods = times.periods
    if len(periods) < 2:
        return []
    room = max(4, width - LABEL - 2 * (len(periods[0]) + 1) - 14)
    step = -(-len(periods) // room)
    line: Line = [(fit("when", LABEL) + periods[0] + " ", "muted")]
    for start in range(0, len(periods), step):
        counts = [row.cells[p] for row in times.voices for p in periods[start : start + step] if p in row.cells]
        sides = (any(c[0] for c in counts), any(c[1] for c in counts))
        line.append(SIGNS.get(sides, ("·", "reports") if counts else (" ", "")))
    tail = f" {periods[-1]}" + (f"  by {times.scale}" if step == 1 else "")
    return [crop([*line, (tail, "muted")], width)]


def spread(numbers: Sequence[Figure], width: int, most: int) -> list[Line]:
    """A line a number, on a common scale, with those who name it."""
    groups: dict[tuple[float, float | None], list[Figure]] = {}
    for figure in numbers:
        groups.setdefault((figure.low, figure.high), []).append(figure)
    ends = [end for low, high in groups for end in (low, high) if end is not None]
    if not ends:
        return []
    least, greatest = min(ends), max(ends)

    def at(value: float) -> int:
        return round((value - least) / ((greatest - least) or 1) * (SCALE - 1))

    lines: list[Line] = []
    for (low, high), named in list(groups.items())[:most]:
        first, last = at(low), SCALE - 1 if high is None else at(high)
        marks = [(first, last + 1, "accent")]
        drawn = ["━" if first < n < last else "·" for n in range(SCALE)]
        drawn[last], drawn[first] = "▸" if high is None else "●", "●"
        scale = "".join(drawn)
        runs: list[Run] = flatten([(0, SCALE, "faint"), *marks], SCALE)
        label = fit(one_line(named[0].text), 16 if width < 100 else 28, right=True)
        who = "; ".join(f"{one_line(f.source)[:60]} {one_line(f.published)[:10] or 'undated'}" for f in named)
        head = fit("" if lines else "numbers", LABEL)
        line: Line = [(head, "muted"), (label, "strong"), (" ", ""), *((scale[a:b], r) for a, b, r in runs)]
        lines.append(crop([*line, (f" {who}", "")], width))
    if len(groups) > most:
        lines[-1] = crop([*crop(lines[-1], width - 12), (f"  +{len(groups) - most} more", "muted")], width)
    return lines
