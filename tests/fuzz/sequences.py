"""Sequences of a terminal, each made of a seed and a number: well formed ones with the keys they are, and garbage."""

import itertools
import random
from typing import Final, NamedTuple

from tests.reader.test_terminal_input import ANSWERS

RESET: Final = b"\x00\x1b[201~"
"""Ends whatever was begun: a control breaks a sequence, and the other ends a paste."""
RESET_KEY: Final = "ctrl+@"
KEYS: Final = {
    b"j": "j", b"K": "K", "é".encode(): "é", "日".encode(): "日", b"\x1b[A": "up", b"\x1b[1;5B": "ctrl+down", b"\x1b[5~": "pageup",
    b"\x1b[106u": "j", b"\x1b[97:65;2u": "A", b"\x1b[1;1:1B": "down", b"\x1bOP": "f1", b"\x9bC": "right", b"\x1bx": "escape x",
}  # fmt: skip
SILENT: Final = (
    *ANSWERS.values(), b"\x1b[1;1:3B", b"\x1b[106;1:3u", b"\x1b[99999999u", b"\x1b[55296u", b"\x1b[:7R", b"\x1b[<0;9999;9999M",
)  # fmt: skip
_PARTS: Final = (
    b"\x1b", b"\x1b[", b"\x1b]", b"\x1b]11;", b"\x1bP", b"\x1bO", b"\x1b_G", b"\x9b", b"\xc2\x9b", b"\x90", b"\x9d", b"\x1b\\",
    b"\x07", b"\x9c", b"\x1b[200~", b"\x1b[201~", b"\x1b[<", b"\x1b[M", b"\x1b[?", b"\x1b[48;", b";", b":", b"M", b"m", b"u",
    b"~", b"R", b"t", b"$y", b"c", b"n", b"0", b"1", b"99999999999", b"-1", b"rgb:", b"ff/", b"\xe9", b"\xf0\x9f", b"\xff",
    b"\xed\xa0\x80", b"\x00", b"\x18", b"\x7f",
)  # fmt: skip


class Sequence(NamedTuple):
    """What a terminal sends."""

    pieces: tuple[bytes, ...]
    """As it comes, piece by piece."""
    pauses: tuple[float, ...]
    """Seconds before each piece."""
    keys: tuple[str, ...] | None
    """The keys that it is; None for garbage."""

    @property
    def data(self) -> bytes:
        """All its bytes."""
        return b"".join(self.pieces)


def sequence(seed: int, number: int) -> Sequence:
    """Return a sequence; the same for the same seed and number."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 - nothing is hidden
    return _well_formed(chance) if chance.random() < 0.5 else _garbage(chance)


def _well_formed(chance: random.Random) -> Sequence:
    data, keys = b"", []
    for _ in range(chance.randint(1, 6)):
        if chance.random() < 0.5:
            data += chance.choice(SILENT)
        else:
            part, key = chance.choice(list(KEYS.items()))
            data += part
            keys += key.split()  # an unbound Alt and a letter are Escape and the letter
    return _cut(chance, data, 0.3, tuple(keys))


def _garbage(chance: random.Random) -> Sequence:
    data = b""
    for _ in range(chance.randint(1, 8)):
        kind = chance.random()
        if kind < 0.6:
            data += chance.choice(_PARTS)
        elif kind < 0.8:
            data += chance.randbytes(chance.randint(1, 4))
        elif kind < 0.98:
            whole = chance.choice(SILENT)
            at = chance.randrange(len(whole))
            data += whole[:at] + chance.randbytes(1) + whole[at + 1 :]
        else:
            data += bytes([chance.randrange(0x20, 0x7F)]) * chance.randint(100, 600)
    return _cut(chance, data, 2.0, None)


def _cut(chance: random.Random, data: bytes, longest: float, keys: tuple[str, ...] | None) -> Sequence:
    """Cut data into pieces, well formed data not behind an escape, which alone is a key of its own."""
    places = [at for at in range(1, len(data)) if keys is None or data[at - 1 : at] != b"\x1b"]
    cuts = sorted(chance.sample(places, min(len(places), chance.choice((0, 0, 1, 2, 5)))))
    ends = [0, *cuts, len(data)]
    pieces = tuple(data[one:other] for one, other in itertools.pairwise(ends))
    return Sequence(pieces, tuple(chance.choice((0.0, 0.0, chance.uniform(0, longest))) for _ in pieces), keys)
