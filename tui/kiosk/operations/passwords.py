"""Passwords, kept as hashes of scrypt (RFC 7914)."""

import base64
import hashlib
import hmac
import os
import re
from typing import Final

_COST: Final = (2**15, 8, 1)
"""N, r and p: 32 MiB and a tenth of a second, after OWASP's cheat sheet of 2024."""
_WRITTEN: Final = re.compile(r"scrypt\$(\d{1,7})\$(\d{1,3})\$(\d{1,3})\$([A-Za-z0-9+/=]{4,88})\$([A-Za-z0-9+/=]{4,88})")
_MOST_MEMORY: Final = 256 * 1024 * 1024
_LENGTH: Final = 32
LONGEST: Final = 1024
"""Bytes of a password that are looked at."""


def hashed(password: str) -> str:
    """Hash a password for the configuration."""
    salt = os.urandom(16)
    return "$".join(("scrypt", *map(str, _COST), _written(salt), _written(_derived(password, salt, *_COST))))


def is_hash(text: str) -> bool:
    """Whether a text is a hash of scrypt with affordable costs."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return False
    cost, block, parallel = (int(match[place]) for place in (1, 2, 3))
    salt, expected = (_read(match[place]) for place in (4, 5))
    is_cost = cost > 1 and cost & (cost - 1) == 0 and block > 0 and parallel > 0
    return bool(is_cost and 128 * block * (cost + parallel + 2) < _MOST_MEMORY and salt and len(expected) == _LENGTH)


def agrees(password: str, written: str) -> bool:
    """Return whether a password has this hash, in constant time."""
    match = _WRITTEN.fullmatch(written)
    if match is None or len(password.encode(errors="replace")) > LONGEST:
        return False
    cost, salt, expected = [int(match[place]) for place in (1, 2, 3)], _read(match[4]), _read(match[5])
    try:
        found = _derived(password, salt, *cost)
    except ValueError:  # costs that scrypt does not know, or that take too much memory
        return False
    return hmac.compare_digest(found, expected)


def _derived(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    data = password.encode(errors="surrogateescape")
    return hashlib.scrypt(data, salt=salt, n=cost, r=block, p=parallel, maxmem=_MOST_MEMORY, dklen=_LENGTH)


def _written(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _read(text: str) -> bytes:
    """Decode base64. Return nothing for any other text."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""
