"""The log, an event a line, as text or JSON. Input of visitors is in none."""

import hashlib
import json
import secrets
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final, Protocol

from tui.briefing.characters import escaped
from tui.kiosk.operations.settings import Settings
from tui.kiosk.token_bucket import TokenBucket

Value = str | int | float
_RESTRAINED: Final = {
    "turned-away": (1.0, 100), "login-failed": (20.0, 1000), "check": (1 / 3600, 1), "fault-borne": (1.0, 20),
}  # fmt: skip
"""Lines a second, and at once, of events that strangers can cause a thousand times a second.

Of a balancer's checks, which come every other second for ever, one line an hour tells their number.
"""
CONTENT_EVENTS: Final = frozenset(
    {"reloaded", "broken", "removed", "content-away", "content-back", "texts", "publication", "clock", "rules"}
    | {"fleet-away", "fleet-back"}
)
"""Events of the content and the database, which every worker sees."""
_LONGEST: Final = 8000
"""Characters of a fact; of a traceback the end tells most."""


class TextOutput(Protocol):
    """A place for lines, such as a stream of text."""

    def write(self, text: str, /) -> object:
        """Take text."""

    def flush(self) -> object:
        """Pass on the text taken so far."""


class Log:
    """Writes events."""

    def __init__(
        self, out: TextOutput, settings: Settings, salt: str = "", clock: Callable[[], float] = time.time
    ) -> None:
        """Begin.

        Args:
            out: where the lines go.
            settings: say how.
            salt: makes hashes of addresses; the same in all processes of a server, and another at each start.
            clock: gives seconds since the epoch.
        """
        self._out = out
        self._json = settings.log == "json"
        self._addresses = settings.log_addresses
        self.salt = salt or secrets.token_hex(16)
        self._clock = clock
        self._lines = {event: TokenBucket(rate, burst, clock) for event, (rate, burst) in _RESTRAINED.items()}
        self._withheld: Counter[str] = Counter()
        self.withholds: frozenset[str] = frozenset()
        """Events that another process tells."""
        self.on_event: Callable[[str, Mapping[str, Value]], None] = lambda _event, _facts: None
        """Is called with each event too."""

    def change(self, settings: Settings) -> None:
        """Write as other settings say."""
        self._json = settings.log == "json"
        self._addresses = settings.log_addresses

    def write(self, event: str, **facts: Value) -> None:
        """Write an event with its facts.

        Where it cannot be written, as on a full disk, it is lost: the visitors matter more.
        """
        if event in self.withholds:
            return
        self.on_event(event, facts)
        if event in self._lines:
            if not self._lines[event].take():
                self._withheld[event] += 1
                return
            if withheld := self._withheld.pop(event, 0):
                facts["withheld"] = withheld
        if "address" in facts:
            facts["address"] = self._address(str(facts["address"]))
        facts = {name: value[-_LONGEST:] if isinstance(value, str) else value for name, value in facts.items()}
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self._clock()))
        if self._json:
            line = json.dumps({"time": moment, "event": event, **facts}, ensure_ascii=True)
        else:
            told = (f"{name}={_quoted(value)}" for name, value in facts.items() if value != "")
            line = " ".join([moment, event, *told])
        # One write, so that lines of several processes do not mix.
        with suppress(OSError):
            self._out.write(f"{line}\n")
            self._out.flush()

    def fault_borne(self, details: str) -> None:
        """Write a fault that ended no visit."""
        self.write("fault-borne", details=details)

    def _address(self, address: str) -> str:
        if self._addresses == "whole":
            return address
        if self._addresses == "none":
            return ""
        return hashlib.blake2b(address.encode(), key=self.salt.encode(), digest_size=6).hexdigest()


def _quoted(value: Value) -> str:
    text = escaped(str(value))
    # An unprintable character may be one of the many spaces, which would look like the end of a fact.
    return text if text and text.isprintable() and not {" ", '"'} & set(text) else json.dumps(text, ensure_ascii=False)
