"""What is installed is whole: the wheel in a clean environment, and the sdist."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel from the sdist, as a publisher does."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(TOP)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


def test_the_sdist_carries_everything(built: Path) -> None:
    """The sdist has the content, the tests and the pages beside the code."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {
        "content/handbook/briefing.toml",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "tests/conftest.py",
        "tui/cli/program.py",
    }
    assert wanted <= names


def test_the_wheel_carries_the_content(built: Path) -> None:
    """The wheel has the bundled briefings with their held texts, and no tests."""
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        names = set(archive.namelist())
    briefings = {f"tui/content/{path.parent.name}/briefing.toml" for path in TOP.glob("content/*/briefing.toml")}
    assert briefings <= names
    assert {"tui/py.typed", "tui/language/words/en.toml"} <= names
    assert any(name.startswith("tui/content/handbook/held/") for name in names)
    assert not {name for name in names if name.startswith("tests/")}


def test_the_wheel_runs_in_a_clean_environment(built: Path, tmp_path: Path) -> None:
    """The installed command lists and shows the bundled content, far from the source tree, as a user would run it."""
    home = tmp_path / "clean"
    venv.create(home, with_pip=True)
    python = home / "bin/python"
    wheel = next(built.glob("*.whl"))
    install: list[str | Path] = [python, "-m", "pip", "install", "-q", "-c", TOP / ".ci/constraints.txt", wheel]
    subprocess.run(install, check=True, capture_output=True, timeout=300)
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "COLUMNS": "80"}

    def run(*words: str | Path) -> str:
        done = subprocess.run(
            words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert (0, "") == (done.returncode, done.stderr)
        return done.stdout

    listed = run(home / "bin/briefing", "list")
    assert {"dprk-missiles", "handbook"} <= set(listed.splitlines())
    assert listed == run(python, "-m", "tui", "list")
    assert "C1" in run(home / "bin/briefing", "show", "handbook", "--pane", "claims")
    assert run(home / "bin/briefing", "--version").startswith("briefing 0.")
