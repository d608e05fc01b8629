"""The SSH session of a visitor, without any screen."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import asyncssh

from tui.kiosk.ssh.connection_handler import ConnectionHandler


class SessionRequest:
    """The requests of a visitor before the session started."""

    def __init__(self) -> None:
        self.terminal = ""
        """TERM; empty without a pty."""
        self.size = (0, 0)
        self.command: str | None = None
        """The words of exec; None for a shell."""
        self.has_pty = False
        self.variables: Mapping[str, str] = {}


class Visit(Protocol):
    """A visit, on a screen or not."""

    def start(self) -> None:
        """Begin to serve."""

    def received(self, data: bytes) -> None:
        """Handle input."""

    def resized(self, width: int, height: int) -> None:
        """Handle another size of the window."""

    def paused(self, *, is_paused: bool) -> None:
        """Handle a channel that is full, or has room again."""

    def lost(self) -> None:
        """Handle the end of the channel."""


VisitMaker = Callable[[ConnectionHandler, "SSHSession", SessionRequest], Visit]


class SSHSession(asyncssh.SSHServerSession[bytes]):
    """Serves one channel."""

    def __init__(self, handler: ConnectionHandler, make_visit: VisitMaker) -> None:
        """Wait for the requests."""
        self._handler = handler
        self._make_visit = make_visit
        self._request = SessionRequest()
        self._visit: Visit | None = None
        self.channel: Any = None

    def connection_made(self, chan: Any) -> None:
        """Take the channel."""
        self.channel = chan

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: Mapping[int, int]
    ) -> bool:
        """Record the terminal."""
        self._request.terminal, self._request.size, self._request.has_pty = term_type[:64], term_size[:2], True
        return True

    def shell_requested(self) -> bool:
        """Accept the reader, which is the only shell there is."""
        return True

    def exec_requested(self, command: str) -> bool:
        """Accept a command; the visit refuses an unknown one politely."""
        self._request.command = command
        self._handler.on_event("exec")
        return True

    def session_started(self) -> None:
        """Begin the visit."""
        self._handler.served()
        self._request.variables = self.channel.get_environment()
        self._visit = self._make_visit(self._handler, self, self._request)
        self._visit.start()

    def data_received(self, data: bytes, datatype: Any) -> None:
        """Pass input on."""
        if self._visit:
            self._visit.received(data)

    def eof_received(self) -> bool:
        """Keep the channel open for the rest of the output."""
        return True

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        """Pass the size on."""
        self._request.size = (width, height)
        if self._visit:
            self._visit.resized(width, height)

    def pause_writing(self) -> None:
        """Pass on that the channel is full."""
        if self._visit:
            self._visit.paused(is_paused=True)

    def resume_writing(self) -> None:
        """Pass on that the channel has room again."""
        if self._visit:
            self._visit.paused(is_paused=False)

    def unsent(self) -> int:
        """Count the bytes that wait for the visitor."""
        return int(self.channel.get_write_buffer_size()) + self._handler.connection.unsent()

    def connection_lost(self, exc: Exception | None) -> None:
        """Pass on that the visitor is gone."""
        if self._visit:
            self._visit.lost()
        self._handler.session_over(self.channel)
