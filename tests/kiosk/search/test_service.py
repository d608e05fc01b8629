"""What the search process sends of long texts, and of an answer that is too long, and which modules it goes without."""

import json
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.test_house import modules_after
from tests.unprivileged import bound_by_permissions
from tui.kiosk.search.messages import LENGTH, MOST
from tui.kiosk.search.process import Ending
from tui.kiosk.search.service import Service, _shortened, received
from tui.search.answers import Hit
from tui.search.excerpts import Shown
from tui.search.index.library_index import SearchIndex
from tui.search.matcher import Matcher
from tui.search.query import parse
from tui.session.search.library_search import LibrarySearch


def test_of_a_hit_that_alone_crosses_which_the_list_shows() -> None:
    matcher = Matcher(parse("swans").node)
    hit = Hit("sample", Path("/sample/briefing.toml"), "claim", 0, -1, 1.0)
    long = "Nothing is said here. " * 500 + "The swans went. " + "Nothing is said here. " * 500
    texts = ("Title", "The first one.", "https://example.org/", long, "Many more.")
    shown = Shown(hit, "Swans", "c1", "C1", "Title", texts, "B2", "claims", "c1")
    short = _shortened(shown, matcher)
    assert short is not None
    assert ("Title", "The first one.", "… The swans went. …") == short.texts
    assert "swans" in short.best(matcher)
    assert _shortened(None, matcher) is None


def test_an_answer_that_is_too_long_is_told(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    service = Service(
        theirs, {"cache": "", "content": [str(tmp_path)], "held": str(tmp_path / "held"), "broken": False}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LibrarySearch, "count", lambda *_arguments: {"in": [("a" * MOST, 1)]})
        service.answer({"do": "count", "text": "swans", "read": [], "had": 0, "first": ""})
    assert {"unanswered": "The answer is too long; ask for less."} == received(ours)
    with pytest.raises(LookupError):
        service.answer({"do": "something else"})
    theirs.close()
    assert received(ours) is None
    ours.close()


def test_a_fault_is_told_without_its_message() -> None:
    ours, theirs = socket.socketpair()
    try:
        int("what a visitor typed")
    except ValueError as error:
        Ending(theirs).fell(type(error), error, error.__traceback__)
    told = received(ours)
    assert told
    assert ("fault", "ValueError") == (told["tell"], told["kind"])
    assert "test_service.py:" in told["where"]
    assert "typed" not in json.dumps(told)
    ours.close()
    Ending(theirs).fell(ValueError, None, None)  # nobody hears it
    theirs.close()


def test_a_process_that_is_told_nothing_ends() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tui.kiosk.search.process", str(theirs.fileno())], pass_fds=[theirs.fileno()]
        )
    ours.sendall(LENGTH.pack(100) + b"half")
    ours.close()
    assert 0 == process.wait(10)


@pytest.mark.parametrize("method", ["ask", "count", "write"])
def test_what_the_index_cannot_do_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    def refuses(*_arguments: object, **_options: object) -> None:
        raise ValueError("the index says no\nat length")

    ours, theirs = socket.socketpair()
    service = Service(
        theirs, {"cache": "", "content": [str(tmp_path)], "held": str(tmp_path / "held"), "broken": False}
    )
    monkeypatch.setattr(SearchIndex, "view", refuses)
    service.answer(
        {
            "do": method,
            "text": "a",
            "read": [],
            "had": 0,
            "first": "",
            "query": "a",
            "as": "text",
            "limit": 1,
            "offset": 0,
            "most": 9,
        }
    )
    assert {"unanswered": "This cannot be searched: the index says no"} == received(ours)
    ours.close()
    theirs.close()


def test_the_process_goes_without_what_paints_and_serves() -> None:
    modules = modules_after("import tui.kiosk.search.process, tui.kiosk.search.service")
    assert not {name.partition(".")[0] for name in modules} & {"textual", "pydantic", "asyncssh"}


def test_a_cache_that_cannot_be_entered_is_searched_in_memory(tmp_path: Path, sample_folder: Path) -> None:
    """The worker is told why, and has every answer."""
    (tmp_path / "cache").mkdir(mode=0)
    ours, theirs = socket.socketpair()
    cache = str(tmp_path / "cache" / "catalogue.sqlite")
    with bound_by_permissions():
        told = {"cache": cache, "content": [str(sample_folder.parent)], "held": str(tmp_path / "held"), "broken": False}
        service = Service(theirs, told)
        keeping = threading.Thread(target=service.keep_up)
        keeping.start()
        ours.settimeout(20)
        while not (heard := received(ours) or {})["complete"]:
            assert heard
    service.end()
    keeping.join(20)
    assert "cannot be kept on disk" in heard["trouble"] + service._catalogue.cache.trouble
    service.answer({"do": "write", "query": "swans", "as": "text", "limit": 1, "offset": 0, "most": 1000})
    answered = received(ours)
    assert answered
    assert answered["answer"][0] > 1
    theirs.close()
    ours.close()


def test_want_of_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_arguments: object, **_options: object) -> None:
        raise MemoryError

    ours, theirs = socket.socketpair()
    service = Service(
        theirs, {"cache": "", "content": [str(tmp_path)], "held": str(tmp_path / "held"), "broken": False}
    )
    monkeypatch.setattr(SearchIndex, "view", refuses)
    service.answer({"do": "ask", "text": "a", "read": [], "had": 0})
    assert {"unanswered": "There is not enough memory for this search; ask for less."} == received(ours)
    theirs.close()
    ours.close()
