"""Checks of settings and their files, before a start or a reload."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from tui.briefing.files import FILE_NAME
from tui.kiosk.operations.rules_file import read_rules
from tui.kiosk.operations.settings import Settings
from tui.kiosk.server.starting import StartError
from tui.kiosk.ssh.access import Access
from tui.kiosk.visits.notices import read_text
from tui.library.content_folders import IS_BRIEFING
from tui.library.stamps import list_briefings

_HOLDS: Final = {"content": "briefings' folders", "texts": "texts"}
_NO_PSYCOPG: Final = "fleet needs psycopg; write: pip install 'briefing-browser[fleet]'"


class WrongSettingError(StartError):
    """The server cannot start with these settings or their files."""


def check(settings: Settings) -> None:
    """Check the files and folders that the settings name.

    Raises:
        StartError: there is no such folder, as while its disk is not mounted.
        WrongSettingError: a file or folder is not what it must be.
    """
    try:
        Access(settings)
        for name in ("banner", "notice"):
            read_text(name, getattr(settings, name))
    except OSError as error:
        raise WrongSettingError(f"{error.filename}: {error.strerror}") from error
    except ValueError as error:
        raise WrongSettingError(str(error)) from error
    for name in settings.content:
        _check_folder("content", Path(name))
        _check_content(Path(name))
    for name in settings.texts:
        _check_folder("texts", Path(name))
    stray = sorted(name for name in os.environ if name.startswith("TEXTUAL"))
    if stray:
        raise WrongSettingError(f"{', '.join(stray)}: would act on every visit; unset it")


def _check_folder(setting: str, path: Path) -> None:
    if not path.exists():
        raise StartError(f"{setting} {path}: there is no such folder")
    if not path.is_dir():
        raise WrongSettingError(f"{setting} {path}: is no folder; name the one that holds the {_HOLDS[setting]}")
    if not os.access(path, os.R_OK | os.X_OK):
        raise WrongSettingError(f"{setting} {path}: cannot be read by the kiosk's user; let it read the folder")


def _check_content(path: Path) -> None:
    if list_briefings(path).is_briefing:
        raise WrongSettingError(f"content {path}: {IS_BRIEFING}; name the one above it")


def lockout(settings: Settings) -> str:
    """Return the reason for which nobody could log in, if any."""
    if not Access(settings).lets_in:
        return f"authorized_keys {settings.authorized_keys}: holds no key, so nobody could log in; add one"
    return ""


def doubts(settings: Settings) -> Iterator[str]:
    """Yield a line for each setting that is allowed and hardly meant."""
    for name, access in (("password_hash", "password"), ("authorized_keys", "authorized-keys")):
        if getattr(settings, name) is not None and settings.access != access:
            yield f'{name} is set, but access = "{settings.access}" never asks for it; write access = "{access}"'
    yield from read_rules(settings.rules).doubts
    for folder in settings.content:
        listing = list_briefings(Path(folder))
        if not (listing.briefings or listing.error):
            below = sorted(str(file.parent.parent) for file in islice(Path(folder).glob(f"*/*/{FILE_NAME}"), 1))
            remedy = f"; name the folder above each, as {below[0]}" if below else ""
            yield f"content {folder}: holds no briefing, which is a folder with a {FILE_NAME} in it{remedy}"
