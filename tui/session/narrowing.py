"""A filter of a list is a query of the search."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from tui.library.records import Entry, Source
from tui.library.volume import Volume
from tui.render.words import quoted
from tui.search.descriptions import Conditions, folded
from tui.search.index.passages import entry_texts, source_texts
from tui.search.matcher import Matcher
from tui.search.nodes import And, Field, Node, leaves
from tui.search.query import Parsed, parse

Item = Entry | Source
LABELS: Final = {
    "has:conflict": "disputed", "is:unread": "unread", "is:changed": "changed",
    "reliability:A..B": "sources A–B", "rating:A..B": "rated A–B",
}  # fmt: skip
"""The words of the filters that are chosen most, in order."""
FIELD_WORDS: Final = {
    "by": "said by", "rating": "rated", "reliability": "source of reliability", "stance": "stance", "party": "party",
    "kind": "kind", "has": "with", "likelihood": "judged", "confidence": "confidence", "position": "answer",
    "about": "about", "source": "from", "evidence": "evidence for or against",
}  # fmt: skip
"""The fields to filter by, in order, each with the words before a value."""


class Step(NamedTuple):
    """A part of a filter, with the numbers before and behind it."""

    words: str
    before: int
    left: int


class Narrowing:
    """One filter, for one reader."""

    def __init__(
        self,
        volume: Volume,
        text: str,
        read: Mapping[str, str],
        languages: Sequence[str] = ("en",),
        *,
        typing: bool = False,
    ) -> None:
        """Parse a filter.

        Args:
            volume: the briefing.
            text: a query.
            read: the revision of each item that was read.
            languages: the languages whose forms of words count.
            typing: whether the last word may be half typed.
        """
        self.parsed: Parsed = parse(text, typing=typing)
        self._volume = volume
        self._languages = languages
        self._conditions = Conditions(volume, read, languages)
        self._folded = volume.derived(_FoldedTexts)
        self._has_words = any(not isinstance(leaf, Field) for leaf in leaves(self.parsed.node, negated=True))

    def left(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return the items that the filter lets through."""
        return tuple(self._left(self.parsed.node, items))

    def steps(self, items: Sequence[Item]) -> Iterator[Step]:
        """Yield the parts of the filter until one leaves nothing."""
        for part in _parts(self.parsed.node):
            before, items = len(items), tuple(self._left(part, items))
            yield Step(self._label(part), before, len(items))
            if not items:
                return

    @property
    def words(self) -> str:
        """The filter in words, such as «disputed, by:paparo»."""
        return ", ".join(map(self._label, _parts(self.parsed.node))) or self.parsed.text

    def _label(self, part: Node) -> str:
        """Return the words for a part of the filter, with names."""
        written = self.parsed.text[part.start : part.end]
        if isinstance(part, Field) and part.values[0].startswith("=") and part.name in FIELD_WORDS:
            return f"{FIELD_WORDS[part.name]} {name_of(self._volume, part.values[0][1:])}"
        return LABELS.get(written, written)

    def _left(self, node: Node | None, items: Sequence[Item]) -> Iterator[Item]:
        matcher = Matcher(node, self._languages)
        for item in items:
            meets = partial(self._conditions.meets, item)
            if matcher.holds(self._folded.of(item) if self._has_words else (), meets):
                yield item


_KEPT: Final = 2_000
"""The items of a briefing whose folded words are kept. A longer list is filtered in a thread, and seldom."""


class _FoldedTexts:
    """The folded words of entries and sources, kept for the next letter."""

    def __init__(self, volume: Volume) -> None:
        self._volume = volume
        self._made: dict[str, str] = {}

    def of(self, item: Item) -> list[str]:
        found = self._made.get(item.id)
        if found is None:
            found = folded(source_texts(item) if isinstance(item, Source) else entry_texts(self._volume, item))
            if len(self._made) < _KEPT:
                self._made[item.id] = found
        return found.split(" ")


def name_of(volume: Volume, value: str) -> str:
    """Return the name of an entity, source, entry or answer. Other values stay."""
    asked, _, answer = value.partition("#")
    if answer and asked in volume.entries and (question := volume.entries[asked].question):
        told = [quoted(one.text) for one in question.positions if one.id == answer]
        return f"{' '.join(told) or answer}, {volume.shown(asked)}"
    if value in volume.entities or value in volume.entries:
        return volume.shown(value)
    return volume.sources[value].label if value in volume.sources else value


def _parts(node: Node | None) -> tuple[Node, ...]:
    return node.parts if isinstance(node, And) else (node,) if node else ()
