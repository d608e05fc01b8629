"""Who is let in: connections in all, by address and a minute, and those that have not logged in."""

from collections import Counter
from collections.abc import Callable
from typing import Final

from tui.kiosk.policies.addresses import group
from tui.kiosk.policies.bucket import Bucket
from tui.kiosk.policies.reasons import Reason
from tui.kiosk.settings import Settings

_TIDY_FROM: Final = 1000
"""Addresses remembered from which those are forgotten that have not come lately."""


class Entrance:
    """Counts who is in. A ticket is given to each who is let in and taken back when it leaves."""

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        """Begin with nobody in."""
        self._settings = settings
        self._clock = clock
        self._groups: dict[int, str] = {}
        self._waiting: set[int] = set()
        self._inside: Counter[str] = Counter()
        self._waiting_by_group: Counter[str] = Counter()
        self._lately: dict[str, Bucket] = {}
        self._next = 0
        self.is_draining = False

    @property
    def number(self) -> int:
        """How many are in, logged in or not."""
        return len(self._groups)

    @property
    def waiting(self) -> int:
        """How many of them have not logged in."""
        return len(self._waiting)

    def change(self, settings: Settings) -> None:
        """Take other limits; who is in stays in."""
        self._settings = settings
        self._lately.clear()

    def admit(self, address: str) -> int | Reason:
        """Let somebody in and give the ticket, or say why not."""
        name = group(address)
        reason = self._refusal(name)
        if reason is not None:
            return reason
        self._next += 1
        self._groups[self._next] = name
        self._waiting.add(self._next)
        self._inside[name] += 1
        self._waiting_by_group[name] += 1
        return self._next

    def _refusal(self, name: str) -> Reason | None:
        limits = self._settings
        checks = (
            (Reason.DRAINING, self.is_draining),
            (Reason.FULL, self.number >= limits.visits),
            (Reason.ADDRESS_FULL, self._inside[name] >= limits.visits_by_address),
            (Reason.WAITING_FULL, self.waiting >= limits.waiting),
            (Reason.ADDRESS_WAITING, self._waiting_by_group[name] >= limits.waiting_by_address),
        )
        for reason, refused in checks:
            if refused:
                return reason
        # Last, since it counts who came, and who is refused for another reason did not.
        return None if self._bucket(name).take() else Reason.TOO_OFTEN

    def logged_in(self, ticket: int) -> None:
        """Note that somebody has logged in."""
        if ticket in self._waiting:
            self._waiting.discard(ticket)
            self._count_down(self._waiting_by_group, self._groups[ticket])

    def leave(self, ticket: int) -> None:
        """Take a ticket back; one that is not out is ignored."""
        if ticket in self._groups:
            self.logged_in(ticket)
            self._count_down(self._inside, self._groups.pop(ticket))

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
