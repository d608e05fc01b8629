"""The front of a server: it accepts connections at listening sockets."""

import asyncio
import socket
from collections.abc import Callable
from typing import Final

from tui.kiosk.addresses import peer_address
from tui.kiosk.operations.log import Log

_AGAIN: Final = 0.1
"""Seconds after a failure, as without a free descriptor."""


class Front:
    """Accepts connections in callbacks, so that none is lost when it closes."""

    def __init__(self, log: Log, take: Callable[[socket.socket, str], None]) -> None:
        """Accept nothing yet.

        Args:
            log: takes failures.
            take: takes each connection, with the address of its other end.
        """
        self._log = log
        self._take = take
        self.listeners: list[socket.socket] = []
        """The sockets that listen."""

    def open(self, listeners: list[socket.socket]) -> None:
        """Accept connections from now on."""
        self.listeners = listeners
        for listener in listeners:
            listener.setblocking(False)
            self._watch(listener)

    def _watch(self, listener: socket.socket) -> None:
        if listener.fileno() >= 0:
            asyncio.get_running_loop().add_reader(listener, self._accept, listener)

    def _accept(self, listener: socket.socket) -> None:
        try:
            connected, peer = listener.accept()
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:  # too many open files, or the visitor is gone already
            self._log.write("unaccepted", reason=error.strerror or str(error))
            loop = asyncio.get_running_loop()
            loop.remove_reader(listener)
            loop.call_later(_AGAIN, self._watch, listener)
            return
        connected.setblocking(False)
        self._take(connected, peer_address(peer))

    def close(self) -> None:
        """Close the sockets. Another process that has them too goes on listening."""
        for listener in self.listeners:
            if listener.fileno() >= 0:
                asyncio.get_running_loop().remove_reader(listener)
                listener.close()
