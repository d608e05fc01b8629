"""The table of policies, a row each."""

from typing import Final

from tui.kiosk.policies.admission import Admission
from tui.kiosk.policies.back_pressure import BackPressure
from tui.kiosk.policies.blocks import Blocks
from tui.kiosk.policies.failed_logins import FailedLogins
from tui.kiosk.policies.idle_timeout import IdleTimeout
from tui.kiosk.policies.policy import Policy
from tui.kiosk.policies.quotas import Quotas

OF_SERVER: Final[tuple[type[Policy], ...]] = (
    Blocks,
    FailedLogins,
    Admission,  # last, since it makes room for a visitor whom no other policy refuses
)
"""Made once, in the parent, for all visitors."""
OF_CONNECTION: Final[tuple[type[Policy], ...]] = (Quotas,)
"""Made in a worker for each connection."""
OF_VISIT: Final[tuple[type[Policy], ...]] = (IdleTimeout, BackPressure)
"""Made in a worker for each visit on a screen."""
