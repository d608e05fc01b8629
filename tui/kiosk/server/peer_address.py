"""Where a connection comes from: its own peer, or what a listed load balancer tells."""

import asyncio
import socket
from typing import NamedTuple

from tui.kiosk.server.proxy_protocol import NoHeaderError, ProxyHeaderError, read_header

_HEADER_SECONDS = 5.0
"""Seconds for the header, which a load balancer sends with its first segment."""


class Arrival(NamedTuple):
    """A connection, as far as it is known before anything of SSH."""

    address: str
    """Where the visitor comes from."""
    check: str = ""
    """Which check of a balancer's own it is: `local`, which it told, or `connect`, which told nothing; empty for none."""
    is_proxy: bool = False
    """Whether the address is the balancer's, as it is for a check by version 1 of the protocol."""

    @property
    def is_gone(self) -> bool:
        """Whether it was closed already, which is all that such a check is for."""
        return self.check == "connect"


async def arrival(connected: socket.socket, peer: str) -> Arrival:
    """Learn from a listed load balancer who comes.

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
