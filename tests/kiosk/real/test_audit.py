"""ssh-audit's verdict on the algorithms that a real kiosk offers."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kiosk.real.serving import Serving


@pytest.mark.parametrize("classic", [True, False])
def test_no_failure_and_no_warning_but_for_the_classic_curve(tmp_path: Path, classic: bool) -> None:
    """Older clients need curve25519 alone; a setting turns off that too, and then nothing is left to warn of."""
    with Serving(tmp_path, classic_curve25519=classic, visits_a_minute=10_000) as kiosk:
        done = subprocess.run(
            [sys.executable, "-m", "ssh_audit", "-j", "--skip-rate-test", "-p", str(kiosk.port), "127.0.0.1"],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    failures = [
        (kind, each["algorithm"])
        for kind in ("kex", "key", "enc", "mac")
        for each in found[kind]
        if _notes(each, "fail")
    ]
    warned = {
        each["algorithm"] for kind in ("kex", "key", "enc", "mac") for each in found[kind] if _notes(each, "warn")
    }
    assert failures == []
    assert warned <= ({"curve25519-sha256", "curve25519-sha256@libssh.org"} if classic else set())
    assert {each["algorithm"] for each in found["kex"]} >= {"mlkem768x25519-sha256"}
    assert any("strict" in each["algorithm"] for each in found["kex"])
    assert not found["cves"]
    assert found["compression"] == ["none"]


def _notes(algorithm: dict[str, dict[str, list[str]]], kind: str) -> list[str]:
    return algorithm.get("notes", {}).get(kind, [])
