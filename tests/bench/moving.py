"""From a key to the last byte of the frame that it brings, while moving through entries."""

import os
import re
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

_SETTLED: Final = 0.3
"""Seconds without output after which a page that was opened has come to rest."""
FEW: Final = 20
MANY: Final = 20_000
SQUARE: Final = 200
"""Claims, and sources, of the matrix."""
_BESIDE_PAGE: Final = (None, 1.2, None)
"""What a key may take of one in a page of entries: in who stands where, and in the matrix by rows and by columns."""
STEPS: Final = FEW - 1
"""Keys there, and as many back: so far can both briefings be gone through."""


@dataclass
class Mover:
    """A program in which one moves."""

    name: str
    home: Home
    command: Sequence[str]
    expected: str
    """What stands on its first frame."""
    opening: bytes
    """The keys that lead to where one moves."""
    last: int
    """The last place to which one can move; the first is 0."""
    seen: Callable[[int, bool], str]
    """What comes into view with a place, going up or not."""
    on: bytes = b"j"
    """The key that leads to the next place."""
    back: bytes = b"k"
    end: bytes = b"G"
    """The key that leads to the last place; empty where none does."""
    keys: list[float] = field(default_factory=list)
    """Seconds from each key to the last byte of its frame."""
    cpu: list[float] = field(default_factory=list)
    """Seconds of CPU a key, once a run."""

    def run(self, number: int) -> None:
        """Start it and go forth and back: from the top in even runs, from the end in odd ones."""
        self.home.renew()
        from_end = number % 2 == 1 and bool(self.end)
        there = range(1, STEPS + 1)
        way = [(self.last - step, True) if from_end else (step, False) for step in there]
        way += [(self.last - step + 1, False) if from_end else (step - 1, True) for step in reversed(there)]
        with self.home.open(self.command) as terminal:
            terminal.wait_for(self.expected)
            terminal.settle(_SETTLED)
            if self.opening:
                _go(terminal, self.opening, self.seen(0, True))
            if from_end:
                _go(terminal, self.end, self.seen(self.last, False))
            before = _cpu(terminal.pid)
            for place, up in way:
                terminal.forget()
                pressed = terminal.write(self.back if up else self.on)
                terminal.wait_for(self.seen(place, up))
                self.keys.append(terminal.settle() - pressed)
            self.cpu.append((_cpu(terminal.pid) - before) / len(way))
            terminal.quit(b"q")

    def prepare(self) -> None:
        """Go once, as a trial."""
        self.home.keep_state()  # an empty one: every run opens at the front page
        self.run(0)

    def forget(self) -> None:
        """Forget what was measured."""
        self.keys, self.cpu = [], []

    @property
    def text(self) -> str:
        """The median and the 95th percentile."""
        return f"{statistics.median(self.keys) * 1000:.1f} ms, p95 {figures.percentile(self.keys, 95) * 1000:.1f}"


def _go(terminal: Terminal, keys: bytes, expected: str) -> None:
    terminal.forget()
    terminal.write(keys)
    terminal.wait_for(expected)
    terminal.settle(_SETTLED)


def _cpu(pid: int) -> float:
    """Give the seconds of CPU that a process has used in all its threads."""
    values = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")


def _reader(bench: Bench, entries: int) -> Mover:
    content = bench.long_briefing(entries)
    home = bench.filled_home(f"moving-{entries}", content)
    command = briefing("--content", str(content), "trade")
    name = f"{entries:,} entries"
    return Mover(name, home, command, LAST_HINT, b"2", entries - 1, lambda place, _up: f" {place + 1:,}/{entries:,} ")


def _matrix(bench: Bench) -> tuple[Mover, ...]:
    """Give who stands where, and its grid, gone through by rows and by columns."""
    content = bench.long_briefing(SQUARE, SQUARE)
    # A home each: what the one leaves behind would open the other elsewhere.
    homes = [bench.filled_home(f"matrix-{way}", content) for way in ("table", "rows", "columns")]
    command = briefing("--content", str(content), "trade")
    name = f"matrix of {SQUARE} × {SQUARE}"
    table, rows = (
        Mover(said, home, command, LAST_HINT, keys, SQUARE - 1, lambda at, _up: f" {at + 1}/{SQUARE} ")
        for said, home, keys in ((f"who stands where, {SQUARE}", homes[0], b"M"), (f"{name}, rows", homes[1], b"MM"))
    )
    # Sources that no claim cites have no column.
    cited = re.findall(r'source = "source-(\d+)"', (content / "trade" / "briefing.toml").read_text(encoding="utf-8"))
    numbers = sorted({int(number) + 1 for number in cited})
    across = Mover(
        f"{name}, columns", homes[2], command, LAST_HINT, b"MMl", len(numbers) - 1,
        lambda at, _up: f", no. {numbers[at]} ",
        on=b"l", back=b"h", end=b"",
    )  # fmt: skip
    return table, rows, across


def _lines(bench: Bench, kind: str, name: str) -> Mover:
    def seen(place: int, up: bool) -> str:
        # Going down the lowest line comes into view, going up the uppermost one.
        return f"line {place + (1 if up else ROWS):,} "

    home = bench.home(f"bare-{kind}")
    return Mover(name, home, bare("lines", kind, str(MANY)), f"line {ROWS} ", b"", MANY - ROWS, seen)


def run(bench: Bench) -> list[Row]:
    """Measure moving in turns: in few entries, in many, and in the faster of the bare apps."""
    few, many = _reader(bench, FEW), _reader(bench, MANY)
    views = _matrix(bench)
    lines = [_lines(bench, "api", "bare `ScrollView`"), _lines(bench, "static", "bare `Static`")]
    for mover in (few, many, *views, *lines):
        bench.say(f"keys: a trial of {mover.name}")
        mover.prepare()
    faster, slower = sorted(lines, key=lambda mover: statistics.median(mover.keys))
    trial = Row("the other bare app, in its trial only", "", f"{slower.text} ({slower.name})")
    movers = (few, many, *views, faster)
    for mover in movers:
        mover.forget()
    for number in range(bench.runs):
        bench.say(f"keys: {number + 1} of {bench.runs}")
        for mover in movers if number % 4 < 2 else reversed(movers):
            mover.run(number)
    rows = [_row(f"key to repaint, {ours.name}", ours, faster, 1.5) for ours in (few, many, *views)]
    rows.append(_row(f"key to repaint, {many.name}", many, few, 1.1, 0.9))
    rows += [
        _beside(f"key to repaint, {ours.name}", ours, few, most) for ours, most in zip(views, _BESIDE_PAGE, strict=True)
    ]
    rows += [_cpu_row(ours, faster) for ours in (few, many, *views)]
    return [*rows, trial]


def _row(measure: str, ours: Mover, beside: Mover, most: float, least: float = 0.0) -> Row:
    ratio = figures.ratio(ours.keys, beside.keys)
    return Row(
        measure, ours.text, f"{beside.text} ({beside.name})", ratio, most, least, figure=statistics.median(ours.keys)
    )


def _beside(measure: str, ours: Mover, beside: Mover, most: float | None) -> Row:
    ratio = figures.ratio(ours.keys, beside.keys)
    return Row(measure, ours.text, f"{beside.text} (page of {beside.name})", ratio, most)


def _cpu_row(ours: Mover, beside: Mover) -> Row:
    mine, other = statistics.median(ours.cpu), statistics.median(beside.cpu)
    measure = f"CPU a key, {ours.name}"
    return Row(measure, f"{mine * 1000:.1f} ms", f"{other * 1000:.1f} ms ({beside.name})", mine / other, figure=mine)
