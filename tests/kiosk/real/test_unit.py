"""The printed unit for real: a Python, packages and content in a home run as a service that sees no home."""

import os
import re
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from tests.kiosk.openssh import ssh_command
from tests.programs import program

_RUNNER = Path(__file__).with_name("unit_runner.py")
_SECONDS = 120


def test_a_unit_runs_where_it_was_printed_for(tmp_path: Path) -> None:
    """It starts, shows its banner, lists and searches, though every home is empty but for what it binds."""
    for name in ("mount", "setpriv", "ssh", "unshare"):
        program(name)
    namespace = ["unshare", "--mount", "--propagation", "private"]
    if os.geteuid() or subprocess.run([*namespace, "true"], capture_output=True, check=False, timeout=60).returncode:
        pytest.skip("only root makes such a namespace, and not everywhere")
    places = [sys.base_prefix, sysconfig.get_path("purelib"), str(Path(__file__).parents[3])]
    log = tmp_path / "log"
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            [*namespace, sys.executable, _RUNNER, *places], stdout=subprocess.PIPE, stderr=errors, text=True
        ) as service,
    ):
        assert service.stdout
        try:
            said = next((line for line in service.stdout if line.startswith("ready at ")), "")
            ready = re.search(r"port (\d+)", said)
            assert ready, log.read_text(encoding="utf-8")
            until = time.monotonic() + _SECONDS
            command = ssh_command(tmp_path, int(ready[1]), "kiosk", None, "search", "swan")
            command[command.index("LogLevel=ERROR")] = "LogLevel=INFO"  # to be shown the banner
            while (done := subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)).returncode:
                assert time.monotonic() < until, f"{done}\n{log.read_text(encoding='utf-8')}"
            assert "in 1 briefing" in done.stdout
            assert "Welcome to the unit." in done.stderr
        finally:
            service.terminate()
            service.wait(30)
    assert "died" not in log.read_text(encoding="utf-8")
