"""Ingest: articles are named, read in the background with their progress in sight, stopped, gone on with."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from claims.models import STAGES, Problem
from claims.plural import plural
from claims.safe import one_line
from tui.commands import bindings
from tui.ingesting import Ingest
from tui.screens.base import Memo, Place, rule
from tui.screens.choose import Words
from tui.widgets.band import Band
from tui.widgets.blocks import Blocks
from tui.widgets.cursor import CursorView
from tui.wrap import Line, crop, ends, fit, paragraph

EVERY = 0.2
"""Seconds between two looks at how far it is."""


@dataclass(frozen=True)
class Named:
    """What the user named. ``told`` is how much it is, or what stands against it; empty until that is known."""

    path: str
    told: str = ""
    wrong: bool = False


@dataclass(frozen=True)
class Item:
    """A row; the first of its kind carries the heading."""

    what: Named | Problem | str
    heading: Line | None


class Looked(Message):
    """What is behind a path."""

    def __init__(self, named: Named) -> None:
        self.named = named
        super().__init__()


def look(path: str) -> Named:
    """How many inputs a path stands for, and the first thing that is wrong with it."""
    from claims.read.inputs import find

    found, wrong, address = 0, "", False
    for one in find([path]):
        found += one.problem is None
        wrong = wrong or one.problem or ""
        address = address or one.kind == "address"
    if found:
        return Named(path, "an address" if address else plural(found, "file"))
    return Named(path, wrong.removeprefix(f"{path}: ") or "nothing to read", wrong=True)


def parted(typed: str) -> list[str]:
    """What was typed as single paths: several are parted by spaces, as in a shell, unless the whole is one."""
    typed = typed.strip()
    if not typed or Path(typed).expanduser().exists():
        return [typed] if typed else []
    try:
        return shlex.split(typed)
    except ValueError:  # a quotation mark that is part of a name
        return [typed]


def span(seconds: float) -> str:
    """A time in words."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


class IngestScreen(Place):
    """See the module."""

    PLACE = "ingest"
    BINDINGS: ClassVar[list[BindingType]] = bindings("ingest")

    def __init__(self) -> None:
        super().__init__()
        self.named: list[Named] = []
        self._shown: tuple[object, ...] = ()
        self.progress = Band(self.draw_progress, id="progress")
        self.items = Blocks[Item](self.draw_item, gap=0, lead=lambda item: 2 if item.heading else 0, id="named")

    def compose(self) -> ComposeResult:
        """How far it is, what was named, what was passed over."""
        yield from self.frame()
        yield self.progress
        yield self.items
        yield from self.foot()

    def on_mount(self) -> None:
        """What was named the last time."""
        self.items.focus()
        self.add_paths(self.contested.state.articles)
        self.set_interval(EVERY, self.look_again)
        self.look_again()

    def memo(self) -> Memo:
        """See the base."""
        return ["ingest"]

    @property
    def ingest(self) -> Ingest | None:
        """The one that runs, or ran last."""
        return self.contested.ingest

    @property
    def busy(self) -> bool:
        """Whether one runs."""
        return self.ingest is not None and self.ingest.state != "over"

    # -- what is shown

    def look_again(self) -> None:
        """Paint anew what has changed since the last look."""
        now = self.ingest
        problems, doubts = (now.problems, now.doubts) if now else ([], [])
        count = len(problems) + len(doubts)
        seen = (now and (now.state, now.step, count, now.told, int(now.seconds)), tuple(self.named))
        if seen == self._shown:
            return
        before, self._shown = self._shown, seen
        self.progress.show(self.draw_progress)
        self.refresh_head()
        if not before or before[1] != seen[1] or count + len(self.named) != self.items.count:
            self._fill(problems, doubts)

    def _fill(self, problems: Sequence[Problem], doubts: Sequence[str]) -> None:
        groups: list[tuple[Line, Sequence[Named | Problem | str]]] = [
            ([("To read", "accent"), (f"  {len(self.named)}", "muted")], self.named),
            ([("Not stored", "contested"), (f"  {len(problems)}", "muted")], list(problems)),
            ([("Stored with a doubt", "accent"), (f"  {len(doubts)}", "muted")], list(doubts)),
        ]
        found = [Item(what, head if n == 0 else None) for head, rows in groups for n, what in enumerate(rows)]
        self.items.fill(found, cursor=self.items.cursor)

    def draw_progress(self, width: int) -> list[Line]:
        """Bar, stages, the document at hand; or how it ended."""
        width = max(width - 2, 20)
        now = self.ingest
        if now is None:
            told = "Name files, folders, globs or addresses with a, start with s. What is stored already is skipped."
            return [*paragraph(told, width, roles="muted"), []]
        if not self.busy:
            return [*self._ending(now, width), []]
        if (step := now.step) is None:
            return [[("Starting …", "strong")], []]
        done, total = step.done, step.total
        share = f"{done}/{total}" if total else f"{done} done"
        rate = done / now.seconds
        left = f"{span((total - done) / rate)} left" if total and done and now.seconds > 2 else ""
        tail: Line = [(f" {share}", "strong"), (f" · {rate:.1f}/s" if done else "", "muted")]
        tail += [(f" · {left}", "muted")] if left else []
        tail += [(" · stopping after this document; x again: at once", "contested")] if now.state == "stopping" else []
        room = min(40, max(8, width // 4))
        full = round(room * done / total) if total else 0
        bar: Line = [("█" * full, "asserts"), ("░" * (room - full), "faint")] if total else []
        stages: Line = []
        for stage in STAGES:
            here = "strong" if stage == step.doing else "muted"
            stages += [(" ▸ " if stages else "", "faint"), (f"{stage} {now.begun[stage]}", here)]
        note: Line = [(f"{step.doing or 'reading'} ", "accent"), (one_line(step.note), "")]
        return [crop([*bar, *tail], width), crop(stages, width), crop(note, width), []]

    def _ending(self, now: Ingest, width: int) -> list[Line]:
        report = now.report
        if report is None:
            return paragraph(f"It broke off: {one_line(now.told)}", width, roles="contested")
        told = f"{plural(report.stored, 'document')} stored"
        told += f", {report.known} known already" if report.known else ""
        told += f", {len(report.problems)} not stored" if report.problems else ""
        told += f" · {span(now.seconds)}"
        if report.stopped:
            return paragraph(f"Stopped: {told}. s goes on from there.", width, roles="strong")
        return paragraph(f"Done: {told}. 1 shows the claims.", width, roles="strong")

    def draw_item(self, item: Item, width: int) -> Sequence[Line]:
        """A path with what is behind it, or a problem or doubt with its reason."""
        lines: list[Line] = [[], rule(item.heading, width)] if item.heading else []
        what = item.what
        if isinstance(what, str):
            return [*lines, *paragraph(one_line(what), width, limit=4)]
        if isinstance(what, Problem):
            word = fit("skipped" if what.skipped else "unread", 9)
            told = paragraph(one_line(what.message), width - 9, limit=4)
            first = (word, "muted" if what.skipped else "contested")
            return [*lines, *([first if n == 0 else (" " * 9, ""), *line] for n, line in enumerate(told))]
        right: Line = [(one_line(what.told) or "…", "contested" if what.wrong else "muted")]
        return [*lines, ends([(one_line(what.path), "strong")], crop(right, width * 2 // 3), width)]

    # -- what is named

    def add_paths(self, paths: Sequence[str]) -> None:
        """Name paths, and look what is behind them."""
        known = {named.path for named in self.named}
        fresh = [Named(path) for path in dict.fromkeys(paths) if path not in known]
        self.set_paths([*self.named, *fresh])
        for named in fresh:
            self.run_worker(
                lambda path=named.path: self.post_message(Looked(look(path))), thread=True, exit_on_error=False
            )

    def set_paths(self, named: list[Named]) -> None:
        """What is named from now on."""
        self.named = named
        self.contested.state.articles = [one.path for one in named]
        self.look_again()

    @on(Looked)
    def looked(self, message: Looked) -> None:
        """It is known what is behind a path."""
        self.set_paths([message.named if one.path == message.named.path else one for one in self.named])

    def here(self) -> Named | None:
        """The path under the cursor."""
        item = self.items.current
        return item.what if item and isinstance(item.what, Named) else None

    # -- commands

    def can(self, action: str) -> bool:
        """What runs cannot be started, what does not run cannot be stopped."""
        if action == "start":
            return bool(self.named) and not self.busy
        if action == "stop":
            return self.busy
        return action != "remove" or self.here() is not None

    @on(CursorView.Moved)
    def moved(self) -> None:
        """Other rows, other commands."""
        self.refresh_bindings()

    def action_add(self, old: str = "") -> None:
        """Type paths."""

        def answered(typed: str | None) -> None:
            if typed is not None:
                self.set_paths([one for one in self.named if one.path != old])
                self.add_paths(parted(typed))

        text = shlex.quote(old) if old else ""
        self.app.push_screen(Words("Files, folders, globs or addresses", text), answered)

    @on(CursorView.Chosen)
    def chosen(self) -> None:
        """Type a path anew."""
        if named := self.here():
            self.action_add(named.path)

    def action_remove(self) -> None:
        """Name it no longer. What it brought stays stored."""
        if named := self.here():
            self.set_paths([one for one in self.named if one.path != named.path])

    def action_start(self) -> None:
        """Read all that is named; what is stored already is skipped, so this also goes on after a stop."""
        if self.can("start"):
            self.contested.start_ingest([one.path for one in self.named])
            self.look_again()

    def action_stop(self) -> None:
        """After the document at hand; a second time: at once."""
        if self.ingest is not None:
            self.ingest.stop()
            self.look_again()
