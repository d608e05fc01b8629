"""What the search process does: it answers questions, keeps the index, and tells the worker how the index is."""

import socket
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tui.kiosk.search.messages import LENGTH, Message, TooLongError, framed, length_of, plain, question_of
from tui.library.published import Published
from tui.render.excerpt import excerpt
from tui.search.excerpts import Shown
from tui.search.facets import FACETS
from tui.search.matcher import Matcher
from tui.session.process import collect_rarely, take_short_turns
from tui.session.search.engine import NO_COUNTS, Found, UnansweredError
from tui.session.search.library_search import LibrarySearch
from tui.session.search.results import name_of

_AGAIN: Final = 5.0
"""Seconds until it looks again, where another process updates the index."""
_QUICK: Final = 100_000
"""Hits whose facets are counted in some 50 ms."""
_LONG: Final = 2000
"""Characters of a text beyond which only the sentence that is shown crosses over."""


class Service:
    """Serves one worker."""

    def __init__(self, end: socket.socket, told: Message) -> None:
        """Open the library.

        Args:
            end: leads to the worker.
            told: what the worker told at the start: the cache, and the folders.
        """
        cache = Path(told["cache"]) if told["cache"] else None
        self._end = end
        self._sending = threading.Lock()
        may_lack = [Path(name) for name in told.get("may_lack", ())]
        self._catalogue = Published(cache, map(Path, told["content"]), Path(told["held"]), may_lack)
        self._catalogue.show_broken(shown=told["broken"])
        self._search = LibrarySearch(self._catalogue)
        self._due = threading.Event()
        self._over = False
        self._told: Message = {}
        self._values: dict[str, Sequence[str]] = {}
        take_short_turns()
        collect_rarely()

    # In the thread that hears

    def refresh(self) -> None:
        """Hear that the library has changed."""
        self._due.set()

    def change(self, message: Message) -> None:
        """Hear which briefings are to be found from now on."""
        self._catalogue.change_roots(map(Path, message["content"]))
        self._catalogue.show_broken(shown=message["broken"])
        self._due.set()

    def end(self) -> None:
        """Stop what goes on."""
        self._over = True
        self._due.set()

    # In the thread that answers

    def answer(self, message: Message) -> None:
        """Answer a question."""
        try:
            answer: Message = {"answer": self._answer(message)}
            data = framed(answer)
        except UnansweredError as reason:
            data = framed({"unanswered": str(reason)[:400]})
        except TooLongError:
            data = framed({"unanswered": "The answer is too long; ask for less."})
        self._send(data)

    def _answer(self, message: Message) -> Any:
        match message["do"]:
            case "ask":
                question = question_of(message)
                found = self._search.ask(question)
                matcher = Matcher(found.answer.node, found.answer.languages)
                shown = {name_of(hit): _shortened(self._search.show(hit), matcher) for hit in found.hits}
                # To be shown twice, without counts and with them, costs the one who paints more than to wait for them.
                quick = 0 < found.answer.total <= _QUICK and not question.had
                counts = self._search.count(question) if quick else NO_COUNTS
                return plain(Found(found.answer, found.hits, shown, counts))
            case "count":
                return plain(self._search.count(question_of(message)))
            case "write":
                asked = (message[name] for name in ("query", "as", "limit", "offset", "most"))
                written = self._search.write(*asked)
                return [written.total, written.lines]
        raise LookupError(message["do"])

    # In the thread of the index

    def keep_up(self) -> None:
        """Bring the index up to date whenever the library has changed, until the end."""
        while not self._over:
            index = self._search.index
            self._tell()
            self._catalogue.refresh()
            self._search.forget()
            changed = self._search.update(lambda _done, _all: self._tell(), lambda: self._over)
            if changed:
                self._search.forget()
            self._tell()
            self._due.wait(None if index.complete else _AGAIN)
            self._due.clear()

    def _tell(self) -> None:
        """Tell how the index is, if it is otherwise than it was told before."""
        index = self._search.index
        view = index.view()
        version = view.version if view else ""
        told: Message = {
            "tell": "index", "version": version, "trouble": index.trouble, "complete": index.complete,
        }  # fmt: skip
        if told == self._told:
            return
        if version != self._told.get("version"):
            self._values = {name: self._search.values(name) for name in FACETS}
            told_all = {**told, "values": self._values}
        else:
            told_all = told
        self._told = told
        self._send(framed(told_all))

    def _send(self, data: bytes) -> None:
        with self._sending:
            self._end.sendall(data)


def received(end: socket.socket) -> Message | None:
    """Wait for a message; None where the other end is closed."""
    import json

    head = _bytes(end, LENGTH.size)
    if head is None:
        return None
    data = _bytes(end, length_of(head))
    message: Message | None = None if data is None else json.loads(data)
    return message


def _bytes(end: socket.socket, number: int) -> bytes | None:
    try:
        data = end.recv(number, socket.MSG_WAITALL)
    except ConnectionError:
        return None
    return data if len(data) == number else None


def _shortened(shown: Shown | None, matcher: Matcher) -> Shown | None:
    """Leave of what is shown of a hit only what a list of hits shows."""
    if shown is None:
        return None
    others = [text for text in shown.texts if text and text != shown.heading]
    texts = dict.fromkeys((shown.text, *others[:1], shown.best(matcher)))
    return shown._replace(texts=tuple(_sentence(text, matcher) for text in texts))


def _sentence(text: str, matcher: Matcher) -> str:
    return text if len(text) <= _LONG else excerpt(text, matcher.spans(text))[0]
