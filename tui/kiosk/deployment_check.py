"""`briefing kiosk --check`: judges settings, files, keys, content and unit as a start would."""

import errno
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from typing import Final, NamedTuple

from tui.kiosk.fleet_check import check_fleet
from tui.kiosk.operations.admin_commands import socket_path
from tui.kiosk.operations.config import outdated
from tui.kiosk.operations.deployment import NAME
from tui.kiosk.operations.ledger import FILE_NAME as LEDGER
from tui.kiosk.operations.ledger import Ledger, LedgerError
from tui.kiosk.operations.rules_file import read_rules
from tui.kiosk.operations.settings import Settings
from tui.kiosk.operations.state_files import BLOCKS_FILE
from tui.kiosk.operations.tombstones import FILE_NAME as TOMBSTONES
from tui.kiosk.operations.tombstones import TombstoneError, Tombstones
from tui.kiosk.prechecks import check, doubts, lockout
from tui.kiosk.server.admin_socket import is_free
from tui.kiosk.server.administration import kept_blocks
from tui.kiosk.server.starting import StartError, content_folders, listening
from tui.kiosk.ssh.host_keys import FILE_NAME, HostKeyError, certified, host_key
from tui.library.catalogue import Catalogue
from tui.library.paths import Folders
from tui.library.text_folders import user_texts

UNIT: Final = Path("/etc/systemd/system") / f"{NAME}.service"


class Level(IntEnum):
    """The weight of a verdict. The exit code is that of the gravest."""

    NOTE = 0
    """It starts, and this is how."""
    WARNING = 1
    """It starts, and something is to be mended."""
    ERROR = 2
    """It does not start."""


class Verdict(NamedTuple):
    """A verdict on a part of the deployment."""

    level: Level
    words: str


def judge(
    settings: Settings, config: Path | None, folders: Folders, printed_unit: Callable[[], str], installed: Path = UNIT
) -> Iterator[Verdict]:
    """Yield a verdict on each part.

    Args:
        settings: valid settings.
        config: the file that they come from.
        folders: the folders of the user that the kiosk will run as.
        printed_unit: prints the unit for these settings; its errors are verdicts.
        installed: the unit that systemd has, if any.
    """
    yield from _files(settings, config)
    yield from _key(settings, folders)
    yield from _ports(settings)
    yield from _folders(settings, folders)
    yield from _socket(settings, folders)
    yield from _kept(settings, folders)
    yield from _content(settings, folders)
    yield from _unit(printed_unit, installed)


def _files(settings: Settings, config: Path | None) -> Iterator[Verdict]:
    """Check the settings and their files, as the start does."""
    try:
        check(settings)
        if reason := lockout(settings):
            yield Verdict(Level.ERROR, reason)
        warnings = [*outdated(config), *doubts(settings), check_fleet(settings)]
    except StartError as error:
        yield Verdict(Level.ERROR, str(error))
    else:
        yield from (Verdict(Level.WARNING, said) for said in warnings if said)


def _key(settings: Settings, folders: Folders) -> Iterator[Verdict]:
    """Check the host key. A missing key of its own is not made now."""
    own = folders.data / FILE_NAME
    if settings.host_key is None and not own.exists():
        yield Verdict(Level.NOTE, f"host key: the first start will make {own}")
        if settings.host_certificate:
            yield Verdict(Level.ERROR, "host certificate: is of no key that is there; name the key in host_key")
        return
    try:
        key = host_key(Path(settings.host_key) if settings.host_key else None, folders.data)
    except HostKeyError as error:
        yield Verdict(Level.ERROR, f"host key {error}")
    else:
        yield Verdict(Level.NOTE, f"host key: {key.fingerprint}")
        if settings.host_certificate:
            yield _certificate(Path(settings.host_certificate), key.path)


def _certificate(chosen: Path, key: Path) -> Verdict:
    """Check the certificate of the host key."""
    try:
        return Verdict(Level.NOTE, f"host certificate: valid now for {certified(chosen, key)}")
    except HostKeyError as error:
        return Verdict(Level.ERROR, f"host certificate {error}")


def _ports(settings: Settings) -> Iterator[Verdict]:
    """Check the addresses to listen at. The running kiosk may have them at present."""
    ports = [("", settings)]
    if settings.metrics_port:
        metrics = settings.model_copy(update={"host": settings.metrics_host, "port": settings.metrics_port})
        ports.append(("metrics: ", metrics))
    for name, chosen in ports:
        try:
            for listener in listening(chosen):
                listener.close()
        except StartError as error:
            number = getattr(error.__cause__, "errno", None)
            if number == errno.EADDRINUSE:
                yield Verdict(Level.NOTE, f"{name}port {chosen.port} is in use, as by a kiosk that runs now")
            else:
                yield Verdict(Level.ERROR, f"{name}{error}")


def _folders(settings: Settings, folders: Folders) -> Iterator[Verdict]:
    """Check the program's own folders, or the nearest present folder above."""
    for name in ("state", "cache", "data"):
        path: Path = getattr(folders, name)
        there = next((one for one in (path, *path.parents) if os.path.lexists(one)), path)
        try:
            with tempfile.TemporaryFile(dir=there):
                pass
        except OSError as error:
            needs_key = settings.host_key is None and not os.path.lexists(folders.data / FILE_NAME)
            level = Level.ERROR if name == "data" and needs_key else Level.WARNING
            yield Verdict(level, f"{name} {path}: cannot be written: {error.strerror or error}")


def _socket(settings: Settings, folders: Folders) -> Iterator[Verdict]:
    """Check the socket for administrators. One that nobody has named may be missing."""
    path = socket_path(settings.admin_socket, folders.state)
    try:
        free = is_free(path)
    except OSError as error:
        level = Level.ERROR if settings.admin_socket else Level.WARNING
        yield Verdict(level, f"admin_socket {path}: {error.strerror or error}")
    else:
        if not free:
            yield Verdict(Level.NOTE, f"admin_socket {path} is in use, as by a kiosk that runs now")


def _kept(settings: Settings, folders: Folders) -> Iterator[Verdict]:
    """Check the files that earlier runs have left."""
    blocks = folders.state / BLOCKS_FILE
    try:
        kept_blocks(blocks, time.time())
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or "holds no blocks; delete it"
        yield Verdict(Level.WARNING, f"{blocks}: {said}; nobody would be blocked")
    try:
        Tombstones(folders.data / TOMBSTONES).time_of("")
        if settings.audit or settings.statistics:
            Ledger(folders.state / LEDGER).counts()
    except (TombstoneError, LedgerError) as error:
        yield Verdict(Level.WARNING, str(error))


def _content(settings: Settings, folders: Folders) -> Iterator[Verdict]:
    """Load the library as the start does."""
    if not all(os.access(name, os.R_OK | os.X_OK) for name in settings.content):
        return  # which an error has said already
    texts = user_texts(map(Path, settings.texts), folders.cache)
    roots = content_folders(settings, folders)
    catalogue = Catalogue(folders.cache / "catalogue.sqlite", roots, folders.held, [folders.own_content], texts)
    try:
        rows = catalogue.all_rows()
        for problem in (*catalogue.unread, *(problem for row in rows for problem in row.problems[:1])):
            yield Verdict(Level.WARNING, f"content: {problem}")
        for said in _unused(settings, catalogue):
            yield Verdict(Level.WARNING, f"rules {settings.rules}: {said}")
        loaded = sum(not row.problems for row in rows)
        noun = "briefing loads" if loaded == 1 else "briefings load"
        yield Verdict(
            Level.NOTE, f"content: {loaded:,} {noun}" + (f", {len(rows) - loaded:,} not" if loaded < len(rows) else "")
        )
    finally:
        catalogue.close()


def _unused(settings: Settings, catalogue: Catalogue) -> list[str]:
    """Describe the ids and folders of the rules that no briefing has."""
    with suppress(OSError, ValueError):  # which an error has said already
        rules = read_rules(settings.rules).rules
        return rules.unused(catalogue.listed(rules))
    return []


def _unit(printed_unit: Callable[[], str], installed: Path) -> Iterator[Verdict]:
    """Compare the unit that systemd has with today's."""
    if not installed.exists():
        return
    try:
        text = printed_unit()
        present = installed.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        yield Verdict(Level.WARNING, f"unit {installed}: {error.strerror or error}")
    except ValueError as error:
        yield Verdict(Level.WARNING, f"unit {installed}: {error}")
    else:
        if present != text:
            yield Verdict(Level.WARNING, f"unit {installed}: differs from the one that --print unit writes now")
