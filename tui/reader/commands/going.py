"""Going from page to page."""

from collections.abc import Callable

from tui.briefing.kinds import PANES
from tui.reader.commands.advising import advise, ask_for_briefing
from tui.reader.screen import ReaderScreen
from tui.session.filters import filter_of
from tui.state.records import Location


def pane(screen: ReaderScreen, key: int) -> None:
    """Open a pane by its key.

    While a footnote is open, a digit of another footnote's number chooses that footnote. In the search it chooses a filter.
    """
    said = screen.notes.type_digit(str(key)) if screen.notes.opened else None
    if said is not None:
        advise(screen, said)
    elif screen.searches.is_open:
        screen.searches.follow("facet", str(key))
    elif key < len(PANES):
        _open_pane(screen, tuple(PANES)[key])


def turn_pane(screen: ReaderScreen, direction: int) -> None:
    """Go to the next or previous pane, or filter of the search."""
    if screen.searches.is_open:
        screen.searches.pane.results.turn(direction)
        screen.searches.pane.tell()
        return
    pane_here = screen.session.home_pane(screen.location)
    names = tuple(PANES)
    at = names.index(pane_here) if pane_here in PANES else 0
    _open_pane(screen, names[(at + direction) % len(names)])


def open_current(screen: ReaderScreen) -> None:
    """Follow the focused link, confirm a footnote's digits, or open the entry."""
    if screen.notes.typed and screen.notes.confirm_digits():
        return
    link = screen.view.link
    if link:
        screen.follow(link.target)
    elif screen.notes.opened:
        _open_source(screen)
    elif target := screen.view.target:
        screen.follow(target)


def back(screen: ReaderScreen) -> None:
    """Go back to the previous location."""
    _travel(screen, screen.history.behind, screen.history.back, "This is where you began.")


def forward(screen: ReaderScreen) -> None:
    """Go forward again."""
    _travel(screen, screen.history.ahead, screen.history.forward, "There is nothing ahead.")


def _travel(screen: ReaderScreen, to: Location | None, step: Callable[[], object], otherwise: str) -> None:
    if to:
        screen.leave(to)
        step()
        screen.show(to)
    else:
        screen.say(otherwise)


def library(screen: ReaderScreen) -> None:
    """Go to the library."""
    if screen.location.page != "library":
        screen.go(Location())


def entities(screen: ReaderScreen) -> None:
    """Open the index of entities."""
    if not screen.session.volume(screen.location.briefing):
        ask_for_briefing(screen)
    elif screen.location.page != "entities":
        screen.go(Location(screen.location.briefing, "entities"))


def go_to(screen: ReaderScreen) -> None:
    """Go to anything by a part of its name."""
    from tui.reader.go_to import GoTo

    if line := screen.searches.typing_line:
        line.leave()
    GoTo(screen).open()


def close(screen: ReaderScreen) -> None:
    """Close the uppermost thing: a footnote, the matches, or a page. The program stays."""
    if screen.notes.opened:
        screen.peek(0)
    elif screen.searches.is_open:
        back(screen)
    elif (
        screen.searches.clear()
        or screen.location.page == "library"
        or screen.session.home_pane(screen.location) == screen.location.page in PANES
    ):
        return
    elif filter_of(screen.location.page):
        screen.follow("filter:")
    elif screen.history.behind:
        back(screen)
    else:  # the reader came here straight from the command line
        _leave_page(screen)


def _leave_page(screen: ReaderScreen) -> None:
    """Go from a page of one thing to its pane."""
    location, item = screen.location, screen.item
    pane_of_it = screen.session.home_pane(location)
    home = pane_of_it if pane_of_it in {*PANES, "entities"} and pane_of_it != location.page else "overview"
    screen.go(Location(location.briefing, home, item.id if item and home != "overview" else ""))


def _open_pane(screen: ReaderScreen, name: str) -> None:
    briefing = screen.location.briefing
    if not screen.session.volume(briefing):
        ask_for_briefing(screen)
    elif screen.location.kind == name and filter_of(screen.location.page):
        screen.follow("filter:")
    elif screen.location.page != name:
        screen.go(screen.session.left_in(briefing, name))


def _open_source(screen: ReaderScreen) -> None:
    """Open the footnote's passage in the whole text, or its source's page."""
    page = screen.notes.page
    links = [span.target for para in page.block(0).paras for span in (*para.spans, para.marker) if span and span.target]
    passages = [target for target in links if target.startswith("text:")]
    screen.follow(passages[0] if passages else page.block(0).target)
