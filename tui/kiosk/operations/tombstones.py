"""The tombstones of forgotten visitors, in a file apart from their states.

A restored state, or one that another process was about to write, must not bring back a visitor whom the operator has
forgotten. So the file keeps, of each, a keyed hash of the key and the time. It names nobody: who reads it can only test
a fingerprint that they have already. The hash is of the name of the visitor's state, so that a restore can test states.
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


def state_name(fingerprint: str) -> str:
    """Return the name of a visitor's file. It does not tell the key."""
    return f"{hashlib.sha256(fingerprint.encode()).hexdigest()[:40]}.sqlite"


class TombstoneError(Exception):
    """The file cannot be read or written; the message is one line."""


class _Content(NamedTuple):
    """The content of the file at one time."""

    stamp: tuple[int, int, int]
    """Its inode, size and time."""
    times: Mapping[bytes, Mapping[str, float]]
    """The time of each hash, in seconds since the epoch, by the salt of the hashes. The last salt is in use."""
    length: int = 0
    """Bytes of the file."""


_EMPTY: Final = _Content((0, 0, 0), {})


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
        return self.time_of_state(state_name(fingerprint))

    def time_of_state(self, name: str) -> float:
        """Return the time at which a state was forgotten, by its name. 0 for never.

        Raises:
            TombstoneError: the file cannot be read.
        """
        sections = self._read().times.items()
        return max((times.get(_hash(salt, name), 0.0) for salt, times in sections if times), default=0.0)

    def add(self, fingerprint: str, at: float) -> None:
        """Record that a visitor was forgotten.

        Raises:
            TombstoneError: the file cannot be written.
        """
        times = self._read().times
        salt = [b"", *times][-1]
        head = [] if salt else [_salt_line(salt := secrets.token_bytes(_SALT_BYTES))]
        self._write([*head, _line(_hash(salt, state_name(fingerprint)), at)])

    def merge(self, others: "Tombstones") -> int:
        """Add the tombstones of another file. Return the number of new ones.

        Raises:
            TombstoneError: a file cannot be read, or this one not written.
        """
        ours, lines, number = self._read().times, list[str](), 0
        for salt, times in others._read().times.items():  # noqa: SLF001 - its own class
            known = ours.get(salt, {})
            new = [_line(name, at) for name, at in times.items() if at > known.get(name, 0.0)]
            lines += [_salt_line(salt), *new] if new else []
            number += len(new)
        if lines:
            self._write(lines)
        return number

    def _write(self, lines: list[str]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _append(self.path, self._read().length, "".join(f"{line}\n" for line in lines).encode("ascii"))
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
    sections: dict[bytes, dict[str, float]] = {}
    times: dict[str, float] | None = None
    for line in data.decode("ascii").splitlines():
        tombstone = json.loads(line)
        if times is None or "salt" in tombstone:
            salt = bytes.fromhex(tombstone["salt"])
            if len(salt) != _SALT_BYTES:
                raise ValueError(line)
            times = sections.pop(salt, {})
            sections[salt] = times
            continue
        name, at = str(tombstone["hash"]), float(tombstone["at"])
        if not 0 <= at < _LAST_TIME:
            raise ValueError(line)
        times[name] = max(at, times.get(name, 0.0))
    return _Content(stamp, sections, len(data))


def _salt_line(salt: bytes) -> str:
    return json.dumps({"salt": salt.hex()})


def _line(name: str, at: float) -> str:
    return json.dumps({"hash": name, "at": at})


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


def _hash(salt: bytes, name: str) -> str:
    return hmac.new(salt, name.encode(), hashlib.sha256).hexdigest()
