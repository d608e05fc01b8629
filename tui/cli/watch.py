"""Checks files again whenever they are saved."""

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.cli.output import OK
from tui.library.stamps import stamp
from tui.render.arguments import UsageError

if TYPE_CHECKING:
    from tui.checks.briefing_file import Checked

INTERVAL: Final = 0.05
"""Seconds between two polls of the files. A save is noticed soon, and polling a hundred files takes a millisecond."""
LIST_AGAIN: Final = 20
"""Polls after which the files are listed again, since one may have been added or removed."""
_AT_REST: Final = 1
"""Polls without a further change before a changed file is checked, so that no half-written file is checked."""
SURELY_AT_REST: Final = 8
"""Such polls before a file that cannot be loaded is reported."""
_CLEAR: Final = "\x1b[H\x1b[2J\x1b[3J"
"""Home, erase the screen, and erase the scrollback (ECMA-48; the last is xterm's)."""


class _Watched(NamedTuple):
    """A file that is watched."""

    checked: "Checked"
    """The result of the last check."""
    stamps: tuple[str, ...]
    """The stamps of the files that the result depends on."""
    coming: tuple[str, ...] = ()
    """The stamps of these files at the last poll, where they have changed."""
    looks: int = 0
    """The number of polls since that change without a further one."""


def watch(
    files: Callable[[], Sequence[Path]],
    check: Callable[[Path], "Checked"],
    show: Callable[[Sequence["Checked"]], None],
) -> int:
    """Check files, and check each again after a change, until Ctrl+C.

    A change is one of the file, of its lock or of its held texts.

    Args:
        files: lists the files that are watched.
        check: checks one file.
        show: writes the results of all files.
    """
    watched: dict[Path, _Watched] = {}
    look = 0
    listed: Sequence[Path] = ()
    try:
        while True:
            if look % LIST_AGAIN == 0:
                listed = _list_again(files, listed)
            look += 1
            if _renew(watched, listed, check):
                if sys.stdout.isatty():
                    sys.stdout.write(_CLEAR)
                show([one.checked for one in watched.values()])
            time.sleep(INTERVAL)
    except KeyboardInterrupt:
        return OK


def _list_again(files: Callable[[], Sequence[Path]], before: Sequence[Path]) -> Sequence[Path]:
    """List the files again. Keep the earlier list where one is missing.

    An editor may be replacing a missing file at the moment.
    """
    try:
        return files()
    except UsageError:
        if not before:
            raise
        return before


def _renew(watched: dict[Path, _Watched], listed: Sequence[Path], check: Callable[[Path], "Checked"]) -> bool:
    """Check new and changed files, and return whether the results have changed."""
    changed = False
    for gone in watched.keys() - set(listed):
        del watched[gone]
        changed = True
    for path in listed:
        known = watched.get(path)
        if known is None:
            watched[path] = _Watched(*_checked(path, (path,), check))
            changed = True
        else:
            watched[path], is_new = _look_again(path, known, check)
            changed = changed or is_new
    return changed


def _look_again(path: Path, known: _Watched, check: Callable[[Path], "Checked"]) -> tuple[_Watched, bool]:
    """Poll a file and check it once a change has settled.

    Returns:
        The file's present state, and whether that has a new result.
    """
    now = _stamps(known.checked.inputs)
    if now == known.stamps:
        return known._replace(coming=(), looks=0), False
    looks = known.looks + 1 if now == known.coming else 0
    waiting = known._replace(coming=now, looks=looks)
    if looks not in {_AT_REST, SURELY_AT_REST}:
        return waiting, False
    checked, stamps = _checked(path, known.checked.inputs, check)
    # A save that is not atomic empties or removes the file first, so that a broken file may be half of it.
    if known.checked.loaded and not checked.loaded and looks < SURELY_AT_REST:
        return waiting, False
    return _Watched(checked, stamps), True


def _checked(
    path: Path, inputs: tuple[Path, ...], check: Callable[[Path], "Checked"]
) -> tuple["Checked", tuple[str, ...]]:
    # The stamps are taken first, so that a save during the check is noticed at the next poll.
    before = _stamps(inputs)
    checked = check(path)
    return checked, before if checked.inputs == inputs else _stamps(checked.inputs)


def _stamps(paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(map(stamp, paths))
