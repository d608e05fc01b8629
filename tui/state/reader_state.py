"""The state of a reader.

A state cannot be made anew from anything else, so its store writes it in transactions and never deletes a damaged one.
"""

from collections.abc import Collection, Iterable, Mapping

from tui.state.records import Location, Mark, Reading, Setting, Visit
from tui.state.tables import RecordTables


class ReaderState(RecordTables):
    """The state of one reader, whichever store keeps it."""

    keeps_place = True
    """Whether locations are kept. A visitor who has done nothing yet leaves none."""

    # Locations and visits

    def location(self, briefing: str) -> Location | None:
        """Return the location at which a briefing was last left."""
        return self.table(Location).get(briefing)

    def remember(self, location: Location) -> None:
        """Keep the location at which a briefing is left."""
        if self.keeps_place:
            self.put(location)

    def visit(self, briefing: str) -> Visit | None:
        """Return the last visit to a briefing."""
        return self.table(Visit).get(briefing)

    def visits(self) -> dict[str, str]:
        """Return the revision that was last read of each briefing."""
        return {visit.briefing: visit.digest for visit in self.records(Visit)}

    def last_visited(self) -> str:
        """Return the id of the last briefing; empty without visits."""
        return max(self.records(Visit), key=lambda visit: visit.at, default=Visit("", "", 0)).briefing

    def visited(self, briefing: str, digest: str) -> None:
        """Keep the revision of a visit to a briefing."""
        self.put(Visit(briefing, digest, self.clock()))

    # Marks

    def mark(self, letter: str, location: Location, words: str) -> None:
        """Set a mark. An older mark of its letter and scope goes."""
        self.put(Mark(letter, location._replace(top="", row=0), words, self.clock()))

    def marks(self) -> tuple[Mark, ...]:
        """Return all marks and bookmarks, the newest first."""
        return tuple(sorted(self.records(Mark), key=lambda mark: (-mark.at, mark.letter, mark.scope)))

    def find_mark(self, letter: str, briefing: str, ids: Collection[str] = ()) -> Mark | None:
        """Find a mark by its letter.

        A small letter counts in this briefing; on a page of no briefing the newest is found. A capital counts anywhere.

        Args:
            letter: the mark's letter.
            briefing: the id of the briefing that is open; empty where none is.
            ids: the ids that the briefing had before.
        """
        marks = [mark for mark in self.marks() if mark.letter == letter]
        here = [mark for mark in marks if letter.isupper() or mark.location.briefing in {briefing, *ids}]
        return next(iter(here or (() if briefing else marks)), None)

    # Readings

    def read_digests(self, briefing: str) -> Mapping[str, str]:
        """Return the revision of each read item of a briefing, by id."""
        return self.readings().get(briefing, {})

    def read_items(self) -> list[tuple[str, str, str]]:
        """Return briefing, id and digest of all items that were read."""
        return [(briefing, *read) for briefing, items in self.readings().items() for read in items.items()]

    def mark_read(self, briefing: str, items: Iterable[tuple[str, str]]) -> None:
        """Mark items as read, each by its id and digest."""
        for item, digest in items:
            if self.read_digests(briefing).get(item) != digest:
                self.put(Reading(briefing, item, digest))

    # Settings

    def setting(self, name: str) -> str:
        """Return the value of a setting; empty where the reader chose none."""
        found = self.table(Setting).get(name)
        return found.value if found else ""

    def choose(self, name: str, value: str) -> None:
        """Set the value of a setting."""
        self.put(Setting(name, value))
