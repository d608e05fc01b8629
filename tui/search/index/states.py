"""The states of indexed files, as numbers."""

from hashlib import blake2b


def state_of(path: str, stamp: str, held: str) -> int:
    """Hash a file and its state to 64 bits."""
    return int.from_bytes(_digest(f"{path}\0{stamp}\0{held}", 8))


def path_term(path: str) -> str:
    """Return the term of a file's record."""
    return f"path={_digest(path, 12).hex()}"


def _digest(text: str, size: int) -> bytes:
    return blake2b(text.encode(errors="surrogateescape"), digest_size=size).digest()
