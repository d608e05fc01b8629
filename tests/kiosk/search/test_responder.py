"""What the search process sends of long texts, and of an answer that is too long, and which modules it goes without."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_house import modules_after
from tests.unprivileged import bound_by_permissions
from tui.kiosk.ipc import LENGTH, MAX_BYTES, BlockingChannel, Message
from tui.kiosk.search.messages import CODEC
from tui.kiosk.search.process import FaultReport
from tui.kiosk.search.responder import Responder, shortened
from tui.search.answers import Hit, Shown
from tui.search.in_process import InProcessSearch
from tui.search.index.library_index import SearchIndex
from tui.search.matcher import Matcher
from tui.search.query import parse
from tui.search.service import SearchRequest, WriteRequest


def test_of_a_hit_that_alone_crosses_which_the_list_shows() -> None:
    matcher = Matcher(parse("swans").node)
    hit = Hit("sample", Path("/sample/briefing.toml"), "claim", 0, -1, 1.0)
    long = "Nothing is said here. " * 500 + "The swans went. " + "Nothing is said here. " * 500
    texts = ("Title", "The first one.", "https://example.org/", long, "Many more.")
    shown = Shown(hit, "Swans", "c1", "C1", "Title", texts, "B2", "claims", "c1")
    short = shortened(shown, matcher)
    assert short is not None
    assert ("Title", "The first one.", "… The swans went. …") == short.texts
    assert "swans" in short.best(matcher)
    assert shortened(None, matcher) is None


class Pair:
    """A responder over a folder, and the worker's end of its channel."""

    def __init__(self, content: Path, cache: str = "") -> None:
        ours, theirs = socket.socketpair()
        self.worker, self.process = BlockingChannel(ours), BlockingChannel(theirs)
        self.ends = ours, theirs
        hello = {"cache": cache, "content": [str(content)], "held": str(content / "held"), "broken": False}
        self.responder = Responder(self.process, hello)

    def answer(self, command: str, request: object) -> Message | None:
        """Have a request answered."""
        self.responder.answer({"command": command, "request": CODEC.encode(request)})
        return self.worker.receive()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """A responder over an empty folder."""
    made = Pair(tmp_path)
    yield made
    for end in made.ends:
        end.close()


def unanswered(reason: str) -> Message:
    """The reply without an answer."""
    return {"reply": None, "unanswered": reason}


def test_an_answer_that_is_too_long_is_told(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(InProcessSearch, "facets", lambda *_arguments: {"in": [("a" * MAX_BYTES, 1)]})
    assert unanswered("The answer is too long; search for less.") == pair.answer("count", SearchRequest("swans"))
    with pytest.raises(LookupError):
        pair.answer("something else", SearchRequest("swans"))
    pair.ends[1].close()
    assert pair.worker.receive() is None


def test_a_fault_is_told_without_its_message() -> None:
    ours, theirs = map(BlockingChannel, ends := socket.socketpair())
    try:
        int("what a visitor typed")
    except ValueError as error:
        FaultReport(theirs).report(type(error), error, error.__traceback__)
    told = ours.receive()
    assert told
    assert ("fault", "ValueError") == (told["event"], told["kind"])
    assert "test_responder.py:" in told["where"]
    assert "typed" not in json.dumps(told)
    ends[0].close()
    FaultReport(theirs).report(ValueError, None, None)  # nobody hears it
    ends[1].close()


def test_a_process_that_is_told_nothing_ends() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tui.kiosk.search.process", str(theirs.fileno())], pass_fds=[theirs.fileno()]
        )
    ours.sendall(LENGTH.pack(100) + b"half")
    ours.close()
    assert 0 == process.wait(10)


@pytest.mark.parametrize("command", ["ask", "count", "write"])
@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("the index says no\nat length"), "This cannot be searched: the index says no"),
        (MemoryError(), "There is not enough memory for this search; search for less."),
    ],
)
def test_what_the_index_cannot_do_is_told(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, command: str, error: Exception, reason: str
) -> None:
    def refuses(*_arguments: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(SearchIndex, "view", refuses)
    request = WriteRequest("a", "text", 1) if command == "write" else SearchRequest("a")
    assert unanswered(reason) == pair.answer(command, request)


def test_the_process_goes_without_what_paints_and_serves() -> None:
    modules = modules_after("import tui.kiosk.search.process, tui.kiosk.search.responder")
    assert not {name.partition(".")[0] for name in modules} & {"textual", "pydantic", "asyncssh"}


def test_a_cache_that_cannot_be_entered_is_searched_in_memory(tmp_path: Path, sample_folder: Path) -> None:
    """The worker is told why, and has every answer."""
    (tmp_path / "cache").mkdir(mode=0)
    with bound_by_permissions():
        pair = Pair(sample_folder.parent, str(tmp_path / "cache" / "catalogue.sqlite"))
        keeping = threading.Thread(target=pair.responder.keep_up)
        keeping.start()
        pair.ends[0].settimeout(20)
        heard: Message = {"complete": False, "trouble": ""}
        troubles = ""
        while not heard["complete"]:
            heard = pair.worker.receive() or {}
            troubles += heard["trouble"]
    pair.responder.end()
    keeping.join(20)
    assert "cannot be kept on disk" in troubles
    answered = pair.answer("write", WriteRequest("swans", "text", 1, most=1000))
    while answered and answered.get("event") == "index":  # a later state of the index, which came before the answer
        answered = pair.worker.receive()
    assert answered
    assert CODEC.decode(answered["reply"]).total.number > 1
    for end in pair.ends:
        end.close()
