"""Moving on a page. A positive number leads on, a negative one back."""

from tui.reader.screen import ReaderScreen


def step(screen: ReaderScreen, number: int) -> None:
    """Go some entries on or back."""
    screen.move(lambda view: view.go(lambda port: port.step(number)))


def turn_half(screen: ReaderScreen, direction: int) -> None:
    """Go half a page down or up."""
    screen.move(lambda view: view.go(lambda port: port.turn(direction * max(1, port.room // 2))))


def turn(screen: ReaderScreen, direction: int) -> None:
    """Go a page down or up. Two lines of the last page stay in sight."""
    screen.move(lambda view: view.go(lambda port: port.turn(direction * max(1, port.room - 2))))


def top(screen: ReaderScreen) -> None:
    """Go to the first entry."""
    screen.move(lambda view: view.go(lambda port: port.begin()))


def end(screen: ReaderScreen) -> None:
    """Go to the last entry."""
    screen.move(lambda view: view.go(lambda port: port.end()))


def link(screen: ReaderScreen, direction: int) -> None:
    """Go to the next or the previous link or footnote."""
    before = screen.here, screen.view.link, screen.view.standing
    screen.move(lambda view: view.next_link(direction))
    if (screen.here, screen.view.link, screen.view.standing) == before:
        screen.say("No further link is here." if direction > 0 else "No link is before this one.")
