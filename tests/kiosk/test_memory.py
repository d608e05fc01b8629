"""Giving memory back."""

import subprocess
import sys
from pathlib import Path

import pytest

from tui.kiosk.memory import ALLOCATION, give_back

CODE = """
from pathlib import Path
from tui.kiosk.counting import own_memory
from tui.kiosk.memory import give_back

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
    monkeypatch.setattr("ctypes.CDLL", lambda _name: object())
    give_back()
