"""`briefing check`: a long briefing beside loading it, and how soon a saved file is checked and shown again."""

import os
import select
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from tests.bench import figures
from tests.bench.bench import Bench
from tests.bench.figures import Goal, Row
from tests.bench.home import APPS, TOP, briefing
from tests.bench.starting import LAST_HINT, in_turns
from tests.bench.terminal import BenchError

ENTRIES: Final = 5_000
_PATIENCE: Final = 120.0
_RESTS: Final = 0.3
"""Seconds for which the program rests, as it does before a person saves."""
_SHOWN: Final = b"Ctrl+C ends it."
_OF_CHECK: Final = 0.3
"""What a save may take, by the times of a whole check."""


def run(bench: Bench) -> list[Row]:
    """Measure the command and its work on a long briefing, and a save of a usual and of the long one."""
    file = bench.long_briefing(ENTRIES) / "trade" / "briefing.toml"
    found = in_turns(
        bench,
        f"check {ENTRIES:,} entries",
        {
            "check": partial(_inside, "check", file),
            "load": partial(_inside, "load", file),
            "command": partial(_command, bench, file),
        },
    )
    seconds = statistics.median(found["command"])
    rows = [
        Row(
            f"`briefing check`, {ENTRIES:,} entries",
            figures.milliseconds(found["command"]),
            "",
            goal=Goal(seconds, 2, "s"),
        ),
        Row(
            "the same without start and imports, processor",
            figures.milliseconds(found["check"]),
            f"{figures.milliseconds(found['load'])} (loading it)",
            figures.ratio(found["check"], found["load"]),
            most=2.0,
            figure=statistics.median(found["check"]),
        ),
    ]
    usual = TOP / "content" / "dprk-missiles" / "briefing.toml"
    for name, source, bar in (("`dprk-missiles`", usual, 200.0), (f"{ENTRIES:,} entries", file, None)):
        waits = _saves(bench, name, source)
        median = statistics.median(waits) * 1000
        measure = f"`--watch`: from save to screen, {name}"
        if bar:
            rows.append(Row(measure, figures.milliseconds(waits), "", goal=Goal(median, bar, "ms")))
        else:
            rows.append(_beside_check(measure, waits, found["command"]))
    return [*rows, _beside_check(f"the reader: the same, {ENTRIES:,} entries", _reloads(bench, file), found["command"])]


def _beside_check(measure: str, waits: list[float], whole: list[float]) -> Row:
    beside = f"{figures.milliseconds(whole)} (`check` of it)"
    ratio = figures.ratio(waits, whole)
    return Row(measure, figures.milliseconds(waits), beside, ratio, _OF_CHECK, figure=statistics.median(waits) * 1000)


def _reloads(bench: Bench, source: Path) -> list[float]:
    """Save a briefing that is open in the reader, each time with another word on the screen, until it is shown."""
    file = bench.folder / "reloaded" / source.parent.name / source.name
    shutil.copytree(source.parent, file.parent)
    text = file.read_text(encoding="utf-8")
    home = bench.filled_home("reloaded", file.parents[1])
    found = []
    with home.open(briefing("--content", str(file.parents[1]), file.parent.name)) as terminal:
        terminal.wait_for(LAST_HINT)
        terminal.settle(_RESTS)
        terminal.write(b"2")
        for number in range(bench.runs):
            bench.say(f"reload: {number + 1} of {bench.runs}")
            # Each at another moment between two looks at the files.
            terminal.settle(_RESTS + number / bench.runs)
            terminal.forget()
            word = f"sturgeon{number}x"
            began = _save(file, text.replace('text = "', f'text = "{word} ', 1))
            found.append(terminal.wait_for(word) - began)
        terminal.quit(b"q")
    return found


def _inside(what: str, file: Path) -> float:
    command = [sys.executable, str(APPS / "check_beside_load.py"), what, str(file)]
    done = subprocess.run(
        command, cwd=TOP, capture_output=True, text=True, timeout=_PATIENCE, check=False, env=_paths()
    )
    if done.returncode:
        raise BenchError(f"{what} failed: {done.stderr.strip()}")
    return float(done.stdout)


def _paths() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(TOP)}


def _command(bench: Bench, file: Path) -> float:
    began = time.perf_counter()
    environment = bench.home("check").environment
    done = subprocess.run(
        briefing("check", str(file)), env=environment, stdout=subprocess.DEVNULL, timeout=_PATIENCE, check=False
    )
    seconds = time.perf_counter() - began
    if done.returncode not in {0, 1}:
        raise BenchError(f"briefing check left with {done.returncode}")
    return seconds


def _saves(bench: Bench, name: str, source: Path) -> list[float]:
    """Save a file again and again, each time with another line, and wait until what was found is shown."""
    folder = bench.folder / f"watched-{source.parent.name}-{len(source.read_bytes())}"
    shutil.copytree(source.parent, folder)
    file = folder / "briefing.toml"
    text = file.read_text(encoding="utf-8")
    command = briefing("check", str(file), "--watch")
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=bench.home("check").environment) as process:
        try:
            _wait(process)
            return [_one_save(bench, name, process, file, f"{text}# {number}\n") for number in range(bench.runs)]
        finally:
            process.terminate()


def _one_save(bench: Bench, name: str, process: "subprocess.Popen[bytes]", file: Path, text: str) -> float:
    bench.say(f"--watch, {name}")
    time.sleep(_RESTS)
    if process.stdout and select.select([process.stdout], [], [], 0)[0]:
        raise BenchError("briefing check --watch shows what nobody saved")
    began = _save(file, text)
    _wait(process)
    return time.perf_counter() - began


def _save(file: Path, text: str) -> float:
    """Save a file as editors do: one that is written in place is seen empty for a moment. Give the moment before."""
    new = file.with_suffix(".new")
    began = time.perf_counter()
    new.write_text(text, encoding="utf-8")
    new.replace(file)
    return began


def _wait(process: "subprocess.Popen[bytes]", clock: Callable[[], float] = time.monotonic) -> None:
    if process.stdout is None:
        raise BenchError("the output of briefing check is not read")
    end = clock() + _PATIENCE
    seen = b""
    while _SHOWN not in seen:
        ready, _, _ = select.select([process.stdout], [], [], max(0.0, end - clock()))
        read = os.read(process.stdout.fileno(), 1 << 16) if ready else b""
        if not read:
            raise BenchError("briefing check --watch shows nothing")
        seen = (seen + read)[-(1 << 17) :]
