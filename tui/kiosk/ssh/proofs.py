"""The proof of a login: a key, a certificate or a password."""

import hashlib
from typing import Any, NamedTuple

import asyncssh

from tui.kiosk.ssh.host_keys import fingerprint


class Certificate(NamedTuple):
    """A certificate of OpenSSH, whose signature was checked."""

    authority: frozenset[str]
    """The names of the key that signed it, as `key_names` returns them."""
    principals: tuple[str, ...]
    serial: int
    key_id: str
    begins: int
    """The first second of its time, since 1970."""
    ends: int
    """The first second behind its time."""
    networks: tuple[Any, ...] = ()
    """The networks from which alone it holds; empty for any."""


class Proof(NamedTuple):
    """The things that a visitor proved to have or to know."""

    key: str = ""
    """The fingerprint of the key."""
    names: frozenset[str] = frozenset()
    """All names of the key, for lists of revoked keys."""
    certificate: Certificate | None = None
    passwords: frozenset[str] = frozenset()
    """The hashes whose password was given."""
    address: str = ""
    """The visitor's address, since a key may be limited to some."""


NOTHING = Proof()


def key_names(key: asyncssh.SSHKey) -> frozenset[str]:
    """Return the names of a key: its fingerprints by SHA-256 and SHA-1."""
    return frozenset({fingerprint(key), sha1_name(hashlib.sha1(key.public_data).digest())})  # noqa: S324 - as KRLs name keys


def sha1_name(digest: bytes) -> str:
    """Return the name of a key by its SHA-1."""
    return f"SHA1:{digest.hex()}"
