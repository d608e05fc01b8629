"""The tombstones of forgotten visitors, in a file apart from their states.

A restored state, or one that another process was about to write, must not bring back a visitor whom the operator has
forgotten. So the file keeps, of each, a keyed hash of the key's fingerprint and the time. It names nobody: who reads it
can only test a fingerprint that they have already.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

FILE_NAME: Final = "kiosk_tombstones"
_MOST_BYTES: Final = 64 << 20
_SALT_BYTES: Final = 32
_LAST_TIME: Final = 1e15


class TombstoneError(Exception):
    """The file cannot be read or written; the message is one line."""


class _Content(NamedTuple):
    """The content of the file at one time."""

    stamp: tuple[int, int, int]
    """Its inode, size and time."""
    salt: bytes
    times: Mapping[str, float]
    """The time of each hash, in seconds since the epoch."""
    length: int = 0
    """Bytes of the file."""


_EMPTY: Final = _Content((0, 0, 0), b"", {})


class Tombstones:
    """Reads the file again after each change. Many processes share it; one writes."""

    def __init__(self, path: Path) -> None:
        """Use a file, which need not be there yet."""
        self.path = path
        self._content = _EMPTY

    def time_of(self, fingerprint: str) -> float:
        """Return the time at which a visitor was forgotten. 0 for never.

        Raises:
            TombstoneError: the file cannot be read.
        """
        content = self._read()
        return content.times.get(_hash(content.salt, fingerprint), 0.0) if content.times else 0.0

    def add(self, fingerprint: str, at: float) -> None:
        """Record that a visitor was forgotten.

        Raises:
            TombstoneError: the file cannot be written.
        """
        content = self._read()
        salt = content.salt or secrets.token_bytes(_SALT_BYTES)
        head = "" if content.salt else f"{json.dumps({'salt': salt.hex()})}\n"
        line = json.dumps({"hash": _hash(salt, fingerprint), "at": at})
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _append(self.path, content.length, f"{head}{line}\n".encode("ascii"))
        except OSError as error:
            raise TombstoneError(f"{self.path}: {error.strerror or error}") from error

    def _read(self) -> _Content:
        try:
            status = self.path.stat()
            stamp = (status.st_ino, status.st_size, status.st_mtime_ns)
            if stamp != self._content.stamp:
                with self.path.open("rb") as file:
                    self._content = _parsed(stamp, file.read(_MOST_BYTES))
        except FileNotFoundError:
            return _EMPTY
        except OSError as error:
            raise TombstoneError(f"{self.path}: {error.strerror or error}") from error
        except (ValueError, TypeError, KeyError) as error:
            raise TombstoneError(f"{self.path}: holds no tombstones; put back the file that the kiosk wrote") from error
        return self._content


def _parsed(stamp: tuple[int, int, int], data: bytes) -> _Content:
    """Parse the file. Of several tombstones of a visitor the last one counts.

    A last line without its end was cut off, so that others may be missing.

    Raises:
        ValueError, TypeError, KeyError: it is another file.
    """
    if not data.endswith(b"\n"):
        raise ValueError(data[-200:])
    head, *lines = data.decode("ascii").splitlines()
    salt = bytes.fromhex(json.loads(head)["salt"])
    if len(salt) != _SALT_BYTES:
        raise ValueError(head)
    times: dict[str, float] = {}
    for line in lines:
        tombstone = json.loads(line)
        name, at = str(tombstone["hash"]), float(tombstone["at"])
        if not 0 <= at < _LAST_TIME:
            raise ValueError(line)
        times[name] = max(at, times.get(name, 0.0))
    return _Content(stamp, salt, times, len(data))


def _append(path: Path, length: int, data: bytes) -> None:
    """Append data to a file, or leave it unchanged.

    Raises:
        OSError: the file cannot be written.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.ftruncate(descriptor, length)
        try:
            with os.fdopen(os.dup(descriptor), "wb") as file:
                file.seek(length)
                file.write(data)
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, length)
            raise
    finally:
        os.close(descriptor)


def _hash(salt: bytes, fingerprint: str) -> str:
    return hmac.new(salt, fingerprint.encode(), hashlib.sha256).hexdigest()
