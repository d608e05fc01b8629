"""Revoked keys and certificates, from a text or from OpenSSH's KRL (PROTOCOL.krl)."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import asyncssh
from asyncssh.packet import PacketDecodeError, SSHPacket

from tui.kiosk.ssh.key_lists import data_of
from tui.kiosk.ssh.proofs import Certificate, Proof, key_names, sha1_name

_DIGEST: Final = re.compile("(?:SHA256:)?([A-Za-z0-9+/]{43})=?")
_MAGIC: Final = b"SSHKRL\n\0"


@dataclass
class OfAuthority:
    """The revoked certificates of one authority, or of all."""

    authority: str = ""
    """The fingerprint; empty for all."""
    serials: list[tuple[int, int]] = field(default_factory=list)
    """The first and the last of each range."""
    key_ids: set[str] = field(default_factory=set)

    def has(self, certificate: Certificate) -> bool:
        """Whether a certificate is revoked."""
        if self.authority and self.authority not in certificate.authority:
            return False
        by_serial = any(first <= certificate.serial <= last for first, last in self.serials)
        return by_serial or certificate.key_id in self.key_ids


@dataclass
class Revocations:
    """A list of revoked keys and certificates."""

    keys: set[str] = field(default_factory=set)
    """The names of keys, as `key_names` returns them."""
    certificates: list[OfAuthority] = field(default_factory=list)

    def has(self, proof: Proof) -> bool:
        """Whether a key, a certificate or its authority is revoked."""
        certificate = proof.certificate
        if not self.keys.isdisjoint(proof.names):
            return True
        if certificate is None:
            return False
        return not self.keys.isdisjoint(certificate.authority) or any(one.has(certificate) for one in self.certificates)


def read_revocations(path: Path) -> Revocations:
    """Read a list of either form.

    Raises:
        OSError: there is no such file.
        ValueError: the file cannot be read.
    """
    data = data_of(path, "revoked")
    if not data.startswith(_MAGIC):
        return _of_text(data.decode("utf-8", "replace"), path)
    try:
        return _of_krl(SSHPacket(data))
    except (PacketDecodeError, UnicodeDecodeError, ValueError) as error:
        raise ValueError(f"revoked {path}: is a damaged KRL ({error}); write it again with ssh-keygen -k") from None


def _sha256_name(digest: bytes) -> str:
    return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


_NAMES: Final[Mapping[int, Callable[[bytes], str]]] = {
    2: lambda blob: _sha256_name(hashlib.sha256(blob).digest()), 3: sha1_name, 5: _sha256_name,
}  # fmt: skip
"""The name of a key for each section of keys: whole, by SHA-1, and by SHA-256."""
_CERTIFICATES: Final = 1
_SIGNATURE: Final = 4


def _of_krl(packet: SSHPacket) -> Revocations:
    found = Revocations()
    packet.get_bytes(len(_MAGIC))
    if (version := packet.get_uint32()) != 1:
        raise ValueError(f"its version {version} is unknown")
    for _ in ("version of the list", "date", "flags"):
        packet.get_uint64()
    for _ in ("reserved", "comment"):
        packet.get_string()
    while packet:
        kind, section = packet.get_byte(), packet.get_string()
        if kind in _NAMES:
            found.keys |= set(map(_NAMES[kind], _strings(section)))
        elif kind == _CERTIFICATES:
            found.certificates.append(_certificates(SSHPacket(section)))
        elif kind != _SIGNATURE:
            raise ValueError(f"its section {kind} is unknown")
    return found


def _certificates(packet: SSHPacket) -> OfAuthority:
    key = packet.get_string()
    found = OfAuthority(_sha256_name(hashlib.sha256(key).digest()) if key else "")
    packet.get_string()
    while packet:
        kind, data = packet.get_byte(), packet.get_string()
        part = SSHPacket(data)
        match kind:
            case 0x20:
                while part:
                    serial = part.get_uint64()
                    found.serials.append((serial, serial))
            case 0x21:
                found.serials.append((part.get_uint64(), part.get_uint64()))
            case 0x22:
                offset, bits = part.get_uint64(), part.get_mpint()
                serials = (offset + bit for bit in range(bits.bit_length()) if bits >> bit & 1)
                found.serials += [(serial, serial) for serial in serials]
            case 0x23:
                found.key_ids |= {name.decode() for name in _strings(data)}
            case _:
                raise ValueError(f"its part {kind} is unknown")
    return found


def _strings(data: bytes) -> Iterator[bytes]:
    packet = SSHPacket(data)
    while packet:
        yield packet.get_string()


def _of_text(text: str, path: Path) -> Revocations:
    found, certificates = Revocations(), OfAuthority()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, _, value = (part.strip() for part in line.partition(":"))
        try:
            match key.lower():
                case "serial":
                    first, dash, last = value.partition("-")
                    certificates.serials.append((int(first, 0), int(last if dash else first, 0)))
                case "id" if value:
                    certificates.key_ids.add(value)
                case "hash" | "sha256" if digest := _DIGEST.fullmatch(value):
                    found.keys.add(f"SHA256:{digest[1]}")
                case _:
                    found.keys |= key_names(asyncssh.import_public_key(value if key == "key" else line.strip()))
        except (ValueError, asyncssh.KeyImportError):
            remedy = "write a public key, or serial: 3, serial: 3-9, id: NAME or hash: SHA256:…"
            raise ValueError(f"revoked {path}:{number}: is nothing that can be revoked; {remedy}") from None
    found.certificates.append(certificates)
    return found
