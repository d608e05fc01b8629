"""The quotas of one connection for bytes, keys, logins and key exchanges."""

from typing import Final

from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.policy import Clock, Policy, Reason, Request, Step
from tui.kiosk.token_bucket import TokenBucket

TRIES: Final = Reason("tries", "Too many tries to log in.")
REKEYING: Final = Reason("rekeying", "Too many key exchanges.")
BYTES_IN: Final = Reason("bytes-in", "Your visit has sent more data than allowed.")
BYTES_OUT: Final = Reason("bytes-out", "Your visit has received more data than allowed. Please come again.")
_QUIET_AFTER_FLOOD: Final = 2.0
"""Seconds."""


class Quotas(Policy):
    """Counts for one connection."""

    settings = (
        "login_tries", "keys_a_second", "keys_at_once", "bytes_a_second_in", "bytes_in", "bytes_out", "rekeyings_a_minute",
    )  # fmt: skip
    metric = "briefing_kiosk_ended_total"
    reasons = (TRIES, REKEYING, BYTES_IN, BYTES_OUT)

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Begin with nothing counted."""
        super().__init__(settings, clock)
        self._keys = TokenBucket(settings.keys_a_second, settings.keys_at_once, clock)
        self._bytes = TokenBucket(settings.bytes_a_second_in, 2 * settings.bytes_a_second_in, clock)
        # The first exchange is the login's own.
        self._exchanges = TokenBucket(settings.rekeyings_a_minute / 60, settings.rekeyings_a_minute + 1, clock)
        self._tries = 0
        self.bytes_in = 0
        """Bytes that have come from the visitor in this session."""
        self.bytes_out = 0
        """Bytes that have gone to the visitor in this session."""

    @property
    def rate(self) -> int:
        """Bytes a second that are taken."""
        return self._settings.bytes_a_second_in

    def take_key(self) -> bool:
        """Return whether a key or a click counts. One too many is dropped."""
        return self._keys.take()

    def punish_flood(self) -> None:
        """Ignore keys until a while after a flood."""
        self._keys.fine(_QUIET_AFTER_FLOOD * self._settings.keys_a_second)

    def renew(self) -> None:
        """Begin another session on the same connection, with its own bytes."""
        self.bytes_in = self.bytes_out = 0

    def receive(self, number: int) -> float:
        """Count bytes from the visitor, and return the seconds to pause reading."""
        self.bytes_in += number
        return self._bytes.owe(number)

    def send(self, number: int) -> None:
        """Count bytes to the visitor."""
        self.bytes_out += number

    def admit(self, request: Request) -> Reason | None:
        """Count a try to log in or a key exchange."""
        if request.step is Step.LOGIN:
            self._tries += 1
            return TRIES if self._tries > self._settings.login_tries else None
        if request.step is Step.KEY_EXCHANGE:
            return None if self._exchanges.take() else REKEYING
        return None

    def check(self) -> Reason | None:
        """End the visit where too many bytes have come or gone."""
        if self.bytes_in > self._settings.bytes_in:
            return BYTES_IN
        return BYTES_OUT if self.bytes_out > self._settings.bytes_out else None
