"""The origin of a connection, by its peer or a load balancer."""

import asyncio
import socket
from typing import NamedTuple

from tui.kiosk.server.proxy_protocol import NoHeaderError, ProxyHeaderError, read_header

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
    # A balancer of version 1 that does not know has no address to tell, and its own has to serve.
    address = str(header.address) if header.address else peer
    return Arrival(address, is_proxy=address == peer)
