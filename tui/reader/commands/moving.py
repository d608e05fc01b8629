"""Moving on a page. A positive number leads on, a negative one back."""

from collections.abc import Callable

from tui.reader.commands.going import is_apart, opens
from tui.reader.screen import ReaderScreen
from tui.reader.widgets.page_view import PageView
from tui.session.viewport import Viewport


def steps(screen: ReaderScreen, _number: int) -> str:
    """Return the footer's word, if a step leads anywhere."""
    port = screen.view.window
    return "move" if port.can_step(1) or port.can_step(-1) else ""


def step(screen: ReaderScreen, number: int) -> None:
    """Go some entries on or back."""
    _go(screen, number, lambda port: port.step(number))


def turn_half(screen: ReaderScreen, direction: int) -> None:
    """Go half a page down or up."""
    _go(screen, direction, lambda port: port.turn(direction * max(1, port.room // 2)))


def turn(screen: ReaderScreen, direction: int) -> None:
    """Go a page down or up. Two lines of the last page stay in sight."""
    _go(screen, direction, lambda port: port.turn(direction * max(1, port.room - 2)))


def top(screen: ReaderScreen) -> None:
    """Go to the first entry."""
    _go(screen, -1, Viewport.begin)


def end(screen: ReaderScreen) -> None:
    """Go to the last entry."""
    _go(screen, 1, Viewport.end)


def links(screen: ReaderScreen, direction: int) -> str:
    """Return the footer's word, if a link is in view. Empty where Enter alone leads on.

    The key to previous links is told where no link follows.
    """
    view = screen.view
    if not is_apart(screen) and (opens(screen) and not view.link):
        return ""
    is_next = view.has_link(direction, near=True) and (direction > 0 or not view.has_link(1, near=True))
    return f"{view.link_word}s" if is_next else ""


def link(screen: ReaderScreen, direction: int) -> None:
    """Go to the next or the previous link or footnote."""
    word = screen.view.link_word
    said = f"No further {word} is here." if direction > 0 else f"No {word} is before this one."
    _move(screen, said, lambda view: view.next_link(direction))


def _go(screen: ReaderScreen, direction: int, action: Callable[[Viewport], None]) -> None:
    said = "The page goes no further." if direction > 0 else "The page begins here."
    _move(screen, said, lambda view: view.go(action))


def _move(screen: ReaderScreen, otherwise: str, action: Callable[[PageView], None]) -> None:
    """Move on the page, or say why nothing moves."""
    before = screen.here, screen.view.link, screen.view.standing
    screen.move(action)
    if (screen.here, screen.view.link, screen.view.standing) == before:
        screen.say(otherwise, passing=True)
