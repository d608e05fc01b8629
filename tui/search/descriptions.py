"""The fields of items for a query, without an index."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from tui.language.tokens import words_of
from tui.library.records import Entity, Entry, Source
from tui.library.volume import Volume
from tui.search.fields import FIELDS, shown
from tui.search.index.documents import FIRST_DATE, LAST_DATE, bounds
from tui.search.index.passages import quotes_of
from tui.search.index.values import Value, front_values, item_values, text_values
from tui.search.matcher import Matcher
from tui.search.nodes import Field

Item = Entry | Source | Entity


class Description(NamedTuple):
    """The values of an item in the fields of a query."""

    tags: tuple[str, ...]
    names: frozenset[str]
    days: tuple[int, int] | None

    @property
    def values(self) -> Iterator[tuple[str, str]]:
        """The names of fields with their values, as written in a query."""
        for tag in self.tags:
            name, _, value = tag.partition("=")
            yield name, shown(name, value)

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

    def of(self, item: Item) -> Description:
        """Return the description of an entry, a source or an entity."""
        if item.id not in self._made:
            date = "" if isinstance(item, Entity) else item.issued if isinstance(item, Source) else item.date
            self._made[item.id] = described(item_values(self._volume, item), date)
        return self._made[item.id]

    @cached_property
    def front(self) -> Description:
        """The description of the front page."""
        return described(front_values(self._volume), self._volume.edition.as_of)

    def of_text(self, source: Source) -> Description:
        """Return the description of each paragraph of a source's text."""
        return described(text_values(self._volume, source))

    def counted(self, items: Iterable[Item]) -> Mapping[str, Counter[str]]:
        """Count some items by the values of each field."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for item in items:
            for name, value in self.of(item).values:
                found[name][value] += 1
        return found


def described(values: Iterable[Value], date: str = "") -> Description:
    """Return the description of an item with some values."""
    values = tuple(values)
    names = frozenset(name for value in values for name in value.names)
    tags = tuple(dict.fromkeys(value.tag for value in values if value.tag))
    return Description(tags, names, bounds(date) if date else None)


class Conditions:
    """The fields of queries in one briefing, for one reader."""

    def __init__(self, volume: Volume, read: Mapping[str, str], languages: Sequence[str] = ("en",)) -> None:
        """Prepare for a briefing.

        Args:
            volume: the briefing.
            read: the revision of each item that was read.
            languages: the languages whose forms of words count.
        """
        self.descriptions = volume.derived(Descriptions)
        self._read, self._languages = read, languages

    def meets(self, item: Item, field: Field) -> bool:
        """Whether an entry, a source or an entity meets a field."""
        if field.name == "quote":
            words = () if isinstance(item, Source) else folded(quotes_of(item)).split(" ")
            return Matcher(field, self._languages).holds(words)
        known = self._read.get(item.id)
        reading = "unread" if known is None else "changed" if known != item.digest else ""
        return self.descriptions.of(item).meets(field, reading)


def folded(texts: Iterable[str]) -> str:
    """Return the folded words of texts. An empty word parts two texts, which no phrase crosses."""
    return "  ".join(map(words_of, texts))
