"""Visits in a row: ``python -m tests.bench.kiosk.soak [VISITS]``; what they leave is to be nothing.

Four visitors at a time come, read and go; after each tenth it is quiet for some seconds, and the kiosk's memory, threads,
open files and tasks are told. 10,000 visits take about half an hour on two cores.
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple

from prometheus_client.parser import text_string_to_metric_families

from tests.bench.bench import Bench
from tests.bench.kiosk.measuring import FIRST_FRAME, OPENING
from tests.bench.kiosk.servers import Generator, Kiosk, Server
from tests.kiosk.openssh import free_port
from tui.kiosk.operations.stats import fetch

_TOGETHER: Final = 4
_QUIET: Final = 6.0
"""Seconds; a worker tells its figures every 5."""
_PATIENCE: Final = 60.0
"""Seconds for a kiosk to come to rest: it starts readers for the next visitors, each of nearly 30 tasks, when it is quiet."""
_STAGES: Final = 10
_MOST_GROWTH: Final = 1.15
"""From the second tenth, when everything that is made once is made, to the last."""
_MORE: Final = 4
"""Files, threads or tasks more that may be there by chance: a look at the clock, a reader being started ahead."""


class Held(NamedTuple):
    """What a kiosk holds at one moment."""

    memory: float
    """MiB."""
    files: int
    threads: int
    tasks: int

    def __str__(self) -> str:
        """Say it."""
        return f"{self.memory:6.1f} MiB, {self.files} open files, {self.threads} threads, {self.tasks} tasks"

    def grew_from(self, before: "Held") -> bool:
        """Tell whether it is more than before."""
        counts = zip(self[1:], before[1:], strict=True)
        return self.memory > before.memory * _MOST_GROWTH or any(now > then + _MORE for now, then in counts)


def tasks_of(metrics_port: int) -> int:
    """Ask a kiosk how many tasks its workers have."""
    families = text_string_to_metric_families(fetch("127.0.0.1", metrics_port))
    samples = (sample for family in families for sample in family.samples)
    return int(sum(sample.value for sample in samples if sample.name == "briefing_kiosk_tasks"))


def tasks_at_rest(metrics_port: int) -> int:
    """Wait until the number of tasks stays the same, and give it."""
    until = time.monotonic() + _PATIENCE
    before, now = -1, tasks_of(metrics_port)
    while before != now and time.monotonic() < until:
        time.sleep(_QUIET)
        before, now = now, tasks_of(metrics_port)
    return now


def main() -> int:
    """Run it; 1 where something grew."""
    visits = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    port = free_port()
    figures = []
    with tempfile.TemporaryDirectory(prefix="briefing-soak-") as folder:
        bench = Bench(Path(folder), 1, 1, 1000, _TOGETHER)
        with Kiosk(bench.filled_home("soak"), metrics_port=port) as server, Generator(server) as crowd:
            for stage in range(1, _STAGES + 1):
                crowd.ask(
                    "arrive", 3600, number=visits // _STAGES, expected=FIRST_FRAME, together=_TOGETHER, opening=OPENING,
                    stay=False,
                )  # fmt: skip
                time.sleep(_QUIET)
                figures.append(_held(server, port))
                sys.stdout.write(f"{visits // _STAGES * stage:6,} visits: {figures[-1]}\n")
                sys.stdout.flush()
    grew = figures[-1].grew_from(figures[1])
    sys.stdout.write("something grew\n" if grew else "nothing grew\n")
    return int(grew)


def _held(server: Server, port: int) -> Held:
    tasks = tasks_at_rest(port)
    return Held(server.memory(), server.files(), server.threads(), tasks)


if __name__ == "__main__":
    sys.exit(main())
