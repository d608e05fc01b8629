"""The search of the library on the screen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from textual.app import ComposeResult
from textual.widget import Widget

from tui.reader.page_screen import PageScreen
from tui.reader.running import word_of
from tui.reader.search.find import Find
from tui.reader.search.search_lines import SearchLines
from tui.reader.search.search_requests import SearchRequests
from tui.reader.widgets.query_line import QueryLine
from tui.reader.widgets.status_line import Hint
from tui.search.query import Parsed, QueryError, parse
from tui.session.commands import BY_NAME
from tui.session.search.completion import TypingAid
from tui.session.search.hints import (
    BOX_KEYS,
    Piece,
    box_hints,
    completion_pieces,
    search_hints,
)
from tui.session.search.locations import location_of, query_of
from tui.session.search.pages import MORE, page_location
from tui.session.search.result_list import ResultList
from tui.session.search.search_session import Outcome
from tui.state.records import Location

_COMMANDS: Final = {
    "escape": "close",
    "pagedown": "page-down",
    "pageup": "page-up",
    "f1": "help",
    "ctrl+p": "go-to",
    "ctrl+z": "suspend",
}
"""The commands of keys in the query line."""
_KEYS: Final = ("ctrl+k", "ctrl+p", "ctrl+z", *(key for keys in BOX_KEYS.keys.values() for key in keys))
_RULE_FROM: Final = 20
"""Rows of the terminal from which a rule separates the query from the hits."""


class SearchPane(Widget):
    """The query and the lines below. The hits are a page of the screen."""

    DEFAULT_CSS = """
    SearchPane { height: 3; display: none; layout: vertical; background: $background; }
    SearchPane .prompt { color: $accent; text-style: bold; }
    """

    def __init__(self, screen: PageScreen, find: Find) -> None:
        """Create a pane for a screen.

        Args:
            screen: shows the pages.
            find: highlights the query at the location of a hit.
        """
        super().__init__(id="search")
        self.line = QueryLine(" Search ", "words, “phrases”, kind:claim, by:…", _KEYS, name="search-line", helps=True)
        self.below = SearchLines(screen.theme)
        self._session = screen.session.search
        self.results = ResultList(self._session, screen.session.keymap)
        self._screen = screen
        self._find = find
        self._aid = TypingAid(self._session.values, self._session.queries.recent)
        self.requests = SearchRequests(self, screen.session, self._answered, self._failed, self._indexing)
        self._asked = ""
        """The query of the current or the last request."""
        self._here: str | None = None
        """The query whose page is shown, which may await another's answer. None on another page."""
        self._mistake: tuple[str, QueryError | None] = ("", None)
        """A query, and the mistake in it."""
        self._wanted: Location | None = None
        """The position in the list to restore with the answer."""
        self._goes = False
        """Whether the reader goes to the first hit as soon as all hits are known."""
        self.links: Mapping[str, Callable[[str], None]] = {
            "query": self.put,
            "facet": lambda key: self.put(self.results.filtered(self.line.text, int(key))),
            "hit": self._go_to,
            MORE: lambda _: self.moved(),
        }
        """Follows each kind of link of the search's pages."""

    def compose(self) -> ComposeResult:
        """Compose the query line and the lines below."""
        yield self.line
        yield self.below

    # For the screen

    def open(self) -> None:
        """Open the search, or return to the query line."""
        again = query_of(self._screen.location) is not None
        if not self._session.is_used:
            self.requests.update()
        if not again:
            self._session.begin(self._screen.location.briefing)
            self._screen.go(location_of(""))
        self.line.open(self._typed, self._pressed, select=again)
        self.tell()

    def divide(self) -> None:
        """Take the needed rows of the screen, or none on another page."""
        self.display = query_of(self._screen.location) is not None
        size = self._screen.size
        self.styles.height = 1 + self.below.rows_wanted(size.width) + (size.height >= _RULE_FROM)

    def put(self, text: str) -> None:
        """Search for another query, as if it were typed."""
        self.line.put(text)
        self._typed(text)

    def arrive(self, location: Location) -> None:
        """Show the query of a location. On another page return the keys to the screen."""
        query, before = query_of(location), self._here
        self._here = query
        if query is None:
            self.line.leave()
            return
        if query not in (self._asked, before):
            self._asked = query
            self.line.put(query)
            self._point(None)
        self.results.outcome = self._session.kept(query)
        if query == self._asked != "" and self.results.outcome is None:
            self._wanted = location
            self.requests.ask(parse(query, typing=True))
        self.tell()

    def follow(self, kind: str, rest: str) -> bool:
        """Follow a link of the search's pages. Return whether the link is one."""
        if kind in self.links:
            self.links[kind](rest)
        return kind in self.links

    def moved(self) -> None:
        """Fetch the next hits at the end of the list."""
        outcome = self.results.outcome
        if outcome and self.display and self.results.has_more_behind(self._screen.view.spot.current):
            self.requests.ask(outcome.parsed, outcome)

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys that have something to do here."""

        def acts(name: str) -> bool:
            own = self.results.acts(name, self.line.text)
            return bool(word_of(self._screen, BY_NAME[name])) if own is None else own

        return box_hints(acts) if self.line.is_typing else search_hints(self._screen.session.keymap, acts)

    def tell(self) -> None:
        """Update the lines below the query, their height, and the footer."""
        text, error = self._mistake
        error = error if text == self.line.text else None  # a mistake that was mended meanwhile is none
        self.below.point(error, self.line.cell_of(error.at) if error else 0)
        self._screen.tell_keys()
        self.below.tell(self.results.summary, self._pieces)
        self.divide()
        self._screen.tell_position()

    def _pieces(self, width: int) -> Sequence[Piece]:
        line = self.line
        found = self._aid.candidates(line.text, line.cursor) if line.is_typing else None
        return completion_pieces(found, width) if found else self.results.pieces(width)

    # The query line

    def _typed(self, text: str) -> None:
        self._aid.typed(text)
        self._search(text)

    def _pressed(self, key: str) -> None:
        self._goes = False
        if key == "ctrl+k":
            self.line.select_all()
        elif key in _COMMANDS:
            self._screen.run_command(_COMMANDS[key])
        elif key == "enter":
            self._enter()
        elif answer := self._aid.answer(key, self.line.text, self.line.cursor):
            self.line.put(*answer)
            self._search(answer[0])
        elif key == "down":
            self.line.leave()
            self.tell()

    def _search(self, text: str) -> None:
        self._goes = False
        parsed = parse(text, typing=True)
        self._point(parsed.error)
        if parsed.error is not None:
            self.call_after_refresh(self.tell)  # the input may yet scroll
        elif parsed.node is None or (self._session.kept(text) and "is" not in parsed.fields):
            self._asked = text if parsed.node else ""
            self._screen.show(location_of(self._asked))
            return
        else:
            self._asked, self._wanted = text, None
            self.requests.ask(parsed)
        self.tell()

    def _point(self, error: QueryError | None) -> None:
        self._mistake = self.line.text, error

    def _enter(self) -> None:
        """Go to the typed query's current hit, or show the mistake."""
        text = self.line.text
        if text.strip() and not self._asked and (error := parse(text).error):
            self._point(error)
            self.tell()
        elif query_of(self._screen.location) == self._asked and self.results.has_anything:
            self._screen.run_command("open")
        else:
            self._goes = True

    # Answers

    def _answered(self, outcome: Outcome) -> None:
        """Show an answer, unless another query was sent meanwhile."""
        text = outcome.parsed.text
        if text != self._asked:
            return
        before = self._session.kept(text)
        self._session.keep(outcome)
        screen, location = self._screen, location_of(text)
        if query_of(screen.location) is None:
            return
        here = self._wanted or (screen.here if screen.location.page == location.page else location)
        self._wanted = None
        if here.block == MORE and before and len(outcome.hits) > len(before.hits):
            block = outcome.hits[len(before.hits)].name
            here = here._replace(block=block, top="" if here.top == MORE else here.top)
        screen.show(here)
        if self._goes and self.line.is_typing and not outcome.answer.searched.is_growing:
            self._goes = False
            screen.run_command("open")

    def _failed(self, text: str, reason: str) -> None:
        if text == self._asked:
            self._goes = False
            self._screen.say(reason, warns=True)

    def _indexing(self, said: str, *, passing: bool = False, has_changed: bool = False) -> None:
        """Show an update's progress or end, and search again after a change."""
        screen, asked = self._screen, self._asked
        if said and not passing:
            screen.say(said, warns=True)
        else:
            screen.say_progress(said)
        if has_changed:
            self._session.forget()
        here = query_of(screen.location)
        if here is not None and asked and (has_changed or self.results.is_partial):
            self._wanted = screen.here if here == asked else None
            self.requests.ask(parse(asked, typing=True))

    def _go_to(self, name: str) -> None:
        """Go to a hit, with the words highlighted there."""
        outcome, shown = self.results.outcome, self.results.shown(name)
        if outcome is None or shown is None:
            self._screen.say("This has changed since it was indexed.", warns=True)
            return
        self._session.queries.asked(outcome.parsed.text)
        self._screen.save_soon()
        answer = outcome.answer
        found = Parsed(outcome.parsed.text, answer.node)
        self._screen.go(page_location(shown), lambda: self._find.arrive(found, answer.languages))
