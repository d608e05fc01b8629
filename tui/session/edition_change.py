"""The changes from one edition of a briefing to the next.

Renamed things are followed, and a removed one is replaced by its neighbour.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from tui.briefing.kinds import PANE_OF
from tui.library.records import Entity, Entry, Source
from tui.library.volume import Volume

Thing = Entry | Source | Entity
PANE_OF_PAGE: Final = {"entry": "", "source": "sources", "text": "sources", "entity": "entities"}
"""The kinds of page about one thing, each with that thing's pane; empty where an entry decides."""


class Now(NamedTuple):
    """The present id of a thing of a former edition."""

    id: str
    """Of a removed thing it is its neighbour's, and empty where there is none."""
    is_same: bool = True
    """Whether the id is of the same thing, and not of a neighbour."""
    revisions: tuple[str, str] = ("", "")
    """The digests of the thing before and after a change of its id."""


class Change:
    """The change from one edition of a briefing to the next."""

    def __init__(self, before: Volume, after: Volume) -> None:
        """Create the change. The editions are compared at the first use."""
        self._before = before
        self._after = after
        self._old: Mapping[str, Thing] = before.things
        self._new: Mapping[str, Thing] = after.things

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The new ids of renamed things, by their old ids.

        A rename is declared in the file, or recognised by an equal text.
        """
        named = {old: new for old in self._old if (new := self._after.id_now(old)) != old}
        gone = {_text(thing): name for name, thing in self._old.items() if name not in self._new and name not in named}
        come = {_text(thing): name for name, thing in self._new.items() if name not in self._old}
        if not gone or not come:
            return named
        # Two things of one edition with the same text cannot be told apart.
        times = Counter(map(_text, (*self._old.values(), *self._new.values())))
        return named | {gone[text]: come[text] for text in gone.keys() & come.keys() if times[text] == 2}

    @property
    def former(self) -> Mapping[str, Now]:
        """The things whose ids are no more, by these ids."""
        return {name: self.now(name) for name in self._old if name not in self._new}

    def now(self, name: str) -> Now:
        """Return the new id of a thing, or of its nearest neighbour.

        Of a removed thing the next one that exists counts, else the previous one.
        """
        if name in self._new or name not in self._old:
            return Now(name)
        if new := self.names.get(name):
            return Now(new, revisions=(self._old[name].digest, self._new[new].digest))
        row = [thing.id for thing in _row_of(name, self._before)]
        at = row.index(name)
        near = (self.names.get(other, other) for other in (*row[at:], *reversed(row[:at])))
        return Now(next((other for other in near if other in self._new), ""), is_same=False)


class Succession:
    """The present ids of the things of former editions."""

    def __init__(self, former: Mapping[str, Now] | None = None) -> None:
        """Begin with the things that are no more, by their former ids."""
        self._former = former or {}

    def after(self, change: Change) -> "Succession":
        """Return the succession after one more change."""
        followed = {name: _followed(was, change.now(was.id)) for name, was in self._former.items()}
        return Succession({**followed, **change.former})

    def now(self, volume: Volume, name: str) -> Now:
        """Return the present id for an id. One that was never a thing's stays."""
        if volume.has(name):
            return Now(name)
        new = volume.id_now(name)
        return self._former.get(name, Now(name)) if new == name else Now(new)

    def renamed(self, volume: Volume) -> Mapping[str, Now]:
        """Return the present ids of the renamed things, by their former ids."""
        ids = (*volume.former, *self._former)
        return {name: now for name in ids if (now := self.now(volume, name)).is_same and now.id != name}


class Successions:
    """The successions of all briefings that a process has opened."""

    def __init__(self) -> None:
        """Begin without a briefing."""
        self._found: dict[str, Succession] = {}
        self._closed: dict[str, Volume] = {}
        """The briefings whose ids lead to another file, until that is opened."""

    def of(self, briefing: str) -> Succession:
        """Return the succession of a briefing."""
        return self._found.get(briefing) or Succession()

    def close(self, briefing: str, volume: Volume | None) -> None:
        """Keep an edition until the file that replaced its own is opened."""
        if volume is not None:
            self._closed[briefing] = volume

    def follow(self, briefing: str, before: Volume | None, after: Volume | None) -> None:
        """Follow a briefing to a new edition. Without an old one, a closed one counts."""
        closed = [self._closed.pop(name, None) for name in (briefing, *(after.edition.was if after else ()))]
        for volume in (before, *closed):
            if after is not None and volume is not None:
                self._found[briefing] = self.of(volume.edition.id).after(Change(volume, after))
                return


def _followed(was: Now, now: Now) -> Now:
    revisions = was.revisions if was.revisions[1] != now.revisions[0] else (was.revisions[0], now.revisions[1])
    return Now(now.id, was.is_same and now.is_same, revisions)


def _row_of(name: str, volume: Volume) -> Sequence[Thing]:
    """Return the things in a thing's pane, in order."""
    if name in volume.entries:
        return volume.pane(PANE_OF[volume.entries[name].table])
    if name in volume.sources:
        return volume.edition.sources
    return sorted(volume.edition.entities, key=lambda entity: entity.name.casefold())


def _text(thing: Thing) -> tuple[object, ...]:
    """Return the text by which a renamed thing is recognised."""
    if isinstance(thing, Entry):
        return (thing.table, thing.title, thing.text, thing.reasons, thing.by)
    if isinstance(thing, Source):
        return (thing.type, thing.title, thing.author, thing.publisher, thing.issued, thing.url)
    return (thing.type, thing.name)
