"""The SSH connection and its channel, with what asyncssh leaves to us: counting what comes, and keeping little of it."""

import asyncio
import inspect
from typing import Any, Final

import asyncssh
from asyncssh.channel import SSHServerChannel
from asyncssh.connection import SSHServerConnection, SSHServerConnectionOptions
from asyncssh.constants import MSG_IGNORE, MSG_KEXINIT, MSG_NEWKEYS, MSG_USERAUTH_REQUEST
from asyncssh.packet import SSHPacket, SSHPacketLogger

from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.quotas import Amounts
from tui.kiosk.policies.reasons import Reason
from tui.kiosk.ssh.reception import Reception
from tui.kiosk.terminal.terminals import MOST_VARIABLES, is_taken

WINDOW: Final = 16 * 1024
"""Bytes that a visitor may send before they were taken."""
_PACKET: Final = 8 * 1024
_LEAST_PACKET: Final = 1024
"""Bytes of a packet that a client must take; where it takes one, a frame is 45,000 packets, and all others wait."""
_AT_ONCE: Final = 4096
"""Bytes that are read at a turn of the loop, a hundred of the smallest packets; asyncio would read 256 KiB."""
_LEAST_AT_ONCE: Final = 256
_KEEPALIVE: Final = 90
"""Seconds without a word after which the client is asked whether it is there; three times, then it is not.

Of a host that is gone the kernel tells sooner, at no cost: 500 visitors at rest who are asked by SSH every 20 s take 1 % of
a core.
"""
# Without a warning of ssh-audit but for curve25519, which dropbear before 2024 wants named first.
_CLASSIC: Final = ["curve25519-sha256", "curve25519-sha256@libssh.org"]
_POST_QUANTUM: Final = ["mlkem768x25519-sha256"]
_CIPHERS: Final = ["aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr"]
_CHACHA: Final = b"chacha20-poly1305@openssh.com"
"""For dropbear alone, which has neither GCM nor a MAC over what is encrypted.

OpenSSH would choose it before all others: five times the work a packet here, and open to Terrapin (CVE-2023-48795) where a
client knows no strict key exchange.
"""
_DROPBEAR: Final = b"dropbear"
_MACS: Final = ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com"]


async def connection_options(settings: Settings, host_key: str) -> SSHServerConnectionOptions:
    """Say how connections are to be: modern algorithms with strict key exchange, and nothing but sessions.

    Args:
        settings: the settings.
        host_key: the file of the private key.
    """
    options: dict[str, Any] = {
        "server_host_keys": [host_key],
        "server_version": "briefing",
        # dropbear 2022.83 takes the first of the server's list that it has heard of, and must find it usable.
        "kex_algs": [*(_CLASSIC if settings.classic_curve25519 else []), *_POST_QUANTUM],
        "encryption_algs": _CIPHERS,
        "mac_algs": _MACS,
        # asyncssh inflates without a bound: 150 KB would become 300 MB.
        "compression_algs": None,
        # The reception has a timer of its own, which waits while the answer to a wrong password does.
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


class KioskConnection(SSHServerConnection):
    """One visitor's connection."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        options: SSHServerConnectionOptions,
        reception: Reception,
        amounts: Amounts,
    ) -> None:
        """Receive a visitor.

        Args:
            loop: the loop.
            options: how the connection is to be.
            reception: decides about it.
            amounts: counts what it brings.
        """
        super().__init__(loop, options)
        self._protocol_factory = lambda: reception
        self._reception = reception
        self._amounts = amounts
        self._has_spoken = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, and read little at a time, so that others have their turns."""
        if hasattr(transport, "max_size"):
            # Half a second's worth at the most, so that a pause of ours is none within a paste.
            transport.max_size = max(_LEAST_AT_ONCE, min(_AT_ONCE, self._amounts.rate // 2))
        super().connection_made(transport)

    def data_received(self, data: bytes, datatype: Any = None) -> None:
        """Take data, and for a while no more where there was too much of it."""
        if not self._has_spoken:
            self._has_spoken = True
            self._reception.spoke()
        if pause := self._amounts.come(len(data)):
            self._hold(pause)
        super().data_received(data, datatype)

    def process_packet(self, pkttype: int, pktid: int, packet: SSHPacket) -> Any:
        """Count what costs the server something, before it is looked at."""
        self._reception.came_far()
        reason = None
        if pkttype == MSG_KEXINIT:
            reason = self._amounts.exchanged()
        elif pkttype == MSG_USERAUTH_REQUEST:
            reason = self._amounts.tried()
        if reason is not None:
            self.refuse(reason)
            return True
        if pkttype == MSG_USERAUTH_REQUEST and not self._reception.answered.is_set():
            return self._process_later(pkttype, pktid, packet)
        done = super().process_packet(pkttype, pktid, packet)
        if pkttype == MSG_NEWKEYS:
            self._reception.keyed()
        return done

    async def _process_later(self, pkttype: int, pktid: int, packet: SSHPacket) -> None:
        """Look at another try once the one before is answered: else it would take back the try, and with it the wait."""
        await self._reception.answered.wait()
        done = super().process_packet(pkttype, pktid, packet)
        if inspect.isawaitable(done):
            await done

    async def _finish_userauth(self, begin_auth: bool, method: bytes, packet: SSHPacket) -> None:
        """Note by which method the client tries to log in."""
        self._reception.tried(method[:40].decode("ascii", "replace"))
        await super()._finish_userauth(begin_auth, method, packet)

    def _send_kexinit(self) -> None:
        """Offer algorithms, now that the client has told its name."""
        if _DROPBEAR in self._client_version and _CHACHA not in self._enc_algs:
            self._enc_algs = [*self._enc_algs, _CHACHA]
        super()._send_kexinit()

    def send_packet(self, pkttype: int, *args: bytes, handler: SSHPacketLogger | None = None) -> None:
        """Send a packet, but none to be ignored: asyncssh puts one before each other for the sake of CBC, which is not offered."""
        if pkttype != MSG_IGNORE:
            super().send_packet(pkttype, *args, handler=handler)

    def refuse(self, reason: Reason) -> None:
        """End the connection, and say why."""
        self._reception.ended_by(reason)
        self.disconnect(asyncssh.DISC_BY_APPLICATION, reason.line)

    def session_channel(self) -> "KioskChannel":
        """Make the channel of a session."""
        self._update_recv_pktlen(_PACKET)
        return KioskChannel(
            self._reception, self, self._loop, True, False, False, 0, 0, None, "strict", WINDOW, _PACKET
        )

    def unsent(self) -> int:
        """Give how many bytes wait in the socket's buffer."""
        transport = self._transport
        return transport.get_write_buffer_size() if isinstance(transport, asyncio.WriteTransport) else 0

    def _hold(self, seconds: float) -> None:
        transport = self._transport
        if isinstance(transport, asyncio.ReadTransport) and transport.is_reading():
            transport.pause_reading()
            self._loop.call_later(seconds, self._resume)

    def _resume(self) -> None:
        transport = self._transport
        if isinstance(transport, asyncio.ReadTransport) and not transport.is_closing():
            transport.resume_reading()


class KioskChannel(SSHServerChannel[bytes]):
    """The channel of a session; it keeps no variable but those that matter."""

    def __init__(self, reception: Reception, *arguments: Any) -> None:
        """Make a channel whose refusals are told to the reception."""
        super().__init__(*arguments)
        self._reception = reception

    @property
    def has_ended(self) -> bool:
        """Whether the client has closed it; one that is being opened has not ended."""
        is_open = self._session is not None
        return self._close_event.is_set() or (is_open and self._recv_state in {"close_pending", "closed"})

    def process_open(self, send_chan: int, send_window: int, send_pktsize: int, session: Any) -> None:
        """Open, unless the client takes next to nothing at a time."""
        if send_pktsize < _LEAST_PACKET:
            self._reception.connection.refuse(Reason.SMALL_PACKETS)
        else:
            super().process_open(send_chan, send_window, send_pktsize, session)

    def _process_env_request(self, packet: SSHPacket) -> bool:
        name, value = packet.get_string(), packet.get_string()
        packet.check_end()
        try:
            taken = len(self._env) < MOST_VARIABLES and is_taken(name.decode("ascii"), value.decode("ascii"))
        except UnicodeDecodeError:
            taken = False
        if taken:
            self._env[name] = value
        else:
            self._reception.refused("variable", name[:40].decode("ascii", "replace"))
        return taken

    def _process_x11_req_request(self, packet: SSHPacket) -> bool:
        self._reception.refused("x11", "")
        return False

    def _process_auth_agent_req_at_openssh_dot_com_request(self, packet: SSHPacket) -> bool:  # type: ignore[override]
        self._reception.refused("agent", "")
        return False

    def _process_subsystem_request(self, packet: SSHPacket) -> bool:
        self._reception.refused("subsystem", packet.get_string()[:40].decode("ascii", "replace"))
        return False
