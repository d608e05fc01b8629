"""The merging of a reader's state that several hosts write. It needs no coordination.

A state is a set of rows, one for each key, and an epoch. Each row has a stamp, and of two rows with one key the later
stamp wins. `forget` begins a new epoch, and rows of earlier epochs are dropped. So merging is commutative, associative
and idempotent: lost, repeated and reordered messages do no harm.

The clock is hybrid (Kulkarni and others, 2014): it follows the host's clock, and never stands behind a stamp that the
host has seen.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

_COUNTER_BITS: Final = 16
"""The lowest bits of a time count the writes of one millisecond; more carry over into the next."""


class Stamp(NamedTuple):
    """The time of a write. Stamps are compared from left to right."""

    epoch: int
    """The last `forget` that the writer had seen, as a hybrid time; 0 for none."""
    at: int
    """The hybrid time: milliseconds since the epoch of Unix, and a counter."""
    node: str
    """The process that wrote; it decides between writes of one time."""


class Row(NamedTuple):
    """A record of a reader, or its removal, as hosts exchange it."""

    key: str
    """The digest of the record's kind and key."""
    stamp: Stamp
    body: str
    """The record as JSON; empty for a removal."""


def hybrid(seconds: float) -> int:
    """Return the hybrid time of a host's clock, in seconds."""
    return int(seconds * 1000) << _COUNTER_BITS


def tick(last: int, seconds: float) -> int:
    """Return the time of a new write, after all seen ones.

    Args:
        last: the latest hybrid time that was seen.
        seconds: the host's clock.
    """
    return max(last + 1, hybrid(seconds))


def winners(held: Mapping[str, Stamp], rows: Iterable[Row], epoch: int) -> list[Row]:
    """Return the rows that replace held ones.

    Args:
        held: the stamps of the rows that are held, by key.
        rows: rows of others, in any order.
        epoch: the epoch of the state; earlier rows are forgotten.
    """
    won: dict[str, Row] = {}
    for row in rows:
        before = won[row.key].stamp if row.key in won else held.get(row.key)
        if row.stamp.epoch >= epoch and (before is None or row.stamp > before):
            won[row.key] = row
    return list(won.values())
