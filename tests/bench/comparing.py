"""Compare this tree with another revision: both run in turns, and each row gets a verdict.

Each revision is measured by its own benchmarks, which know its modules. One that is older than comparing is measured by
the benchmarks of the commit that began it.

A row fails only if it is worse by more than 5 % and by more than the interquartile range of the other revision's own runs.

The figures of each run are written as a line of JSON as soon as they are there. So the output of a comparison that was
ended is the beginning of the next one, which takes them from it.
"""

import argparse
import hashlib
import json
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
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
_OPTIONS: Final = ("briefings", "passages", "visits", "seconds")
"""The options that the runs take over."""

Figures = list[tuple[str, float, bool]]
"""The rows of one run: what is measured, the figure, and whether more is better."""
Rounds = dict[tuple[int, str], Figures]
"""Runs by the number of their round, counted from 0, and the name of their side."""


class EndedError(Exception):
    """A comparison was ended."""


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
    """Compare. Return 1 where a row fails, or where not all rounds came to their end."""
    about, runs = _about(revision, names, options), max(1, options.runs)
    done = kept(options.resume.read_text(encoding="utf-8").splitlines(), about) if options.resume else {}
    trouble = ""
    if len(whole(done)) < runs:
        try:
            with interruptible(), _sides(revision) as sides:
                rounds(sides, names, options, about, done)
        except (subprocess.SubprocessError, EndedError, KeyboardInterrupt) as error:
            trouble = f"{type(error).__name__} {error}".strip()
    rows = compared(done)
    sys.stdout.write(f"{table(rows, revision, len(whole(done)))}\n")
    if trouble:
        sys.stderr.write(f"\nEnded after {len(whole(done))} of {runs} rounds: {trouble}\n")
    return int(bool(trouble) or any(row.fails for row in rows))


def _about(revision: str, names: Sequence[str], options: argparse.Namespace) -> str:
    """Return what is compared. Runs of something else do not count."""
    changes = hashlib.sha256(_git("diff", "HEAD").encode()).hexdigest()[:8]
    sides = [
        _git("rev-parse", f"{revision}^{{commit}}").strip(),
        f"{_git('rev-parse', 'HEAD^{tree}').strip()}+{changes}",
    ]
    return " ".join([*sides, *names, *_passed(options)])


def kept(lines: Iterable[str], about: str) -> Rounds:
    """Read the runs of a comparison from the lines of an earlier output, the last of which may be cut."""
    done: Rounds = {}
    for line in lines:
        try:
            run = json.loads(line) if line.startswith('{"about": ') else {}
        except ValueError:
            continue
        if run.get("about") == about:
            done[run["round"], run["side"]] = [(measure, value, more) for measure, value, more in run["rows"]]
    return done


def whole(done: Rounds) -> list[int]:
    """Return the numbers of the rounds in which both sides were measured."""
    return sorted(number for number, side in done if side == "ours" and (number, "theirs") in done)


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise an error where a time limit ends the comparison, so that what is done is told and tidied up."""

    def end(*_: object) -> None:
        raise EndedError("by a time limit")

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _sides(revision: str) -> Iterator[tuple[Side, Side]]:
    """Install both revisions, for as long as they are measured."""
    with tempfile.TemporaryDirectory(prefix="briefing-beside-") as name:
        folder = Path(name)
        tree, first = folder / "tree", folder / "first"
        _git("worktree", "add", "--detach", str(tree), revision)
        _git("worktree", "add", "--detach", str(first), _FIRST)
        try:
            own = tree if (tree / "tests/bench/comparing.py").exists() else first
            yield _side("theirs", folder, tree, own), _side("ours", folder, TOP, TOP)
        finally:
            _git("worktree", "remove", "--force", str(tree))
            _git("worktree", "remove", "--force", str(first))


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


def rounds(sides: Sequence[Side], names: Sequence[str], options: argparse.Namespace, about: str, done: Rounds) -> None:
    """Run both sides in turns, forth and then back. Runs that are done are not repeated.

    Each run makes all that it measures anew: benchmarks of an older revision may not expect what a run has left.

    Args:
        sides: the revisions.
        names: the benchmarks.
        options: their options, with the number of rounds.
        about: what is compared, for the lines of the output.
        done: the runs that are known, to which each run is added.

    Raises:
        subprocess.SubprocessError, EndedError: a run failed, took too long, or was ended.
    """
    runs = max(1, options.runs)
    for number in range(runs):
        for side in sides if number % 2 == 0 else reversed(sides):
            if (number, side.name) in done:
                continue
            sys.stderr.write(f"\nround {number + 1} of {runs}: {side.name}\n")
            command: list[str | Path] = [side.python, "-m", "tests.bench", *names, "--runs", "1", *_passed(options)]
            subprocess.run([*command, "--figures", side.figures], cwd=side.view, check=True, timeout=_PATIENCE)
            rows = json.loads(side.figures.read_text(encoding="utf-8"))
            done[number, side.name] = [(measure, value, more) for measure, value, more in rows]
            line = json.dumps({"about": about, "round": number, "side": side.name, "rows": rows})
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


def _passed(options: argparse.Namespace) -> list[str]:
    return [word for name in _OPTIONS for word in (f"--{name}", str(getattr(options, name)))]


def compared(done: Rounds) -> list[Compared]:
    """Match the rows of both sides by what they measure, over the rounds that are whole."""
    values: dict[str, dict[str, list[float]]] = {"ours": {}, "theirs": {}}
    better: dict[str, bool] = {}
    for number in whole(done):
        for side, found in values.items():
            rows = done[number, side]
            for place, (measure, value, more) in enumerate(rows):
                name = f"{rows[place - 1][0]}: {measure}" if measure.startswith("the same") else measure
                found.setdefault(name, []).append(value)
                better[name] = more
    both = [name for name in values["ours"] if name in values["theirs"]]
    return [Compared(name, values["ours"][name], values["theirs"][name], better[name]) for name in both]


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=TOP, check=True, timeout=_PATIENCE, capture_output=True, text=True
    ).stdout
