"""From the spawn of a short command to its end, beside an interpreter that does nothing."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

from tests.bench import figures
from tests.bench.bench import Bench
from tests.bench.figures import Row
from tests.bench.home import Home, briefing
from tests.bench.starting import in_turns

NOTHING = "python -c pass"
MOST = {"list": 3.0, "show handbook#pond-eleven": 3.5, "search swans": 5.0}
"""The commands, each with the times that it may take of the interpreter's."""


def run(bench: Bench) -> list[Row]:
    """Measure the commands in turns."""
    home = bench.filled_home("commands")
    words = {NOTHING: [sys.executable, "-c", "pass"], **{name: briefing(*name.split(" ")) for name in MOST}}
    measures: dict[str, Callable[[], float]] = {name: partial(_seconds, home, words[name]) for name in words}
    for measure in measures.values():
        measure()
    found = in_turns(bench, "commands", measures)
    text = {name: figures.milliseconds(seconds) for name, seconds in found.items()}
    return [
        Row(f"`briefing {name}`", text[name], f"{text[NOTHING]} (`{NOTHING}`)", figures.ratio(found[name], found[NOTHING]),
            most, figure=statistics.median(found[name]))
        for name, most in MOST.items()
    ]  # fmt: skip


def _seconds(home: Home, command: Sequence[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=home.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began
