"""The records of the indexed briefings: state, languages and totals.

Records are documents of the index, so that one commit changes a briefing and its record, or neither.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.search.index.schema import RECORD

if TYPE_CHECKING:
    from tantivy import DocAddress, Document, Query, Schema, Searcher

_ALL: Final = 10_000_000


class Record(NamedTuple):
    """The indexed state of one briefing."""

    number: int
    path: str
    id: str
    title: str
    lang: str
    stamp: str
    """The catalogue's stamp of the briefing's files."""
    held: str
    """The stamp of the user's held texts; empty where the briefing names no text."""
    texts: str
    """A digest of the briefing's own held texts."""
    entries: int
    """The number of entries and entities."""
    sources: int
    unheld: int
    """The number of sources without a held text."""
    broken: bool = False
    """Whether the briefing could not be opened, so that nothing is indexed."""

    @property
    def state(self) -> int:
        """A number for comparison with the catalogue, without reading the record."""
        from tui.search.index.states import state_of  # opening an index hashes nothing

        return state_of(self.path, self.stamp, self.held)


def _number_term(number: int) -> str:
    return f"number={number}"


def record_document(record: Record) -> "Document":
    """Convert a record to a document."""
    from tantivy import Document

    from tui.search.index.states import path_term

    written = Document()
    kind = "broken" if record.broken else "sound"
    written.add_text("tags", f"{RECORD} {RECORD}={kind} lang={record.lang or 'und'}")
    written.add_text("names", f"{path_term(record.path)} {_number_term(record.number)}")
    written.add_unsigned("of", record.number)
    written.add_unsigned("state", record.state)
    if not record.broken:
        written.add_unsigned("entries", record.entries)
        written.add_unsigned("sources", record.sources)
        written.add_unsigned("unheld", record.unheld)
    written.add_bytes("record", json.dumps(record).encode())
    return written


class Ledger:
    """The records in one searcher."""

    def __init__(self, searcher: "Searcher", schema: "Schema") -> None:
        """Read records from a searcher on demand."""
        self._searcher = searcher
        self._schema = schema
        self.named = lru_cache(maxsize=4096)(self._named)

    def compare(self, stamps: Mapping[str, str], held: str) -> tuple[list[str], dict[str, Record]]:
        """Compare the indexed states with the present ones. Unchanged records are not read.

        Args:
            stamps: the stamp of each file.
            held: the stamp of the user's held texts, which counts only for briefings that name a text.

        Returns:
            The files that are not indexed as they are, and the records of other states, by file.
        """
        from tui.search.index.states import state_of

        found = self._searcher.search(self._tagged(RECORD), max(1, min(_ALL, self._searcher.num_docs)), count=False)
        addresses = [address for _, address in found.hits]
        states = [int(state or 0) for state in self._searcher.fast_field_values("state", addresses)]
        others = dict(zip(states, addresses, strict=True))
        lacking = [
            path
            for path, at in stamps.items()
            if not (others.pop(state_of(path, at, ""), None) or others.pop(state_of(path, at, held), None))
        ]
        return lacking, {record.path: record for record in map(self.read, others.values())}

    def by_path(self, path: Path) -> Record | None:
        """Return the record of a file; None where there is none."""
        from tantivy import Query

        from tui.search.index.states import path_term

        return self._one(Query.term_query(self._schema, "names", path_term(str(path)), "basic"))

    def _named(self, number: int) -> tuple[str, Path] | None:
        from tantivy import Query

        record = self._one(Query.term_query(self._schema, "names", _number_term(number), "basic"))
        return (record.id, Path(record.path)) if record else None

    def highest(self) -> int:
        """Return the highest number of a briefing."""
        from tantivy import Order

        found = self._searcher.search(self._tagged(RECORD), 1, count=False, order_by_field="of", order=Order.Desc)
        return int(found.hits[0][0]) if found.hits else 0

    def totals(self) -> tuple[int, int, int, int]:
        """Count the briefings, entries, sources and sources without a held text."""
        sums = {name: {"sum": {"field": name}} for name in ("entries", "sources", "unheld")}
        found = self._searcher.aggregate(self._tagged(f"{RECORD}=sound"), sums)
        entries, sources, unheld = (int(found[name]["value"] or 0) for name in sums)
        briefings = int(self._searcher.search(self._tagged(f"{RECORD}=sound"), 1).count)  # type: ignore[attr-defined]  # the stubs of 0.27 leave it out
        return briefings, entries, sources, unheld

    def broken(self) -> tuple[str, ...]:
        """Return the ids of the briefings that could not be opened."""
        found = self._searcher.search(self._tagged(f"{RECORD}=broken"), 1000, count=False)
        return tuple(sorted(self.read(address).id for _, address in found.hits))

    def languages(self) -> tuple[str, ...]:
        """Return the languages of the briefings."""
        found = self._searcher.terms_with_prefix("tags", "lang=")
        return tuple(term.partition("=")[2] for term, _ in found)

    def _tagged(self, tag: str) -> "Query":
        from tantivy import Query

        return Query.term_query(self._schema, "tags", tag, "basic")

    def _one(self, query: "Query") -> Record | None:
        found = self._searcher.search(query, 1, count=False).hits
        return self.read(found[0][1]) if found else None

    def read(self, address: "DocAddress") -> Record:
        """Read a row of the ledger by its address."""
        written: bytes = bytes(self._searcher.doc(address).get_first("record") or b"")
        return Record(*json.loads(written))
