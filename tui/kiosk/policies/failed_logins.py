"""Logins that failed, by address: how many there were, and how long the answer to a wrong password waits."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tui.kiosk.policies.addresses import group

PASSWORD: Final = "password"  # noqa: S105 - the method's name
METHODS: Final = frozenset({"publickey", PASSWORD, "keyboard-interactive", "hostbased"})
OTHER: Final = "other"
"""Any other method; its name would be the client's own words."""
LONGEST: Final = 8.0
"""Seconds."""
FORGOTTEN_AFTER: Final = 600.0
"""Seconds without another."""
MOST: Final = 4096
"""Addresses that are remembered; beyond it the one is forgotten that has failed least lately."""


class Failure(NamedTuple):
    """What is known of a login that failed."""

    tries: int
    """Failed logins of this address by this method, this one included."""
    seconds: float
    """How long the answer waits."""


@dataclass(slots=True)
class _Record:
    last: float = 0.0
    tries: Counter[str] = field(default_factory=Counter)


class FailedLogins:
    """Counts failed logins for some addresses."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin with none."""
        self._clock = clock
        self._records: dict[str, _Record] = {}
        """Who failed last stands last."""

    def __len__(self) -> int:
        """Return the number of addresses that are remembered."""
        return len(self._records)

    def failed(self, address: str, method: str) -> Failure:
        """Count a failed login."""
        self._forget(self._clock() - FORGOTTEN_AFTER)
        name = group(address)
        record = self._records[name] = self._records.pop(name, _Record())
        if len(self._records) > MOST:
            del self._records[next(iter(self._records))]
        record.last = self._clock()
        record.tries[method] += 1
        tries = record.tries[method]
        return Failure(tries, min(LONGEST, 2.0 ** min(tries - 1, 16)) if method == PASSWORD else 0.0)

    def _forget(self, due: float) -> None:
        """Forget who has not failed since."""
        while self._records and self._records[first := next(iter(self._records))].last <= due:
            del self._records[first]
