"""``python -m tests.fleet`` prints the bars of many hosts behind one address; it fails where one is missed."""

import argparse
import asyncio
import resource
import signal
import sys
import tempfile
from pathlib import Path

from tests.fleet.bars import Bar, bars, merging
from tests.fleet.scene import Plan


def _print(bar: Bar) -> bool:
    sys.stdout.write(f"{'met   ' if bar.is_met else 'MISSED'}  {bar.name:<16}  {bar.figure}\n")
    sys.stdout.flush()
    return bar.is_met


async def _measure(plan: Plan) -> bool:
    with tempfile.TemporaryDirectory(prefix="briefing-fleet-") as folder:
        return all([_print(bar) async for bar in bars(Path(folder), plan)])


def main() -> int:
    """Print a line for each bar."""
    parser = argparse.ArgumentParser(prog="python -m tests.fleet", description=__doc__)
    parser.add_argument(
        "--visits", type=int, default=300, help="visits on all hosts together; 0 for none of their bars"
    )
    parser.add_argument("--every", type=float, default=5.0, help="seconds from a visitor's key to the next")
    parser.add_argument(
        "--quiet", type=float, default=15.0, help="seconds for which keys are measured before and after"
    )
    parser.add_argument("--away", type=float, default=60.0, help="seconds for which the database is killed")
    parser.add_argument("--number", type=int, default=100_000, help="interleavings to merge")
    parser.add_argument("--seed", type=int, default=0, help="the first of them")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # all that runs is ended then, too
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    is_met = _print(merging(options.seed, options.number)) if options.number else True
    if options.visits:
        is_met &= asyncio.run(_measure(Plan(options.visits, options.every, options.quiet, options.away)))
    return not is_met


if __name__ == "__main__":
    sys.exit(main())
