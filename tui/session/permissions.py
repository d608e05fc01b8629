"""What a reader may do beyond reading: everything on one's own machine, and little on somebody else's."""

from typing import NamedTuple


class Allowances(NamedTuple):
    """What is allowed; one value, passed down to whoever would do it."""

    machine: bool = True
    """To touch the machine on which the program runs: its files, browser, editor and shell, stopping the program."""
    idle: float = 0.0
    """Seconds without a key or a click after which the reader is taken for gone; 0 for never."""
    motion: bool = True
    """To be told of each move of the mouse; over a network that is a packet each."""
    watches_files: bool = True
    """Whether the reader itself looks for changes of the files; else it is told of them."""

    def permits(self, needs: str) -> bool:
        """Whether a command that needs something is there; one that needs nothing always is."""
        return not needs or bool(getattr(self, needs))


OWN_MACHINE = Allowances()
LOCAL_KIOSK = Allowances(machine=False, idle=120.0)
"""For strangers at a screen of this machine: after two minutes without one of them it is made ready for the next."""
REMOTE_KIOSK = Allowances(machine=False, motion=False, watches_files=False)
"""For strangers who come over the net; their idle time is the server's to watch."""
