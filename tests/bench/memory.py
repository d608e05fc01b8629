"""Memory at rest."""

import statistics
from pathlib import Path
from typing import Final

from tests.bench import figures
from tests.bench.bench import Bench
from tests.bench.figures import Row
from tests.bench.starting import Subject, bare_subject, library_subject

_REST: Final = 3.0
"""Seconds without output before memory is read."""
_MOST: Final = {"resident": 1.5, "its own (USS)": 1.25}
"""What may be in memory, by the times of the bare app's."""


def run(bench: Bench) -> list[Row]:
    """Measure both in turns: what is resident, and what of it is the process's own."""
    subjects = {"bare": bare_subject(bench), "ours": library_subject(bench, bench.briefings)}
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in subjects}
    for number in range(bench.runs):
        bench.say(f"memory: {number + 1} of {bench.runs}")
        for name in list(subjects) if number % 2 == 0 else reversed(subjects):
            found[name].append(_resting(subjects[name]))
    rows = []
    for place, (kind, most) in enumerate(_MOST.items()):
        ours, beside = ([pair[place] for pair in found[name]] for name in ("ours", "bare"))
        rows.append(
            Row(
                f"memory at rest, {kind}, library of {bench.briefings:,}",
                f"{statistics.median(ours):.1f} MiB",
                f"{statistics.median(beside):.1f} MiB (bare app)",
                figures.ratio(ours, beside),
                most,
                figure=statistics.median(ours),
            )
        )
    return rows


def _resting(subject: Subject) -> tuple[float, float]:
    with subject.begin() as terminal:
        terminal.wait_for(*subject.expected)
        terminal.settle(_REST)
        found = _rollup(terminal.pid)
        terminal.quit(b"q")
    return found["Rss"] / 1024, (found["Private_Clean"] + found["Private_Dirty"]) / 1024


def _rollup(pid: int) -> dict[str, int]:
    """Read the kernel's sums over all of a process's memory, in KiB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    return {name: int(value.split()[0]) for name, _, value in (line.partition(":") for line in lines)}
