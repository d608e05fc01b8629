"""Telling systemd how the server is, and taking sockets that systemd opened. Without systemd both do nothing.

After ``sd_notify(3)`` and ``sd_listen_fds(3)``. Both are a few lines over a datagram socket and three variables, which
is less than a binding of libsystemd would take to install.
"""

import os
import socket
import time
from collections.abc import Mapping, MutableMapping
from typing import Final, NamedTuple

_FIRST: Final = 3
"""The number of the first file descriptor that is passed: SD_LISTEN_FDS_START."""
_MOST: Final = 64
"""Sockets that are taken; more are no configuration but a mistake."""


class ActivationError(ValueError):
    """The sockets that systemd was to pass are not right. The message is one line."""


class PassedSocket(NamedTuple):
    """A socket that was opened before the server was started."""

    name: str
    """FileDescriptorName= of the socket unit; empty where it has none."""
    listener: socket.socket


class Notifier:
    """Sends the server's state to systemd."""

    def __init__(self, address: str) -> None:
        """Take the address of $NOTIFY_SOCKET. An empty one disables the notifier."""
        self._written = address
        self._address = f"\0{address[1:]}" if address.startswith("@") else address

    @property
    def environment(self) -> Mapping[str, str]:
        """The variable by which another process finds systemd."""
        return {"NOTIFY_SOCKET": self._written} if self._written else {}

    def main_process(self, process: int) -> None:
        """Report that another process is the service from now on."""
        self._send(f"MAINPID={process}")

    def ready(self) -> None:
        """Report that visitors can come, after the start or a reload."""
        self._send("READY=1")

    def starting(self, seconds: float) -> None:
        """Ask for so much time from now on until it is ready. A large library is read anew for minutes."""
        self._send(f"EXTEND_TIMEOUT_USEC={int(seconds * 1_000_000)}")

    def reloading(self) -> None:
        """Report that the configuration is being read again."""
        self._send(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def stopping(self) -> None:
        """Report that the server is ending."""
        self._send("STOPPING=1")

    def status(self, words: str) -> None:
        """Report the state in one line, for `systemctl status`."""
        self._send(f"STATUS={words.splitlines()[0] if words else ''}")

    def alive(self) -> None:
        """Report a sign of life, for WatchdogSec=."""
        self._send("WATCHDOG=1")

    def _send(self, message: str) -> None:
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
            try:
                sender.setblocking(False)
                sender.sendto(message.encode(), self._address)
            except OSError:  # the server matters more than its status
                return


def notifier(environment: MutableMapping[str, str]) -> Notifier:
    """Return the notifier, and remove its variable from the environment."""
    return Notifier(environment.pop("NOTIFY_SOCKET", ""))


def watchdog_interval(environment: MutableMapping[str, str]) -> float:
    """Return the seconds between two signs of life. 0 for none."""
    microseconds = environment.pop("WATCHDOG_USEC", "")
    meant = environment.pop("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    if not (meant and microseconds.isascii() and microseconds.isdigit()):
        return 0.0
    return int(microseconds) / 2_000_000


def passed_sockets(environment: MutableMapping[str, str]) -> tuple[PassedSocket, ...]:
    """Take the listening sockets of systemd, and remove their variables.

    Raises:
        ActivationError: what was passed is no listening TCP socket.
    """
    told = {name: environment.pop(name, "") for name in ("LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES")}
    if told["LISTEN_PID"] != str(os.getpid()):
        return ()
    number = _count(told)
    names = told["LISTEN_FDNAMES"].split(":") if told["LISTEN_FDNAMES"] else []
    names += [""] * (number - len(names))
    return tuple(PassedSocket(names[place], _listener(_FIRST + place)) for place in range(number))


def _count(told: Mapping[str, str]) -> int:
    written = told["LISTEN_FDS"]
    if not (written.isascii() and written.isdigit() and int(written) <= _MOST):
        raise ActivationError(f"LISTEN_FDS is {written[:20]!r}; a number up to {_MOST} is expected")
    return int(written)


def _listener(descriptor: int) -> socket.socket:
    try:
        os.set_inheritable(descriptor, False)
        found = socket.socket(fileno=descriptor)
    except OSError as error:
        raise ActivationError(f"file descriptor {descriptor} is no socket: {error.strerror}") from None
    listens = found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    if found.family not in {socket.AF_INET, socket.AF_INET6} or found.type != socket.SOCK_STREAM or not listens:
        found.close()
        raise ActivationError(f"file descriptor {descriptor} is no listening TCP socket; see ListenStream=")
    found.setblocking(False)
    return found
