# ruff: noqa: E501  (descriptions)
"""Help for where one is: what the screen shows, and every key that works there, out of the registry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from tui import commands
from tui.screens.modal import Window
from tui.wrap import Line, fit, paragraph

ABOUT = {
    "claims": "Claims that recur across the articles. A cell of the bar is one voice: █ asserts, ▒ disputes, · reports."
    " CONTESTED: at least one voice asserts it and another disputes it; two-sided: both sides are one voice. Outlets are counted beside independent origins"
    " (4/3: four outlets, three origins). ◆ marks a pinned claim.",
    "claim": "Who asserts the claim (┃) and who disputes it (╏), each with the words used; ┊ marks those who pass it on"
    " without taking a side. “NK News ▸ the ministry” reads: NK News reports what the ministry says. What was said is"
    " set in bold within its sentence.",
    "document": "The whole article. The margin says whose voice a sentence is (a letter and colour), which side it takes"
    " (+ asserts, − disputes, · reports) and ! where the claim is contested.",
    "sources": "Outlets, and the people and institutions they cite, with the number of claims on which each takes a side.",
    "source": "Everything one source says, claim by claim, the contested ones first.",
    "matrix": "Sources by claims. + asserts, − disputes, · reports, ± both sides. The claim and the source under the cursor"
    " are spelt out below.",
    "related": "Claims near this one in meaning, by the vectors that the ingest stored, and how many sources take a side on both. Below those"
    " that are near stand those with the most sources in common.",
    "origin": "All that is known of the article, and every article that prints the same text: the one read first is the origin,"
    " whose voice the others' own words count for. Enter opens the article under the cursor.",
    "agreement": "Sources by sources: Cohen's kappa over the claims on which both take a side. +1: always the same side; 0: as"
    " often as if each took its sides at random but as often as it does; below 0: less often. “same”: both take only one and"
    " the same side, of which nothing follows. Enter opens the claims behind a cell.",
    "timeline": "When claims were asserted (█), disputed (▒) and reported (·), by the dates of the articles. ↺ marks a claim on"
    " which a voice changed sides. Below: who was the first on each side. With v, or T on a claim: its voices, the earliest"
    " first.",
    "changes": "What the ingests since your last visit brought, or those since a date: claims that are contested now and were"
    " not by what had been read before; voices that changed sides; new marks on pinned claims; new claims.",
    "ingest": "What is to be read, how far that is, and what was passed over and why. Each article goes through six stages,"
    " several articles at a time; the models run in a process of their own, and you can go on working. A stop loses"
    " nothing: what is stored already is skipped the next time.",
    "compare": "Two sources over the claims that either speaks on: where they take opposite sides, where they agree, and"
    " where only one speaks.",
    "facets": "What the list of claims can be narrowed to. Beside each value: how many claims of the list have it. A second"
    " choice of the same value lets go of it.",
    "review": "The machine's marks that nobody decided on yet, those first whose correction is expected to change most: the"
    " unsure ones on which it hangs whether a claim is contested. A decided mark leaves the list; the cursor goes on.",
}


class HelpScreen(Window):
    """See the module."""

    TITLE_TEXT = "Help"

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def draw(self, width: int) -> Sequence[Line]:
        """The description, then the commands by place."""
        from tui.app import ContestedApp

        app = cast(ContestedApp, self.app)
        lines: list[Line] = [[(commands.PLACES.get(self.place, "Help"), "title")]]
        lines += [*paragraph(ABOUT.get(self.place, ""), width), []]
        own = [] if self.place in ("document", *commands.GRIDS) else ["list"]
        typing = ["input"] if self.place in ("claims", "sources", "facets") else []
        for place in (self.place, *commands.ALSO.get(self.place, ()), *own, *typing, "app"):
            lines.append([(commands.PLACES[place], "accent")])
            for command in commands.of(place):
                keys = fit(app.keys_for(command), 20)
                room = width - 22
                told = paragraph(f"{command.label}. {command.tooltip}", room, [(0, len(command.label) + 1, "strong")])
                lines += [[(keys if n == 0 else " " * 20, "key"), ("  ", ""), *line] for n, line in enumerate(told)]
            lines.append([])
        lines.append([("Keys can be changed by id in the [keys] table of the settings:", "muted")])
        lines += paragraph(", ".join(c.id for c in commands.of(self.place)), width, roles="muted")
        return lines
