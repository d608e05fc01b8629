"""The fields of a query in pages of briefings and the library."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from tui.library.records import Source
from tui.library.volume import Volume
from tui.search.descriptions import Conditions, Description, Item, described
from tui.search.index.passages import fronts
from tui.search.index.values import value_of
from tui.search.nodes import Field
from tui.session.find.finder import BlockName
from tui.session.items import item_at
from tui.state.records import Location, kind_of


class BriefingScope:
    """The fields of the blocks of one briefing, for one reader."""

    def __init__(self, volume: Volume, read: Mapping[str, str], languages: Sequence[str]) -> None:
        """Prepare for a briefing.

        Args:
            volume: the briefing.
            read: the revision of each item that was read.
            languages: the languages whose forms of words count.
        """
        self._volume = volume
        self._conditions = Conditions(volume, read, languages)
        self._fronts = frozenset(front.block for front in fronts(volume))

    def meets(self, block: BlockName, field: Field) -> bool:
        """Whether a block meets a field. A line of the front page stands for its entry."""
        found = self._about(block)
        if found is None:
            return False
        return found.meets(field) if isinstance(found, Description) else self._conditions.meets(found, field)

    def is_own(self, block: BlockName) -> bool:
        """Whether a block is an item's own. The front page only repeats entries."""
        page, name = block
        return name in self._fronts if page == "overview" else self._about(block) is not None

    def values(self, block: BlockName) -> Iterable[tuple[str, str]]:
        """Return the names and values of a block's fields."""
        found = self._about(block)
        if found is None:
            return ()
        return (found if isinstance(found, Description) else self._conditions.descriptions.of(found)).values

    def _about(self, block: BlockName) -> Item | Description | None:
        page, name = block
        kind = kind_of(page)
        if kind == "overview":
            _, _, last = name.rpartition(":")
            return self._volume.entries.get(last) or self._conditions.descriptions.front
        item = item_at(self._volume, Location(self._volume.edition.id, page, name))
        if kind == "text" and isinstance(item, Source):
            return self._conditions.descriptions.of_text(item)
        return item


class LibraryScope:
    """The fields of the briefings in the library."""

    def __init__(self, titles: Callable[[Collection[str]], Mapping[str, str]]) -> None:
        """Take a function that returns the titles of some briefings."""
        self._titles = titles
        self._known: dict[str, Description] = {}

    def meets(self, block: BlockName, field: Field) -> bool:
        """Whether a briefing meets a field."""
        return self._of(block[1]).meets(field)

    def is_own(self, block: BlockName) -> bool:
        """Whether a block is a briefing."""
        return bool(self._of(block[1]).tags)

    def values(self, block: BlockName) -> Iterable[tuple[str, str]]:
        """Return the names and values of a briefing's fields."""
        return self._of(block[1]).values

    def _of(self, name: str) -> Description:
        if name not in self._known:
            title = self._titles({name}).get(name)
            inside = (value_of("kind", "briefing"), value_of("in", name, name, title)) if title is not None else ()
            self._known[name] = described(inside)
        return self._known[name]
