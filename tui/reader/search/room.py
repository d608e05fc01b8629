"""The room of the search on the screen: it takes what the reader types to the index, and shows what comes back."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.widget import Widget

from tui.reader.search.box import SearchBox
from tui.reader.search.running import Answered, Failed, Indexing, Runner
from tui.reader.themes import Theme
from tui.render.progress import bar
from tui.search.query import Parsed, parse
from tui.session.search.completion import TypingAid
from tui.session.search.hints import Piece, completion_pieces, search_hints
from tui.session.search.locations import location_of, query_of
from tui.session.search.pages import MORE, page_location
from tui.session.search.result_list import ResultList
from tui.session.search.search_session import Outcome
from tui.state.records import Location

if TYPE_CHECKING:
    from tui.reader.screen import ReaderScreen

_COMMANDS: Final = {"escape": "close", "pagedown": "page-down", "pageup": "page-up", "f1": "help"}
"""The commands that keys of the box run."""


class SearchRoom(Widget):
    """Searches for one screen."""

    DEFAULT_CSS = "SearchRoom { height: 3; display: none; }"

    def __init__(self, reader: "ReaderScreen", theme: Theme) -> None:
        """Search nothing yet."""
        super().__init__(id="search")
        self.box = SearchBox(theme)
        self.listed = ResultList(reader.session.search, reader.session.keymap)
        self._reader = reader
        self._asker = reader.session.search
        self._runner = Runner(self, self._asker)
        self._aids = TypingAid(self._asker.values, self._asker.queries.recent)
        self._asked = ""
        """The query that is being answered or was answered last."""
        self._wanted: Location | None = None
        """Where in the list to be once it is there."""
        self._goes = False
        """Whether the reader wants to go to the current hit as soon as it is known."""

    def compose(self) -> ComposeResult:
        """Have the box."""
        yield self.box

    # What the screen asks for

    @property
    def is_open(self) -> bool:
        """Whether the screen shows the search."""
        return query_of(self._reader.location) is not None

    def open(self) -> None:
        """Open the search over whatever is shown, or go back into its box."""
        again = self.is_open
        if not self._asker.is_used:
            self._runner.update()
        if not again:
            self._asker.begin(self._reader.location.briefing)
            self._reader.go(location_of(""))
        self.call_next(self._open_box, again)

    def divide(self) -> None:
        """Take the rows of the screen that are needed, or none."""
        self.display = self.is_open
        self.styles.height = self.box.rows_wanted(self._reader.size)

    def put(self, text: str) -> None:
        """Ask another query, as if it were typed."""
        self.box.put(text)

    def arrive(self, location: Location) -> None:
        """Show the query of a place at which the screen has arrived; on another page leave the keys to it."""
        reader = self._reader
        query = query_of(location)
        if query is None:
            self.box.leave()
            return
        reader.status.show_keys(search_hints(reader.session.keymap))
        if query != self._asked:
            self._asked = query
            self.box.put(query, silently=True)
            self.box.below.point(None, 0)
        self.listed.outcome = self._asker.kept(query)
        if query and self.listed.outcome is None:
            self._wanted = location
            self._ask(parse(query, typing=True))
        self.tell()

    def library_changed(self, only: Iterable[Path] | None = None) -> None:
        """Bring the index up to date, if it was ever used; `only` as in `Runner.update`."""
        if self._asker.is_used:
            self._runner.update(only)

    def follow(self, kind: str, rest: str) -> bool:
        """Follow a link of the search's pages; tell whether it was one."""
        links = {
            "query": self.put,
            "facet": lambda key: self.put(self.listed.filtered(self.box.text, int(key))),
            "hit": self._go_to,
        }
        if kind in links:
            links[kind](rest)
        return kind in links

    def moved(self) -> None:
        """Fetch the next hits where the reader comes to the end of those that are there."""
        outcome = self.listed.outcome
        if outcome and self.is_open and self.listed.has_more_behind(self._reader.view.spot.place):
            self._ask(outcome.parsed, outcome)

    def tell(self) -> None:
        """Tell the lines below the box what they show, and make as much room for them as they need."""
        self.box.below.tell(self.listed.summary, self._pieces)
        self.styles.height = self.box.rows_wanted(self._reader.size)
        self._reader.tell_position()

    def _pieces(self, width: int) -> Sequence[Piece]:
        """Set what completes the query, or what filters its hits."""
        box = self.box
        found = self._aids.candidates(box.text, box.cursor) if box.is_typing else None
        return completion_pieces(found, width) if found else self.listed.pieces(width)

    # What the reader types

    def on_search_box_typed(self, message: SearchBox.Typed) -> None:
        """Answer while one types."""
        message.stop()
        self._aids.typed(message.text)
        self._search(message.text)

    def on_search_box_pressed(self, message: SearchBox.Pressed) -> None:
        """Do what a key of the box means."""
        message.stop()
        key = message.key
        if key in _COMMANDS:
            self._reader.run_command(_COMMANDS[key])
        elif key == "enter":
            self._enter()
        elif answer := self._aids.answer(key, self.box.text, self.box.cursor):
            self.box.put(*answer, silently=True)
            self._search(answer[0])
        elif key == "down":
            self.box.leave()

    async def _open_box(self, select: bool) -> None:
        await self.box.open(select=select)
        self.arrive(self._reader.location)

    def _search(self, text: str) -> None:
        self._goes = False
        parsed = parse(text, typing=True)
        error = parsed.error
        self.box.below.point(error, self.box.cell_of(error.at) if error else 0)
        if error is not None:  # the box may yet scroll
            self.call_after_refresh(lambda: self.box.below.point_at(self.box.cell_of(error.at)))
            self.tell()
        elif parsed.node is None or (self._asker.kept(text) and "is" not in parsed.fields):
            self._asked = text if parsed.node else ""
            self._reader.show(location_of(self._asked))
        else:
            self._asked, self._wanted = text, None
            self._ask(parsed)
            self.tell()

    def _ask(self, parsed: Parsed, before: Outcome | None = None) -> None:
        if not self._asker.is_used:
            self._runner.update()
        self._runner.ask(parsed, self._reader.session.state.read_items() if "is" in parsed.fields else (), before)

    def _enter(self) -> None:
        """Go to the current hit, as soon as it is one of what stands in the box; say what a query lacks."""
        text = self.box.text
        if text.strip() and not self._asked and (error := parse(text).error):
            self.box.below.point(error, self.box.cell_of(error.at))
            self.tell()
            return
        if query_of(self._reader.location) == self._asked:
            self._reader.run_command("open")
        else:
            self._goes = True

    # What comes back

    def on_answered(self, message: Answered) -> None:
        """Show an answer, unless another query was asked meanwhile."""
        outcome = message.outcome
        text = outcome.parsed.text
        if text != self._asked:
            return
        before = self._asker.kept(text)
        self._asker.keep(outcome)
        if not self.is_open:
            return
        reader, location = self._reader, location_of(text)
        here = self._wanted or (reader.here if reader.location.page == location.page else location)
        self._wanted = None
        if here.block == MORE and before and len(outcome.hits) > len(before.hits):
            here = here._replace(block=outcome.hits[len(before.hits)].name, top="" if here.top == MORE else here.top)
        reader.show(here)
        if self._goes:
            self._goes = False
            reader.run_command("open")

    def on_failed(self, message: Failed) -> None:
        """Say why a query was not answered."""
        if message.text == self._asked:
            self._reader.say(message.reason, warns=True)

    def on_indexing(self, message: Indexing) -> None:
        """Say how far the index is, and let the list have what came meanwhile."""
        reader, asked = self._reader, self._asked
        if message.finished:
            trouble = self._asker.service.trouble
            reader.say(trouble, warns=bool(trouble))
        else:
            reader.say(
                f"Indexing {bar(message.done, message.whole, 12)} {message.done:,} of {message.whole:,}", passing=True
            )
        if message.changed:
            self._asker.forget()
        if self.is_open and asked and (message.changed or self.listed.is_partial):
            self._wanted = reader.here if query_of(reader.location) == asked else None
            self._ask(parse(asked, typing=True))

    def _go_to(self, name: str) -> None:
        """Go to a hit, with the words highlighted there."""
        outcome, shown = self.listed.outcome, self.listed.shown(name)
        if outcome is None or shown is None:
            self._reader.say("This has changed since it was indexed.", warns=True)
            return
        self._asker.queries.asked(outcome.parsed.text)
        self._reader.save_soon()
        answer = outcome.answer
        found = Parsed(outcome.parsed.text, answer.node)
        self._reader.go(page_location(shown), lambda: self._reader.searches.here.arrive(found, answer.languages))
