"""``python -m tests.access --tries 100000``: seeded tries of ways, briefings and roles, and the time of `show`.

The tries may be made in parts: ``--first 50000 --tries 50000`` makes the second half of them.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.access.times import medians
from tests.access.ways import WAYS, try_one
from tests.access.world import HEADERS, ROLES, worlds
from tui.render.search_command import write_answer

_SAY_EVERY: Final = 10.0
"""Seconds from one line on the progress to the next."""


def main() -> int:
    """Make the tries, and print what differed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first try")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--calls", type=int, default=0, help="interleaved calls of show for a forbidden and an unknown id"
    )
    options = parser.parse_args()
    leaks, began = 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder, worlds(Path(folder), write_answer) as visitors:
        said = began
        for done, number in enumerate(range(options.first, options.first + options.tries)):
            if (now := time.monotonic()) >= said + _SAY_EVERY:
                said = now
                pace = done / (now - began)
                sys.stderr.write(f"{done:,} of {options.tries:,} tries, {pace:.0f} a second: {leaks} leaks\n")
            rng = random.Random(f"{options.seed} {number}")  # noqa: S311 - a test's
            groups = rng.choice(ROLES)
            if differs := try_one(visitors[groups], rng):
                leaks += 1
                sys.stdout.write(f"try {number} as {groups}: {differs}\n")
                sys.stdout.flush()
    seconds = time.monotonic() - began
    counted = f"{len(WAYS)} ways × {len(HEADERS)} briefings × {len(ROLES)} roles"
    made = f"{options.tries:,} tries from {options.first:,} on of {counted} with seed {options.seed}"
    sys.stdout.write(f"{made}: {leaks} leaks; {seconds:.0f} s\n")
    sys.stdout.flush()
    if options.calls:
        with tempfile.TemporaryDirectory() as folder:
            forbidden, unknown = medians(Path(folder), options.calls)
        told = f"{forbidden * 1000:.2f} ms forbidden, {unknown * 1000:.2f} ms unknown"
        sys.stdout.write(
            f"{options.calls:,} interleaved calls: {told}; they differ by {forbidden / unknown - 1:+.1%}\n"
        )
    return bool(leaks)


if __name__ == "__main__":
    sys.exit(main())
