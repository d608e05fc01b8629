"""Compare this tree with another revision: both run in turns, and each row gets a verdict.

Each revision is measured by its own benchmarks, which know its modules. One that is older than comparing is measured by
the benchmarks of the commit that began it.

A row fails only if it is worse by more than 5 % and by more than the interquartile range of the other revision's own runs.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from tests.bench import figures
from tests.bench.figures import Row
from tests.bench.home import TOP

_WORSE: Final = 0.05
_FIRST: Final = "5d8ef54"
"""The commit that began comparing."""
_PATIENCE: Final = 3600.0
"""Seconds for one run of one side."""


class Side(NamedTuple):
    """A revision with an environment of its own."""

    name: str
    python: Path
    view: Path
    """A folder with the benchmarks and the content of the revision; runs start there."""
    figures: Path
    """The file for the figures of a run."""


class Compared(NamedTuple):
    """One row of both revisions, over all rounds."""

    measure: str
    ours: list[float]
    theirs: list[float]
    more_is_better: bool

    @property
    def change(self) -> float:
        """The share by which ours is worse; negative where it is better."""
        ours, theirs = statistics.median(self.ours), statistics.median(self.theirs)
        if not theirs:
            return 0.0 if not ours else float("inf")
        return (theirs - ours if self.more_is_better else ours - theirs) / theirs

    @property
    def fails(self) -> bool:
        """Whether ours is worse by more than 5 % and by more than the other's own spread."""
        apart = abs(statistics.median(self.ours) - statistics.median(self.theirs))
        return self.change > _WORSE and apart > 2 * figures.spread(self.theirs)

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        middles = (f"{statistics.median(values):.4g}" for values in (self.theirs, self.ours))
        return (self.measure, *middles, f"{2 * figures.spread(self.theirs):.2g}", f"{self.change:+.1%}",
                "worse" if self.fails else "as good")  # fmt: skip


def write(file: Path, rows: Sequence[Row]) -> None:
    """Write the figures of one run for `run` to read."""
    kept = [(row.measure, row.value, row.more_is_better) for row in rows if row.value is not None]
    file.write_text(json.dumps(kept), encoding="utf-8")


def run(revision: str, names: Sequence[str], options: argparse.Namespace) -> int:
    """Compare; 1 where a row fails."""
    with tempfile.TemporaryDirectory(prefix="briefing-beside-") as name:
        folder = Path(name)
        tree, first = folder / "tree", folder / "first"
        _git("worktree", "add", "--detach", str(tree), revision)
        _git("worktree", "add", "--detach", str(first), _FIRST)
        try:
            own = tree if (tree / "tests/bench/comparing.py").exists() else first
            sides = (_side("theirs", folder, tree, own), _side("ours", folder, TOP, TOP))
            rows = _compared(rounds(sides, names, options))
        finally:
            _git("worktree", "remove", "--force", str(tree))
            _git("worktree", "remove", "--force", str(first))
    sys.stdout.write(f"{table(rows, revision, max(1, options.runs))}\n")
    return int(any(row.fails for row in rows))


def table(rows: Sequence[Compared], revision: str, runs: int) -> str:
    """Write the comparison as a Markdown table."""
    heading = ("measure", revision, "this tree", "its spread", "change", "")
    lines = [f"| {' | '.join(cells)} |" for cells in (heading, *(row.cells for row in rows))]
    lines.insert(1, f"|{'---|' * len(heading)}")
    note = f"Medians of {runs} interleaved runs of each; the spread is the interquartile range. {figures.machine()}"
    return "\n".join([*lines, "", note])


def _side(name: str, folder: Path, tree: Path, own: Path) -> Side:
    """Install a tree into an environment of its own, to be measured by the benchmarks of another or itself."""
    environment, view = folder / f"{name}-environment", folder / f"{name}-view"
    python = environment / "bin" / "python"
    sys.stderr.write(f"installing {name}\n")
    subprocess.run([sys.executable, "-m", "venv", environment], check=True, timeout=_PATIENCE)
    install: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "-q",
        "-c",
        tree / ".ci" / "constraints.txt",
        "-e",
        f"{tree}[dev]",
    ]
    subprocess.run(install, check=True, timeout=_PATIENCE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    view.mkdir()
    (view / "tests").symlink_to(own / "tests")
    (view / "content").symlink_to(tree / "content")
    return Side(name, python, view, folder / f"{name}.json")


def rounds(
    sides: Sequence[Side], names: Sequence[str], options: argparse.Namespace
) -> dict[str, list[list[tuple[str, float, bool]]]]:
    """Run both sides in turns, forth and then back.

    Each run makes all that it measures anew: benchmarks of an older revision may not expect what a run has left.
    """
    found: dict[str, list[list[tuple[str, float, bool]]]] = {side.name: [] for side in sides}
    passed = [
        word for name in ("briefings", "passages", "visits", "seconds")
        for word in (f"--{name}", str(getattr(options, name)))
    ]  # fmt: skip
    for number in range(max(1, options.runs)):
        for side in sides if number % 2 == 0 else reversed(sides):
            sys.stderr.write(f"\nround {number + 1} of {options.runs}: {side.name}\n")
            command: list[str | Path] = [side.python, "-m", "tests.bench", *names, "--runs", "1", *passed]
            command += ["--figures", side.figures]
            subprocess.run(command, cwd=side.view, check=True, timeout=_PATIENCE)
            found[side.name].append([tuple(row) for row in json.loads(side.figures.read_text(encoding="utf-8"))])
    return found


def _compared(found: dict[str, list[list[tuple[str, float, bool]]]]) -> list[Compared]:
    """Match the rows of both sides by what they measure."""
    values: dict[str, dict[str, list[float]]] = {side: {} for side in found}
    better: dict[str, bool] = {}
    for side, runs in found.items():
        for rows in runs:
            for place, (measure, value, more) in enumerate(rows):
                name = f"{rows[place - 1][0]}: {measure}" if measure.startswith("the same") else measure
                values[side].setdefault(name, []).append(value)
                better[name] = more
    both = [name for name in values["ours"] if name in values["theirs"]]
    return [Compared(name, values["ours"][name], values["theirs"][name], better[name]) for name in both]


def _git(*words: str) -> None:
    subprocess.run(["git", *words], cwd=TOP, check=True, timeout=_PATIENCE, capture_output=True)
