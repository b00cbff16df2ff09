"""The application: places one can go to, themes, keys, and where one left off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from textual import events, on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.notifications import Notify
from textual.screen import Screen
from textual.widgets import Input

from claims.meaning import Meaning
from claims.rows import DocumentRow, MentionRow
from claims.safe import one_line
from tui import commands, config, marks, state, themes
from tui.commands import Command
from tui.data import Reader
from tui.deciding import Decided, Deciding, decide
from tui.ingesting import Ended, Ingest
from tui.paint import styles
from tui.palette import Commands, Palette
from tui.screens.base import Memo, Place
from tui.screens.claims import ClaimsScreen


class ContestedApp(App[None]):
    """Who asserts and who disputes what, over one database."""

    TITLE = "Contested"
    CSS_PATH = ["app.tcss", *sorted((Path(__file__).parent / "screens").glob("*.tcss"))]  # noqa: RUF012
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings("app")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-normal"), (100, "-wide"), (150, "-vast")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-short"), (34, "-tall")]  # noqa: RUF012
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 3

    def __init__(self, database: Path, settings: Mapping[str, Any] | None = None) -> None:
        self.database = Path(database)
        self.config = config.parse(settings)
        self.reader = Reader(self.database)
        self.meaning = Meaning(self.database)
        self.ingest: Ingest | None = None
        """The one that runs, or ran last."""
        self.state = state.read(self.database) if self.config.restore else state.State()
        self.last_visit = self.state.visited
        """When the visit before this one ended, in UTC, as the file of states has it."""
        super().__init__()
        for theme in themes.OWN:
            self.register_theme(theme)
        wanted = self.state.theme or self.config.theme or themes.DARK.name
        self.theme = wanted if wanted in self.available_themes else themes.DARK.name

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables; what is painted by hand takes its styles from them too."""
        found = super().get_css_variables()
        self.inks = styles(found)
        return found

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of sides and voices to suit whatever theme is on."""
        return themes.variables(self.current_theme)

    def get_default_screen(self) -> Screen[Any]:
        """Everything starts from the claims."""
        return ClaimsScreen()

    def on_mount(self) -> None:
        """The user's keys, and the places that were open."""
        if self.config.keys:
            self.set_keymap({k: v for k, v in self.config.keys.items() if k in commands.BY_ID})
            if wrong := commands.unknown(self.config.keys):
                self.notify(
                    f"No command is called {', '.join(wrong)}. Help (F1) shows the names.",
                    title="Keys", severity="warning", markup=False,
                )  # fmt: skip
        for memo in self.state.trail:
            if (place := self._from_memo(memo)) is not None:
                self.push_screen(place)

    def on_unmount(self) -> None:
        """Give the file back; what is being read is stored whole, the rest another time."""
        if self.ingest is not None:
            self.ingest.stop()
        self.meaning.close()
        self.reader.close()

    @on(Notify)
    def only_the_newest(self) -> None:
        """What was told before is over: piled up, it would hide the evidence that is being decided on."""
        self.clear_notifications()
        for screen in self.screen_stack:
            screen.query("ToastHolder").remove()  # else its empty line would push the next one down

    # -- keys

    async def on_event(self, event: events.Event) -> None:
        """A key that no line of text takes does its work here and now.

        Left to Textual, it goes to the widget that has the keys and comes back by way of every container, while the
        keys typed after it are on their way already: what follows a quick ``/`` would run as commands.
        """
        if isinstance(event, events.Key) and not event.is_forwarded and not isinstance(self.focused, Input):
            self.app_focus = True
            if await self._check_bindings(event.key, priority=True) or await self._check_bindings(event.key):
                return
        await super().on_event(event)

    def keys_for(self, command: Command) -> str:
        """A command's keys as they are now, the user's own taken into account, in readable form."""
        keys = self.config.keys.get(command.id, command.keys)
        shown = [self.get_key_display(b) for b in Binding.make_bindings([Binding(keys, "none")])]
        return " ".join(dict.fromkeys(shown))

    # -- going about

    def _from_memo(self, memo: Memo) -> Place | None:
        from tui.screens import opened

        try:
            return opened(memo)
        except (KeyError, IndexError, TypeError, ValueError):  # written by another version: start at the claims
            return None

    def open_place(self, place: Place) -> None:
        """Go to a place; back returns from it."""
        self.push_screen(place)

    def action_go(self, name: str) -> None:
        """Go to one of the places that have a number key."""
        from tui.screens import opened

        if getattr(self.screen, "PLACE", "") == name and name != "compare":
            return
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if name != "claims" and (place := opened([name])) is not None:
            self.push_screen(place)

    def action_leave(self) -> None:
        """Return to where one came from."""
        here = self.screen
        if isinstance(here, Place) and here.leave():
            return
        if len(self.screen_stack) > 1:
            self.pop_screen()

    def action_command_palette(self) -> None:
        """Every command by name."""
        if self.screen.id != "--command-palette":
            self.push_screen(Palette(id="--command-palette"))

    def action_help(self) -> None:
        """What works here."""
        from tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(getattr(self.screen, "PLACE", "claims")))

    def action_refresh_view(self) -> None:
        """Read what is shown again."""
        for screen in self.screen_stack:
            if isinstance(screen, Place):
                screen.load()

    def action_next_theme(self) -> None:
        """The next of the usual themes."""
        at = themes.CYCLE.index(self.theme) + 1 if self.theme in themes.CYCLE else 0
        self.theme = themes.CYCLE[at % len(themes.CYCLE)]
        self.notify(f"Theme: {self.theme}", timeout=2, markup=False)

    def action_undo(self) -> None:
        """Take back the last decision, wherever one is."""
        if isinstance(self.screen, Deciding):
            self.screen.action_undo()
        else:
            decide(self, lambda decisions: decisions.undo())

    def action_redo(self) -> None:
        """Make the last undone decision stand again."""
        decide(self, lambda decisions: decisions.redo())

    @on(Decided)
    def decided(self, message: Decided) -> None:
        """Every open place shows the effect."""
        if message.failed:
            self.notify(one_line(message.told), severity="error", timeout=8, markup=False)
            return
        self.notify(one_line(message.told), markup=False)
        for screen in self.screen_stack:
            if message.turned and isinstance(screen, Deciding):
                screen.turned = True
        self.action_refresh_view()

    # -- reading articles

    def start_ingest(self, paths: Sequence[str]) -> None:
        """Read articles in the background; every head line tells how far that is."""
        self.ingest = Ingest(self.database, paths, self.post_message)
        self._ticking = self.set_interval(0.5, self._tick)

    def _tick(self) -> None:
        if isinstance(self.screen, Place):
            self.screen.refresh_head()
            if self.screen.has_class("-empty"):  # the first articles of a new database
                self.screen.load()

    @on(Ended)
    def ingested(self, message: Ended) -> None:
        """Every open place shows what came of it."""
        self._ticking.stop()
        report = message.ingest.report
        told = f"{report.stored} articles stored, {len(report.problems)} not." if report else message.ingest.told
        self.notify(one_line(told), title="Ingest", severity="information" if report else "error", markup=False)
        self.action_refresh_view()

    # -- what several places do with a mark

    def open_address(self, article: MentionRow | DocumentRow | None) -> None:
        """Open an article's address in the web browser, where it is one."""
        url = one_line(article.url) if article else ""
        if url.startswith(("http://", "https://")):
            self.open_url(url)
            self.notify(f"Opening {url}", timeout=3, markup=False)
        elif article:
            self.notify(f"No address is known; the file is {one_line(article.path)}", timeout=5, markup=False)

    def copy_citation(self, *mentions: MentionRow | None) -> None:
        """Sentences, each with its source, date and address, to the clipboard."""
        if found := [marks.citation(mention) for mention in mentions if mention]:
            self.copy_to_clipboard("\n".join(found))
            what = "the sentence with its source" if len(found) == 1 else f"{len(found)} sentences with their source"
            self.notify(f"Copied {what}.", timeout=2, markup=False)

    def action_export(self) -> None:
        """Write what is shown to a file."""
        from tui.takeout import offer

        shown = self.screen.takeout() if isinstance(self.screen, Place) and not self.reader.missing else None
        if shown is None:
            self.notify("Nothing is listed here that could be written to a file.", timeout=3)
        else:
            offer(self, shown)

    def on_exit_app(self) -> None:
        """Remember where, however one leaves: by a key, by closing the page in a browser, by a signal."""
        self.remember()

    def remember(self) -> None:
        """Write down where one is."""
        if not self.config.restore:
            return
        self.state.theme = self.theme
        self.state.visited = datetime.now(UTC).isoformat(timespec="seconds")
        places = [screen for screen in self.screen_stack if isinstance(screen, Place)]
        self.state.trail = [memo for place in places if (memo := place.memo()) is not None]
        for place in places:
            if isinstance(place, ClaimsScreen):
                self.state.claims = place.remembered()
        state.write(self.database, self.state)
