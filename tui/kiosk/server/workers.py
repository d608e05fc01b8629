"""The worker processes as the parent sees them: started, told, counted, and replaced when they die."""

import asyncio
import os
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from tui.kiosk.ipc import Wire
from tui.kiosk.operations.faults import how_ended
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.memory import ALLOCATION
from tui.kiosk.operations.metrics import Gathered, from_wire
from tui.kiosk.operations.processes import module_command, python_path
from tui.kiosk.policies.reasons import Reason

_PASSED: Final = ("HOME", "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR")
"""Variables that workers get; of the terminal in which the server was started they are to know nothing."""
_QUICK: Final = 10.0
"""Seconds within which a worker that dies is taken for one that cannot live, so that its successor waits."""
_LONGEST_WAIT: Final = 30.0
ASK_EVERY: Final = 5.0
"""Seconds from one question to a worker, whether it lives, to the next."""
_DOUBTED: Final = 2
"""Questions without an answer after which others are given the new visitors."""
_GIVEN_UP: Final = 6
"""Questions without an answer after which a worker is taken for one that hangs, and killed."""
_GIVEN_UP_AT_START: Final = 12
"""The same before it serves; then it says by itself that it lives."""


class WorkerProcess:
    """One worker."""

    def __init__(self, process: asyncio.subprocess.Process, wire: Wire, *, speaks: bool) -> None:
        """Know a process that was started, and the wire to it."""
        self.process = process
        self.wire = wire
        self.is_ready = False
        self.speaks = speaks
        """Whether it is the one that tells of the content, which all of them watch."""
        self.unanswered = 0
        """How often it was asked whether it lives since it last said anything."""
        self.tickets: set[int] = set()


class Workers:
    """All workers of a server."""

    def __init__(self, number: int, start: Callable[[], dict[str, Any]], log: Log) -> None:
        """Have no worker yet.

        Args:
            number: how many there are to be.
            start: gives what each is told at its start.
            log: is told of deaths.
        """
        self._number = number
        self._start_message = start
        self._log = log
        self.told: Callable[[int, str, str], None] = lambda _ticket, _what, _more: None
        """Is told of a connection by its ticket: what its worker says, and `out` when it is over."""
        self._workers: set[WorkerProcess] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waits = 0.0
        self._ending = False
        self.heard = 0.0
        """When any of them said something last, by the loop's clock."""
        self.library: Mapping[str, int] = {}
        """How many briefings there are, and how many of them are broken, as the last worker that became ready saw it."""
        self.gathered = Gathered()
        """The figures of all workers, and of those that were."""
        self.changed = asyncio.Event()
        """Set whenever a worker became ready or died."""

    @property
    def ready(self) -> int:
        """How many serve."""
        return sum(worker.is_ready for worker in self._workers)

    @property
    def alive(self) -> int:
        """How many processes there are."""
        return len(self._workers)

    @property
    def processes(self) -> list[int]:
        """Their process ids."""
        return [worker.process.pid for worker in self._workers]

    async def start(self) -> None:
        """Start all."""
        for _ in range(self._number):
            await self._start_one()

    def hand_on(self, connected: socket.socket, ticket: int, address: str) -> bool:
        """Give a connection to the worker that has fewest; tell whether one took it."""

        def burden(worker: WorkerProcess) -> tuple[bool, int]:
            return worker.unanswered >= _DOUBTED, len(worker.tickets)

        for worker in sorted((one for one in self._workers if one.is_ready), key=burden):
            if worker.wire.tell({"do": "serve", "ticket": ticket, "address": address}, connected):
                worker.tickets.add(ticket)
                return True
        return False

    def end_one(self, ticket: int, reason: Reason) -> None:
        """Have one connection ended."""
        self._tell_one(ticket, {"do": "end", "reason": reason.name})

    def delay_one(self, ticket: int, seconds: float) -> None:
        """Have the answer to a wrong password wait."""
        self._tell_one(ticket, {"do": "delay", "seconds": seconds})

    def _tell_one(self, ticket: int, message: dict[str, Any]) -> None:
        for worker in self._workers:
            if ticket in worker.tickets:
                worker.wire.tell({**message, "ticket": ticket})

    async def keep_asking(self) -> None:
        """Ask the workers whether they live, and kill one that does not answer, until cancelled.

        Questions are counted and not seconds, so that a parent that was stopped for a while blames nobody.
        """
        while True:
            await asyncio.sleep(ASK_EVERY)
            for worker in tuple(self._workers):
                if worker.unanswered >= (_GIVEN_UP if worker.is_ready else _GIVEN_UP_AT_START):
                    self._log.write("worker-hangs", process=worker.process.pid, visits=len(worker.tickets))
                    worker.process.kill()
                else:
                    worker.unanswered += 1
                    if worker.is_ready:
                        worker.wire.tell({"do": "ask"})

    def tell_all(self, message: dict[str, Any]) -> None:
        """Tell all workers."""
        for worker in self._workers:
            worker.wire.tell(message)

    async def end(self, patience: float) -> None:
        """Let all end, after a time by force."""
        self._ending = True
        self.tell_all({"do": "drain", "seconds": patience})
        tasks = tuple(self._tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=patience + 10.0)
        for worker in self._workers:
            with suppress(ProcessLookupError):
                worker.process.kill()
        if tasks:
            await asyncio.wait(tasks, timeout=5.0)

    async def _start_one(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        environment = {name: value for name, value in os.environ.items() if _is_passed(name)}
        environment |= {name: value for name, value in ALLOCATION.items() if name not in environment}
        environment["PYTHONPATH"] = python_path()
        try:
            process = await asyncio.create_subprocess_exec(
                *(*module_command("tui.kiosk.worker.worker"), str(theirs.fileno())),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=environment,
                # Keys of the terminal and signals to its group are for the parent.
                start_new_session=True,
            )
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        speaks = not any(other.speaks for other in self._workers)
        worker = WorkerProcess(process, Wire(ours), speaks=speaks)
        worker.wire.tell({"do": "start", "speaks": speaks, **self._start_message()})
        self._workers.add(worker)
        loop = asyncio.get_running_loop()
        loop.add_reader(ours, self._hear, worker)
        self._spawn(self._until_dead(worker, loop.time()))

    def _hear(self, worker: WorkerProcess) -> None:
        messages, is_there = worker.wire.read()
        if messages:
            worker.unanswered = 0
            self.heard = asyncio.get_running_loop().time()
        for message, _ in messages:
            if message["tell"] == "ready":
                worker.is_ready = True
                self.library = {name: message[name] for name in ("briefings", "broken")}
                self.changed.set()
            elif message["tell"] == "figures":
                self.gathered.update(str(worker.process.pid), from_wire(message["figures"]))
            elif "ticket" in message:
                if message["tell"] == "out":
                    worker.tickets.discard(message["ticket"])
                self.told(message["ticket"], message["tell"], message["more"])
        worker.wire.flush()
        if not is_there:
            asyncio.get_running_loop().remove_reader(worker.wire.socket)

    async def _until_dead(self, worker: WorkerProcess, began: float) -> None:
        """Wait for a worker's end, free what it held, and start its successor unless all are ending."""
        loop = asyncio.get_running_loop()
        code = await worker.process.wait()
        loop.remove_reader(worker.wire.socket)
        self._hear(worker)
        loop.remove_reader(worker.wire.socket)
        worker.wire.close()
        self._workers.discard(worker)
        self.gathered.retire(str(worker.process.pid))
        for ticket in worker.tickets:
            self.told(ticket, "out", "")
        self.changed.set()
        if self._ending:
            return
        reason, visits = how_ended(code), len(worker.tickets)
        self._log.write("worker-died", process=worker.process.pid, reason=reason, visits=visits)
        self._waits = self._longer() if loop.time() - began < _QUICK else 0.0
        await self._replace()

    async def _replace(self) -> None:
        """Start a worker, as soon as the system has room for one; none where all are ending."""
        await asyncio.sleep(self._waits)
        while not self._ending:
            try:
                await self._start_one()
            except OSError as error:
                self._log.write("worker-unstarted", reason=error.strerror or str(error))
                self._waits = self._longer()
                await asyncio.sleep(self._waits)
            else:
                return

    def _longer(self) -> float:
        """Give how long to wait this time, in seconds, where the last wait was not enough."""
        return min(_LONGEST_WAIT, self._waits * 2 + 0.5)

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _is_passed(name: str) -> bool:
    return name in _PASSED or name.startswith(("XDG_", "PYTHON", "COVERAGE_", "VIRTUAL_ENV"))
