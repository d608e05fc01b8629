"""Finding in a briefing: the words, their matches and the current match."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from tui.reader.page_screen import PageScreen
from tui.reader.search.find_completion import FindCompletion
from tui.reader.search.find_worker import FindWorker
from tui.search.query import Parsed, parse
from tui.session.find.finder import named
from tui.session.find.finding import Finding
from tui.session.find.matches import TITLE, Match
from tui.session.links import follow
from tui.session.search.locations import query_of
from tui.state.records import Location

_ONWARD: Final = {"ctrl+k": "search", "ctrl+p": "go-to"}
"""The keys of the bar that go on with a command."""


class Find:
    """Finds words on one screen, in a thread. The newest words count."""

    def __init__(self, screen: PageScreen) -> None:
        """Start without words."""
        self._screen = screen
        self.finding = Finding()
        self._worker = FindWorker(screen, self.finding)
        self._origin: Location | None = None
        self._completion = FindCompletion(screen, self.look_for)

    def open(self) -> None:
        """Open the bar with the last words."""
        self._origin, self.finding.languages = self._screen.here, ()
        self._screen.find_bar.put(self.finding.words)
        self._screen.find_bar.open(self._completion.typed, self._pressed, select=True)

    def _pressed(self, key: str) -> None:
        """Complete a field or a value, or close the bar. Ctrl+z suspends the program."""
        if key == "ctrl+z":
            self._screen.run_command("suspend")
            return
        if self._completion.takes(key):
            return
        self._screen.find_bar.close()
        if key == "escape":
            self.give_up()
            return
        self.settle()
        if key in _ONWARD:
            self._screen.run_command(_ONWARD[key])

    def arrive(self, parsed: Parsed, languages: tuple[str, ...]) -> None:
        """Mark the query of the library's search at a hit."""
        self._origin, self.finding.languages = None, languages
        self.finding.words, self.finding.parsed, self.finding.error = parsed.text, parsed, None
        self._worker.start(self._arrived)

    def look_for(self, words: str) -> None:
        """Find other words from the first location on."""
        self.finding.words = words
        parsed = parse(words, typing=True)
        self.finding.error = parsed.error
        if parsed.error is not None:
            self._screen.say(self.finding.mistake, warns=True, passing=True)
            self._completion.offer()
            return
        self.finding.parsed = parsed
        self._screen.say(f"Looking for “{words}” …" if parsed.node else "", passing=True)
        self._completion.offer()
        self._worker.start(self._go_to_first)
        self._worker.when_done(self._completion.offer)

    def step(self, direction: int) -> None:
        """Go to the next or previous match, and round at the end."""
        if self.finding.words:
            self._worker.when_found_here(partial(self._step, direction))
        else:
            self._screen.say(self._screen.session.keymap.words("Nothing is looked for yet: {find} begins."))

    def settle(self) -> None:
        """Accept the match. Back leads to the first location."""
        finding = self.finding
        if finding.words and (finding.error or finding.parsed.node is None):
            finding.error = parse(finding.words).error
            self._screen.say(finding.mistake, warns=True)
        (self._worker.when_found_here if finding.words else self._worker.when_done)(self._settle)

    def give_up(self) -> None:
        """Return to the first location, and remove the marks."""
        self.clear()
        self._screen.say("")
        if self._origin:
            self._screen.show(self._origin)

    def clear(self) -> bool:
        """Remove the marks; return whether there were any."""
        self._worker.cancel()
        had = self.finding.clear()
        self.mark()
        return had

    def give_over(self) -> bool:
        """Remove the marks and the words; return whether there were any marks."""
        if not self.clear():
            return False
        self.finding.words = ""
        return True

    def mark(self) -> None:
        """Mark the matches on the page."""
        screen, finding = self._screen, self.finding
        # The list of hits has its own marks.
        searching = query_of(screen.location) is not None
        is_marked = finding.matches and not searching and finding.finder is screen.session.finder(screen.location)
        screen.view.fold(allowed=not (is_marked and finding.has_words and finding.matches.on(screen.location.page)))
        if not is_marked:
            screen.view.mark_matches(_none, None)
            screen.notes.look_for(None, 0)
            screen.masthead.look_for(None, here=False)
            if self._worker.is_outdated:
                self._worker.start(partial(self._arrived, again=True))
            return
        here = current if (current := finding.current) and current.page == screen.location.page else None
        place = finding.index_on(screen.view.page, here) if here else 0
        is_in_sight = here is not None and not here.beside and not here.is_whole
        screen.view.mark_matches(self._on_page, here._replace(block=place) if here and is_in_sight else None)
        if here and not is_in_sight:
            screen.view.select(place)
        screen.notes.look_for(finding.matcher, here.beside if here and here.beside > 0 else 0)
        screen.masthead.look_for(finding.matcher, here=here is not None and here.beside == TITLE)

    def _on_page(self, place: int) -> Sequence[Match]:
        """Return the matches in a block of the page."""
        return self.finding.in_block(self._screen.location.page, self._screen.view.page, place)

    # After the work

    def _arrived(self, *, again: bool = False) -> None:
        """Mark the matches where the reader is. Nothing moves.

        Args:
            again: whether they were marked before, in a former edition.
        """
        screen, finding = self._screen, self.finding
        at = finding.matches.next(finding.position(screen.here, -1), 1) if finding.matches else -1
        stands = at >= 0 and self._stands_on(finding.matches[at])
        finding.at = at if stands else -1
        self.mark()
        if not again:
            screen.say(finding.message if stands else "")
        elif screen.find_bar.is_typing:
            screen.find_bar.answer(finding.message, warns=not finding.matches)

    def _go_to_first(self) -> None:
        screen, origin, finding = self._screen, self._origin, self.finding
        if named := self._named():
            screen.show(named[0])
            self.mark()
            screen.say(f"“{finding.words}” is the {named[1]} of this.", passing=True)
            return
        if finding.matches:
            self._go_to(finding.matches.next(finding.position(origin or screen.here, -1), 1), screen.show)
        elif origin:
            screen.show(origin)
        else:
            self.mark()
        screen.say(finding.message, warns=not finding.matches, passing=True)

    def _named(self) -> tuple[Location, str] | None:
        """Return the location of an item by number or id, and which."""
        screen, finding = self._screen, self.finding
        volume = screen.session.volume(screen.location.briefing)
        has_found = bool(finding.matches) and not finding.matches.spelling
        found = named(volume, finding.words.strip(), by_id=not has_found) if volume else None
        location = follow(screen.session, f"#{found[0]}", screen.here) if found else None
        return (location, found[1]) if location and found else None

    def _step(self, direction: int) -> None:
        screen, finding = self._screen, self.finding
        if not finding.matches:
            screen.say(finding.message, warns=True)
            return
        start, before = finding.position(screen.here, -1 if direction > 0 else 1 << 30), finding.at
        if (current := finding.current) and self._stands_on(current):
            start = (start[0], current.block, current.beside, current.para, current.start)
        self._go_to(finding.matches.next(start, direction), screen.go)
        wrapped = before >= 0 and (finding.at - before) * direction <= 0
        again = f" · round again from the {'top' if direction > 0 else 'end'}" if wrapped else ""
        screen.say(f"{finding.message}{again}")

    def _settle(self) -> None:
        screen, origin, found = self._screen, self._origin, self._screen.here
        # For words that were in the bar before, no message was shown yet.
        if self.finding.matches and not self.finding.error and not self._named():
            screen.say(self.finding.message, passing=True)
        if origin and origin[:2] != found[:2]:
            screen.show(origin)
            screen.go(found)
            self._open_footnote()

    def _go_to(self, index: int, go: Callable[[Location], None]) -> None:
        screen = self._screen
        self.finding.at = index
        match = self.finding.matches[index]
        if match.page != screen.location.page and (page := self.finding.page(match.page)):
            go(screen.location._replace(page=match.page, block=page.ids[match.block], top="", row=0))
        self.mark()
        screen.tell()
        self._open_footnote()

    def _open_footnote(self) -> None:
        """Open the current match's footnote, unless the page has it beside."""
        screen, current = self._screen, self.finding.current
        if current and current.beside > 0 and (screen.notes.opened or not screen.notes.display):
            screen.peek(current.beside)

    def _stands_on(self, match: Match) -> bool:
        """Whether the current block has a match."""
        view = self._screen.view
        return match.page == self._screen.location.page and self.finding.index_on(view.page, match) == view.spot.current


def _none(_place: int) -> Sequence[Match]:
    return ()
