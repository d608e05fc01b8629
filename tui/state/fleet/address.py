"""The address of the database that hosts share, and its password.

The password comes from a file alone: an argument can be seen by every process of the machine. A connection to another
machine is encrypted, and the machine must prove its name.
"""

import ipaddress
from pathlib import Path
from typing import Any, Final

from psycopg import Error
from psycopg.conninfo import conninfo_to_dict

_IN_FILE: Final = "others may see it here; write it to a file for fleet_password"
_HERE: Final = "write host, user and database here"
_REFUSED: Final = {"password": _IN_FILE, "sslpassword": _IN_FILE, "service": _HERE, "passfile": _HERE}
"""Parameters that are secret, or by which the rest would come from elsewhere, with the remedy."""
_MOST_BYTES: Final = 4096
_ALWAYS: Final = {
    # Empty, so that no variable of the environment leads to another machine, or brings a password.
    "hostaddr": "",
    "password": "",
    "application_name": "briefing kiosk",
    "client_encoding": "utf-8",
    "connect_timeout": "3",
    "gssencmode": "disable",
    # A network that takes packets and answers nothing is given up after some seconds.
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "2",
    "tcp_user_timeout": "5000",
}
Parameters = dict[str, Any]
"""The parameters by name, all of them texts."""


class FleetError(Exception):
    """The database cannot be used. The message is one line without addresses or secrets."""


class AddressError(FleetError):
    """The address or the password cannot be used. The message is one line without either."""


def parameters(address: str, password_file: str | Path | None) -> Parameters:
    """Return the parameters of a connection.

    Args:
        address: a URL or keywords, as libpq reads them, without a password.
        password_file: the file of the password; None for none.

    Raises:
        AddressError: the address is wrong or unsafe, or the file cannot be read.
    """
    try:
        named = {name: str(value) for name, value in conninfo_to_dict(address).items()}
    except Error:  # libpq's message may repeat a password
        raise AddressError("fleet: is no address; write postgresql://USER@HOST/DATABASE") from None
    for name in _REFUSED.keys() & named.keys():
        raise AddressError(f"fleet: {name} is not taken; {_REFUSED[name]}")
    hosts = (named.get("hostaddr") or named.get("host", "")).split(",")
    if not all(hosts):
        raise AddressError("fleet: names no host; write postgresql://USER@HOST/DATABASE")
    if all(map(_is_here, hosts)):
        named.setdefault("sslmode", "prefer")
    elif named.setdefault("sslmode", "verify-full") != "verify-full":
        raise AddressError(
            "fleet: another machine must prove its name; write sslmode=verify-full, and sslrootcert=FILE"
        )
    if password_file:
        named["password"] = _password(Path(password_file))
    return _ALWAYS | named


def _is_here(host: str) -> bool:
    """Whether a host is this machine, or a folder of Unix sockets."""
    try:
        return host == "localhost" or host[0] in "/@" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _password(path: Path) -> str:
    try:
        with path.open("rb") as file:
            words = file.read(_MOST_BYTES).decode()
    except OSError as error:
        raise AddressError(f"fleet_password {path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise AddressError(f"fleet_password {path}: is not UTF-8; write the password alone, as one line") from None
    password = words.rstrip("\r\n")
    if not password or not password.isprintable():
        raise AddressError(f"fleet_password {path}: write the password alone, as one line")
    return password
