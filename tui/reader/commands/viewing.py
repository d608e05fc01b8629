"""How the screen looks, and leaving it."""

from tui.library.state import Place
from tui.reader.screen import ReaderScreen


def outline(screen: ReaderScreen) -> None:
    """Show or hide the outline."""
    screen.wants_outline = not screen.wants_outline
    screen.divide(screen.size.width, screen.size.height)
    if screen.wants_outline and not screen.outline.display:
        screen.say("The outline needs 160 columns.")
    screen.call_after_refresh(screen.tell)


def zoom(screen: ReaderScreen) -> None:
    """Show the page alone, or everything again."""
    screen.zoomed = not screen.zoomed
    screen.divide(screen.size.width, screen.size.height)


def theme(screen: ReaderScreen) -> None:
    """Take the next theme: light, dark, high contrast."""
    screen.app.next_theme()


def monochrome(screen: ReaderScreen) -> None:
    """Take all colour away, or bring it back."""
    screen.app.toggle_monochrome()


def redraw(screen: ReaderScreen) -> None:
    """Paint the whole screen again."""
    screen.app.repaint()


def show_help(screen: ReaderScreen) -> None:
    """Show the keys on one screen; from the search, what one can write there."""
    page = "grammar" if screen.searches.is_open else "help"
    if screen.place.page != page:
        screen.go(Place("", page))


def messages(screen: ReaderScreen) -> None:
    """Show the last messages, each whole."""
    screen.say("")
    screen.desk.forget_pages("")
    if screen.place.page != "messages":
        screen.go(Place("", "messages"))


def palette(screen: ReaderScreen) -> None:
    """Choose a command by typing its name."""
    screen.app.action_command_palette()


def quit_reader(screen: ReaderScreen) -> None:
    """Leave; everything stays where it is for the next time."""
    screen.app.leave()
