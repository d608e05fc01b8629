"""Runs a printed unit as systemd would, with an empty /home, /root and /tmp; started in a mount namespace of its own.

``python unit_runner.py BASE SITE TOP`` makes a home with a Python, an environment and settings, prints the unit there,
hides all homes but for what the unit binds, and becomes the service, as a user whom nobody knows.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

STAGE: Final = Path("/mnt")
HOME: Final = Path("/home/ann")
_HIDDEN: Final = ("/home", "/root", "/run/user", "/tmp", "/var/tmp")
_NOBODY: Final = "65534"


def run(*words: object) -> None:
    """Run a program of the system."""
    subprocess.run(list(map(str, words)), check=True, timeout=60)


def bind(source: Path, target: Path) -> None:
    """Show a file or folder elsewhere, read-only."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.mkdir(exist_ok=True) if source.is_dir() else target.touch()
    run("mount", "--bind", source, target)
    run("mount", "-o", "remount,bind,ro", target)


def furnish(base: Path, site: Path, top: Path) -> None:
    """Make the home of somebody who has a Python of her own, and an environment made of it."""
    kept = STAGE / "kept"
    for number, path in enumerate((base, site, top)):
        bind(path, kept / str(number))
    run("mount", "-t", "tmpfs", "tmpfs", "/home")
    os.umask(0o022)
    bind(kept / "0", HOME / "pythons/3.x.1")
    (HOME / "pythons/3.x").symlink_to("3.x.1")
    # Where an installed package is: below the home, too, and found by a file of paths.
    bind(kept / "1", HOME / "packages")
    bind(kept / "2", HOME / "source")
    (HOME / "kiosk/shelf").mkdir(parents=True)
    python = next((HOME / "pythons/3.x/bin").glob("python3.[0-9]*[0-9]"))
    run(python, "-m", "venv", "--without-pip", HOME / "kiosk/venv")
    [packages] = (HOME / "kiosk/venv/lib").glob("python*/site-packages")
    (packages / "all.pth").write_text(f"{HOME}/packages\n{HOME}/source\n", encoding="utf-8")
    (HOME / "elsewhere").mkdir()
    shutil.copytree(HOME / "source/content/handbook", HOME / "elsewhere/handbook")
    (HOME / "kiosk/shelf/handbook").symlink_to("../../elsewhere/handbook")
    (HOME / "kiosk/welcome.txt").write_text("Welcome to the unit.\n", encoding="utf-8")
    (HOME / "kiosk/kiosk.toml").write_text(
        "port = 0\nworkers = 1\ncontent = ['shelf']\nbanner = 'welcome.txt'\n", encoding="utf-8"
    )


def printed() -> str:
    """Print the unit, as its operator would in the folder of the settings."""
    command: list[str | Path] = [
        HOME / "kiosk/venv/bin/python",
        "-P",
        "-m",
        "tui",
        "kiosk",
        "--config",
        "kiosk.toml",
        "--print",
        "unit",
    ]
    done = subprocess.run(command, cwd=HOME / "kiosk", check=True, timeout=60, stdout=subprocess.PIPE, text=True)
    return done.stdout


def hide(bound: list[str]) -> None:
    """Empty all homes, and show in them what the unit binds."""
    for folder in filter(os.path.isdir, _HIDDEN):
        (STAGE / "old" / folder[1:]).mkdir(parents=True)
        run("mount", "--rbind", folder, STAGE / "old" / folder[1:])
        run("mount", "-t", "tmpfs", "-o", f"mode={'1777' if folder.endswith('tmp') else '755'}", "tmpfs", folder)
    for name in bound:
        bind(STAGE / "old" / name[1:], Path(name))
    for folder in filter(os.path.isdir, _HIDDEN):
        run("umount", "-R", "-l", STAGE / "old" / folder[1:])
    run("umount", "-R", "-l", STAGE / "kept/0", STAGE / "kept/1", STAGE / "kept/2")


def main() -> None:
    """Do it all; what is printed at the end is the service's."""
    run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", STAGE)
    furnish(*map(Path, sys.argv[1:]))
    unit = printed()
    hide(re.findall("^BindReadOnlyPaths=(.*)$", unit, re.MULTILINE))
    for name in ("state", "cache"):
        (STAGE / name).mkdir()
        os.chown(STAGE / name, int(_NOBODY), int(_NOBODY))
    variables = {"PATH": "/usr/bin:/bin"}
    for line in re.findall("^Environment=(.*)$", unit, re.MULTILINE):
        for word in shlex.split(line.replace("%S", f"{STAGE}/state").replace("%C", f"{STAGE}/cache")):
            name, _, value = word.partition("=")
            variables[name] = value
    [command] = re.findall("^ExecStart=(.*)$", unit, re.MULTILINE)
    os.chdir("/")
    user = [f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", "--no-new-privs", "--inh-caps=-all"]
    os.execvpe("setpriv", ["setpriv", *user, *shlex.split(command)], variables)  # noqa: S606 - the command is what is tried


if __name__ == "__main__":
    main()
