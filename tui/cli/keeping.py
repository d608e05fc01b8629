"""Keeping the first frames of the next starts. They are made from the saved state.

Run as ``python -m tui.cli.keeping TARGET WIDTH HEIGHT DARK`` by a reader who rests.
"""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

from tui import instant
from tui.cli.lookup import CACHE_NAME, check_entry, check_id, find_path, open_catalogue, own_config, split_target
from tui.cli.output import UnreadError
from tui.library.paths import as_path, user_folders
from tui.render.arguments import UsageError

if TYPE_CHECKING:
    from tui.library.catalogue import Catalogue
    from tui.session.config import Config
    from tui.state.reader_state import ReaderState

_ATTEMPTS: Final = 2
"""The first may still fill the cache, which changes its file."""
_LONGEST: Final = 30
"""Seconds after which the system ends a child that has not ended."""
_MOST_FILES: Final = 20
_MOST_BYTES: Final = 2_000_000
_PACKAGES: Final = ("rich", "textual")
"""The packages that paint. Of them the first module is watched, of the program each."""


class _Frame(NamedTuple):
    text: str
    inputs: dict[str, str]
    """The files of the briefing, with their stamps."""
    place: str
    """The current folder, where the words of the start are a path."""


def _keeps(options: argparse.Namespace) -> tuple[int, int] | None:
    """Return the terminal's size. None where no frame is kept, as in a kiosk."""
    is_own = Path(instant.folder()).is_absolute() and not options.kiosk and not options.content
    return instant.screen_size() if is_own else None


def keep_beside(options: argparse.Namespace, dark: bool | None, began: float) -> None:
    """Keep the frames in a child process. So the shell need not wait.

    Args:
        options: those of this start.
        dark: whether the terminal is dark; None where it has not answered.
        began: the time at which this process began. A newer file of the program is not in use.
    """
    size = _keeps(options)
    if size is None or any(Path(file).stat().st_mtime > began for file in _modules()):
        return
    if threading.active_count() > 1:  # a child would have what they hold locked for ever
        return
    with suppress(OSError):
        if os.fork() == 0:
            _do(lambda: keep(options.target or "", size, dark))


def keep_at_rest(options: argparse.Namespace, dark: bool | None) -> None:
    """Keep the frames while the reader rests. A process of its own does it, so that no key waits."""
    size = _keeps(options)
    starts = [[options.target] if options.target else [], []]
    if size and not all(instant.kept(words, *size) for words in starts):
        words = [options.target or "", *map(str, size), str(dark)]
        nothing = subprocess.DEVNULL
        with suppress(OSError):
            _child = subprocess.Popen(  # noqa: S603 (this program itself)
                [sys.executable, "-m", __name__, *words],
                stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True,
            )  # fmt: skip


def _do(work: Callable[[], None]) -> NoReturn:
    """Run work apart from the terminal, and exit. No clean-up of the parent may run."""
    try:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in range(3):
            os.dup2(nowhere, descriptor)
        signal.alarm(_LONGEST)
        work()
    finally:
        os._exit(0)


def keep(target: str, size: tuple[int, int], dark: bool | None) -> None:
    """Keep the frames of the library, the last briefing and this start.

    Without a kept frame the next start only takes longer.

    Args:
        target: the briefing or the entry that this start names; empty for the library.
        size: the terminal's size.
        dark: whether the terminal is dark; None where it has not answered.
    """
    folder = Path(instant.folder())
    with suppress(OSError, UsageError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        watched, states = _watched()
        for _ in range(_ATTEMPTS):
            made, before, saved = time.time(), _stamps(watched), _stamps(states)
            frames, until = _frames(target, size, dark, made)
            if (_stamps(watched), _stamps(states)) == (before, saved):
                break
        else:
            return
        for start, frame in frames.items():
            head = [f"{made} {until} {frame.place}", *_lines(before | frame.inputs)]
            _write_frame(folder, start, size, head, frame.text)
        _write(folder / instant.STATE, os.fsencode("\n".join(_lines(saved))))
        if _stamps(states) != saved:  # another reader has written, and deleted what it knew of
            instant.forget()
        _drop_oldest(folder)


def _frames(target: str, size: tuple[int, int], dark: bool | None, now: float) -> tuple[dict[str, _Frame], float]:
    """Make the frames by the words of their starts. Return also their last moment."""
    from tui.state.stores import FILE_NAME as STATE_NAME
    from tui.state.stores import unwritten_state

    config = own_config()
    with (
        closing(open_catalogue(argparse.Namespace(content=None), config)) as catalogue,
        closing(unwritten_state(user_folders().state / STATE_NAME)) as state,
    ):
        moments = [at for at in catalogue.moments() if at > now]
        starts = dict.fromkeys(("", state.last_visited(), target))
        found = {start: _frame((catalogue, state, config), start, size, dark) for start in starts}
    return {start: frame for start, frame in found.items() if frame}, min([_midnight(now), *moments])


def _frame(
    own: tuple["Catalogue", "ReaderState", "Config"], start: str, size: tuple[int, int], dark: bool | None
) -> _Frame | None:
    """Make the frame of a start, as that start would. None stands for a start that shows none."""
    from tui.reader import composing, launch
    from tui.session.permissions import OWN_MACHINE
    from tui.state.records import Location

    catalogue, state, config = own
    location, opened, name = Location(), None, ""
    if start:
        try:
            name, entry = split_target(start)
            opened = catalogue.open(find_path(catalogue, name))
            check_id(catalogue, name, opened)
            if opened.volume is None or opened.problems or state.trouble:
                return None
            check_entry(opened.volume, entry, name)
            if name != opened.volume.edition.id and not as_path(name):  # nobody would delete it as the briefing's
                return None
        except (UsageError, UnreadError):
            return None
        location = launch.start_location(state, opened.volume, entry)
    theme, allowed = launch.choose_theme(config, state, dark), OWN_MACHINE._replace(watches_files=False)
    app = launch.make_app(catalogue, state, location, config, theme, allowances=allowed, opened=opened)
    launch.fit_colours(app)
    place = str(Path.cwd()) if name and as_path(name) else ""
    text = composing.compose(app, size)
    return _Frame(text, opened.inputs if opened else {}, place) if text else None


def _watched() -> tuple[list[str], list[str]]:
    """Return the files of program and cache, and those of the state."""
    from tui.session.config import FILE_NAME as CONFIG_NAME
    from tui.state.stores import FILE_NAME as STATE_NAME

    folders = user_folders()
    cache, state = folders.cache / CACHE_NAME, folders.state / STATE_NAME
    return [str(folders.config / CONFIG_NAME), str(cache), f"{cache}-wal", *_modules()], [str(state), f"{state}-wal"]


def _modules() -> list[str]:
    """Return the files of the program that is running."""
    modules = [module for name, module in sys.modules.items() if name in _PACKAGES or name.split(".")[0] == "tui"]
    files = [getattr(module, "__file__", None) for module in modules]
    return [file for file in files if file and Path(file).exists()]


def _stamps(paths: list[str]) -> dict[str, str]:
    return {path: instant.stamp(path) for path in paths}


def _lines(stamps: dict[str, str]) -> list[str]:
    return [f"{known} {path}" for path, known in stamps.items()]


def _midnight(now: float) -> float:
    """Return the end of the day."""
    year, month, day, *_ = time.localtime(now)
    return time.mktime((year, month, day + 1, 0, 0, 0, 0, 0, -1))


def _write_frame(folder: Path, start: str, size: tuple[int, int], head: list[str], text: str) -> None:
    """Write the frame of a start, if it can be kept."""
    words = [start] if start else []
    name = instant.file_name(words, *size)
    lines = [instant.key_of(words, *size), *head]
    if name and not any("\n" in line for line in lines):
        _write(folder / name, instant.sealed(os.fsencode("\n".join(lines)) + b"\n\n" + text.encode("utf-8", "replace")))


def _write(path: Path, data: bytes) -> None:
    """Write a whole file that only this user can read."""
    if len(data) >= instant.MOST_BYTES:
        return
    new = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _drop_oldest(folder: Path) -> None:
    """Delete the oldest files beyond the bounds."""
    files = sorted(folder.iterdir(), key=lambda file: file.lstat().st_mtime_ns, reverse=True)
    size = 0
    for number, file in enumerate(files):
        size += file.lstat().st_size
        if number >= _MOST_FILES or size > _MOST_BYTES:
            file.unlink(missing_ok=True)


if __name__ == "__main__":
    os.nice(19)
    signal.alarm(_LONGEST)
    for _name in ("composing", "launch"):  # the modules that are watched
        import_module(f"tui.reader.{_name}")
    _target, _width, _height, _dark = sys.argv[1:]
    keep(_target, (int(_width), int(_height)), {"True": True, "False": False}.get(_dark))
