"""Opens a briefing's file in the author's editor, at an entry's line."""

import re
import shlex
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Final

from tui.authoring.errors import AuthoringError
from tui.briefing.files import MAX_BRIEFING_BYTES, UnreadableFileError, read_bounded

_PLUS_LINE: Final = frozenset({"vi", "vim", "nvim", "view", "gvim", "nano", "rnano", "pico", "emacs", "emacsclient", "micro",
                               "joe", "jed", "kak", "ne", "mg", "ed", "ex", "mcedit", "gedit", "kwrite", "vim.tiny", "vim.basic"})  # fmt: skip
_FILE_COLON: Final = frozenset({"hx", "helix", "subl", "zed", "zeditor", "lapce"})
_GOTO: Final = frozenset({"code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"})
_WAITING: Final = {"subl": "--wait", "zed": "--wait", "zeditor": "--wait", "gvim": "--nofork", "gedit": "--wait"}
_POSIX: Final = "vi"
"""The editor that POSIX prescribes where the environment names none."""


def editor_words(environment: Mapping[str, str]) -> list[str]:
    """Return the editor's command: from `VISUAL`, else `EDITOR`, else `vi`.

    Raises:
        AuthoringError: there is no such program.
    """
    chosen = environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip() or _POSIX
    try:
        words = shlex.split(chosen)
    except ValueError:
        words = []
    if not words or shutil.which(words[0], path=environment.get("PATH")) is None:
        raise AuthoringError(f"there is no editor {chosen!r}; set VISUAL or EDITOR to one that is installed")
    return words


def editor_command(words: Sequence[str], path: Path, line: int) -> list[str]:
    """Return the command that opens a file at a line.

    The command ends when the file is closed. An unknown editor opens the file at its beginning.

    Args:
        words: the editor's command, from `editor_words`.
        path: the file.
        line: the line, counted from 1.
    """
    name = PurePath(words[0]).name.removesuffix(".exe")
    waiting = [_WAITING[name]] if name in _WAITING and _WAITING[name] not in words else []
    if name in _PLUS_LINE:
        return [*words, *waiting, f"+{line}", str(path)]
    if name in _FILE_COLON:
        return [*words, *waiting, f"{path}:{line}"]
    if name in _GOTO:
        waiting = [] if {"--wait", "-w"} & {*words} else ["--wait"]
        return [*words, *waiting, "-g", f"{path}:{line}"]
    return [*words, str(path)]


def line_of(path: Path, thing: str) -> int:
    """Return the line of the table with an id, counted from 1.

    In a file that is not valid TOML at the moment, the line with the id is searched for. The result is 0 where no table
    has the id, or where the file cannot be read.
    """
    try:
        text = read_bounded(path, MAX_BRIEFING_BYTES).decode("utf-8", "replace").replace("\r\n", "\n")
    except UnreadableFileError:
        return 0
    return _by_table(text, thing) or _by_words(text, thing)


def _by_table(text: str, thing: str) -> int:
    import tomli

    from tui.briefing.positions import Positions

    try:
        data = tomli.loads(text)
    except (ValueError, RecursionError):
        return 0
    for table, rows in data.items():
        for place, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict) and thing and thing in (row.get("id"), *_list(row.get("was"))):
                return Positions(text).of_key((table, place))[0]
    return 0


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _by_words(text: str, thing: str) -> int:
    found = re.search(rf"^[ \t]*id[ \t]*=[ \t]*[\"']{re.escape(thing)}[\"']", text, re.MULTILINE) if thing else None
    return text.count("\n", 0, found.start()) + 1 if found else 0
