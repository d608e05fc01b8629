"""The fields of entries and sources for a query, without an index."""

from typing import NamedTuple

from tui.language.tokens import words_of
from tui.library.records import Entry, Source
from tui.library.volume import Volume
from tui.search.fields import FIELDS
from tui.search.index.documents import FIRST_DATE, LAST_DATE, bounds
from tui.search.index.values import entry_values, source_values
from tui.search.nodes import Field


class Description(NamedTuple):
    """An entry's or a source's values in the fields of a query."""

    tags: tuple[str, ...]
    names: frozenset[str]
    days: tuple[int, int] | None

    def meets(self, field: Field, reading: str = "") -> bool:
        """Whether a field's condition is met.

        Args:
            field: the condition.
            reading: whether the reader has it `unread` or `changed`; empty for one that was read.
        """
        match FIELDS[field.name].match:
            case "date":
                return self.days is not None and _overlap(self.days, field.values)
            case "reading":
                return reading in field.values
            case "name" if not field.values[0].startswith("="):
                return self._is_named(field)
        tags = {f"{field.name}={'_'.join(value.removeprefix('=').split())}" for value in field.values}
        return not tags.isdisjoint(self.tags)

    def _is_named(self, field: Field) -> bool:
        *words, last = [f"{field.name}={word}" for word in words_of(field.values[0]).split()]
        ends = any(name.startswith(last) for name in self.names) if field.prefix else last in self.names
        return ends and self.names.issuperset(words)


def _overlap(days: tuple[int, int], ends: tuple[str, ...]) -> bool:
    low, high = ends
    first = (bounds(low) or (FIRST_DATE, 0))[0] if low else FIRST_DATE
    last = (bounds(high) or (0, LAST_DATE))[1] if high else LAST_DATE
    return days[0] <= last and days[1] >= first


class Descriptions:
    """The descriptions of a briefing, each made at its first use."""

    def __init__(self, volume: Volume) -> None:
        """Prepare for a briefing."""
        self._volume = volume
        self._made: dict[str, Description] = {}

    def of(self, item: Entry | Source) -> Description:
        """Return the description of an entry or a source."""
        if item.id not in self._made:
            if isinstance(item, Source):
                values, date = tuple(source_values(self._volume, item)), item.issued
            else:
                values, date = tuple(entry_values(self._volume, item)), item.date
            names = frozenset(name for value in values for name in value.names)
            tags = tuple(dict.fromkeys(value.tag for value in values if value.tag))
            self._made[item.id] = Description(tags, names, bounds(date) if date else None)
        return self._made[item.id]
