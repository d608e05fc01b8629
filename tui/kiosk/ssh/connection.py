"""The SSH connection of a visitor, and its channel."""

import asyncio
import inspect
from typing import Any, Final

import asyncssh
from asyncssh.connection import SSHServerConnectionOptions
from asyncssh.constants import MSG_IGNORE, MSG_KEXINIT, MSG_NEWKEYS, MSG_USERAUTH_REQUEST
from asyncssh.packet import SSHPacket, SSHPacketLogger

from tui.kiosk.asyncssh_internals import OfferedCertificate, ServerChannel, ServerConnection
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.policy import SMALL_PACKETS, Policies, Reason, Request, Step
from tui.kiosk.policies.quotas import Quotas
from tui.kiosk.ssh.connection_handler import ConnectionHandler
from tui.kiosk.ssh.proofs import Certificate, key_names
from tui.kiosk.terminal.terminals import MOST_VARIABLES, is_taken

WINDOW: Final = 16 * 1024
"""Bytes that a visitor may send before they were taken."""
_PACKET: Final = 8 * 1024
_LEAST_PACKET: Final = 1024
"""Bytes of a packet that a client must take. Where it takes one, a frame is 45,000 packets, and all others wait."""
_AT_ONCE: Final = 4096
"""Bytes that are read at a turn of the loop, a hundred of the smallest packets. Asyncio would read 256 KiB."""
_LEAST_AT_ONCE: Final = 256
_KEEPALIVE: Final = 90
"""Seconds without a word after which the client is asked whether it is there; three times, then it is not.

Of a host that is gone the kernel tells sooner, at no cost: 500 visitors at rest who are asked by SSH every 20 s take 1 % of
a core.
"""
# ssh-audit warns of curve25519 alone, which dropbear before 2024 needs as the first name.
_CLASSIC: Final = ["curve25519-sha256", "curve25519-sha256@libssh.org"]
_POST_QUANTUM: Final = ["mlkem768x25519-sha256"]
_CIPHERS: Final = ["aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr"]
_CHACHA: Final = b"chacha20-poly1305@openssh.com"
"""For dropbear alone, which has neither GCM nor an encrypt-then-MAC mode.

OpenSSH would choose it before all others: five times the work a packet here, and open to Terrapin (CVE-2023-48795) where a
client knows no strict key exchange.
"""
_DROPBEAR: Final = b"dropbear"
_STEPS: Final = {MSG_KEXINIT: Step.KEY_EXCHANGE, MSG_USERAUTH_REQUEST: Step.LOGIN}
"""The steps that cost the server something, by the type of the packet."""
_MACS: Final = ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com"]


async def connection_options(settings: Settings, host_key: str) -> SSHServerConnectionOptions:
    """Return the options of connections, with modern algorithms alone.

    Args:
        settings: the settings.
        host_key: the file of the private key.
    """
    options: dict[str, Any] = {
        "server_host_keys": [host_key],
        "server_host_certs": [settings.host_certificate] if settings.host_certificate else [],
        "server_version": "briefing",
        # dropbear 2022.83 takes the first name of the server's list that it knows, so that must be usable.
        "kex_algs": [*(_CLASSIC if settings.classic_curve25519 else []), *_POST_QUANTUM],
        "encryption_algs": _CIPHERS,
        "mac_algs": _MACS,
        # asyncssh decompresses without a limit: 150 KB could become 300 MB.
        "compression_algs": None,
        # The handler has its own timer, which stops while the answer to a wrong password is delayed.
        "login_timeout": 0,
        "keepalive_interval": _KEEPALIVE,
        "keepalive_count_max": 3,
        "agent_forwarding": False,
        "x11_forwarding": False,
        "allow_scp": False,
        "line_editor": False,
        "encoding": None,
        "gss_host": None,
        "host_based_auth": False,
        "kbdint_auth": False,
        "rdns_lookup": False,
    }
    made: SSHServerConnectionOptions = await SSHServerConnectionOptions.construct(None, config=[], **options)
    return made


class KioskConnection(ServerConnection):
    """One visitor's connection."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        options: SSHServerConnectionOptions,
        handler: ConnectionHandler,
        policies: Policies,
    ) -> None:
        """Receive a visitor.

        Args:
            loop: the loop.
            options: the options of the connection.
            handler: decides about the connection.
            policies: count its bytes and its steps.
        """
        super().__init__(loop, options, handler, _PACKET)
        self._handler = handler
        self._policies = policies
        self._quotas = policies[Quotas]
        self._has_spoken = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, and read little at a time."""
        if hasattr(transport, "max_size"):
            # At most half a second's bytes, so that a pause never splits a paste.
            transport.max_size = max(_LEAST_AT_ONCE, min(_AT_ONCE, self._quotas.rate // 2))
        super().connection_made(transport)

    def data_received(self, data: bytes, datatype: Any = None) -> None:
        """Take data, and pause reading after too much of it."""
        if not self._has_spoken:
            self._has_spoken = True
            self._handler.on_event("greeted")
        if pause := self._quotas.receive(len(data)):
            self._pause_reading(pause)
        super().data_received(data, datatype)

    def process_packet(self, pkttype: int, pktid: int, packet: SSHPacket) -> Any:
        """Count the packets that cost the server something."""
        self._handler.packet_received()
        step = _STEPS.get(pkttype)
        if step is not None and (reason := self._policies.admit(Request(step))):
            self.refuse(reason)
            return True
        if pkttype == MSG_USERAUTH_REQUEST and not self._handler.tries.answered.is_set():
            return self._process_later(pkttype, pktid, packet)
        done = super().process_packet(pkttype, pktid, packet)
        if pkttype == MSG_NEWKEYS:
            self._handler.keys_exchanged()
        return done

    async def _process_later(self, pkttype: int, pktid: int, packet: SSHPacket) -> None:
        """Process a try to log in after the answer to the last."""
        await self._handler.tries.answered.wait()
        done = super().process_packet(pkttype, pktid, packet)
        if inspect.isawaitable(done):
            await done

    def login_tried(self, method: str) -> None:
        """Record the method of a try to log in."""
        self._handler.tries.record(method)

    def takes_certificate(self, key: asyncssh.SSHKey, certificate: OfferedCertificate) -> bool:
        """Return whether a certificate lets in."""
        named = Certificate(key_names(certificate.signing_key), *certificate[1:])
        return self._handler.credentials.offer_key(key, named)

    def extra_ciphers(self, client: bytes) -> list[bytes]:
        """Offer ChaCha20 to dropbear alone."""
        return [_CHACHA] if _DROPBEAR in client else []

    def send_packet(self, pkttype: int, *args: bytes, handler: SSHPacketLogger | None = None) -> None:
        """Send a packet, unless it is one to be ignored."""
        if pkttype != MSG_IGNORE:
            super().send_packet(pkttype, *args, handler=handler)

    def refuse(self, reason: Reason) -> None:
        """End the connection with a line for the visitor."""
        self._handler.ended_by(reason)
        self.disconnect(asyncssh.DISC_BY_APPLICATION, reason.line)

    def session_channel(self) -> "KioskChannel":
        """Create the channel of a session."""
        return KioskChannel(self._handler, *self.channel_arguments(WINDOW))

    def unsent(self) -> int:
        """Return the number of bytes in the socket's buffer."""
        transport = self.transport
        return transport.get_write_buffer_size() if isinstance(transport, asyncio.WriteTransport) else 0

    def _pause_reading(self, seconds: float) -> None:
        transport = self.transport
        if isinstance(transport, asyncio.ReadTransport) and transport.is_reading():
            transport.pause_reading()
            asyncio.get_running_loop().call_later(seconds, self._resume_reading)

    def _resume_reading(self) -> None:
        transport = self.transport
        if isinstance(transport, asyncio.ReadTransport) and not transport.is_closing():
            transport.resume_reading()


class KioskChannel(ServerChannel):
    """The channel of a session, which keeps few variables."""

    def __init__(self, handler: ConnectionHandler, *arguments: Any) -> None:
        """Create a channel whose refusals the handler logs."""
        super().__init__(*arguments)
        self._handler = handler

    def process_open(self, send_chan: int, send_window: int, send_pktsize: int, session: Any) -> None:
        """Open, unless the client takes next to nothing at a time."""
        if send_pktsize < _LEAST_PACKET:
            self._handler.connection.refuse(SMALL_PACKETS)
        else:
            super().process_open(send_chan, send_window, send_pktsize, session)

    def takes_variable(self, name: str, value: str, number: int) -> bool:
        """Return whether to keep a variable; few are."""
        return number < MOST_VARIABLES and is_taken(name, value)

    def refused(self, kind: str, detail: str) -> None:
        """Log a refusal."""
        self._handler.log_refusal(kind, detail)
