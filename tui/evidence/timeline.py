"""When things happened, were said and were published, and what was known on a day."""

from functools import cached_property
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from tui.briefing import edtf
from tui.briefing.kinds import KINDS
from tui.evidence.spans import Span, span
from tui.library.records import Entry, Source
from tui.library.volume import Volume

Kind = Literal["event", "statement", "publication"]
Known = Literal["known", "perhaps", "not-yet", "undated"]
_SAID: Final = frozenset({"statement", "prediction", "judgment", "inference", "assumption"})
"""Kinds of claim and background whose date is when they were said; that of a report is when the thing happened."""


class Item(NamedTuple):
    """Something on the timeline."""

    kind: Kind
    thing: Entry | Source
    date: str
    """When it happened, was said or was published (EDTF)."""
    span: Span
    public: Span | None
    """The days on which it may have become known: of a publication its own; of an entry those of the dated source among
    its own that may be the earliest. None where no source of an entry has a date."""


class Timeline:
    """Everything of a volume that has a date."""

    def __init__(self, volume: Volume) -> None:
        """Look at a volume."""
        self._volume = volume

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items: events, statements and publications, each kind from the oldest on."""
        found = [self._of_entry(entry) for entry in self._volume.edition.entries]
        found += [_of_source(source) for source in self._volume.edition.sources]
        order: dict[Kind, int] = {"event": 0, "statement": 1, "publication": 2}
        items = [item for item in found if item]
        return tuple(sorted(items, key=lambda item: (order[item.kind], edtf.sort_key(item.date))))

    @cached_property
    def undated(self) -> tuple[int, int]:
        """How many entries that state something, and how many sources, have no date."""
        stating = [entry for entry in self._volume.edition.entries if KINDS[entry.table].is_sourced]
        sources = self._volume.edition.sources
        return sum(not entry.date for entry in stating), sum(not source.issued for source in sources)

    @cached_property
    def days(self) -> tuple[int, ...]:
        """The days, as ordinals, on which what is known may change: the first and last ones of all that is dated."""
        found: set[int] = set()
        for item in self.items:
            for stretch in (item.public, item.span if item.public is None else None):
                found.update(day for day in (stretch or ())[:2] if day is not None)
        return tuple(sorted(found))

    def known(self, item: Item, day: int) -> Known:
        """Say whether something was known on a day (an ordinal): surely, perhaps, or not yet.

        What becomes known within a stretch was perhaps known inside it, and surely from its end on, unless its date is
        itself uncertain. An entry without a dated source was not known before it happened; whether it was afterwards
        nobody has written down.
        """
        if item.public is None:
            return "not-yet" if item.span.first is not None and item.span.first > day else "undated"
        first, last = item.public.first, item.public.last
        if first is not None and first > day:
            return "not-yet"
        return "known" if last is not None and last <= day and not item.public.unsure else "perhaps"

    def step(self, day: int | None, direction: int) -> int | None:
        """Give the next or previous of the days on which something changes; None, all of time, lies behind the last."""
        if direction > 0:
            return None if day is None else next((other for other in self.days if other > day), None)
        before = [other for other in self.days if day is None or other < day]
        return before[-1] if before else day

    def _of_entry(self, entry: Entry) -> Item | None:
        when = span(entry.date) if entry.date and KINDS[entry.table].date_of else None
        if when is None:
            return None
        said = KINDS[entry.table].date_of == "statement" or entry.kind in _SAID
        return Item("statement" if said else "event", entry, entry.date, when, self._public(entry))

    def _public(self, entry: Entry) -> Span | None:
        """Give the days on which an entry may first have been published; from their first to the last at the latest."""
        dated = [stretch for note in entry.notes if (stretch := span(self._volume.sources[note.source].issued))]
        firsts = [one.first for one in dated]
        lasts = [one.last for one in dated if one.last is not None and not one.unsure]
        if not dated:
            return None
        first = min((day for day in firsts if day is not None), default=None) if None not in firsts else None
        return Span(first, min(lasts, default=None), unsure=not lasts, interval=False)


def _of_source(source: Source) -> Item | None:
    when = span(source.issued) if source.issued else None
    return Item("publication", source, source.issued, when, when) if when else None


def window(items: tuple[Item, ...]) -> tuple[int, int]:
    """Give the first and last day of an axis for some items.

    What lies before a gap of more than half of all the time behind it is left out, as long as that is a quarter of the
    items at most: one item of 1499 would else press all others into one column.
    """
    firsts = sorted(item.span.first for item in items if item.span.first is not None)
    ends = [end for item in items for end in item.span[:2] if end is not None]
    if not ends:
        return 0, 1
    last = max(ends)
    begin = firsts[0] if firsts else min(ends)
    for before, behind in pairwise(firsts[: len(firsts) // 4 + 1]):
        if (behind - before) * 2 > last - before:
            begin = behind
    return begin, max(last, begin + 1)
