"""The search service in the reader's own process."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from tui.briefing.kinds import PANE_OF
from tui.library.catalogue import Catalogue
from tui.library.volume import Volume, brief
from tui.search.answers import Hit, Shown, Total, UnansweredError
from tui.search.service import Counts, Found, Progress, SearchRequest, Values, WriteRequest, Written

if TYPE_CHECKING:
    from tui.search.index.library_index import SearchIndex

Writer = Callable[["SearchIndex", Catalogue, WriteRequest], tuple[Total, Iterator[str]]]
"""Returns the total and the lines of an answer as text or JSON."""
_AHEAD: Final = 20
"""Hits that are read with the answer; a screen has no more."""
_AT_ONCE: Final = 2
"""Queries that run at once, so that the newest need not wait for an abandoned one."""
_OPEN: Final = 32
"""Briefings, and held texts, that stay open for hits."""
_Result = TypeVar("_Result")


class InProcessSearch:
    """Searches one library. The coroutines work in threads. The other methods may be called in any thread."""

    delay = 0.0
    version = ""

    def __init__(self, catalogue: Catalogue, write: Writer) -> None:
        """Prepare the service; the first request opens the index."""
        self._catalogue = catalogue
        self._write = write
        self._index: SearchIndex | None = None
        self._making = threading.Lock()
        self._reader = HitReader(catalogue)
        self._turns = threading.BoundedSemaphore(_AT_ONCE)

    @property
    def index(self) -> "SearchIndex":
        """The index, created at first use."""
        with self._making:
            if self._index is None:
                from tui.search.index.library_index import SearchIndex, index_folder

                cache = self._catalogue.cache_folder
                self._index = SearchIndex(
                    index_folder(cache, self._catalogue.roots, self._catalogue.scope) if cache else None
                )
            return self._index

    @property
    def trouble(self) -> str:
        """One line on the index for the reader."""
        return self.index.trouble

    async def ask(self, reader: object, request: SearchRequest) -> Found:
        """Return a batch of hits, the first of them read."""

        def work() -> Found:
            found = self.find(request)
            return found._replace(shown={hit.name: self.show(hit) for hit in found.hits[:_AHEAD]})

        return await self._in_turn(work)

    async def count(self, reader: object, request: SearchRequest) -> Counts:
        """Count the facets."""
        return await self._in_turn(lambda: self.facets(request))

    async def write(self, request: WriteRequest) -> Written:
        """Return an answer as text or JSON."""
        return await self._in_turn(lambda: self.written(request))

    async def update(self, progress: Progress, only: Iterable[Path] | None) -> bool:
        """Update the index; cancellation stops the update."""
        from asyncio import to_thread  # the command that searches has no loop

        gone = threading.Event()
        try:
            return await to_thread(self.index.update, self._catalogue, progress, gone.is_set, only)
        finally:
            gone.set()

    async def refresh(self) -> None:
        """Update the index after a change of the library."""
        await self.update(lambda _done, _all: None, None)

    async def _in_turn(self, work: Callable[[], _Result]) -> _Result:
        """Run work in a thread. Work of a cancelled caller is skipped."""
        from asyncio import to_thread

        gone = threading.Event()

        def turn() -> _Result:
            with self._turns:
                if gone.is_set():
                    raise UnansweredError
                return work()

        try:
            return await to_thread(turn)
        finally:
            gone.set()

    # In any thread

    def update_now(self, progress: Progress, cancelled: Callable[[], bool]) -> bool:
        """Update the index in this thread. Return whether it changed."""
        return self.index.update(self._catalogue, progress, cancelled)

    def find(self, request: SearchRequest) -> Found:
        """Return a batch of hits without their texts.

        Raises:
            UnansweredError: the query cannot be answered.
        """
        from tui.search.query import parse
        from tui.search.run import BATCH, grouped, search

        parsed, (_, read, offset, opened) = parse(request.text, typing=True), request
        with _unanswered():
            answer = search(self.index, self._catalogue, parsed, read, limit=BATCH, offset=offset, first=opened)
        return Found(answer, grouped(answer.hits, opened))

    def facets(self, request: SearchRequest) -> Counts:
        """Count the facets; a filtered field is counted as without its filter.

        Raises:
            UnansweredError: the query cannot be answered.
        """
        from tui.search.facets import facets, without
        from tui.search.query import parse

        parsed, read = parse(request.text, typing=True), request.read
        with _unanswered():
            counts = facets(self.index, self._catalogue, parsed, read)
            for name in {field.name for field in parsed.filters}:
                wider = parse(without(parsed, name), typing=True)
                if wider.node is not None:
                    values = facets(self.index, self._catalogue, wider, read)
                    counts[name] = values.get(name, counts.get(name, []))
        return {name: values for name, values in counts.items() if values}

    def written(self, request: WriteRequest) -> Written:
        """Return an answer as text or JSON, cut behind `most` characters.

        Raises:
            UnansweredError: the query cannot be answered.
        """
        length = 0

        def fits(line: str) -> bool:
            nonlocal length
            before, length = length, length + len(line)
            return not request.most or before <= request.most

        with _unanswered():
            total, lines = self._write(self.index, self._catalogue, request)
            return Written(total, tuple(takewhile(fits, lines)))

    def values(self, name: str) -> Values:
        """Return the values of a field in the library, for completion."""
        from tui.search.facets import listed

        return listed(self.index, self._catalogue, name)

    def show(self, hit: Hit) -> Shown | None:
        """Read a hit; None where its briefing has changed or is gone."""
        return self._reader.show(hit)

    def forget(self) -> None:
        """Close the briefings that were read."""
        self._reader.forget()


@contextmanager
def _unanswered() -> Iterator[None]:
    try:
        yield
    except ValueError as error:  # tantivy's error of anything that it cannot do
        reason = str(error).partition("\n")[0][:120]
        raise UnansweredError(f"This cannot be searched: {reason}") from error
    except MemoryError as error:
        raise UnansweredError("There is not enough memory for this search; search for less.") from error


class HitReader:
    """Reads the texts of hits, in any thread. The last briefings stay open."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Open briefings from a catalogue on demand."""
        self._guard = threading.Lock()
        self._volume = lru_cache(_OPEN)(lambda path: catalogue.open(path).volume)
        self._paragraphs = lru_cache(_OPEN)(self._paragraphs_of)

    def show(self, hit: Hit) -> Shown | None:
        """Read a hit; None where its briefing has changed or is gone."""
        with self._guard:
            volume = self._volume(hit.path)
            try:
                return self._shown(hit, volume) if volume is not None else None
            except LookupError:
                return None

    def forget(self) -> None:
        """Close all briefings, since they may have changed."""
        with self._guard:
            self._volume.cache_clear()
            self._paragraphs.cache_clear()

    def _paragraphs_of(self, path: Path, index: int) -> dict[int, str]:
        from tui.search.index.passages import paragraphs_of

        volume = self._volume(path)
        return dict(paragraphs_of(volume, volume.edition.sources[index])) if volume else {}

    def _shown(self, hit: Hit, volume: Volume) -> Shown:
        from tui.search.index.passages import entity_texts, entry_texts, fronts, headings_of, source_texts

        edition = volume.edition
        match hit.kind:
            case "briefing":
                front = fronts(volume)[hit.index]
                return Shown(hit, edition.title, "", "", front.heading, front.texts, "", "overview", front.block)
            case "text":
                source, paragraph = edition.sources[hit.index], hit.paragraph
                text = self._paragraphs(hit.path, hit.index)[paragraph]
                number = f"¶{paragraph}" if paragraph else "title"
                page, rating = f"text:{source.id}", source.reliability
                return Shown(hit, edition.title, source.id, number, source.label, (text,), rating, page, str(paragraph))
            case "source":
                source = edition.sources[hit.index]
                texts, rating = tuple(source_texts(source)), source.reliability
                number = str(source.number)
                return Shown(hit, edition.title, source.id, number, source.label, texts, rating, "sources", source.id)
            case "entity":
                entity = edition.entities[hit.index]
                texts = tuple(entity_texts(entity))
                return Shown(hit, edition.title, entity.id, "", entity.name, texts, "", "entities", entity.id)
        entry = edition.entries[hit.index]
        texts = tuple(filter(None, entry_texts(volume, entry)))
        likelihood = entry.assess.likelihood if entry.judgment and entry.assess else ""
        judged = f"Judged {likelihood}" if likelihood else ""
        heading, rating = next(iter(headings_of(volume, entry)), judged), volume.rating(entry)
        if entry.short:
            heading = f"{heading}: {entry.short}" if entry.table == "view" and heading else brief(entry)
        return Shown(hit, edition.title, entry.id, entry.number, heading, texts, rating, PANE_OF[entry.table], entry.id)
