"""The worker processes of a server."""

import asyncio
import os
import socket
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from itertools import count
from typing import Any, Final, NamedTuple

from tui.kiosk.ipc import Codec, Message
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.metrics import Gathered
from tui.kiosk.operations.processes import ALLOCATION, python_path
from tui.kiosk.policies.policy import Reason
from tui.kiosk.supervisor import Child, Program, Supervisor

_PASSED: Final = ("HOME", "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR")
_PASSED_PREFIXES: Final = ("XDG_", "PYTHON", "COVERAGE_", "VIRTUAL_ENV")
"""Variables that workers get; those of the terminal in which the server was started must not act on visits."""
_DOUBTED: Final = 2
"""Pings without an answer after which other workers are given the new visitors."""


class Answers(NamedTuple):
    """The answers of the workers to one question."""

    given: list[Message]
    missing: int
    """The number of workers that did not answer in time."""


class Workers(Supervisor):
    """All workers of a server."""

    def __init__(self, number: int, hello: Callable[[], Message], log: Log) -> None:
        """Supervise a number of workers. None is started yet.

        Args:
            number: the number of workers.
            hello: returns the first message to a worker.
            log: takes the events of their lives.
        """
        super().__init__(Program("tui.kiosk.worker.worker", _environment(), has_session=True), number)
        self._hello = hello
        self._log = log
        self.on_event: Callable[[int, str, str], None] = lambda _ticket, _event, _detail: None
        """Is called with each event of a connection, by its ticket; `closed` is the last one."""
        self.elder: Callable[[Message, float], Awaitable[Answers]] | None = None
        """Asks the workers of an old version whose visits still run."""
        self._speaker: Child | None = None
        """The worker that logs and counts the events of the content, which all of them see."""
        self._tickets: dict[int, Child] = {}
        self.library: Mapping[str, int] = {}
        """The numbers of briefings and of broken ones, as the last worker that became ready saw them."""
        self._questions = count(1)
        self._asked: dict[int, asyncio.Queue[Message]] = {}
        """The answers so far, by the number of the question."""
        self.gathered = Gathered()
        """The metrics of all workers, also of those that have ended."""

    def connections(self) -> Mapping[int, int]:
        """Return the number of connections by the worker's process id."""
        return Counter(child.process.pid for child in self._tickets.values())

    def hand_on(self, connected: socket.socket, ticket: int, address: str) -> bool:
        """Pass a connection to the least busy worker, if any takes it."""
        numbers = self.connections()

        def burden(child: Child) -> tuple[bool, int]:
            return child.unanswered >= _DOUBTED, numbers.get(child.process.pid, 0)

        for child in sorted(self.ready, key=burden):
            if child.send({"command": "serve", "ticket": ticket, "address": address}, connected):
                self._tickets[ticket] = child
                return True
        return False

    async def ask_all(self, question: Message, seconds: float) -> Answers:
        """Ask all workers that are ready, and wait for their answers."""
        number, answers = next(self._questions), asyncio.Queue[Message]()
        self._asked[number] = answers
        asked = sum(child.send({"command": "ask", "number": number, **question}) for child in self.ready)
        given: list[Message] = []
        try:
            async with asyncio.timeout(seconds):
                while len(given) < asked:
                    given.append(await answers.get())
        except TimeoutError:
            pass
        finally:
            del self._asked[number]
        older = await self.ask_older(question, seconds)
        return Answers(given + older.given, asked - len(given) + older.missing)

    async def ask_older(self, question: Message, seconds: float) -> Answers:
        """Ask the workers of an old version alone."""
        return await self.elder(question, seconds) if self.elder else Answers([], 0)

    def end_one(self, ticket: int, reason: Reason) -> None:
        """End a connection."""
        self._send_one(ticket, {"command": "end", "reason": reason})

    def delay_one(self, ticket: int, seconds: float) -> None:
        """Delay the answer to a wrong password."""
        self._send_one(ticket, {"command": "delay", "seconds": seconds})

    def _send_one(self, ticket: int, message: Message) -> None:
        if child := self._tickets.get(ticket):
            child.send({**message, "ticket": ticket})

    # As the supervisor calls them

    def hello(self, child: Child) -> Message:
        """Return settings and folders, and whether this worker speaks for all."""
        self._speaker = self._speaker or child
        return {"speaks": self._speaker is child, **self._hello()}

    def received(self, child: Child, message: dict[str, Any]) -> None:
        """Handle an event of a worker or of one of its connections."""
        event = message["event"]
        if event == "ready":
            self.library = {name: message[name] for name in ("briefings", "broken")}
        elif event == "figures":
            self.gathered.update(str(child.process.pid), Codec().decode(message["figures"]))
        elif event == "answer":
            if (answers := self._asked.get(message["number"])) is not None:
                answers.put_nowait(message["answer"])
        elif "ticket" in message:
            if event == "closed":
                self._tickets.pop(message["ticket"], None)
            self.on_event(message["ticket"], event, message["detail"])

    def ended(self, child: Child, reason: str) -> None:
        """Free the worker's connections, and log its end."""
        if self._speaker is child:
            self._speaker = None
        self.gathered.retire(str(child.process.pid))
        tickets = [ticket for ticket, owner in self._tickets.items() if owner is child]
        for ticket in tickets:
            del self._tickets[ticket]
            self.on_event(ticket, "closed", "")
        if not self.is_ending:
            self._log.write("worker-died", process=child.process.pid, reason=reason, visits=len(tickets))

    def failed(self, error: OSError) -> None:
        """Log that a worker could not be started."""
        self._log.write("worker-unstarted", reason=error.strerror or str(error))

    def hangs(self, child: Child) -> None:
        """Log that a worker hangs."""
        visits = self.connections().get(child.process.pid, 0)
        self._log.write("worker-hangs", process=child.process.pid, visits=visits)


def _environment() -> Mapping[str, str]:
    passed = {name: value for name, value in os.environ.items() if name in _PASSED or name.startswith(_PASSED_PREFIXES)}
    return {**ALLOCATION, **passed, "PYTHONPATH": python_path()}
