"""A running kiosk under its administrator's hand, with real clients."""

import json
import subprocess
import sys
from pathlib import Path

from tests.kiosk.openssh import ssh_command
from tests.kiosk.real.serving import Serving
from tests.programs import program
from tests.reader.running import Terminal


def test_an_administrator_sees_tells_ends_and_blocks_visits(tmp_path: Path) -> None:
    program("ssh")
    with Serving(tmp_path, workers=2) as kiosk:

        def admin(*words: str, code: int = 0) -> str:
            command = [sys.executable, "-m", "tui", "kiosk", *words]
            done = subprocess.run(
                command, env=dict(kiosk.environment), cwd=kiosk.started_in, timeout=60, check=False, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            assert code == done.returncode, done.stdout
            return done.stdout

        assert "Nobody is here.\n" == admin("who")
        guests = [Terminal(command=ssh_command(tmp_path, kiosk.port, "handbook", None)) for _ in range(2)]
        try:
            for guest in guests:
                guest.until_shown("q quit")
            visits = json.loads(admin("who", "--format", "json"))["visits"]
            assert [("127.0.0.1", "handbook", "handbook", "screen")] * 2 == [
                (one["address"], one["user"], one["briefing"], one["on"]) for one in visits
            ]
            assert "Shown on 2 screens.\n" == admin("say", "We close at noon.")
            for guest in guests:
                guest.until_shown("We close at noon.")
            admin("end", str(visits[0]["visit"]))
            guests[0].until_shown("The operator has ended your visit.")
            assert "1 visit ended" in admin("block", "127.0.0.0/8", "1h")
            guests[1].until_shown("is blocked at present")
            refused = subprocess.run(
                ssh_command(tmp_path, kiosk.port, "kiosk", None),
                check=False,
                timeout=60,
                capture_output=True,
                text=True,
            )
            assert 255 == refused.returncode
            admin("unblock", "127.0.0.0/8")
            assert "no setting has changed" in admin("reload")
            assert "is ending" in admin("drain")
            assert kiosk.process
            assert 0 == kiosk.process.wait(30)
            assert "no kiosk answers" in admin("who", code=1)
        finally:
            for guest in guests:
                guest.close()
