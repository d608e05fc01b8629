"""The one cache that drops the least recently used values."""

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class LruCache(Mapping[Key, Value]):
    """Values by key, bounded in number and in weight. A look by `[key]` or `get` does not count as a use."""

    def __init__(
        self,
        size: int,
        weigh: Callable[[Value], float] = lambda _value: 0,
        capacity: float = math.inf,
        share: float = 1,
    ) -> None:
        """Create an empty cache.

        Args:
            size: the greatest number of values.
            weigh: returns the weight of a value, which must not change.
            capacity: the greatest weight of all values together; the newest value stays whatever its weight.
            share: the share of both that is left once either is exceeded; with less than 1 that happens seldom.
        """
        self._size, self._weigh, self._capacity, self._share = size, weigh, capacity, share
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._weight = 0.0

    def __getitem__(self, key: Key) -> Value:
        return self._values[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def use(self, key: Key) -> Value | None:
        """Return a value, or None, and mark the value as used."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: Key, value: Value) -> tuple[Key, ...]:
        """Keep a value as the one used last. Return the keys of the values that are forgotten for it."""
        self.drop(key)
        self._values[key] = value
        self._weight += self._weigh(value)
        forgotten: list[Key] = []
        if len(self._values) > self._size or self._weight > self._capacity:
            size, capacity = self._share * self._size, self._share * self._capacity
            while len(self._values) > 1 and (len(self._values) > size or self._weight > capacity):
                oldest = next(iter(self._values))
                self.drop(oldest)
                forgotten.append(oldest)
        return tuple(forgotten)

    def drop(self, key: Key) -> None:
        """Drop a value, if present."""
        if key in self._values:
            self._weight -= self._weigh(self._values.pop(key))

    def clear(self) -> None:
        """Drop all values."""
        self._values.clear()
        self._weight = 0.0
