"""From the spawn of the process to the first full frame."""

import shutil
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tests.bench import figures
from tests.bench.bench import Bench
from tests.bench.figures import Row
from tests.bench.home import TOP, Home, bare, briefing
from tests.bench.terminal import BenchError, Terminal

BUNDLED: Final = "dprk-missiles"
LAST_HINT: Final = "q quit"
"""The end of the status line, which is the last row of a frame."""
_SOON: Final = 0.05
"""Seconds from the spawn to a key."""
_LINES: Final = 40
"""The line that the bare app shows last once it has scrolled by one."""
ONE_LINE: Final = "shows one line."


@dataclass(frozen=True, slots=True)
class Subject:
    """A program whose start is measured."""

    home: Home
    command: Sequence[str]
    expected: tuple[str, ...]
    """What stands on its first full frame."""
    cold: bool = False
    mute: bool = False
    """Whether the terminal answers no question."""

    def begin(self) -> Terminal:
        """Start it from the same state as every time."""
        self.home.renew(cold=self.cold)
        shutil.rmtree(self.home.cache / "briefing" / "frames", ignore_errors=True)
        return self.home.open(self.command, mute=self.mute)

    def prepare(self) -> None:
        """Run it twice unmeasured, so that bytecode, cache and state are there, and keep the state.

        The cache must hold the whole library already: what the reader compiles behind its first frame ends when it is
        left, and a start that still has it to do is not a warm one.
        """
        for _ in range(2):
            with self.begin() as terminal:
                terminal.wait_for(*self.expected)
                terminal.settle(0.5)
                terminal.quit(b"q")
        self.home.keep_state()

    def measure(self) -> float:
        """Give the seconds to the first full frame."""
        with self.begin() as terminal:
            seconds = terminal.wait_for(*self.expected) - terminal.started
            terminal.settle()
            terminal.quit(b"q")
        return seconds


@dataclass(frozen=True, slots=True)
class KeptSubject(Subject):
    """A reader that shows the frame of its last start."""

    def begin(self) -> Terminal:
        """Start it with the state that its last run left."""
        return self.home.open(self.command, mute=self.mute)

    def prepare(self) -> None:
        """Run it until a frame is kept that stays true."""
        for _ in range(3):
            self.measure()

    def measure(self) -> float:
        """Give the seconds to the first full frame, and wait until the next one is kept."""
        began = time.time()
        seconds = Subject.measure(self)
        until = time.monotonic() + 30
        while max((file.stat().st_mtime for file in self.home.cache.glob("briefing/frames/*x*")), default=0) < began:
            if time.monotonic() > until:
                raise BenchError("no frame was kept")
            time.sleep(0.02)
        time.sleep(0.1)
        return seconds


@dataclass(frozen=True, slots=True)
class KeySubject(KeptSubject):
    """A program in which a key is pressed before it is ready."""

    done: tuple[str, ...] = ()
    """What stands on the screen once the key has acted."""
    first: bytes = b""
    """The key that opens the page where it does so."""

    def prepare(self) -> None:
        """Open the page, and run it until a frame is kept that stays true."""
        with self.begin() as terminal:
            terminal.wait_for(*self.expected)
            terminal.write(self.first)
            terminal.settle(0.5)
            terminal.quit(b"q")
        KeptSubject.prepare(self)

    def measure(self) -> float:
        """Give the seconds to the effect of a key that is pressed soon after the spawn."""
        with self.begin() as terminal:
            time.sleep(max(0.0, terminal.started + _SOON - time.perf_counter()))
            terminal.write(b"j")
            seconds = terminal.wait_for(*self.done) - terminal.started
            terminal.write(b"k")
            terminal.settle()
            terminal.quit(b"q")
        time.sleep(0.5)  # the frame of the next start is kept meanwhile
        return seconds


def bare_subject(bench: Bench) -> Subject:
    """Give the bare app that shows one line."""
    return Subject(bench.home("bare"), bare("one_line"), (ONE_LINE,))


def library_subject(bench: Bench, number: int) -> Subject:
    """Give the reader on a library of so many briefings, its cache filled."""
    folder = bench.library(number)
    title = tomllib.loads((folder / "trade-00000" / "briefing.toml").read_text(encoding="utf-8"))["briefing"]["title"]
    home = bench.filled_home(f"library-{number}", folder)
    return Subject(home, briefing("--content", str(folder)), (title, LAST_HINT))


def run(bench: Bench) -> list[Row]:
    """Measure the start of everything in turns."""
    content = tomllib.loads((TOP / "content" / BUNDLED / "briefing.toml").read_text(encoding="utf-8"))
    expected = (" ".join(content["briefing"]["bluf"].split()[:4]), LAST_HINT)
    claims = len(content["claim"])
    command, most = briefing(BUNDLED), f"line {_LINES}"
    subjects = {
        "bare": bare_subject(bench),
        "bare, mute": replace(bare_subject(bench), mute=True),
        "mute": Subject(bench.filled_home("warm, mute"), command, expected, mute=True),
        "kept, mute": KeptSubject(bench.filled_home("kept, mute"), command, expected, mute=True),
        "bare key": KeySubject(bench.home("bare key"), bare("lines", "api", "900"), (), done=(most,)),
        "key": KeySubject(bench.filled_home("key"), command, expected, done=(f"2/{claims}",), first=b"2"),
        "warm": Subject(bench.filled_home("warm"), briefing(BUNDLED), expected),
        "kept": KeptSubject(bench.filled_home("kept"), briefing(BUNDLED), expected),
        "pass": Subject(bench.home("pass"), [sys.executable, "-c", "print('here')"], ("here",)),
        "cold": Subject(bench.home("cold"), briefing(BUNDLED), expected, cold=True),
        "one": library_subject(bench, 1),
        "many": library_subject(bench, bench.briefings),
    }
    for name, subject in subjects.items():
        bench.say(f"start: preparing {name}")
        subject.prepare()
    found = in_turns(bench, "start", {name: subject.measure for name, subject in subjects.items()})
    text = {name: figures.milliseconds(seconds) for name, seconds in found.items()}

    def row(measure: str, ours: str, beside: str, what: str, most: float | None) -> Row:
        return Row(measure, text[ours], f"{text[beside]} ({what})", figures.ratio(found[ours], found[beside]), most,
                   figure=statistics.median(found[ours]))  # fmt: skip

    return [
        row(f"first full frame of `{BUNDLED}`, kept by the last start", "kept", "bare", "bare app", 0.12),
        row("the same in a mute terminal", "kept, mute", "bare, mute", "bare app", 0.12),
        row("the same beside an interpreter that writes a word", "kept", "pass", "`python -c`", 2.0),
        row(
            f"effect of a key that was pressed at {_SOON * 1000:.0f} ms",
            "key",
            "bare key",
            "bare app that scrolls",
            1.15,
        ),
        row(f"first full frame of `{BUNDLED}`, nothing kept, warm cache", "warm", "bare", "bare app", 1.15),
        row("the same in a mute terminal", "mute", "bare, mute", "bare app", 1.15),
        row(f"first full frame of `{BUNDLED}`, cold cache", "cold", "bare", "bare app", 1.15),
        row(f"first full frame of a library of {bench.briefings:,}, warm", "many", "one", "library of 1", 1.05),
    ]


def in_turns(bench: Bench, name: str, measures: dict[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Measure everything in turns, forth and then back, so that nothing always comes after the same neighbour."""
    found: dict[str, list[float]] = {subject: [] for subject in measures}
    for number in range(bench.runs):
        bench.say(f"{name}: {number + 1} of {bench.runs}")
        for subject in list(measures) if number % 2 == 0 else reversed(measures):
            found[subject].append(measures[subject]())
    return found
