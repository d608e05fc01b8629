"""How much one connection may bring and take: bytes in and out, keys, tries to log in, key exchanges."""

from collections.abc import Callable
from typing import Final

from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.reasons import Reason
from tui.kiosk.policies.token_bucket import Bucket

_QUIET_AFTER_FLOOD: Final = 2.0
"""Seconds."""


class Amounts:
    """Counts for one connection."""

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        """Begin with nothing."""
        self._settings = settings
        self._keys = Bucket(settings.keys_a_second, settings.keys_at_once, clock)
        self._bytes = Bucket(settings.bytes_a_second_in, 2 * settings.bytes_a_second_in, clock)
        # The first exchange is the login's own.
        self._exchanges = Bucket(settings.rekeyings_a_minute / 60, settings.rekeyings_a_minute + 1, clock)
        self._tries = 0
        self.came = 0
        """Bytes that came from the visitor."""
        self.went = 0
        """Bytes that went to the visitor."""

    @property
    def rate(self) -> int:
        """Bytes a second that are taken."""
        return self._settings.bytes_a_second_in

    def key(self) -> bool:
        """Tell whether a key or a click counts; one too many is dropped."""
        return self._keys.take()

    def flooded(self) -> None:
        """Note that keys came by the hundred: none counts until a while after the last of them."""
        self._keys.fine(_QUIET_AFTER_FLOOD * self._settings.keys_a_second)

    def renew(self) -> None:
        """Begin another visit on the same connection: what the one before brought and took is not its own."""
        self.came = self.went = 0

    def come(self, number: int) -> float:
        """Count bytes that came; give the seconds for which no more are to be taken."""
        self.came += number
        return self._bytes.owe(number)

    def go(self, number: int) -> None:
        """Count bytes that went."""
        self.went += number

    def tried(self) -> Reason | None:
        """Count a try to log in; say whether it was one too many."""
        self._tries += 1
        return Reason.TRIES if self._tries > self._settings.login_tries else None

    def exchanged(self) -> Reason | None:
        """Count a key exchange; say whether it was one too many."""
        return None if self._exchanges.take() else Reason.REKEYING

    def look(self) -> Reason | None:
        """Say whether the visit ends now."""
        if self.came > self._settings.bytes_in:
            return Reason.BYTES_IN
        return Reason.BYTES_OUT if self.went > self._settings.bytes_out else None
