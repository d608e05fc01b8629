"""The handler of one connection, of its login and sessions."""

import asyncio
from collections.abc import Callable
from typing import Any, Final, Protocol

import asyncssh

from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.policy import NO_SESSION, SECOND_SESSION, Reason
from tui.kiosk.ssh.access import Access
from tui.kiosk.ssh.credentials import Credentials
from tui.kiosk.ssh.forwarding import NoForwarding
from tui.kiosk.ssh.login_tries import LoginTries, OnEvent
from tui.kiosk.ssh.proofs import NOTHING


class Timer:
    """Calls one action after a time, unless another replaces it."""

    def __init__(self) -> None:
        """Start without an action."""
        self._handle: asyncio.TimerHandle | None = None

    def start(self, seconds: float, act: Callable[[], None]) -> None:
        """Replace the action by another."""
        self.stop()
        self._handle = asyncio.get_running_loop().call_later(seconds, act)

    def stop(self) -> float:
        """Cancel the action. Return the seconds that it had left."""
        handle, self._handle = self._handle, None
        if handle is None:
            return 0.0
        handle.cancel()
        return max(0.0, handle.when() - asyncio.get_running_loop().time())


_AFTER_SESSION: Final = 10.0
"""Seconds after a session in which a client hangs up by itself, or asks for another session (OpenSSH's ControlMaster)."""
SessionMaker = Callable[["ConnectionHandler"], asyncssh.SSHServerSession[bytes]]


class Connection(Protocol):
    """The connection, as its handler uses it."""

    def refuse(self, reason: Reason) -> None:
        """End the connection with a line for the visitor."""

    def abort(self) -> None:
        """Close the connection at once."""

    def send_auth_banner(self, msg: str) -> None:
        """Send the text before the login."""

    def session_channel(self) -> Any:
        """Create the channel of a session."""

    def unsent(self) -> int:
        """Return the number of bytes in the socket's buffer."""


class ConnectionHandler(NoForwarding):
    """Handles one connection, as asyncssh calls it."""

    def __init__(
        self,
        settings: Settings,
        access: Access,
        log: Log,
        make_session: SessionMaker,
        on_event: OnEvent,
        *,
        address: str,
        banner: str = "",
    ) -> None:
        """Prepare for a connection.

        Args:
            settings: the settings.
            access: decides about logins.
            log: takes refusals.
            make_session: makes the session of the connection.
            on_event: is called with each event of the connection.
            address: the visitor's address.
            banner: the text before the login.
        """
        self._settings = settings
        self._access = access
        self._log = log
        self._make_session = make_session
        self.on_event = on_event
        self._banner = banner
        self._refused: set[str] = set()
        self._channel: Any = None
        """That of the last session."""
        self._is_served = False
        self._is_parting = False
        self.reason: Reason | None = None
        """The reason for which the kiosk ended the connection, if it did."""
        self._timer = Timer()
        self._connection: Connection | None = None
        self._is_gone = False
        self._has_keys = False
        self._has_packets = False
        """Whether the client has sent more than a line with its version."""
        self.is_in = False
        """Whether the visitor has logged in."""
        self.tries = LoginTries(on_event, counts_passwords=access.takes_passwords)
        self.address = address
        self.user = ""
        self.credentials = Credentials(access, address)
        self.proof = NOTHING
        """That of the visitor who has logged in; nothing where none was asked for."""
        self.fingerprint = ""
        """That of the visitor's key, if there is one."""

    @property
    def connection(self) -> Connection:
        """The connection."""
        if self._connection is None:
            raise LookupError("not connected")
        return self._connection

    # The connection

    def connection_made(self, conn: Any) -> None:
        """Begin, and start the timer of the login."""
        self._connection = conn
        self._expect_session(self._settings.login_seconds)
        if self.reason:
            self.end(self.reason)

    def packet_received(self) -> None:
        """Record that the client has sent more than its version."""
        self._has_packets = True

    def keys_exchanged(self) -> None:
        """Report the first exchange of keys."""
        if not self._has_keys:
            self._has_keys = True
            self.on_event("keys-exchanged")

    def connection_lost(self, exc: Exception | None) -> None:
        """Report the end of the connection."""
        self._is_gone = True
        self._timer.stop()
        if not self.is_in:
            self.tries.report()
        left = exc is None or isinstance(exc, (asyncssh.ConnectionLost, OSError))
        if left and not self._has_packets and self.reason is None:
            self.on_event("probed")
        elif not self._is_served:
            why = self.reason.word if self.reason else type(exc).__name__ if exc else "left"
            self._log.write("unserved", address=self.address, reason=why)
        self.on_event("closed")

    def end(self, reason: Reason) -> None:
        """End the connection, now or as soon as it is made."""
        self.ended_by(reason)
        if self._connection is not None:
            self._connection.refuse(reason)

    def ended_by(self, reason: Reason) -> None:
        """Record the reason for which the connection is being ended. The first counts."""
        if self.reason is None:
            self.reason = reason

    def log_refusal(self, kind: str, what: str) -> None:
        """Log a refusal. Once of each kind, since a visitor may ask a thousand times."""
        if kind not in self._refused:
            self._refused.add(kind)
            self._log.write("refused", address=self.address, request=kind, what=what)

    # Sessions, one at a time

    def served(self) -> None:
        """Record that the session has begun. A session that is opened and asks for nothing has not."""
        self._is_served = True
        self._timer.stop()

    def part(self, channel: Any, seconds: float, *, for_good: bool) -> None:
        """Close the connection after a while, unless another session comes meanwhile.

        Args:
            channel: that of the session which ends; where another has come already, nothing happens.
            seconds: the time that the client has.
            for_good: whether no other session may come.
        """
        if channel is self._channel:
            self._is_parting = self._is_parting or for_good
            self._timer.start(seconds, self.connection.abort)

    def session_over(self, channel: Any) -> None:
        """Close the connection some time after a session."""
        if not self._is_parting:
            self.part(channel, _AFTER_SESSION, for_good=False)

    def _expect_session(self, seconds: float) -> None:
        self._timer.start(seconds, lambda: self.connection.refuse(NO_SESSION))

    # Logging in

    def begin_auth(self, username: str) -> bool:
        """Return whether the visitor has to prove anything."""
        self.user = username
        if self._banner:
            self.connection.send_auth_banner(self._banner)
            self._banner = ""
        return self.credentials.begin(username)

    def auth_completed(self) -> None:
        """Report the login, with the last named key if any."""
        self.is_in = True
        self.proof = self.credentials.offered
        self.fingerprint = self.proof.key
        self.on_event("logged-in", self.fingerprint)

    def public_key_auth_supported(self) -> bool:
        """Return whether a key lets in."""
        return self.credentials.takes_keys

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Return whether a key lets in. A signature has yet to prove that the visitor has it."""
        return self.credentials.offer_key(key)

    def password_auth_supported(self) -> bool:
        """Return whether a password lets in."""
        return self._access.takes_passwords

    async def validate_password(self, username: str, password: str) -> bool:
        """Return whether a password lets in; a wrong one is answered late."""
        allowed = await self.credentials.offer_password(password)
        if not allowed:
            left = self._timer.stop()  # the delay is not taken from the visitor's time
            try:
                await self.tries.delay_answer()
            finally:
                if not self._is_gone:
                    self._expect_session(left)
        return allowed

    # Requests

    def session_requested(self) -> Any:
        """Return a channel and its session, unless a session is open."""
        before = self._channel
        if self._is_parting or (before is not None and not before.has_ended):
            self.log_refusal("session", SECOND_SESSION.word)
            return False
        if before is not None:
            self.on_event("session")
            self._expect_session(self._settings.login_seconds)
        self._channel = self.connection.session_channel()
        return self._channel, self._make_session(self)
