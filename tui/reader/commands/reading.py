"""Finding, and going through unread or changed entries."""

from collections.abc import Callable
from functools import partial

from tui.briefing.kinds import PANE_OF
from tui.library.volume import Volume
from tui.reader.commands.advising import advise, ask_for_briefing
from tui.reader.screen import ReaderScreen
from tui.render.pages import LISTS
from tui.session.filters import filter_of
from tui.session.lists import is_short
from tui.session.unread import is_fresh
from tui.state.records import Location


def find(screen: ReaderScreen) -> None:
    """Find words in this briefing. On the search page, return to the query."""
    if screen.searches.is_open:
        search_all(screen)
        return
    screen.searches.find.open()


def search_all(screen: ReaderScreen) -> None:
    """Search the library."""
    screen.searches.pane.open()


def match(screen: ReaderScreen, direction: int) -> None:
    """Go to the next or the previous match."""
    screen.searches.find.step(direction)


def fresh(screen: ReaderScreen, direction: int) -> None:
    """Go to the next or previous unread or changed entry."""
    volume = screen.session.volume(screen.location.briefing)
    if volume is None:
        ask_for_briefing(screen)
        return
    screen.note_read(screen.item)
    is_filtered, shown = bool(filter_of(screen.location.page)), set(screen.view.page.ids)
    entries = [entry for entry in volume.edition.entries if not is_filtered or entry.id in shown]
    item = screen.item
    # The front page is read before all entries.
    at = [*entries].index(item) if screen.location.page != "overview" and item in entries else -1
    at = len(entries) if at < 0 and direction < 0 else at
    read = screen.session.state.read_digests(screen.location.briefing)
    order = (*entries[at + 1 :], *entries[:at]) if direction > 0 else (*entries[:at][::-1], *entries[at + 1 :][::-1])
    found = next((entry for entry in order if is_fresh(read, entry)), None)
    if found is None:
        screen.say("Everything here is read.")
    else:
        page = screen.location.page if is_filtered else PANE_OF[found.table]
        screen.go(Location(screen.location.briefing, page, found.id))


def narrow(screen: ReaderScreen) -> None:
    """Choose or type a filter for the list."""
    pane, volume = screen.session.home_pane(screen.location), screen.session.volume(screen.location.briefing)
    if volume is None:
        ask_for_briefing(screen)
    elif pane not in LISTS:
        advise(screen, "Filters are for lists of entries and sources; {pane-2} opens one.")
    else:
        make = partial(_filters, screen, volume, pane)
        if is_short(volume):
            make()()
        else:
            screen.fetching.when_done(make)


def _filters(screen: ReaderScreen, volume: Volume, pane: str) -> Callable[[], None]:
    """Count the values of a list, in any thread. Return a function that offers them."""
    from tui.reader.go_to import go
    from tui.reader.widgets.chooser import Offer
    from tui.session.filter_goals import FilterGoals

    goals = FilterGoals(screen.session.lists, volume, pane, filter_of(screen.location.page))
    return partial(screen.choose, Offer("Only", goals.found, partial(go, screen), again=partial(narrow, screen)))
