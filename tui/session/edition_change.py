"""The change from one edition of a briefing to the next.

A reader keeps the location: renamed entries are followed, and a deleted one is replaced by its neighbour.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from tui.briefing.kinds import PANE_OF
from tui.library.records import Entity, Entry, Source
from tui.library.volume import Volume
from tui.state.reader_state import ReaderState
from tui.state.records import Location

Thing = Entry | Source | Entity
PANE_OF_PAGE: Final = {"entry": "", "source": "sources", "text": "sources", "entity": "entities"}
"""The kinds of page about one thing, each with that thing's pane; empty where an entry decides."""


class Change:
    """The change from one edition of a briefing to the next."""

    def __init__(self, before: Volume, after: Volume) -> None:
        """Create the change. The editions are compared at the first use."""
        self._before = before
        self._after = after
        self._old = _things(before)
        self._new = _things(after)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The new ids of renamed things, by their old ids.

        A rename is declared in the file, or recognised by an equal text.
        """
        named = {old: new for old in self._old if (new := self._after.id_now(old)) != old}
        gone = {_text(thing): name for name, thing in self._old.items() if name not in self._new and name not in named}
        come = {_text(thing): name for name, thing in self._new.items() if name not in self._old}
        # Two things of one edition with the same text cannot be told apart.
        times = Counter(map(_text, (*self._old.values(), *self._new.values())))
        return named | {gone[text]: come[text] for text in gone.keys() & come.keys() if times[text] == 2}

    def location(self, location: Location) -> Location:
        """Return the location's successor in the new edition.

        A renamed thing is found by its new id, and a deleted one is replaced by its neighbour.
        """
        kind, colon, name = location.page.partition(":")
        page = location.page
        if colon and kind in PANE_OF_PAGE and name in self._old:
            if self._same(name) not in self._new:
                pane = PANE_OF_PAGE[kind] or PANE_OF[self._before.entries[name].table]
                return Location(location.briefing, pane, self._neighbour(name))
            page = f"{kind}:{self._same(name)}"
        if kind == "text":  # the blocks of this page are paragraphs
            return location._replace(page=page)
        return location._replace(page=page, block=self._block(location.block), top=self._block(location.top))

    def carry_over(self, state: ReaderState, briefing: str) -> None:
        """Copy readings to new ids, and move marks to new locations."""
        read = state.read_digests(briefing)
        kept = [
            (new, self._new[new].digest) for old, new in self.names.items() if read.get(old) == self._old[old].digest
        ]
        state.mark_read(briefing, kept)
        for mark in reversed(state.marks()):  # the oldest first keeps their order
            if (
                mark.location.briefing == briefing
                and (to := self.location(mark.location)) != mark.location
                and self._is_renamed(to)
            ):
                state.remove(mark)
                state.mark(mark.letter, to, mark.words)

    def _is_renamed(self, location: Location) -> bool:
        return location.block.rpartition(":")[2] in self.names.values()

    def _same(self, name: str) -> str:
        return self.names.get(name, name)

    def _block(self, block: str) -> str:
        part, colon, last = block.rpartition(":")
        return f"{part}{colon}{'/'.join(map(self._now, last.split('/')))}"

    def _now(self, name: str) -> str:
        """Return the new id of a thing or its neighbour. Other names stay."""
        return name if name not in self._old or name in self._new else self._neighbour(name)

    def _neighbour(self, name: str) -> str:
        """Return the new id of a thing, or of its nearest neighbour.

        Of a deleted thing the next one that exists counts, else the previous one.
        """
        row = [thing.id for thing in _row_of(name, self._before)]
        at = row.index(name)
        near = (*row[at:], *reversed(row[:at]))
        return next((now for other in near if (now := self._same(other)) in self._new), "")


def _row_of(name: str, volume: Volume) -> Sequence[Thing]:
    """Return the things in a thing's pane, in order."""
    if name in volume.entries:
        return volume.pane(PANE_OF[volume.entries[name].table])
    if name in volume.sources:
        return volume.edition.sources
    return sorted(volume.edition.entities, key=lambda entity: entity.name.casefold())


def _things(volume: Volume) -> Mapping[str, Thing]:
    return {**volume.entries, **volume.sources, **volume.entities}


def _text(thing: Thing) -> tuple[object, ...]:
    """Return the text by which a renamed thing is recognised."""
    if isinstance(thing, Entry):
        return (thing.table, thing.title, thing.text, thing.reasons, thing.by)
    if isinstance(thing, Source):
        return (thing.type, thing.title, thing.author, thing.publisher, thing.issued, thing.url)
    return (thing.type, thing.name)
