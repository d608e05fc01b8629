"""The start of a server: sockets, folders, and its error."""

import socket
from pathlib import Path
from typing import Final

from tui.kiosk.operations.settings import Settings
from tui.library.paths import Folders, bundled_content

_BACKLOG: Final = 256


class StartError(Exception):
    """The server cannot start; the message is one line."""


def content_folders(settings: Settings, folders: Folders) -> list[Path]:
    """Return the folders of briefings. The bundled one and the user's own are the default."""
    chosen = [Path(name).absolute() for name in settings.content]
    return chosen or [bundled_content(), folders.own_content]


def listening(settings: Settings) -> list[socket.socket]:
    """Open the sockets at which visitors come.

    Raises:
        StartError: the address is none, or is taken.
    """
    host, port = settings.host, settings.port
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        listener = socket.create_server(address[:2], family=family, backlog=_BACKLOG, dualstack_ipv6=host == "::")
    except (OSError, UnicodeError) as error:
        said = str(getattr(error, "strerror", None) or error).partition(" (while")[0]  # Python repeats the address
        raise StartError(f"cannot listen at {host} port {port}: {said}") from error
    return [listener]
