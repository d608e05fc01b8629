"""Finding in a briefing: the words, their matches and the current match."""

from collections.abc import Callable, Sequence
from functools import partial

from textual.worker import Worker, get_current_worker

from tui.reader.page_screen import PageScreen
from tui.reader.textual_internals import forget_worker
from tui.render.page import Page
from tui.search.matcher import Matcher
from tui.search.query import Parsed, QueryError, parse
from tui.session.find.finder import Finder, named
from tui.session.find.matches import TITLE, Match, Matches, Position
from tui.session.links import follow
from tui.session.search.locations import query_of
from tui.state.records import Location


class Find:
    """Finds words on one screen, in a thread. The newest words count."""

    def __init__(self, screen: PageScreen) -> None:
        """Start without words."""
        self._screen = screen
        self.words = ""
        self.matches = Matches()
        self.at = -1
        self.error: QueryError | None = None
        """The mistake in the words; the matches are then those of the last words without one."""
        self._parsed = Parsed("", None)
        self._languages: tuple[str, ...] = ()
        self._finder: Finder | None = None
        self._matcher: Matcher | None = None
        self._origin: Location | None = None
        self._work: Worker[None] | None = None
        """The running work; None when it is done."""
        self._then: list[Callable[[], None]] = []
        """Called when the work is done."""

    def open(self) -> None:
        """Open the bar with the last words."""
        self._origin, self._languages = self._screen.here, ()
        self._screen.find_bar.put(self.words)
        self._screen.find_bar.open(self.look_for, self._pressed, select=True)

    def _pressed(self, key: str) -> None:
        """Close the bar after Escape, Enter or Ctrl+k."""
        self._screen.find_bar.close()
        if key == "escape":
            self.give_up()
            return
        self.settle()
        if key == "ctrl+k":
            self._screen.run_command("search")

    def arrive(self, parsed: Parsed, languages: tuple[str, ...]) -> None:
        """Mark the query of the library's search at a hit."""
        self._origin, self._languages = None, languages
        self.words, self._parsed, self.error = parsed.text, parsed, None
        self._find(self._arrived)

    def look_for(self, words: str) -> None:
        """Find other words from the first location on."""
        self.words = words
        parsed = parse(words, typing=True)
        self.error = parsed.error
        if self.error is not None:
            self._screen.say(self.said(), warns=True, passing=True)
            return
        self._parsed = parsed
        self._screen.say(f"Looking for “{words}” …" if words else "", passing=True)
        self._find(self._go_to_first)

    def step(self, direction: int) -> None:
        """Go to the next or previous match, and round at the end."""
        screen = self._screen
        if not self.words:
            screen.say(screen.session.keymap.words("Nothing is looked for yet: {find} begins."))
        elif self._work is None and self._finder is not screen.session.finder(screen.location):
            self._find(partial(self._step, direction))
        else:
            self._when_found(partial(self._step, direction))

    def settle(self) -> None:
        """Accept the match. Back leads to the first location."""
        if self.words and self._parsed.node is None and (error := parse(self.words).error):
            self.error = error
            self._screen.say(self.said(), warns=True)
        self._when_found(self._settle)

    def give_up(self) -> None:
        """Return to the first location, and remove the marks."""
        self.clear()
        self._screen.say("")
        if self._origin:
            self._screen.show(self._origin)

    def clear(self) -> bool:
        """Remove the marks; return whether there were any."""
        if self._work is not None:
            self._work.cancel()
            self._work = None
        had = bool(self.matches)
        self.matches, self.at = Matches(), -1
        self.mark()
        return had

    def give_over(self) -> bool:
        """Remove the marks and the words; return whether there were any marks."""
        if not self.clear():
            return False
        self.words = ""
        return True

    def said(self) -> str:
        """Return the message about the matches."""
        if not self.words:
            return ""
        if self.error is not None:
            return f"At character {self.error.at + 1}: {self.error.message}"
        if not self.matches:
            return f"“{self.words}” is not found here."
        found = f"{self.at + 1} of {len(self.matches):,}"
        if self.matches.spelling:
            return f"“{self.words}” is not found here; the nearest, “{self.matches.spelling}”: {found}"
        return f"“{self.words}”: {found}"

    def mark(self) -> None:
        """Mark the matches on the page."""
        screen, page = self._screen, self._screen.location.page
        # The list of hits has its own marks.
        searching = query_of(screen.location) is not None
        if not self.matches or searching or self._finder is not screen.session.finder(screen.location):
            screen.view.mark_matches(_none, None)
            screen.notes.look_for(None, 0)
            screen.masthead.look_for(None, here=False)
            return
        here = self.matches[self.at] if self.at >= 0 and self.matches[self.at].page == page else None
        place = self._place_of(here) if here else 0
        screen.view.mark_matches(self._on_page, here._replace(place=place) if here and not here.beside else None)
        if here and here.beside:
            screen.view.select(place)
        matcher = self._matcher
        screen.notes.look_for(matcher, here.beside if here and here.beside > 0 else 0)
        screen.masthead.look_for(matcher, here=here is not None and here.beside == TITLE)

    def _on_page(self, place: int) -> Sequence[Match]:
        """Return the matches in a block of the page."""
        name, shown = self._screen.location.page, self._screen.view.page
        searched = self._page(name)
        at = place if searched is shown or searched is None else searched.index_of(shown.ids[place])
        found = () if at is None else self.matches.at(name, at)
        return [match if at == place else match._replace(place=place) for match in found if not match.beside]

    def _page(self, name: str) -> Page | None:
        """Return a page as searched. The reader's own front page has more blocks."""
        return dict(self._finder.pages).get(name) if self._finder else None

    def _place_of(self, match: Match) -> int:
        """Return the index of a match's block on the shown page."""
        searched = self._page(match.page)
        return self._screen.view.page.index_of(searched.ids[match.place]) or 0 if searched else match.place

    # Looking

    def _find(self, then: Callable[[], None]) -> None:
        """Start the work for the words; earlier work is abandoned."""
        screen = self._screen
        self._then = [then]
        finder = screen.session.finder(screen.location)
        work = partial(self._theme, finder, self._parsed, self._languages)
        self._work = screen.run_worker(work, thread=True, exclusive=True, group="find")

    def _theme(self, finder: Finder, parsed: Parsed, languages: tuple[str, ...]) -> None:
        work = get_current_worker()
        try:
            found = finder.find(parsed, languages, lambda: work.is_cancelled)
            self._screen.call_later(self._take, work, finder, found)
        finally:
            forget_worker()

    def _take(self, work: Worker[None], finder: Finder, found: Matches) -> None:
        """Accept matches, unless other words were typed meanwhile."""
        if work is not self._work:
            return
        self._work = None
        self._finder, self.matches, self.at = finder, found, -1
        self._matcher = Matcher(self._parsed.node, dict.fromkeys((*finder.languages, *self._languages)))
        then, self._then = self._then, []
        for action in then:
            action()

    def _when_found(self, action: Callable[[], None]) -> None:
        """Run an action as soon as the matches are there."""
        if self._work is None:
            action()
        else:
            self._then.append(action)

    # What to do with what was found

    def _arrived(self) -> None:
        screen = self._screen
        at = self.matches.next(self._position(screen.here, -1), 1) if self.matches else -1
        stands = at >= 0 and self._stands_on(self.matches[at])
        self.at = at if stands else -1
        self.mark()
        screen.say(self.said() if stands else "")

    def _go_to_first(self) -> None:
        screen, origin = self._screen, self._origin
        if named := self._named():
            screen.show(named[0])
            self.mark()
            screen.say(f"“{self.words}” is the {named[1]} of this.", passing=True)
            return
        if self.matches:
            self._go_to(self.matches.next(self._position(origin or screen.here, -1), 1), screen.show)
        elif origin:
            screen.show(origin)
        else:
            self.mark()
        screen.say(self.said(), warns=bool(self.words and (self.error or not self.matches)), passing=True)

    def _named(self) -> tuple[Location, str] | None:
        """Return the location of an item by number or id, and which."""
        screen = self._screen
        volume = screen.session.volume(screen.location.briefing)
        has_found = bool(self.matches) and not self.matches.spelling
        found = named(volume, self.words.strip(), by_id=not has_found) if volume else None
        location = follow(screen.session, f"#{found[0]}", screen.here) if found else None
        return (location, found[1]) if location and found else None

    def _step(self, direction: int) -> None:
        screen = self._screen
        if not self.matches:
            screen.say(self.said(), warns=True)
            return
        before = self.at
        self._go_to(self.matches.next(self._standing(direction), direction), screen.go)
        wrapped = before >= 0 and (self.at - before) * direction <= 0
        screen.say(
            f"{self.said()}{' · round again from the ' + ('top' if direction > 0 else 'end') if wrapped else ''}"
        )

    def _settle(self) -> None:
        screen, origin, found = self._screen, self._origin, self._screen.here
        if origin and origin[:2] != found[:2]:
            screen.show(origin)
            screen.go(found)
            self._open_footnote()

    def _go_to(self, index: int, go: Callable[[Location], None]) -> None:
        screen = self._screen
        self.at = index
        match = self.matches[index]
        if match.page != screen.location.page and self._finder:
            page = dict(self._finder.pages)[match.page]
            go(screen.location._replace(page=match.page, block=page.ids[match.place], top="", row=0))
        self.mark()
        screen.tell()
        self._open_footnote()

    def _open_footnote(self) -> None:
        """Open the current match's footnote, unless the page has it beside."""
        screen, beside = self._screen, self.matches[self.at].beside if self.at >= 0 else 0
        if beside > 0 and (screen.notes.opened or not screen.notes.display):
            screen.peek(beside)

    def _stands_on(self, match: Match) -> bool:
        """Whether the current block has a match."""
        screen = self._screen
        return match.page == screen.location.page and self._place_of(match) == screen.view.spot.place

    def _position(self, location: Location, offset: int) -> Position:
        """Convert a location to a position among the matches."""
        names = self._finder.names if self._finder else ()
        if location.page not in names:
            return (0, -1, -1, -1, -1)
        page = self._page(location.page)
        block = (page.index_of(location.block) if page else None) or 0
        return (names.index(location.page), block, min(0, offset), 0, offset)

    def _standing(self, direction: int) -> Position:
        """Return the start of the next step: the current match or block."""
        screen = self._screen
        here = self._position(screen.here, -1 if direction > 0 else 1 << 30)
        if 0 <= self.at < len(self.matches):
            match = self.matches[self.at]
            if self._stands_on(match):
                return (here[0], match.place, match.beside, match.para, match.start)
        return here


def _none(_place: int) -> Sequence[Match]:
    return ()
