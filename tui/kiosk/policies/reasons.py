"""Why somebody is refused or a visit ends: a word for log and metrics, and a line for the visitor."""

from enum import Enum


class Reason(Enum):
    """A refusal or an end."""

    FULL = "full", "The kiosk is full; please come again later."
    STARTING = "starting", "The kiosk is starting again; please come back in a moment."
    ADDRESS_FULL = "address-full", "Too many visits from your address; please come again later."
    TOO_OFTEN = "too-often", "Too many new visits from your address; please wait a minute."
    WAITING_FULL = "waiting-full", "Too many are logging in; please come again later."
    ADDRESS_WAITING = "address-waiting", "Too many from your address are logging in; please come again later."
    DRAINING = "draining", "The kiosk is about to end; please come again later."
    TRIES = "tries", "Too many tries to log in."
    NO_SESSION = "no-session", "No session was opened in time."
    ROOM = "room", "Others wait to log in, and your connection has only waited; please connect again."
    SECOND_SESSION = "second-session", "One session at a time; please end the other one first."
    LEFT = "left", "Good-bye."
    IDLE = "idle", "You were away; your visit has ended. Please come again."
    TOTAL = "total", "Your visit has reached its longest time. Please come again."
    DRAINED = "drained", "The kiosk is ending. Please come again later."
    BYTES_IN = "bytes-in", "Your visit has sent more than it may."
    BYTES_OUT = "bytes-out", "Your visit has taken more than it may. Please come again."
    STALLED = "stalled", "Your terminal took nothing for too long."
    SMALL_PACKETS = "small-packets", "Your client takes packets that are too small for a screen."
    REKEYING = "rekeying", "Too many key exchanges."
    FAULT = "fault", "Something went wrong here, and your visit ends."
    LOST = "lost", "The connection was lost."

    def __init__(self, word: str, line: str) -> None:
        """Take the word and the line apart."""
        self.word = word
        """For log and metrics."""
        self.line = line
        """For the visitor."""

    @property
    def is_of_address(self) -> bool:
        """Whether a limit of one address is the reason."""
        return self in {Reason.ADDRESS_FULL, Reason.ADDRESS_WAITING}
