"""The list of all goals. Those elsewhere come as the search answers."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from tui.reader.page_screen import PageScreen
from tui.reader.running import acts
from tui.reader.widgets.chooser import Offer
from tui.render.hits import absence_words
from tui.search.answers import UnansweredError
from tui.search.query import parse
from tui.search.service import Found, SearchRequest
from tui.session.everything import Everything, goal_of
from tui.session.goals import Goal
from tui.session.search.pages import page_location
from tui.session.search.search_session import is_gone
from tui.state.records import Location

_FEWEST = 2
"""The fewest letters that are looked for in other briefings."""
_LOOKING = "Looking …"
_BESIDES = "-kind:text "
"""The part of a query that leaves out paragraphs of sources."""


class GoTo:
    """One list of everything, over a screen."""

    def __init__(self, screen: PageScreen) -> None:
        """Prepare the list for the screen's location."""
        self._screen = screen
        self._everything = Everything(screen.session, screen.here, partial(acts, screen))
        self._elsewhere: tuple[str, list[Goal]] = ("", [])
        self._text = ""
        """The text that was typed last."""
        self._told = ("", "")
        """A text that was looked for elsewhere, and the words where nothing is called so."""

    def open(self) -> None:
        """Open the list. The names of a large briefing are folded in a thread."""
        screen = self._screen
        screen.choose(Offer("Go to", self._found, partial(go, screen), self._typed, self._nothing, self._open_anew))
        if not self._everything.is_read:
            self._run(self._read, "go-to-names")

    def _open_anew(self) -> None:
        GoTo(self._screen).open()

    def _run(self, work: Callable[[], Awaitable[None]], group: str) -> None:
        self._screen.run_worker(work, exclusive=True, group=group)

    async def _read(self) -> None:
        await asyncio.to_thread(self._everything.read)
        self._screen.look_again(self._found)

    def _found(self, text: str) -> list[Goal]:
        found = self._everything.found(text)
        if self._elsewhere[0] != text:
            return found
        there = {goal.leads for goal in found}
        return [*found, *(goal for goal in self._elsewhere[1] if goal.leads not in there)]

    def _nothing(self, text: str) -> str:
        """Return the words for an empty list. They do not speak of more than was searched."""
        if not self._everything.is_read:
            return _LOOKING
        if not _is_asked(text):
            return "Nothing here is called so."
        asked, told = self._told
        return told if asked == text else _LOOKING

    def _typed(self, text: str) -> None:
        self._text = text
        if _is_asked(text):
            self._run(partial(self._ask, text), "go-to")

    async def _ask(self, text: str) -> None:
        """Ask the search for a text. Update its index once."""
        search = self._screen.session.search
        if not search.is_used:
            search.is_used = True
            self._run(self._update, "go-to-index")
        await asyncio.sleep(search.service.delay)
        try:
            request = SearchRequest(_BESIDES + text, (), 0, self._screen.location.briefing)
            self._take(text, await search.service.ask(search, request))
        except UnansweredError as reason:  # the list has what is here all the same
            self._tell(text, str(reason))

    async def _update(self) -> None:
        if await self._screen.session.search.update(lambda _done, _all: None):
            self._typed(self._text)

    def _take(self, text: str, found: Found) -> None:
        session, goals = self._screen.session, list[Goal]()
        volume = session.volume(self._screen.location.briefing)
        for hit in found.hits:
            shown = found.shown.get(hit.name)
            if shown is not None and session.has(hit.briefing) and not is_gone(session.shared, shown):
                goals.append(goal_of(shown, page_location(shown), volume))
        self._elsewhere = text, goals
        self._tell(text, absence_words(found.answer.total, "Nothing is called so"))

    def _tell(self, text: str, said: str) -> None:
        self._told = text, said
        self._screen.look_again(self._found)


def _is_asked(text: str) -> bool:
    """Whether a text is looked for in other briefings."""
    return len(text.strip()) >= _FEWEST and parse(_BESIDES + text, typing=True).node is not None


def go(screen: PageScreen, goal: Goal) -> None:
    """Go to a goal."""
    if isinstance(goal.leads, Location):
        if goal.leads[:3] != screen.here[:3]:
            screen.go(goal.leads)
    else:
        screen.follow(goal.leads)
