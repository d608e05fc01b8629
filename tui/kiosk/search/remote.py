"""The search service of a worker, by way of a search process."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from tui.kiosk.ipc import Message, TooLongError, frame
from tui.kiosk.operations.faults import STARVED
from tui.kiosk.operations.log import Log
from tui.kiosk.search.messages import CODEC
from tui.kiosk.supervisor import Child, GoneError, Limits, Program, Supervisor
from tui.library.published_catalogue import PublishedCatalogue
from tui.search.answers import UnansweredError
from tui.search.index.library_index import BUSY
from tui.search.service import SearchRequest, WriteRequest

_PROGRAM: Final = Program("tui.kiosk.search.process", is_mute=True)
_ANSWER_SECONDS: Final = 10.0
"""For one answer; a slower process is replaced."""
_WHOLE_SECONDS: Final = 30.0
"""For one answer with the wait in the queue."""
STOPPED: Final = "The search stopped and is starting again; please search again."
HUNGRY: Final = "This search needs more memory than there is; search for less."
SLOW: Final = "This search took too long and was stopped; search for less."
BUSY_NOW: Final = "Too many searches are waiting; please search again later."
TOO_MUCH: Final = "This is too much to search for at once."


@dataclass(eq=False)
class Request:
    """A request that waits for its reply."""

    message: Message
    reply: asyncio.Future[Message]

    def finish(self, reply: Message) -> None:
        """Set the reply, unless the visitor is gone."""
        if not self.reply.done():
            self.reply.set_result(reply)


class RequestQueue:
    """The waiting requests, the newest of each visitor."""

    def __init__(self) -> None:
        """Start empty."""
        self._waiting: OrderedDict[object, Request] = OrderedDict()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, visitor: object, request: Request) -> None:
        """Queue a request. A visitor's earlier request is cancelled; the new one takes its position."""
        if before := self._waiting.get(visitor):
            before.reply.cancel()
        self._waiting[visitor] = request

    def remove(self, visitor: object, request: Request) -> None:
        """Remove a request, unless a newer one has replaced it."""
        if self._waiting.get(visitor) is request:
            del self._waiting[visitor]

    def take(self) -> Request | None:
        """Take the first request that is still wanted. None where no request waits."""
        while self._waiting:
            _, request = self._waiting.popitem(last=False)
            if not request.reply.done():
                return request
        return None


Groups = tuple[str, ...]
"""The groups of some readers, who share an index; in the order of the alphabet."""


class IndexState(NamedTuple):
    """The state of one index."""

    version: str = ""
    trouble: str = ""
    is_complete: bool = False
    values: Mapping[str, Sequence[str]] = {}
    """The values of each field."""


NO_INDEX: Final = IndexState()


class RemoteSearch(Supervisor):
    """Asks a search process for all visitors of a worker."""

    def __init__(
        self,
        hello: Callable[[], Message],
        log: Log,
        limits: Limits | None = None,
        answer_seconds: float = _ANSWER_SECONDS,
        whole_seconds: float = _WHOLE_SECONDS,
    ) -> None:
        """Prepare the service; no process is started yet.

        Args:
            hello: returns the first message to a process as of now, as `hello_of` does.
            log: gets the ends of processes, and trouble with the index.
            limits: the supervisor's limits.
            answer_seconds: the time for one answer.
            whole_seconds: the time for one answer with the wait in the queue.
        """
        super().__init__(_PROGRAM, limits=limits)
        self.states: dict[Groups, IndexState] = {}
        """The index of each group of readers, as the process last told."""
        self.on_changed: Callable[[], None] = lambda: None
        """Called when the index has changed."""
        self._hello = hello
        self._log = log
        self.answer_seconds, self._whole_seconds = answer_seconds, whole_seconds
        self._queue = RequestQueue()
        self._news = asyncio.Event()
        """Set by a new request, and by a process that starts."""
        self._fault: dict[str, str] = {}
        self._asked: Request | None = None
        """The request that the process has."""

    @property
    def process(self) -> int | None:
        """The id of the process; None while there is none."""
        return self.children[0].process.pid if self.children else None

    async def keep(self) -> None:
        """Run the process and send the requests until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.run())
            group.create_task(self._send_requests())

    # The service

    def prepare(self, groups: Groups) -> None:
        """Request an index for the readers of some groups."""
        self.send_all({"command": "prepare", "groups": groups})

    async def refresh(self) -> None:
        """Notify the process of a changed library."""
        self.send_all({"command": "refresh"})

    def change(self, catalogue: PublishedCatalogue) -> None:
        """Search the library as it is now."""
        self.send_all({"command": "change", **library_of(catalogue)})

    # The process

    def hello(self, child: Child) -> Message:
        """Return the library's folders and rules."""
        self._fault = {}
        return self._hello()

    def received(self, child: Child, message: Message) -> None:
        """Handle a start, a fault, or news of the index."""
        match message.get("event"):
            case "ready":
                self._news.set()
            case "fault":
                self._fault = {"kind": message["kind"], "where": message["where"]}
            case "index":
                self._index_changed(message)

    def ended(self, child: Child, reason: str) -> None:
        """Log the end of a process, and answer its request."""
        if self._asked:
            is_hungry = reason == STARVED or self._fault.get("kind") == MemoryError.__name__
            self._asked.finish({"unanswered": HUNGRY if is_hungry else STOPPED})
        if not self.is_ending:
            self._log.write("search-died", process=child.process.pid, reason=reason, **self._fault)

    def failed(self, error: OSError) -> None:
        """Log that no process could be started."""
        self._log.write("search-died", process=0, reason=str(error.strerror))

    def _index_changed(self, message: Message) -> None:
        groups = tuple(message["groups"])
        before = self.states.get(groups, NO_INDEX)
        # Visitors need not know which process writes the index.
        trouble = "" if message["trouble"] == BUSY else message["trouble"]
        if trouble not in {"", before.trouble}:
            self._log.write("index", said=trouble)
        values = message.get("values", before.values)
        now = self.states[groups] = IndexState(message["version"], trouble, message["complete"], values)
        if before[0] != now[0] or before[2] != now[2]:
            self.on_changed()

    async def request(
        self, visitor: object, command: str, record: SearchRequest | WriteRequest, groups: Groups = ()
    ) -> Any:
        """Send a record to the process, for the readers of some groups.

        Raises:
            UnansweredError: no reply came in time, or none with an answer.
        """
        request = Request(
            {"command": command, "request": CODEC.encode(record), "groups": groups},
            asyncio.get_running_loop().create_future(),
        )
        try:
            frame(request.message)
        except TooLongError:
            raise UnansweredError(TOO_MUCH) from None
        self._queue.put(visitor, request)
        self._news.set()
        try:
            async with asyncio.timeout(self._whole_seconds):
                reply = await request.reply
        except TimeoutError:
            raise UnansweredError(BUSY_NOW) from None
        finally:
            self._queue.remove(visitor, request)
        if "unanswered" in reply:
            raise UnansweredError(reply["unanswered"])
        try:
            return CODEC.decode(reply["reply"])
        except (LookupError, TypeError, ValueError) as error:
            self._log.write("search-senseless", kind=type(error).__name__)
            raise UnansweredError(STOPPED) from None

    async def _send_requests(self) -> None:
        """Send requests in turn, until cancelled."""
        while True:
            child = next((child for child in self.ready if not child.is_over), None)
            request = self._asked = self._queue.take() if child else None
            if child is None or request is None:
                self._news.clear()
                await self._news.wait()
                continue
            try:
                request.finish(await child.ask(request.message, self.answer_seconds))
            except TimeoutError:
                request.finish({"unanswered": SLOW})
                child.kill("time")
                await child.wait()
            except GoneError:  # `ended` knows the reason and answers the request
                await asyncio.wait((request.reply,))


def hello_of(catalogue: PublishedCatalogue, cache: Path | None, held: Path) -> Message:
    """Return the first message to a search process."""
    return {"cache": str(cache) if cache else "", "held": str(held), **library_of(catalogue)}


def library_of(catalogue: PublishedCatalogue) -> Message:
    """Return the folders, the rules, and whether broken briefings are shown."""
    return {
        "content": [str(root.absolute()) for root in catalogue.roots],
        "may_lack": list(map(str, catalogue.may_lack)),
        "broken": catalogue.shows_broken,
        "texts": list(map(str, catalogue.texts.named)),
        "rules": catalogue.publishing.written.as_lists(),
        "clock": str(catalogue.publishing.clock.path or ""),
    }
