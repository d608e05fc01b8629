"""Backups of a kiosk. One file has states, audit, blocks and latest time.

A backup has no tombstones. It is older than the last of them, and a restore needs all.
"""

import json
import os
import shutil
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from tui.kiosk.operations.ledger import FILE_NAME as LEDGER
from tui.kiosk.operations.ledger import Ledger, LedgerError
from tui.kiosk.operations.state_files import BLOCKS_FILE, STATES, InUseError, StatesLock
from tui.kiosk.operations.tombstones import FILE_NAME as TOMBSTONES
from tui.kiosk.operations.tombstones import TombstoneError, Tombstones
from tui.library.atomic_write import write_whole
from tui.library.latest_time import FILE_NAME as LATEST_TIME
from tui.library.paths import Folders
from tui.state.records import StoreError
from tui.state.sqlite import VERSION, copy_of, first_second, is_database

FORMAT: Final = 1
RESTORED: Final = "restored.json"
"""The file by which the next start of the kiosk logs a restore."""
_ABOUT: Final = "backup.json"
_TEXTS: Final = (LATEST_TIME, BLOCKS_FILE)
_PARTS: Final = ((STATES, "coming"), (STATES, "going"), (LEDGER, "coming"))
"""The files and folders that change places."""
_MOST_BYTES: Final = 256 << 20
"""Bytes of one file in a backup."""


class BackupError(Exception):
    """A backup cannot be written or restored; the message is one line."""


class Backup(NamedTuple):
    """A backup that was written."""

    states: int
    others: tuple[str, ...]
    """The names of the other files in it."""
    left_out: tuple[str, ...] = ()
    """A line for each state that could not be read."""


class Restored(NamedTuple):
    """The result of a restore."""

    states: int
    forgotten: int
    """States that were left out, since their visitors were forgotten."""
    acts: int
    """Acts of the audit that were left out likewise."""
    tombstones: str
    """Whether a file of tombstones was given: `given` or `without`."""


def tombstones_of(folders: Folders) -> Tombstones:
    """Return the tombstones of a kiosk."""
    return Tombstones(folders.data / TOMBSTONES)


def back_up(folders: Folders, path: Path) -> Backup:
    """Write a backup. A kiosk may run meanwhile.

    Raises:
        BackupError: nothing is kept there, the file is there already, or it cannot be written.
    """
    if not folders.state.is_dir():
        raise BackupError(f"{folders.state}: no kiosk has kept anything there; name the service's folder with --home")
    with _lines(path), _lock(folders).share():
        if os.path.lexists(path):
            raise BackupError(f"{path}: is there already; name a new file")
        if not path.parent.is_dir():
            raise BackupError(f"{path.parent}: there is no such folder; make it first")
        descriptor, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # for its owner alone
        try:
            with os.fdopen(descriptor, "wb") as file:
                found = _write(folders, file)
                file.flush()
                os.fsync(file.fileno())
            Path(part).rename(path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    return found


def _write(folders: Folders, file: BinaryIO) -> Backup:
    """Write the archive. Its last part tells that it is whole."""
    seen: dict[str, float] = {}
    left_out: list[str] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for source in (*sorted((folders.state / STATES).glob("*.sqlite")), folders.state / LEDGER):
            try:
                at, data = source.stat().st_mtime, copy_of(source)
            except FileNotFoundError:  # a visitor was forgotten, or nothing is recorded
                continue
            except StoreError as error:
                left_out.append(str(error))
                continue
            name = source.relative_to(folders.state).as_posix()
            archive.writestr(name, data)
            seen[name] = at
        for name in _TEXTS:
            with suppress(FileNotFoundError):
                archive.writestr(name, (folders.state.joinpath(name)).read_bytes())
                seen[name] = 0.0
        about = {"format": FORMAT, "state": VERSION, "at": time.time(), "seen": seen}
        archive.writestr(_ABOUT, json.dumps(about))
    others = tuple(name for name in seen if "/" not in name)
    return Backup(len(seen) - len(others), others, tuple(left_out))


def restore(folders: Folders, path: Path, given: Path | None, *, replaces: bool) -> Restored:
    """Put back a backup, without forgotten visitors. No kiosk may use the folders meanwhile.

    Args:
        folders: those of the kiosk.
        path: the backup.
        given: the file of tombstones; None to go by those of the kiosk alone.
        replaces: whether what is there goes.

    Raises:
        BackupError: it is no whole backup, a kiosk runs, something is there, or a file cannot be written.
    """
    with _lines(path), _lock(folders).own(), zipfile.ZipFile(path) as archive:
        seen = _checked(archive, path)
        is_used = any((folders.state / STATES).glob("*.sqlite")) or (folders.state / LEDGER).exists()
        if is_used and not replaces:
            raise BackupError(f"{folders.state}: a kiosk has kept something there already; --replace deletes it")
        tombstones = tombstones_of(folders)
        if given is not None:
            if not given.is_file():
                raise BackupError(f"{given}: there is no such file of tombstones; name the newest of the old host")
            tombstones.merge(Tombstones(given))
        done = _put_back(archive, folders, seen, tombstones)
        done = done._replace(tombstones="without" if given is None else "given")
        _place(folders, RESTORED, json.dumps(done._asdict()).encode())
    return done


def _checked(archive: zipfile.ZipFile, path: Path) -> Mapping[str, float]:
    """Read all of a backup. Return its names, each with its time."""
    wrong = BackupError(f"{path}: is no whole backup of a kiosk; take another")
    try:
        about = json.loads(archive.read(_ABOUT))
        seen = {str(name): float(at) for name, at in about["seen"].items()}
        newer = about["format"] > FORMAT or about["state"] > VERSION
    except (KeyError, ValueError, TypeError, AttributeError):
        raise wrong from None
    if newer:
        raise BackupError(f"{path}: was written by a newer version of this program; restore it with that one")
    names = [one.filename for one in archive.infolist()]
    is_whole = sorted(names) == sorted([*seen, _ABOUT]) and all(map(_is_kept, seen))
    if not is_whole or any(one.file_size > _MOST_BYTES for one in archive.infolist()) or archive.testzip():
        raise wrong
    return seen


def _is_kept(name: str) -> bool:
    folder, _, state = name.rpartition("/")
    if folder:
        digits = state.removesuffix(".sqlite")
        return folder == STATES and digits != state and digits.isalnum() and digits.isascii()
    return name in {LEDGER, *_TEXTS}


def _put_back(
    archive: zipfile.ZipFile, folders: Folders, seen: Mapping[str, float], tombstones: Tombstones
) -> Restored:
    """Write the files. Nothing is replaced before all of them are written."""
    coming, going, ledger = (folders.state.joinpath(f"{name}.{word}") for name, word in _PARTS)
    for folder in (coming, going):
        shutil.rmtree(folder, ignore_errors=True)
    coming.mkdir(mode=0o700)
    states = [(name, at) for name, at in seen.items() if name.startswith(f"{STATES}/")]
    kept = sum(_put_back_state(archive, name, at, coming, tombstones) for name, at in states)
    acts = _put_back_ledger(archive, ledger, tombstones) if LEDGER in seen else 0
    _give(folders, coming, *coming.iterdir(), *([ledger] if LEDGER in seen else []))
    with suppress(FileNotFoundError):
        (folders.state / STATES).rename(going)
    coming.rename(folders.state / STATES)
    shutil.rmtree(going, ignore_errors=True)
    (folders.state / LEDGER).unlink(missing_ok=True)
    if LEDGER in seen:
        ledger.rename(folders.state / LEDGER)
    for name in _TEXTS:
        if name in seen:
            _place(folders, name, _joined(folders.state.joinpath(name), archive.read(name)))
    if tombstones.path.exists():
        _give(folders, tombstones.path)
    return Restored(kept, len(states) - kept, acts, "")


def _put_back_state(archive: zipfile.ZipFile, name: str, at: float, folder: Path, tombstones: Tombstones) -> bool:
    """Write a state, unless its visitor was forgotten. Return whether."""
    data, file = archive.read(name), folder / name.rpartition("/")[2]
    if not is_database(data):
        raise BackupError(f"{name}: is no state; take another backup")
    if (buried := tombstones.time_of_state(file.name)) and first_second(data) <= buried:
        return False
    file.touch(0o600)
    file.write_bytes(data)
    os.utime(file, (at, at))
    return True


def _put_back_ledger(archive: zipfile.ZipFile, file: Path, tombstones: Tombstones) -> int:
    """Write audit and statistics. Return the number of dropped acts."""
    file.unlink(missing_ok=True)
    file.touch(0o600)
    file.write_bytes(archive.read(LEDGER))
    return Ledger(file).forget_earlier(tombstones.time_of)


def _joined(path: Path, data: bytes) -> bytes:
    """Return the later time, or the blocks of both."""
    try:
        ours = path.read_bytes()
    except FileNotFoundError:
        return data
    try:
        if path.name == BLOCKS_FILE:
            blocks, more = json.loads(ours), json.loads(data)
            return json.dumps({name: max(blocks.get(name, 0), more.get(name, 0)) for name in blocks | more}).encode()
        return max(ours, data)  # in UTC, and so the later one
    except (ValueError, TypeError, AttributeError):
        return ours


def _place(folders: Folders, name: str, data: bytes) -> None:
    """Write a file of the state."""
    write_whole(folders.state.joinpath(name), data)
    _give(folders, folders.state.joinpath(name))


def _give(folders: Folders, *paths: Path) -> None:
    """Change the owner of files to the kiosk's user, where root restores."""
    owner = folders.state.stat()
    for path in paths if os.geteuid() == 0 else ():
        os.chown(path, owner.st_uid, owner.st_gid)


def _lock(folders: Folders) -> StatesLock:
    return StatesLock(folders.state)


@contextmanager
def _lines(path: Path) -> Iterator[None]:
    """Turn every error into one line."""
    try:
        yield
    except InUseError as error:
        said = "a kiosk, a backup or a restore is using these states; end it first, as with `briefing kiosk drain`"
        raise BackupError(f"{error.filename}: {said}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BackupError(f"{path}: is no whole backup of a kiosk; take another") from error
    except (LedgerError, TombstoneError, StoreError) as error:
        raise BackupError(str(error)) from error
    except OSError as error:
        raise BackupError(f"{error.filename or path}: {error.strerror or error}") from error


def take_note(folders: Folders) -> Mapping[str, Any] | None:
    """Return the result of the last restore, once."""
    path = folders.state / RESTORED
    try:
        note = json.loads(path.read_bytes())
        path.unlink()
    except (OSError, ValueError):
        return None
    return note if isinstance(note, dict) else None
