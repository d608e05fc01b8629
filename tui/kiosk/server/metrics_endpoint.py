"""The HTTP endpoint of metrics and health checks."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

REQUEST_SECONDS: Final = 5.0
"""Seconds for a whole request and its answer."""
MOST_BYTES: Final = 8192
"""Bytes of a request."""
MOST_CONNECTIONS: Final = 16
"""Connections at one time; more are closed at once, so that they cost nothing."""


class MetricsEndpoint:
    """Answers `GET` of three paths, and nothing else."""

    def __init__(self, figures: Callable[[], tuple[str, bytes]], hindrance: Callable[[], str] = lambda: "") -> None:
        """Answer nobody yet.

        Args:
            figures: returns the content type and the text of the metrics at that moment.
            hindrance: returns why no visitor can be served; empty if visitors can.
        """
        self._text = figures
        self._hindrance = hindrance
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def start(self, where: tuple[str, int] | socket.socket) -> tuple[str, int]:
        """Listen at an address or on an open socket. Return the address.

        Raises:
            OSError: the port is taken or may not be used.
        """
        if isinstance(where, socket.socket):
            self._server = await asyncio.start_server(self._serve, sock=where, limit=MOST_BYTES)
        else:
            self._server = await asyncio.start_server(self._serve, *where, limit=MOST_BYTES)
        address = self._server.sockets[0].getsockname()
        return str(address[0]), int(address[1])

    async def close(self) -> None:
        """Stop listening, and drop open connections."""
        if self._server:
            self._server.close()
            for writer in self._open:
                writer.transport.abort()
            await self._server.wait_closed()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            if len(self._open) <= MOST_CONNECTIONS:
                async with asyncio.timeout(REQUEST_SECONDS):
                    request = await reader.readuntil(b"\r\n\r\n")
                    writer.write(self._answer(request))
                    await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, OSError):
            writer.transport.abort()
        finally:
            writer.close()
            # The end of the answer may still be on its way. A client that does not read it is not waited for.
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(REQUEST_SECONDS):
                    await writer.wait_closed()
            writer.transport.abort()
            self._open.discard(writer)

    def _answer(self, request: bytes) -> bytes:
        method, target, *_ = [*request.partition(b"\r\n")[0].split(b" "), b"", b""]
        answers = {b"/metrics": self._figures, b"/healthz": _health, b"/readyz": self._readiness}
        answer = answers.get(target.partition(b"?")[0])
        if answer is None:
            return _response("404 Not Found", "Only /metrics, /healthz and /readyz are here.\n")
        if method != b"GET":
            return _response("405 Method Not Allowed", "Only GET is answered.\n", "Allow: GET\r\n")
        return answer()

    def _figures(self) -> bytes:
        kind, text = self._text()
        return _response("200 OK", text, kind=kind)

    def _readiness(self) -> bytes:
        """Answer whether visitors are served, for a load balancer."""
        hindrance = self._hindrance()
        return _response("503 Service Unavailable" if hindrance else "200 OK", f"{hindrance or 'ready'}\n")


def _health() -> bytes:
    """Answer that the process lives."""
    return _response("200 OK", "ok\n")


def _response(status: str, text: str | bytes, more: str = "", kind: str = "text/plain; charset=utf-8") -> bytes:
    body = text.encode() if isinstance(text, str) else text
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}Connection: close\r\n\r\n"
    )
    return head.encode() + body
