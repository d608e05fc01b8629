"""Work done in a child process while this one does something else."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tui.library.catalogue import Catalogue
from tui.library.child_process import ChildProcess
from tui.library.records_json import compiled_file_from_json

TOP = Path(__file__).parents[2]


def alone(code: str) -> str:
    """Run code in a process that has one thread, as a start has, and give what it wrote."""
    done = subprocess.run([sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, check=True, timeout=30)
    return done.stdout.strip()


def test_the_childs_text_arrives_whole() -> None:
    """A text longer than a pipe holds comes back as it was made, and was made elsewhere."""
    code = """
import os
from tui.library.child_process import ChildProcess
ahead = ChildProcess(lambda: "é" * 3_000_000 + str(os.getpid()))
text = ahead.take()
print(len(text.rstrip("0123456789")), text.lstrip("é") != str(os.getpid()), ahead.take())
"""
    assert "3000000 True None" == alone(code)


def test_work_that_fails_gives_nothing_and_says_nothing() -> None:
    """A child that raises or ends leaves the parent to do the work itself."""
    code = """
from tui.library.child_process import ChildProcess
print(ChildProcess(lambda: 1 / 0).take())
print(ChildProcess(lambda: exit(3)).take())
"""
    assert "None\nNone" == alone(code)


def test_nothing_is_begun_beside_other_threads() -> None:
    """A fork would cut other threads off in the middle of something."""
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    try:
        assert ChildProcess(lambda: "done").take() is None
    finally:
        waiting.set()
        thread.join()


def test_no_process_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system refuses a child, nothing is begun and nothing raised."""

    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert ChildProcess(lambda: "done").take() is None


def test_a_briefing_opened_ahead_is_the_same_and_is_kept(tmp_path: Path) -> None:
    """What the child compiles equals what this process would, and the next refresh puts it into the cache."""
    code = f"""
from pathlib import Path
from tui.library.catalogue import Catalogue
from tui.library.paths import bundled_content
cache = Path({str(tmp_path / "catalogue.sqlite")!r})
catalogue = Catalogue(cache, [bundled_content()], Path({str(tmp_path)!r}))
path = catalogue.find("handbook")
result = catalogue.open_ahead(path)()
import sys
print("pydantic" in sys.modules)
assert result.volume.edition == Catalogue(None, catalogue.roots, Path({str(tmp_path)!r})).open(path).volume.edition
assert catalogue.refresh() and not catalogue.refresh()
print(catalogue.open_ahead(path)().volume.edition == result.volume.edition)
"""
    assert "False\nTrue" == alone(code)


def test_a_broken_briefing_opened_ahead_has_its_problems(tmp_path: Path) -> None:
    """Problems come through the pipe as they are."""
    folder = tmp_path / "content/broken"
    folder.mkdir(parents=True)
    (folder / "briefing.toml").write_text("format = 2\n", encoding="utf-8")
    catalogue = Catalogue(None, [tmp_path / "content"], tmp_path)
    opened = catalogue._opened(folder / "briefing.toml")  # noqa: SLF001 -- what is sent through the pipe
    assert opened == compiled_file_from_json(opened.as_json())
    assert opened.problems == catalogue.open_ahead(folder / "briefing.toml")().problems
    catalogue.close()
