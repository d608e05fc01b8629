"""A running kiosk under its administrator's hand, with real clients."""

import json
import subprocess
import time
from pathlib import Path

from tests.kiosk.openssh import ssh_command
from tests.kiosk.real.serving import Serving
from tests.programs import program
from tests.reader.running import Terminal
from tui.kiosk.operations.ledger import FILE_NAME, Act, Ledger


def assert_restored(guest: Terminal) -> None:
    """Check that a client has left, and its terminal as it was."""
    assert guest.until_ended() == 1
    modes = guest.modes
    assert (b"l", b"l", b"h") == (modes[1049], modes[1000], modes[25])


def test_an_administrator_sees_tells_ends_forgets_and_blocks_visits(tmp_path: Path) -> None:
    program("ssh")
    key = tmp_path / "key"
    make = [program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(key)]
    subprocess.run(make, check=True, timeout=60)
    long_ago = Act(time.time() - 91 * 86_400, "SHA256:long-ago", "came")  # `audit_days` are 90
    Ledger(tmp_path / "state" / "briefing" / FILE_NAME).write([long_ago], [])
    with Serving(tmp_path, workers=2, access="any-key", audit=True, statistics=True) as kiosk:
        admin = kiosk.admin
        assert "Nobody is here.\n" == admin("who")
        guests: list[Terminal] = []
        try:
            for _ in range(2):  # one behind the other, so that their order is known
                guests.append(Terminal(command=ssh_command(tmp_path, kiosk.port, "handbook", key)))
                guests[-1].until_shown("q quit")
            visits = json.loads(admin("who", "--format", "json"))["visits"]
            assert [("127.0.0.1", "handbook", "handbook", "screen")] * 2 == [
                (one["address"], one["user"], one["briefing"], one["on"]) for one in visits
            ]
            assert "Shown on 2 screens.\n" == admin("say", "We close at noon.")
            for guest in guests:
                guest.until_shown("We close at noon.")
            admin("end", str(visits[0]["visit"]))
            guests[0].until_shown("The operator has ended your visit.")
            assert_restored(guests[0])
            kiosk.logged("left address=127.0.0.1 reason=ended")
            assert 2 == admin("audit", "--key", f"{key}.pub").count("opened  handbook")
            assert "2  handbook" in admin("statistics")
            [counted] = json.loads(admin("statistics", "--format", "json"))["rows"]
            assert {"day": counted["day"], "briefing": "handbook", "openings": 2} == counted
            table = f"day,briefing,openings\n{counted['day']},handbook,2\n"
            assert table == admin("statistics", "--format", "csv").replace("\r", "")
            assert "; 1 visit ended." in admin("forget", f"{key}.pub")
            guests[1].until_shown("has deleted what was kept of you")
            assert "Nothing is recorded of that time.\n" == admin("audit")
            assert "2  handbook" in admin("statistics")
            assert "0 visits ended" in admin("block", "127.0.0.0/8", "1h")
            refused = ssh_command(tmp_path, kiosk.port, "kiosk", key)
            assert 255 == subprocess.run(refused, check=False, timeout=60, capture_output=True).returncode
            admin("unblock", "127.0.0.0/8")
            assert "no setting has changed" in admin("reload")
            assert "is ending" in admin("drain")
            assert kiosk.process
            assert 0 == kiosk.process.wait(30)
            assert "no kiosk answers" in admin("who", code=1)
        finally:
            for guest in guests:
                guest.close()
    # Whatever the visits still had to write, nothing is left of the key.
    fingerprint = visits[0]["key"]
    assert fingerprint.startswith("SHA256:")
    assert not list((tmp_path / "state/briefing/visitors").glob("*"))
    kept = [path for folder in ("state", "data", "cache") for path in (tmp_path / folder).rglob("*") if path.is_file()]
    assert not [path for path in kept if fingerprint.encode() in path.read_bytes()]


def test_a_blocked_visitor_reads_why_and_has_the_terminal_back(tmp_path: Path) -> None:
    program("ssh")
    with Serving(tmp_path) as kiosk:
        guest = Terminal(command=ssh_command(tmp_path, kiosk.port, "handbook", None))
        try:
            guest.until_shown("q quit")
            assert "; 1 visit ended" in kiosk.admin("block", "127.0.0.1", "1h")
            guest.until_shown("Your address is blocked at present")
            assert_restored(guest)
            kiosk.logged("left address=127.0.0.1 reason=blocked")
        finally:
            guest.close()


def test_a_reload_that_applies_nothing_fails_and_says_why(tmp_path: Path) -> None:
    with Serving(tmp_path) as kiosk:
        right = dict(kiosk.settings)
        for wrong, why in (
            ({"rules": "nowhere.toml"}, "nowhere.toml: No such file"),
            ({"visits": 0}, "visits: is out of"),
        ):
            kiosk.settings = right | wrong
            kiosk.write_config()
            assert why in kiosk.admin("reload", code=1)
        kiosk.settings = right
        kiosk.write_config()
        assert "no setting has changed" in kiosk.admin("reload")
