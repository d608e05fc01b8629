"""The table of commands for administrators, for the client and the server."""

import errno
import ipaddress
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from tui.kiosk.addresses import Network, parse_network, unwrapped
from tui.kiosk.operations.deployment import NAME

SOCKET_NAME: Final = "admin.sock"
LONGEST_NOTICE: Final = 300
"""Characters of a notice to visitors."""
_LONGEST_PATH: Final = 100
"""Bytes of a path that every system takes for a socket; Linux has room for 107, macOS for 103."""
_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION: Final = re.compile(r"(\d{1,9})([smhd])")
_FINGERPRINT: Final = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_LONGEST_BLOCK: Final = 10 * 366 * 86_400
_MOST_VISITS: Final = 10**18


def notice(text: str) -> str:
    """Return a notice in one line.

    Raises:
        ValueError: it is empty or too long.
    """
    line = " ".join(text.split())
    if not line:
        raise ValueError("a notice is empty; write the words between quotation marks")
    if len(line) > LONGEST_NOTICE:
        raise ValueError(f"a notice has {len(line)} characters; {LONGEST_NOTICE} are allowed")
    return line


def visit(text: str) -> int:
    """Return the number of a visit.

    Raises:
        ValueError: it is no number.
    """
    if not (text.isascii() and text.isdigit() and int(text) < _MOST_VISITS):
        raise ValueError(f"{text!r} is no visit; `briefing kiosk who` lists their numbers")
    return int(text)


def network(text: str) -> Network:
    """Return an address or a network. The bits of a host behind a network's own are dropped.

    Raises:
        ValueError: it is none.
    """
    try:
        found = ipaddress.ip_network(text.partition("%")[0], strict=False)
        inner = unwrapped(found.network_address)
        # A visitor by IPv4 is known by that address alone, also where the kiosk listens by IPv6.
        if inner is not found.network_address:
            return ipaddress.ip_network((inner, max(0, found.prefixlen - 96)), strict=False)
    except ValueError:
        raise ValueError(f"{text!r} is no address and no network; write 192.0.2.1 or 2001:db8::/32") from None
    return parse_network(str(found))


def duration(text: str) -> int:
    """Return the seconds of a duration such as `90m` or `7d`.

    Raises:
        ValueError: it is none, or longer than ten years.
    """
    match = _DURATION.fullmatch(text)
    seconds = int(match[1]) * _UNITS[match[2]] if match else 0
    if not 0 < seconds <= _LONGEST_BLOCK:
        raise ValueError(f"{text!r} is no duration; write a number and s, m, h or d, as 90m, for ten years at most")
    return seconds


def day(text: str) -> str:
    """Return a date as ISO 8601 has it.

    Raises:
        ValueError: it is none.
    """
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is no date; write it as 2026-11-27") from None


def key(text: str) -> str:
    """Return the fingerprint of a key.

    Raises:
        ValueError: it is none.
    """
    if not _FINGERPRINT.fullmatch(text):
        raise ValueError(
            f"{text!r} is no fingerprint of a key; write it as SHA256:…, or name the file of the public key"
        )
    return text


class Argument(NamedTuple):
    """An argument of a command."""

    name: str
    metavar: str
    help: str
    is_option: bool = False
    """Whether the argument is an option, which may be left out."""


class AdminCommand(NamedTuple):
    """A command for administrators."""

    name: str
    help: str
    arguments: tuple[Argument, ...] = ()
    changes: bool = True
    """Whether the log has an event of it; it changes something."""
    is_table: bool = False
    """Whether the answer has rows, which come in parts and can be written as CSV."""


ADMIN_COMMANDS: Final = (
    AdminCommand("who", "list the visits", changes=False),
    AdminCommand("say", "show a notice to all visitors", (Argument("text", "TEXT", "the words of the notice"),)),
    AdminCommand("end", "end a visit", (Argument("visit", "VISIT", "its number, as `who` lists it"),)),
    AdminCommand(
        "block",
        "end the visits from an address or network, and let none in for a time",
        (
            Argument("network", "ADDRESS", "an IP address or a network, as 192.0.2.0/24"),
            Argument("duration", "DURATION", "a number and s, m, h or d, as 90m"),
        ),
    ),
    AdminCommand(
        "unblock", "end a block", (Argument("network", "ADDRESS", "the address or network, as `blocks` has it"),)
    ),
    AdminCommand("blocks", "list the blocks", changes=False),
    AdminCommand(
        "audit",
        "write who came, what they read and when, where `audit` is set",
        (
            Argument("since", "DATE", "from this day on, in UTC", is_option=True),
            Argument("key", "KEY", "of this key alone, as `who` has it", is_option=True),
        ),
        changes=False,
        is_table=True,
    ),
    AdminCommand(
        "statistics",
        "write how often each briefing was opened by day, where `statistics` is set",
        (Argument("since", "DATE", "from this day on, in UTC", is_option=True),),
        changes=False,
        is_table=True,
    ),
    AdminCommand(
        "forget",
        "delete all that is kept of a visitor, and end their visits",
        (Argument("key", "KEY", "the fingerprint of the key, as `who` has it, or the file of the public key"),),
    ),
    AdminCommand("reload", "read the settings, keys and texts again, as SIGHUP does"),
    AdminCommand("upgrade", "start the installed version, which takes newcomers over once it serves"),
    AdminCommand("drain", "let the visitors finish, and end the kiosk, as SIGTERM does"),
)
BY_NAME: Final[Mapping[str, AdminCommand]] = {command.name: command for command in ADMIN_COMMANDS}
PARSED: Final = {
    "text": notice, "visit": visit, "network": network, "duration": duration, "since": day, "key": key,
}  # fmt: skip
"""The reader of each argument. Its ValueError has the message for the administrator."""


def parse(command: AdminCommand, words: Mapping[str, object]) -> dict[str, object]:
    """Read the arguments of a command.

    Raises:
        ValueError: one is missing or wrong; the message is one line.
    """
    read: dict[str, object] = {}
    for argument in command.arguments:
        word = words.get(argument.name)
        if argument.is_option and word is None:
            continue
        read[argument.name] = PARSED[argument.name](word if isinstance(word, str) else "")
    return read


def socket_path(chosen: str | None, state: Path) -> Path:
    """Return the path of the server's socket. Systemd has a variable for its folder."""
    runtime = os.environ.get("RUNTIME_DIRECTORY", "").partition(":")[0]
    return Path(chosen) if chosen else (Path(runtime) if runtime else state) / SOCKET_NAME


def candidates(chosen: str | None, state: Path) -> Iterator[Path]:
    """Yield the places of a running kiosk's socket."""
    yield socket_path(chosen, state)
    if not chosen:
        yield Path("/run") / NAME / SOCKET_NAME


@contextmanager
def reachable(path: Path) -> Iterator[str]:
    """Yield a name of a socket, short enough for the kernel.

    Raises:
        OSError: its folder cannot be opened, or the path is too long on this system.
    """
    if len(os.fsencode(path)) <= _LONGEST_PATH:
        yield str(path)
        return
    if not os.path.isdir("/proc/self/fd"):  # noqa: PTH112 - Linux alone has it
        raise OSError(errno.ENAMETOOLONG, "the path is too long for a socket; choose a shorter one", str(path))
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
