"""The Unix socket of a running kiosk, for its administrators."""

import asyncio
import errno
import os
import socket
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.kiosk.ipc import LENGTH, Message, MessageError, frame, parse_message
from tui.kiosk.operations.admin_commands import reachable

REQUEST_SECONDS: Final = 10.0
"""Seconds for a whole request and its answer."""
LOOK_EVERY: Final = 5.0
"""Seconds between two looks for the socket."""
MOST_BYTES: Final = 16_384
"""Bytes of a request."""


class AdminSocketError(OSError):
    """The socket cannot be opened; the message is one line."""


class AdminSocket:
    """Passes each request to a function, and sends its answer."""

    def __init__(self, path: Path, answer: Callable[[Message], Awaitable[Message]]) -> None:
        """Listen nowhere yet.

        Args:
            path: the socket's path.
            answer: carries out a request.
        """
        self.path = path
        self._answer = answer
        self._server: asyncio.Server | None = None
        self._inode = 0

    async def start(self) -> None:
        """Listen. A socket that no process listens at any more is replaced.

        Raises:
            AdminSocketError: another kiosk listens there, or the path cannot be used.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with reachable(self.path) as name:
                self._clear()
                listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                before = os.umask(0o177)  # from the first moment nobody else can connect
                try:
                    listener.bind(name)
                except OSError:
                    listener.close()
                    raise
                finally:
                    os.umask(before)
            self._server = await asyncio.start_unix_server(self._serve, sock=listener)
            self._inode = self.path.lstat().st_ino
        except OSError as error:
            raise AdminSocketError(f"admin_socket {self.path}: {error.strerror or error}") from error

    def _clear(self) -> None:
        """Remove a socket that a killed kiosk left behind."""
        if not is_free(self.path):
            raise OSError(errno.EADDRINUSE, "another kiosk listens there; name another path")
        self.path.unlink(missing_ok=True)

    async def keep(self) -> None:
        """Listen again after the socket was removed.

        Cleaners of old files do so.
        """
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if self._server and not self._is_there():
                self._server.close()
                with suppress(AdminSocketError):  # tried again
                    await self.start()

    def _is_there(self) -> bool:
        return os.path.lexists(self.path)

    async def close(self) -> None:
        """Stop listening, and remove the socket, unless another has its place."""
        server, self._server = self._server, None
        if server:
            server.close()
            with suppress(OSError):
                if self.path.lstat().st_ino == self._inode:
                    self.path.unlink()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                writer.write(_framed(await self._answered(reader, writer)))
                await writer.drain()
        except (asyncio.IncompleteReadError, TimeoutError, OSError):
            writer.transport.abort()
        finally:
            writer.close()

    async def _answered(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Message:
        """Read a request and carry it out."""
        [length] = LENGTH.unpack(await reader.readexactly(LENGTH.size))
        if length > MOST_BYTES:
            return {"error": f"a request has {length:,} bytes; {MOST_BYTES:,} are allowed"}
        data = await reader.readexactly(length)  # first of all, since what is unread would cut off the answer
        if peer_user(writer.get_extra_info("socket")) not in {0, os.geteuid()}:
            return {"error": "this kiosk belongs to another user"}
        try:
            return await self._answer(parse_message(data))
        except MessageError as error:
            return {"error": str(error)}


def is_free(path: Path) -> bool:
    """Whether no process listens at a path. Nothing is changed.

    Raises:
        OSError: no socket can be made there.
    """
    if not os.path.lexists(path):
        above = next(one for one in path.absolute().parents if os.path.lexists(one))
        if not above.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(above))
        if not os.access(above, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(above))
        return True
    if not path.is_socket():
        raise FileExistsError(errno.EEXIST, "is no socket; remove it, or name another path")
    with reachable(path) as name, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        try:
            probe.connect(name)
        except ConnectionRefusedError:
            return True
    return False


def _framed(answer: Message) -> bytes:
    try:
        return frame(answer)
    except MessageError as error:
        return frame({"error": str(error)})


def peer_user(connected: socket.socket) -> int:
    """Return the user of the other end. Where the system does not tell, the socket's mode has decided."""
    if not hasattr(socket, "SO_PEERCRED"):
        return os.geteuid()
    size = struct.calcsize("3i")
    return int(struct.unpack("3i", connected.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))[1])
