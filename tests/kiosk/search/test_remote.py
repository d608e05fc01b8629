"""The kiosk's remote search: turns and limits over a process that a test plays, and then the real one with all that befalls it."""

import asyncio
import os
import shutil
import signal
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from pathlib import Path

import psutil
import pytest

from tests.kiosk.conftest import Lines, until
from tui.kiosk.ipc import Channel, Message
from tui.kiosk.operations.faults import STARVED
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import Settings
from tui.kiosk.search.group_search import GroupSearch
from tui.kiosk.search.messages import CODEC
from tui.kiosk.search.remote import (
    BUSY_NOW,
    HUNGRY,
    NO_INDEX,
    SLOW,
    STOPPED,
    TOO_MUCH,
    RemoteSearch,
    hello_of,
)
from tui.kiosk.supervisor import Child, Limits, Program
from tui.library.published_catalogue import PublishedCatalogue
from tui.search.answers import Answer, Searched, Total, UnansweredError
from tui.search.index.library_index import index_folder
from tui.search.service import Found, SearchRequest, WriteRequest

AT_ONCE = Limits(quick=0.0)


class Played:
    """A process that a test plays: it answers when it is let, and dies when it is told to."""

    pid = 7

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self.child = Child(self, Channel(ours))  # type: ignore[arg-type]  # it has all that a child asks of a process
        self.asked: list[str] = []
        self.lets = asyncio.Semaphore(0)
        self.dies = False
        self.senseless: object = None
        """What it answers in place of something sensible."""
        self.returncode: int | None = None
        self.channel = Channel(theirs)
        self._ended = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self.channel.listen(self._receive, lambda _error: None)
        self.channel.send({"event": "ready"})

    async def wait(self) -> int | None:
        await self._ended.wait()
        return self.returncode

    def kill(self) -> None:
        """End while nothing is asked."""
        self.returncode = -signal.SIGKILL
        self.channel.close()
        self._ended.set()

    def _receive(self, message: Message, _passed: object) -> None:
        if "request" in message:
            self._tasks.add(asyncio.create_task(self._answer(CODEC.decode(message["request"]).text)))

    async def _answer(self, words: str) -> None:
        self.asked.append(words)
        await self.lets.acquire()
        if self.dies:
            self.kill()
        elif self.senseless is not None:
            self.channel.send({"reply": self.senseless})
        else:
            self.channel.send(
                {"reply": CODEC.encode(Found(Answer((), Total(len(self.asked), Searched(0, 0, 0, 0))), ()))}
            )


class Stage:
    """A remote search over processes that a test plays."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, limits: Limits = AT_ONCE, **seconds: float) -> None:
        self.lines = Lines()
        self.processes: list[Played] = []
        monkeypatch.setattr(Child, "start", self._start)
        usual = {"answer_seconds": 5.0, "whole_seconds": 5.0}
        self.search = RemoteSearch(dict, Log(self.lines, Settings()), limits, **(usual | seconds))

    async def _start(self, _program: Program) -> Child:
        self.processes.append(Played())
        return self.process.child

    @property
    def process(self) -> Played:
        return self.processes[-1]


@asynccontextmanager
async def kept(search: RemoteSearch) -> AsyncIterator[None]:
    """Keep a process going for as long as a test."""
    task = asyncio.create_task(search.keep())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def on_stage(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[..., Awaitable[Stage]]]:
    """What opens a remote search whose processes the test plays."""
    async with AsyncExitStack() as stack:

        async def open_one(limits: Limits = AT_ONCE, **seconds: float) -> Stage:
            stage = Stage(monkeypatch, limits, **seconds)
            await stack.enter_async_context(kept(stage.search))
            await until(lambda: stage.processes)
            return stage

        yield open_one


class TestTurns:
    async def test_what_was_abandoned_is_not_run(self, on_stage: Callable[..., Awaitable[Stage]]) -> None:
        stage = await on_stage()
        first = asyncio.create_task(GroupSearch(stage.search).ask("one", SearchRequest("first")))
        await until(lambda: stage.process.asked)
        abandoned = asyncio.create_task(GroupSearch(stage.search).ask("quick", SearchRequest("s")))
        slow = asyncio.create_task(GroupSearch(stage.search).ask("slow", SearchRequest("geese")))
        await asyncio.sleep(0)
        abandoned.cancel()
        await asyncio.sleep(0)
        quick = asyncio.create_task(GroupSearch(stage.search).ask("quick", SearchRequest("swans")))
        await asyncio.sleep(0)
        for _ in range(3):
            stage.process.lets.release()
        assert [1, 2, 3] == [(await task).answer.total.number for task in (first, slow, quick)]
        assert ["first", "geese", "swans"] == stage.process.asked

    async def test_an_answer_that_nobody_waits_for_any_more_is_dropped(
        self, on_stage: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await on_stage()
        gone = asyncio.create_task(GroupSearch(stage.search).ask("one", SearchRequest("gone")))
        await until(lambda: stage.process.asked)
        gone.cancel()
        stage.process.lets.release()
        stage.process.lets.release()
        assert 2 == (await GroupSearch(stage.search).ask("one", SearchRequest("next"))).answer.total.number


class TestLimits:
    async def test_a_search_that_takes_too_long_is_given_up_and_the_next_one_works(
        self, on_stage: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await on_stage(answer_seconds=0.05)
        with pytest.raises(UnansweredError, match=SLOW):
            await GroupSearch(stage.search).ask("one", SearchRequest("slow"))
        await until(lambda: len(stage.processes) == 2)
        stage.process.lets.release()
        assert 1 == (await GroupSearch(stage.search).ask("one", SearchRequest("next"))).answer.total.number
        [line] = stage.lines.of("search-died")
        assert line.endswith("process=7 reason=time")

    async def test_a_line_that_is_too_long_is_told(self, on_stage: Callable[..., Awaitable[Stage]]) -> None:
        stage = await on_stage(whole_seconds=0.05)
        held = asyncio.create_task(GroupSearch(stage.search).ask("one", SearchRequest("held")))
        with pytest.raises(UnansweredError, match=BUSY_NOW):
            await GroupSearch(stage.search).ask("other", SearchRequest("waits"))
        with pytest.raises(UnansweredError, match=BUSY_NOW):
            await held

    async def test_a_process_that_dies_is_told_to_who_asked_and_others_wait_for_the_next(
        self, on_stage: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await on_stage()
        stage.process.dies = True
        struck = asyncio.create_task(GroupSearch(stage.search).ask("one", SearchRequest("struck")))
        await until(lambda: stage.process.asked)
        waits = asyncio.create_task(GroupSearch(stage.search).ask("other", SearchRequest("waits")))
        await asyncio.sleep(0)
        stage.process.lets.release()
        with pytest.raises(UnansweredError, match=STOPPED):
            await struck
        await until(lambda: len(stage.processes) == 2)
        stage.process.lets.release()
        assert 1 == (await waits).answer.total.number

    @pytest.mark.parametrize("known_by", ["the kernel", "Python"])
    async def test_one_that_runs_out_of_memory_says_so(
        self, on_stage: Callable[..., Awaitable[Stage]], monkeypatch: pytest.MonkeyPatch, known_by: str
    ) -> None:
        stage = await on_stage()
        stage.process.dies = True
        if known_by == "the kernel":
            monkeypatch.setattr("tui.kiosk.supervisor.how_ended", lambda *_arguments, **_options: STARVED)
        else:
            stage.process.channel.send({"event": "fault", "kind": "MemoryError", "where": "somewhere"})
        stage.process.lets.release()
        with pytest.raises(UnansweredError, match=HUNGRY):
            await GroupSearch(stage.search).ask("one", SearchRequest("struck"))
        await until(lambda: stage.lines.of("search-died"))
        said = 'reason="out of memory"' if known_by == "the kernel" else "kind=MemoryError"
        assert said in stage.lines.of("search-died")[0]

    @pytest.mark.parametrize(
        "senseless",
        [{"is": "Popen", "of": ["sh"]}, {"is": "Found", "of": [1]}, {"is": "mapping", "of": [[1, 2, 3]]}, {}],
    )
    async def test_an_answer_that_makes_no_sense_is_none(
        self, on_stage: Callable[..., Awaitable[Stage]], senseless: object
    ) -> None:
        stage = await on_stage()
        stage.process.senseless = senseless
        stage.process.lets.release()
        with pytest.raises(UnansweredError, match=STOPPED):
            await GroupSearch(stage.search).ask("one", SearchRequest("swans"))
        assert stage.lines.of("search-senseless")

    async def test_one_that_cannot_live_is_not_started_without_a_pause(
        self, on_stage: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await on_stage(Limits(quick=5.0))
        stage.process.kill()
        await until(lambda: stage.lines.of("search-died"))
        await asyncio.sleep(0.1)
        assert 1 == len(stage.processes)
        await until(lambda: len(stage.processes) == 2)

    async def test_what_is_asked_is_bounded(self, on_stage: Callable[..., Awaitable[Stage]]) -> None:
        stage = await on_stage()
        read = tuple(("a" * 500, "b" * 500, "c") for _ in range(5000))
        with pytest.raises(UnansweredError, match=TOO_MUCH):
            await GroupSearch(stage.search).ask("one", SearchRequest("swans", read))
        assert not stage.process.asked


class Library:
    """A library that a test changes, and an search with a real process over it."""

    def __init__(self, folder: Path, sample: Path) -> None:
        self.content = folder / "content"
        shutil.copytree(sample, self.content / "sample")
        self.cache = folder / "cache" / "catalogue.sqlite"
        self.cache.parent.mkdir(parents=True)
        self.catalogue = PublishedCatalogue(self.cache, [self.content], folder / "held")
        self.lines = Lines()
        hello = partial(hello_of, self.catalogue, self.cache, folder / "held")
        self.search = RemoteSearch(hello, Log(self.lines, Settings()), AT_ONCE, 8.0)

    async def process(self) -> int:
        """Wait until there is a process; give its id."""
        await until(lambda: self.search.process)
        assert self.search.process
        return self.search.process

    async def total(self, words: str) -> int:
        """Ask for words; give how many hits there are."""
        return (await GroupSearch(self.search).ask("one", SearchRequest(words))).answer.total.number


@pytest.fixture
async def library(tmp_path: Path, sample_folder: Path) -> AsyncIterator[Library]:
    """Give a library whose search process is up and has the whole index."""
    library = Library(tmp_path, sample_folder)
    async with kept(library.search):
        await until(lambda: library.search.states.get((), NO_INDEX).is_complete, "the index")
        yield library
    assert library.search.process is None


class TestProcess:
    async def test_answers_with_what_is_shown(self, library: Library) -> None:
        search = library.search
        found = await GroupSearch(search).ask("one", SearchRequest("swans"))
        assert found.answer.total.number > 1
        assert {hit.name for hit in found.hits} == set(found.shown)
        assert all(shown and "wans" in " ".join((*shown.texts, shown.heading)) for shown in found.shown.values())
        counts = await GroupSearch(search).count("one", SearchRequest("swans"))
        assert counts == found.counts
        assert [("sample", found.answer.total.number)] == [tuple(pair) for pair in counts["in"]]
        assert "claim" in GroupSearch(search).values("kind").known
        written = await GroupSearch(search).write(WriteRequest("swans", "text", 20, most=10_000))
        assert written.total == found.answer.total
        assert 1 == len((await GroupSearch(search).write(WriteRequest("swans", "text", 20, most=10))).lines)
        more = await GroupSearch(search).ask("one", SearchRequest("swans", offset=50))
        assert not more.hits

    async def test_a_filter_is_counted_as_if_it_were_not(self, library: Library) -> None:
        counts = await GroupSearch(library.search).count("one", SearchRequest("kind:claim swans"))
        assert len(counts["kind"]) > 1

    async def test_it_stands_behind_those_who_paint_and_costs_nothing_at_rest(self, library: Library) -> None:
        process = psutil.Process(await library.process())
        assert 10 == process.nice() - psutil.Process().nice()
        await asyncio.sleep(0.2)
        before = sum(process.cpu_times()[:2])
        await asyncio.sleep(1.0)
        assert sum(process.cpu_times()[:2]) - before <= 0.01

    async def test_killed_while_it_searches(self, library: Library) -> None:
        process = await library.process()
        os.kill(process, signal.SIGSTOP)  # so that the question does not come back before it is killed
        asked = asyncio.create_task(library.total("swans"))
        await asyncio.sleep(0.1)
        os.kill(process, signal.SIGKILL)
        with pytest.raises(UnansweredError, match=STOPPED):
            await asked
        assert await library.total("swans") > 1
        assert f'process={process} reason="signal SIGKILL"' in library.lines.of("search-died")[0]
        assert "swans" not in "".join(library.lines)

    async def test_one_that_hangs_is_replaced(self, library: Library) -> None:
        library.search.answer_seconds = 0.5
        process = await library.process()
        os.kill(process, signal.SIGSTOP)
        with pytest.raises(UnansweredError, match=SLOW):
            await library.total("swans")
        library.search.answer_seconds = 8.0
        assert await library.total("swans") > 1
        assert process != library.search.process
        assert not psutil.pid_exists(process)

    async def test_a_change_of_the_library_is_told_once_it_is_indexed(
        self, library: Library, tiny: Callable[..., str]
    ) -> None:
        changed: list[str] = []
        library.search.on_changed = lambda: changed.append(GroupSearch(library.search).version)
        before = GroupSearch(library.search).version
        file = library.content / "tiny" / "briefing.toml"
        file.parent.mkdir()
        file.write_text(tiny('[[claim]]\nid = "c"\ntext = "Pelicans dive."\nby = "somebody"\n', id="tiny"))
        await library.search.refresh()
        await until(lambda: GroupSearch(library.search).version != before)
        assert GroupSearch(library.search).version in changed
        assert 1 == await library.total("pelicans")
        assert "tiny" in GroupSearch(library.search).values("in").known

    async def test_an_index_that_is_damaged_is_built_anew(self, library: Library) -> None:
        folder = index_folder(library.cache.parent, library.catalogue.roots, library.catalogue.scope)
        for path in folder.glob("*.*"):
            if path.name not in {"meta.json", "lock"}:
                path.write_bytes(b"no index at all")
        os.kill(await library.process(), signal.SIGKILL)
        await until(lambda: library.lines.of("index"))
        assert "damaged and is being rebuilt" in library.lines.of("index")[0]
        await until(lambda: library.search.states.get((), NO_INDEX).is_complete)
        assert await library.total("swans") > 1

    async def test_hostile_queries_neither_end_it_nor_are_logged(self, library: Library) -> None:
        process = await library.process()
        for words in ("\ud800", "a " * 60, "北京" * 200, '"' + "a b " * 100, "is:unread", "*", "a*b*", "date:2025.."):
            with suppress(UnansweredError):
                await library.total(words)
        assert process == library.search.process
        assert not library.lines


async def test_an_index_that_appears_later(tmp_path: Path, sample_folder: Path) -> None:
    """Another process writes it at present: what is there is searched, and in a while all of it."""
    library = Library(tmp_path, sample_folder)
    folder = index_folder(library.cache.parent, library.catalogue.roots, library.catalogue.scope)
    from tui.search.index.store import Store

    goes_on = threading.Event()
    holds = threading.Event()

    def hold() -> None:
        with Store(folder).writing():
            holds.set()
            goes_on.wait(10)

    writer = asyncio.create_task(asyncio.to_thread(hold))
    await asyncio.to_thread(holds.wait, 10)
    async with kept(library.search):
        assert 0 == await library.total("swans")
        assert not library.search.states.get((), NO_INDEX).is_complete
        goes_on.set()
        await writer
        await until(lambda: library.search.states.get((), NO_INDEX).is_complete, "the index")
        assert await library.total("swans") > 1
    assert not library.lines
    library.catalogue.close()


async def test_a_process_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(_program: Program) -> Child:
        raise OSError(12, "Cannot allocate memory")

    stage = Stage(monkeypatch, whole_seconds=0.1)
    monkeypatch.setattr(Child, "start", fails)
    async with kept(stage.search):
        with pytest.raises(UnansweredError, match=BUSY_NOW):
            await GroupSearch(stage.search).ask("one", SearchRequest("swans"))
    assert 'reason="Cannot allocate memory"' in stage.lines.of("search-died")[0]
