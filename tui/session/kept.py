"""Locations, marks and readings that a session keeps. Each is found again in the present edition."""

from typing import NamedTuple, Protocol

from tui.briefing.kinds import PANE_OF
from tui.library.volume import Volume
from tui.render.front_sections import FRONT
from tui.render.page import Page
from tui.render.views import view_of
from tui.session.edition_change import PANE_OF_PAGE, Now, Succession
from tui.session.filters import filter_of
from tui.session.shared import SharedContent
from tui.state.reader_state import ReaderState
from tui.state.records import Location


class Keeper(Protocol):
    """A session, as far as it keeps locations."""

    shared: SharedContent
    state: ReaderState

    def volume(self, name: str) -> Volume | None:
        """Return a briefing."""

    def page(self, location: Location) -> Page:
        """Return the page of a location."""

    def forget_pages(self, name: str) -> None:
        """Drop the reader's own pages of a briefing, or of the library."""


class Found(NamedTuple):
    """A kept location in the present edition."""

    location: Location
    """The place of a neighbour, if the thing there was removed."""
    is_gone: bool = False
    """Whether the thing there was removed."""


class Kept:
    """Finds kept locations. Each thing is followed to its new id, or is gone."""

    def __init__(self, session: Keeper) -> None:
        """Prepare for a session."""
        self._session = session

    def ids(self, briefing: str) -> frozenset[str]:
        """Return the current and the former ids of a briefing."""
        volume = self._session.volume(briefing)
        return frozenset({briefing, *(volume.edition.was if volume else ())})

    def now(self, location: Location) -> Found:
        """Return a location with current ids. No page is made for it."""
        volume = self._session.volume(location.briefing)
        if volume is None:
            return Found(location)
        location = location._replace(briefing=volume.edition.id)
        head, slash, options = location.page.partition("/")
        kind, colon, name = head.rpartition(":")
        view = view_of(location.page)
        if colon and (kind in PANE_OF_PAGE or (view and view.has_parts)):
            thing = self._succession(volume).now(volume, name)
            if not thing.is_same:
                return Found(_beside(volume, location, kind, thing), is_gone=True)
            location = location._replace(page=f"{kind}:{thing.id}{slash}{options}")
        if kind == "text":  # the blocks of this page are paragraphs
            return Found(location)
        (block, is_same), (top, _) = (_block(volume, self._succession(volume), one) for one in location[2:4])
        return Found(location._replace(block=block, top=top), not is_same)

    def found(self, location: Location) -> Found:
        """Return a location as it is now. Its page is made and looked at."""
        found = self.now(location)
        volume, now = self._session.volume(location.briefing), found.location
        if found.is_gone or volume is None:
            return found
        kind, colon, name = now.page.partition(":")
        is_there = not (colon and kind in PANE_OF_PAGE) or volume.has(name)
        return Found(now, not (is_there and self._is_on_page(now)))

    def is_there(self, location: Location, *, opens: bool = True) -> bool | None:
        """Whether a location leads to the same thing as before.

        None stands for a location that was not checked.

        Args:
            location: in a briefing of the library.
            opens: whether to open a briefing for it.
        """
        shared = self._session.shared
        if (opens and not shared.is_shared) or shared.result(location.briefing) is not None:
            return not self.found(location).is_gone
        path = shared.catalogue.find(location.briefing)
        listed = shared.catalogue.entries_of(path) if path else ()
        return True if any(name == location.block for name, _, _ in listed) else None

    def carry_over(self, volume: Volume) -> None:
        """Copy readings to new ids, and move marks to them."""
        state, edition = self._session.state, volume.edition
        renamed = self._succession(volume).renamed(volume)
        if not renamed and not edition.was:
            return
        known = state.read_digests(edition.id)
        earlier = {item: digest for name in edition.was for item, digest in state.read_digests(name).items()} | dict(
            known
        )
        present = {name: thing.digest for name, thing in volume.things.items()}
        read: dict[str, str] = {}
        for item, digest in earlier.items():
            now = renamed.get(item, Now(item))
            revision = now.revisions[1] if digest == now.revisions[0] else digest
            # Of several former ids, one under which the present revision was read counts.
            if now.id in present and now.id not in known and read.get(now.id) != present[now.id]:
                read[now.id] = revision
        state.mark_read(edition.id, read.items())
        ids = {edition.id, *edition.was}
        keys = {mark.key for mark in state.marks()}
        for mark in state.marks():
            if mark.location.briefing in ids:
                location, is_gone = self.now(mark.location)
                moved = mark._replace(location=location)
                if not is_gone and moved != mark and moved.key not in keys - {mark.key}:
                    state.remove(mark)
                    state.put(moved)
        place = state.location(edition.id)
        if place and (now_left := self.now(place).location) != place:
            state.remember(now_left)
        self._session.forget_pages("")

    def _succession(self, volume: Volume) -> Succession:
        return self._session.shared.successions.of(volume.edition.id)

    def _is_on_page(self, location: Location) -> bool:
        if filter_of(location.page):  # a filter may leave out what is there
            location = location._replace(page=location.kind)
        page = self._session.page(location)
        # The front page has lines that come and go with the window and the reader.
        comes_and_goes = location.block.startswith(FRONT) or ":" not in location.block
        passes = not location.block or (location.kind == "overview" and comes_and_goes)
        return passes or page.index_of(location.block) is not None


def _block(volume: Volume, succession: Succession, block: str) -> tuple[str, bool]:
    """Return a block's present id, and whether it shows the same.

    A block may show a pair of entries.
    """
    part, colon, last = block.rpartition(":")
    names = [succession.now(volume, name) for name in last.split("/")]
    return f"{part}{colon}{'/'.join(name.id for name in names)}", all(name.is_same for name in names)


def _beside(volume: Volume, location: Location, kind: str, nearest: Now) -> Location:
    """Return the location of a removed thing's neighbour."""
    if kind not in PANE_OF_PAGE:
        return Location(location.briefing, kind)
    if entry := volume.entries.get(nearest.id):
        return Location(location.briefing, PANE_OF[entry.table], nearest.id)
    return Location(location.briefing, PANE_OF_PAGE[kind] or "overview", nearest.id)
