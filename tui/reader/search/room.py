"""The room of the search on the screen: it takes what the reader types to the index, and shows what comes back."""

from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.widget import Widget

from tui.library.search.query import Parsed, parse
from tui.library.state import Place
from tui.reader.looks import Look
from tui.reader.search.asking import Outcome
from tui.reader.search.box import SearchBox
from tui.reader.search.completing import Completion, completion, is_worth_telling
from tui.reader.search.facet_row import KEYS, Piece, facet_pieces, groups
from tui.reader.search.filters import filters_of, toggled
from tui.reader.search.hints import completion_pieces, found_words, search_hints
from tui.reader.search.places import page_place, place_of, query_of
from tui.reader.search.recalling import Recall
from tui.reader.search.results import MORE, name_of
from tui.reader.search.running import Answered, Failed, Indexing, Runner
from tui.render.progress import bar

if TYPE_CHECKING:
    from tui.reader.screen import ReaderScreen

_COMMANDS: Final = {"escape": "close", "pagedown": "page-down", "pageup": "page-up", "f1": "help"}
"""The commands that keys of the box run."""
_RULE_FROM: Final = 20
"""Rows of the terminal from which a rule parts the box from the hits."""


class SearchRoom(Widget):
    """Searches for one screen."""

    DEFAULT_CSS = "SearchRoom { height: 3; display: none; }"

    def __init__(self, reader: "ReaderScreen", look: Look) -> None:
        """Search nothing yet."""
        super().__init__(id="search")
        self._reader = reader
        self._asker = reader.desk.search
        self._runner = Runner(self, self._asker)
        self.box = SearchBox(look)
        self._asked = ""
        """The query that is being answered or was answered last."""
        self._wanted: Place | None = None
        """Where in the list to be once it is there."""
        self._outcome: Outcome | None = None
        """What the list shows; that of the last good query while a mistake is being typed."""
        self._recall = Recall()
        self._completion: Completion | None = None
        self._group = 0
        self._goes = False
        """Whether the reader wants to go to the current hit as soon as it is known."""

    def compose(self) -> ComposeResult:
        """Have the box."""
        yield self.box

    # What the screen asks for

    @property
    def is_typing(self) -> bool:
        """Whether keys belong to the box."""
        return self.box.is_typing

    @property
    def is_open(self) -> bool:
        """Whether the screen shows the search."""
        return query_of(self._reader.place) is not None

    def open(self) -> None:
        """Open the search over whatever is shown, or go back into its box."""
        again = self.is_open
        self._begin()
        if not again:
            self._reader.go(place_of(""))
        self.call_next(self._open_box, again)

    def arrive(self, place: Place) -> None:
        """Show the query of a place at which the screen has arrived; on another page leave the keys to it."""
        reader = self._reader
        query = query_of(place)
        reader.status.hints = reader.app.hints() if query is None else search_hints(reader.app.keymap)
        if query is None:
            self.box.leave()
            return
        if query != self._asked:
            self._asked = query
            self.box.put(query, silently=True)
            self.box.below.point(None, 0)
        outcome = self._asker.kept(query)
        if query and outcome is None:
            self._wanted = place
            self._ask(parse(query, typing=True))
        self._outcome = outcome
        self._tell()

    def library_changed(self) -> None:
        """Bring the index up to date, if it was ever used."""
        if self._asker.is_used:
            self._runner.update()

    def follow(self, kind: str, rest: str) -> bool:
        """Follow a link of the search's pages; tell whether it was one."""
        links = {"query": self.box.put, "facet": lambda key: self.filter(int(key)), "hit": self._go_to}
        if kind in links:
            links[kind](rest)
        return kind in links

    def filter(self, key: int) -> None:
        """Filter by the value of a key, or no longer."""
        if self._outcome is None or not (names := self._groups):
            return
        from tui.library.search.facets import facet_query

        name = names[self._group % len(names)]
        values = self._outcome.counts.get(name, ())
        if 1 <= key <= min(KEYS, len(values)):
            self.box.put(toggled(self.box.text, facet_query(name, values[key - 1][0])))

    def turn_facets(self, step: int) -> None:
        """Show the values of another field."""
        self._group += step
        self._tell()

    def save(self) -> None:
        """Save the query, or forget it."""
        if text := self.box.text.strip():
            saved = self._asker.queries.toggle_saved(text)
            self._reader.say("Saved; an empty box lists saved queries." if saved else "No longer saved.")
            self._reader.app.save_soon()

    @property
    def position(self) -> str:
        """Which of how many hits is current."""
        outcome = self._outcome if self.is_open else None
        if outcome is None or not outcome.hits:
            return ""
        return f"{min(self._reader.view.spot.place + 1, len(outcome.hits)):,}/{outcome.whole:,}"

    def moved(self) -> None:
        """Fetch the next hits where the reader comes to the end of those that are there."""
        outcome = self._outcome if self.is_open else None
        if outcome is not None and self._reader.view.spot.place >= len(outcome.hits) < outcome.whole:
            self._runner.ask(outcome.parsed, self._read(outcome.parsed), outcome)

    @property
    def rows_wanted(self) -> int:
        """Rows for the box and what stands below it."""
        size = self._reader.size
        return 1 + self.box.below.rows_wanted(size.width) + (size.height >= _RULE_FROM)

    # What the reader types

    def on_search_box_typed(self, message: SearchBox.Typed) -> None:
        """Answer while one types."""
        message.stop()
        self._recall.begin(message.text)
        self._completion = None
        self._search(message.text)

    def on_search_box_pressed(self, message: SearchBox.Pressed) -> None:
        """Do what a key of the box means."""
        message.stop()
        key = message.key
        if key in {"tab", "shift+tab"}:
            self._complete(1 if key == "tab" else -1)
        elif key == "up":
            self._put(self._recall.older(self._asker.queries.recent()))
        elif key == "down" and (newer := self._recall.newer()) is not None:
            self._put(newer)
        elif key == "down":
            self.box.leave()
        elif key == "enter":
            self._enter()
        else:
            self._reader.app.run_command(_COMMANDS[key])

    async def _open_box(self, select: bool) -> None:
        await self.box.open(select=select)
        self.arrive(self._reader.place)

    def _put(self, text: str | None) -> None:
        if text is not None:
            self.box.put(text, silently=True)
            self._search(text)

    def _search(self, text: str) -> None:
        self._goes = False
        parsed = parse(text, typing=True)
        self._point(parsed)
        if parsed.error is not None:
            self._tell()
        elif parsed.node is None or self._asker.kept(text) is not None:
            self._asked = text if parsed.node else ""
            self._reader.show(place_of(self._asked))
        else:
            self._asked, self._wanted = text, None
            self._ask(parsed)
            self._tell()

    def _point(self, parsed: Parsed) -> None:
        error = parsed.error
        self.box.below.point(error, self.box.cell_of(error.at) if error else 0)
        if error:  # the box may yet scroll
            self.call_after_refresh(lambda: self.box.below.point_at(self.box.cell_of(error.at)))

    def _begin(self) -> None:
        if not self._asker.is_used:
            self._runner.update()

    def _ask(self, parsed: Parsed) -> None:
        self._begin()
        self._runner.ask(parsed, self._read(parsed))

    def _read(self, parsed: Parsed) -> list[tuple[str, str, str]]:
        return self._reader.desk.state.read_items() if "is" in parsed.fields else []

    def _complete(self, step: int) -> None:
        found = self._completion or completion(self.box.text, self.box.cursor, self._asker.values)
        if found is not None:
            self._completion = found.turned(step)
            self.box.put(self._completion.text, self._completion.cursor, silently=True)
            self._search(self._completion.text)

    def _enter(self) -> None:
        """Go to the current hit, as soon as it is one of what stands in the box."""
        if self._asked == self.box.text.strip() == "" or query_of(self._reader.place) == self._asked:
            self._reader.app.run_command("open")
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
        reader, place = self._reader, place_of(text)
        here = self._wanted or (reader.here if reader.place.page == place.page else place)
        self._wanted = None
        if here.block == MORE and before and len(outcome.hits) > len(before.hits):
            here = here._replace(
                block=name_of(outcome.hits[len(before.hits)]), top="" if here.top == MORE else here.top
            )
        reader.show(here)
        if self._goes:
            self._goes = False
            reader.app.run_command("open")

    def on_failed(self, message: Failed) -> None:
        """Say why a query could not be run."""
        if message.text == self._asked:
            self._reader.say(f"This cannot be searched: {message.reason}", warns=True)

    def on_indexing(self, message: Indexing) -> None:
        """Say how far the index is, and let the list have what came meanwhile."""
        if not message.finished:
            self._reader.say(f"Indexing {bar(message.done, message.whole, 12)} {message.done:,} of {message.whole:,}")
        else:
            self._reader.say(self._asker.index.trouble, warns=bool(self._asker.index.trouble))
            if message.changed:
                self._asker.forget()
        asked = self._asked
        if self.is_open and asked and (message.changed or not message.finished or self._is_partial):
            self._wanted = self._reader.here if query_of(self._reader.place) == asked else None
            self._ask(parse(asked, typing=True))

    @property
    def _is_partial(self) -> bool:
        return self._outcome is None or not self._outcome.answer.searched.complete

    def _go_to(self, name: str) -> None:
        """Go to a hit, with the words highlighted there."""
        outcome, reader = self._outcome, self._reader
        hit = next((hit for hit in outcome.hits if name_of(hit) == name), None) if outcome else None
        shown = self._asker.shown(hit) if hit else None
        if outcome is None or shown is None:
            reader.say("This has changed since it was indexed.", warns=True)
            return
        self._asker.queries.asked(outcome.parsed.text)
        reader.app.save_soon()
        reader.go(page_place(shown))
        answer = outcome.answer
        reader.search.arrive(Parsed(outcome.parsed.text, answer.node), answer.languages)

    # What is told

    @property
    def _groups(self) -> tuple[str, ...]:
        if self._outcome is None:
            return ()
        return groups(self._outcome.counts, [field.name for field in filters_of(self._outcome.parsed)])

    def _tell(self) -> None:
        """Tell the lines below the box what they show, and make as much room for them as they need."""
        self.box.below.tell(found_words(self._outcome.answer) if self._outcome else "", self._pieces())
        self.styles.height = self.rows_wanted
        self._reader.tell_position()

    def _pieces(self) -> list[Piece]:
        width, outcome = self._reader.size.width, self._outcome
        text, cursor = self.box.text, self.box.cursor
        if self.is_typing and is_worth_telling(text, cursor):
            found = self._completion or completion(text, cursor, self._asker.values)
            if found:
                return completion_pieces(found, width)
        if outcome is None:
            return [Piece(" Tab completes · ↑ asked before · F1 what one can write", "muted")]
        chosen = [value.removeprefix("=") for field in filters_of(outcome.parsed) for value in field.values]
        return facet_pieces(outcome.counts, self._groups, self._group, chosen, width)
