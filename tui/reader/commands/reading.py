"""Finding, and going through unread or changed entries."""

from tui.briefing.kinds import PANE_OF
from tui.library.records import Entry
from tui.reader.commands.advising import ask_for_briefing
from tui.reader.screen import ReaderScreen
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
    screen.note_read()
    entries = volume.edition.entries
    item = screen.item
    at = entries.index(item) if isinstance(item, Entry) else -1 if direction > 0 else len(entries)
    read = screen.session.state.read_digests(screen.location.briefing)
    order = (*entries[at + 1 :], *entries[:at]) if direction > 0 else (*entries[:at][::-1], *entries[at + 1 :][::-1])
    found = next((entry for entry in order if is_fresh(read, entry)), None)
    if found is None:
        screen.say("Everything here is read.")
    else:
        screen.go(Location(screen.location.briefing, PANE_OF[found.table], found.id))
