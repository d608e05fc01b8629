"""The records of a reader's state in memory."""

import time
from collections.abc import Callable, Collection, Hashable, Iterable
from typing import cast

from tui.state.records import Change, Kind, Reading, Record, Store, StoreError


class RecordTables:
    """Holds records by their keys.

    `flush` passes changes to the store, so that no key press waits for a disk.
    """

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        """Create the tables. A kind of record is loaded at its first use.

        Args:
            store: keeps the records.
            clock: returns seconds since the epoch.
        """
        self.clock = clock
        self.on_written: Callable[[Collection[str]], None] = lambda _briefings: None
        """Is told the briefings of what was written; an empty id stands for all."""
        self._store = store
        self._trouble = ""
        self._unsaved: list[Change] = []
        self._changed: set[tuple[type[Record], Hashable]] = set()
        self._tables: dict[type, dict[Hashable, Record]] = {}
        self._revisions: dict[type, int] = {}
        self._read: dict[str, dict[str, str]] | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the records outlast the program."""
        return self._store.is_kept

    @property
    def trouble(self) -> str:
        """One line for the reader when reading or writing fails; else empty."""
        return self._trouble or self._store.trouble

    @property
    def unsaved(self) -> bool:
        """Whether changes wait for `flush`."""
        return bool(self._unsaved)

    def flush(self) -> None:
        """Write all changes in one transaction. After a failure they stay."""
        if not self._unsaved:
            return
        try:
            self._store.write(self._unsaved)
        except StoreError as error:
            self._trouble = f"Your locations and marks cannot be saved: {error}"
        else:
            written, self._unsaved = self._unsaved, []
            self.on_written({change.briefing for change in written})

    def close(self) -> None:
        """Flush the changes and close the store."""
        self.flush()
        self._store.close()

    def merge(self, records: Iterable[Record]) -> None:
        """Add records that come late. Keys that were changed meanwhile stay."""
        for record in records:
            change = Change(record)
            if change.key not in self._changed:
                self._apply(change)

    def take(self, changes: Iterable[Change]) -> bool:
        """Apply the changes of others, unless one of ours is unsaved. Return whether any was news."""
        mine = {change.key for change in self._unsaved}
        news = [change for change in changes if change.key not in mine and self._is_news(change)]
        for change in news:
            self._apply(change)
        return bool(news)

    def _is_news(self, change: Change) -> bool:
        record = change.record
        if isinstance(record, Reading):
            return self.readings().get(record.briefing, {}).get(record.item) != record.digest
        return self.table(type(record)).get(record.key) != (None if change.is_removal else record)

    def records(self, kind: type[Kind]) -> Collection[Kind]:
        """Return all records of a kind but readings, in no order."""
        return self.table(kind).values()

    def table(self, kind: type[Kind]) -> dict[Hashable, Kind]:
        """Return the records of a kind by their keys.

        They are loaded again after another program has written.
        """
        revision = self._store.revision
        if self._revisions.get(kind) != revision and (loaded := self._load(kind)) is not None:
            table: dict[Hashable, Record] = {record.key: record for record in loaded}
            for change in self._unsaved:
                if isinstance(change.record, kind):
                    table.pop(change.record.key, None)
                    if not change.is_removal:
                        table[change.record.key] = change.record
            self._tables[kind], self._revisions[kind] = table, revision
        return cast("dict[Hashable, Kind]", self._tables.setdefault(kind, {}))

    def readings(self) -> dict[str, dict[str, str]]:
        """Return the revision of each read item, by briefing and item."""
        if self._read is None:
            self._read = {}
            for briefing, item, digest in self._load(Reading) or ():
                self._read.setdefault(briefing, {})[item] = digest
        return self._read

    def put(self, record: Record) -> None:
        """Set a record; the one with its key goes."""
        self._change(Change(record))

    def remove(self, record: Record) -> None:
        """Remove the record with a record's key."""
        self._change(Change(record, is_removal=True))

    def _change(self, change: Change) -> None:
        self._apply(change)
        self._changed.add(change.key)
        if self._store.is_kept:
            self._unsaved.append(change)

    def _apply(self, change: Change) -> None:
        record = change.record
        if isinstance(record, Reading):
            self.readings().setdefault(record.briefing, {})[record.item] = record.digest
        elif change.is_removal:
            self.table(type(record)).pop(record.key, None)
        else:
            self.table(type(record))[record.key] = record

    def _load(self, kind: type[Kind]) -> Collection[Kind] | None:
        try:
            return self._store.load(kind)
        except StoreError as error:
            self._trouble = f"Your locations and marks cannot be read: {error}"
            return None
