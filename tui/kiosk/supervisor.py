"""The supervisor of child processes, which starts, pings, restarts and ends them."""

import asyncio
import socket
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Any, Final, NamedTuple, Self

from tui.kiosk.ipc import Channel, Message
from tui.kiosk.operations.faults import how_ended
from tui.kiosk.operations.processes import memory_kills, module_command

_ENDING_SECONDS: Final = 5.0
"""Seconds for a process to end by itself once its channel is closed, or once it was killed."""


class Program(NamedTuple):
    """The way in which a child process is run."""

    module: str
    """The module to run; its one argument is the descriptor of its end of the channel."""
    environment: Mapping[str, str] | None = None
    """Its variables; None for those of this process."""
    has_session: bool = False
    """Whether the process has a session of its own, out of reach of the terminal's signals."""
    is_mute: bool = False
    """Whether standard error is dropped, since a traceback could hold a visitor's input."""


class Limits(NamedTuple):
    """The supervisor's times, in seconds, and its counts."""

    quick: float = 10.0
    """A process that ends sooner cannot live, so that its successor waits: longer each time."""
    longest_wait: float = 30.0
    ping: float = 5.0
    """From one ping to the next."""
    pings: int = 6
    """Pings without an answer after which a process is taken to hang, and killed."""
    pings_at_start: int = 12
    """The same before it is ready; till then it says by itself that it lives."""


class GoneError(Exception):
    """The process has ended, or its channel is closed."""


class Child:
    """A child process and the channel to it."""

    def __init__(self, process: asyncio.subprocess.Process, channel: Channel) -> None:
        """Take a process that was started, and this end of its channel."""
        self.process = process
        self.channel = channel
        self.is_ready = False
        """Whether it has sent the event `ready`."""
        self.unanswered = 0
        """Pings since its last message."""
        self._over = asyncio.Event()
        self._reason = ""
        self._is_killed = False
        self._kills = memory_kills()
        self._replies: asyncio.Queue[Message | None] = asyncio.Queue()

    @classmethod
    async def start(cls, program: Program) -> Self:
        """Start a process.

        Raises:
            OSError: the system has no room for it.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            process = await asyncio.create_subprocess_exec(
                *(*module_command(program.module), str(theirs.fileno())),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL if program.is_mute else None,
                pass_fds=(theirs.fileno(),),
                env=program.environment,
                start_new_session=program.has_session,
            )
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        return cls(process, Channel(ours))

    def listen(self, received: Callable[[Message], None]) -> None:
        """Call back for each message but replies."""

        def take(message: Message, _passed: socket.socket | None) -> None:
            self.unanswered = 0
            if "reply" in message:
                self._replies.put_nowait(message)
            else:
                received(message)

        def close(error: Exception | None) -> None:
            self._over.set()
            self._replies.put_nowait(None)
            if error:
                self.kill(f"malformed message: {error}")
            else:
                asyncio.get_running_loop().call_later(_ENDING_SECONDS, self.kill)

        self.channel.listen(take, close)

    def send(self, message: Message, passed: socket.socket | None = None) -> bool:
        """Send a message; see `Channel.send`."""
        return self.channel.send(message, passed)

    async def ask(self, message: Message, seconds: float) -> Message:
        """Send a request and wait for its reply. One request at a time.

        Raises:
            TimeoutError: no reply came in time, so that the process is of no use any more.
            GoneError: the process has ended.
            TooLongError: the request has more than `MAX_BYTES`.
        """
        self.send(message)
        async with asyncio.timeout(seconds):
            reply = await self._replies.get()
        if reply is None:
            raise GoneError
        return reply

    def kill(self, reason: str = "") -> None:
        """Kill the process, for a reason that `wait` is to return."""
        if self.process.returncode is None:
            self._reason = self._reason or reason
            self._is_killed = True
            with suppress(ProcessLookupError):
                self.process.kill()

    @property
    def is_over(self) -> bool:
        """Whether nothing comes from it any more."""
        return self._over.is_set()

    async def wait(self) -> str:
        """Wait until the process has ended, and return why."""
        code = await self.process.wait()
        with suppress(TimeoutError):  # its last messages may still be in the socket
            async with asyncio.timeout(_ENDING_SECONDS):
                await self._over.wait()
        self.channel.close()
        return self._reason or how_ended(code, starved=not self._is_killed and memory_kills() > self._kills)


class Supervisor:
    """Keeps some child processes of one program alive.

    A subclass overrides the methods without an underscore that do nothing here.
    """

    def __init__(self, program: Program, number: int = 1, limits: Limits | None = None) -> None:
        """Supervise a number of processes. None is started yet."""
        self._program = program
        self._number = number
        self.limits = limits or Limits()
        self.children: list[Child] = []
        self.changed = asyncio.Event()
        """Set whenever a child became ready or has ended."""
        self.heard = 0.0
        """The loop's time of the last message of any child."""
        self._ending = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    # For a subclass

    def hello(self, child: Child) -> Message:
        """Return the first message to a new child."""
        return {}

    def received(self, child: Child, message: Message) -> None:
        """Handle an event of a child."""

    def ended(self, child: Child, reason: str) -> None:
        """Handle the end of a child; a successor is started unless `is_ending`."""

    def failed(self, error: OSError) -> None:
        """Handle a child that could not be started; another try follows."""

    def hangs(self, child: Child) -> None:
        """Handle a child that hangs, before it is killed."""

    # For others

    @property
    def is_ending(self) -> bool:
        """Whether no child is started any more."""
        return self._ending.is_set()

    @property
    def ready(self) -> list[Child]:
        """The children that are ready."""
        return [child for child in self.children if child.is_ready]

    def send_all(self, message: Message) -> None:
        """Send a message to every child."""
        for child in self.children:
            child.send(message)

    async def start(self) -> None:
        """Start all children.

        Raises:
            OSError: the system has no room for one of them.
        """
        for _ in range(self._number):
            self._spawn(self._keep(await self._add()))

    async def run(self) -> None:
        """Keep the children alive until cancelled. One that cannot be started is tried again."""
        for _ in range(self._number):
            self._spawn(self._keep(None))
        try:
            done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await self.end()

    async def ping(self) -> None:
        """Check by pings that children live, and kill hanging ones.

        Pings are counted and not seconds, so that a parent that was stopped for a while blames nobody.
        """
        while True:
            await asyncio.sleep(self.limits.ping)
            for child in tuple(self.children):
                most = self.limits.pings if child.is_ready else self.limits.pings_at_start
                if child.unanswered >= most:
                    self.hangs(child)
                    child.kill()
                    continue
                child.unanswered += 1
                if child.is_ready:
                    child.send({"command": "ping"})

    async def end(self, farewell: Message | None = None, seconds: float = 0.0) -> None:
        """End all children, after a farewell and some seconds."""
        self._ending.set()
        tasks = tuple(self._tasks)
        if farewell is not None and tasks:
            self.send_all(farewell)
            await asyncio.wait(tasks, timeout=seconds)
        for child in self.children:
            child.kill()
        if tasks:
            await asyncio.wait(tasks, timeout=_ENDING_SECONDS)

    # One child

    async def _add(self) -> Child:
        child = await Child.start(self._program)
        self.children.append(child)
        child.listen(lambda message: self._receive(child, message))
        child.send(self.hello(child))
        return child

    def _receive(self, child: Child, message: Message) -> None:
        self.heard = asyncio.get_running_loop().time()
        if message.get("event") == "ready":
            child.is_ready = True
        self.received(child, message)
        if message.get("event") == "ready":
            self.changed.set()

    async def _keep(self, child: Child | None) -> None:
        """Keep a child alive until all are to end."""
        loop, wait = asyncio.get_running_loop(), 0.0
        while True:
            began = loop.time()
            try:
                child = child or await self._add()
            except OSError as error:
                self.failed(error)
                lived = 0.0
            else:
                reason = await child.wait()
                self.children.remove(child)
                self.ended(child, reason)
                self.changed.set()
                child, lived = None, loop.time() - began
            wait = min(self.limits.longest_wait, wait * 2 + 0.5) if lived < self.limits.quick else 0.0
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._ending.wait()
            if self._ending.is_set():
                return

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
