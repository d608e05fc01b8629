"""Finds the library, the briefing and the entry of a command's arguments."""

import argparse
import contextlib
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.authoring.errors import AuthoringError
from tui.cli.output import UnreadError, complain
from tui.library.paths import bundled_content, not_yours, user_folders
from tui.library.stamps import ABSENT, is_there, stamp
from tui.render.arguments import UsageError

if TYPE_CHECKING:
    from tui.library.catalogue import Catalogue, Result
    from tui.library.text_folders import TextFolders
    from tui.library.volume import Volume
    from tui.session.config import Config
    from tui.state.reader_state import ReaderState

CACHE_NAME: Final = "catalogue.sqlite"


def own_config() -> "Config":
    """Read the user's configuration.

    Raises:
        UsageError: the configuration has problems.
    """
    from tui.session.config import FILE_NAME, read_config

    config, problems = read_config(user_folders().config / FILE_NAME)
    if problems:
        raise UsageError(*map(str, problems))
    return config


def own_texts(config: "Config") -> "TextFolders":
    """Return the text folders of the user."""
    from tui.library.text_folders import user_texts

    return user_texts(config.texts, user_folders().cache)


def own_state() -> "ReaderState":
    """Open the user's state. Its changes delete the kept frames that showed it."""
    from tui import instant
    from tui.state.stores import FILE_NAME, open_state

    if not instant.is_state_known():
        instant.forget()
    state = open_state(user_folders().state / FILE_NAME)
    state.on_written = instant.forget
    return state


def refuse_taken(catalogue: "Catalogue", name: str) -> None:
    """Refuse a new briefing's id that a command or a briefing has.

    `briefing ID` would run the command.

    Raises:
        UnreadError: a content folder could not be read, and the briefing may be there.
        UsageError: the id is taken.
    """
    from tui.cli.commands import BY_NAME

    if name in BY_NAME:
        raise UsageError(f"{name!r} is a command of this program; choose another id")
    catalogue.refresh()
    taken = catalogue.find(name)
    if taken is None:
        return
    if catalogue.unread and not is_there(stamp(taken)):
        raise UnreadError(catalogue.unread)
    raise UsageError(f"the library has a briefing {name!r} already, {taken}; choose another id")


def open_catalogue(options: argparse.Namespace, config: "Config") -> "Catalogue":
    """Create the library that the options choose.

    Raises:
        UsageError: a chosen content folder does not exist.
    """
    from tui.library.catalogue import Catalogue

    folders = user_folders()
    chosen: list[Path] | None = options.content
    for folder in chosen or ():
        if stamp(folder / ".") == ABSENT:
            raise UsageError(f"--content {folder}: there is no such folder")
    roots = chosen or [bundled_content(), folders.own_content, *config.content]
    library = folders.cache / CACHE_NAME, [root.absolute() for root in roots]
    where = *library, folders.held, [folders.own_content], own_texts(config)
    if getattr(options, "kiosk", False):
        from tui.library.latest_time import FILE_NAME, LatestTime
        from tui.library.published_catalogue import PublishedCatalogue

        published = PublishedCatalogue(*where)
        published.publishing.clock = LatestTime(folders.state / FILE_NAME)
        return published
    return Catalogue(*where)


@contextlib.contextmanager
def library(options: argparse.Namespace) -> Iterator["Catalogue"]:
    """Open the library for one command and close it afterwards.

    A fault of the cache is reported at the end.

    Raises:
        UnreadError: a content folder could not be read, or does not exist.
    """
    catalogue = open_catalogue(options, own_config())
    try:
        yield catalogue
    finally:
        tell_cache(catalogue)
        catalogue.close()
    if catalogue.unread:
        raise UnreadError(catalogue.unread)


def tell_cache(catalogue: "Catalogue") -> None:
    """Report once faults of the cache and of the text folders."""
    if said := catalogue.cache.news():
        complain(f"{catalogue.cache_folder}: {said}")
    tell_texts(catalogue.texts)


def tell_texts(texts: "TextFolders") -> None:
    """Report once the files that text folders left out."""
    for said in texts.news():
        complain(said)


def split_target(text: str) -> tuple[str, str]:
    """Split ID#ENTRY.

    Raises:
        UsageError: there is no ID.
    """
    name, _, entry = text.partition("#")
    if not name:
        raise UsageError(f"{text!r} names no briefing; write ID or ID#ENTRY, see briefing list")
    return name, entry


def find_path(catalogue: "Catalogue", name: str) -> Path:
    """Find a briefing's file by its id or path.

    Raises:
        UnreadError: the briefing was not found, and a content folder could not be read.
        UsageError: there is no such briefing.
    """
    from tui.library.paths import as_path

    path = catalogue.find(name)
    if path is not None and stamp(path) == ABSENT:  # removed since the last refresh, or its folder is not mounted
        catalogue.refresh()
        path = catalogue.find(name)
    path = path or as_path(name)
    if path is None:
        catalogue.refresh()
        path = catalogue.find(name)
    if path is None and catalogue.unread:  # the briefing may be in the folder that could not be read
        raise UnreadError(catalogue.unread)
    if path is None:
        raise UsageError(_unknown(catalogue, name))
    return path


def find_own(catalogue: "Catalogue", name: str) -> Path:
    """Find the file of a briefing that the user may edit.

    Raises:
        AuthoringError: the briefing came with the program, or the file cannot be written.
    """
    path = find_path(catalogue, name)
    if said := not_yours(path):
        raise AuthoringError(said)
    return path


def open_briefing(catalogue: "Catalogue", name: str) -> "Result":
    """Open a briefing by id or path."""
    result = catalogue.open(find_path(catalogue, name))
    check_id(catalogue, name, result)
    return result


def open_target(options: argparse.Namespace) -> tuple["Result", str, str]:
    """Open the briefing of ID#ENTRY. Return the entry, and the name for further commands, too."""
    name, entry = split_target(options.target)
    with library(options) as catalogue:
        result = open_briefing(catalogue, name)
    return result, entry, called(options, name, result.path)


def called(options: argparse.Namespace, name: str, path: Path) -> str:
    """Return the name by which a further command finds a briefing.

    The name is quoted for a shell. It is the name that was given, or the path where an id was found in a folder that
    `--content` chose for one command only.
    """
    from tui.library.paths import as_path

    given = as_path(name) is not None or not options.content
    return shlex.quote(name if given and name else str(path))


def check_id(catalogue: "Catalogue", name: str, result: "Result") -> None:
    """Refuse a briefing whose id has changed since the catalogue found it.

    Raises:
        UsageError: the briefing has another id now.
    """
    from tui.library.paths import as_path

    if result.volume is not None and not result.volume.edition.is_called(name) and as_path(name) is None:
        raise UsageError(_unknown(catalogue, name))


def check_entry(volume: "Volume", entry: str, command: str) -> None:
    """Refuse an entry that the briefing does not have.

    Args:
        volume: the briefing.
        entry: the entry's id.
        command: the name by which a further command finds the briefing.

    Raises:
        UsageError: there is no such entry.
    """
    from tui.render.selection import unknown_entry

    if said := unknown_entry(volume, entry, f"see briefing show {command}"):
        raise UsageError(said)


def _unknown(catalogue: "Catalogue", name: str) -> str:
    """Report that no briefing has a name, with the names like it."""
    from tui.render.selection import unknown_briefing

    return unknown_briefing(catalogue, name, "see briefing list")
