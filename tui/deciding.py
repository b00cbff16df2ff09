"""The analyst's decisions from the keyboard: written in a thread through :mod:`claims.decisions`, shown at once.

The thread belongs to the app, not to the screen: leaving a screen never drops a decision that is being written.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from textual.message import Message

from claims.errors import ClaimsError, NotFound
from claims.models import Stance
from claims.plural import plural
from claims.rows import MentionRow, SourceRow
from claims.safe import one_line
from tui.screens.base import Place

if TYPE_CHECKING:
    from claims.decisions import Decision, Decisions
    from claims.store import Store
    from tui.app import ContestedApp

Decide = Callable[["Decisions"], "Decision"]
ON_A_MARK = ("stance", "confirm", "not_this", "move", "note_mark")
ON_A_CLAIM = ("pin", "rename", "merge", "note_claim")
MARKS = re.compile(r"^mentions? (\d+(?:, \d+)*)", re.I)
"""How a decision on marks begins, and what is said against one."""

_one_at_a_time = threading.Lock()


class Decided(Message):
    """The log has a new entry, or ``failed`` says why not; ``turned``: it was an undo or a redo."""

    def __init__(self, told: str, failed: bool = False, turned: bool = False) -> None:
        self.told, self.failed, self.turned = told, failed, turned
        super().__init__()


def decide(app: ContestedApp, what: Decide) -> None:
    """Write a decision in a thread; the app gets :class:`Decided` when it is done."""
    app.run_worker(lambda: app.post_message(_write(app, what)), thread=True, group="deciding", exit_on_error=False)


def _write(app: ContestedApp, what: Decide) -> Decided:
    from claims.decisions import Decisions
    from claims.store import Store

    if app.reader.missing:
        return Decided("There is no database yet, so there is nothing to decide on.", failed=True)
    try:
        with _one_at_a_time:
            store = Store.open(app.database)
            try:
                done = what(Decisions(store))
                told = _told(store, done)
            except ClaimsError as error:
                return Decided(_named(store, str(error)), failed=True)
            finally:
                store.close()
    except ClaimsError as error:
        return Decided(str(error), failed=True)
    except Exception as error:  # a worker would swallow it, and the analyst would think it was written
        return Decided(f"Nothing was decided: {type(error).__name__}: {error}", failed=True)
    way_back = "U does it again" if done.kind == "undo" else "u takes it back"
    return Decided(f"{told} · {way_back}", turned=done.kind in ("undo", "redo"))


def _told(store: Store, done: Decision) -> str:
    """A decision in words."""
    turned = done.kind in ("undo", "redo")
    kind, what = done.what.split(": ", 1) if turned else (done.kind, done.what)
    what = _named(store, what) if kind in ("stance", "move", "split", "note") else what
    label = f"{done.kind} of {kind}" if turned else kind
    return f"{label.capitalize()}: {one_line(what)[:200]}"


def _named(store: Store, what: str) -> str:
    """The same with marks named by whose words they are: their numbers stand on no screen."""
    return MARKS.sub(lambda found: _voices(store, found[1].split(", ")), what)


def _voices(store: Store, mention_ids: Sequence[str]) -> str:
    """Whose the one mark is; of several, how many they are."""
    if len(mention_ids) > 1:
        return plural(len(mention_ids), "mark")
    try:
        source = store.values("mention", int(mention_ids[0]), ("source_id",))["source_id"]
    except NotFound:  # a copy that went with the decision
        return "a mark"
    return one_line(store.values("source", source, ("name",))["name"])[:60]


def turned(before: Sequence[MentionRow], after: Sequence[MentionRow], here: int | None) -> int | None:
    """The mark that an undo or redo was about, told from the marks before and after; none where none is another.

    Of several it is the one under the cursor (``here``), else one that came back.
    """
    known = {mark.id: mark for mark in before}
    others = [mark.id for mark in after if known.get(mark.id) != mark]
    if here in others:
        return here
    return next((i for i in others if i not in known), others[0] if others else None)


class Deciding(Place):
    """A place with claims, and perhaps marks, that can be decided on."""

    turned = False
    """Whether an undo or redo has been made since the place was read: the next reading puts the cursor on its mark."""

    def mark_here(self) -> MentionRow | None:
        """The mark under the cursor."""
        return None

    def claim_here(self) -> tuple[int, str, bool] | None:
        """The claim shown or under the cursor: id, wording, whether pinned."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be decided where there is nothing."""
        if action in ON_A_MARK:
            return self.mark_here() is not None
        if action in ON_A_CLAIM:
            return self.claim_here() is not None
        return super().check_action(action, parameters)

    def _decide(self, what: Decide) -> None:
        decide(self.contested, what)

    def _decide_mark(self, mark: MentionRow, what: Decide) -> None:
        """Decide on a mark; a place that shows one mark after the other goes on."""
        self._decide(what)

    def action_stance(self, stance: Stance) -> None:
        """Say which way the mark goes."""
        if mark := self.mark_here():
            self._decide_mark(mark, lambda decisions: decisions.stance(mark.id, stance))

    def action_confirm(self) -> None:
        """The mark is right as it is: a person says so."""
        if mark := self.mark_here():
            self._decide_mark(mark, lambda decisions: decisions.stance(mark.id, mark.stance))

    def action_not_this(self) -> None:
        """The sentence says something else: take its mark out into a claim of its own."""
        if mark := self.mark_here():
            self._decide_mark(mark, lambda decisions: decisions.split(mark.claim_id, [mark.id]))

    def action_move(self) -> None:
        """Put the mark under another claim."""
        from tui.screens.choose import ClaimChoice

        if mark := self.mark_here():

            def move(claim: int | None) -> None:
                if claim is not None:
                    self._decide_mark(mark, lambda decisions: decisions.move(mark.id, claim))

            self.app.push_screen(ClaimChoice("Move this sentence to", mark.claim_id), move)

    def action_note_mark(self) -> None:
        """Note something on the mark."""
        if mark := self.mark_here():
            title = f"Note on what {one_line(mark.source)[:40]} says"
            self._ask(title, "", lambda text: lambda d: d.note(text, mention_id=mark.id))

    def action_note_claim(self) -> None:
        """Note something on the claim."""
        if claim := self.claim_here():
            self._ask(f"Note on claim {claim[0]}", "", lambda text: lambda d: d.note(text, claim_id=claim[0]))

    def action_rename(self) -> None:
        """Word the claim."""
        if claim := self.claim_here():
            text = one_line(claim[1])
            self._ask(f"Wording of claim {claim[0]}", text, lambda text: lambda d: d.rename(claim[0], text))

    def action_pin(self) -> None:
        """Pin the claim, or let it go."""
        if claim := self.claim_here():
            self._decide(lambda decisions: decisions.pin(claim[0], pinned=not claim[2]))

    def action_merge(self) -> None:
        """Make another claim one with this."""
        from tui.screens.choose import ClaimChoice

        if claim := self.claim_here():

            def merge(other: int | None) -> None:
                if other is not None:
                    self._decide(lambda decisions: decisions.merge(claim[0], [other]))

            self.app.push_screen(ClaimChoice(f"Merge into claim {claim[0]}", claim[0]), merge)

    def action_undo(self) -> None:
        """Take back the last decision."""
        self._decide(lambda decisions: decisions.undo())

    def _ask(self, title: str, text: str, then: Callable[[str], Decide]) -> None:
        from tui.screens.choose import Words

        def answered(words: str | None) -> None:
            if words is not None:
                self._decide(then(words))

        self.app.push_screen(Words(title, text), cast("Callable[[str | None], None]", answered))


class Naming(Deciding):
    """A place with sources, of which one can say that two are one, or that a name is somebody else's."""

    def source_here(self) -> SourceRow | None:
        """The source shown or under the cursor."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nobody is nobody's namesake; a source with one name has none to part."""
        source = self.source_here() if action in ("same", "part") else None
        if action == "same":
            return source is not None
        if action == "part":
            return source is not None and bool(source.aliases)
        return super().check_action(action, parameters)

    def action_same(self) -> None:
        """This source is another one."""
        from tui.screens.pick import PickScreen

        if source := self.source_here():

            def same(other: int | None) -> None:
                if other is not None:
                    self._decide(lambda decisions: decisions.alias(source.id, other))

            self.app.push_screen(PickScreen(f"{one_line(source.name)[:40]} is the same as", source.id), same)

    def action_part(self) -> None:
        """One of its names is a source of its own."""
        from tui.screens.pick import NameScreen

        if source := self.source_here():

            def part(number: int | None) -> None:
                if number is not None:
                    self._decide(lambda decisions: decisions.unalias(source.aliases[number]))

            self.app.push_screen(NameScreen("A source of its own is", source.aliases), part)
