"""Why a sentence has its mark: what was compared with what, and what decided."""

from __future__ import annotations

from collections.abc import Sequence

from claims.rows import ClaimRow, MentionRow
from claims.safe import one_line
from tui import marks
from tui.evidence import excerpt
from tui.screens.modal import Window
from tui.wrap import Line, paragraph

WORDS = {
    "plain": "stated plainly",
    "hedged": "hedged: the author says it might be so",
    "distanced": "distanced: the author does not vouch for it",
}
LABEL = 12


class WhyScreen(Window):
    """The explanation of one mark."""

    TITLE_TEXT = "Why this mark"

    def __init__(self, claim: ClaimRow, mention: MentionRow) -> None:
        super().__init__()
        self.claim, self.mention = claim, mention

    def draw(self, width: int) -> Sequence[Line]:
        """Premise, hypothesis, verdict, and what led to it."""
        mention, claim = self.mention, self.claim
        text, start, end = excerpt(mention)
        verdict: Line = [
            (marks.chain_text(mention), "strong"),
            (f" {mention.stance} ", f"{mention.stance} strong"),
            ("the claim", "strong"),
            (f"  {mention.score:.0%} sure", "muted"),
        ]
        whole = "".join(t for t, _ in verdict)
        at, spans = 0, []
        for piece, roles in verdict:
            spans.append((at, at + len(piece), roles))
            at += len(piece)
        said = one_line(marks.said(mention))[:1_200]
        rows: list[tuple[str, list[Line]]] = [
            ("verdict", paragraph(whole, width - LABEL, spans)),
            ("hypothesis", paragraph(one_line(claim.text)[:1_200], width - LABEL, roles="strong")),
            ("premise", paragraph(said, width - LABEL, roles=mention.stance)),
            ("sentence", paragraph(text, width - LABEL, [(start, end, f"span {mention.stance}")], roles="muted")),
            (
                "cue",
                paragraph(
                    f"“{one_line(mention.cue)}”" if mention.cue else "none: said in its own voice", width - LABEL
                ),
            ),
            ("manner", paragraph(WORDS.get(mention.factuality, mention.factuality), width - LABEL)),
            ("reason", paragraph(one_line(mention.reason) or "none given", width - LABEL)),
            ("set by", paragraph("a person, by hand" if mention.by_hand else "the program", width - LABEL)),
            ("source", paragraph(f"{one_line(mention.source)} ({marks.KINDS[mention.source_kind]})", width - LABEL)),
            ("article", paragraph(self._article(), width - LABEL, roles="muted")),
            ("marks", paragraph(f"claim {claim.id}, mention {mention.id}", width - LABEL, roles="muted")),
        ]
        lines: list[Line] = []
        for label, found in rows:
            for number, line in enumerate(found):
                lines.append([((label if number == 0 else "").ljust(LABEL), "muted"), *line])
            lines += [[]] if label in ("verdict", "hypothesis", "premise", "sentence") else []
        return lines

    def _article(self) -> str:
        mention = self.mention
        parts = [one_line(mention.outlet), one_line(mention.title), one_line(mention.published) or "undated"]
        return " · ".join(filter(None, [*parts, one_line(mention.url) or one_line(mention.path)]))
