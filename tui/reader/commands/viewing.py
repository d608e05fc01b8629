"""How the screen looks, and leaving it."""

import os
import signal

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


def suspend(screen: ReaderScreen) -> None:
    """Stop the program, as Ctrl+Z does everywhere, until the shell brings it back."""
    # Without a shell that has put this program into a group of its own, nothing would ever bring it back.
    if os.getsid(0) == os.getpgrp():
        screen.say(screen.app.keymap.words("No shell is here to bring the reader back; {quit} leaves."), warns=True)
        return
    screen.desk.state.remember(screen.here)
    screen.desk.state.flush()
    os.killpg(os.getpgrp(), signal.SIGTSTP)  # what started it, such as a wrapper, stops with it


def quit_reader(screen: ReaderScreen) -> None:
    """Leave; everything stays where it is for the next time."""
    screen.app.leave()
