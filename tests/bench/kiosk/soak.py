"""Visits in a row: ``python -m tests.bench.kiosk.soak [VISITS]``; what they leave is to be nothing.

Four visitors at a time come, read and go; after each tenth it is quiet for some seconds, and the kiosk's memory, threads
and open files are told. 10,000 visits take about half an hour on two cores.
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.bench.bench import Bench
from tests.bench.kiosk.measuring import FIRST_FRAME, OPENING
from tests.bench.kiosk.servers import Generator, Kiosk

_TOGETHER: Final = 4
_QUIET: Final = 4.0
_STAGES: Final = 10
_MOST_GROWTH: Final = 1.15
"""From the second tenth, when everything that is made once is made, to the last."""


def main() -> int:
    """Run it; 1 where something grew."""
    visits = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    figures = []
    with tempfile.TemporaryDirectory(prefix="briefing-soak-") as folder:
        bench = Bench(Path(folder), 1, 1, 1000, _TOGETHER)
        with Kiosk(bench.filled_home("soak")) as server, Generator(server) as crowd:
            for stage in range(1, _STAGES + 1):
                crowd.ask(
                    "arrive", 3600, number=visits // _STAGES, expected=FIRST_FRAME, together=_TOGETHER, opening=OPENING,
                    stay=False,
                )  # fmt: skip
                time.sleep(_QUIET)
                figures.append((server.memory(), server.files(), server.threads()))
                memory, files, threads = figures[-1]
                done = visits // _STAGES * stage
                sys.stdout.write(f"{done:6,} visits: {memory:6.1f} MiB, {files} open files, {threads} threads\n")
                sys.stdout.flush()
    (memory, files, threads), last = figures[1], figures[-1]
    grew = last[0] > memory * _MOST_GROWTH or last[1] > files + 4 or last[2] > threads + 4
    sys.stdout.write("something grew\n" if grew else "nothing grew\n")
    return int(grew)


if __name__ == "__main__":
    sys.exit(main())
