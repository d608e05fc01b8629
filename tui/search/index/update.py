"""Updates of the index, by the stamps of briefings."""

import hashlib
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.library.catalogue import Catalogue
from tui.library.database import Cache
from tui.library.volume import Volume
from tui.search.index.documents import ORDER_BITS, document, order_of, passages
from tui.search.index.ledger import Ledger, Record, record_document
from tui.search.index.schema import make_schema
from tui.search.index.states import path_term

if TYPE_CHECKING:
    from tantivy import Index, IndexWriter

_SMALL: Final = 20
"""Briefings up to which one thread with little memory writes, since more threads cost more than they save."""
_LITTLE: Final = 16_000_000
_MUCH: Final = 256_000_000
"""Bytes of a writer's buffer; only a library of more than 200,000 passages fills the larger one."""
_FIRST_COMMIT: Final = 5.0
_LATER_COMMITS: Final = 60.0
"""Seconds to the first commit, and at most between later commits."""
_LOOK_EVERY: Final = 2048
"""Passages between two checks for cancellation."""


class Pace:
    """The times of commits: soon at first, then at longer intervals.

    Each commit leaves files of its own, which every search reads.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start now, by a clock in seconds."""
        self._clock = clock
        self._interval = _FIRST_COMMIT
        self._since = clock()

    def due(self) -> bool:
        """Whether to commit now; the next interval starts then."""
        now = self._clock()
        if now - self._since <= self._interval:
            return False
        self._since, self._interval = now, min(2 * self._interval, _LATER_COMMITS)
        return True


class Wanted(NamedTuple):
    """The work of an update."""

    changed: tuple[str, ...]
    gone: tuple[Record, ...]
    known: dict[str, Record]

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


class _CancelledError(Exception):
    """The update was cancelled."""


class Update:
    """One update of the index."""

    def __init__(
        self,
        catalogue: Catalogue,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
        only: Iterable[Path] | None,
    ) -> None:
        """Prepare an update with the arguments of `SearchIndex.update`."""
        self._catalogue = catalogue
        self._progress = progress
        self.cancelled = cancelled
        self._only = None if only is None else tuple(only)
        self.finished = False
        """Whether all work was done."""

    @property
    def whole(self) -> bool:
        """Whether every briefing is checked."""
        return self._only is None

    @property
    def cache(self) -> Cache:
        """The library's cache."""
        return self._catalogue.cache

    def check_everything(self) -> None:
        """Check every briefing after all, since the index is empty."""
        self._only = None

    def wanted(self, ledger: Ledger) -> Wanted:
        """Return the new, changed and removed briefings."""
        held = self._catalogue.held_stamp
        if self._only is None:
            present = self._catalogue.stamps(in_order=False)
            lacking, known = ledger.compare(present, held)
            changed = tuple(lacking)
            if len(changed) > 1:  # the newest first
                missing = set(lacking)
                changed = tuple(path for path in self._catalogue.stamps() if path in missing)
        else:
            stamps = {str(path): self._catalogue.stamp_of(path) for path in self._only}
            present = {path: stamp for path, stamp in stamps.items() if stamp}
            records = {str(path): ledger.by_path(path) for path in self._only}
            known = {path: record for path, record in records.items() if record}
            changed = tuple(path for path, stamp in present.items() if not _same(known.get(path), stamp, held))
        return Wanted(changed, tuple(known[path] for path in known.keys() - present.keys()), known)

    def lacks(self, ledger: Ledger) -> bool:
        """Whether work is left, while another process writes; the progress is reported."""
        wanted, whole = self.wanted(ledger), self._catalogue.count()
        self._progress(max(0, whole - len(wanted.changed)), whole)
        return bool(wanted)

    def run(self, index: "Index", committed: Callable[[], None], alive: Callable[[], None] = lambda: None) -> bool:
        """Run the update.

        Args:
            index: the index; the caller must hold the lock.
            committed: called after each commit.
            alive: called often during the work.

        Returns:
            Whether anything was written.
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
        """Return a function that shows signs of life and raises on cancellation."""

        def look() -> None:
            alive()
            if self.cancelled():
                raise _CancelledError

        return look

    def _all(self, run: "_Run", wanted: Wanted, committed: Callable[[], None]) -> None:
        for record in wanted.gone:
            run.delete(record.number)
        if wanted.gone and wanted.changed:  # removed briefings are not found while the others are written
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
    """A writer with its library."""

    def __init__(self, catalogue: Catalogue, writer: "IndexWriter", highest: int, look: Callable[[], None]) -> None:
        self.writer = writer
        self._schema = make_schema()
        self._catalogue = catalogue
        self._highest = highest
        self.look = look

    def add(self, path: str, known: Record | None) -> None:
        """Replace the passages and the record of one briefing."""
        stamp, held_stamp = self._catalogue.stamp_of(Path(path)), self._catalogue.held_stamp
        volume = self._catalogue.open(Path(path)).volume
        # Opening may have found a newer file than the catalogue's last refresh.
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
            self._delete(
                "names", path_term(path)
            )  # the record alone: other texts are held now, but no text of this briefing
        else:
            self.delete(number)
            if volume:
                self._add_passages(volume, path, number)
        self.writer.add_document(record_document(record))

    def delete(self, number: int) -> None:
        """Delete a briefing's passages and record."""
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
    """Whether a briefing is as indexed. Held texts count only where the briefing names a text."""
    return record is not None and record.stamp == stamp and record.held in {"", held}
