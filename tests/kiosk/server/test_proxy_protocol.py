"""The PROXY protocol: whole headers in any pieces, nothing of what follows them, and a reason for each refusal."""

import asyncio
import ipaddress
import socket
import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.kiosk.addresses import is_listed, parse_network
from tui.kiosk.server.proxy_protocol import (
    LONGEST_LINE,
    MOST_BYTES,
    SIGNATURE,
    Header,
    HeaderReader,
    NoHeaderError,
    ProxyHeaderError,
    read_header,
)

V4, V6 = ipaddress.ip_address("192.0.2.7"), ipaddress.ip_address("2001:db8::7")
PORTS = st.integers(0, 65535)


def binary(rest: bytes, *, command: int = 0x21, family: int = 0x11, size: int | None = None) -> bytes:
    """Write a header of version 2 around its addresses and vectors."""
    return SIGNATURE + bytes([command, family]) + struct.pack("!H", len(rest) if size is None else size) + rest


def block(address: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int) -> bytes:
    """Write the addresses of a header of version 2."""
    return address.packed + bytes(len(address.packed)) + struct.pack("!HH", port, 2222)


def read(data: bytes) -> tuple[Header | None, int]:
    """Feed what is wanted as long as there is anything; give the header and how much it took."""
    reader, taken = HeaderReader(), 0
    while taken < len(data):
        assert reader.wanted > 0
        piece = data[taken : taken + reader.wanted]
        taken += len(piece)
        if header := reader.feed(piece):
            return header, taken
    return None, taken


@pytest.mark.parametrize(
    ("data", "header"),
    [
        (b"PROXY TCP4 192.0.2.7 198.51.100.1 56324 2222\r\n", Header(1, V4, 56324)),
        (b"PROXY TCP6 2001:DB8::7 ::1 1 2222\r\n", Header(1, V6, 1)),
        (b"PROXY TCP6 ::ffff:192.0.2.7 ::1 1 2222\r\n", Header(1, V4, 1)),
        (b"PROXY UNKNOWN\r\n", Header(1)),
        (b"PROXY UNKNOWN ffff::1 anything at all\r\n", Header(1)),
        (binary(block(V4, 9)), Header(2, V4, 9)),
        (binary(block(V6, 9), family=0x21), Header(2, V6, 9)),
        (binary(block(V4, 9) + b"\x04\x00\x03abc"), Header(2, V4, 9)),
        (binary(b"", command=0x20, family=0x00), Header(2, is_local=True)),
        (binary(b"\xff" * 30, command=0x20, family=0xFF), Header(2, is_local=True)),
        (binary(b"", family=0x00), Header(2)),
        (binary(bytes(216), family=0x31), Header(2)),
        (binary(block(V4, 9), family=0x12), Header(2)),
    ],
)
def test_whole_headers(data: bytes, header: Header) -> None:
    """A header is read to its last byte and no farther; where the proxy speaks for itself there is no address."""
    assert (header, len(data)) == read(data + b"SSH-2.0-OpenSSH_9.2\r\n")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "without a PROXY header"),
        (b"GET / HTTP/1.1\r\n", "without a PROXY header"),
        (b"PROXY TCP4 192.0.2.7 198.51.100.1 56324 2222\n" + b" " * 9, "CR LF"),
        (b"PROXY TCP4 192.0.2.7 198.51.100.1 56324 65536\r\n", "port"),
        (b"PROXY TCP4 192.0.2.7 198.51.100.1 056324 2222\r\n", "form"),
        (b"PROXY TCP4 192.0.2.07 198.51.100.1 56324 2222\r\n", "address"),
        (b"PROXY TCP4 2001:db8::7 ::1 56324 2222\r\n", "address"),
        (b"PROXY TCP6 192.0.2.7 198.51.100.1 56324 2222\r\n", "address"),
        (b"PROXY  TCP4 192.0.2.7 198.51.100.1 56324 2222\r\n", "form"),
        (b"PROXY TCP4 192.0.2.7 198.51.100.1 56324\r\n", "form"),
        (b"PROXY UDP4 192.0.2.7 198.51.100.1 56324 2222\r\n", "form"),
        (b"PROXY UNKNOWNX\r\n", "form"),
        (b"PROXY UNKNOWN " + b"x" * 200, f"{LONGEST_LINE} bytes"),
        (binary(block(V4, 9), command=0x11), "version 1"),
        (binary(block(V4, 9), command=0x22), "command 2"),
        (binary(block(V4, 9), family=0x41), "family 0x41"),
        (binary(block(V4, 9), family=0x13), "family 0x13"),
        (binary(block(V4, 9)[:-1]), "no room"),
        (binary(b"", size=MOST_BYTES + 1), "at the most"),
    ],
)
def test_refusals(data: bytes, reason: str) -> None:
    """What is no header is refused with a reason."""
    with pytest.raises(ProxyHeaderError, match=reason):
        read(data)


@given(st.ip_addresses(), PORTS, st.binary(max_size=300), st.booleans(), st.data())
def test_any_address_in_any_pieces(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int, behind: bytes, text: bool, data: st.DataObject
) -> None:
    """Every address comes through either version, however its bytes arrive, and what is behind it stays."""
    if text:
        written = f"PROXY TCP{address.version} {address} {address} {port} 22\r\n".encode()
    else:
        written = binary(block(address, port), family=0x11 if address.version == 4 else 0x21)
    reader, taken, header = HeaderReader(), 0, None
    while header is None:
        size = data.draw(st.integers(1, reader.wanted))
        header = reader.feed((written + behind)[taken : taken + size])
        taken += size
    assert taken == len(written)
    assert header.port == port
    assert header.address == (getattr(address, "ipv4_mapped", None) or address)


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(lambda rest: SIGNATURE + rest),
                 st.binary(max_size=120).map(lambda rest: b"PROXY " + rest)))  # fmt: skip
def test_whatever_comes(data: bytes) -> None:
    """Any bytes are a header, a part of one, or refused; never more is taken than a header may have."""
    with suppress(ProxyHeaderError):
        _, taken = read(data)
        assert taken <= 16 + MOST_BYTES


@pytest.mark.parametrize(
    ("address", "listed"),
    [
        ("10.1.2.3", True),
        ("::ffff:10.1.2.3", True),
        ("11.1.2.3", False),
        ("2001:db8:5::1", True),
        ("2001:db9::1", False),
        ("fe80::1%eth0", False),
        ("", False),
        ("/run/socket", False),
    ],
)
def test_listed_proxies(address: str, listed: bool) -> None:
    """A proxy is listed by its network, whichever family it comes by."""
    networks = [parse_network("10.0.0.0/8"), parse_network("2001:db8::/32")]
    assert is_listed(address, networks) is listed


def test_a_network_with_host_bits_is_refused() -> None:
    """A slip in a list of the trusted is told."""
    with pytest.raises(ValueError, match="host bits"):
        parse_network("10.1.2.3/8")


async def test_what_follows_stays_in_the_socket() -> None:
    """SSH's own greeting, in the same packet, is there for the server."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        theirs.sendall(b"PROXY TCP4 192.0.2.7 198.51.100.1 56324 2222\r\nSSH-2.0-x\r\n")
        assert Header(1, V4, 56324) == await asyncio.wait_for(read_header(ours), 5)
        assert b"SSH-2.0-x\r\n" == ours.recv(100)


@pytest.mark.parametrize("how", ["closed", "reset"])
async def test_a_check_that_only_connects(how: str) -> None:
    """It is told apart from half a header."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        theirs = socket.create_connection(listener.getsockname())
        ours, _ = listener.accept()
        with ours:
            ours.setblocking(False)
            if how == "reset":  # as HAProxy does it
                theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            theirs.close()
            with pytest.raises(NoHeaderError):
                await asyncio.wait_for(read_header(ours), 5)


async def test_half_a_header_and_gone() -> None:
    """A proxy that closes within its header is a reason too."""
    ours, theirs = socket.socketpair()
    with ours:
        ours.setblocking(False)
        theirs.sendall(b"PROXY TCP4 192.0.2.7")
        theirs.close()
        with pytest.raises(ProxyHeaderError, match="within its header"):
            await asyncio.wait_for(read_header(ours), 5)
