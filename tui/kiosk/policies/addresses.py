"""Who counts as one visitor by address: an address of IPv4, a /64 of IPv6."""

import ipaddress
from typing import Final

_HOSTS: Final = 64
"""A household or a machine has a whole /64 to choose from (RFC 6177 gives it that much and more)."""


def group(address: str) -> str:
    """Name the group to which an address belongs; what is no address is a group of its own.

    >>> group("2001:db8::1:2:3:4")
    '2001:db8::/64'
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, _HOSTS), strict=False))
