"""The reception: lets one connection in, gives it its session, and refuses politely whatever else it asks for."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import asyncssh

from tui.kiosk.access import Access
from tui.kiosk.hostkeys import fingerprint
from tui.kiosk.log import Log
from tui.kiosk.policies.reasons import Reason
from tui.kiosk.settings import Settings

if TYPE_CHECKING:
    from tui.kiosk.connection import KioskConnection

_AFTER_SESSION: Final = 3.0
"""Seconds in which a client hangs up by itself, and its user sees how the session ended."""
SessionMaker = Callable[["Reception"], asyncssh.SSHServerSession[bytes]]


class Reception(asyncssh.SSHServer):
    """Receives one connection."""

    def __init__(
        self,
        settings: Settings,
        access: Access,
        log: Log,
        make_session: SessionMaker,
        told: Callable[[str], None],
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
            told: is told `in` when the visitor has logged in and `out` when the connection is over.
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
        self._has_session = False
        self._is_served = False
        self._reason: Reason | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._connection: KioskConnection | None = None
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
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._settings.login_seconds, self._end_without_session)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell that it is over."""
        if self._timer:
            self._timer.cancel()
        if not self._is_served:
            why = self._reason.word if self._reason else type(exc).__name__ if exc else "left"
            self._log.write("unserved", address=self.address, reason=why)
        self._told("out")

    def ended_by(self, reason: Reason) -> None:
        """Note why the connection is being ended."""
        if self._reason is None:
            self._reason = reason

    def refused(self, kind: str, what: str) -> None:
        """Tell the log of a refusal; once of each kind, since a visitor may ask a thousand times."""
        if kind not in self._refused:
            self._refused.add(kind)
            self._log.write("refused", address=self.address, request=kind, what=what)

    def served(self) -> None:
        """Note that the session has begun; one that is opened and asks for nothing is none."""
        self._is_served = True

    def is_over(self) -> None:
        """Hang up soon after the session has ended: a connection has no other, and would be held for nothing."""
        asyncio.get_running_loop().call_later(_AFTER_SESSION, self.connection.abort)

    def _end_without_session(self) -> None:
        if not self._is_served and self._connection is not None:
            self._connection.refuse(Reason.NO_SESSION)

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
        """Tell whether this password lets in; the hash is made beside the loop."""
        return await self._access.tries_password(password)

    # What is asked for

    def session_requested(self) -> Any:
        """Give one session a connection."""
        if self._has_session:
            self.refused("session", Reason.SECOND_SESSION.word)
            return False
        self._has_session = True
        return self.connection.session_channel(), self._make_session(self)

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
