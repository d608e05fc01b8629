"""Failed logins by address, and the delay of an answer."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tui.kiosk.addresses import group
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.policy import Clock, Policy

PASSWORD: Final = "password"  # noqa: S105 - the method's name
METHODS: Final = frozenset({"publickey", PASSWORD, "keyboard-interactive", "hostbased"})
OTHER: Final = "other"
"""Any other method; its name would be the client's own words."""
LONGEST_DELAY: Final = 8.0
"""Seconds."""
FORGOTTEN_AFTER: Final = 600.0
"""Seconds without a failed login."""
MOST: Final = 4096
"""Addresses that are remembered; beyond it the one is forgotten that has failed least lately."""


class Failure(NamedTuple):
    """A failed login."""

    method: str
    tries: int
    """Failed logins of this address by this method, this one included."""
    delay: float
    """Seconds for which the answer waits."""


@dataclass(slots=True)
class _Record:
    last: float = 0.0
    tries: Counter[str] = field(default_factory=Counter)


class FailedLogins(Policy):
    """Counts failed logins for some addresses. It refuses nobody, and delays answers."""

    metric = "briefing_kiosk_failed_logins_total"

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Begin with none."""
        super().__init__(settings, clock)
        self._records: dict[str, _Record] = {}
        """Who failed last stands last."""

    def __len__(self) -> int:
        return len(self._records)

    def failed(self, address: str, method: str) -> Failure:
        """Count a failed login."""
        self._forget(self._clock() - FORGOTTEN_AFTER)
        method = method if method in METHODS else OTHER
        name = group(address)
        record = self._records[name] = self._records.pop(name, _Record())
        if len(self._records) > MOST:
            del self._records[next(iter(self._records))]
        record.last = self._clock()
        record.tries[method] += 1
        tries = record.tries[method]
        delay = min(LONGEST_DELAY, 2.0 ** min(tries - 1, 16)) if method == PASSWORD else 0.0
        return Failure(method, tries, delay)

    def _forget(self, due: float) -> None:
        """Remove the addresses that have not failed since a moment."""
        while self._records and self._records[first := next(iter(self._records))].last <= due:
            del self._records[first]
