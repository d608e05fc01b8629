"""The state of finding words in a briefing: the words, the matches, and the one that one stands on."""

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.library.search.query import Parsed, QueryError, parse
from tui.library.state import Place
from tui.reader.finding import Finder, next_match
from tui.reader.match import Match
from tui.reader.search_places import query_of

if TYPE_CHECKING:
    from tui.reader.screen import ReaderScreen


class Search:
    """Finds for one screen."""

    def __init__(self, screen: "ReaderScreen") -> None:
        """Find nothing yet."""
        self._screen = screen
        self.words = ""
        self.matches: tuple[Match, ...] = ()
        self.at = -1
        self.error: QueryError | None = None
        """What is wrong with the words; the matches are those of the last words that were right."""
        self._parsed = Parsed("", None)
        self._languages: tuple[str, ...] = ()
        self._finder: Finder | None = None
        self._origin: Place | None = None

    def begin(self) -> None:
        """Remember where the search begins, to return there if it is given up."""
        self._origin = self._screen.here
        self._languages = ()

    def arrive(self, parsed: Parsed, languages: tuple[str, ...]) -> None:
        """Mark what the search over everything looked for, where it led; `n` goes on from here."""
        screen = self._screen
        self._origin, self._languages = None, languages
        self.words, self._parsed, self.error = parsed.text, parsed, None
        self._find()
        place = screen.view.spot.place
        here = (at for at, match in enumerate(self.matches) if (match.page, match.place) == (screen.place.page, place))
        self.at = next(here, -1)
        self.mark()
        screen.say(self.said() if self.at >= 0 else "")

    def look_for(self, words: str, *, jump: bool = True) -> None:
        """Look for other words from where the search began."""
        screen = self._screen
        self.words = words
        parsed = parse(words, typing=True)
        self.error = parsed.error
        if self.error is not None:
            screen.say(self.said(), warns=True)
            return
        self._parsed = parsed
        self._find()
        origin = self._origin
        if self.matches and jump:
            self._go_to(
                next_match(self.matches, self._position(origin or screen.here, -1), self._order, 1), screen.show
            )
        elif jump and origin:
            screen.show(origin)
        else:
            self.mark()
        screen.say(self.said(), warns=bool(words and not self.matches))

    def step(self, direction: int) -> None:
        """Go to the next or previous match, and round again at the end."""
        screen = self._screen
        if not self.words:
            screen.say("Nothing is looked for yet: / begins.")
            return
        if self._finder is not screen.desk.finder(screen.place):
            self._find()
        if not self.matches:
            screen.say(self.said(), warns=True)
            return
        before = self.at
        self._go_to(next_match(self.matches, self._standing(direction), self._order, direction), screen.go)
        wrapped = before >= 0 and (self.at - before) * direction <= 0
        screen.say(
            f"{self.said()}{' · round again from the ' + ('top' if direction > 0 else 'end') if wrapped else ''}"
        )

    def _find(self) -> None:
        """Find what is looked for in what is shown."""
        self._finder = self._screen.desk.finder(self._screen.place)
        self.matches = self._finder.find(self._parsed, self._languages)
        self.at = -1

    def settle(self) -> None:
        """Stay at what was found; Back leads to where the search began, however many pages were seen meanwhile."""
        screen, origin, found = self._screen, self._origin, self._screen.here
        if origin and origin[:2] != found[:2]:
            screen.show(origin)
            screen.go(found)

    def give_up(self) -> None:
        """Return to where the search began, and mark nothing."""
        self.clear()
        if self._origin:
            self._screen.show(self._origin)

    def clear(self) -> bool:
        """Mark nothing any more; tell whether anything was marked."""
        had = bool(self.matches)
        self.matches, self.at = (), -1
        self.mark()
        return had

    def give_over(self) -> bool:
        """Mark nothing and look for nothing any more; tell whether anything was marked."""
        if not self.clear():
            return False
        self.words = ""
        return True

    def said(self) -> str:
        """Say what was found."""
        if not self.words:
            return ""
        if self.error is not None:
            return f"At character {self.error.at + 1}: {self.error.message}"
        if not self.matches:
            return f"“{self.words}” is not found here."
        return f"“{self.words}”: {self.at + 1} of {len(self.matches):,}"

    def mark(self) -> None:
        """Mark what was found on the page that is shown."""
        screen = self._screen
        found: defaultdict[int, list[Match]] = defaultdict(list)
        # The list of the search has its own marks.
        searching = query_of(screen.place) is not None
        if self._finder is screen.desk.finder(screen.place) if self.matches and not searching else False:
            for match in self.matches:
                if match.page == screen.place.page:
                    found[match.place].append(match)
        here = self.matches[self.at] if 0 <= self.at < len(self.matches) else None
        screen.view.mark_matches(found, here if here and here.page == screen.place.page and found else None)

    @property
    def _order(self) -> list[str]:
        return [name for name, _ in self._finder.pages] if self._finder else []

    def _go_to(self, index: int, go: Callable[[Place], None]) -> None:
        screen = self._screen
        self.at = index
        match = self.matches[index]
        if match.page != screen.place.page and self._finder:
            page = dict(self._finder.pages)[match.page]
            go(screen.place._replace(page=match.page, block=page.ids[match.place], top="", row=0))
        self.mark()
        screen.tell()

    def _position(self, place: Place, offset: int) -> tuple[int, int, int, int]:
        """Turn a place into a position that matches can be compared with."""
        page = place.page if place.page in self._order else (self._order or [""])[0]
        rank = self._order.index(page) if page in self._order else 0
        if page != place.page:
            return (rank, -1, -1, -1)
        block = self._screen.desk.page(place).place_of(place.block) or 0
        return (rank, block, 0, offset)

    def _standing(self, direction: int) -> tuple[int, int, int, int]:
        """Give where the next step begins: the match that one stands on, unless one has moved away from it."""
        screen = self._screen
        here = self._position(screen.here, -1 if direction > 0 else 1 << 30)
        if 0 <= self.at < len(self.matches):
            match = self.matches[self.at]
            if match.page == screen.place.page and match.place == screen.view.spot.place:
                return (here[0], match.place, match.para, match.start)
        return here
