"""The time of `show` for a forbidden and for an unknown id, over SSH."""

import asyncio
import statistics
import time
from pathlib import Path

import asyncssh

from tests.access.world import HEADERS, text_of
from tests.kiosk.real.serving import Serving

RULES = '[group.staff]\n[[rule]]\nbriefings = ["inlet"]\nreaders = ["staff"]\n'


def medians(folder: Path, calls: int) -> tuple[float, float]:
    """Return the median seconds of interleaved calls for a forbidden and for an unknown id."""
    for name in HEADERS:
        (folder / "content" / name).mkdir(parents=True)
        (folder / "content" / name / "briefing.toml").write_text(text_of(name), encoding="utf-8")
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")
    rules, content = str(folder / "rules.toml"), [str(folder / "content")]
    with Serving(folder, content=content, rules=rules, visits_a_minute=100_000) as kiosk:
        return asyncio.run(_measured(kiosk.port, calls))


async def _measured(port: int, calls: int) -> tuple[float, float]:
    times: dict[str, list[float]] = {"inlet": [], "inlex": []}
    async with asyncssh.connect("127.0.0.1", port, known_hosts=None, config=None, client_keys=None) as connection:
        for number in range(calls):
            for name in sorted(times, reverse=bool(number % 2)):  # so that neither has always the other before it
                began = time.perf_counter()
                await connection.run(f"show {name}")
                times[name].append(time.perf_counter() - began)
    forbidden, unknown = map(statistics.median, times.values())
    return forbidden, unknown
