"""Being a user whom permissions bind, also where the tests are run by root."""

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator

_DROPPED = (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: with these, no permission of a file counts."""
_VERSION = 0x20080522
_DROP_BOUND = 24
"""PR_CAPBSET_DROP: a program that is executed does not get them back."""


@contextlib.contextmanager
def bound_by_permissions() -> Iterator[None]:
    """Do without root's right to read and write everything, in this thread and those that it starts."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION, 0)
    before = (ctypes.c_uint32 * 6)()
    assert libc.capget(header, before) == 0
    without = (ctypes.c_uint32 * 6)(*before)
    for number in _DROPPED:
        without[0] &= ~(1 << number)
    assert libc.capset(header, without) == 0
    try:
        yield
    finally:
        assert libc.capset(header, before) == 0


def program(*words: object) -> list[str]:
    """Return the command that runs `briefing` as a user whom permissions bind."""
    return [sys.executable, "-m", "tests.unprivileged", *map(str, words)]


if __name__ == "__main__":
    if os.geteuid() == 0:
        for capability in _DROPPED:
            assert ctypes.CDLL(None).prctl(_DROP_BOUND, capability, 0, 0, 0) == 0
    os.execv(sys.executable, [sys.executable, "-m", "tui", *sys.argv[1:]])  # noqa: S606 -- our own program
