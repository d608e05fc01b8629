"""The parent's door: it learns who comes, lets them in or turns them away, and hears from the workers how they go on."""

import asyncio
import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.admission import Entrance, Stage
from tui.kiosk.policies.failed_logins import METHODS, OTHER, FailedLogins
from tui.kiosk.policies.reasons import Reason
from tui.kiosk.server.peer_address import Arrival, arrival
from tui.kiosk.server.proxy_protocol import ProxyHeaderError, is_listed, parse_network, unwrapped
from tui.kiosk.server.workers import Workers

_SEND_BUFFER: Final = 64 * 1024
"""Bytes; a first frame has 45,000."""
_PROBES: Final = {"TCP_KEEPIDLE": 20, "TCP_KEEPINTVL": 10, "TCP_KEEPCNT": 3}
"""When the kernel asks whether the other host is there, in seconds, and how often until it is not."""
_STAGES: Final = {"spoke": Stage.GREETED, "keyed": Stage.BUSY, "answered": Stage.BUSY, "in": Stage.IN}
"""How far a connection has come, by what its worker tells."""


class Door:
    """Decides about each connection, and remembers those that are in."""

    def __init__(self, settings: Settings, workers: Workers, log: Log, clock: Callable[[], float]) -> None:
        """Open the door.

        Args:
            settings: the settings.
            workers: serve those who are let in, and tell of them.
            log: where events go.
            clock: gives seconds.
        """
        self._workers = workers
        self._log = log
        self._logins = FailedLogins(clock)
        self._arriving: dict[asyncio.Task[None], None] = {}
        self._addresses: dict[int, str] = {}
        self.entrance = Entrance(settings, clock)
        self.entrance.made_room = lambda ticket: workers.end_one(ticket, Reason.ROOM)
        workers.told = self.told
        self.change(settings)

    def change(self, settings: Settings) -> None:
        """Take other limits and other proxies."""
        self._most_arriving = settings.waiting
        self._proxies = tuple(map(parse_network, settings.proxies))
        self.entrance.change(settings)

    # Who comes

    def come(self, connected: socket.socket, peer: str) -> None:
        """Take a connection; who comes from a listed balancer is known only once that has told."""
        if not is_listed(peer, self._proxies):
            self.admit(connected, Arrival(peer))
            return
        if len(self._arriving) >= self._most_arriving:
            next(iter(self._arriving)).cancel()  # a balancer tells at once: the oldest is none that works
        task = asyncio.get_running_loop().create_task(self._arrive(connected, peer))
        self._arriving[task] = None
        task.add_done_callback(lambda done: self._arriving.pop(done, None))

    async def _arrive(self, connected: socket.socket, peer: str) -> None:
        """Learn from a load balancer who comes."""
        connected.setblocking(False)
        try:
            found = await arrival(connected, peer)
        except ProxyHeaderError as error:
            self._log.write("turned-away", address=peer, reason="proxy-header", said=str(error))
            connected.close()
        except asyncio.CancelledError:
            self._log.write("turned-away", address=peer, reason="proxy-header", said="others came meanwhile")
            connected.close()
            raise
        else:
            self.admit(connected, found)

    def admit(self, connected: socket.socket, found: Arrival) -> None:
        """Let a visitor in, or say in one line why not; a client shows that line or its log does."""
        if found.check:
            self._log.write("check", address=found.address, kind=found.check)
        if found.is_gone:
            connected.close()
            return
        entrance, is_proxy = self.entrance, found.is_proxy
        admitted = entrance.admit_check() if found.check else entrance.admit(found.address, is_proxy=is_proxy)
        if isinstance(admitted, int):
            with suppress(OSError):  # gone already, which the worker finds out
                _prepare(connected)
            self._addresses[admitted] = found.address
            if not self._workers.hand_on(connected, admitted, found.address):
                self._left(admitted)
                admitted = Reason.STARTING  # its workers have died or hang, and are being replaced
        if isinstance(admitted, Reason):
            self._turn_away(connected, found.address, admitted)
        else:
            connected.close()  # the worker has it

    def _turn_away(self, connected: socket.socket, address: str, reason: Reason) -> None:
        self._log.write("turned-away", address=address, reason=reason.word)
        connected.setblocking(False)
        with suppress(OSError):
            # RFC 4253, 4.2: lines may stand before that of the version.
            connected.send(f"{reason.line}\r\n".encode())
        connected.close()

    # How they go on

    def told(self, ticket: int, what: str, more: str = "") -> None:
        """Hear from a worker of one of its connections."""
        if what in _STAGES:
            self.entrance.reached(ticket, _STAGES[what])
        elif what == "failed":
            self._failed(ticket, more)
        elif what == "again" and not self.entrance.again(ticket):
            self._workers.end_one(ticket, Reason.TOO_OFTEN)
        elif what == "looked" and self.entrance.looked(ticket):
            self._log.write("check", address=self._addresses.get(ticket, ""), kind="banner")
        elif what == "out":
            self._left(ticket)

    def _failed(self, ticket: int, method: str) -> None:
        """Count a login that failed; a wrong password is answered late, and makes room for others meanwhile."""
        address, method = self._addresses.get(ticket, ""), method if method in METHODS else OTHER
        failure = self._logins.failed(address, method)
        self._log.write("login-failed", address=address, method=method, tries=failure.tries)
        if failure.seconds:
            self.entrance.reached(ticket, Stage.DELAYED)
            self._workers.delay_one(ticket, failure.seconds)

    def _left(self, ticket: int) -> None:
        self.entrance.leave(ticket)
        self._addresses.pop(ticket, None)


def address_of(peer: object) -> str:
    """Return the address at the other end; that of IPv4 also where a socket of IPv6 took the connection."""
    if not isinstance(peer, tuple):
        return "local"
    try:
        return str(unwrapped(ipaddress.ip_address(peer[0])))
    except ValueError:
        return str(peer[0])


def _prepare(connected: socket.socket) -> None:
    """Set what the kernel is to do for a connection.

    Raises:
        OSError: it is gone already.
    """
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # What a visitor does not take is to be seen here, and not to lie in megabytes that the kernel keeps for each.
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _PROBES.items():
        if hasattr(socket, name):  # not every system has all
            connected.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
