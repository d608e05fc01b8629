"""The paths that a service needs where its unit hides homes."""

import os
import shlex
import site
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.briefing.files import FILE_NAME, HELD_FOLDER
from tui.library.paths import package_folder

HIDDEN: Final = ("/home", "/root", "/run/user", "/tmp", "/var/tmp")  # noqa: S108 - to be let through, not written to
"""Folders that are empty for a service, but for the unit's bindings."""
_NEVER: Final = ("/dev", "/proc", "/sys")
_MOST_LINKS: Final = 40
"""As the kernel has it."""
_FOR_OTHERS: Final = 0o4
_FOLDER_FOR_OTHERS: Final = 0o5
_ENTERED_BY_OTHERS: Final = 0o1
_MAPS: Final = Path("/proc/self/maps")


class UnseenError(ValueError):
    """A service could not see or read a file. The message is one line."""


def bindings(needed: Iterable[Path], hidden: Sequence[str] = HIDDEN) -> list[Path]:
    """Return the hidden paths that a unit must bind.

    Args:
        needed: what is read, folders before what is in them.
        hidden: the folders of which nothing is seen by itself.

    Raises:
        UnseenError: one stays uncovered, or others than its owner cannot read it, as whoever serves.
    """
    bound: list[Path] = []

    def is_covered(path: Path) -> bool:
        return not _is_below(path, hidden) or any(path.is_relative_to(one) for one in bound)

    for path in needed:
        ways = list(_ways(path))
        for way in ways:
            if not is_covered(way):
                bound.append(_binding(path, way, hidden, is_last=way == ways[-1]))  # noqa: PERF401 - each may cover the next
        _check_readable(path, ways[-1], next((one for one in bound if ways[-1].is_relative_to(one)), Path("/")))
    return bound


def _is_below(path: Path, folders: Iterable[str]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _ways(path: Path) -> Iterator[Path]:
    """Yield a path, and each path to which its links lead.

    Raises:
        UnseenError: it leads nowhere, or to what only this process has.
    """
    way = Path(os.path.abspath(path))  # noqa: PTH100 - links are followed one by one
    for _ in range(_MOST_LINKS):
        if _is_below(way, _NEVER):
            raise UnseenError(f"{path}: is seen by no service; write it as a file of its own")
        yield way
        link = next((part for part in (*reversed(way.parents), way) if part.is_symlink()), None)
        if link is None:
            if not way.exists():
                break
            return
        way = Path(os.path.normpath(link.parent / link.readlink() / way.relative_to(link)))
    raise UnseenError(f"{path}: there is no such file")


def _binding(path: Path, way: Path, hidden: Sequence[str], *, is_last: bool) -> Path:
    """Return the binding for a path or for a link's folder."""
    if is_last or way.is_dir():
        return way
    if any(way.parent == Path(folder) or way.parent.parent == Path(folder) for folder in hidden):
        leads = f", {way} being a link in a folder that must stay hidden" if way != path else ""
        raise UnseenError(f"{path}: the service would not see it{leads}; name what it leads to, {way.resolve()}")
    return way.parent


def _check_readable(path: Path, real: Path, top: Path) -> None:
    """Refuse paths that only their owner can read."""
    mode = real.stat().st_mode
    wanted = _FOLDER_FOR_OTHERS if real.is_dir() else _FOR_OTHERS
    if mode & wanted != wanted:
        raise UnseenError(f"{path}: others cannot read it; write: chmod -R o+rX {shlex.quote(str(real))}")
    for folder in real.parents:
        if folder.is_relative_to(top) and not folder.stat().st_mode & _ENTERED_BY_OTHERS:
            called = shlex.quote(str(folder))
            raise UnseenError(f"{path}: others cannot enter {folder}; write: chmod o+x {called}")


def program_paths() -> list[Path]:
    """Return the paths of Python and of the program, folders first."""
    prefixes = (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)
    folders = [*map(Path, prefixes), package_folder().parent, *_import_folders()]
    libraries = [Path(name) for name in _mapped_libraries()]
    return list(dict.fromkeys([*folders, Path(sys.executable), *libraries]))


def _import_folders() -> Iterator[Path]:
    """Yield the folders of imported modules."""
    for name in sys.path:
        if name and os.path.isabs(name) and Path(name).exists():  # noqa: PTH117 - it is a text
            yield Path(name)
    for module in tuple(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and Path(file).exists():
            yield Path(file).parent


def _mapped_libraries() -> Iterator[str]:
    """Yield the shared libraries of this process."""
    with suppress(OSError):
        for line in _MAPS.read_text(encoding="utf-8", errors="replace").splitlines():
            name = line.partition("/")[2]
            if ".so" in name and Path(f"/{name}").exists():
                yield f"/{name}"


def content_paths(folder: Path) -> Iterator[Path]:
    """Yield a folder of briefings, and the links inside of the folder."""
    yield folder
    with os.scandir(folder) as briefings:
        for briefing in briefings:
            parts = (briefing.path, *(os.path.join(briefing.path, name) for name in (FILE_NAME, HELD_FOLDER)))  # noqa: PTH118 - islink is called thousands of times
            yield from (Path(part) for part in parts if os.path.islink(part) and Path(part).exists())  # noqa: PTH114 - islink is called thousands of times


def user_base() -> str:
    """Return the folder of the user's packages, if the program needs them."""
    is_used = site.ENABLE_USER_SITE and site.getusersitepackages() in sys.path
    return site.getuserbase() if is_used else ""
