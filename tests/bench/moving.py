"""From a key to the last byte of the frame that it brings, while moving through entries."""

import os
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.bench import figures
from tests.bench.bench import Bench
from tests.bench.figures import Row
from tests.bench.home import Home, bare, briefing
from tests.bench.starting import LAST_HINT
from tests.bench.terminal import ROWS, Terminal

FEW: Final = 20
MANY: Final = 20_000
STEPS: Final = FEW - 1
"""Keys down from the top, and as many up from the end: so far can both briefings be gone through."""


@dataclass
class Times:
    """What came of moving one way."""

    keys: list[float] = field(default_factory=list)
    """Seconds from each key to the last byte of its frame."""
    cpu: list[float] = field(default_factory=list)
    """Seconds of CPU a key, once a run."""


@dataclass
class Mover:
    """A program in which one moves."""

    name: str
    home: Home
    command: Sequence[str]
    expected: str
    """What stands on its first frame."""
    opening: bytes
    """Keys that lead to where one moves."""
    top: Callable[[int], str]
    """What stands on the screen after so many keys down from the top."""
    end: Callable[[int], str]
    """What stands there after so many keys up from the end."""
    down: Times = field(default_factory=Times)
    up: Times = field(default_factory=Times)

    def run(self) -> None:
        """Start it, go down from the top, then up from the end."""
        self.home.renew()
        with self.home.open(self.command) as terminal:
            terminal.wait_for(lambda words: self.expected in words)
            terminal.settle(0.5)
            if self.opening:
                terminal.write(self.opening)
                terminal.wait_for(lambda words: self.top(0) in words)
                terminal.settle(0.5)
            _press(terminal, b"j", self.top, self.down)
            for key, awaited in ((b"g", self.top(0)), (b"G", self.end(0))):
                terminal.forget()
                terminal.write(key)
                terminal.wait_for(lambda words, awaited=awaited: awaited in words)  # type: ignore[misc]
                terminal.settle(0.5)
            _press(terminal, b"k", self.end, self.up)
            terminal.quit(b"q")


def _press(terminal: Terminal, key: bytes, expected: Callable[[int], str], times: Times) -> None:
    before = _cpu(terminal.pid)
    for step in range(1, STEPS + 1):
        awaited = expected(step)
        terminal.forget()
        pressed = terminal.write(key)
        terminal.wait_for(lambda words, awaited=awaited: awaited in words)  # type: ignore[misc]
        times.keys.append(terminal.settle() - pressed)
    times.cpu.append((_cpu(terminal.pid) - before) / STEPS)


def _cpu(pid: int) -> float:
    """Give the seconds of CPU that a process has used in all its threads."""
    values = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")


def _reader(bench: Bench, entries: int) -> Mover:
    content = bench.long_briefing(entries)
    home = bench.filled_home(f"moving-{entries}", content)
    command = briefing("--content", str(content), "trade")
    return Mover(
        f"{entries}", home, command, LAST_HINT, b"2",
        lambda step: f" {step + 1:,}/{entries:,} ", lambda step: f" {entries - step:,}/{entries:,} ",
    )  # fmt: skip


def _lines(bench: Bench, kind: str) -> Mover:
    # The line that comes into view: the lowest when going down, the uppermost when going up.
    return Mover(
        kind, bench.home("bare-lines"), bare("lines", kind, str(MANY)), f"line {ROWS} ", b"",
        lambda step: f"line {ROWS + step:,} ", lambda step: f"line {MANY - ROWS + 1 - step:,} ",
    )  # fmt: skip


def run(bench: Bench) -> list[Row]:
    """Measure moving in everything in turns."""
    few, many = _reader(bench, FEW), _reader(bench, MANY)
    lines = [_lines(bench, "api"), _lines(bench, "static")]
    movers = [few, many, *lines]
    for mover in movers:
        bench.say(f"keys: preparing {mover.name}")
        mover.run()
        mover.down, mover.up = Times(), Times()
    for number in range(bench.runs):
        bench.say(f"keys: {number + 1} of {bench.runs}")
        for mover in movers if number % 2 == 0 else reversed(movers):
            mover.run()
    rows = []
    for way, times in (("down from the top", _down), ("up from the end", _up)):
        fastest = min(lines, key=lambda mover: statistics.median(times(mover).keys))
        kind = "bare `ScrollView`" if fastest.name == "api" else "bare `Static`"
        for mover in (few, many):
            measure = f"key to repaint, {way}, {int(mover.name):,} entries"
            rows.append(_row(measure, times(mover), times(fastest), kind, 1.5))
            rows.append(_cpu_row(f"CPU a key, {way}, {int(mover.name):,} entries", times(mover), times(fastest), kind))
        rows.append(
            _row(f"key to repaint, {way}, {MANY:,} entries", times(many), times(few), f"{FEW} entries", 1.1, 0.9)
        )
    slower = max(lines, key=lambda mover: statistics.median(mover.down.keys))
    rows.append(Row(f"the slower bare app (`{slower.name}`), down", "", _key_text(slower.down)))
    return rows


def _down(mover: Mover) -> Times:
    return mover.down


def _up(mover: Mover) -> Times:
    return mover.up


def _row(measure: str, ours: Times, beside: Times, what: str, most: float, least: float = 0.0) -> Row:
    ratio = figures.ratio(ours.keys, beside.keys)
    return Row(measure, _key_text(ours), f"{_key_text(beside)} ({what})", ratio, most, least)


def _key_text(times: Times) -> str:
    return f"{statistics.median(times.keys) * 1000:.1f} ms, p95 {figures.percentile(times.keys, 95) * 1000:.1f}"


def _cpu_row(measure: str, ours: Times, beside: Times, what: str) -> Row:
    mine, other = statistics.mean(ours.cpu), statistics.mean(beside.cpu)
    return Row(measure, f"{mine * 1000:.1f} ms", f"{other * 1000:.1f} ms ({what})", mine / other)
