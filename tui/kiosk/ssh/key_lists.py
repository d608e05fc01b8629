"""Lists of keys and authorities, in the form of OpenSSH's authorized_keys."""

import datetime as dt
import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, NamedTuple

import asyncssh

from tui.briefing.files import UnreadableFileError, read_bounded
from tui.kiosk.addresses import is_listed, parse_network
from tui.kiosk.ssh.host_keys import fingerprint
from tui.kiosk.ssh.proofs import Proof

_MOST_BYTES: Final = 16 * 1024 * 1024
_KEY: Final = re.compile(r"(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[^\s]+\s+[A-Za-z0-9+/=]+")
_OPTION: Final = re.compile(r'([\w-]+(?:@[\w.-]+)?)(?:="((?:[^"\\]|\\.)*)")?(,|\s+)')
_TIMES: Final = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}


class ListedKey(NamedTuple):
    """A line of a list."""

    name: str
    """The fingerprint."""
    is_authority: bool = False
    """Whether certificates of the key count, and not the key itself."""
    principals: frozenset[str] = frozenset()
    """The principals of which a certificate must have one; empty for any certificate."""
    expires: float | None = None
    """The second from which on the line does not count, since 1970."""
    addresses: tuple[str, ...] = ()
    """The patterns of addresses from which alone it counts; empty for any."""

    def admits(self, proof: Proof, now: float) -> bool:
        """Whether a proof is of this line, in seconds since 1970."""
        if (self.expires is not None and now >= self.expires) or not _is_from(proof.address, self.addresses):
            return False
        certificate = proof.certificate
        if not self.is_authority:
            return proof.key == self.name
        if certificate is None or self.name not in certificate.authority:
            return False
        return not self.principals or not self.principals.isdisjoint(certificate.principals)


class KeyList(NamedTuple):
    """A list of keys and authorities."""

    keys: tuple[ListedKey, ...] = ()

    def admits(self, proof: Proof, now: float) -> bool:
        """Whether a proof is of any line."""
        return bool(proof.key) and any(key.admits(proof, now) for key in self.keys)


def read_keys(path: Path) -> KeyList:
    """Read a list of keys.

    Raises:
        OSError: the file cannot be read.
        ValueError: a line is no key.
    """
    lines = data_of(path, "keys").decode("utf-8", "replace").splitlines()
    there = ((number, line.strip()) for number, line in enumerate(lines, 1))
    return KeyList(tuple(_read(line, f"{path}:{number}") for number, line in there if line and line[0] != "#"))


def data_of(path: Path, setting: str) -> bytes:
    """Return the bytes of a file that a setting names.

    Raises:
        OSError: there is no such file.
        ValueError: the file cannot be read.
    """
    path.stat()
    try:
        return read_bounded(path, _MOST_BYTES)
    except UnreadableFileError as error:
        raise ValueError(f"{setting} {path}: {error}") from None


def _read(line: str, place: str) -> ListedKey:
    options: dict[str, str] = {}
    at = 0
    while not _KEY.match(line, at):
        option = _OPTION.match(line, at)
        if option is None:
            raise ValueError(f"{place}: is no public key")
        options[option[1].lower()] = (option[2] or "").replace('\\"', '"')
        at = option.end()
    key = _KEY.match(line, at)
    try:
        name = fingerprint(asyncssh.import_public_key(key[0] if key else ""))
    except asyncssh.KeyImportError:
        raise ValueError(f"{place}: is no public key") from None
    named = (options.get(name, "").split(",") for name in ("principals", "from"))
    principals, addresses = (tuple(filter(None, map(str.strip, words))) for words in named)
    if principals and "cert-authority" not in options:
        raise ValueError(f"{place}: has principals without cert-authority; add it")
    expires = _moment(options["expiry-time"], place) if "expiry-time" in options else None
    return ListedKey(name, "cert-authority" in options, frozenset(principals), expires, addresses)


def _moment(text: str, place: str) -> float:
    """Return the second of an expiry time. Without a Z it is local."""
    digits = text.removesuffix("Z")
    try:
        moment = dt.datetime.strptime(digits, _TIMES[len(digits)])  # noqa: DTZ007 - the zone follows
    except (KeyError, ValueError):
        raise ValueError(f"{place}: expiry-time is no time; write it as 20261127 or 20261127090000Z") from None
    return (moment.replace(tzinfo=dt.UTC) if text.endswith("Z") else moment.astimezone()).timestamp()


def _is_from(address: str, patterns: tuple[str, ...]) -> bool:
    """Whether an address matches a pattern, and no excluded pattern."""
    wanted = [pattern for pattern in patterns if not pattern.startswith("!")]
    unwanted = [pattern[1:] for pattern in patterns if pattern.startswith("!")]
    is_wanted = not patterns or any(_matches(address, pattern) for pattern in wanted)
    return is_wanted and not any(_matches(address, pattern) for pattern in unwanted)


def _matches(address: str, pattern: str) -> bool:
    try:
        return is_listed(address, [parse_network(pattern)])
    except ValueError:
        return fnmatchcase(address, pattern)
