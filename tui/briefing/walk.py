"""Going through a briefing with the key path of each thing."""

from collections.abc import Iterator
from typing import NamedTuple

from tui.briefing.entry import Entry
from tui.briefing.fields import Citation
from tui.briefing.model import ENTRY_TABLES, Briefing
from tui.briefing.problems import KeyPath
from tui.briefing.source import Entity


class Place(NamedTuple):
    """An entry with its key path."""

    path: KeyPath
    entry: Entry

    @property
    def table(self) -> str:
        """The name of its table, such as ``claim``."""
        return str(self.path[0])


class Cited(NamedTuple):
    """A footnote with its key path and what it belongs to."""

    path: KeyPath
    citation: Citation
    holder: Entry | Entity


def entries(briefing: Briefing) -> Iterator[Place]:
    """Go through all entries in reading order."""
    for table in ENTRY_TABLES:
        for index, entry in enumerate(getattr(briefing, table)):
            yield Place((table, index), entry)


def citations(briefing: Briefing) -> Iterator[Cited]:
    """Go through all footnotes: those of the entries, then those of the entities."""
    holders: list[tuple[KeyPath, Entry | Entity]] = list(entries(briefing))
    holders += [(("entity", index), entity) for index, entity in enumerate(briefing.entity)]
    for path, holder in holders:
        for index, citation in enumerate(holder.cite):
            yield Cited((*path, "cite", index), citation, holder)
