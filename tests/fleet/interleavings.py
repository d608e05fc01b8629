"""Interleavings of three hosts that write one reader's state; ``python -m tests.fleet`` tries 100,000.

Each host has a clock of its own, up to ten minutes off, and its own copy of the state. Messages to and from the database
are lost, repeated and reordered. In the end every host has sent and fetched everything, and `check` judges the result.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tui.state.fleet.merging import Row, Stamp, hybrid, tick, winners

_KEYS: Final = ("place", "mark:a", "mark:b", "read:1", "read:2")
_SKEW: Final = 600.0
"""Seconds by which a clock may be off."""
_STEPS: Final = 30


@dataclass
class Copy:
    """A copy of the state, of a host or of the database."""

    epoch: int = 0
    rows: dict[str, Row] = field(default_factory=dict)

    def merge(self, epoch: int, rows: Iterable[Row]) -> None:
        """Merge what another has, as store and database do."""
        if epoch > self.epoch:
            self.epoch = epoch
            self.rows = {key: row for key, row in self.rows.items() if row.stamp.epoch >= epoch}
        held = {key: row.stamp for key, row in self.rows.items()}
        self.rows |= {row.key: row for row in winners(held, rows, self.epoch)}


@dataclass
class Host(Copy):
    """A host, with its clock, its unsent rows, and what it has seen."""

    name: str = ""
    skew: float = 0.0
    unsent: dict[str, Row] = field(default_factory=dict)
    seen: set[Stamp] = field(default_factory=set)
    """The stamps of all writes that this host knew at some time."""

    def write(self, now: float, key: str, body: str) -> Row:
        """Write a record, or remove it."""
        last = max((row.stamp.at for row in self.rows.values()), default=0)
        row = Row(key, Stamp(self.epoch, tick(last, now + self.skew), self.name), body)
        self.rows[key] = self.unsent[key] = row
        return row

    def forget(self, now: float) -> None:
        """Forget the reader."""
        self.epoch = max(self.epoch + 1, hybrid(now + self.skew))
        self.rows.clear()
        self.unsent.clear()

    def merge(self, epoch: int, rows: Iterable[Row]) -> None:
        """Merge what the database has, and remember that it was seen."""
        rows = tuple(rows)
        super().merge(epoch, rows)
        self.unsent = {key: row for key, row in self.unsent.items() if row.stamp.epoch >= self.epoch}
        self.seen |= {row.stamp for row in rows}


@dataclass
class Write:
    """A write as it happened."""

    row: Row
    seen: frozenset[Stamp]
    """The stamps that its host had seen before it, its own among them."""


Message = tuple[int, tuple[Row, ...]]


class Interleaving:
    """One course of writes and messages, chosen by a seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311 -- a seeded interleaving is no secret
        self._now = 1e6
        self.database = Copy()
        self.hosts = [
            Host(name=name, skew=self._dice.choice((0.0, 0.0, self._dice.uniform(-_SKEW, _SKEW)))) for name in "abc"
        ]
        self._messages: list[tuple[Copy, Message]] = []
        """The messages on their way, each with its receiver."""
        self.writes: list[Write] = []
        self.epochs = [0]

    def run(self) -> None:
        """Let hosts act, and at last all of them exchange everything."""
        acts = [self._write] * 4 + [self._send] * 2 + [self._fetch] * 2 + [self._deliver] * 4 + [self._forget]
        for _ in range(_STEPS):
            self._now += self._dice.choice((0.0, 0.0003, 1.0, 60.0))
            self._dice.choice(acts)(self._dice.choice(self.hosts))
        for _ in range(2):
            for host in self._dice.sample(self.hosts, 3):
                self.database.merge(host.epoch, host.unsent.values())
                host.merge(self.database.epoch, self.database.rows.values())

    def _write(self, host: Host) -> None:
        seen = frozenset(host.seen)
        row = host.write(self._now, self._dice.choice(_KEYS), self._dice.choice(("", "x", "y")))
        self.writes.append(Write(row, seen))
        host.seen.add(row.stamp)

    def _forget(self, host: Host) -> None:
        if self._dice.random() < 0.3:
            host.forget(self._now)
            self.epochs.append(host.epoch)

    def _send(self, host: Host) -> None:
        self._messages.append((self.database, (host.epoch, tuple(host.unsent.values()))))

    def _fetch(self, host: Host) -> None:
        self._messages.append((host, (self.database.epoch, tuple(self.database.rows.values()))))

    def _deliver(self, _host: Host) -> None:
        """Deliver a message: any of them, perhaps once more, perhaps never."""
        if self._messages:
            place = self._dice.randrange(len(self._messages))
            receiver, message = self._messages[place] if self._dice.random() < 0.3 else self._messages.pop(place)
            if self._dice.random() < 0.8:
                receiver.merge(*message)


def run(seed: int) -> None:
    """Run one interleaving, and check its result."""
    course = Interleaving(seed)
    course.run()
    check(course.hosts, course.database, course.writes, course.epochs)


def check(hosts: Sequence[Host], database: Copy, writes: Sequence[Write], epochs: Sequence[int]) -> None:
    """Check that all agree, and that nothing was lost or undone."""
    for host in hosts:
        assert (host.epoch, host.rows) == (database.epoch, database.rows), "the hosts do not agree"
    assert database.epoch == max(epochs), "a forget was lost"
    stamps = [write.row.stamp for write in writes]
    assert len(stamps) == len(set(stamps)), "two writes have one stamp"
    alive = [write for write in writes if write.row.stamp.epoch == database.epoch]
    assert {write.row.key for write in alive} == database.rows.keys(), "a write was lost, or a forgotten one is there"
    for write in alive:
        last = database.rows[write.row.key]
        assert last.stamp not in write.seen, "a write lost against one that its host had seen"
        assert last.stamp >= write.row.stamp, "an earlier write won"
