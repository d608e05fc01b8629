"""Messages between the parent and a worker: a line of JSON each, some with a socket, over a pair of sockets."""

import json
import os
import socket
from collections import deque
from typing import Any, Final

_PIECE: Final = 65_536
_MOST_SOCKETS: Final = 64
Message = dict[str, Any]


class Wire:
    """One end of the pair; nothing in it waits."""

    def __init__(self, end: socket.socket) -> None:
        """Talk over a socket of the family AF_UNIX."""
        end.setblocking(False)
        self.socket = end
        self._rest = b""
        self._sockets: deque[int | None] = deque()
        self._unsent = b""

    def tell(self, message: Message, passed: socket.socket | None = None) -> bool:
        """Send a message; tell whether it went, which it does not where the other end is too far behind or gone.

        A message without a socket is kept and sent before the next one; one with a socket is not.
        """
        line = json.dumps(message if passed is None else {**message, "socket": True}).encode() + b"\n"
        if not self.flush():
            if passed is None:
                self._unsent += line
            return False
        try:
            if passed is not None:
                # The kernel takes the socket with the first byte: a line that is cut goes on with the next flush.
                sent = socket.send_fds(self.socket, [line], [passed.fileno()])
            else:
                sent = self.socket.send(line)
        except BlockingIOError:
            if passed is None:
                self._unsent += line
            return False
        except OSError:
            return False
        self._unsent += line[sent:]
        return True

    def flush(self) -> bool:
        """Send what was kept; tell whether nothing is left."""
        try:
            while self._unsent:
                self._unsent = self._unsent[self.socket.send(self._unsent) :]
        except OSError:
            return False
        return True

    def read(self) -> tuple[list[tuple[Message, socket.socket | None]], bool]:
        """Give the messages that came, and whether the other end is still there.

        A message whose socket this process has no room for comes without it.
        """
        try:
            data, descriptors, flags, _ = socket.recv_fds(self.socket, _PIECE, _MOST_SOCKETS)
        except BlockingIOError:
            return [], True
        except OSError:
            return [], False
        self._sockets.extend(descriptors)
        if flags & socket.MSG_CTRUNC:
            self._sockets.append(None)  # in its place, so that those that come later go with their own messages
        *lines, self._rest = (self._rest + data).split(b"\n")
        messages: list[tuple[Message, socket.socket | None]] = []
        for line in lines:
            message = json.loads(line)
            descriptor = self._sockets.popleft() if message.get("socket") else None
            messages.append((message, None if descriptor is None else socket.socket(fileno=descriptor)))
        return messages, bool(data)

    def close(self) -> None:
        """Hang up."""
        self.socket.close()
        for descriptor in self._sockets:
            if descriptor is not None:
                os.close(descriptor)
        self._sockets.clear()
