"""The endpoint of the figures: what it answers, and what it does not let itself in for."""

import asyncio
import socket
import time
from contextlib import suppress

import pytest

from tui.kiosk.server import metrics_endpoint as exposing
from tui.kiosk.server.metrics_endpoint import MOST_BYTES, MOST_CONNECTIONS, MetricsEndpoint

TEXT = "visits_total 3\n"
FIGURES = ("text/plain; version=0.0.4", TEXT.encode())


async def asked(port: int, request: bytes) -> bytes:
    """Send a request and give all that comes back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    try:
        return await asyncio.wait_for(reader.read(), 20)
    except ConnectionError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize(
    ("request_", "status", "body"),
    [
        (b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", b"200 OK", TEXT),
        (b"GET /metrics?name=x HTTP/1.1\r\n\r\n", b"200 OK", TEXT),
        (b"GET / HTTP/1.1\r\n\r\n", b"404 Not Found", "Only /metrics, /healthz and /readyz are here.\n"),
        (b"GET /metrics/../x HTTP/1.1\r\n\r\n", b"404 Not Found", "Only /metrics, /healthz and /readyz are here.\n"),
        (b"GET /healthz HTTP/1.1\r\n\r\n", b"200 OK", "ok\n"),
        (b"GET /readyz?x HTTP/1.1\r\n\r\n", b"200 OK", "ready\n"),
        (b"POST /readyz HTTP/1.1\r\n\r\n", b"405 Method Not Allowed", "Only GET is answered.\n"),
        (b"POST /metrics HTTP/1.1\r\n\r\n", b"405 Method Not Allowed", "Only GET is answered.\n"),
        (b"\xff\xfe\r\n\r\n", b"404 Not Found", "Only /metrics, /healthz and /readyz are here.\n"),
        (b"\r\n\r\n", b"404 Not Found", "Only /metrics, /healthz and /readyz are here.\n"),
    ],
)
async def test_answers(request_: bytes, status: bytes, body: str) -> None:
    """One thing is there; whatever else is asked for gets a whole answer too."""
    async with MetricsEndpoint(lambda: FIGURES) as endpoint:
        _, port = await endpoint.start(("127.0.0.1", 0))
        answer = await asked(port, request_)
    head, _, found = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status + b"\r\n")
    assert f"Content-Length: {len(body)}".encode() in head
    assert found.decode() == body
    assert (b"version=0.0.4" in head) is (body == TEXT)


async def test_whether_it_is_ready() -> None:
    """Who cannot serve says why, and lives all the same."""
    hindrances = iter(["starting", "", "draining"])
    async with MetricsEndpoint(lambda: FIGURES, lambda: next(hindrances)) as endpoint:
        _, port = await endpoint.start(("127.0.0.1", 0))
        answers = [await asked(port, b"GET /readyz HTTP/1.0\r\n\r\n") for _ in range(3)]
        assert (await asked(port, b"GET /healthz HTTP/1.0\r\n\r\n")).startswith(b"HTTP/1.1 200 OK")
    told = [(answer.split(b" ", 2)[1], answer.rpartition(b"\r\n\r\n")[2]) for answer in answers]
    assert [(b"503", b"starting\n"), (b"200", b"ready\n"), (b"503", b"draining\n")] == told


async def test_the_figures_are_of_the_moment() -> None:
    texts = iter([("text/plain", b"one 1\n"), ("text/plain", b"two 2\n")])
    async with MetricsEndpoint(lambda: next(texts)) as endpoint:
        _, port = await endpoint.start(("127.0.0.1", 0))
        assert (await asked(port, b"GET /metrics HTTP/1.0\r\n\r\n")).endswith(b"one 1\n")
        assert (await asked(port, b"GET /metrics HTTP/1.0\r\n\r\n")).endswith(b"two 2\n")


async def test_a_socket_that_is_open_already() -> None:
    """As systemd passes it."""
    given = socket.create_server(("127.0.0.1", 0))
    async with MetricsEndpoint(lambda: FIGURES) as endpoint:
        assert await endpoint.start(given) == given.getsockname()
        assert (await asked(given.getsockname()[1], b"GET /metrics HTTP/1.0\r\n\r\n")).endswith(TEXT.encode())


async def test_a_request_without_an_end() -> None:
    """It is cut off at its bound, long before its time is up, and answered with nothing."""
    async with MetricsEndpoint(lambda: FIGURES) as endpoint:
        _, port = await endpoint.start(("127.0.0.1", 0))
        began = time.monotonic()
        assert await asked(port, b"GET /metrics HTTP/1.1\r\nX: " + b"x" * 4 * MOST_BYTES) == b""
        assert time.monotonic() - began < exposing.REQUEST_SECONDS / 2


async def test_slow_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who trickles is dropped when time is up; while they hold every place, others are not kept waiting but closed."""
    monkeypatch.setattr(exposing, "REQUEST_SECONDS", 3.0)
    async with MetricsEndpoint(lambda: FIGURES) as endpoint:
        _, port = await endpoint.start(("127.0.0.1", 0))
        began = time.monotonic()
        slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(MOST_CONNECTIONS)]
        for _, writer in slow:
            writer.write(b"GET /metrics HTTP/1.1\r\n")
        await asyncio.sleep(0.1)
        assert await asked(port, b"GET /metrics HTTP/1.0\r\n\r\n") == b""
        assert time.monotonic() - began < 1.5
        assert not any(reader.at_eof() for reader, _ in slow)
        for reader, writer in slow:
            with suppress(ConnectionError):
                assert await asyncio.wait_for(reader.read(), 10) == b""
            writer.close()
        assert (await asked(port, b"GET /metrics HTTP/1.0\r\n\r\n")).endswith(TEXT.encode())


async def test_a_reader_that_does_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that nobody takes is given up, and its end never comes."""
    monkeypatch.setattr(exposing, "REQUEST_SECONDS", 0.3)
    async with MetricsEndpoint(lambda: ("text/plain", b"x" * 20_000_000)) as endpoint:
        _, port = await endpoint.start(("127.0.0.1", 0))
        loop = asyncio.get_running_loop()
        with socket.create_connection(("127.0.0.1", port)) as stalled:
            stalled.setblocking(False)
            await loop.sock_sendall(stalled, b"GET /metrics HTTP/1.0\r\n\r\n")
            await asyncio.sleep(1.5)
            came = 0
            with suppress(ConnectionError):
                async with asyncio.timeout(5):
                    while data := await loop.sock_recv(stalled, 1 << 20):
                        came += len(data)
            assert 0 < came < 20_000_000


async def test_closing_does_not_wait_for_anybody() -> None:
    """Whoever is connected is hung up on at once."""
    endpoint = MetricsEndpoint(lambda: FIGURES)
    _, port = await endpoint.start(("127.0.0.1", 0))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /metrics HTTP/1.1\r\n")
    await asyncio.sleep(0.05)
    async with asyncio.timeout(2):
        await endpoint.close()
        with suppress(ConnectionError):
            assert await reader.read() == b""
    writer.close()
