"""One visitor: a client of SSH with a terminal of 120 by 40, who presses keys and notes when the answer begins."""

import asyncio
import time
from contextlib import suppress
from typing import Any, Final

import asyncssh

from tests.bench.terminal import _CONTROLS, _LONGEST_QUESTION, _QUESTIONS, COLUMNS, ROWS, _answer_to

_KEPT: Final = 1 << 18
"""Bytes of output in which what is expected is looked for."""


async def connect(host: str, port: int, user: str, key: str = "", **more: Any) -> asyncssh.SSHClientConnection:
    """Log in, without anything that the user of this machine has set."""
    return await asyncssh.connect(
        host, port, username=user, client_keys=[key] if key else None, known_hosts=None, config=None, agent_path=None,
        compression_algs=None, login_timeout=120, connect_timeout=120, **more,
    )  # fmt: skip


class Visitor(asyncssh.SSHClientSession[bytes]):
    """A session, from its side of the line."""

    def __init__(self) -> None:
        """Begin before the connection."""
        self.connected = self.opened = 0.0
        self.received = 0
        """Bytes of output."""
        self.first_byte = 0.0
        """When the first byte since the last key came."""
        self.last_byte = 0.0
        self.gone = False
        self._channel: asyncssh.SSHClientChannel[bytes] | None = None
        self._connection: asyncssh.SSHClientConnection | None = None
        self._output = b""
        self._looking = True
        self._answered = 0
        self._news = asyncio.Event()

    @property
    def connection(self) -> asyncssh.SSHClientConnection:
        """The connection, once there is one."""
        if self._connection is None:
            raise LookupError("not connected")
        return self._connection

    @property
    def channel(self) -> "asyncssh.SSHClientChannel[bytes]":
        """The channel of the session, once there is one."""
        if self._channel is None:
            raise LookupError("no session")
        return self._channel

    @property
    def output(self) -> bytes:
        """The last of what came while something was looked for."""
        return self._output

    @property
    def waiting(self) -> int:
        """Bytes that were pressed and are not on their way yet."""
        return self._channel.get_write_buffer_size() if self._channel else 0

    async def arrive(
        self, port: int, user: str, key: str = "", *, host: str = "127.0.0.1", source: str = "", **session: Any
    ) -> None:
        """Connect and ask for a terminal and a shell; more words say what else the session is to be like."""
        self.connected = time.perf_counter()
        self._connection = await connect(host, port, user, key, local_addr=(source, 0) if source else None)
        self.opened = time.perf_counter()
        usual = {
            "term_type": "xterm-256color",
            "term_size": (COLUMNS, ROWS),
            "env": {"LANG": "C.UTF-8", "COLORTERM": "truecolor"},
        }
        await self._connection.create_session(lambda: self, encoding=None, **(usual | session))

    async def see(self, expected: list[str], seconds: float) -> float:
        """Wait until all of some words are on the screen; give the moment at which the last of them came.

        Raises:
            TimeoutError: they did not come, or the visit ended.
        """
        async with asyncio.timeout(seconds):
            while True:
                shown = _CONTROLS.sub(b"", self._output).decode("utf-8", "replace")
                if all(words in shown for words in expected):
                    self._looking = False
                    return self.last_byte
                if self.gone:
                    raise TimeoutError(f"the visit ended; the last words were {shown[-300:]!r}")
                self._news.clear()
                await self._news.wait()

    async def settle(self, quiet: float, seconds: float = 20.0) -> None:
        """Wait until nothing has come for a while."""
        until = time.perf_counter() + seconds
        while (left := self.last_byte + quiet - time.perf_counter()) > 0 and time.perf_counter() < until:  # noqa: ASYNC110 -- bytes set no event for silence
            await asyncio.sleep(left)

    def press(self, keys: bytes) -> float:
        """Press keys; give the moment."""
        self.first_byte = 0.0
        if self._channel and not self.gone:
            self._channel.write(keys)
        return time.perf_counter()

    async def byte(self, seconds: float) -> None:
        """Wait until something comes after the last key, or the visit ends, or time is up."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not (self.first_byte or self.gone):
                    self._news.clear()
                    await self._news.wait()

    def forget(self) -> None:
        """Look for words only in what comes from now on."""
        self._output, self._looking, self._answered = b"", True, 0

    async def leave(self) -> None:
        """Hang up."""
        if self._connection:
            self._connection.abort()
            await self._connection.wait_closed()

    # asyncssh calls these

    def connection_made(self, chan: "asyncssh.SSHClientChannel[bytes]") -> None:
        self._channel = chan

    def connection_lost(self, exc: Exception | None) -> None:
        self.gone = True
        self._news.set()

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self.last_byte = time.perf_counter()
        self.first_byte = self.first_byte or self.last_byte
        self.received += len(data)
        if self._looking:
            self._output = (self._output + data)[-_KEPT:]
            self._answer()
        self._news.set()

    def _answer(self) -> None:
        """Answer the terminal's questions, as a terminal does."""
        for question in _QUESTIONS.finditer(self._output, self._answered):
            self._answered = question.end()
            if self._channel:
                self._channel.write(_answer_to(question))
        self._answered = max(self._answered, len(self._output) - _LONGEST_QUESTION)
