"""The kiosk's engine: it puts the questions of a worker's visitors to a search process, and replaces one that fails."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from tui.kiosk.operations.faults import STARVED
from tui.kiosk.operations.log import Log
from tui.kiosk.search.link import GoneError, Link
from tui.kiosk.search.messages import Message, TooLongError, asked, framed, record
from tui.kiosk.search.request_queue import Line, Request
from tui.library.published import Published
from tui.search.answers import Hit
from tui.search.excerpts import Shown
from tui.search.index.library_index import BUSY
from tui.session.search.engine import Found, Progress, Question, UnansweredError, Written
from tui.session.search.facet_row import Counts

_PATIENCE: Final = 0.15
"""Seconds; each answer has to be painted, too, so who types seven keys a second has it at the end of the word."""
STOPPED: Final = "The search has stopped and begins anew; ask once more."
HUNGRY: Final = "This search needs more memory than there is; ask for less."
SLOW: Final = "This search takes too long and was given up; ask for less."
BUSY_NOW: Final = "Too much is being searched at present; ask again in a while."
TOO_MUCH: Final = "This is too much to search for at once."


Start = Callable[[Message, Callable[[Message], None]], Awaitable[Link]]


class Limits(NamedTuple):
    """How long things may take, in seconds."""

    answer: float = 10.0
    """One answer; a process that takes longer is replaced."""
    whole: float = 30.0
    """One answer with the time in the line."""
    quick: float = 10.0
    """Within which a process that dies is taken for one that cannot live, so that its successor waits."""
    longest_wait: float = 30.0


class RemoteEngine:
    """Asks a search process for all visitors of a worker."""

    patience = _PATIENCE

    def __init__(self, told: Message, log: Log, limits: Limits | None = None, start: Start = Link.start) -> None:
        """Start nothing yet.

        Args:
            told: what a search process is told at its start, as `told_of` writes it.
            log: is told of processes that died, and of trouble with the index.
            limits: how long things may take.
            start: starts a process.
        """
        self.version = ""
        self.trouble = ""
        self.is_complete = False
        self.on_changed: Callable[[], None] = lambda: None
        """Is called when the index has changed."""
        self._told = told
        self._log = log
        self._limits = limits or Limits()
        self._start = start
        self._line = Line()
        self._news = asyncio.Event()
        self._values: dict[str, Sequence[str]] = {}
        self._link: Link | None = None
        self._fault: dict[str, str] = {}
        self._struck: Request | None = None
        """The question that a process had when it ended."""

    @property
    def process(self) -> int | None:
        """The id of the process; None while there is none."""
        return self._link.process.pid if self._link else None

    async def keep(self) -> None:
        """Keep a process going until cancelled."""
        waits = 0.0
        while True:
            began = time.monotonic()
            self._fault = {}
            process, reason = await self._one_process()
            self._log.write("search-died", process=process, reason=reason, **self._fault)
            waits = min(self._limits.longest_wait, waits * 2 + 0.5) if self._is_quick(began) else 0.0
            await asyncio.sleep(waits)

    # What readers need

    async def ask(self, who: object, question: Question) -> Found:
        """Ask; what is shown of the hits comes with them."""
        found: Found = await self._answer(who, asked("ask", question))
        return found

    async def count(self, who: object, question: Question) -> Counts:
        """Count the facets."""
        counts: Counts = await self._answer(who, asked("count", question))
        return counts

    async def write(self, query: str, written_as: str, limit: int, offset: int, most: int) -> Written:
        """Answer in writing; each takes its own turn."""
        message = {"do": "write", "query": query, "as": written_as, "limit": limit, "offset": offset, "most": most}
        total, lines = await self._answer(object(), message)
        return Written(total, lines)

    async def update(self, progress: Progress, only: Iterable[Path] | None) -> bool:
        """Leave it to the process, which is told of changes once and not by each reader."""
        return False

    async def refresh(self) -> None:
        """Tell the process that the library has changed; its trouble is told to the log when it comes."""
        if self._link:
            self._link.tell({"do": "refresh"})

    def change(self, catalogue: Published) -> None:
        """Let this process, and those that come after it, search other folders."""
        self._told |= library_of(catalogue)
        if self._link:
            self._link.tell({"do": "change", **library_of(catalogue)})

    def values(self, name: str) -> Sequence[str]:
        """Give the values of a field, as they were told last."""
        return self._values.get(name, ())

    def show(self, hit: Hit) -> Shown | None:
        """Read nothing here: what is shown has come with the hits."""
        return None

    def forget(self) -> None:
        """Have nothing to forget."""

    # The process

    async def _answer(self, who: object, message: Message) -> Any:
        request = Request(message, asyncio.get_running_loop().create_future())
        try:
            framed(message)
        except TooLongError:
            raise UnansweredError(TOO_MUCH) from None
        self._line.put(who, request)
        self._news.set()
        try:
            async with asyncio.timeout(self._limits.whole):
                answer = await request.answer
        except TimeoutError:
            raise UnansweredError(BUSY_NOW) from None
        finally:
            self._line.leave(who, request)
        if "unanswered" in answer:
            raise UnansweredError(answer["unanswered"])
        try:
            return record(answer["answer"])
        except (LookupError, TypeError, ValueError) as error:
            self._log.write("search-senseless", kind=type(error).__name__)
            raise UnansweredError(STOPPED) from None

    async def _one_process(self) -> tuple[int, str]:
        """Have one process answer until it fails; give its id and why it did."""
        try:
            link = self._link = await self._start(self._told, self._heard)
        except OSError as error:
            return 0, str(error.strerror)
        link.when_over(self._news.set)
        reason = "cancelled"
        try:
            reason = await self._go_on(link)
        finally:
            self._link = None
            ended = await link.end()
            self._tell_struck(ended)
        return link.process.pid, reason or ended

    async def _go_on(self, link: Link) -> str:
        """Put one question after another; give why it stopped, empty where the process says so by its end."""
        while not link.is_over:
            request = self._line.take()
            if request is None:
                self._news.clear()
                await self._news.wait()
                continue
            try:
                answer = await link.ask(request.message, self._limits.answer)
            except GoneError:
                self._struck = request
                return ""
            except TimeoutError:
                self._give(request, {"unanswered": SLOW})
                return "time"
            else:
                self._give(request, answer)
        return ""

    def _tell_struck(self, ended: str) -> None:
        """Tell who waited for a process as it ended that it has, and if it was for want of memory."""
        request, self._struck = self._struck, None
        if request is not None:
            hungry = ended == STARVED or self._fault.get("kind") == MemoryError.__name__
            self._give(request, {"unanswered": HUNGRY if hungry else STOPPED})

    def _give(self, request: Request, answer: Message) -> None:
        if request.is_wanted:
            request.answer.set_result(answer)

    def _heard(self, message: Message) -> None:
        if message["tell"] == "fault":
            self._fault = {"kind": message["kind"], "where": message["where"]}
            return
        before = self.version, self.is_complete
        self.version, self.is_complete = message["version"], message["complete"]
        self._values = message.get("values", self._values)
        # Which process writes the index is nothing to visitors.
        trouble = "" if message["trouble"] == BUSY else message["trouble"]
        if trouble not in {"", self.trouble}:
            self._log.write("index", said=trouble)
        self.trouble = trouble
        if before != (self.version, self.is_complete):
            self.on_changed()

    def _is_quick(self, began: float) -> bool:
        return time.monotonic() - began < self._limits.quick


def told_of(catalogue: Published, cache: Path | None, held: Path) -> Message:
    """Write what a search process is told at its start."""
    return {"cache": str(cache) if cache else "", "held": str(held), **library_of(catalogue)}


def library_of(catalogue: Published) -> Message:
    """Write which briefings a search process is to find."""
    return {
        "content": [str(root.absolute()) for root in catalogue.roots],
        "may_lack": list(map(str, catalogue.may_lack)),
        "broken": catalogue.shows_broken,
    }
