"""The search service for the readers of some groups."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tui.kiosk.search.remote import NO_INDEX, Groups, IndexState, RemoteSearch
from tui.search.answers import Hit, Shown
from tui.search.service import Counts, Found, Progress, SearchRequest, Values, WriteRequest, Written

_DELAY: Final = 0.15
"""Seconds. Each answer is painted, so that fast typists get one at the end of the word."""


def group_search(remote: RemoteSearch, groups: frozenset[str]) -> "GroupSearch":
    """Return the service for some groups, whose index is made at once."""
    named = tuple(sorted(groups))
    remote.prepare(named)
    return GroupSearch(remote, named)


class GroupSearch:
    """The search service for the readers of some groups."""

    delay = _DELAY

    def __init__(self, remote: RemoteSearch, groups: Groups = ()) -> None:
        """Ask a search process; without groups, for strangers."""
        self._remote = remote
        self._groups = groups

    @property
    def _state(self) -> IndexState:
        return self._remote.states.get(self._groups, NO_INDEX)

    @property
    def version(self) -> str:
        """A text that changes with the index."""
        return self._state.version

    @property
    def trouble(self) -> str:
        """One line on the index for the reader."""
        return self._state.trouble

    async def ask(self, reader: object, request: SearchRequest) -> Found:
        """Return a batch of hits with their texts."""
        found: Found = await self._remote.request(reader, "ask", request, self._groups)
        return found

    async def count(self, reader: object, request: SearchRequest) -> Counts:
        """Count the facets."""
        counts: Counts = await self._remote.request(reader, "count", request, self._groups)
        return counts

    async def write(self, request: WriteRequest) -> Written:
        """Return an answer as text or JSON. Each request takes its own turn."""
        written: Written = await self._remote.request(object(), "write", request, self._groups)
        return written

    async def update(self, progress: Progress, only: Iterable[Path] | None) -> bool:
        """Return False. The process updates the index for all readers at once, by `refresh`."""
        return False

    async def refresh(self) -> None:
        """Notify the process of a changed library."""
        await self._remote.refresh()

    def values(self, name: str) -> Values:
        """Return the values of a field, as the process last sent them."""
        return Values(self._state.values.get(name, ()), self._state.is_complete)

    def show(self, hit: Hit) -> Shown | None:
        """Return None, since hits come with their texts."""
        return None

    def forget(self) -> None:
        """Keep nothing, so that nothing is forgotten."""
