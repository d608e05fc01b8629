"""Parts of several commands: advice with the reader's keys, and the app."""

from tui.reader.app import BriefingApp
from tui.reader.screen import ReaderScreen


def app_of(screen: ReaderScreen) -> BriefingApp:
    """Return the app that shows a screen."""
    app = screen.app
    if not isinstance(app, BriefingApp):
        raise TypeError(app)
    return app


def advise(screen: ReaderScreen, template: str) -> None:
    """Show a sentence with keys in place of its `{commands}`."""
    screen.say(screen.session.keymap.words(template))


def ask_for_briefing(screen: ReaderScreen) -> None:
    """Ask the reader to open a briefing first."""
    advise(screen, "Open a briefing first: {open} opens the current one.")
