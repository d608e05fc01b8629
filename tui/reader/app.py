"""The app: it owns the theme, the keys, the state and the watch over files, and shows one screen."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Final

from textual import events, work
from textual.filter import NoColor
from textual.worker import get_current_worker

from tui.library.looking import Pace
from tui.reader import commands
from tui.reader.guarded_app import GuardedApp
from tui.reader.screen import ReaderScreen
from tui.reader.terminal.background import remember_background
from tui.reader.terminal.input import BackgroundTold
from tui.reader.textual_theme import textual_theme
from tui.reader.themes import CHOICES, THEMES, Theme, with_lines
from tui.reader.widgets.typesetter import Typesetter
from tui.render.signs import Sign
from tui.render.views import View
from tui.session.commands import BY_NAME, COMMANDS
from tui.session.keymap import Keymap, shown
from tui.session.own_pages import hints
from tui.session.permissions import OWN_MACHINE, Allowances
from tui.session.reloading import Watch
from tui.session.session import Session
from tui.state.store import Location, State

_SAVE_AFTER: Final = 0.5
"""Seconds from a change of the state to writing it; so much can be lost to a kill, and no key waits for a disk."""
_WATCH_EVERY: Final = 1.0
"""Seconds between looks at the open briefing's files."""
_READING: Final = "Reading the library: "
# Buttons and wheel, in SGR coordinates; as Textual's driver asks for them.
_MOUSE_TAKEN: Final = "\x1b[?1000h\x1b[?1006h"
_MOTION_TAKEN: Final = "\x1b[?1003h"
_MOUSE_LEFT: Final = "\x1b[?1000l\x1b[?1003l\x1b[?1006l"


class BriefingApp(GuardedApp):
    """The reader."""

    TITLE = "Briefing"
    ENABLE_COMMAND_PALETTE = True
    ALLOW_SELECT = False
    CSS = """
    Screen { background: $background; color: $foreground; }
    CommandPalette > Vertical { width: 76; max-width: 100%; }
    """

    def __init__(
        self,
        session: Callable[["BriefingApp"], Session],
        start: Location,
        keymap: Keymap,
        theme: str,
        allowances: Allowances = OWN_MACHINE,
    ) -> None:
        """Make the app.

        Args:
            session: makes the session; it may ask the app for its own pages.
            start: the place to open.
            keymap: which key does what; a command that it does not know is not there.
            theme: the name of the theme.
            allowances: what the reader may do.
        """
        # With NO_COLOR in the environment Textual would turn colours to greys; native colours it takes away altogether.
        super().__init__(allowances, ansi_color=True if theme == "mono" else None)
        for known in THEMES.values():
            self.register_theme(textual_theme(known))
        self.keymap = keymap
        self.help_more = ""
        self.signs: Sequence[Sign] = ()
        """The signs on the page from which the help was opened."""
        self.plain_text: Sequence[Callable[[], str]] = (str,)
        """Writes what the plain view shows, piece by piece."""
        self.notice = ""
        """What is said on the first screen."""
        self.address = ""
        """The address of the web that its page shows."""
        self.reader_theme = THEMES[theme]
        self._fitted: Callable[[Theme], Theme] = lambda theme: theme
        self.follows_terminal = False
        """Whether the theme is the one that fits the terminal's background."""
        self._coloured = theme if theme != "mono" else "dark"
        self._dress(self.reader_theme)
        self.animation_level = "none"
        self.session = session(self)
        self.typesetter = self.session.shared.kept(Typesetter)
        self._start = start
        self._saving = False
        self._looking = False
        """Whether the library is being looked at."""
        self._pace = Pace(self.session.catalogue)
        self.file_watch = Watch(self.session.shared, tells_breaks=allowances.machine)

    def get_default_screen(self) -> ReaderScreen:
        """Make the one screen the first one, so that no empty one is painted before it."""
        return ReaderScreen(self.session, self._start, self.reader_theme)

    def on_mount(self) -> None:
        """Begin to watch the files and to bring the library up to date."""
        if self.allowances.watches_files:
            self.set_interval(_WATCH_EVERY, self.look_at_files)
            self.call_after_refresh(self.refresh_library)
        self.watch_presence(self.leave)
        if self.session.state.trouble:
            self.reader.say(self.session.state.trouble, warns=True)
        elif self.notice:
            self.reader.say(self.notice)

    @property
    def reader(self) -> ReaderScreen:
        """The screen, whatever lies over it."""
        screen = self.screen_stack[0]
        if not isinstance(screen, ReaderScreen):
            raise TypeError(screen)
        return screen

    # Commands

    def command_for(self, event: events.Key) -> str | None:
        """Give the command of a key."""
        return self.keymap.command(event.key, event.character)

    def run_command(self, name: str) -> None:
        """Do what a command does, where it is there."""
        if name in self.keymap.keys:
            commands.run(BY_NAME[name], self.reader)

    def hints(self, view: View | None = None) -> tuple[tuple[str, str, str], ...]:
        """Give what the footer tells on a page, or in a view of the Evidence pane."""
        return hints(self.keymap, view)

    def palette_rows(self) -> list[tuple[str, str, Callable[[], None]]]:
        """Give title, keys and action of each command that the palette offers."""
        rows: list[tuple[str, str, Callable[[], None]]] = []
        for command in COMMANDS:
            if command.words and command.name != "palette" and command.name in self.keymap.keys:
                keys = " · ".join(map(shown, self.keymap.keys[command.name]))
                title = command.words[:1].upper() + command.words[1:]

                def run(name: str = command.name) -> None:
                    self.run_command(name)

                rows.append((title, f"{command.group} · {keys}" if keys else command.group, run))
        return rows

    def action_command_palette(self) -> None:
        """Open the palette, unless something lies over the reader already."""
        from tui.reader.palette import Palette

        if len(self.screen_stack) == 1:
            _ = self.push_screen(Palette())  # it is mounted in its own time

    def leave(self) -> None:
        """Save everything and leave."""
        if self.screen_stack:  # it may be told to before it has started
            self.reader.leave(Location())
        self.session.state.flush()
        self.exit()

    def repaint(self) -> None:
        """Paint the whole screen again, whatever the terminal made of it."""
        self.refresh(layout=True)

    def let_mouse(self, *, select: bool) -> None:
        """Leave the mouse to the terminal, so that text can be selected with it, or take it back."""
        if self.current_driver is not None:
            taken = f"{_MOUSE_TAKEN}{_MOTION_TAKEN if self.allowances.motion else ''}"
            self.current_driver.write(_MOUSE_LEFT if select else taken)
            self.current_driver.flush()

    # Themes

    def on_background_told(self, message: BackgroundTold) -> None:
        """Remember the background of the terminal, and follow it unless a theme was chosen."""
        remember_background(self.session.state, dark=message.dark)
        self.save_soon()
        name = "dark" if message.dark else "light"
        if self.follows_terminal and self.reader_theme.name != name:
            self._coloured = name
            self._change(THEMES[name])

    def wear(self, theme: Theme) -> None:
        """Take a theme that was chosen."""
        self.follows_terminal = False
        self._change(theme)
        self.session.state.choose("theme", theme.name)
        self.save_soon()
        self.reader.say(f"Theme: {theme.name}")

    def use_few_colours(self) -> None:
        """Tell links and keys apart by lines and weight as well; before anything is painted."""
        self._fitted = with_lines
        self.reader_theme = with_lines(self.reader_theme)

    def _change(self, theme: Theme) -> None:
        theme = self.reader_theme = self._fitted(theme)
        self._dress(theme)
        self.reader.restyle(theme)

    def _dress(self, theme: Theme) -> None:
        """Give Textual's own widgets the theme; in monochrome their colours are filtered out."""
        self.ansi_color = True if theme.name == "mono" else None
        if self.is_running:
            self.theme = f"briefing-{theme.name}"
        else:  # nothing is there yet that would have to be styled anew
            self.set_reactive(BriefingApp.theme, f"briefing-{theme.name}")
        others = [line_filter for line_filter in self.line_filters if not isinstance(line_filter, NoColor)]
        self.line_filters = [*others, NoColor()] if theme.name == "mono" else others

    def next_theme(self) -> None:
        """Take the next theme."""
        at = CHOICES.index(self._coloured)
        self._coloured = CHOICES[(at + 1) % len(CHOICES)]
        self.wear(THEMES[self._coloured])

    def toggle_monochrome(self) -> None:
        """Take all colour away, or bring it back."""
        self.wear(THEMES["mono" if self.reader_theme.name != "mono" else self._coloured])

    # State and files

    def welcome(self, state: State, start: Callable[[], Location], theme: str) -> None:
        """Begin a visit in an app that was started before its reader came.

        Args:
            state: the reader's own state.
            start: chooses the place to open, once the session has that state.
            theme: the name of the theme.
        """
        self.session.adopt(state)
        self.note_presence()
        if theme != self.reader_theme.name:
            self._coloured = theme if theme != "mono" else "dark"
            self._change(THEMES[theme])
        self.reader.begin(start())

    def save_soon(self) -> None:
        """Write the state shortly, all changes until then at once; one that nobody keeps need not be written."""
        if not self._saving and self.session.state.is_kept:
            self._saving = True
            self.set_timer(_SAVE_AFTER, self._save)

    def on_driver_signal_resume(self) -> None:
        """Paint everything again after a stop, with the theme of the terminal one came back in."""
        self.repaint()

    def _save(self) -> None:
        self._saving = False
        if not self.screen_stack:  # the app is closing, and what closed it has saved
            return
        state = self.session.state
        if self.reader.location.briefing:
            state.remember(self.reader.here)
        before = state.trouble
        state.flush()
        if state.trouble and state.trouble != before:
            self.reader.say(state.trouble, warns=True)

    def look_at_files(self) -> None:
        """Load the open briefing anew where its files have changed."""
        if self.file_watch.is_paused:
            return
        location = self.reader.location if self.screen_stack else Location()
        if self.file_watch.has_changed(location.briefing):
            self._reload(location.briefing)
        elif not self._looking and (self._pace.is_due() or self.file_watch.is_missing(location.briefing)):
            self.refresh_library()

    @work(thread=True, exclusive=True, group="reload")
    def _reload(self, briefing: str) -> None:
        reloaded = self.file_watch.reload(briefing)
        if not get_current_worker().is_cancelled:
            self.call_from_thread(self._show_reloaded, briefing, reloaded)

    def _show_reloaded(self, briefing: str, said: str) -> None:
        if said:
            self.show_changed(briefing, said, broken=self.file_watch.take(briefing))
        else:  # another briefing has come in its place
            self.refresh_library()

    def show_changed(self, briefing: str, said: str, *, broken: bool) -> None:
        """Show that a briefing was loaded anew, with the reader's place kept; of another one than the open one, nothing.

        Args:
            briefing: its id.
            said: what to say of it.
            broken: whether it cannot be opened any more, so that the last good edition stays.
        """
        screen = self.reader
        if screen.location.briefing == briefing:
            screen.show(self._location_after(screen.here))
            if not broken or self.allowances.machine:  # a stranger can do nothing about it, and reads on
                screen.say(said, warns=broken)
        if result := self.session.shared.result(briefing):
            screen.searches.library_changed(result.path)

    def show_gone(self, gone: Collection[str]) -> None:
        """Show that briefings are gone: nothing of them stays, and who reads one of them is led to the library."""
        self.plain_text, self.address = (str,), ""
        if self.reader.lead_away(gone):
            while len(self.screen_stack) > 1:
                _ = self.pop_screen()  # it is closed in its own time
            self.file_watch.is_paused = False

    def _location_after(self, here: Location) -> Location:
        """Return the reader's place in the edition that has come, with what was read and marked carried over to new ids."""
        before, after = self.reader.volume, self.session.volume(here.briefing)
        if before is None or after is None or before is after:
            return here
        from tui.session.staying import Change

        change = Change(before, after)
        change.carry_over(self.session.state, here.briefing)
        self.session.forget_pages("")
        return change.location(here)

    @work(thread=True, exclusive=True, group="library")
    def refresh_library(self) -> None:
        """Look at the content folders again, and show what came of it."""
        if not self.allowances.watches_files:
            return
        self._looking = True
        try:
            self._refresh_library()
        finally:
            self._looking = False

    def _refresh_library(self) -> None:
        worker = get_current_worker()

        def progress(done: int, number: int) -> bool:
            if done % 50 == 0 and not worker.is_cancelled:
                self.call_from_thread(partial(self.reader.say, passing=True), f"{_READING}{done:,} of {number:,}")
            return not worker.is_cancelled

        changed = self._pace.looked(lambda: self.session.catalogue.refresh(progress))
        if not worker.is_cancelled:
            self.call_from_thread(self._show_refreshed, changed)

    def _show_refreshed(self, changed: bool) -> None:
        gone = self.session.shared.close_gone()
        if gone:
            self.show_gone(gone)
        self._follow_renamed()
        if changed:
            self.show_library()
        self._tell_cache()

    def _follow_renamed(self) -> None:
        """Show a briefing that was renamed by the id that it has now."""
        screen = self.reader
        name = screen.location.briefing
        if name and self.session.shared.result(name) is None and self.session.catalogue.find(name) is not None:
            screen.show(screen.here)

    def _tell_cache(self) -> None:
        """Say once where the cache cannot be kept on disk; a stranger can do nothing about it."""
        if self.allowances.machine and (said := self.session.catalogue.cache.news()):
            self.reader.say(said, warns=True)

    def show_library(self) -> None:
        """Show that the library has changed."""
        screen = self.reader
        if screen.status.message.startswith(_READING):
            screen.say("")
        here = screen.here
        self.session.forget_pages("")
        if screen.location.page == "library":
            screen.show(here)
            screen.tell()
        screen.searches.library_changed()
