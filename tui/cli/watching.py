"""Checking files again whenever they are saved."""

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.cli.output import OK
from tui.library.stamps import stamp
from tui.render.arguments import UsageError

if TYPE_CHECKING:
    from tui.library.checking import Checked

_INTERVAL: Final = 0.05
"""Seconds between two looks at the files: a save is seen soon, and a look at a hundred files takes a millisecond."""
_LIST_AGAIN: Final = 20
"""Looks after which the files are listed anew, since one may have come or gone."""
_CLEAR: Final = "\x1b[H\x1b[2J\x1b[3J"
"""Home, erase the screen and what scrolled off it (ECMA-48; the last is xterm's)."""


def watch(
    files: Callable[[], Sequence[Path]],
    check: Callable[[Path], "Checked"],
    show: Callable[[Sequence["Checked"]], None],
) -> int:
    """Check files, and each of them again when it, its lock or its held texts change, until Ctrl+C.

    Args:
        files: lists the files that are watched.
        check: checks one.
        show: writes what came of all of them.
    """
    watched: dict[Path, tuple[Checked, tuple[str, ...]]] = {}
    look = 0
    listed: Sequence[Path] = ()
    try:
        while True:
            if look % _LIST_AGAIN == 0:
                listed = _list_again(files, listed)
            look += 1
            if _renew(watched, listed, check):
                if sys.stdout.isatty():
                    sys.stdout.write(_CLEAR)
                show([checked for checked, _ in watched.values()])
            time.sleep(_INTERVAL)
    except KeyboardInterrupt:
        return OK


def _list_again(files: Callable[[], Sequence[Path]], before: Sequence[Path]) -> Sequence[Path]:
    """List the files; those of before where one is not there at the moment, since an editor may be writing it anew."""
    try:
        return files()
    except UsageError:
        if not before:
            raise
        return before


def _renew(
    watched: dict[Path, tuple["Checked", tuple[str, ...]]],
    listed: Sequence[Path],
    check: Callable[[Path], "Checked"],
) -> bool:
    """Check what is new or was changed; tell whether anything was."""
    changed = False
    for gone in watched.keys() - set(listed):
        del watched[gone]
        changed = True
    for path in listed:
        known = watched.get(path)
        if known is None or _stamps(known[0].inputs) != known[1]:
            # The stamps from before: what is saved while we check is seen at the next look.
            before = _stamps(known[0].inputs if known else (path,))
            checked = check(path)
            same = known is not None and checked.inputs == known[0].inputs
            watched[path] = (checked, before if same else _stamps(checked.inputs))
            changed = True
    return changed


def _stamps(paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(map(stamp, paths))
