"""The groups of visitors, and the members of each."""

from collections.abc import Mapping
from typing import NamedTuple

from tui.kiosk.operations.rules_file import RulesFile
from tui.kiosk.ssh.key_lists import KeyList, read_keys
from tui.kiosk.ssh.proofs import Proof
from tui.kiosk.ssh.revocations import Revocations, read_revocations


class Members(NamedTuple):
    """The members of a group."""

    keys: KeyList
    password_hash: str

    def has(self, proof: Proof, now: float) -> bool:
        """Whether a proof is of a member, in seconds since 1970."""
        knows = bool(self.password_hash) and self.password_hash in proof.passwords
        return knows or self.keys.admits(proof, now)


class Roster:
    """The groups of a file of rules."""

    def __init__(self, file: RulesFile) -> None:
        """Read the files that the rules name.

        Raises:
            OSError: a file cannot be read.
            ValueError: a file holds what it must not.
        """
        self._groups: Mapping[str, Members] = {
            name: Members(read_keys(group.keys) if group.keys else KeyList(), group.password_hash)
            for name, group in file.groups.items()
        }
        self._revoked = read_revocations(file.revoked) if file.revoked else Revocations()
        self._known = file.rules.groups

    @property
    def passwords(self) -> tuple[str, ...]:
        """The hashes of the groups' passwords."""
        return tuple(members.password_hash for members in self._groups.values() if members.password_hash)

    @property
    def has_keys(self) -> bool:
        """Whether any group has keys or authorities."""
        return any(members.keys.keys for members in self._groups.values())

    def is_revoked(self, proof: Proof, now: float) -> bool:
        """Whether a key or a certificate does not count, or no more."""
        certificate = proof.certificate
        return self._revoked.has(proof) or bool(certificate and not certificate.begins <= now < certificate.ends)

    def groups_of(self, proof: Proof, now: float) -> frozenset[str]:
        """Return the groups of a visitor that matter to any rule."""
        if self.is_revoked(proof, now):
            return frozenset()
        return frozenset(name for name, one in self._groups.items() if one.has(proof, now)) & self._known

    def admits(self, proof: Proof, now: float) -> bool:
        """Whether a visitor is a member of any group."""
        return not self.is_revoked(proof, now) and any(one.has(proof, now) for one in self._groups.values())
