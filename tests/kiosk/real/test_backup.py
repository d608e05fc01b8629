"""Backup of a running kiosk, and its restore onto another host, by real clients."""

import subprocess
from pathlib import Path

from tests.kiosk.openssh import ssh_command
from tests.kiosk.real.serving import Serving
from tests.programs import program
from tests.reader.running import CLAIMS, Terminal

BOOKMARKED = ("Marks and bookmarks", "briefing · Claims")


def visit(folder: Path, kiosk: Serving, name: str, keys: str, *shown: str) -> str:
    """Come with a key, press keys until some words are shown, and leave; return the screen."""
    terminal = Terminal(command=ssh_command(folder, kiosk.port, "handbook", folder / name))
    try:
        terminal.until_shown("q quit")
        terminal.send(keys)
        terminal.until_shown(*shown)
        screen = terminal.text
        terminal.send("q")
        assert terminal.until_ended() == 0
    finally:
        terminal.close()
    return screen


def test_a_backup_of_a_running_kiosk_is_restored_onto_another_host(tmp_path: Path) -> None:
    program("ssh")
    for name in ("ann", "bob"):
        make = [program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)]
        subprocess.run(make, check=True, timeout=60)
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    old, new = (Serving(tmp_path / name, access="any-key", audit=True) for name in ("old", "new"))
    backup, tombstones = tmp_path / "backup", old.folder / "data/briefing/kiosk_tombstones"
    with old:
        for name in ("ann", "bob"):
            visit(tmp_path, old, name, "2jj*", f"3/{CLAIMS}")
        said = old.admin("backup", backup)
        assert f"Wrote {backup}: 2 states" in said
        assert str(tombstones) in said
        old.admin("forget", f"{tmp_path / 'ann'}.pub")
    assert "--tombstones" in new.admin("restore", backup, code=2)
    with new:
        said = new.admin("restore", backup, "--tombstones", tombstones, code=1)
        assert "a kiosk, a backup or a restore is using these states" in said
    said = new.admin("restore", backup, "--tombstones", tombstones, "--replace")
    assert "restored states=1 forgotten=1" in said
    assert "tombstones=given" in said
    with new:
        new.logged("restored states=1 forgotten=1 acts=.* tombstones=given")
        visit(tmp_path, new, "bob", "B", *BOOKMARKED)
        assert "briefing · Claims" not in visit(tmp_path, new, "ann", "B", "Marks and bookmarks")
    assert "may be back" in new.admin("restore", backup, "--without-tombstones", "--replace")
    with new:
        new.logged("restored .*tombstones=without")
        assert "briefing · Claims" not in visit(tmp_path, new, "ann", "B", "Marks and bookmarks")
