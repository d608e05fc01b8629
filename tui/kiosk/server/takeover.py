"""The takeover of the listening sockets by a new version. Visits of the old one go on.

The old parent starts the new one and passes the sockets on. It serves until the new one says that it is ready; if that
does not come, nothing has changed. Connections of the moment between wait in the kernel's queue.
"""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, MutableMapping
from itertools import count
from typing import Any, Final, NamedTuple, Protocol

from tui.kiosk.ipc import Channel, Codec, Message
from tui.kiosk.operations.faults import how_ended
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.metrics import FAMILIES, Gathered, Snapshot
from tui.kiosk.operations.processes import module_command, python_path
from tui.kiosk.operations.systemd import ActivationError, Notifier
from tui.kiosk.server.front import Front
from tui.kiosk.server.workers import Answers

_VARIABLE: Final = "BRIEFING_KIOSK_TAKEOVER"
"""The variable with the descriptors of the channel and of the listening sockets."""
_START_SECONDS: Final = 900.0
"""Seconds for the new version to be ready."""
_FIGURES_EVERY: Final = 5.0
_NAME: Final = "predecessor"
_SHARED: Final = frozenset(
    f"briefing_kiosk_{name}"
    for name in ("version_info", "active_visits", "connections", "memory_bytes", "tasks", "predecessors")
)
"""The gauges of which each version has its share; others are of the host."""


class Inherited(NamedTuple):
    """The sockets from an old version."""

    control: socket.socket
    listeners: list[socket.socket]


def inherited(environment: MutableMapping[str, str]) -> Inherited | None:
    """Take the sockets of an old version, if there is one.

    Raises:
        ActivationError: the variable names no sockets.
    """
    told = environment.pop(_VARIABLE, "")
    if not told:
        return None
    try:
        control, *listeners = [socket.socket(fileno=int(number)) for number in told.split(",")]
        for one in (control, *listeners):
            one.set_inheritable(False)
    except (ValueError, OSError) as error:
        raise ActivationError(f"{_VARIABLE} names no sockets; unset it") from error
    return Inherited(control, listeners)


class Predecessor(Protocol):
    """A server, as its succession needs it."""

    front: Front
    """Accepts connections."""

    def shares(self) -> Snapshot:
        """Return the metrics."""

    async def ask(self, question: Message, seconds: float) -> Answers:
        """Ask all workers."""

    async def release(self, process: int) -> int:
        """Leave sockets, metrics and commands to a process. Return the number of the next connection."""

    def end(self) -> None:
        """End the visits soon."""


class Succession:
    """The old version's side."""

    def __init__(self, server: Predecessor, log: Log) -> None:
        """Begin without a successor.

        Args:
            server: the server to be succeeded.
            log: takes the outcome.
        """
        self._server = server
        self._log = log
        self.handed_over = asyncio.Event()
        """Set once a new version serves newcomers."""
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Channel | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, notifier: Notifier, alive_every: float) -> Message:
        """Start the new version. Return its process, or a line under `error`."""
        if self._process is not None:
            return {"error": "a new version has been started already; the log says how it goes"}
        ours, theirs = socket.socketpair()
        passed = [theirs.fileno(), *(listener.fileno() for listener in self._server.front.listeners)]
        environment = {**os.environ, **notifier.environment, _VARIABLE: ",".join(map(str, passed))}
        if path := python_path():
            environment["PYTHONPATH"] = path
        if alive_every:
            environment["WATCHDOG_USEC"] = str(int(alive_every * 2_000_000))
        command = [*module_command("tui"), *sys.argv[1:]]
        try:
            self._process = subprocess.Popen(command, env=environment, pass_fds=passed, stdin=subprocess.DEVNULL)  # noqa: S603 - this program
        except OSError as error:
            ours.close()
            return {"error": f"no process can be started: {error.strerror or error}"}
        finally:
            theirs.close()
        self._channel = Channel(ours)
        self._channel.listen(self._receive, lambda _error: self._spawn(self._lost()))
        asyncio.get_running_loop().call_later(_START_SECONDS, self._give_up)
        return {"started": self._process.pid}

    def _receive(self, message: Message, _passed: socket.socket | None) -> None:
        match message["command"]:
            case "ready":
                self._spawn(self._hand_over())
            case "ask":
                self._spawn(self._answer(message))
            case "end":
                self._server.end()

    async def _hand_over(self) -> None:
        if self._process is None:
            return
        process = self._process.pid
        ticket = await self._server.release(process)
        self._send({"event": "yours", "ticket": ticket})
        self._log.write("handed-over", process=process)
        self.handed_over.set()
        while True:
            shares = {name: series for name, series in self._server.shares().items() if name in _LASTING}
            self._send({"event": "figures", "figures": Codec().encode(shares)})
            await asyncio.sleep(_FIGURES_EVERY)

    async def _answer(self, message: Message) -> None:
        answers = await self._server.ask(message["question"], message["seconds"])
        self._send({"event": "answer", "number": message["number"], "given": answers.given, "missing": answers.missing})

    def _send(self, message: Message) -> None:
        if self._channel:
            self._channel.send(message)

    def _give_up(self) -> None:
        if self._process and not self.handed_over.is_set():
            self._process.kill()

    async def _lost(self) -> None:
        """Handle the end of the new version. Before a takeover nothing has changed."""
        process, self._process = self._process, None
        if self._channel:
            self._channel.close()
            self._channel = None
        if process and not self.handed_over.is_set():
            process.kill()
            code = await asyncio.to_thread(process.wait)
            self._log.write("not-handed-over", reason=how_ended(code))

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


_LASTING: Final = frozenset(family.name for family in FAMILIES if family.kind != "gauge") | _SHARED


class Elder:
    """The new version's side: the old one, while visits of it run."""

    def __init__(self, control: socket.socket, gathered: Gathered, changed: Callable[[int], None]) -> None:
        """Wait for nothing yet.

        Args:
            control: the channel's end.
            gathered: takes the old version's metrics.
            changed: is called with the number of old versions.
        """
        self._channel = Channel(control)
        self._gathered = gathered
        self._changed = changed
        self._ticket = 1
        self._taken = asyncio.Event()
        self.is_over = asyncio.Event()
        """Set when the old version has ended."""
        self._numbers = count(1)
        self._asked: dict[int, asyncio.Future[Answers]] = {}

    async def take_over(self) -> int:
        """Take the sockets over. Return the number of the next connection."""
        self._channel.listen(self._receive, lambda _error: self._end())
        self._channel.send({"command": "ready"})
        await self._taken.wait()
        return self._ticket

    async def ask(self, question: Message, seconds: float) -> Answers:
        """Ask the workers of the old version."""
        if self.is_over.is_set():
            return Answers([], 0)
        number = next(self._numbers)
        answer = self._asked[number] = asyncio.get_running_loop().create_future()
        self._channel.send({"command": "ask", "number": number, "question": question, "seconds": seconds})
        await asyncio.wait({answer}, timeout=seconds + 1)
        del self._asked[number]
        return answer.result() if answer.done() else Answers([], 1)

    async def end(self, seconds: float) -> None:
        """End the visits of the old version, and wait for its end."""
        self._channel.send({"command": "end"})
        waiting = asyncio.create_task(self.is_over.wait())
        await asyncio.wait({waiting}, timeout=seconds)
        waiting.cancel()

    def _receive(self, message: Mapping[str, Any], _passed: socket.socket | None) -> None:
        match message["event"]:
            case "yours":
                self._ticket = message["ticket"]
                self._taken.set()
                self._changed(1)
            case "figures":
                self._gathered.update(_NAME, Codec().decode(message["figures"]))
            case "answer" if answer := self._asked.get(message["number"]):
                answer.set_result(Answers(list(message["given"]), message["missing"]))

    def _end(self) -> None:
        """Handle the end of the old version."""
        self._channel.close()
        self._gathered.retire(_NAME)
        self._changed(0)
        self._taken.set()
        self.is_over.set()
