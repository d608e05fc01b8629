"""``python -m tests.access --tries 100000``: seeded tries of ways, briefings and roles, and the time of `show`."""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.access.times import ratio
from tests.access.ways import WAYS, try_one
from tests.access.world import HEADERS, ROLES, worlds
from tui.render.search_command import write_answer


def main() -> int:
    """Make the tries, and print what differed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--calls", type=int, default=0, help="interleaved calls of show for a forbidden and an unknown id"
    )
    options = parser.parse_args()
    leaks, began = 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder, worlds(Path(folder), write_answer) as visitors:
        for number in range(options.tries):
            rng = random.Random(f"{options.seed} {number}")  # noqa: S311 - a test's
            groups = rng.choice(ROLES)
            if said := try_one(visitors[groups], rng):
                leaks += 1
                sys.stdout.write(f"try {number} as {groups}: {said}\n")
    seconds = time.monotonic() - began
    counted = f"{len(WAYS)} ways × {len(HEADERS)} briefings × {len(ROLES)} roles"
    sys.stdout.write(f"{options.tries:,} tries of {counted} with seed {options.seed}: {leaks} leaks; {seconds:.0f} s\n")
    if options.calls:
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(
                f"{options.calls:,} interleaved calls: medians differ by {ratio(Path(folder), options.calls):.1%}\n"
            )
    return bool(leaks)


if __name__ == "__main__":
    sys.exit(main())
