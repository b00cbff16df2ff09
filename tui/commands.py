# ruff: noqa: E501  (the table is easier to read unbroken)
"""The one registry of commands: keys, footer, palette and help are all made from this table.

A user's ``[keys]`` table remaps by ``id``. ``place`` is the screen or widget that a command belongs to; ``app`` ones
work everywhere. At most six commands of a place, those of ``app`` included, are in its footer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True)
class Command:
    """One thing a user can do."""

    id: str
    keys: str
    action: str
    label: str
    tooltip: str
    footer: bool = False
    palette: bool = True
    """Cursor movement is in the help but would only be noise in the palette."""

    @property
    def place(self) -> str:
        """Where it works."""
        return self.id.split(".")[0]


PLACES = {
    "app": "Everywhere",
    "list": "Moving about",
    "input": "While typing a filter",
    "claims": "Claims",
    "claim": "One claim",
    "document": "Article",
    "sources": "Sources",
    "source": "One source",
    "related": "Related claims",
    "origin": "Origin of an article",
    "matrix": "Matrix",
    "agreement": "Sources by sources",
    "timeline": "Claims over time",
    "changes": "What changed",
    "compare": "Two sources compared",
    "review": "Review",
    "grid": "Moving about a grid",
    "ingest": "Reading articles",
    "mark": "Correcting a mark",
    "decide": "Deciding on a claim",
    "naming": "Who is who",
    "pick": "Choosing a source",
    "facets": "Narrowing the list",
    "behind": "The marks behind a row",
    "cite": "Copying",
    "marks": "The marks behind a row, in their window",
}
"""Titles of the places, in the order of the help."""

GRIDS = ("matrix", "agreement", "timeline")
"""Places that are a grid: they have its keys instead of a list's."""

ALSO = {**dict.fromkeys(GRIDS, ("grid", "behind", "cite")), "agreement": ("grid",), "marks": ("mark",),
        **dict.fromkeys(("compare", "changes", "related"), ("behind", "cite")),
        "claims": ("decide", "behind"), "claim": ("mark", "decide"), "document": ("mark", "decide"),
        "review": ("mark", "decide"), "sources": ("naming",), "source": ("decide", "naming", "behind", "cite")}
"""Places whose commands work in another place too."""

COMMANDS = (
    Command("app.help", "f1,question_mark", "help", "Help", "What you see here and every key that works.", True),
    Command("app.commands", "ctrl+p", "command_palette", "Commands", "Find any command by name.", True, False),
    Command("app.back", "escape,backspace", "leave", "Back", "Return to where you came from."),
    Command("app.claims", "1", "go('claims')", "Claims", "All recurring claims, the most contested first."),
    Command("app.sources", "2", "go('sources')", "Sources", "Outlets and the people and institutions they cite."),
    Command("app.matrix", "3", "go('matrix')", "Matrix", "Sources by claims: who takes which side of what."),
    Command("app.compare", "4", "go('compare')", "Compare", "Two sources: where they agree and where they do not."),
    Command("app.review", "5", "go('review')", "Review", "The marks whose correction would change most, one after the other."),
    Command("app.timeline", "6", "go('timeline')", "Timeline", "Claims over time: who said it first, who later, who changed sides."),
    Command("app.changes", "7", "go('changes')", "What changed", "What the ingests since your last visit, or a date, brought."),
    Command("app.ingest", "0", "go('ingest')", "Ingest", "Read articles: files, folders, addresses, with their progress."),
    Command("app.undo", "u", "undo", "Undo", "Take back the last decision."),
    Command("app.redo", "U", "redo", "Redo", "Make the last undone decision stand again."),
    Command("app.export", "ctrl+s", "export", "Write to a file", "Write all that this place lists to a Markdown, CSV or JSON file."),
    Command("app.refresh", "r,f5", "refresh_view", "Read again", "Read the database again, after an ingest elsewhere."),
    Command("app.theme", "t", "next_theme", "Next theme", "Go through the themes: dark, light, the terminal's own."),
    Command("app.quit", "q,ctrl+q", "quit", "Quit", "Leave; you come back to this place."),
    Command("list.down", "down,j", "cursor_down", "Down", "One row down.", palette=False),
    Command("list.up", "up,k", "cursor_up", "Up", "One row up.", palette=False),
    Command("list.page_down", "pagedown,ctrl+d,space", "cursor_page_down", "Page down", "A screenful on.", palette=False),
    Command("list.page_up", "pageup,ctrl+u", "cursor_page_up", "Page up", "A screenful back.", palette=False),
    Command("list.first", "home,g", "cursor_first", "First", "To the first row.", palette=False),
    Command("list.last", "end,G", "cursor_last", "Last", "To the last row.", palette=False),
    Command("list.open", "enter", "open", "Open", "Open what the cursor is on.", True, False),
    Command("list.enter", "right,l", "open", "Open", "Open what the cursor is on.", palette=False),
    Command("list.leave", "left,h", "app.leave", "Back", "Return to where you came from.", palette=False),
    Command("input.done", "down,enter", "done", "To the list", "Keep the filter and go to the list.", True, False),
    Command("input.clear", "escape", "clear", "Clear", "Drop the filter and go to the list.", True, False),
    Command("claims.filter", "slash", "filter", "Filter", "Show claims whose wording or sentences hold these words.", True),
    Command("claims.facets", "f", "facets", "Narrow",
            "Narrow the list by outlet, who is quoted, why disputed, when, word; only pinned or unreviewed; with counts."),
    Command("claims.contested", "c", "narrow('contested')", "Contested only",
            "Only claims that one voice asserts and another disputes, or all again.", True),
    Command("claims.sort", "s", "sort", "Sort", "Next order: most contested, most voices, latest, earliest, by wording.", True),
    Command("claims.reverse", "S", "reverse", "Turn the order", "The same order from its other end."),
    Command("claims.pinned", "p", "narrow('pinned')", "Pinned only", "Only claims you have pinned, or all again."),
    Command("claims.everything", "a", "narrow('everything')", "All claims",
            "Also claims that only one sentence makes, or recurring ones alone again."),
    Command("claims.preview", "v", "preview", "Preview", "Show or hide both sides of the claim under the cursor."),
    Command("claims.copy", "y", "copy", "Copy", "Copy the claim with its counts."),
    Command("claim.why", "x,e", "why", "Explain", "Why this sentence has this mark: premise, hypothesis, cue, score.", True),
    Command("claim.other", "tab,right,l", "side(1)", "Other side", "To the next column: asserts, disputes, reports.", True),
    Command("claim.previous_side", "shift+tab,left,h", "side(-1)", "Side before", "To the column before.", palette=False),
    Command("claim.timeline", "T", "timeline", "Over time", "Who spoke when on this claim: who first, who later, who changed sides."),
    Command("claim.related", "R", "related", "Related", "Claims near this one: in meaning, and by sources that speak on both."),
    Command("claim.pick", "p", "pick", "Pick out", "Pick this mark out, or let it go: the picked ones can be made a claim of their own."),
    Command("claim.split", "S", "split", "Split", "Make the marks picked out a claim of their own."),
    Command("claim.address", "o", "address", "Open address", "Open the article's address in the web browser."),
    Command("claim.copy", "y", "copy", "Copy citation", "Copy the sentence with its source, date and address.", True),
    Command("document.next", "n,j,down", "step(1)", "Next", "To the next marked sentence.", True),
    Command("document.previous", "N,k,up,p", "step(-1)", "Previous", "To the marked sentence before.", True),
    Command("document.contested", "c", "contested", "Contested", "To the next sentence whose claim is contested.", True),
    Command("document.open", "enter,right,l", "open", "Claim", "Open the claim this sentence belongs to.", True),
    Command("document.why", "x,e", "why", "Explain", "Why this sentence has this mark."),
    Command("document.scroll_down", "ctrl+e", "scroll_text(1)", "Line down", "Scroll one line on.", palette=False),
    Command("document.scroll_up", "ctrl+y", "scroll_text(-1)", "Line up", "Scroll one line back.", palette=False),
    Command("document.page_down", "space,pagedown,ctrl+d", "page_text(1)", "Page down", "A screenful on.", palette=False),
    Command("document.page_up", "pageup,ctrl+u", "page_text(-1)", "Page up", "A screenful back.", palette=False),
    Command("document.first", "home,g", "edge(0)", "Top", "To the head of the article.", palette=False),
    Command("document.last", "end,G", "edge(1)", "End", "To the end of the article.", palette=False),
    Command("document.origin", "O", "origin", "Origin", "Where and when it was printed, by whom besides, and all that is known of it."),
    Command("document.address", "o", "address", "Open address", "Open the article's address in the web browser."),
    Command("document.copy", "y", "copy", "Copy citation", "Copy the sentence with its source, date and address."),
    Command("document.leave", "left,h", "app.leave", "Back", "Return to where you came from.", palette=False),
    Command("sources.filter", "slash", "filter", "Filter", "Show sources whose name or alias holds these letters.", True),
    Command("sources.kind", "o", "kind", "Outlets / holders", "Only outlets, only those they cite, or both.", True),
    Command("sources.sort", "s", "sort", "Sort", "Next order: most sides taken, asserts, disputes, articles, name."),
    Command("sources.mark", "m", "mark", "Mark to compare", "Mark this source; marking a second one compares the two.", True),
    Command("sources.copy", "y", "copy", "Copy", "Copy the source with its counts."),
    Command("source.contested", "c", "contested", "Contested only", "Only contested claims, or all again.", True),
    Command("source.compare", "m,equals_sign", "compare", "Compare with", "Choose a source to set beside this one.", True),
    Command("grid.up", "up,k", "move(-1, 0)", "Up", "The row above.", palette=False),
    Command("grid.down", "down,j", "move(1, 0)", "Down", "The row below.", palette=False),
    Command("grid.left", "left,h", "move(0, -1)", "Left", "The column to the left.", palette=False),
    Command("grid.right", "right,l", "move(0, 1)", "Right", "The column to the right.", palette=False),
    Command("grid.page_down", "pagedown,ctrl+d", "move(10, 0)", "Ten down", "Ten rows on.", palette=False),
    Command("grid.page_up", "pageup,ctrl+u", "move(-10, 0)", "Ten up", "Ten rows back.", palette=False),
    Command("grid.ten_left", "H", "move(0, -10)", "Ten left", "Ten columns back.", palette=False),
    Command("grid.ten_right", "L", "move(0, 10)", "Ten right", "Ten columns on.", palette=False),
    Command("grid.first", "home,g", "move(-1000, -10000)", "First", "To the first cell.", palette=False),
    Command("grid.last", "end,G", "move(1000, 10000)", "Last", "To the last cell.", palette=False),
    Command("grid.open", "enter", "open", "Open", "Open the sentences behind this cell.", True),
    Command("grid.zoom", "z", "zoom", "Zoom", "Narrow columns show more of them, wide ones more of each.", True),
    Command("matrix.layer", "v", "layer", "Layer", "What each says; outlets in their own voice; outlets by whom they quote.", True),
    Command("matrix.contested", "c", "contested", "Contested only", "Only contested claims, or all again."),
    Command("matrix.agreement", "a", "agreement", "Agreement", "Sources by sources: how far two sources agree beyond chance.", True),
    Command("matrix.source", "S", "source", "The source", "Open all that this row's source says."),
    Command("agreement.more", "plus,greater_than_sign", "least(1)", "More shared", "Only pairs that share one claim more.", True),
    Command("agreement.fewer", "minus,less_than_sign", "least(-1)", "Fewer shared", "Also pairs that share one claim less.", True),
    Command("agreement.copy", "y", "copy", "Copy", "Copy the pair with its numbers, in words."),
    Command("timeline.scale", "s", "scale", "Scale", "By week, by month, by year.", True),
    Command("timeline.contested", "c", "contested", "Contested only", "Only contested claims, or all again.", True),
    Command("timeline.voices", "v", "voices", "Voices", "The voices on this row's claim over time: who first, who later."),
    Command("origin.address", "o", "address", "Open address", "Open the address of the article under the cursor.", True),
    Command("changes.since", "s", "since", "Since", "Since another date, which you type; nothing typed: your last visit.", True),
    Command("compare.choose", "m,equals_sign", "choose", "Choose sources", "Choose which two sources to compare.", True),
    Command("compare.swap", "s", "swap", "Swap sides", "The second source first."),
    Command("review.skip", "n", "skip", "Skip", "Leave this mark as it is and go on to the next.", True),
    Command("review.why", "x,e", "why", "Explain", "Why this sentence has this mark: premise, hypothesis, cue, score.", True),
    Command("review.article", "o", "article", "Article", "Open the article at this sentence."),
    Command("review.copy", "y", "copy", "Copy citation", "Copy the sentence with its source, date and address.", True),
    Command("ingest.add", "a,plus", "add", "Add", "Name files, folders, globs or addresses to read.", True),
    Command("ingest.start", "s", "start", "Start", "Read what is named, or go on after a stop; what is stored already is skipped.", True),
    Command("ingest.stop", "x", "stop", "Stop", "Stop after the article at hand; a second time: at once.", True),
    Command("ingest.remove", "d,delete", "remove", "Remove", "Name this path no longer; what it brought stays stored."),
    Command("mark.asserts", "a", "stance('asserts')", "It asserts", "By hand: this sentence asserts the claim."),
    Command("mark.disputes", "d", "stance('disputes')", "It disputes", "By hand: this sentence disputes the claim."),
    Command("mark.reports", "i", "stance('reports')", "It reports", "By hand: this sentence passes the claim on, taking no side."),
    Command("mark.confirm", "v", "confirm", "Right as it is", "By hand: the mark is right, no model changes it."),
    Command("mark.not_this", "X,delete", "not_this", "Not this claim", "Take the sentence out of the claim, into one of its own."),
    Command("mark.move", "m", "move", "Move", "Put the sentence under another claim, chosen by typing."),
    Command("mark.note", "w", "note_mark", "Note on the sentence", "Write a note on this sentence."),
    Command("decide.pin", "P", "pin", "Pin", "Keep the claim in every list, or let it go."),
    Command("decide.rename", "f2,E", "rename", "Reword", "Word the claim yourself; no ingest words it otherwise."),
    Command("decide.merge", "M", "merge", "Merge", "Make another claim, chosen by typing, one with this."),
    Command("decide.note", "W", "note_claim", "Note on the claim", "Write a note on the claim."),
    Command("naming.same", "A", "same", "Same as", "Say that this source is another one, chosen by typing: one name more of it."),
    Command("naming.part", "N", "part", "Part a name", "Say that one of its names is a source of its own."),
    Command("facets.next", "tab,right,l", "step(1)", "Next facet", "Only, outlet, quoted, why disputed, when, word.", palette=False),
    Command("facets.previous", "shift+tab,left,h", "step(-1)", "Facet before", "The facet before.", palette=False),
    Command("facets.filter", "slash", "filter", "Letters", "Show values whose name holds these letters."),
    Command("facets.clear", "c", "clear", "Clear", "All claims again."),
    Command("facets.help", "f1,question_mark", "app.help", "Help", "What you see here and every key that works.", palette=False),
    Command("facets.close", "escape,q,f", "close", "Close", "Back to the list.", palette=False),
    Command("behind.open", "D", "behind", "Decide", "The marks behind this row or cell in a window: read them, set them right."),
    Command("cite.copy", "y", "cite", "Copy citations", "Copy the sentences behind this row or cell, each with its source, date and address."),
    Command("marks.copy", "y", "copy", "Copy citation", "Copy the sentence with its source, date and address.", True),
    Command("pick.done", "enter", "done", "Choose", "Take the source under the cursor.", palette=False),
)  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}


def of(*places: str) -> list[Command]:
    """The commands of these places, in the order of the table."""
    return [command for command in COMMANDS if command.place in places]


def bindings(*places: str, leave_out: Iterable[str] = ()) -> list[BindingType]:
    """The bindings of places, for a screen's ``BINDINGS``."""
    without = set(leave_out)
    return [
        Binding(
            command.keys, command.action, command.label, show=command.footer, tooltip=command.tooltip, id=command.id
        )
        for command in of(*places)
        if command.id not in without
    ]


def unknown(keymap: Iterable[str]) -> list[str]:
    """Ids in a user's keymap that no command has."""
    return sorted(set(keymap) - set(BY_ID))
