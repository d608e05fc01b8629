"""Giving memory back."""

import subprocess
import sys
from pathlib import Path

import pytest

from tui.kiosk.operations.processes import ALLOCATION, give_back, memory_kills

CODE = """
from pathlib import Path
from tui.kiosk.operations.processes import own_memory
from tui.kiosk.operations.processes import give_back

kept = []
before = own_memory()
texts = [str(number) * 300_000 for number in range(200)]
small = [[str(number)] for number in range(200_000)]
most = own_memory()
kept = texts[::100], small[::100_000]
del texts, small
give_back()
print((own_memory() - before) / (most - before))
"""


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="the system does not tell")
def test_what_was_freed_goes_back_to_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where something small of it stays."""
    for name, value in ALLOCATION.items():
        monkeypatch.setenv(name, value)
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True, timeout=60)
    assert float(done.stdout) < 0.15


def test_another_library_of_c_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[object] = []

    def load(_name: object) -> object:
        loaded.append(object())
        return loaded[-1]

    monkeypatch.setattr("ctypes.CDLL", load)
    give_back()
    assert len(loaded) <= 1


@pytest.mark.parametrize(
    ("group", "file", "told", "kills"),
    [
        (
            "0::/system.slice/a.service\n",
            "sys/fs/cgroup/system.slice/a.service/memory.events",
            "oom 3\noom_kill 2\n",
            2,
        ),
        ("4:memory:/in/a\n0::/\n", "sys/fs/cgroup/memory/in/a/memory.oom_control", "under_oom 0\noom_kill 5\n", 5),
        ("1:cpu:/\n0::/\n", "proc/vmstat", "nr_free_pages 7\noom_kill 4\n", 4),
        ("0::/\n", "sys/fs/cgroup/memory.events", "low 0\n", 0),
        ("", "else", "", 0),
    ],
)
def test_the_kernel_tells_how_many_it_has_ended_for_want_of_memory(
    tmp_path: Path, group: str, file: str, told: str, kills: int
) -> None:
    for name, text in (("proc/self/cgroup", group), (file, told)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert memory_kills(tmp_path) == kills
