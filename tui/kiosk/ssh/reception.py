"""The reception: lets one connection in, gives it its session, and refuses politely whatever else it asks for."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import asyncssh

from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.failed_logins import PASSWORD
from tui.kiosk.policies.reasons import Reason
from tui.kiosk.ssh.access import Access
from tui.kiosk.ssh.host_keys import fingerprint

if TYPE_CHECKING:
    from tui.kiosk.ssh.connection import KioskChannel, KioskConnection

_AFTER_SESSION: Final = 10.0
"""Seconds after a session in which a client hangs up by itself, or asks for another one (OpenSSH's ControlMaster)."""
SessionMaker = Callable[["Reception"], asyncssh.SSHServerSession[bytes]]


class Reception(asyncssh.SSHServer):
    """Receives one connection."""

    def __init__(
        self,
        settings: Settings,
        access: Access,
        log: Log,
        make_session: SessionMaker,
        told: Callable[..., None],
        *,
        address: str,
        banner: str = "",
    ) -> None:
        """Expect a connection.

        Args:
            settings: the settings.
            access: who comes in.
            log: where refusals are told.
            make_session: makes the session of the connection.
            told: is told how it goes on: `spoke`, `keyed`, `failed` with a method, `answered` (a wrong password), `in`,
                `again` (another session), `looked` (gone after the banner) and, last, `out`.
            address: where the visitor comes from.
            banner: what is shown before logging in.
        """
        self._settings = settings
        self._access = access
        self._log = log
        self._make_session = make_session
        self._told = told
        self._banner = banner
        self._refused: set[str] = set()
        self._channel: KioskChannel | None = None
        """That of the last session."""
        self._is_served = False
        self._is_parting = False
        self._reason: Reason | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._connection: KioskConnection | None = None
        self._is_gone = False
        self._has_keys = False
        self._has_come_far = False
        """Whether more came from the client than a line with its version."""
        self._is_in = False
        self._methods: set[str] = set()
        """By which logging in was tried and has not been told as failed."""
        self._delay: asyncio.Future[float] | None = None
        self.answered = asyncio.Event()
        """Set unless the answer to a wrong password waits."""
        self.answered.set()
        self.address = address
        self.user = ""
        self._offered = ""
        """Of the key that was named last under this name; anybody can name anybody's."""
        self.fingerprint = ""
        """Of the key that the visitor proved to have; empty where it has none, or was not asked."""

    @property
    def connection(self) -> "KioskConnection":
        """The connection."""
        if self._connection is None:
            raise LookupError("not connected")
        return self._connection

    @property
    def reason(self) -> Reason | None:
        """Why the connection was ended from here; None where it was not."""
        return self._reason

    # The connection

    def connection_made(self, conn: Any) -> None:
        """Begin, and expect a session in time, whether or not the visitor logs in."""
        self._connection = conn
        self._expect_session(self._settings.login_seconds)
        if self._reason:
            self.end(self._reason)

    def spoke(self) -> None:
        """Note that the client has sent something."""
        self._told("spoke")

    def came_far(self) -> None:
        """Note that the client has sent more than its version."""
        self._has_come_far = True

    def keyed(self) -> None:
        """Note that keys were exchanged, for the first time: who does so again is no further."""
        if not self._has_keys:
            self._has_keys = True
            self._told("keyed")

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell that it is over."""
        self._is_gone = True
        self._wait(None)
        if not self._is_in:
            for method in sorted(self._methods):
                self._told("failed", method)
        left = exc is None or isinstance(exc, (asyncssh.ConnectionLost, OSError))
        if left and not self._has_come_far and self._reason is None:
            self._told("looked")
        elif not self._is_served:
            why = self._reason.word if self._reason else type(exc).__name__ if exc else "left"
            self._log.write("unserved", address=self.address, reason=why)
        self._told("out")

    def end(self, reason: Reason) -> None:
        """End the connection, or let it end as soon as it is there."""
        self.ended_by(reason)
        if self._connection is not None:
            self._connection.refuse(reason)

    def ended_by(self, reason: Reason) -> None:
        """Note why the connection is being ended."""
        if self._reason is None:
            self._reason = reason

    def refused(self, kind: str, what: str) -> None:
        """Tell the log of a refusal; once of each kind, since a visitor may ask a thousand times."""
        if kind not in self._refused:
            self._refused.add(kind)
            self._log.write("refused", address=self.address, request=kind, what=what)

    # Sessions, one at a time

    def served(self) -> None:
        """Note that the session has begun; one that is opened and asks for nothing is none."""
        self._is_served = True
        self._wait(None)

    def part(self, channel: Any, seconds: float, *, for_good: bool) -> None:
        """Hang up in a while, unless another session may come meanwhile, and does.

        Args:
            channel: that of the session which ends; where another has come already, nothing happens.
            seconds: how long the client has.
            for_good: whether no other session may come.
        """
        if channel is self._channel:
            self._is_parting = self._is_parting or for_good
            self._wait(seconds, self.connection.abort)

    def is_over(self, channel: Any) -> None:
        """Hang up some time after a session has ended, since the connection would be held for nothing."""
        if not self._is_parting:
            self.part(channel, _AFTER_SESSION, for_good=False)

    def _expect_session(self, seconds: float) -> None:
        self._wait(seconds, lambda: self.connection.refuse(Reason.NO_SESSION))

    def _wait(self, seconds: float | None, act: Callable[[], None] = lambda: None) -> None:
        """Do something in a while, in place of what was to be done before; nothing where no time is given."""
        if self._timer:
            self._timer.cancel()
        self._timer = None if seconds is None else asyncio.get_running_loop().call_later(seconds, act)

    # Logging in

    def begin_auth(self, username: str) -> bool:
        """Tell whether anything is asked."""
        self.user = username
        self._offered = ""  # who is somebody else now, whom nothing may be asked, has proved nothing
        if self._banner:
            self.connection.send_auth_banner(self._banner)
            self._banner = ""
        return self._access.asks(username)

    def auth_completed(self) -> None:
        """Tell that the visitor has logged in, by the key that was named last if by any."""
        self._is_in = True
        self.fingerprint = self._offered
        self._told("in")

    def public_key_auth_supported(self) -> bool:
        """Tell whether a key lets in."""
        return self._access.takes_keys

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Tell whether this key lets in; whether the visitor has it, a signature has yet to prove."""
        allowed = self._access.allows_key(key)
        self._offered = fingerprint(key) if allowed else ""
        return allowed

    def password_auth_supported(self) -> bool:
        """Tell whether a password lets in."""
        return self._access.takes_passwords

    async def validate_password(self, username: str, password: str) -> bool:
        """Tell whether this password lets in; the hash is made beside the loop, and a wrong one answered late."""
        allowed = await self._access.tries_password(password)
        if not allowed:
            await self._answer_late()
        return allowed

    def tried(self, method: str) -> None:
        """Note a method by which the client tries to log in; of passwords that count, each is told by itself."""
        if method != "none" and not (method == PASSWORD and self._access.takes_passwords):
            self._methods.add(method)

    def delay(self, seconds: float) -> None:
        """Let the answer to a wrong password wait for so long."""
        if self._delay and not self._delay.done():
            self._delay.set_result(seconds)

    async def _answer_late(self) -> None:
        """Wait as long as the door says, which knows of all tries; the time is not taken from the visitor's."""
        loop = asyncio.get_running_loop()
        left = self._timer.when() - loop.time() if self._timer else 0.0
        self._wait(None)
        self._delay = loop.create_future()
        self.answered.clear()
        self._told("failed", PASSWORD)
        try:
            await asyncio.sleep(await self._delay)
        finally:
            self.answered.set()
            self._told("answered")
            if not self._is_gone:
                self._expect_session(max(left, 0.0))

    # What is asked for

    def session_requested(self) -> Any:
        """Give a session, where there is none; one that has ended is none."""
        before = self._channel
        if self._is_parting or (before is not None and not before.has_ended):
            self.refused("session", Reason.SECOND_SESSION.word)
            return False
        if before is not None:
            self._told("again")
            self._expect_session(self._settings.login_seconds)
        self._channel = self.connection.session_channel()
        return self._channel, self._make_session(self)

    def connection_requested(self, dest_host: str, dest_port: int, orig_host: str, orig_port: int) -> bool:
        """Refuse -L and -D."""
        self.refused("forward", f"{dest_host[:60]}:{dest_port}")
        return False

    def server_requested(self, listen_host: str, listen_port: int) -> bool:
        """Refuse -R."""
        self.refused("remote-forward", f"{listen_host[:60]}:{listen_port}")
        return False

    def unix_connection_requested(self, dest_path: str) -> bool:
        """Refuse -L to a socket."""
        self.refused("unix-forward", dest_path[:60])
        return False

    def unix_server_requested(self, listen_path: str) -> bool:
        """Refuse -R of a socket."""
        self.refused("remote-unix-forward", listen_path[:60])
        return False

    def tun_requested(self, unit: int | None) -> bool:
        """Refuse -w."""
        self.refused("tunnel", "tun")
        return False

    def tap_requested(self, unit: int | None) -> bool:
        """Refuse -w."""
        self.refused("tunnel", "tap")
        return False
