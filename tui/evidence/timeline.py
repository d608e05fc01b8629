"""Events, statements and publications by date, and the knowledge of a day."""

from functools import cached_property
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from tui.briefing import edtf
from tui.briefing.kinds import KINDS
from tui.evidence.periods import Period, period
from tui.library.records import Entry, Source
from tui.library.volume import Volume

Kind = Literal["event", "statement", "publication"]
Known = Literal["known", "perhaps", "not-yet", "undated"]
_SAID: Final = frozenset({"statement", "prediction", "judgment", "inference", "assumption"})
"""The kinds of claim and background that are dated by the statement, and not by the event."""


class Item(NamedTuple):
    """An entry or source on the timeline."""

    kind: Kind
    thing: Entry | Source
    date: str
    """The date of the event, statement or publication (EDTF)."""
    period: Period
    public: Period | None
    """The days on which the item may have become known; None where no source of an entry has a date.

    A publication has its own days, an entry those of its earliest source."""


class Timeline:
    """The dated entries and sources of a volume."""

    def __init__(self, volume: Volume) -> None:
        """Create the timeline of a volume."""
        self._volume = volume

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items: events, statements, then publications, each kind from the oldest on."""
        found = [self._of_entry(entry) for entry in self._volume.edition.entries]
        found += [_of_source(source) for source in self._volume.edition.sources]
        order: dict[Kind, int] = {"event": 0, "statement": 1, "publication": 2}
        items = [item for item in found if item]
        return tuple(sorted(items, key=lambda item: (order[item.kind], edtf.sort_key(item.date))))

    @cached_property
    def undated(self) -> tuple[int, int]:
        """The numbers of stating entries and of sources without a date."""
        stating = [entry for entry in self._volume.edition.entries if KINDS[entry.table].is_sourced]
        sources = self._volume.edition.sources
        return sum(not entry.date for entry in stating), sum(not source.issued for source in sources)

    @cached_property
    def days(self) -> tuple[int, ...]:
        """The days, as ordinals, on which knowledge may change."""
        found: set[int] = set()
        for item in self.items:
            for days in (item.public, item.period if item.public is None else None):
                found.update(day for day in (days or ())[:2] if day is not None)
        return tuple(sorted(found))

    def known(self, item: Item, day: int) -> Known:
        """Return whether an item was known on a day (an ordinal).

        Within its public period an item was perhaps known; from the end of that period on it was known, unless the date
        itself is uncertain. An entry without a dated source was not known before it happened, and is `undated` after.
        """
        if item.public is None:
            return "not-yet" if item.period.first is not None and item.period.first > day else "undated"
        first, last = item.public.first, item.public.last
        if first is not None and first > day:
            return "not-yet"
        return "known" if last is not None and last <= day and not item.public.unsure else "perhaps"

    def step(self, day: int | None, direction: int) -> int | None:
        """Return the next or previous day on which knowledge changes. None, for all of time, follows the last day."""
        if direction > 0:
            return None if day is None else next((other for other in self.days if other > day), None)
        before = [other for other in self.days if day is None or other < day]
        return before[-1] if before else day

    def _of_entry(self, entry: Entry) -> Item | None:
        when = period(entry.date) if entry.date and KINDS[entry.table].date_of else None
        if when is None:
            return None
        said = KINDS[entry.table].date_of == "statement" or entry.kind in _SAID
        return Item("statement" if said else "event", entry, entry.date, when, self._public(entry))

    def _public(self, entry: Entry) -> Period | None:
        """Return the days on which an entry may first have been published."""
        dated = [days for note in entry.notes if (days := period(self._volume.sources[note.source].issued))]
        firsts = [one.first for one in dated]
        lasts = [one.last for one in dated if one.last is not None and not one.unsure]
        if not dated:
            return None
        first = min((day for day in firsts if day is not None), default=None) if None not in firsts else None
        return Period(first, min(lasts, default=None), unsure=not lasts, interval=False)


def _of_source(source: Source) -> Item | None:
    when = period(source.issued) if source.issued else None
    return Item("publication", source, source.issued, when, when) if when else None


def window(items: tuple[Item, ...]) -> tuple[int, int]:
    """Return the first and last day (ordinals) of an axis for items.

    Early items are left out where a gap of more than half of the whole time follows them, up to a quarter of all items:
    one item of 1499 would otherwise squeeze all others into one column.
    """
    firsts = sorted(item.period.first for item in items if item.period.first is not None)
    ends = [end for item in items for end in item.period[:2] if end is not None]
    if not ends:
        return 0, 1
    last = max(ends)
    begin = firsts[0] if firsts else min(ends)
    for before, behind in pairwise(firsts[: len(firsts) // 4 + 1]):
        if (behind - before) * 2 > last - before:
            begin = behind
    return begin, max(last, begin + 1)
