"""Going from page to page."""

from collections.abc import Callable
from typing import Final

from tui.briefing.kinds import PANES
from tui.reader.commands.advising import advise, ask_for_briefing
from tui.reader.running import leads
from tui.reader.screen import ReaderScreen
from tui.session.filters import filter_of
from tui.state.records import Location

_TO_LINKS: Final = {"next-link": 1, "previous-link": -1}
"""The commands that go from link to link, each with its direction."""


def pane(screen: ReaderScreen, key: int) -> None:
    """Open a pane by its key.

    While a footnote is open, a digit of another footnote's number chooses that footnote. In the search it chooses a filter.
    """
    said = screen.notes.type_digit(str(key)) if screen.notes.opened else None
    if said is not None:
        advise(screen, said)
    elif not screen.searches.is_open:
        _open_pane(screen, key)
    elif 1 <= key <= screen.searches.pane.results.number_of_values:
        screen.searches.follow("facet", str(key))
    else:
        screen.say("The list has no such filter.")


def turn_pane(screen: ReaderScreen, direction: int) -> None:
    """Go to the next or previous pane, or filter of the search."""
    if screen.searches.is_open:
        results = screen.searches.pane.results
        results.turn(direction)
        screen.searches.pane.tell()
        if len(results.fields) < 2:
            screen.say("The list has no other filters.")
        return
    pane_here = screen.session.home_pane(screen.location)
    names = tuple(PANES)
    at = names.index(pane_here) if pane_here in PANES else 0
    _open_pane(screen, (at + direction) % len(names))


def opens(screen: ReaderScreen) -> str:
    """Return the footer's word, if anything opens here."""
    target = _target(screen)
    # The typed number of a footnote opens it, wherever the reader stands.
    if not target or not (screen.notes.typed or leads(screen, target)):
        return ""
    return "go there" if screen.searches.is_open else "open"


def open_current(screen: ReaderScreen) -> None:
    """Follow the focused link, confirm a footnote's digits, or open the entry."""
    if not opens(screen):
        ways = [name for name, direction in _TO_LINKS.items() if screen.view.has_link(direction)]
        to_link = f" {{{ways[0]}}} goes to a {screen.view.link_word}," if ways else ""
        advise(screen, f"Nothing opens here;{to_link} {{help}} shows the keys.")
    elif not (screen.notes.typed and screen.notes.confirm_digits()):
        screen.follow(_target(screen))


def _target(screen: ReaderScreen) -> str:
    """Return the target of the focused link, footnote or entry."""
    if screen.notes.typed:
        return screen.notes.typed_target
    if link := screen.view.link:
        return link.target
    if target := screen.searches.target:
        return target
    return _source_target(screen) if screen.notes.opened else screen.view.target


def is_apart(screen: ReaderScreen) -> bool:
    """Whether the page is of one thing, such as an entry's."""
    return screen.location.kind not in {*PANES, "library"} and not screen.searches.is_open


def goes_back(screen: ReaderScreen) -> str:
    """Return the footer's word for back on a page of one thing."""
    return "back" if screen.history.behind and is_apart(screen) else ""


def goes_forward(screen: ReaderScreen) -> str:
    """Return the footer's word for forward on a page of one thing."""
    return "forward" if screen.history.ahead and is_apart(screen) else ""


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
        screen.show(to, screen.history.focus)
    else:
        screen.say(otherwise)


def library(screen: ReaderScreen) -> None:
    """Go to the library."""
    if screen.location.page != "library":
        screen.go(Location())
    else:
        screen.say("This is the library.")


def entities(screen: ReaderScreen) -> None:
    """Open the index of entities."""
    if not screen.session.volume(screen.location.briefing):
        ask_for_briefing(screen)
    elif screen.location.page != "entities":
        screen.go(Location(screen.location.briefing, "entities"))
    else:
        screen.say("These are the entities.")


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
        (back if screen.history.behind else library)(screen)
    elif screen.searches.clear():
        return
    elif filter_of(screen.location.page):
        screen.follow("filter:")
    elif (
        screen.location.page == "library" or screen.session.home_pane(screen.location) == screen.location.page in PANES
    ):
        advise(screen, "Nothing to close; {quit} quits.")
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


def _open_pane(screen: ReaderScreen, place: int) -> None:
    briefing = screen.location.briefing
    if not screen.session.volume(briefing):
        ask_for_briefing(screen)
    elif place >= len(PANES):
        screen.say("There is no such pane.")
    elif screen.location.kind == (name := tuple(PANES)[place]) and filter_of(screen.location.page):
        screen.follow("filter:")
    elif screen.location.page != name:
        screen.go(screen.session.left_in(briefing, name))
    else:
        screen.say(f"This is the pane {PANES[name].title}.")


def _source_target(screen: ReaderScreen) -> str:
    """Return the open footnote's passage in the whole text, or its source."""
    page = screen.notes.page
    links = [span.target for para in page.block(0).paras for span in (*para.spans, para.marker) if span and span.target]
    passages = [target for target in links if target.startswith("text:")]
    return passages[0] if passages else page.block(0).target
