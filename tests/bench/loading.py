"""Loading and validating a briefing, beside the standard library's parser alone on the same bytes."""

import statistics
import time
import tomllib
from collections.abc import Callable
from functools import partial

from tests.bench import figures
from tests.bench.bench import Bench
from tests.bench.figures import Row
from tests.bench.home import TOP
from tests.bench.moving import MANY
from tests.bench.starting import in_turns
from tests.bench.terminal import BenchError
from tui.briefing.loader import load_bytes


def run(bench: Bench) -> list[Row]:
    """Measure every bundled file and a long one in turns."""
    files = sorted((TOP / "content").glob("*/briefing.toml"))
    names = {f"`{file.parent.name}`": file.read_bytes() for file in files}
    names[f"{MANY:,} generated entries"] = (bench.long_briefing(MANY) / "trade" / "briefing.toml").read_bytes()
    rows = []
    for name, data in names.items():
        loaded = load_bytes(data, name)
        if loaded.briefing is None:
            raise BenchError(f"{name} does not load: {loaded.problems[0]}")
        entries = len(loaded.briefing.entries())
        works = {
            "ours": _timed(partial(load_bytes, data, name)),
            "tomllib": _timed(partial(tomllib.loads, data.decode())),
        }
        found = in_turns(bench, f"load {name}", works)
        ours, beside = found["ours"], found["tomllib"]
        rows.append(
            Row(
                f"load and validate {name}",
                _rates(ours, entries, len(data)),
                f"{_rates(beside, entries, len(data))} (`tomllib` alone)",
                figures.ratio(ours, beside),
                figure=statistics.median(ours) / entries,
            )
        )
    return rows


def _timed(work: Callable[[], object]) -> Callable[[], float]:
    def measure() -> float:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    return measure


def _rates(seconds: list[float], entries: int, size: int) -> str:
    median = statistics.median(seconds)
    return f"{entries / median:,.0f} entries/s, {size / median / 1e6:.1f} MB/s"
