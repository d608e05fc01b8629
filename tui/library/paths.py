"""The folders of the program, by the XDG Base Directory Specification 0.8."""

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import tui

NAME: Final = "briefing"


class Folders(NamedTuple):
    """The folders of one user."""

    cache: Path
    """Caches, which may be deleted at any time."""
    state: Path
    """The reader's state: locations, marks and read entries."""
    data: Path
    """Held texts and the user's own briefings."""
    config: Path
    """The user's configuration."""

    @property
    def held(self) -> Path:
        """The texts that the user holds, each named by its SHA-256."""
        return self.data / "held"

    @property
    def own_content(self) -> Path:
        """The briefings that the user added."""
        return self.data / "content"


def user_folders(environment: Mapping[str, str] | None = None) -> Folders:
    """Find the user's folders. The specification ignores relative paths in the environment."""
    environ = os.environ if environment is None else environment
    home = Path(environ.get("HOME") or "~").expanduser()

    def folder(variable: str, default: str) -> Path:
        value = Path(environ.get(variable, ""))
        return (value if value.is_absolute() else home / default) / NAME

    return Folders(
        cache=folder("XDG_CACHE_HOME", ".cache"),
        state=folder("XDG_STATE_HOME", ".local/state"),
        data=folder("XDG_DATA_HOME", ".local/share"),
        config=folder("XDG_CONFIG_HOME", ".config"),
    )


def package_folder() -> Path:
    """Return the folder of the package, installed or in a source tree."""
    return Path(*tui.__path__)


def bundled_content() -> Path:
    """Return the folder of the bundled briefings.

    It lies inside the wheel's package, or beside the package in a source tree.
    """
    package = package_folder()
    inside = package / "content"
    return inside if inside.is_dir() else package.parent / "content"


def is_bundled(path: Path) -> bool:
    """Whether a file is bundled with the program. The next version would undo edits of root."""
    # realpath and not resolve, which raises where links lead in a circle
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(bundled_content()))


def not_yours(path: Path) -> str:
    """Return the reason against writing a file; empty if writing is allowed."""
    if is_bundled(path):
        return f"{path}: came with the program; copy its folder to one of your own"
    if not path.is_file() or not os.access(path, os.W_OK):
        return f"{path}: is no file that you may write; copy its folder to one of your own"
    return ""


def as_path(name: str) -> Path | None:
    """Return the path that a name means, or None for an id."""
    path = Path(name)
    try:
        if path.is_dir():
            return path.absolute() / "briefing.toml"
    except ValueError:
        return None
    except OSError as error:  # in a folder that must not be entered it may be there; what is no name is not
        return path.absolute() if error.errno == errno.EACCES else None
    return path.absolute() if path.suffix == ".toml" or "/" in name else None
