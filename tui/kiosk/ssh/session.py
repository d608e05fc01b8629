"""The session of a visitor: it learns what kind of visit is wanted and hands on what comes. It knows no screen."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import asyncssh

from tui.kiosk.ssh.reception import Reception


class Wanted:
    """What a visitor asked for before the session started."""

    def __init__(self) -> None:
        """Ask for nothing yet."""
        self.terminal = ""
        """TERM; empty without a pty."""
        self.size = (0, 0)
        self.command: str | None = None
        """The words of exec; None for a shell."""
        self.has_pty = False
        self.variables: Mapping[str, str] = {}


class Visit(Protocol):
    """A visit, whichever way it is served."""

    def start(self) -> None:
        """Begin to serve."""

    def came(self, data: bytes) -> None:
        """Take what the visitor sent."""

    def resized(self, width: int, height: int) -> None:
        """Take another size of the window."""

    def paused(self, *, is_paused: bool) -> None:
        """Hear whether the channel is full."""

    def lost(self) -> None:
        """Hear that the visitor is gone."""


VisitMaker = Callable[[Reception, "Session", Wanted], Visit]


class Session(asyncssh.SSHServerSession[bytes]):
    """Serves one channel."""

    def __init__(self, reception: Reception, make_visit: VisitMaker) -> None:
        """Wait for what is wanted."""
        self._reception = reception
        self._make_visit = make_visit
        self._wanted = Wanted()
        self._visit: Visit | None = None
        self.channel: Any = None

    def connection_made(self, chan: Any) -> None:
        """Have the channel."""
        self.channel = chan

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: Mapping[int, int]
    ) -> bool:
        """Note the terminal."""
        self._wanted.terminal, self._wanted.size, self._wanted.has_pty = term_type[:64], term_size[:2], True
        return True

    def shell_requested(self) -> bool:
        """Allow the reader, which is the only shell there is."""
        return True

    def exec_requested(self, command: str) -> bool:
        """Allow a command; the visit says politely that it is none where it is none."""
        self._wanted.command = command
        return True

    def session_started(self) -> None:
        """Begin the visit."""
        self._reception.served()
        self._wanted.variables = self.channel.get_environment()
        self._visit = self._make_visit(self._reception, self, self._wanted)
        self._visit.start()

    def data_received(self, data: bytes, datatype: Any) -> None:
        """Hand on what came."""
        if self._visit:
            self._visit.came(data)

    def eof_received(self) -> bool:
        """Leave the channel open for what is still to be said."""
        return True

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        """Hand on the size."""
        self._wanted.size = (width, height)
        if self._visit:
            self._visit.resized(width, height)

    def pause_writing(self) -> None:
        """Hand on that the channel is full."""
        if self._visit:
            self._visit.paused(is_paused=True)

    def resume_writing(self) -> None:
        """Hand on that there is room again."""
        if self._visit:
            self._visit.paused(is_paused=False)

    def connection_lost(self, exc: Exception | None) -> None:
        """Hand on that the visitor is gone."""
        if self._visit:
            self._visit.lost()
        self._reception.is_over(self.channel)
