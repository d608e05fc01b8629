"""The command, run in this process or in one of its own."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tui.cli import main

TOP = Path(__file__).parents[2]


class Done(NamedTuple):
    """What came of running the command."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Give what runs the command in this process."""

    def run(*words: object) -> Done:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as left:
            code = int(left.code or 0)
        return Done(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def run_apart() -> Callable[..., Done]:
    """Give what runs the command in a process of its own, its output in pipes."""

    def run(*words: object) -> Done:
        command = [sys.executable, "-m", "tui", *map(str, words)]
        done = subprocess.run(command, cwd=TOP, capture_output=True, check=False, timeout=60)
        return Done(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))

    return run


@pytest.fixture
def shelf(tmp_path: Path, tiny: Callable[..., str]) -> Callable[..., Path]:
    """Give a maker of content folders: `shelf(name=text, …)`; a text of None stands for a small good briefing."""

    def make(**briefings: str | None) -> Path:
        root = tmp_path / "shelf"
        for name, text in briefings.items():
            folder = root / name.replace("_", "-")
            folder.mkdir(parents=True, exist_ok=True)
            written = tiny(id=folder.name) if text is None else text
            (folder / "briefing.toml").write_text(written, encoding="utf-8")
        return root

    return make
