"""Why a sentence has its mark: what was compared with what, what decided, and what would turn it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual import on
from textual.message import Message
from textual.worker import get_current_worker

from claims.errors import ClaimsError
from claims.notes import Note, notes
from claims.rows import ClaimRow, MentionRow
from claims.safe import one_line
from claims.views import Views
from tui import marks, noted
from tui.data import Stale
from tui.evidence import excerpt
from tui.screens.modal import Window
from tui.wrap import Line, Run, paragraph

if TYPE_CHECKING:
    from claims.explain import Explanation, Scores
    from tui.app import ContestedApp

MANNER = {
    "plain": "stated plainly",
    "hedged": "hedged: the author says it might be so",
    "distanced": "distanced: the author does not vouch for it",
}
LABEL = 12
LONG = 1_200
PASSED = {True: "+ yes", False: "− no", None: "· nothing to compare"}


class Explained(Message):
    """The explanation, or why there is none; and what is noted on the claim and its marks."""

    def __init__(self, found: Explanation | ClaimsError, noted: list[Note]) -> None:
        self.found, self.noted = found, noted
        super().__init__()


class WhyScreen(Window):
    """The explanation of one mark, read from what is stored."""

    TITLE_TEXT = "Why this mark"

    def __init__(self, claim: ClaimRow, mention: MentionRow) -> None:
        super().__init__()
        self.claim, self.mention = claim, mention
        self.found: Explanation | ClaimsError | None = None
        self.noted: list[Note] = []

    def on_mount(self) -> None:
        """Ask for it in a thread."""
        super().on_mount()
        self.run_worker(self._read, thread=True, exit_on_error=False)

    def _read(self) -> None:
        from claims.explain import explain

        def question(views: Views) -> tuple[Explanation, list[Note]]:
            return explain(views, self.mention.id), notes(views, self.claim.id)

        found: Explanation | ClaimsError
        written: list[Note] = []
        try:
            found, written = cast("ContestedApp", self.app).reader.ask(f"why-{id(self)}", question)
        except Stale:
            return
        except ClaimsError as error:
            found = error
        except Exception as error:  # a worker would swallow it, and the window would stay half empty
            found = ClaimsError(f"This could not be explained: {type(error).__name__}: {error}")
        if not get_current_worker().is_cancelled:
            self.post_message(Explained(found, written))

    @on(Explained)
    def explained(self, message: Explained) -> None:
        """It has come."""
        self.found, self.noted = message.found, message.noted
        self.lines.show(self.draw)

    def draw(self, width: int) -> Sequence[Line]:
        """The verdict and its sentence at once, the rest when it has come."""
        room = width - LABEL
        mention, found = self.mention, self.found
        text, start, end = excerpt(mention)
        rows: list[tuple[str, list[Line]]] = [
            ("verdict", self._verdict(room)),
            ("sentence", [*paragraph(text, room, [(start, end, f"span {mention.stance}")], roles="muted"), []]),
            *self._notes(room),
        ]
        if found is None:
            rows.append(("", [[("…", "faint")]]))
        elif isinstance(found, ClaimsError):
            rows.append(("", paragraph(one_line(str(found)), room, roles="warn")))
        else:
            rows += self._reasons(found, room)
        rows += [
            ("source", paragraph(f"{one_line(mention.source)} ({marks.KINDS[mention.source_kind]})", room)),
            ("article", paragraph(self._article(), room, roles="muted")),
            ("marks", paragraph(f"claim {self.claim.id}, mention {mention.id}", room, roles="muted")),
        ]
        return [
            [((label if number == 0 else "").ljust(LABEL), "muted"), *line]
            for label, lines in rows
            for number, line in enumerate(lines)
        ]

    def _notes(self, room: int) -> list[tuple[str, list[Line]]]:
        """What the analyst noted on this mark and on its claim, whole."""
        found = (
            ("note", noted.of_mark(self.noted, self.mention.id)),
            ("claim note", noted.of_claim(self.noted)),
        )
        return [(label, [*noted.drawn(written, room, ""), []]) for label, written in found if written]

    def _verdict(self, room: int) -> list[Line]:
        mention = self.mention
        sure = "set by hand" if mention.by_hand else f"{mention.score:.0%} sure"
        text, spans = "", list[Run]()
        for piece, roles in (
            (marks.chain_text(mention), "strong"),
            (f" {mention.stance} ", f"{mention.stance} strong"),
            ("the claim", "strong"),
            (f"  {sure}", "muted"),
        ):
            spans.append((len(text), len(text) + len(piece), roles))
            text += piece
        return paragraph(text, room, spans)

    def _reasons(self, found: Explanation, room: int) -> list[tuple[str, list[Line]]]:
        def said(text: str | None, roles: str = "") -> list[Line]:
            return paragraph(one_line(text)[:LONG], room, roles=roles)

        cue = f"“{one_line(found.cue)}”" if found.cue else "none: said in its own voice"
        meaning = f": {found.meaning}" if found.meaning else ""
        rows = [
            ("reason", [*said(f"{found.reason}{meaning}", "strong"), []]),
            ("premise", said(found.premise, found.stance)),
            ("hypothesis", said(found.hypothesis, "strong")),
        ]
        if found.near is not None:
            rows.append(("near", said(f"{found.near:.2f}: likeness and shared words", "muted")))
        rows += [("own claim", said(f"{found.own[0]}: {found.own[1]}", "muted"))] if found.own else []
        rows += [("context", said(found.context, "muted"))] if found.context else []
        rows += [
            ("cue", said(f"{cue}; {found.polarity}, {MANNER[found.factuality]}")),
            ("judge", [*said(found.judge or "was not asked", "muted"), *_scores(found, room), []]),
        ]
        if found.evened and found.taken and found.taken.but_for is not None:
            one, other = map(one_line, found.evened)
            told = f"{one}  /  {other}: one says the other with {found.taken.but_for:.2f}"
            rows.append(("evened out", [*said(told, "muted"), []]))
        for number, check in enumerate(found.checks):
            roles = {True: "asserts", False: "disputes", None: "muted"}[check.passed]
            text = f"{PASSED[check.passed]}  {one_line(check.name)}: {one_line(check.detail)[:LONG]}"
            spans = [(0, len(PASSED[check.passed]), f"{roles} strong")]
            rows.append(("checks" if number == 0 else "", paragraph(text, room, spans)))
        for number, flip in enumerate(found.flips):
            rows.append(("would turn" if number == 0 else "", said(flip)))
        return [*rows, ("", [[]])]

    def _article(self) -> str:
        mention = self.mention
        parts = [one_line(mention.outlet), one_line(mention.title), one_line(mention.published) or "undated"]
        return " · ".join(filter(None, [*parts, one_line(mention.url) or one_line(mention.path)]))


def _scores(found: Explanation, room: int) -> list[Line]:
    """The judge's probabilities, a line a direction."""

    def line(name: str, scores: Scores | None) -> list[Line]:
        if scores is None:
            return []
        return paragraph(
            f"{name:6}asserts {scores.asserts:.2f}  disputes {scores.disputes:.2f}  neither {scores.neutral:.2f}", room
        )

    return [*line("there", found.there), *line("back", found.back), *(line("taken", found.taken) if found.back else [])]
