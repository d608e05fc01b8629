"""The server's own key, and its fingerprints."""

import base64
import hashlib
import os
import shlex
from pathlib import Path
from typing import Final, NamedTuple

import asyncssh
from asyncssh.public_key import CERT_TYPE_HOST, SSHOpenSSHCertificate

from tui.briefing.files import UnreadableFileError, read_bounded

FILE_NAME: Final = "kiosk_host_ed25519"
# RFC 4255 and its successors: the number of the algorithm in an SSHFP record, and 2 for SHA-256.
_SSHFP: Final = {"ssh-ed25519": 4, "ssh-rsa": 1, "ssh-ed448": 6}
_ECDSA: Final = 3
_MOST_BYTES: Final = 1024 * 1024
_SIGN: Final = "write: ssh-keygen -s AUTHORITY -h -I NAME -n HOST KEY.pub"
_REFUSED: Final = {
    "Invalid certificate type": "is a certificate of a visitor",
    "Certificate not yet valid": "is not valid yet",
    "Certificate expired": "has expired",
}
"""The fault of a certificate, by asyncssh's message."""


class HostKeyError(Exception):
    """The key cannot be read or made; the message is one line."""


class HostKey(NamedTuple):
    """A key with its fingerprints."""

    path: Path
    fingerprint: str
    """As clients show it: SHA256:…"""
    sshfp: str
    """The record for DNS, without the name."""


def host_key(chosen: Path | None, data: Path) -> HostKey:
    """Read the operator's key, or the server's own key.

    Raises:
        HostKeyError: it cannot be read or made, or others can read it.
    """
    path = chosen or data / FILE_NAME
    try:
        if chosen is None and not path.exists():
            _make(path)
        mode = path.stat().st_mode
        text = read_bounded(path, _MOST_BYTES)
    except OSError as error:
        raise HostKeyError(f"{path}: {error.strerror or error}") from error
    except UnreadableFileError as error:
        raise HostKeyError(f"{path}: {error}") from error
    try:
        key = asyncssh.import_private_key(text)
    except (asyncssh.KeyEncryptionError, asyncssh.KeyImportError) as error:
        raise HostKeyError(f"{path}: {_not_private(path, text, str(error))}") from error
    if mode & 0o077:
        raise HostKeyError(f"{path}: others can read this private key; write: chmod 600 {shlex.quote(str(path))}")
    algorithm = key.get_algorithm()
    number = _SSHFP.get(algorithm, _ECDSA)
    digest = hashlib.sha256(key.public_data).hexdigest()
    return HostKey(path, fingerprint(key), f"SSHFP {number} 2 {digest}")


def certified(chosen: Path, key: Path) -> str:
    """Check the certificate of the host's key. Return the names for which it is valid now.

    Args:
        chosen: the file of the certificate.
        key: the file of the private key.

    Raises:
        HostKeyError: it cannot be read, or clients would refuse it.
    """
    try:
        certificate = asyncssh.import_certificate(read_bounded(chosen, _MOST_BYTES))
        if not isinstance(certificate, SSHOpenSSHCertificate):
            raise HostKeyError(f"{chosen}: is no certificate of OpenSSH; {_SIGN}")
        certificate.validate(CERT_TYPE_HOST, None)
    except OSError as error:
        raise HostKeyError(f"{chosen}: {error.strerror or error}") from error
    except UnreadableFileError as error:
        raise HostKeyError(f"{chosen}: {error}") from error
    except (asyncssh.KeyImportError, ValueError) as error:
        said = _REFUSED.get(str(error), "is no certificate")
        raise HostKeyError(f"{chosen}: {said}; {_SIGN}") from error
    if certificate.key.public_data != asyncssh.read_private_key(key).public_data:
        raise HostKeyError(f"{chosen}: is a certificate of another key than {key}; name the one of that key")
    return ", ".join(certificate.principals) or "any name"


def _not_private(path: Path, text: bytes, said: str) -> str:
    """Describe a file that is no private key, with a remedy."""
    if "passphrase" in said.lower() or "decrypt" in said.lower():
        return "is locked with a passphrase, which nobody could type; name a key without one"
    try:
        asyncssh.import_public_key(text)
    except asyncssh.KeyImportError:
        return f"is no private key ({said}); make one by: ssh-keygen -t ed25519"
    private = path.with_suffix("")
    meant = str(private) if path.suffix == ".pub" and private.exists() else "the private one"
    return f"is a public key; name {meant}"


def fingerprint(key: asyncssh.SSHKey) -> str:
    """Return a key's fingerprint as clients show it."""
    digest = hashlib.sha256(key.public_data).digest()
    return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


def _make(path: Path) -> None:
    """Create a key for its owner alone, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    text = asyncssh.generate_private_key("ssh-ed25519", comment="briefing kiosk").export_private_key()
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
    try:
        os.link(draft, path)  # fails where another start was faster; its key is used then
    except FileExistsError:
        pass
    finally:
        draft.unlink()
