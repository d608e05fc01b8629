"""``python -m tests.fuzz input``, ``overlays`` or ``admin``: fuzz for as long as one likes."""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz import admin, inputs, overlays, terminals
from tests.reader.running import Terminal

_AT_ONCE = 10_000
_NOT_OURS = ("TMUX", "DISPLAY", "WAYLAND_DISPLAY", "VISUAL", "EDITOR")
"""Variables by which the reader under test would reach what is around it."""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _input(seed: int, number: int, through: int) -> None:
    began = time.monotonic()
    for first in range(0, number, _AT_ONCE):
        inputs.check(seed, range(first, min(number, first + _AT_ONCE)))
    _say(f"{number:,} sequences of seed {seed} at the input: {time.monotonic() - began:.0f} s, no fault")
    began = time.monotonic()
    if through:
        looked_at = terminals.through(Terminal, seed, through)
        took = time.monotonic() - began
        _say(f"{through:,} of the first {looked_at:,} through a real terminal: {took:.0f} s, no fault")


def _overlays(seed: int, number: int, folder: Path) -> None:
    began = time.monotonic()
    for run in range(number):
        asyncio.run(overlays.bear(folder, seed, run))
    _say(f"{number:,} runs of seed {seed} with bursts of keys: {time.monotonic() - began:.0f} s, no fault")


def _admin(seed: int, number: int, folder: Path) -> None:
    began = time.monotonic()
    done = asyncio.run(admin.check(folder, seed, number))
    _say(f"{number:,} requests of seed {seed}, {done:,} carried out: {time.monotonic() - began:.0f} s, no fault")


def main() -> int:
    """Fuzz; the first fault ends it and is named."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("what", choices=("input", "overlays", "admin"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, help="sequences (1,000,000), runs (200) or requests (10,000)")
    parser.add_argument("--through", type=int, default=10_000, help="sequences through a real terminal")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in _NOT_OURS:
            os.environ.pop(name, None)
        for name in "STATE", "CACHE", "CONFIG", "DATA":
            os.environ[f"XDG_{name}_HOME"] = folder
        try:
            if options.what == "input":
                _input(options.seed, options.number or 1_000_000, options.through)
            elif options.what == "admin":
                _admin(options.seed, options.number or 10_000, Path(folder))
            else:
                _overlays(options.seed, options.number or 200, Path(folder))
        except AssertionError as error:
            _say(str(error))
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
