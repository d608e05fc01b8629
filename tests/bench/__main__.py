"""``python -m tests.bench [NAME …] [--runs N] [--write] [--beside REVISION [--resume FILE]]`` from the top of the repository."""

import argparse
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.bench import (
    checking,
    commands,
    comparing,
    figures,
    holding,
    loading,
    memory,
    moving,
    search,
    starting,
    typing,
)
from tests.bench.bench import Bench
from tests.bench.figures import Row
from tests.bench.home import TOP
from tests.bench.terminal import BenchError


def _kiosk(bench: Bench) -> list[Row]:
    from tests.bench.kiosk import measuring

    return measuring.run(bench)


def _huge(bench: Bench) -> list[Row]:
    from tests.bench.kiosk import huge

    return huge.run(bench)


BENCHMARKS: Final[dict[str, Callable[[Bench], list[Row]]]] = {
    "start": starting.run,
    "commands": commands.run,
    "keys": moving.run,
    "memory": memory.run,
    "load": loading.run,
    "check": checking.run,
    "hold": holding.run,
    "search": search.run,
    "typing": typing.run,
    "kiosk": _kiosk,
    "huge": _huge,
}
TABLES: Final = {
    "bench": ("start", "commands", "keys", "memory", "load"),
    "bench-check": ("check",),
    "bench-hold": ("hold",),
    "bench-search": ("search", "typing"),
    "bench-kiosk": ("kiosk", "huge"),
}
"""The tables of the benchmarks' README by their markers, each with the benchmarks that it shows."""

_NOTES: Final = {
    "bench-hold": "One run of each.",
    "bench-kiosk": "One run; percentiles are p50/p95/p99, and the load generator has the same cores as the server.",
}


def main() -> int:
    """Run what was asked for and print the table."""
    options = _options()
    if options.beside:
        return comparing.run(options.beside, options.names or list(BENCHMARKS), options)
    try:
        rows = _rows(options)
    except BenchError as error:
        sys.stderr.write(f"\n{error}\n")
        return 1
    if options.figures:
        comparing.write(options.figures, [row for found in rows.values() for row in found])
    else:
        _print(rows, options)
    return 0


def _options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(BENCHMARKS)}; all where left out")
    parser.add_argument("--runs", type=int, default=10, metavar="N", help="how often each is measured (default: 10)")
    parser.add_argument(
        "--briefings", type=int, default=10_000, metavar="N", help="the large library (default: 10,000)"
    )
    parser.add_argument(
        "--passages", type=int, default=1_000_000, metavar="N", help="passages that are searched (default: 1,000,000)"
    )
    parser.add_argument(
        "--visits", type=int, default=100, metavar="N", help="visitors of the kiosk who read (default: 100)"
    )
    parser.add_argument(
        "--seconds", type=float, default=20.0, metavar="N", help="for how long they press keys (default: 20)"
    )
    parser.add_argument(
        "--beside", metavar="REVISION", help="run another revision in turns with this tree, and compare row by row"
    )
    parser.add_argument(
        "--resume",
        type=Path,
        metavar="FILE",
        help="take the runs that are done from the output of the same comparison, and go on behind them",
    )
    # For the runs of --beside, whose figures go to a file.
    parser.add_argument("--figures", type=Path, help=argparse.SUPPRESS)
    parser.add_argument(
        "--write", action="store_true", help="put into tests/bench/README.md each table whose benchmarks are all run"
    )
    options = parser.parse_args()
    if unknown := set(options.names) - BENCHMARKS.keys():
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; choose from {', '.join(BENCHMARKS)}")
    if options.resume and not (options.beside and options.resume.is_file()):
        parser.error("--resume goes with --beside, and names a file: the output of an earlier run")
    if options.write and options.runs < 10:
        parser.error("--write needs at least 10 runs")
    return options


def _print(rows: dict[str, list[Row]], options: argparse.Namespace) -> None:
    """Print the tables, and write them to tests/bench/README.md where that was asked for."""
    for marker, names in TABLES.items():
        if run := [row for name in names for row in rows.get(name, ())]:
            found = figures.table(run, _NOTES.get(marker, figures.in_turns(max(1, options.runs))))
            sys.stdout.write(f"{found}\n\n")
            if options.write and rows.keys() >= set(names):
                _write(marker, found)


def _rows(options: argparse.Namespace) -> dict[str, list[Row]]:
    """Run the benchmarks that were asked for."""
    with tempfile.TemporaryDirectory(prefix="briefing-bench-") as folder:
        bench = Bench(
            Path(folder),
            max(1, options.runs),
            max(1, options.briefings),
            max(1000, options.passages),
            max(2, options.visits),
            max(1.0, options.seconds),
            alone=options.figures is not None,
        )
        rows = {name: BENCHMARKS[name](bench) for name in options.names or BENCHMARKS}
        bench.say("done\n")
    return rows


def _write(marker: str, found: str) -> None:
    """Put a table between its markers in the benchmarks' README."""
    readme = TOP / "tests/bench/README.md"
    place = re.compile(rf"(?<=<!-- {marker} -->\n).*?(?=<!-- /{marker} -->)", re.DOTALL)
    text = readme.read_text(encoding="utf-8")
    readme.write_text(place.sub(lambda _match: f"\n{found}\n\n", text), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
