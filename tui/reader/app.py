"""The app of the reader. It owns theme, state and library updates, and shows one screen."""

from collections.abc import Callable

from tui.reader.guarded_app import GuardedApp
from tui.reader.layout_screen import LayoutScreen
from tui.reader.own_pages import OwnPages
from tui.reader.page_screen import PageScreen
from tui.reader.saver import Saver
from tui.reader.screen import ReaderScreen
from tui.reader.terminal.background import remember_background
from tui.reader.terminal.input import BackgroundTold
from tui.reader.themes import Theme
from tui.reader.updates import Updates
from tui.session.keymap import Keymap
from tui.session.permissions import OWN_MACHINE, Allowances
from tui.session.session import Session
from tui.session.shared import SharedContent
from tui.state.reader_state import ReaderState
from tui.state.records import Location


class BriefingApp(GuardedApp):
    """The reader."""

    TITLE = "Briefing"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { background: $background; color: $foreground; }
    """

    def __init__(
        self,
        shared: SharedContent,
        state: ReaderState,
        start: Location,
        keymap: Keymap,
        theme: str,
        *,
        allowances: Allowances = OWN_MACHINE,
    ) -> None:
        """Create the app.

        Args:
            shared: the content, which other sessions may share.
            state: the reader's own state.
            start: the location to open.
            keymap: the keys of each command; a command that it does not know is not offered.
            theme: the name of the theme.
            allowances: what the reader may do.
        """
        super().__init__(theme, allowances)
        self.own_pages = OwnPages(
            lambda: self.size.width, lambda: self.reader.status.messages, lambda: self.reader.signs
        )
        self.notice = ""
        """A message for the first screen."""
        self.session = Session(shared, state, self.own_pages.pages(), keymap)
        self.updates = Updates(self, self.session, self.own_pages)
        self.saver = Saver(self.session, self.set_timer)
        self.start_location = start

    def get_default_screen(self) -> ReaderScreen:
        """Return the reader's screen as the first. No empty screen is painted before it."""
        return ReaderScreen(self.session, self.start_location, self.themes.current)

    @property
    def reader(self) -> ReaderScreen:
        """The reader's screen, also from below other screens."""
        return ReaderScreen.of(self)

    def on_mount(self) -> None:
        """Begin to watch the files, and show the first message."""
        self.updates.begin()
        self.watch_presence(self.leave)
        self.saver.rest_soon()
        trouble = self.session.state.trouble
        if trouble or self.notice:
            self.reader.say(trouble or self.notice, warns=bool(trouble))

    def welcome(self, state: ReaderState, start: Callable[[], Location], theme: str) -> None:
        """Begin a visit in an app that waited for its reader.

        Args:
            state: the reader's own state.
            start: chooses the location to open, once the session has that state.
            theme: the name of the theme.
        """
        self.session.adopt(state)
        self.note_presence()
        self.themes.wear(theme)
        self.reader.begin(start())

    def leave(self) -> None:
        """Save everything and leave."""
        if self.screen_stack:  # a request may come before the start
            self.reader.leave(Location())
        self.session.state.flush()
        self.exit()

    def action_help_quit(self) -> None:
        """Answer Ctrl+C with the key that leaves."""
        if self.session.keymap.first("quit"):
            self.reader.say(self.session.keymap.words("{quit} quits; all is kept."), passing=True)

    def restyle(self, theme: Theme) -> None:
        """Paint the screen in another theme."""
        self.reader.restyle(theme)

    def on_background_told(self, message: BackgroundTold) -> None:
        """Remember the terminal's background, and fit the theme unless one was chosen."""
        remember_background(self.session.state, dark=message.dark)
        self.saver.save_soon(self.reader)
        self.themes.fit_background(dark=message.dark)

    def on_page_screen_page_changed(self, message: PageScreen.PageChanged) -> None:
        """Follow the screen to another page."""
        if "plain" in {message.before, message.after}:
            self.let_mouse(select=message.after == "plain")
        if message.after == "library":
            self.updates.refresh_library()

    def on_layout_screen_state_changed(self, _message: LayoutScreen.StateChanged) -> None:
        """Save the state soon."""
        self.saver.save_soon(self.reader)
