"""The PROXY protocol, versions 1 and 2, for visitors' addresses.

After HAProxy's ``doc/proxy-protocol.txt``. Whether a header is expected is a matter of who connects and never guessed:
a listed proxy must send one, and nobody else's is read, since anyone could then write whatever address they like.
"""

import asyncio
import ipaddress
import re
import socket
import struct
from typing import Final, NamedTuple

from tui.kiosk.addresses import Address, unwrapped

SIGNATURE: Final = b"\r\n\r\n\x00\r\nQUIT\n"
"""The beginning of a header of version 2: 12 bytes, fewer than any header of version 1."""
LONGEST_LINE: Final = 107
"""Bytes of the longest header of version 1, with its end of line, as the specification counts them."""
MOST_BYTES: Final = 4096
"""Bytes after the fixed part of version 2 that are read. It says itself that a header fits into one segment."""
_FIXED: Final = 16
_LOCAL, _PROXY = 0, 1
_LINE: Final = re.compile(
    rb"PROXY (TCP4|TCP6) ([0-9A-Fa-f:.]{2,39}) ([0-9A-Fa-f:.]{2,39}) (0|[1-9]\d{0,4}) (0|[1-9]\d{0,4})"
)
_UNKNOWN: Final = re.compile(rb"PROXY UNKNOWN(?: [^\r\n]*)?")
_ADDRESSES: Final = {0x0: 0, 0x1: 12, 0x2: 36, 0x3: 216}
"""Bytes of both addresses and ports, by address family: unspecified, IPv4, IPv6, Unix."""
_STREAM: Final = 1


class ProxyHeaderError(ValueError):
    """The header is not as the protocol has it. The connection is to be closed. The message is the reason, one line."""


class NoHeaderError(ProxyHeaderError):
    """The connection was closed before the first byte of a header."""


class Header(NamedTuple):
    """A proxy's description of a connection."""

    version: int
    address: Address | None = None
    """The visitor's. None where the proxy speaks for itself (a check of its own) or does not know: then its own counts."""
    port: int = 0
    is_local: bool = False
    """Whether the proxy says that the connection is a check of its own."""


class HeaderReader:
    """Reads a header piece by piece, and no byte more."""

    def __init__(self) -> None:
        self._taken = bytearray()
        self.wanted = len(SIGNATURE)
        """How many bytes to hand over next, at the most; they belong to the header for certain."""

    def feed(self, piece: bytes) -> Header | None:
        """Take up to `wanted` bytes; give the header when it is whole.

        Raises:
            ProxyHeaderError: this is no header.
        """
        self._taken += piece
        taken = bytes(self._taken)
        if taken[: len(SIGNATURE)] == SIGNATURE:
            return self._binary(taken)
        if SIGNATURE.startswith(taken):
            self.wanted = len(SIGNATURE) - len(taken)
            return None
        if not (taken.startswith(b"PROXY ") or b"PROXY ".startswith(taken)):
            raise ProxyHeaderError("the connection of a listed proxy begins without a PROXY header")
        return self._line(taken)

    def _line(self, taken: bytes) -> Header | None:
        if taken.endswith(b"\r\n"):
            return _parsed_line(taken[:-2])
        if b"\n" in taken:
            raise ProxyHeaderError("a PROXY line must end with CR LF")
        if len(taken) >= LONGEST_LINE:
            raise ProxyHeaderError(f"a PROXY line has no end within {LONGEST_LINE} bytes")
        if len(taken) < len(SIGNATURE):
            self.wanted = len(SIGNATURE) - len(taken)
        else:  # at least CR and LF are missing, and the bytes after them do not belong to the header
            self.wanted = 1 if taken.endswith(b"\r") or len(taken) == LONGEST_LINE - 1 else 2
        return None

    def _binary(self, taken: bytes) -> Header | None:
        if len(taken) < _FIXED:
            self.wanted = _FIXED - len(taken)
            return None
        size = struct.unpack_from("!H", taken, 14)[0]
        _check_fixed(taken[12], taken[13], size)
        if len(taken) < _FIXED + size:
            self.wanted = _FIXED + size - len(taken)
            return None
        return _parsed_binary(taken)


async def read_header(connection: socket.socket) -> Header:
    """Read the header from a non-blocking connection, and no byte more.

    The time that a proxy has for it is the caller's to bound.

    Raises:
        NoHeaderError: the proxy closed the connection without sending anything.
        ProxyHeaderError: there is no header, or only a part of one.
        OSError: the connection broke.
    """
    loop = asyncio.get_running_loop()
    reader = HeaderReader()
    has_begun = False
    while True:
        try:
            piece = await loop.sock_recv(connection, reader.wanted)
        except ConnectionError:  # HAProxy's checks end so
            piece = b""
        if not piece and not has_begun:
            raise NoHeaderError("the proxy closed the connection without a header")
        has_begun = True
        if not piece:
            raise ProxyHeaderError("the proxy closed the connection within its header")
        if header := reader.feed(piece):
            return header


def _parsed_line(line: bytes) -> Header:
    if _UNKNOWN.fullmatch(line):
        return Header(1)
    match = _LINE.fullmatch(line)
    if not match:
        raise ProxyHeaderError("a PROXY line does not have the form: PROXY TCP4|TCP6 source destination port port")
    family, *written, source_port, destination_port = (part.decode("ascii") for part in match.groups())
    kind = ipaddress.IPv4Address if family == "TCP4" else ipaddress.IPv6Address
    try:
        source, _destination = (kind(address) for address in written)
    except ipaddress.AddressValueError:
        raise ProxyHeaderError(f"a PROXY line of {family} has an invalid address") from None
    if max(int(source_port), int(destination_port)) > 0xFFFF:
        raise ProxyHeaderError("a PROXY line has a port above 65535")
    return Header(1, unwrapped(source), int(source_port))


def _check_fixed(command: int, family: int, size: int) -> None:
    if command >> 4 != 2:
        raise ProxyHeaderError(f"a PROXY header has version {command >> 4}; 1 and 2 are known")
    if command & 0xF not in {_LOCAL, _PROXY}:
        raise ProxyHeaderError(f"a PROXY header has the unknown command {command & 0xF}")
    if size > MOST_BYTES:
        raise ProxyHeaderError(f"a PROXY header announces {size} bytes; {MOST_BYTES} are read at the most")
    if command & 0xF == _LOCAL:  # the rest is to be skipped unseen
        return
    if family >> 4 not in _ADDRESSES or family & 0xF > 2:
        raise ProxyHeaderError(f"a PROXY header has the unknown address family 0x{family:02x}")
    if size < _ADDRESSES[family >> 4]:
        raise ProxyHeaderError(f"a PROXY header of {size} bytes has no room for its addresses")


def _parsed_binary(taken: bytes) -> Header:
    """Read the addresses. The vectors of type, length and value behind them are skipped."""
    family, transport = taken[13] >> 4, taken[13] & 0xF
    if taken[12] & 0xF == _LOCAL:
        return Header(2, is_local=True)
    if transport != _STREAM or family not in {0x1, 0x2}:
        return Header(2)
    width = 4 if family == 0x1 else 16
    source = taken[_FIXED : _FIXED + width]
    port = struct.unpack_from("!H", taken, _FIXED + 2 * width)[0]
    return Header(2, unwrapped(ipaddress.ip_address(source)), port)
