"""Comparing two revisions by their benchmarks."""

import argparse
import sys
from pathlib import Path

from tests.bench.comparing import Side, rounds

_BENCHMARK = """\
#!{python}
import json, sys, tempfile
from pathlib import Path

folder = sys.argv[sys.argv.index("--folder") + 1] if "--folder" in sys.argv else tempfile.mkdtemp(dir="made")
(Path(folder) / "watched").mkdir()
Path(sys.argv[sys.argv.index("--figures") + 1]).write_text(json.dumps([["a measure", 1.0, False]]))
with open("../order", "a") as order:
    order.write(Path.cwd().name + " ")
"""
"""A benchmark that expects an empty folder."""


def _side(folder: Path, name: str) -> Side:
    view, python = folder / name, folder / f"{name}.py"
    (view / "made").mkdir(parents=True)
    python.write_text(_BENCHMARK.format(python=sys.executable), encoding="utf-8")
    python.chmod(0o755)
    return Side(name, python, view, folder / f"{name}.json")


def test_benchmarks_that_expect_an_empty_folder_are_repeated(tmp_path: Path) -> None:
    sides = [_side(tmp_path, name) for name in ("theirs", "ours")]
    options = argparse.Namespace(runs=3, briefings=1, passages=1, visits=1, seconds=1.0)
    found = rounds(sides, ["check"], options)
    assert found == {"theirs": [[("a measure", 1.0, False)]] * 3, "ours": [[("a measure", 1.0, False)]] * 3}
    assert (tmp_path / "order").read_text(encoding="utf-8").split() == [
        "theirs",
        "ours",
        "ours",
        "theirs",
        "theirs",
        "ours",
    ]
