"""Where a connection comes from: its own peer, or what a listed load balancer tells."""

import asyncio
import socket
from collections.abc import Iterable

from tui.kiosk.proxy_protocol import Network, ProxyHeaderError, is_listed, read_header

_HEADER_SECONDS = 5.0
"""Seconds for the header, which a load balancer sends with its first segment."""


async def origin(connected: socket.socket, peer: str, proxies: Iterable[Network]) -> str:
    """Give the address of the visitor.

    Args:
        connected: the connection; of what is not the header, nothing is read.
        peer: the address at its other end.
        proxies: the load balancers that are believed.

    Raises:
        ProxyHeaderError: a load balancer sent no header, or a wrong one, or none in time.
    """
    if not is_listed(peer, proxies):
        return peer
    try:
        async with asyncio.timeout(_HEADER_SECONDS):
            header = await read_header(connected)
    except TimeoutError:
        raise ProxyHeaderError("the header of a listed proxy did not come in time") from None
    except OSError as error:
        raise ProxyHeaderError(error.strerror or str(error)) from error
    # Its own health check has no address to tell.
    return str(header.address) if header.address else peer
