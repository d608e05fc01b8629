"""From a letter that is typed to the screen that shows it, while what was typed before is still being looked for."""

import statistics
from collections.abc import Sequence
from typing import Final

from tests.bench import figures
from tests.bench.bench import Bench
from tests.bench.figures import Goal, Row
from tests.bench.home import Home, briefing
from tests.bench.moving import MANY
from tests.bench.starting import LAST_HINT

_BAR: Final = 50.0
"""Milliseconds in which the screen has to show a letter."""
_COMMON: Final = "that of the source"
"""Words that nearly every entry has, so that each letter brings a long search that the next one abandons."""
_SETTLED: Final = 0.3


def run(bench: Bench) -> list[Row]:
    """Type in a long briefing and over a large library."""
    long = bench.long_briefing(MANY)
    large = bench.library(bench.briefings)
    return [
        _row(
            bench,
            f"letter to repaint, / in {MANY:,} entries",
            bench.filled_home(f"moving-{MANY}", long),
            briefing("--content", str(long), "trade"),
            b"2/",
            "find here",
        ),
        _row(
            bench,
            f"letter to repaint, Ctrl+K over {bench.briefings:,} briefings",
            bench.filled_home(f"library-{bench.briefings}", large),
            briefing("--content", str(large)),
            b"\x0b",
            "words, “phrases”",
        ),
    ]


def _row(bench: Bench, measure: str, home: Home, command: Sequence[str], opening: bytes, expected: str) -> Row:
    seconds: list[float] = []
    home.keep_state()
    for number in range(bench.runs):
        bench.say(f"{measure}: {number + 1} of {bench.runs}")
        seconds += _typed(home, command, opening, expected, patience=600.0 if number == 0 else 30.0)
    longest = f"median {statistics.median(seconds) * 1000:.1f} ms, longest {max(seconds) * 1000:.1f} ms"
    percentile = figures.percentile(seconds, 95) * 1000
    return Row(measure, longest, "", goal=Goal(percentile, _BAR, "ms (p95)"))


def _typed(home: Home, command: Sequence[str], opening: bytes, expected: str, patience: float) -> list[float]:
    """Type letter by letter, each as soon as the one before is shown; give the seconds that each took."""
    home.renew()
    with home.open(command) as terminal:
        terminal.wait_for(LAST_HINT)
        terminal.settle(_SETTLED)
        terminal.write(opening)
        terminal.wait_for(expected)
        # In its first run the search over everything builds its index, and says so.
        terminal.settle(_SETTLED * 10, patience)
        found = []
        for length in range(1, len(_COMMON) + 1):
            terminal.forget()
            pressed = terminal.write(_COMMON[length - 1].encode())
            found.append(terminal.wait_for(_COMMON[:length].rstrip()) - pressed)
        terminal.settle(_SETTLED, patience)
        terminal.write(b"\x1b")
        terminal.settle(_SETTLED)
        terminal.quit(b"\x1bq")
    return found
