"""The admission of connections, by their number, rate and address.

At a limit, a connection that only waits makes room for a new one: else ten that send nothing would lock a whole network out
for as long as they may take to log in.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from tui.kiosk.addresses import group
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.policy import Clock, Policy, Reason, Request, Step
from tui.kiosk.token_bucket import TokenBucket

FULL: Final = Reason("full", "The kiosk is full; please come again later.")
ADDRESS_FULL: Final = Reason("address-full", "Too many visits from your address; please come again later.")
TOO_OFTEN: Final = Reason("too-often", "Too many new visits from your address; please wait a minute.")
WAITING_FULL: Final = Reason("waiting-full", "Too many are logging in; please come again later.")
ADDRESS_WAITING: Final = Reason(
    "address-waiting", "Too many from your address are logging in; please come again later."
)
DRAINING: Final = Reason("draining", "The kiosk is about to end; please come again later.")
ROOM: Final = Reason("room", "Others are waiting to log in, and your connection was idle; please connect again.")
_OF_ADDRESS: Final = frozenset({ADDRESS_FULL, ADDRESS_WAITING})
_TIDY_FROM: Final = 1000
"""Addresses remembered from which those are forgotten that have not come lately."""
_PROBE: Final = 0.1
"""The part of a visit for which a connection counts that was closed after the banner."""


class Stage(IntEnum):
    """The stage of a connection. The lowest makes room first."""

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
class _Connection:
    group: str
    is_proxy: bool
    stage: Stage = Stage.SILENT


class Admission(Policy):
    """Counts the connections of the whole kiosk by their tickets."""

    settings = ("visits", "visits_by_address", "visits_a_minute", "waiting", "waiting_by_address")
    metric = "briefing_kiosk_refusals_total"
    reasons = (FULL, ADDRESS_FULL, TOO_OFTEN, WAITING_FULL, ADDRESS_WAITING, DRAINING, ROOM)

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Begin without a connection."""
        super().__init__(settings, clock)
        self._connections: dict[int, _Connection] = {}
        """In the order in which they came."""
        self._waiting: dict[int, _Connection] = {}
        """Those of them that have not logged in."""
        self._by_group: Counter[str] = Counter()
        self._waiting_by_group: Counter[str] = Counter()
        self._lately: dict[str, TokenBucket] = {}
        self.is_draining = False
        self.made_room: Callable[[int], None] = lambda _ticket: None
        """Is called with the ticket of a connection that is to be closed, since another has its place."""

    @property
    def number(self) -> int:
        """The number of connections."""
        return len(self._connections)

    @property
    def waiting(self) -> int:
        """The number of connections that have not logged in."""
        return len(self._waiting)

    def change(self, settings: Settings) -> None:
        """Apply new limits to connections from now on."""
        super().change(settings)
        self._lately.clear()

    def admit(self, request: Request) -> Reason | None:
        """Count a connection or another session on a connection.

        A balancer's own check is counted by no limit; while draining it is to fail.
        """
        if request.step is Step.CHECK:
            return DRAINING if self.is_draining else None
        if request.step is Step.SESSION:
            connection = self._connections.get(request.ticket)
            return None if connection is None or self._bucket(connection.group).take() else TOO_OFTEN
        return self._admit_connection(request) if request.step is Step.CONNECT else None

    def _admit_connection(self, request: Request) -> Reason | None:
        name = group(request.address)
        reason, leaving = self._refusal(name), None
        if reason is not None and reason is not DRAINING:
            leaving = self._first_to_leave(name if reason in _OF_ADDRESS else "")
            reason = self._refusal(name, self._waiting.get(leaving or 0)) if leaving else reason
        # Last, since it counts admitted visitors alone.
        if reason is None and not self._bucket(name).take():
            reason = TOO_OFTEN
        if reason is not None:
            return reason
        if leaving:
            self.leave(leaving)
            self.made_room(leaving)
        self._connections[request.ticket] = self._waiting[request.ticket] = _Connection(name, request.is_proxy)
        self._by_group[name] += 1
        self._waiting_by_group[name] += 1
        return None

    def _refusal(self, name: str, without: _Connection | None = None) -> Reason | None:
        """Return the reached limit, as if a waiting connection had left."""
        limits, less = self._settings, int(without is not None)
        less_here = int(without is not None and without.group == name)
        checks = (
            (DRAINING, self.is_draining),
            (ADDRESS_FULL, self._by_group[name] - less_here >= limits.visits_by_address),
            (ADDRESS_WAITING, self._waiting_by_group[name] - less_here >= limits.waiting_by_address),
            (FULL, self.number - less >= limits.visits),
            (WAITING_FULL, self.waiting - less >= limits.waiting),
        )
        return next((reason for reason, refused in checks if refused), None)

    def _first_to_leave(self, name: str) -> int | None:
        """Return the ticket that makes room. None if all are busy."""
        idle = (
            (connection.stage, ticket)
            for ticket, connection in self._waiting.items()
            if connection.stage < Stage.BUSY and name in {"", connection.group}
        )
        return min(idle, default=(Stage.IN, None))[1]

    def reached(self, ticket: int, stage: Stage) -> None:
        """Record the stage of a connection. After the login it stays the same."""
        connection = self._waiting.get(ticket)
        if connection is not None:
            connection.stage = stage
            if stage is Stage.IN:
                del self._waiting[ticket]
                self._count_down(self._waiting_by_group, connection.group)

    def probed(self, ticket: int) -> bool:
        """Return most of a visit for a mere probe.

        Returns:
            Whether the connection was counted at all.
        """
        connection = self._connections.get(ticket)
        if connection is not None:
            self._bucket(connection.group).give(1 if connection.is_proxy else 1 - _PROBE)
        return connection is not None

    def leave(self, ticket: int) -> None:
        """Remove a connection. An unknown ticket is ignored."""
        if ticket in self._connections:
            self.reached(ticket, Stage.IN)
            self._count_down(self._by_group, self._connections.pop(ticket).group)

    def _bucket(self, name: str) -> TokenBucket:
        if name not in self._lately:
            self._tidy()
            most = self._settings.visits_a_minute
            self._lately[name] = TokenBucket(most / 60, most, self._clock)
        return self._lately[name]

    def _tidy(self) -> None:
        """Remove the addresses that have not come lately."""
        if len(self._lately) >= _TIDY_FROM:
            self._lately = {name: bucket for name, bucket in self._lately.items() if not bucket.is_full}

    @staticmethod
    def _count_down(counter: Counter[str], name: str) -> None:
        counter[name] -= 1
        if counter[name] <= 0:
            del counter[name]
