"""Hooks in place of the private names of asyncssh.

The version is pinned, and a test fails when one of the names goes or changes its meaning. asyncssh leaves to its users
neither which variables of a client are kept nor by which method it logs in, and would make its own channels.
"""

import asyncio
from typing import Any, NamedTuple

from asyncssh import SSHKey, SSHServer
from asyncssh.channel import SSHServerChannel
from asyncssh.connection import SSHServerConnection, SSHServerConnectionOptions
from asyncssh.packet import SSHPacket
from asyncssh.public_key import CERT_TYPE_USER, SSHOpenSSHCertificate


class OfferedCertificate(NamedTuple):
    """A certificate whose signature was checked. Its type and time are right."""

    signing_key: SSHKey
    principals: tuple[str, ...]
    serial: int
    key_id: str
    begins: int
    """The first second of its time, since 1970."""
    ends: int
    """The first second behind its time."""
    networks: tuple[Any, ...]
    """The networks from which alone it holds; empty for any."""

    @classmethod
    def of(cls, cert: SSHOpenSSHCertificate) -> "OfferedCertificate":
        """Read a certificate of asyncssh."""
        private: Any = vars(cert)
        times = private["_valid_after"], private["_valid_before"]
        networks = tuple(private["options"].get("source-address") or ())
        return cls(cert.signing_key, tuple(cert.principals), private["_serial"], private["_key_id"], *times, networks)


class ServerConnection(SSHServerConnection):
    """A server's connection with hooks where asyncssh has none."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, options: SSHServerConnectionOptions, owner: SSHServer, packet_bytes: int
    ) -> None:
        """Receive a client.

        Args:
            loop: the loop.
            options: the options of the connection.
            owner: decides about it.
            packet_bytes: the most bytes of a packet that a session may take.
        """
        super().__init__(loop, options)
        self._protocol_factory = lambda: owner
        self._packet_bytes = packet_bytes

    @property
    def transport(self) -> Any:
        """The transport of the connection. None before it is made and after it is lost."""
        return self._transport

    # Hooks

    def login_tried(self, method: str) -> None:
        """Handle the method by which the client tries to log in."""

    def takes_certificate(self, key: SSHKey, certificate: "OfferedCertificate") -> bool:
        """Return whether a valid certificate of the client's key lets in."""
        return False

    def extra_ciphers(self, client: bytes) -> list[bytes]:
        """Return more ciphers to offer to a client of this version."""
        return []

    async def _finish_userauth(self, begin_auth: bool, method: bytes, packet: SSHPacket) -> None:
        self.login_tried(method[:40].decode("ascii", "replace"))
        await super()._finish_userauth(begin_auth, method, packet)

    async def _validate_openssh_certificate(self, username: str, cert: SSHOpenSSHCertificate) -> SSHKey | None:
        # asyncssh would take the name of the user for a principal, and names are wishes here.
        try:
            cert.validate(CERT_TYPE_USER, None)
        except ValueError:
            return None
        if not self.takes_certificate(cert.key, OfferedCertificate.of(cert)):
            return None
        self._cert_options = cert.options
        return cert.key

    def _send_kexinit(self) -> None:
        # The client's version is known by now, and the algorithms were not offered yet.
        more = [cipher for cipher in self.extra_ciphers(self._client_version) if cipher not in self._enc_algs]
        self._enc_algs = [*self._enc_algs, *more]
        super()._send_kexinit()

    def channel_arguments(self, window: int) -> tuple[Any, ...]:
        """Return the arguments of a session's channel with this window."""
        self._update_recv_pktlen(self._packet_bytes)
        return self, self._loop, True, False, False, 0, 0, None, "strict", window, self._packet_bytes


class ServerChannel(SSHServerChannel[bytes]):
    """The channel of a session with hooks where asyncssh has none."""

    @property
    def has_ended(self) -> bool:
        """Whether the client has closed the channel. One that is being opened has not ended."""
        is_open = self._session is not None
        return self._close_event.is_set() or (is_open and self._recv_state in {"close_pending", "closed"})

    # Hooks

    def takes_variable(self, name: str, value: str, number: int) -> bool:
        """Return whether to keep a variable, where so many were kept already."""
        return True

    def refused(self, kind: str, detail: str) -> None:
        """Handle a refusal of a request of the client."""

    def _process_env_request(self, packet: SSHPacket) -> bool:
        name, value = packet.get_string(), packet.get_string()
        packet.check_end()
        try:
            taken = self.takes_variable(name.decode("ascii"), value.decode("ascii"), len(self._env))
        except UnicodeDecodeError:
            taken = False
        if taken:
            self._env[name] = value
        else:
            self.refused("variable", name[:40].decode("ascii", "replace"))
        return taken

    def _process_x11_req_request(self, packet: SSHPacket) -> bool:
        self.refused("x11", "")
        return False

    def _process_auth_agent_req_at_openssh_dot_com_request(self, packet: SSHPacket) -> bool:  # type: ignore[override]  # asyncssh returns None, and reads any false value as no
        self.refused("agent", "")
        return False

    def _process_subsystem_request(self, packet: SSHPacket) -> bool:
        self.refused("subsystem", packet.get_string()[:40].decode("ascii", "replace"))
        return False
