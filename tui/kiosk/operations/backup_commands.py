"""`briefing kiosk backup` and `briefing kiosk restore`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tui.briefing.characters import escaped
from tui.kiosk.operations.backups import BackupError, Restored, back_up, restore, tombstones_of
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import Settings
from tui.library.paths import Folders, user_folders
from tui.render.arguments import Parser

NAMES: Final = ("backup", "restore")
_OK: Final = 0
_FAILED: Final = 1


def main(words: Sequence[str]) -> int:
    """Run a command and return the exit code.

    Args:
        words: the name of the command, and its arguments.

    Raises:
        UsageError: the words are wrong.
    """
    options = build_parser(words[0]).parse_args(words[1:])
    folders = _folders(options.home)
    try:
        if words[0] == "backup":
            return _back_up(folders, options.file)
        done = restore(folders, options.file, options.tombstones, replaces=options.replace)
    except BackupError as error:
        sys.stderr.write(f"briefing: {escaped(str(error))}\n")
        return _FAILED
    Log(sys.stderr, Settings()).write("restored", **done._asdict())
    _write(*_told(done))
    return _OK


def build_parser(name: str) -> Parser:
    """Build the parser of a command."""
    does = (
        "Write the states to a file" if name == "backup" else "Put back the states of a backup; the kiosk must not run"
    )
    parser = Parser(prog=f"briefing kiosk {name}", description=f"{does}.")
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")
    parser.add_argument("--home", type=Path, metavar="DIR", help="a service's folder, as /var/lib/briefing-kiosk")
    if name == "restore":
        known = parser.add_mutually_exclusive_group(required=True)
        known.add_argument("--tombstones", type=Path, metavar="FILE", help="the newest tombstones of the old host")
        known.add_argument("--without-tombstones", action="store_true", help="go without, which is logged")
        parser.add_argument("--replace", action="store_true", help="delete the states and the audit that are there")
    return parser


def _folders(home: Path | None) -> Folders:
    if home is None:
        return user_folders()
    home = home.absolute()
    return user_folders({"HOME": str(home), "XDG_STATE_HOME": f"{home}/state", "XDG_DATA_HOME": f"{home}/data"})


def _back_up(folders: Folders, path: Path) -> int:
    done = back_up(folders, path)
    for said in done.left_out:
        sys.stderr.write(f"briefing: left out: {escaped(said)}\n")
    _write(
        f"Wrote {path}: {', '.join([_counted(done.states, 'state'), *done.others])}.",
        f"Keep the tombstones by themselves, always the newest: {tombstones_of(folders).path}",
    )
    return _FAILED if done.left_out else _OK


def _told(done: Restored) -> Sequence[str]:
    left = f"; left out of forgotten visitors: {_counted(done.forgotten, 'state')}, {_counted(done.acts, 'act')}"
    without = "Visitors who were forgotten after the backup may be back." if done.tombstones == "without" else ""
    return [f"Restored {_counted(done.states, 'state')}{left}.", *([without] if without else [])]


def _write(*lines: str) -> None:
    sys.stdout.write("".join(f"{escaped(line)}\n" for line in lines))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
