"""The protocol of policies, and their reasons."""

from collections.abc import Callable, Iterable
from enum import Enum, auto
from typing import ClassVar, Final, NamedTuple, TypeVar, cast

from tui.kiosk.operations.settings import Settings

Clock = Callable[[], float]
"""Returns seconds."""


class Reason(NamedTuple):
    """The reason for a refusal or for the end of a visit."""

    word: str
    """For log and metrics."""
    line: str
    """For the visitor."""


# Reasons that belong to no policy.
STARTING: Final = Reason("starting", "The kiosk is starting again; please come back in a moment.")
NO_SESSION: Final = Reason("no-session", "No session was opened in time.")
SECOND_SESSION: Final = Reason("second-session", "One session at a time; please end the other one first.")
SMALL_PACKETS: Final = Reason("small-packets", "Your client takes packets that are too small for a screen.")
ENDED: Final = Reason("ended", "The operator has ended your visit.")
FORGOTTEN: Final = Reason("forgotten", "The operator has deleted what was kept of you, and your visit ends.")
LEFT: Final = Reason("left", "Good-bye.")
LOST: Final = Reason("lost", "The connection was lost.")
ACCESS: Final = Reason("access", "What you may read has changed; please connect again.")
FAULT: Final = Reason("fault", "Something went wrong here, and your visit ends.")


def apology(reference: str) -> str:
    """Return the last line of a visit that a fault ended."""
    return f"{FAULT.line} Please come again, and tell the operator {reference}."


class Step(Enum):
    """A step of a connection that a policy may refuse."""

    CONNECT = auto()
    """In the parent, before a worker has the connection."""
    CHECK = auto()
    """Likewise, for a connection that a load balancer marks as a check of its own."""
    SESSION = auto()
    """In the parent: another session on a connection."""
    EXEC = auto()
    """In the parent: a session that runs a command."""
    LOGIN = auto()
    """In the worker: a try to log in."""
    KEY_EXCHANGE = auto()
    """In the worker: an exchange of keys, the first one included."""


class Request(NamedTuple):
    """A step that a visitor asks for."""

    step: Step
    address: str = ""
    ticket: int = 0
    """The parent's number of the connection."""
    is_proxy: bool = False
    """Whether the address is that of a load balancer, since the visitor's is unknown."""


class Policy:
    """A limit on visitors, without any socket or screen.

    To add a policy, write its class in a file of its own, its settings in `operations/settings.py`, and its row in
    `policies/table.py`.
    """

    settings: ClassVar[tuple[str, ...]] = ()
    """The names of its settings."""
    metric: ClassVar[str] = ""
    """The metric that counts its reasons."""
    reasons: ClassVar[tuple[Reason, ...]] = ()
    """The reasons that it can give."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Begin with nothing counted."""
        self._settings = settings
        self._clock = clock

    def change(self, settings: Settings) -> None:
        """Apply new settings to further requests."""
        self._settings = settings

    def admit(self, request: Request) -> Reason | None:
        """Count a step, and return the reason of a refusal."""
        return None

    def leave(self, ticket: int) -> None:
        """Remove a connection. An unknown ticket is ignored."""

    def check(self) -> Reason | None:
        """Return the reason for which the visit ends now, if any."""
        return None


AnyPolicy = TypeVar("AnyPolicy", bound=Policy)


class Policies:
    """Some policies that decide together: the first reason counts."""

    def __init__(self, kinds: Iterable[type[Policy]], settings: Settings, clock: Clock) -> None:
        """Create a policy of each kind."""
        self._policies = {kind: kind(settings, clock) for kind in kinds}

    def __getitem__(self, kind: type[AnyPolicy]) -> AnyPolicy:
        return cast("AnyPolicy", self._policies[kind])

    def change(self, settings: Settings) -> None:
        """Apply new settings to all policies."""
        for policy in self._policies.values():
            policy.change(settings)

    def admit(self, request: Request) -> Reason | None:
        """Return the first reason for which a step is refused, if any."""
        return next(filter(None, (policy.admit(request) for policy in self._policies.values())), None)

    def leave(self, ticket: int) -> None:
        """Remove a connection."""
        for policy in self._policies.values():
            policy.leave(ticket)

    def check(self) -> Reason | None:
        """Return the first reason for which the visit ends now, if any."""
        return next(filter(None, (policy.check() for policy in self._policies.values())), None)
