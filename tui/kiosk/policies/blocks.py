"""The blocks of addresses and networks. An administrator sets them for a time."""

from collections.abc import Mapping
from typing import Final

from tui.kiosk.addresses import Network, is_listed
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.policy import Clock, Policy, Reason, Request, Step

BLOCKED: Final = Reason("blocked", "Your address is blocked at present; please ask the operator.")


class Blocks(Policy):
    """Refuses connections from blocked addresses."""

    metric = "briefing_kiosk_refusals_total"
    reasons = (BLOCKED,)

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Begin without a block."""
        super().__init__(settings, clock)
        self._until: dict[Network, float] = {}

    def block(self, network: Network, seconds: float) -> None:
        """Block a network from now on. A block that it has is replaced."""
        self._until[network] = self._clock() + seconds

    def lift(self, network: Network) -> bool:
        """End a block, and return whether there was one."""
        return self._until.pop(network, None) is not None

    def left(self) -> Mapping[Network, float]:
        """Return the blocked networks, each with the seconds that are left."""
        now = self._clock()
        self._until = {network: until for network, until in self._until.items() if until > now}
        return {network: until - now for network, until in self._until.items()}

    def admit(self, request: Request) -> Reason | None:
        """Refuse a connection from a blocked address."""
        is_new = request.step is Step.CONNECT
        return BLOCKED if is_new and self._until and is_listed(request.address, self.left()) else None
