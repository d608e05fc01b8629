"""Addresses of visitors and of load balancers."""

import ipaddress
from collections.abc import Iterable
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_HOSTS: Final = 64
"""A household or a machine has a whole /64 to choose from (RFC 6177 gives it that much and more)."""


def parse_address(text: str) -> Address | None:
    """Return an IP address without its zone. None for any other text."""
    try:
        return unwrapped(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return None


def unwrapped(address: Address) -> Address:
    """Return the IPv4 address inside an IPv6 address (::ffff:192.0.2.1), if any."""
    return getattr(address, "ipv4_mapped", None) or address


def group(address: str) -> str:
    """Return the group of addresses that counts as one visitor.

    >>> group("2001:db8::1:2:3:4")
    '2001:db8::/64'
    """
    found = parse_address(address)
    if found is None:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(ipaddress.ip_network((found, _HOSTS), strict=False))


def parse_network(text: str) -> Network:
    """Parse the network or the single address of a proxy.

    Raises:
        ValueError: it is none; the message says why.
    """
    return ipaddress.ip_network(text)


def is_listed(address: str, networks: Iterable[Network]) -> bool:
    """Return whether an address is in one of the networks."""
    found = parse_address(address)
    return found is not None and any(found in network for network in networks)


def peer_address(peer: object) -> str:
    """Return the address of a socket's peer. `local` without an address."""
    if not isinstance(peer, tuple):
        return "local"
    try:
        return str(unwrapped(ipaddress.ip_address(peer[0])))
    except ValueError:
        return str(peer[0])
