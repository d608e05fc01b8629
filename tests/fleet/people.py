"""Visitors of a fleet: each has a key, reads the claims of the handbook, and comes back."""

import asyncio
import re
import time
from typing import Final

import pyte

from tests.bench.kiosk.visitor import Visitor
from tests.bench.terminal import COLUMNS, ROWS

_USER: Final = "me+handbook"
_FRAME: Final = ["q quit"]
_PLACE: Final = re.compile(r" *(\d+)/\d+ ")
"""The place in the status line, as «3/32»."""
_FIRST, _LAST = 2, 20
"""The claims between which a visitor goes to and fro."""
_LONGEST: Final = 10.0
"""Seconds after which a key counts as not answered."""
_ARRIVAL: Final = 120.0
NEVER: Final = 20.0
"""Seconds after the login at which a place counts as lost."""
_ELSEWHERE: Final = "127.0.0.99"
"""An address that is no balancer's, for visits to one host."""


class Sight(Visitor):
    """A session whose screen can be looked at, while it is watched."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes = bytearray()
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self.is_watched = True

    def data_received(self, data: bytes, datatype: int | None) -> None:
        if self.is_watched:
            self._bytes += data
        super().data_received(data, datatype)

    @property
    def place(self) -> int:
        """The number of the current claim, as the screen has it; 0 for none."""
        # pyte takes the question for synchronised frames for text.
        self._stream.feed(bytes(self._bytes).replace(b"\x1b[?2026$p", b""))
        self._bytes.clear()
        match = _PLACE.match(self._screen.display[-1])
        return int(match[1]) if match else 0


class Person:
    """A visitor, over all their visits."""

    def __init__(self, key: str) -> None:
        """Begin before the first visit.

        Args:
            key: the file of the private key.
        """
        self._key = key
        self._visit = Sight()
        self._steps = 0
        self.place = 0
        """The claim at which they read."""

    @property
    def is_gone(self) -> bool:
        """Whether the visit has ended."""
        return self._visit.gone

    async def begin(self, port: int, host: str = "") -> None:
        """Come for the first time, and go to the claims. Without a host, come through the balancer."""
        await self._arrive(port, host)
        await self._visit.see(_FRAME, _ARRIVAL)
        self._visit.is_watched = bool(host)
        self._visit.press(b"2")
        await self._visit.byte(_LONGEST)
        await self._visit.settle(0.2)
        self.place = 1

    async def come_back(self, port: int, host: str = "") -> float:
        """Come again. Return the seconds from the login until the place is on the screen."""
        await self._arrive(port, host)
        return await self.until_seen()

    async def until_seen(self) -> float:
        """Wait until the place is on the screen. Return the seconds since the login."""
        until = time.perf_counter() + NEVER
        while self._visit.place != self.place and time.perf_counter() < until and not self.is_gone:  # noqa: ASYNC110 - the screen tells nobody
            await asyncio.sleep(0.02)
        found, self._visit.is_watched = self._visit.place == self.place, False
        return time.perf_counter() - self._visit.opened if found else NEVER

    async def _arrive(self, port: int, host: str) -> None:
        self._visit = Sight()
        words = {"host": host, "source": _ELSEWHERE} if host else {}
        await self._visit.arrive(port, _USER, self._key, **words)

    async def step(self) -> float:
        """Press the key to the next claim or to the one before. Return the seconds to the answer."""
        if self.place <= _FIRST or (self.place < _LAST and self._steps > 0):
            self._steps = 1
        else:
            self._steps = -1
        self.place += self._steps
        began = self._visit.press(b"j" if self._steps > 0 else b"k")
        await self._visit.byte(_LONGEST)
        return self._visit.first_byte - began if self._visit.first_byte else _LONGEST

    async def leave(self) -> None:
        """Hang up."""
        await self._visit.leave()
