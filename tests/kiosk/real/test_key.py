"""A visitor who comes to a real kiosk with a key, by OpenSSH in a pseudo-terminal."""

import subprocess
from pathlib import Path

from tests.kiosk.openssh import ssh_command
from tests.kiosk.real.serving import Serving
from tests.programs import program
from tests.reader.running import CLAIMS, Terminal
from tests.readme import example


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


def test_who_trusts_the_authority_knows_the_host_by_its_certificate(tmp_path: Path) -> None:
    """As the manual has it; a host without the certificate is refused."""
    program("ssh")
    for name in ("authority", "host_key"):
        make = [program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)]
        subprocess.run(make, check=True, timeout=60)
    sign = example("fleet-certificate").replace("/etc/briefing", str(tmp_path)).replace("kiosk.example", "127.0.0.1")
    subprocess.run(["sh", "-c", sign], check=True, timeout=60)
    key = tmp_path / "host_key"
    certificate = (tmp_path / "host_key-cert.pub").rename(tmp_path / "certificate")
    trusted = f"@cert-authority * {(tmp_path / 'authority.pub').read_text(encoding='ascii')}"
    for settings, code in (({"host_certificate": str(certificate)}, 0), ({}, 255)):
        (tmp_path / "known").write_text(trusted, encoding="ascii")
        with Serving(tmp_path, host_key=str(key), **settings) as kiosk:
            command = ssh_command(tmp_path, kiosk.port, "kiosk", None, "--", "list")
            command[command.index("StrictHostKeyChecking=no")] = "StrictHostKeyChecking=yes"
            done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == code, done.stderr
        assert ("handbook" in done.stdout) == (code == 0)
