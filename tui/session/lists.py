"""The lists of a briefing for one reader, with form and filter."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from tui.briefing.kinds import PANES
from tui.library.lru_cache import LruCache
from tui.library.records import Entry, Source
from tui.library.volume import Volume
from tui.render.page import Block, Page, Para, Span, fixed, line
from tui.render.pages import list_page
from tui.session.filters import filter_of
from tui.session.keymap import Keymap
from tui.session.shared import SharedContent, languages_of
from tui.state.reader_state import ReaderState
from tui.state.records import Location

if TYPE_CHECKING:
    from tui.session.narrowing import Narrowing

_SETTING: Final = "entries"
_COMPACT: Final = "compact"
_MANY: Final = 1_000
"""Entries and sources from which on filtering takes so long that it is done in a thread."""
_KEPT: Final = 8
"""The filtered lists that stay for Back. Entries that were read meanwhile stay in them."""


class Lists:
    """The panes of entries and of sources, for one reader."""

    def __init__(self, shared: SharedContent, state: Callable[[], ReaderState], keymap: Keymap) -> None:
        """Prepare the lists of a reader, whose state may come late."""
        self._shared, self._state, self._keymap = shared, state, keymap
        self._kept: LruCache[tuple[str, str, int], _List] = LruCache(_KEPT)
        self._new: set[tuple[str, str, int]] = set()
        """The filters that were chosen just now."""

    @property
    def is_compact(self) -> bool:
        """Whether each entry has one line."""
        return self._state().setting(_SETTING) == _COMPACT

    def turn(self) -> bool:
        """Switch between lines and whole entries, and keep the choice. Return whether lines are shown."""
        self._state().choose(_SETTING, "" if self.is_compact else _COMPACT)
        return self.is_compact

    def page(self, location: Location) -> Page | None:
        """Return a page in the reader's form. None stands for an unknown page."""
        if filter_of(location.page) and (volume := self._shared.volume(location.briefing)):
            return self._list(volume, location).page(compact=self.is_compact)
        return self._shared.page(location, compact=self.is_compact)

    def in_full(self, location: Location) -> Page | None:
        """Return a page with whole entries, such as for copying."""
        if filter_of(location.page) and (volume := self._shared.volume(location.briefing)):
            return self._list(volume, location).page(compact=False)
        return self._shared.page(location)

    def is_at_hand(self, location: Location) -> bool:
        """Whether a page needs no long filtering."""
        volume = self._shared.volume(location.briefing) if filter_of(location.page) else None
        return volume is None or is_short(volume) or self._key(location) in self._kept

    def prepare(self, location: Location, action: Callable[[], None]) -> Callable[[], None]:
        """Filter a list in any thread. Return a function that keeps it, and then acts."""
        volume, key = self._shared.volume(location.briefing), self._key(location)
        made = self._made(volume, location) if volume else None

        def keep() -> None:
            if made:
                self._kept.put(key, made)
            action()

        return keep

    def renew(self, location: Location) -> None:
        """Filter a list anew, since entries were read meanwhile. The current one may go."""
        self._kept.drop(self._key(location))
        self._new.add(self._key(location))

    def narrowing(self, volume: Volume, text: str, *, typing: bool = False) -> "Narrowing":
        """Return a filter of this reader."""
        from tui.session.narrowing import Narrowing

        read = self._state().read_digests(volume.edition.id)
        return Narrowing(volume, text, read, languages_of(volume), typing=typing)

    def _key(self, location: Location) -> tuple[str, str, int]:
        return location.briefing, location.page, self._shared.edition(location.briefing)

    def _list(self, volume: Volume, location: Location) -> "_List":
        key = self._key(location)
        if found := self._kept.use(key):
            return found
        made = self._made(volume, location)
        self._kept.put(key, made)
        return made

    def _made(self, volume: Volume, location: Location) -> "_List":
        key = self._key(location)
        stays = "" if key in self._new else location.block
        self._new.discard(key)
        return _List(volume, location.kind, self.narrowing(volume, filter_of(location.page)), self._keymap, stays)


def is_short(volume: Volume) -> bool:
    """Whether the lists of a briefing can be filtered within a key."""
    return len(volume.edition.entries) + len(volume.edition.sources) < _MANY


def items_of(volume: Volume, pane: str) -> tuple[Entry | Source, ...]:
    """Return the entries or sources of a list."""
    return volume.edition.sources if pane == "sources" else volume.pane(pane)


class _List:
    """A filtered list, whose entries stay as they are found."""

    def __init__(self, volume: Volume, pane: str, narrowing: "Narrowing", keymap: Keymap, stays: str) -> None:
        """Filter a list. One entry stays, since the reader is at it."""
        whole = items_of(volume, pane)
        self._volume, self._pane, self._pages = volume, pane, dict[bool, Page]()
        left = {item.id for item in narrowing.left(whole)}
        self._items = tuple(item for item in whole if item.id in left or item.id == stays)
        way = f" · {key} shows all" if (key := keymap.first("close")) else ""
        self._title = f"only {narrowing.words} · {len(self._items):,} of {len(whole):,}{way}"
        if not self._items:
            self._pages = dict.fromkeys((True, False), _nothing(self._title, pane, narrowing, whole))

    def page(self, *, compact: bool) -> Page:
        """Return the list, in full or on lines."""
        if compact not in self._pages:
            self._pages[compact] = list_page(self._volume, self._title, self._items, compact=compact)
        return self._pages[compact]


def _nothing(title: str, pane: str, narrowing: "Narrowing", whole: tuple[Entry | Source, ...]) -> Page:
    """Set a page that says which part of a filter left nothing."""
    name = PANES[pane].title.lower()
    if error := narrowing.parsed.error:
        told = [line(f"This filter cannot be read: {error.message}.", "warning")]
    else:
        told = [
            line(f"“{step.words}” leaves {f'{step.left:,}' if step.left else 'none'} of {step.before:,}.")
            for step in narrowing.steps(whole)
        ]
        told[-1:] = [Para((Span(para.text, "warning"),)) for para in told[-1:]]
    way = line(f"All {name}: {len(whole):,}", "link", space=1, target="filter:")
    return fixed(title, [Block("nothing", (*told, way), "filter:", counts=False)])
