"""Bringing the index up to date: what changed is found by its stamps, and written in commits of whole briefings."""

import hashlib
import time
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.library.catalogue import Catalogue
from tui.library.database import Cache
from tui.library.volume import Volume
from tui.search.index.documents import ORDER_BITS, order_of, passages
from tui.search.index.ledger import Ledger, Record, path_term, record_document, state_of
from tui.search.index.schema import document, make_schema

if TYPE_CHECKING:
    from tantivy import Index, IndexWriter

_SMALL: Final = 20
"""Briefings up to which one thread with little memory writes: to start more costs more than they save."""
_LITTLE: Final = 16_000_000
_MUCH: Final = 256_000_000
"""Bytes that are filled before files are written; only a library of more than 200,000 passages fills them."""
_FIRST_COMMIT: Final = 5.0
_LATER_COMMITS: Final = 60.0
"""Seconds to the first commit and, at most, between later ones."""
_LOOK_EVERY: Final = 2048
"""Passages between two looks at whether to stop."""


class Pace:
    """Says when to commit: soon at first, so that something is found, then at longer intervals.

    A commit leaves files of its own, and every search looks into each.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin now, by a clock that gives seconds."""
        self._clock = clock
        self._interval = _FIRST_COMMIT
        self._since = clock()

    def due(self) -> bool:
        """Tell whether to commit now; who is told so does."""
        now = self._clock()
        if now - self._since <= self._interval:
            return False
        self._since, self._interval = now, min(2 * self._interval, _LATER_COMMITS)
        return True


class Wanted(NamedTuple):
    """What has to be done."""

    changed: tuple[str, ...]
    gone: tuple[Record, ...]
    known: dict[str, Record]

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


class _CancelledError(Exception):
    """Somebody asked to stop."""


class Update:
    """One update."""

    def __init__(
        self,
        catalogue: Catalogue,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
        only: Iterable[Path] | None,
    ) -> None:
        """Prepare; see `SearchIndex.update` for what the arguments are."""
        self._catalogue = catalogue
        self._progress = progress
        self.cancelled = cancelled
        self._only = None if only is None else tuple(only)
        self.finished = False
        """Whether everything was done."""

    @property
    def whole(self) -> bool:
        """Whether it looks at every briefing."""
        return self._only is None

    @property
    def cache(self) -> Cache:
        """The library's cache."""
        return self._catalogue.cache

    def look_at_everything(self) -> None:
        """Look at every briefing after all, since the index has nothing yet."""
        self._only = None

    def wanted(self, ledger: Ledger) -> Wanted:
        """Find what is new, changed or gone."""
        held = self._catalogue.held_stamp
        if self._only is None:
            present = self._catalogue.stamps()
            # The user's held texts concern those briefings alone that name a text at all.
            states = {path: (state_of(path, at, ""), state_of(path, at, held)) for path, at in present.items()}
            there, known = ledger.compare(set(chain.from_iterable(states.values())))
            changed = tuple(path for path, either in states.items() if there.isdisjoint(either))
        else:
            stamps = {str(path): self._catalogue.stamp_of(path) for path in self._only}
            present = {path: stamp for path, stamp in stamps.items() if stamp}
            records = {str(path): ledger.by_path(path) for path in self._only}
            known = {path: record for path, record in records.items() if record}
            changed = tuple(path for path, stamp in present.items() if not _same(known.get(path), stamp, held))
        return Wanted(changed, tuple(known[path] for path in known.keys() - present.keys()), known)

    def lacks(self, ledger: Ledger) -> bool:
        """Whether anything is still to be done, while another process does it; tell how far that is."""
        wanted, whole = self.wanted(ledger), self._catalogue.count()
        self._progress(max(0, whole - len(wanted.changed)), whole)
        return bool(wanted)

    def run(self, index: "Index", committed: Callable[[], None], alive: Callable[[], None] = lambda: None) -> bool:
        """Do what is wanted; tell whether anything was.

        Args:
            index: the index, which nobody else writes.
            committed: is called behind each commit.
            alive: is called often while it goes on.
        """
        index.reload()
        ledger = Ledger(index.searcher(), make_schema())
        wanted = self.wanted(ledger)
        if not wanted:
            self.finished = True
            return False
        small = len(wanted.changed) <= _SMALL
        writer = index.writer(_LITTLE if small else _MUCH, 1 if small else 2)
        run = _Run(self._catalogue, writer, ledger.highest(), self._goes_on(alive))
        try:
            self._all(run, wanted, committed)
        except _CancelledError:
            writer.rollback()
        else:
            writer.commit()
            self.finished = True
        committed()
        writer.wait_merging_threads()
        committed()
        return True

    def _goes_on(self, alive: Callable[[], None]) -> Callable[[], None]:
        """Return what shows that the update goes on, and ends it where it is cancelled."""

        def look() -> None:
            alive()
            if self.cancelled():
                raise _CancelledError

        return look

    def _all(self, run: "_Run", wanted: Wanted, committed: Callable[[], None]) -> None:
        for record in wanted.gone:
            run.delete(record.number)
        if wanted.gone and wanted.changed:  # nothing of them is to be found while the others are written
            run.writer.commit()
            committed()
        pace = Pace()
        self._progress(0, len(wanted.changed))
        for done, path in enumerate(wanted.changed, 1):
            run.look()
            run.add(path, wanted.known.get(path))
            if done < len(wanted.changed) and pace.due():
                run.writer.commit()
                committed()
            self._progress(done, len(wanted.changed))


class _Run:
    """One writer at work."""

    def __init__(self, catalogue: Catalogue, writer: "IndexWriter", highest: int, look: Callable[[], None]) -> None:
        self.writer = writer
        self._schema = make_schema()
        self._catalogue = catalogue
        self._highest = highest
        self.look = look

    def add(self, path: str, known: Record | None) -> None:
        """Write one briefing anew in place of what was written of it."""
        stamp, held_stamp = self._catalogue.stamp_of(Path(path)), self._catalogue.held_stamp
        volume = self._catalogue.open(Path(path)).volume
        # Opening may have found it changed since the catalogue was refreshed.
        stamp = self._catalogue.stamp_of(Path(path)) or stamp
        if known is None:
            self._highest += 1
        number = known.number if known else self._highest
        if volume is None:
            name = Path(path).parent.name
            record = Record(number, path, name, "", "", stamp, held_stamp, "", 0, 0, 0, broken=True)
        else:
            record = _record_of(volume, path, number, stamp, held_stamp)
        if known and known._replace(held=record.held) == record:
            self._delete("names", path_term(path))  # the record alone: texts have come to be held, but none of its own
        else:
            self.delete(number)
            if volume:
                self._add_passages(volume, path, number)
        self.writer.add_document(record_document(record))

    def delete(self, number: int) -> None:
        """Forget a briefing with all that is in it."""
        self._delete("of", number)

    def _delete(self, field: str, value: str | int) -> None:
        from tantivy import Query

        self.writer.delete_documents_by_query(Query.term_query(self._schema, field, value, "basic"))

    def _add_passages(self, volume: Volume, path: str, number: int) -> None:
        order = order_of(volume.edition.as_of, path) << ORDER_BITS
        for place, passage in enumerate(passages(volume)):
            self.writer.add_document(document(passage, number, order + place))
            if place % _LOOK_EVERY == _LOOK_EVERY - 1:
                self.look()


def _record_of(volume: Volume, path: str, number: int, stamp: str, held_stamp: str) -> Record:
    edition = volume.edition
    unheld = sum(not source.held for source in edition.sources)
    return Record(
        number,
        path,
        edition.id,
        edition.title,
        edition.lang,
        stamp,
        held_stamp if any(source.sha256 for source in edition.sources) else "",
        hashlib.blake2b(" ".join(source.held_sha256 for source in edition.sources).encode(), digest_size=8).hexdigest(),
        len(edition.entries) + len(edition.entities),
        len(edition.sources),
        unheld,
    )


def _same(record: Record | None, stamp: str, held: str) -> bool:
    """Tell whether a briefing is as it was indexed; the user's held texts concern those that name a text at all."""
    return record is not None and record.stamp == stamp and record.held in {"", held}
