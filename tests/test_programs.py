"""Real tests find the programs that they run in one place, which CI installs from."""

import re
import subprocess
import sys
import tomllib
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


def test_ci_runs_the_suite_once() -> None:
    """README's command is run, and what is left of the gate is run without the tests."""
    script = (TOP / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert [line for line in script if "$command" in line][-1].startswith("bash ")
    assert script[-2:] == [".ci/gate --static", ".ci/pythons"]


def _words(script: str, name: str) -> list[str]:
    """Return the words of an array of a shell script."""
    [words] = re.findall(rf"^{name}=\(([^)]*)\)", (TOP / script).read_text(encoding="utf-8"), re.MULTILINE)
    return str(words).split()


@pytest.mark.parametrize("part", ["fast", "counted", "slow"])
def test_the_parts_for_other_pythons_are_there(part: str) -> None:
    """A folder that was renamed would otherwise fail only where another Python is."""
    listed = _words(".ci/pythons", part)
    assert listed
    for file, _, test in (name.partition("::") for name in listed):
        assert (TOP / file).exists()
        assert not test or f"def {test}(" in (TOP / file).read_text(encoding="utf-8")


def test_every_other_python_runs_the_whole_fast_part() -> None:
    script = (TOP / ".ci/pythons").read_text(encoding="utf-8")
    assert script.count("fast=(") == 1
    assert '"${fast[@]}"' in script.partition("\nfor version in ")[2]


def test_each_python_that_is_promised_is_tested_and_no_other() -> None:
    """README's command tests on the oldest, and `.ci/pythons` on the others."""
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = re.findall(r"Python (3\.\d+) or later", readme)
    tested = oldest + sorted(_words(".ci/pythons", "others"))  # the newest is tested first
    assert project["requires-python"] == f">={oldest[0]}"
    assert tested == [name.rpartition(" ")[2] for name in project["classifiers"] if re.search(r":: 3\.\d+$", name)]
    assert f"Tested are {', '.join(tested[:-1])} and {tested[-1]}." in readme
