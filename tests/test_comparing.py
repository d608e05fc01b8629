"""Comparing two revisions by their benchmarks."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.comparing import Compared, EndedError, Rounds, Side, compared, interruptible, kept, rounds, whole

_BENCHMARK = """\
#!{python}
import json, os, signal, sys, tempfile, time
from pathlib import Path

folder = sys.argv[sys.argv.index("--folder") + 1] if "--folder" in sys.argv else tempfile.mkdtemp(dir="made")
(Path(folder) / "watched").mkdir()
order = Path("../order").read_text().split() if Path("../order").exists() else []
if Path("../ends").exists() and len(order) == int(Path("../ends").read_text()):
    if len(order) % 2:
        os.kill(os.getppid(), signal.SIGTERM)
        time.sleep(10)
    sys.exit(1)
Path(sys.argv[sys.argv.index("--figures") + 1]).write_text(json.dumps([["a measure", float(len(order)), False]]))
with open("../order", "a") as file:
    file.write(Path.cwd().name + " ")
"""
"""A benchmark that expects an empty folder. Its figure is the number of runs before; some run fails, or is ended."""
_OPTIONS = argparse.Namespace(runs=3, briefings=1, passages=1, visits=1, seconds=1.0)
_TURNS = ["theirs", "ours", "ours", "theirs", "theirs", "ours"]


@pytest.fixture
def sides(tmp_path: Path) -> list[Side]:
    """Prepare both sides, measured by that benchmark."""
    return [_side(tmp_path, name) for name in ("theirs", "ours")]


def _side(folder: Path, name: str) -> Side:
    view, python = folder / name, folder / f"{name}.py"
    (view / "made").mkdir(parents=True)
    python.write_text(_BENCHMARK.format(python=sys.executable), encoding="utf-8")
    python.chmod(0o755)
    return Side(name, python, view, folder / f"{name}.json")


def test_benchmarks_that_expect_an_empty_folder_are_repeated(tmp_path: Path, sides: list[Side]) -> None:
    done: Rounds = {}
    rounds(sides, ["check"], _OPTIONS, "these", done)
    assert compared(done) == [Compared("a measure", [1.0, 2.0, 5.0], [0.0, 3.0, 4.0], more_is_better=False)]
    assert (tmp_path / "order").read_text(encoding="utf-8").split() == _TURNS


@pytest.mark.parametrize("ends", range(6))
def test_a_comparison_that_was_ended_goes_on_behind_its_output(
    tmp_path: Path, sides: list[Side], capsys: pytest.CaptureFixture[str], ends: int
) -> None:
    """Whichever run failed or was ended by a time limit. The rounds before have their medians."""
    (tmp_path / "ends").write_text(str(ends))
    with interruptible(), pytest.raises(EndedError if ends % 2 else subprocess.CalledProcessError):
        rounds(sides, ["check"], _OPTIONS, "these", {})
    (tmp_path / "ends").unlink()
    output = capsys.readouterr().out
    assert len(output.splitlines()) == ends, "each run is told as it comes"
    done = kept(["| measure | a table |", *output.splitlines(), '{"about": "the'], "these")
    assert whole(done) == list(range(ends // 2))
    assert [len(row.ours) for row in compared(done)] == [ends // 2] * (ends > 1)
    rounds(sides, ["check"], _OPTIONS, "these", done)
    assert (tmp_path / "order").read_text(encoding="utf-8").split() == _TURNS
    assert compared(done) == [Compared("a measure", [1.0, 2.0, 5.0], [0.0, 3.0, 4.0], more_is_better=False)]


def test_runs_of_another_comparison_do_not_count() -> None:
    line = json.dumps({"about": "others", "round": 0, "side": "ours", "rows": [["a measure", 1.0, False]]})
    assert kept([line], "these") == {}
    assert kept([line], "others") == {(0, "ours"): [("a measure", 1.0, False)]}
