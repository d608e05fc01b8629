"""The permissions of a reader beyond reading.

Everything is allowed on the reader's own machine, and little in a kiosk.
"""

from typing import NamedTuple


class Allowances(NamedTuple):
    """The permissions of one reader."""

    machine: bool = True
    """Whether the reader may use the machine's files, browser, editor and shell, and stop the program."""
    idle: float = 0.0
    """The idle timeout: seconds without a key or a click; 0 for none."""
    motion: bool = True
    """Whether each move of the mouse is reported; over a network each is a packet."""
    watches_files: bool = True
    """Whether the reader watches the files itself; else the server reports their changes."""

    def permits(self, needs: str) -> bool:
        """Whether a command's need is met. An empty need always is."""
        return not needs or bool(getattr(self, needs))


OWN_MACHINE = Allowances()
LOCAL_KIOSK = Allowances(machine=False, idle=120.0)
"""The permissions of strangers at this machine. The screen is reset after two idle minutes."""
REMOTE_KIOSK = Allowances(machine=False, motion=False, watches_files=False)
"""The permissions of visitors over the network, whose idle timeout the server watches."""
