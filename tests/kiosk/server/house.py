"""The parts of a kiosk's server for tests, without processes."""

import socket
from pathlib import Path

from tests.kiosk.clocks import Clock
from tests.kiosk.conftest import Lines
from tui.kiosk.ipc import Message
from tui.kiosk.operations.ledger import Ledger
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.policy import Reason
from tui.kiosk.server.administration import Administration
from tui.kiosk.server.dispatcher import Arrival, Dispatcher
from tui.kiosk.server.recorder import Recorder
from tui.kiosk.server.workers import Answers
from tui.library.paths import Folders


class Workers:
    """Workers that have their answers ready."""

    def __init__(self) -> None:
        self.ended: list[tuple[int, Reason]] = []
        self.asked: list[Message] = []
        self.older = Answers([], 0)
        self.answers = Answers(
            [
                {"visits": [{"visit": number}], "told": told, "ended": 0, "states": 0}
                for number, told in ((2, 1), (1, 2))
            ],
            0,
        )

    def hand_on(self, _connected: socket.socket, _ticket: int, _address: str) -> bool:
        return True

    def end_one(self, ticket: int, reason: Reason) -> None:
        self.ended.append((ticket, reason))

    async def ask_older(self, question: Message, _seconds: float) -> Answers:
        self.asked.append(question)
        return self.older

    async def ask_all(self, question: Message, _seconds: float) -> Answers:
        self.asked.append(question)
        return self.answers


class House:
    """A server's parts, without processes."""

    def __init__(self, state: Path) -> None:
        self.lines, self.workers, self.clock = Lines(), Workers(), Clock()
        self.log = Log(self.lines, Settings())
        self.door = Dispatcher(Settings(), self.workers, self.log, self.clock)  # type: ignore[arg-type]  # a double
        self.drained = 0
        folders = Folders(state, state, state / "data", state)
        self.recorder = Recorder(Settings(audit=True, statistics=True), Ledger(state / "reading.sqlite"), self.log)
        self.administration = Administration(
            self.workers, self.door, self.recorder, self.log, folders, reload=lambda: {"applied": ["theme"]}, upgrade=lambda: {"started": 7}, drain=self.drain,  # type: ignore[arg-type]  # a double
        )  # fmt: skip

    def drain(self) -> None:
        self.drained += 1

    def come(self, address: str) -> bool:
        """Come from an address; whether one is let in."""
        ours, theirs = socket.socketpair()
        with ours:
            before = self.door.admission.number
            self.door.admit(theirs, Arrival(address))
            return self.door.admission.number > before

    async def do(self, command: str, **words: object) -> Message:
        """Carry out a command."""
        return await self.administration.answer({"command": command, **words})
