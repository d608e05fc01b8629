"""Who is let in: connections in all, by address and a minute, and those that have not logged in.

At a limit a connection that only waits makes room for one that comes: else ten that send nothing would lock a whole network
out for as long as they may take to log in.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.addresses import group
from tui.kiosk.policies.reasons import Reason
from tui.kiosk.policies.token_bucket import Bucket

_TIDY_FROM: Final = 1000
"""Addresses remembered from which those are forgotten that have not come lately."""
_LOOK: Final = 0.1
"""Visits that a connection counts for that was closed after the banner: a check of a balancer may come ten times a second."""


class Stage(IntEnum):
    """How far a connection has come; at a limit the lowest stage makes room first, and in it the oldest."""

    SILENT = 0
    """Nothing was sent yet."""
    GREETED = 1
    """Something was sent, and no keys were exchanged."""
    DELAYED = 2
    """A wrong password has not been answered yet."""
    BUSY = 3
    """The visitor is logging in."""
    IN = 4
    """The visitor has logged in."""


@dataclass(slots=True)
class _Guest:
    group: str
    is_proxy: bool
    stage: Stage = Stage.SILENT


class Entrance:
    """Counts who is in. A ticket is given to each who is let in and taken back when it leaves."""

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        """Begin with nobody in."""
        self._settings = settings
        self._clock = clock
        self._guests: dict[int, _Guest] = {}
        """In the order in which they came."""
        self._waiting: dict[int, _Guest] = {}
        """Those of them who have not logged in."""
        self._inside: Counter[str] = Counter()
        self._waiting_by_group: Counter[str] = Counter()
        self._lately: dict[str, Bucket] = {}
        self._next = 0
        self.is_draining = False
        self.made_room: Callable[[int], None] = lambda _ticket: None
        """Is told the ticket of a connection that is to be closed, since another has its place."""

    @property
    def number(self) -> int:
        """How many are in, logged in or not."""
        return len(self._guests)

    @property
    def waiting(self) -> int:
        """How many of them have not logged in."""
        return len(self._waiting)

    def change(self, settings: Settings) -> None:
        """Take other limits; who is in stays in."""
        self._settings = settings
        self._lately.clear()

    def admit(self, address: str, *, is_proxy: bool = False) -> int | Reason:
        """Return a ticket, or the reason why nobody can come in from this address.

        Args:
            address: where the visitor comes from.
            is_proxy: whether that is a listed balancer itself, whose looks count for nothing.
        """
        name = group(address)
        reason, leaving = self._refusal(name), None
        if reason is not None and reason is not Reason.DRAINING:
            leaving = self._first_to_leave(name if reason.is_of_address else "")
            reason = self._refusal(name, self._waiting.get(leaving or 0)) if leaving else reason
        # Last, since it counts who came, and who is refused for another reason did not.
        if reason is None and not self._bucket(name).take():
            reason = Reason.TOO_OFTEN
        if reason is not None:
            return reason
        if leaving:
            self.leave(leaving)
            self.made_room(leaving)
        ticket = self._ticket()
        self._guests[ticket] = self._waiting[ticket] = _Guest(name, is_proxy)
        self._inside[name] += 1
        self._waiting_by_group[name] += 1
        return ticket

    def admit_check(self) -> int | Reason:
        """Return a ticket for a balancer's own check, which no limit counts; while draining it is to fail."""
        return Reason.DRAINING if self.is_draining else self._ticket()

    def _ticket(self) -> int:
        self._next += 1
        return self._next

    def _refusal(self, name: str, without: _Guest | None = None) -> Reason | None:
        """Return the limit that is reached, as if one who waits had left already."""
        limits, less = self._settings, int(without is not None)
        less_here = int(without is not None and without.group == name)
        checks = (
            (Reason.DRAINING, self.is_draining),
            (Reason.ADDRESS_FULL, self._inside[name] - less_here >= limits.visits_by_address),
            (Reason.ADDRESS_WAITING, self._waiting_by_group[name] - less_here >= limits.waiting_by_address),
            (Reason.FULL, self.number - less >= limits.visits),
            (Reason.WAITING_FULL, self.waiting - less >= limits.waiting),
        )
        return next((reason for reason, refused in checks if refused), None)

    def _first_to_leave(self, name: str) -> int | None:
        """Return who makes room, of one group or, without a name, of all; None where everybody is busy."""
        idle = (
            (guest.stage, ticket)
            for ticket, guest in self._waiting.items()
            if guest.stage < Stage.BUSY and name in {"", guest.group}
        )
        return min(idle, default=(Stage.IN, None))[1]

    def reached(self, ticket: int, stage: Stage) -> None:
        """Note how far a connection has come; one that has logged in goes back to no other stage."""
        guest = self._waiting.get(ticket)
        if guest is not None:
            guest.stage = stage
            if stage is Stage.IN:
                del self._waiting[ticket]
                self._count_down(self._waiting_by_group, guest.group)

    def again(self, ticket: int) -> bool:
        """Count another session on a connection like a new one; return whether it may be."""
        guest = self._guests.get(ticket)
        return guest is None or self._bucket(guest.group).take()

    def looked(self, ticket: int) -> bool:
        """Count a connection that was closed after the banner as next to none; return whether it was counted at all."""
        guest = self._guests.get(ticket)
        if guest is not None:
            self._bucket(guest.group).give(1 if guest.is_proxy else 1 - _LOOK)
        return guest is not None

    def leave(self, ticket: int) -> None:
        """Take a ticket back; one that is not out is ignored."""
        if ticket in self._guests:
            self.reached(ticket, Stage.IN)
            self._count_down(self._inside, self._guests.pop(ticket).group)

    def _bucket(self, name: str) -> Bucket:
        if name not in self._lately:
            self._tidy()
            most = self._settings.visits_a_minute
            self._lately[name] = Bucket(most / 60, most, self._clock)
        return self._lately[name]

    def _tidy(self) -> None:
        """Forget who has not come lately."""
        if len(self._lately) >= _TIDY_FROM:
            self._lately = {name: bucket for name, bucket in self._lately.items() if not bucket.is_full}

    @staticmethod
    def _count_down(counter: Counter[str], name: str) -> None:
        counter[name] -= 1
        if counter[name] <= 0:
            del counter[name]
