"""Messages between processes. They are JSON behind its length, some with a socket.

A message is a dictionary: a request has the key `command`, news that nobody asked for the key `event`, and the answer to a
request the key `reply`.

JSON and no pickle. Pickle would take 0.1 ms for an answer of the search in place of 1, but a process that reads what
visitors type could then run code in the process that holds everybody's sessions.
"""

import asyncio
import json
import os
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

Message = dict[str, Any]
Received = Callable[[Message, socket.socket | None], None]

MAX_BYTES: Final = 4 << 20
"""Bytes of a message. An answer has 50 hits of some 400 bytes; a visitor's readings take 60 bytes an entry."""
LENGTH: Final = struct.Struct(">I")
"""The number of bytes of a message, before each of them."""
_CHUNK: Final = 65_536
_MAX_SOCKETS: Final = 64
_PATH: Final = "Path"
_MAPPING: Final = "mapping"


class MessageError(ValueError):
    """A message is malformed."""


class TooLongError(MessageError):
    """A message has more than `MAX_BYTES`."""


def frame(message: Message) -> bytes:
    """Write a message with its length before it.

    Raises:
        TooLongError: it has more than `MAX_BYTES`.
    """
    # As ASCII, since a visitor's text may have lone surrogates, which no encoding takes.
    data = json.dumps(message, separators=(",", ":")).encode("ascii")
    return LENGTH.pack(_checked(len(data))) + data


def _checked(length: int) -> int:
    if length > MAX_BYTES:
        raise TooLongError(f"a message has {length:,} bytes; {MAX_BYTES:,} are allowed")
    return length


def parse_message(data: bytes | bytearray) -> Message:
    """Parse a message without its length.

    Raises:
        MessageError: it is no JSON object.
    """
    try:
        message = json.loads(data)
    except RecursionError:
        raise MessageError("a message is nested too deeply") from None
    except ValueError:  # no JSON, or no UTF-8
        raise MessageError("a message is no JSON") from None
    if not isinstance(message, dict):
        raise MessageError("a message is no JSON object")
    return message


class Channel:
    """An end of a pair of sockets in an event loop."""

    def __init__(self, end: socket.socket) -> None:
        """Use a socket of the family AF_UNIX and of the type SOCK_STREAM."""
        end.setblocking(False)
        self._end = end
        self._data = bytearray()
        self._descriptors: deque[int | None] = deque()
        self._unsent = b""
        self._loop: asyncio.AbstractEventLoop | None = None

    def send(self, message: Message, passed: socket.socket | None = None) -> bool:
        """Send a message, and return whether the kernel took it.

        Where the other end is behind, a message is kept and sent later, but not one with a socket.

        Raises:
            TooLongError: the message has more than `MAX_BYTES`.
        """
        data = frame(message if passed is None else {**message, "socket": True})
        sent = 0
        is_sent = self.flush()
        if is_sent:
            try:
                # The kernel takes the socket with the first byte; the rest of a cut message follows with the next flush.
                sent = self._end.send(data) if passed is None else socket.send_fds(self._end, [data], [passed.fileno()])
            except OSError as error:
                is_sent = False
                if not isinstance(error, BlockingIOError):
                    return False
        if is_sent or passed is None:
            self._unsent += data[sent:]
        self._watch_writing()
        return is_sent

    def flush(self) -> bool:
        """Send the kept messages, and return whether none is left."""
        try:
            while self._unsent:
                self._unsent = self._unsent[self._end.send(self._unsent) :]
        except OSError:
            return False
        return True

    def receive(self) -> tuple[list[tuple[Message, socket.socket | None]], bool]:
        """Return new messages, and whether the other end is open.

        A message comes without its socket where this process has no room for another descriptor.

        Raises:
            ValueError: a message is too long or malformed; the channel is of no use any more.
        """
        try:
            data, descriptors, flags, _ = socket.recv_fds(self._end, _CHUNK, _MAX_SOCKETS)
        except BlockingIOError:
            return [], True
        except OSError:
            return [], False
        self._descriptors.extend(descriptors)
        if flags & socket.MSG_CTRUNC:
            self._descriptors.append(None)  # so that later sockets stay with their own messages
        self._data += data
        messages: list[tuple[Message, socket.socket | None]] = []
        while (message := self._take()) is not None:
            descriptor = self._descriptors.popleft() if message.get("socket") else None
            messages.append((message, None if descriptor is None else socket.socket(fileno=descriptor)))
        return messages, bool(data)

    def _take(self) -> Message | None:
        """Return the next whole message; None where its end has not come."""
        if len(self._data) < LENGTH.size:
            return None
        end = LENGTH.size + _checked(LENGTH.unpack_from(self._data)[0])
        if len(self._data) < end:
            return None
        data = self._data[LENGTH.size : end]
        del self._data[:end]
        return parse_message(data)

    def listen(self, received: Received, closed: Callable[[Exception | None], None]) -> None:
        """Call back in the running loop.

        Args:
            received: is called for each message, with its socket.
            closed: is called once, when the other end has closed or sent a malformed message, which is the argument.
        """

        def read() -> None:
            error: Exception | None = None
            try:
                messages, is_open = self.receive()
            except ValueError as malformed:
                messages, is_open, error = [], False, malformed
            if not is_open:
                self._stop()
            for message, passed in messages:
                received(message, passed)
            if not is_open:
                closed(error)

        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._end, read)
        self._watch_writing()

    def _watch_writing(self) -> None:
        """Send kept messages in the loop, as the other end takes them."""

        def write() -> None:
            if self.flush() and self._loop:
                self._loop.remove_writer(self._end)

        if self._loop and self._unsent:
            self._loop.add_writer(self._end, write)

    def _stop(self) -> None:
        if self._loop:
            self._loop.remove_reader(self._end)
            self._loop.remove_writer(self._end)
            self._loop = None

    def close(self) -> None:
        """Close the socket, and those that came for no message."""
        self._stop()
        self._end.close()
        for descriptor in self._descriptors:
            if descriptor is not None:
                os.close(descriptor)
        self._descriptors.clear()


class BlockingChannel:
    """An end of a pair of sockets for threads, which wait."""

    def __init__(self, end: socket.socket) -> None:
        """Use a socket of the family AF_UNIX and of the type SOCK_STREAM."""
        end.setblocking(True)
        self._end = end
        self._sending = threading.Lock()

    def send(self, message: Message) -> None:
        """Send a message.

        Raises:
            TooLongError: the message has more than `MAX_BYTES`; nothing was sent.
            OSError: the other end is closed.
        """
        data = frame(message)
        with self._sending:
            self._end.sendall(data)

    def receive(self) -> Message | None:
        """Wait for a message; None where the other end is closed.

        Raises:
            ValueError: the message is too long or malformed.
        """
        head = self._read(LENGTH.size)
        data = self._read(_checked(LENGTH.unpack(head)[0])) if head else None
        return None if data is None else parse_message(data)

    def _read(self, number: int) -> bytes | None:
        data = bytearray()
        try:
            # An end with a timeout gives what it has, even where all is asked for.
            while len(data) < number and (part := self._end.recv(number - len(data), socket.MSG_WAITALL)):
                data += part
        except ConnectionError:
            return None
        return bytes(data) if len(data) == number else None


class Codec:
    """Encodes records as JSON, and decodes known types alone."""

    def __init__(self, kinds: Iterable[type] = ()) -> None:
        """Accept some types, which are named tuples or dataclasses."""
        self._kinds = {kind.__name__: kind for kind in kinds}

    def encode(self, value: Any) -> Any:
        """Return a record, or a structure of records, as JSON carries it."""
        name = type(value).__name__
        if name in self._kinds:
            return {"is": name, "of": [self.encode(getattr(value, field)) for field in _fields(type(value))]}
        if isinstance(value, Path):
            return {"is": _PATH, "of": [str(value)]}
        if isinstance(value, Mapping):
            return {"is": _MAPPING, "of": [[self.encode(key), self.encode(entry)] for key, entry in value.items()]}
        if isinstance(value, tuple | list):
            return list(map(self.encode, value))
        return value

    def decode(self, value: Any) -> Any:
        """Return the argument of `encode`, with tuples for lists.

        Raises:
            LookupError: an unknown type is named.
            TypeError, ValueError: `encode` has not written this.
        """
        if isinstance(value, list):
            return tuple(map(self.decode, value))
        if not isinstance(value, dict):
            return value
        name, parts = value["is"], value["of"]
        if name == _PATH:
            return Path(parts[0])
        if name == _MAPPING:
            return {self.decode(key): self.decode(entry) for key, entry in parts}
        return self._kinds[name](*map(self.decode, parts))


def _fields(kind: type) -> tuple[str, ...]:
    named: tuple[str, ...] | None = getattr(kind, "_fields", None)
    return named or tuple(kind.__dataclass_fields__)  # type: ignore[attr-defined]  # what is no tuple is a dataclass
