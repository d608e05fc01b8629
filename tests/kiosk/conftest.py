"""A kiosk in the test's own process, over a small library, and clients to visit it."""

import asyncio
import itertools
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import asyncssh
import pyte
import pytest

from tui.kiosk.operations.log import Log
from tui.kiosk.operations.metrics import Metrics
from tui.kiosk.operations.settings import Settings
from tui.kiosk.ssh.host_keys import host_key
from tui.kiosk.visits.services import Resources
from tui.kiosk.visits.terminal_visit import TerminalVisit
from tui.kiosk.worker.content_watcher import ContentWatcher
from tui.kiosk.worker.host import HostPaths, WorkerHost
from tui.library.published_catalogue import PublishedCatalogue
from tui.search.in_process import InProcessSearch
from tui.session.shared import SharedContent

PATIENCE = 60.0
"""Seconds within which whatever a test waits for must come; on a busy machine the niced search gets little of it."""


class Lines(list[str]):
    """A log that a test can read."""

    def write(self, text: str) -> None:
        self.extend(text.splitlines())

    def flush(self) -> None:
        """Have nothing to flush."""

    def of(self, event: str) -> list[str]:
        """Give the lines of an event."""
        return [line for line in self if line.split(" ")[1] == event]


class Kiosk:
    """A kiosk that a test runs: one host, and a listener in place of the parent."""

    def __init__(self, host: WorkerHost, lines: Lines, root: Path, states: Path) -> None:
        self.host = host
        self.lines = lines
        self.root = root
        self.states = states
        self.port = 0
        self.told: list[str] = []

    @property
    def policies(self) -> dict[Any, Any]:
        """The policies of the connections that are there."""
        return self.host._policies  # noqa: SLF001 -- nobody but a test must know that nothing is left

    @property
    def is_indexed(self) -> bool:
        """Whether the index is complete. This kiosk searches in its own process."""
        service = self.host.shared.search_service
        return isinstance(service, InProcessSearch) and service.index.complete

    @property
    def tasks(self) -> set[Any]:
        """The tasks of the visits that have not ended."""
        return set(self.host._tasks)  # noqa: SLF001 -- nobody but a test must know that nothing is left

    def connect(self, **options: object) -> "asyncssh.misc._ACMWrapper[asyncssh.SSHClientConnection]":
        """Connect a client."""
        usual: dict[str, Any] = {
            "username": "kiosk",
            "known_hosts": None,
            "client_keys": None,
            "config": [],
            "agent_path": None,
        }
        return asyncssh.connect("127.0.0.1", self.port, **(usual | options))


def terminal_visits(kiosk: Kiosk) -> list[TerminalVisit]:
    """Return the open visits on a screen."""
    return [visit for visit in kiosk.host.visits if isinstance(visit, TerminalVisit)]


def transport_of(connection: asyncssh.SSHClientConnection) -> Any:
    """Return the transport below a client's connection, which a test pauses, closes or aborts."""
    return connection._transport  # noqa: SLF001 -- asyncssh keeps it to itself


class Terminal:
    """A terminal at the visitor's end."""

    def __init__(
        self,
        connection: asyncssh.SSHClientConnection,
        process: "asyncssh.SSHClientProcess[bytes]",
        size: tuple[int, int],
    ) -> None:
        self.connection = connection
        self.process = process
        self.raw = b""
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def type(self, keys: str | bytes) -> None:
        """Send keys."""
        self.process.stdin.write(keys.encode() if isinstance(keys, str) else keys)

    async def hear(self, seconds: float) -> bool:
        """Take what comes within a time; tell whether anything came."""
        with suppress(TimeoutError):
            data = await asyncio.wait_for(self.process.stdout.read(65_536), seconds)
            self.raw += data
            # pyte does not know the sequence that asks for synchronised frames.
            self._stream.feed(data.replace(b"\x1b[?2026$p", b""))
            return bool(data)
        return False

    async def until(self, words: str) -> str:
        """Wait until the screen shows words."""
        end = time.monotonic() + PATIENCE
        while words not in self.text:
            assert time.monotonic() < end, f"{words!r} did not come; there is\n{self.text}"
            if not await self.hear(0.2):
                assert not self.process.stdout.at_eof() or words in self.text, f"ended before {words!r}:\n{self.text}"
        return self.text

    async def until_quiet(self, seconds: float = 0.3) -> bytes:
        """Wait until nothing more comes; give what came."""
        before = len(self.raw)
        while await self.hear(seconds):
            pass
        return self.raw[before:]

    async def until_over(self) -> str:
        """Wait until the visit has ended; give all that came."""
        end = time.monotonic() + PATIENCE
        while not self.process.stdout.at_eof():
            assert time.monotonic() < end, f"it goes on:\n{self.text}"
            await self.hear(0.2)
        return self.raw.decode(errors="replace")


Opener = Callable[..., Awaitable[Kiosk]]
Visitor = Callable[..., Awaitable[Terminal]]


@pytest.fixture(scope="session")
def kiosk_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a host key that all tests of a process share."""
    return host_key(None, tmp_path_factory.mktemp("key")).path


async def until(true: Callable[[], object], what: str = "it") -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"{what} did not happen"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def _opened(root: Path, key: Path, states: Path, settings: Settings) -> AsyncIterator[Kiosk]:
    lines = Lines()
    catalogue = PublishedCatalogue(None, [root], states / "held")
    catalogue.show_broken(shown=settings.show_broken)
    log = Log(lines, settings)
    resources = Resources(settings, SharedContent(catalogue), log, time.monotonic, Metrics())
    host = WorkerHost(resources, HostPaths(str(key), states))
    kiosk = Kiosk(host, lines, root, states)
    await host.prepare()
    watcher = ContentWatcher(host.audiences, host.log, host.apps)
    await watcher.begin()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    kiosk.port = listener.getsockname()[1]
    loop = asyncio.get_running_loop()

    def told(ticket: int, what: str) -> None:
        kiosk.told.append(what)
        if what == "login-failed":  # the dispatcher's part: an answer at once
            loop.call_soon(host.delay_one, ticket, 0.0)

    async def accept() -> None:
        for ticket in itertools.count(1):
            connected, peer = await loop.sock_accept(listener)
            await host.receive(connected, peer[0], lambda what, _more="", ticket=ticket: told(ticket, what), ticket)

    tasks = [asyncio.create_task(work) for work in (accept(), host.keep_time(), watcher.watch())]
    try:
        yield kiosk
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        host.end()
        await host.until_empty(5)
        await host.pool.close()
        listener.close()
        catalogue.close()


@pytest.fixture
async def open_kiosk(sample_folder: Path, kiosk_key: Path, tmp_path: Path) -> AsyncIterator[Opener]:
    """Give what opens a kiosk with some settings, over the made-up briefing unless a `root` is given."""
    async with AsyncExitStack() as stack:

        async def open_one(root: Path | None = None, **settings: object) -> Kiosk:
            chosen = Settings.model_validate(settings)
            return await stack.enter_async_context(_opened(root or sample_folder.parent, kiosk_key, tmp_path, chosen))

        yield open_one


@pytest.fixture
async def visit() -> AsyncIterator[Visitor]:
    """Give what comes to a kiosk with a terminal."""
    async with AsyncExitStack() as stack:

        async def come(
            kiosk: Kiosk,
            *,
            size: tuple[int, int] = (100, 30),
            term: str = "xterm-256color",
            env: dict[str, str] | None = None,
            **options: object,
        ) -> Terminal:
            connection = await stack.enter_async_context(kiosk.connect(**options))
            process = await connection.create_process(term_type=term, term_size=size, env=env or {}, encoding=None)
            stack.callback(process.close)
            return Terminal(connection, process, size)

        yield come
