"""The decision about logins, and the wishes in user names."""

import asyncio
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

from tui.briefing.characters import escaped
from tui.kiosk.operations import passwords
from tui.kiosk.operations.rules_file import read_rules
from tui.kiosk.operations.settings import Settings
from tui.kiosk.ssh.key_lists import KeyList, read_keys
from tui.kiosk.ssh.proofs import Proof
from tui.kiosk.ssh.roster import Roster
from tui.library.catalogue import Catalogue
from tui.library.stamps import stamp
from tui.render.selection import unknown_briefing

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_WISHES: Final = frozenset({"mono", "me", "password", "cert"})
_LONGEST: Final = 200
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
    password: bool = False
    """Whether the visitor wants to be asked for a password, and for no key."""
    cert: bool = False
    """Whether only a certificate or a listed key counts, since clients show their plain key first."""


def wish(user: str) -> Wish:
    """Read a user name. One that asks for nothing, such as `kiosk`, opens the library."""
    words = user[:_LONGEST].split("+")
    names = [word for word in words if word and word not in _WISHES]
    ids = [word for word in names if _ID.fullmatch(word)]
    others = [word for word in names if not _ID.fullmatch(word)]
    return Wish(
        "".join(ids[-1:]), "".join(others[-1:]), "mono" in words, "me" in words, "password" in words, "cert" in words
    )


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
    """Decides by the settings, and by the groups of the rules."""

    def __init__(self, settings: Settings) -> None:
        """Read the files of keys and rules.

        Raises:
            OSError: a file cannot be read.
            ValueError: a file holds what it must not.
        """
        self._settings = settings
        # Password checks wait for each other, and never occupy the loop's own threads.
        self._hashing = ThreadPoolExecutor(1, "passwords")
        authorized = settings.authorized_keys if settings.access == "authorized-keys" else None
        # Each stamp is older than the reading of its file, so that no change between them is missed.
        self.stamps = _stamps(settings.rules, authorized)
        """The stamps of the files."""
        self._listed = read_keys(Path(authorized)) if authorized else KeyList()
        self.file = read_rules(settings.rules)
        self.stamps |= _stamps(*map(str, self.file.files))
        self.roster = Roster(self.file)

    def stamps_now(self) -> dict[str, str]:
        """Return the present stamps of the files. They tell whether any has changed."""
        return _stamps(*self.stamps)

    @property
    def lets_in(self) -> bool:
        """Whether anybody could log in at all."""
        return self._settings.access != "authorized-keys" or bool(
            self._listed.keys or self.roster.has_keys or self.roster.passwords
        )

    def asks(self, user: str) -> bool:
        """Return whether a user has to prove anything."""
        wished = wish(user)
        return self._settings.access != "open" or wished.me or wished.password or wished.cert

    def takes_keys(self, user: str) -> bool:
        """Return whether a key may let a user in."""
        return not wish(user).password and (self._settings.access != "password" or self.roster.has_keys)

    @property
    def takes_passwords(self) -> bool:
        """Whether a password may let in."""
        return self._settings.access == "password" or bool(self.roster.passwords)

    def allows_key(self, user: str, proof: Proof) -> bool:
        """Return whether a key or a certificate lets a user in."""
        now = time.time()
        if self.roster.is_revoked(proof, now):
            return False
        # A certificate proves nothing but what a trusted authority says with it.
        is_any = self._settings.access in {"open", "any-key"} and proof.certificate is None and not wish(user).cert
        return is_any or self._listed.admits(proof, now) or self.roster.admits(proof, now)

    def allows_password(self, password: str) -> Proof | None:
        """Return the proof of a right password, slowly."""
        written = self._settings.password_hash if self._settings.access == "password" else None
        hashes = (*([written] if written else []), *self.roster.passwords)
        right = frozenset([one for one in hashes if passwords.agrees(password, one)])
        return Proof(passwords=right) if right else None

    async def tries_password(self, password: str) -> Proof | None:
        """Return the proof of a right password, from another thread."""
        return await asyncio.get_running_loop().run_in_executor(self._hashing, self.allows_password, password)

    def groups_of(self, proof: Proof) -> frozenset[str]:
        """Return the groups of a visitor as of now."""
        return self.roster.groups_of(proof, time.time())


def _stamps(*names: str | None) -> dict[str, str]:
    return {name: stamp(name) for name in names if name}
