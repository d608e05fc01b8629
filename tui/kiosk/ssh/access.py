"""The decision about logins, and the wishes in user names."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

import asyncssh

from tui.briefing.characters import escaped
from tui.briefing.files import UnreadableFileError, read_bounded
from tui.kiosk.operations import passwords
from tui.kiosk.operations.settings import Settings
from tui.kiosk.ssh.host_keys import fingerprint
from tui.library.catalogue import Catalogue
from tui.render.selection import unknown_briefing

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_LONGEST: Final = 200
_MOST_KEYS: Final = 16 * 1024 * 1024
_LONGEST_SHOWN: Final = 64
_USUAL: Final = "kiosk"
"""The name under which visitors come who want the library; nothing is said of it."""


class Wish(NamedTuple):
    """A visitor's wish, as a user name has it: `mono+dprk-missiles` or `me`."""

    briefing: str = ""
    """The id of the briefing to open; empty for the library."""
    unknown: str = ""
    """A word that can be no id, and means nothing."""
    mono: bool = False
    """Whether to show no colours."""
    me: bool = False
    """Whether the visitor wants to be known by a key where anybody may come in."""


def wish(user: str) -> Wish:
    """Read a user name. One that asks for nothing, such as `kiosk`, opens the library."""
    words = user[:_LONGEST].split("+")
    names = [word for word in words if word and word not in {"mono", "me"}]
    ids = [word for word in names if _ID.fullmatch(word)]
    others = [word for word in names if not _ID.fullmatch(word)]
    return Wish("".join(ids[-1:]), "".join(others[-1:]), "mono" in words, "me" in words)


def unknown_name(wished: Wish, catalogue: Catalogue) -> str:
    """Describe a name that no briefing has. Empty for other names."""
    name = wished.briefing or wished.unknown
    if not name or name == _USUAL:
        return ""
    said = unknown_briefing(catalogue, escaped(name[:_LONGEST_SHOWN]), "here is the library")
    return f"{said[:1].upper()}{said[1:]}{'' if said.endswith('?') else '.'}"


def advice(settings: Settings) -> str:
    """Describe the way to find locations again. Empty if there is none."""
    if not settings.keep_state or settings.access == "password":
        return ""
    if settings.access == "open":
        return "Visit as me@…, and your SSH key keeps your locations and marks."
    return "Your SSH key keeps your locations and marks."


class Access:
    """Decides by the settings."""

    def __init__(self, settings: Settings) -> None:
        """Read the authorized keys.

        Raises:
            OSError: their file cannot be read.
            ValueError: it holds what is no key.
        """
        self._settings = settings
        self._keys: frozenset[str] = frozenset()
        # Password checks wait for each other, and never occupy the loop's own threads.
        self._hashing = ThreadPoolExecutor(1, "passwords")
        if settings.access == "authorized-keys" and settings.authorized_keys:
            self._keys = _read_keys(Path(settings.authorized_keys))

    @property
    def keys(self) -> int:
        """The number of authorized keys."""
        return len(self._keys)

    def asks(self, user: str) -> bool:
        """Return whether a user has to prove anything."""
        return self._settings.access != "open" or wish(user).me

    @property
    def takes_keys(self) -> bool:
        """Whether a key lets in."""
        return self._settings.access != "password"

    @property
    def takes_passwords(self) -> bool:
        """Whether a password lets in."""
        return self._settings.access == "password"

    def allows_key(self, key: asyncssh.SSHKey) -> bool:
        """Return whether a key lets in."""
        return self._settings.access in {"open", "any-key"} or fingerprint(key) in self._keys

    def allows_password(self, password: str) -> bool:
        """Return whether a password lets in, after a tenth of a second."""
        written = self._settings.password_hash
        return written is not None and passwords.agrees(password, written)

    async def tries_password(self, password: str) -> bool:
        """Return whether a password lets in, from a thread of its own."""
        return await asyncio.get_running_loop().run_in_executor(self._hashing, self.allows_password, password)


def _read_keys(path: Path) -> frozenset[str]:
    found = set()
    path.stat()
    try:
        text = read_bounded(path, _MOST_KEYS).decode("utf-8", "replace")
    except UnreadableFileError as error:
        raise ValueError(f"authorized_keys {path}: {error}") from None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        # Options may stand before the key. None has a meaning here, since visitors may do nothing but read.
        start = re.search(r"(?:^|\s)((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[^\s]+\s+[A-Za-z0-9+/=]+)", line)
        try:
            found.add(fingerprint(asyncssh.import_public_key(start[1] if start else "")))
        except asyncssh.KeyImportError:
            raise ValueError(f"{path}:{number}: is no public key") from None
    return frozenset(found)
