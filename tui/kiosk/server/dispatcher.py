"""The parent's dispatcher of connections to workers."""

import asyncio
import socket
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from typing import Final, NamedTuple

from tui.kiosk.addresses import is_listed, parse_network
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.admission import ROOM, Admission, Stage
from tui.kiosk.policies.failed_logins import FailedLogins
from tui.kiosk.policies.policy import STARTING, AnyPolicy, Clock, Policies, Reason, Request, Step
from tui.kiosk.policies.table import OF_SERVER
from tui.kiosk.server.proxy_protocol import NoHeaderError, ProxyHeaderError, read_header
from tui.kiosk.server.workers import Workers

_HEADER_SECONDS = 5.0
"""Seconds for the header, which a load balancer sends with its first segment."""


class Arrival(NamedTuple):
    """A connection, as far as it is known before anything of SSH."""

    address: str
    """The visitor's address."""
    check: str = ""
    """The kind of a balancer's check: `local`, `connect` (without a header), or empty for none."""
    is_proxy: bool = False
    """Whether the address is the balancer's, as it is for a check by version 1 of the protocol."""

    @property
    def is_gone(self) -> bool:
        """Whether the connection was closed already, as by a mere check."""
        return self.check == "connect"


async def arrival(connected: socket.socket, peer: str) -> Arrival:
    """Read the origin of a connection from a listed load balancer.

    Args:
        connected: the connection; of what is not the header, nothing is read.
        peer: the balancer's address.

    Raises:
        ProxyHeaderError: it sent no header, or a wrong one, or none in time.
    """
    try:
        async with asyncio.timeout(_HEADER_SECONDS):
            header = await read_header(connected)
    except NoHeaderError:
        return Arrival(peer, "connect")
    except TimeoutError:
        raise ProxyHeaderError("the header of a listed proxy did not come in time") from None
    except OSError as error:
        raise ProxyHeaderError(error.strerror or str(error)) from error
    if header.is_local:
        return Arrival(peer, "local")
    # A balancer of version 1 may not know the visitor's address; its own is taken then.
    address = str(header.address) if header.address else peer
    return Arrival(address, is_proxy=address == peer)


_SEND_BUFFER: Final = 64 * 1024
"""Bytes; a first frame has 45,000."""
_PROBES: Final = {"TCP_KEEPIDLE": 20, "TCP_KEEPINTVL": 10, "TCP_KEEPCNT": 3}
"""When the kernel asks whether the other host is there, in seconds, and how often until it is not."""
_STAGES: Final = {
    "greeted": Stage.GREETED, "keys-exchanged": Stage.BUSY, "login-answered": Stage.BUSY, "logged-in": Stage.IN,
}  # fmt: skip
"""The stage that a connection has reached, by the worker's event."""
_STEPS: Final = {"session": Step.SESSION, "exec": Step.EXEC}
"""The step for which a connection needs the policies' consent, by the worker's event."""


class Dispatcher:
    """Decides about each connection, and remembers those that were admitted."""

    def __init__(self, settings: Settings, workers: Workers, log: Log, clock: Clock) -> None:
        """Begin to accept connections.

        Args:
            settings: the settings.
            workers: serve the connections, and send events of them.
            log: takes events.
            clock: returns seconds.
        """
        self._workers = workers
        self._log = log
        self._policies = Policies(OF_SERVER, settings, clock)
        self._arriving: dict[asyncio.Task[None], None] = {}
        self._addresses: dict[int, str] = {}
        self._tickets = count(1)
        self.admission = self._policies[Admission]
        self.admission.made_room = lambda ticket: workers.end_one(ticket, ROOM)
        workers.on_event = self.handle
        self.change(settings)

    def change(self, settings: Settings) -> None:
        """Apply other limits and other proxies."""
        self._most_arriving = settings.waiting
        self._proxies = tuple(map(parse_network, settings.proxies))
        self._policies.change(settings)

    def number_from(self, ticket: int) -> None:
        """Set the ticket of the next connection."""
        self._tickets = count(ticket)

    @property
    def is_idle(self) -> bool:
        """Whether there is no connection, and none arrives."""
        return not (self.admission.number or self._arriving)

    @property
    def next_ticket(self) -> int:
        """The ticket of the next connection; it is used up by asking."""
        return next(self._tickets)

    def policy(self, kind: type[AnyPolicy]) -> AnyPolicy:
        """Return a policy of the whole kiosk."""
        return self._policies[kind]

    @property
    def addresses(self) -> Mapping[int, str]:
        """The addresses of the connections, by ticket."""
        return self._addresses

    # New connections

    def accept(self, connected: socket.socket, peer: str) -> None:
        """Take a connection. Of one from a listed balancer the address is yet to come."""
        if not is_listed(peer, self._proxies):
            self.admit(connected, Arrival(peer))
            return
        if len(self._arriving) >= self._most_arriving:
            next(
                iter(self._arriving)
            ).cancel()  # a working balancer sends its header at once, so the oldest connection is none
        task = asyncio.get_running_loop().create_task(self._arrive(connected, peer))
        self._arriving[task] = None
        task.add_done_callback(lambda done: self._arriving.pop(done, None))

    async def _arrive(self, connected: socket.socket, peer: str) -> None:
        """Read the visitor's address from a load balancer's header."""
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
        """Pass a connection to a worker, or refuse it in one line."""
        if found.check:
            self._log.write("check", address=found.address, kind=found.check)
        if found.is_gone:
            connected.close()
            return
        ticket, step = next(self._tickets), Step.CHECK if found.check else Step.CONNECT
        reason = self._policies.admit(Request(step, found.address, ticket, is_proxy=found.is_proxy))
        if reason is None:
            with suppress(OSError):  # gone already, as the worker will find out
                _prepare(connected)
            self._addresses[ticket] = found.address
            if not self._workers.hand_on(connected, ticket, found.address):
                reason = STARTING  # the workers have died or hang, and are being replaced
        if reason is None:
            connected.close()  # the worker has it
            return
        self._leave(ticket)
        self._refused(found.address, reason)
        connected.setblocking(False)
        with suppress(OSError):
            # RFC 4253, 4.2: lines may stand before that of the version.
            connected.send(f"{reason.line}\r\n".encode())
        connected.close()

    def _refused(self, address: str, reason: Reason) -> None:
        self._log.write("turned-away", address=address, reason=reason.word)

    # Connections that a worker serves

    def handle(self, ticket: int, event: str, detail: str = "") -> None:
        """Handle a worker's event of a connection."""
        if event in _STAGES:
            self.admission.reached(ticket, _STAGES[event])
        elif event in _STEPS:
            self._ask_policies(ticket, _STEPS[event])
        elif event == "login-failed":
            self._failed(ticket, detail)
        elif event == "probed" and self.admission.probed(ticket):
            self._log.write("check", address=self._addresses.get(ticket, ""), kind="banner")
        elif event == "closed":
            self._leave(ticket)

    def _ask_policies(self, ticket: int, step: Step) -> None:
        """End a connection whose step is refused. The worker has gone on with it meanwhile."""
        address = self._addresses.get(ticket)
        if address is not None and (reason := self._policies.admit(Request(step, address, ticket))):
            self._refused(address, reason)
            self._workers.end_one(ticket, reason)

    def _failed(self, ticket: int, method: str) -> None:
        """Count a failed login. A wrong password is answered late, and makes room for others meanwhile."""
        address = self._addresses.get(ticket, "")
        failure = self._policies[FailedLogins].failed(address, method)
        self._log.write("login-failed", address=address, method=failure.method, tries=failure.tries)
        if failure.delay:
            self.admission.reached(ticket, Stage.DELAYED)
            self._workers.delay_one(ticket, failure.delay)

    def _leave(self, ticket: int) -> None:
        self._policies.leave(ticket)
        self._addresses.pop(ticket, None)


def _prepare(connected: socket.socket) -> None:
    """Set the kernel's options for a connection.

    Raises:
        OSError: the visitor is gone already.
    """
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # Unsent output must be visible here, and not lie in the kernel's buffer of megabytes.
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _PROBES.items():
        if hasattr(socket, name):  # not every system has all
            connected.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
