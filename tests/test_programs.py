"""Real tests find the programs that they run in one place, which CI installs from."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import programs

TOP = Path(__file__).parent.parent
LOOKS_ITSELF = re.compile(r"(shutil\.|[ =(])which\(|skip\(.*\bis not installed")


def test_a_program_that_is_there() -> None:
    assert Path(programs.program("bash")).is_file()


def test_a_missing_program_skips_its_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv(programs.REQUIRED, raising=False)
    with pytest.raises(pytest.skip.Exception, match="tmux is not installed"):
        programs.program("tmux")


def test_in_ci_a_missing_program_fails_its_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv(programs.REQUIRED, "1")
    with pytest.raises(pytest.fail.Exception, match="tmux is not installed"):
        programs.program("tmux")


def test_ci_installs_the_packages_of_missing_programs() -> None:
    """The command that `.ci/run` reads needs nothing but Python, and names every package where no program is found."""
    code = "import os, runpy; os.environ['PATH'] = ''; runpy.run_module('tests.programs', run_name='__main__')"
    known = f"import shutil; shutil.which = lambda *_a, **_k: None; {code}"
    done = subprocess.run([sys.executable, "-S", "-c", known], cwd=TOP, capture_output=True, text=True, check=True)
    assert done.stdout.split() == sorted(set(programs.PACKAGES.values()))
    script = (TOP / ".ci/run").read_text(encoding="utf-8")
    assert "python3 -m tests.programs" in script
    assert f"export {programs.REQUIRED}=1" in script


def test_no_test_looks_for_a_program_itself() -> None:
    """A test that skipped by itself would be skipped in CI too, and nobody be told."""
    here = {Path(__file__).resolve(), (TOP / "tests/programs.py").resolve()}
    files = [path for path in (TOP / "tests").rglob("*.py") if "bench" not in path.parts and path.resolve() not in here]
    assert [] == [
        f"{path.relative_to(TOP)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if LOOKS_ITSELF.search(line)
    ]


def test_ci_runs_the_suite_once_with_its_coverage() -> None:
    """README's command is run with coverage, and what is left of the gate is run without the tests."""
    script = (TOP / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert [line for line in script if "$command" in line][-1].startswith('PYTEST_ADDOPTS="--cov ')
    assert script[-2:] == [".ci/gate --static", ".ci/pythons"]


def test_the_fast_part_for_other_pythons_is_there() -> None:
    """A folder that was renamed would otherwise fail only where another Python is."""
    listed = re.search(r"\nfast=\((.*?)\n\)", (TOP / ".ci/pythons").read_text(encoding="utf-8"), re.DOTALL)
    assert listed is not None
    assert listed[1].split()
    assert [] == [name for name in listed[1].split() if not (TOP / name).exists()]
