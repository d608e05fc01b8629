"""Files that somebody laid into the folder in which the kiosk is started: none of them is ever imported."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.kiosk.openssh import ssh_command
from tests.kiosk.real.serving import Serving
from tui.kiosk.operations.processes import module_command, python_path

_PLANTED = "from pathlib import Path\nPath(__file__).with_suffix('.ran').touch()\nraise SystemExit('planted')\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with modules of the names that the kiosk imports."""
    found = tmp_path / "planted"
    (found / "tui").mkdir(parents=True)
    for name in ("asyncssh.py", "tantivy.py", "json.py", "tui/__init__.py"):
        (found / name).write_text(_PLANTED, encoding="utf-8")
    return found


def test_a_kiosk_serves_and_searches_beside_planted_modules(folder: Path, tmp_path: Path, sample_folder: Path) -> None:
    """The parent, its workers and their search processes leave the current folder alone."""
    serving = Serving(tmp_path, content=[str(sample_folder.parent)])
    script = Path(sys.executable).with_name("briefing")
    serving.program = [str(script)] if script.exists() else [sys.executable, "-P", "-m", "tui"]
    serving.started_in = folder
    with serving:
        command = ssh_command(tmp_path, serving.port, "kiosk", None, "search", "pond")
        until = time.monotonic() + 30  # for the index
        while (done := subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)).returncode:
            assert time.monotonic() < until, f"{done}\n{serving.log}"
        assert "pond" in done.stdout
    assert [] == sorted(folder.rglob("*.ran"))
    assert "died" not in serving.log


@pytest.mark.parametrize("words", [["-m", "tui", "list"], ["-m", "tui", "kiosk", "--print", "sample"]])
def test_the_module_leaves_planted_libraries_alone(folder: Path, words: Sequence[str]) -> None:
    """`python -m` puts the current folder first; what the program itself imports does not come from there."""
    (folder / "tui/__init__.py").unlink()
    (folder / "tui").rmdir()
    (folder / "json.py").unlink()  # Python itself reads this one before any line of ours
    for name in ("textual", "tomli", "pydantic"):
        (folder / f"{name}.py").write_text(_PLANTED, encoding="utf-8")
    done = subprocess.run([sys.executable, *words], cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert (0, "") == (done.returncode, done.stderr)
    assert [] == sorted(folder.rglob("*.ran"))


def test_children_get_whole_paths_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty entry would mean the current folder, and a relative one another folder at each place."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", "lib", "/opt/lib", ""]))
    assert [str(tmp_path / "lib"), "/opt/lib"] == python_path().split(os.pathsep)[:2]
    assert "-P" in module_command("tui")


def test_a_source_tree_that_is_not_installed_serves_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    top = str(Path(__file__).parents[3])
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setattr(sys, "path", [top, "/usr/lib/python3"])
    assert top == python_path()
    monkeypatch.setattr(sys, "path", [top, "/usr/lib/python3", top])
    assert not python_path()
