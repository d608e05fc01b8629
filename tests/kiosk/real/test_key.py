"""A visitor who comes to a real kiosk with a key, by OpenSSH in a pseudo-terminal."""

import subprocess
from pathlib import Path

from tests.kiosk.openssh import ssh_command
from tests.kiosk.real.serving import Serving
from tests.programs import program
from tests.reader.running import CLAIMS, Terminal


def test_a_visitor_with_a_key_comes_in_again_and_finds_a_bookmark(tmp_path: Path) -> None:
    """A process that has started a reader still answers the next login by a key."""
    program("ssh")
    key = tmp_path / "key"
    make = [program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(key)]
    subprocess.run(make, check=True, timeout=60)
    with Serving(tmp_path, access="any-key") as kiosk:
        # A state that comes late is merged, so a bookmark is there however slow the machine is.
        for keys, shown in (("2jj*", (f"3/{CLAIMS}",)), ("B", ("Marks and bookmarks", "briefing · Claims"))):
            terminal = Terminal(command=ssh_command(tmp_path, kiosk.port, "handbook", key))
            try:
                terminal.until_shown("q quit")
                terminal.send(keys)
                terminal.until_shown(*shown)
                terminal.send("q")
                assert terminal.until_ended() == 0
            finally:
                terminal.close()
