"""Checking files again whenever they are saved."""

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
"""Seconds between two looks at the files: a save is seen soon, and a look at a hundred files takes a millisecond."""
LIST_AGAIN: Final = 20
"""Looks after which the files are listed anew, since one may have come or gone."""
_AT_REST: Final = 1
"""Looks after a change at which a file has stayed as it is: it is checked then, and not while it is written."""
SURELY_AT_REST: Final = 8
"""Such looks after which a file that cannot be loaded is told to be so."""
_CLEAR: Final = "\x1b[H\x1b[2J\x1b[3J"
"""Home, erase the screen and what scrolled off it (ECMA-48; the last is xterm's)."""


class _Watched(NamedTuple):
    """A file that is watched."""

    checked: "Checked"
    """What came of checking it."""
    stamps: tuple[str, ...]
    """The stamps of the files that this depends on."""
    coming: tuple[str, ...] = ()
    """Their stamps at the last look, where they are others."""
    looks: int = 0
    """Looks since then at which they stayed so."""


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
    """List the files; those of before where one is not there at the moment, since an editor may be writing it anew."""
    try:
        return files()
    except UsageError:
        if not before:
            raise
        return before


def _renew(watched: dict[Path, _Watched], listed: Sequence[Path], check: Callable[[Path], "Checked"]) -> bool:
    """Check what is new or was changed; return whether anything else is to be shown."""
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
    """Check a file that was changed, once it rests; return what is known of it, and whether that is new."""
    now = _stamps(known.checked.inputs)
    if now == known.stamps:
        return known._replace(coming=(), looks=0), False
    looks = known.looks + 1 if now == known.coming else 0
    waiting = known._replace(coming=now, looks=looks)
    if looks not in {_AT_REST, SURELY_AT_REST}:
        return waiting, False
    checked, stamps = _checked(path, known.checked.inputs, check)
    # A save that is not atomic empties the file first, or takes it away; what is broken may be half of it.
    if known.checked.loaded and not checked.loaded and looks < SURELY_AT_REST:
        return waiting, False
    return _Watched(checked, stamps), True


def _checked(
    path: Path, inputs: tuple[Path, ...], check: Callable[[Path], "Checked"]
) -> tuple["Checked", tuple[str, ...]]:
    # The stamps from before: what is saved while we check is seen at the next look.
    before = _stamps(inputs)
    checked = check(path)
    return checked, before if checked.inputs == inputs else _stamps(checked.inputs)


def _stamps(paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(map(stamp, paths))
