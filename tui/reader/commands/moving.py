"""Moving on a page."""

from tui.reader.screen import ReaderScreen


def next_entry(screen: ReaderScreen) -> None:
    """Go to the next entry."""
    screen.move(lambda view: view.step(1))


def previous_entry(screen: ReaderScreen) -> None:
    """Go to the previous entry."""
    screen.move(lambda view: view.step(-1))


def half_page_down(screen: ReaderScreen) -> None:
    """Go half a page down."""
    screen.move(lambda view: view.turn(max(1, view.room // 2)))


def half_page_up(screen: ReaderScreen) -> None:
    """Go half a page up."""
    screen.move(lambda view: view.turn(-max(1, view.room // 2)))


def page_down(screen: ReaderScreen) -> None:
    """Go a page down. Two lines of the last page stay in sight."""
    screen.move(lambda view: view.turn(max(1, view.room - 2)))


def page_up(screen: ReaderScreen) -> None:
    """Go a page up."""
    screen.move(lambda view: view.turn(-max(1, view.room - 2)))


def top(screen: ReaderScreen) -> None:
    """Go to the first entry."""
    screen.move(lambda view: view.select(0))


def end(screen: ReaderScreen) -> None:
    """Go to the last entry."""
    screen.move(lambda view: view.select(len(view.page) - 1))


def next_link(screen: ReaderScreen) -> None:
    """Go to the next link or footnote."""
    screen.move(lambda view: view.next_link(1))


def previous_link(screen: ReaderScreen) -> None:
    """Go to the previous link or footnote."""
    screen.move(lambda view: view.next_link(-1))
