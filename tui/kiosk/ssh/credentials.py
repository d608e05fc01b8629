"""The keys and passwords that a visitor offers under one name."""

import asyncssh

from tui.kiosk.addresses import is_listed
from tui.kiosk.ssh.access import Access
from tui.kiosk.ssh.host_keys import fingerprint
from tui.kiosk.ssh.proofs import NOTHING, Certificate, Proof, key_names


class Credentials:
    """Remembers the last offer. Anybody can name anybody's key, and a login proves the last."""

    def __init__(self, access: Access, address: str) -> None:
        """Begin without an offer.

        Args:
            access: decides.
            address: the visitor's address, since a key may be limited to some.
        """
        self._access = access
        self._address = address
        self._user = ""
        self.offered = NOTHING
        """The key or password that was offered last under the present name, if it lets in."""

    def begin(self, user: str) -> bool:
        """Begin with another name. Return whether a proof is needed."""
        self._user, self.offered = user, NOTHING  # another name may need no proof, so an earlier proof does not count
        return self._access.asks(user)

    @property
    def takes_keys(self) -> bool:
        """Whether a key may let in under this name."""
        return self._access.takes_keys(self._user)

    def offer_key(self, key: asyncssh.SSHKey, certificate: Certificate | None = None) -> bool:
        """Return whether a key or its certificate lets in."""
        is_here = not certificate or not certificate.networks or is_listed(self._address, certificate.networks)
        proof = Proof(fingerprint(key), key_names(key), certificate, address=self._address)
        allowed = is_here and self._access.allows_key(self._user, proof)
        self.offered = proof if allowed else NOTHING
        return allowed

    async def offer_password(self, password: str) -> bool:
        """Return whether a password lets in."""
        proof = await self._access.tries_password(password)
        self.offered = proof or NOTHING
        return proof is not None
