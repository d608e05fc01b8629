"""The answers of the search process, and the state of its index."""

import queue
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from tui.briefing.publication import Reader
from tui.kiosk.ipc import BlockingChannel, Message, TooLongError
from tui.kiosk.search.messages import CODEC
from tui.library.latest_time import LatestTime
from tui.library.published_catalogue import PublishedCatalogue
from tui.library.publishing import Rules
from tui.library.text_folders import user_texts
from tui.render.excerpt import excerpt
from tui.render.search_command import write_answer
from tui.search.answers import Shown, UnansweredError
from tui.search.fields import FACETS
from tui.search.in_process import InProcessSearch
from tui.search.matcher import Matcher
from tui.search.service import Found, SearchRequest

Groups = tuple[str, ...]
"""The groups of some readers, who share an index."""
_RETRY_SECONDS: Final = 5.0
"""To the next look at the index, while another process updates it."""
_QUICK: Final = 100_000
"""Hits whose facets are counted in about 50 ms."""
_LONG: Final = 2000
"""Characters of a text beyond which only its excerpt is sent."""


class Responder:
    """Answers the requests of one worker."""

    def __init__(self, channel: BlockingChannel, hello: Message) -> None:
        """Open the library that the worker's first message describes."""
        self._channel = channel
        cache = Path(hello["cache"]) if hello["cache"] else None
        may_lack = [Path(name) for name in hello.get("may_lack", ())]
        texts = user_texts(map(Path, hello.get("texts", ())), cache.parent if cache else None)
        self._catalogue = PublishedCatalogue(cache, map(Path, hello["content"]), Path(hello["held"]), may_lack, texts)
        self._publish(hello)
        if clock := hello.get("clock"):
            self._catalogue.publishing.clock = LatestTime(Path(clock))
        self._searches: dict[Groups, InProcessSearch] = {}
        self._making = threading.Lock()
        self._requests: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._due = threading.Event()
        self._is_over = False
        self._sent: dict[Groups, Message] = {}
        self._search_of(())

    # In the listening thread

    def receive(self, message: Message) -> None:
        """Handle a message of the worker; requests are queued."""
        match message["command"]:
            case "refresh":
                pass
            case "prepare":
                self._search_of(message["groups"])
            case "change":
                self._catalogue.change_roots(map(Path, message["content"]))
                self._publish(message)
            case _:
                self._requests.put(message)
                return
        self._due.set()

    def _publish(self, message: Message) -> None:
        """Apply the operator's settings and rules."""
        self._catalogue.show_broken(shown=message["broken"])
        self._catalogue.publishing.rules = Rules.from_lists(message.get("rules", ()))

    def _search_of(self, groups: Iterable[str]) -> InProcessSearch:
        """Return the search for some groups, with an index apart."""
        named = tuple(groups)
        with self._making:
            if named not in self._searches:
                catalogue = self._catalogue.seen_by(Reader(frozenset(named))) if named else self._catalogue
                self._searches[named] = InProcessSearch(catalogue, write_answer)
                self._due.set()
            return self._searches[named]

    def end(self) -> None:
        """Stop both working threads."""
        self._is_over = True
        self._requests.put(None)
        self._due.set()

    # In the answering thread

    def answer_all(self) -> None:
        """Answer requests in turn until the end."""
        while (message := self._requests.get()) is not None:
            self.answer(message)

    def answer(self, message: Message) -> None:
        """Answer a request."""
        try:
            search = self._search_of(message.get("groups", ()))
            found = self._answer(search, message["command"], CODEC.decode(message["request"]))
            self._channel.send({"reply": CODEC.encode(found)})
        except UnansweredError as reason:
            self._channel.send({"reply": None, "unanswered": str(reason)[:400]})
        except TooLongError:
            self._channel.send({"reply": None, "unanswered": "The answer is too long; search for less."})

    def _answer(self, search: InProcessSearch, command: str, request: Any) -> Any:
        match command:
            case "ask":
                return self._found(search, request)
            case "count":
                return search.facets(request)
            case "write":
                return search.written(request)
        raise LookupError(command)

    def _found(self, search: InProcessSearch, request: SearchRequest) -> Found:
        found = search.find(request)
        matcher = Matcher(found.answer.node, found.answer.languages)
        shown = {hit.name: shortened(search.show(hit), matcher) for hit in found.hits}
        found = found._replace(shown=shown)
        # Painting an answer twice, without facets and with them, costs the worker more than the wait for them.
        is_quick = 0 < found.answer.total.number <= _QUICK and not request.offset
        return found._replace(counts=search.facets(request)) if is_quick else found

    # In the index's thread

    def keep_up(self) -> None:
        """Update the index whenever the library has changed, until the end."""
        while not self._is_over:
            self._send_state((), self._searches[()])
            self._catalogue.refresh()
            searches = list(self._searches.items())
            for groups, search in searches:
                self._update(groups, search)
            self._due.wait(None if all(one.index.complete for _, one in searches) else _RETRY_SECONDS)
            self._due.clear()

    def _update(self, groups: Groups, search: InProcessSearch) -> None:
        """Update the index of some groups."""
        search.forget()
        if search.update_now(lambda _done, _all: self._send_state(groups, search), lambda: self._is_over):
            search.forget()
        self._send_state(groups, search)

    def _send_state(self, groups: Groups, search: InProcessSearch) -> None:
        """Send the state of an index if it has changed."""
        index, sent = search.index, self._sent.get(groups, {})
        view = index.view()
        version = view.version if view else ""
        state = {"version": version, "trouble": index.trouble, "complete": index.complete}
        state |= {"event": "index", "groups": groups}
        if state == sent:
            return
        is_new = version != sent.get("version")
        values: dict[str, Sequence[str]] = {name: search.values(name).known for name in FACETS} if is_new else {}
        self._sent[groups] = state
        self._channel.send({**state, "values": values} if is_new else state)


def shortened(shown: Shown | None, matcher: Matcher) -> Shown | None:
    """Keep the texts of a hit that a list of hits shows."""
    if shown is None:
        return None
    others = [text for text in shown.texts if text and text != shown.heading]
    texts = dict.fromkeys((shown.texts[0], *others[:1], shown.best(matcher)))
    return shown._replace(texts=tuple(_sentence(text, matcher) for text in texts))


def _sentence(text: str, matcher: Matcher) -> str:
    return text if len(text) <= _LONG else excerpt(text, matcher.spans(text))[0]
