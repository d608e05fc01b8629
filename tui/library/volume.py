"""An edition with its lookups: entries, sources and entities by id."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from tui.briefing import prose
from tui.briefing.kinds import PANES
from tui.briefing.provenance import carrier, chain
from tui.library import source_texts
from tui.library.entry_links import EntryLinks
from tui.library.ratings import best_note
from tui.library.records import Edition, Entity, Entry, Name, Origin, Source
from tui.library.stamps import ABSENT, stamp

T = TypeVar("T")

_SHORT: Final = 46
"""The longest short name. Where it has room, it stands whole."""
HEAVY: Final = 4_000_000
"""Characters, or bytes of a held text, from which on text takes so long that others would wait for it."""


class Volume:
    """An open briefing, immutable, with its lookups."""

    def __init__(self, edition: Edition, path: Path) -> None:
        """Index an edition; `path` is its TOML file."""
        self.edition = edition
        self.path = path
        self._derived: dict[Callable[[Volume], Any], object] = {}
        self.entries: dict[str, Entry] = {entry.id: entry for entry in edition.entries}
        self.sources: dict[str, Source] = {source.id: source for source in edition.sources}
        self.entities: dict[str, Entity] = {entity.id: entity for entity in edition.entities}
        self.origins: dict[str, Origin] = {origin.id: origin for origin in edition.origins}
        self._text: tuple[tuple[str, str], source_texts.SourceText] | None = None
        self._through: Mapping[str, str] = {source.id: source.cited_in for source in edition.sources}

    def id_now(self, name: str) -> str:
        """Return the present id for a former id. Other ids are returned unchanged."""
        return self.former.get(name, name)

    @cached_property
    def former(self) -> dict[str, str]:
        """The present ids of renamed things, by their former ids."""
        edition = self.edition
        things: tuple[Entry | Source | Entity, ...] = (*edition.entries, *edition.sources, *edition.entities)
        found = {old: one.id for one in things for old in one.was}
        return {old: new for old, new in found.items() if not self.has(old)}

    def has(self, name: str) -> bool:
        """Whether an entry, source or entity has an id."""
        return name in self.entries or name in self.sources or name in self.entities

    def pane(self, name: str) -> tuple[Entry, ...]:
        """Return a pane's entries in reading order."""
        return self._panes[name]

    @cached_property
    def _panes(self) -> dict[str, tuple[Entry, ...]]:
        by_table: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.edition.entries:
            by_table[entry.table].append(entry)
        return {pane.name: tuple(entry for kind in pane.kinds for entry in by_table[kind]) for pane in PANES.values()}

    @cached_property
    def links(self) -> EntryLinks:
        """The links between entries, and from entries to sources and entities."""
        return EntryLinks(self.edition, self.entries)

    @cached_property
    def drafts(self) -> tuple[Entry, ...]:
        """The drafts that no person has settled yet, in reading order."""
        return tuple(entry for entry in self.edition.entries if entry.draft)

    def chain(self, source: Source) -> tuple[Source, ...]:
        """Return the chain of a source; the last source was read itself."""
        return tuple(self.sources[name] for name in chain(source.id, self._through))

    def carried_by(self, source: Source) -> Source:
        """Return the source whose text carries a source's words."""
        return self.sources[carrier(source.id, self._through, self._held)]

    @cached_property
    def _held(self) -> frozenset[str]:
        return frozenset(source.id for source in self.edition.sources if source.held)

    def text_of(self, source: Source) -> source_texts.SourceText | None:
        """Read the text that carries a source's words, or return None.

        The last one is kept, with its paragraphs.
        """
        holder = self.carried_by(source)
        path = Path(holder.held)
        key = (holder.held, stamp(path))
        if self._text is not None and self._text[0] == key:
            return self._text[1]
        text = source_texts.read(path, holder.title) if holder.held else None
        if text is not None:
            self._text = (key, text)
            _ = text.paragraphs  # parted here, where a screen need not wait for it
        return text

    def is_at_hand(self, source: Source) -> bool:
        """Whether a source's text is ready at once: cached, or short."""
        holder = self.carried_by(source)
        return (
            not holder.held
            or source_texts.size(Path(holder.held)) < HEAVY
            or bool(self._text and self._text[0] == (holder.held, stamp(holder.held)))
        )

    def is_heavy_at(self, name: str) -> bool:
        """Whether an entry, or without a name the briefing, has much text."""
        entry = self.entries.get(name)
        texts = [entry] if entry else [] if name else self.edition.entries
        return sum(len(one.text) + len(one.reasons) for one in texts) >= HEAVY

    @cached_property
    def is_heavy(self) -> bool:
        """Whether the briefing has so much text that readers would wait."""
        return self.is_heavy_at("") or any(
            source_texts.size(Path(one.held)) >= HEAVY for one in self.edition.sources if one.held
        )

    def derived(self, derive: Callable[["Volume"], T]) -> T:
        """Return a function's result for this volume, and cache the result."""
        if derive not in self._derived:
            self._derived[derive] = derive(self)
        return cast("T", self._derived[derive])

    def rating(self, entry: Entry) -> str:
        """Return the Admiralty rating: its best source's letter and the claim's figure."""
        if not entry.credibility:
            return ""
        best = best_note(self.sources, entry.notes)
        letter = self.sources[best.source].reliability if best else "F"
        return f"{letter}{entry.credibility}"

    def name_of(self, name: Name) -> str:
        """Return the words for a name; for an entity, its own name."""
        return self.entities[name.entity].name if name.entity in self.entities else name.text

    def shown(self, target: str) -> str:
        """Return the words for a link: the entry's, source's or entity's name."""
        if entry := self.entries.get(target):
            return f"{entry.number} {brief(entry)}"
        if source := self.sources.get(target):
            return source.title or source.label
        entity = self.entities.get(target)
        return entity.name if entity else target

    @cached_property
    def things(self) -> dict[str, Entry | Source | Entity]:
        """The entries, sources and entities by their ids."""
        return {**self.entries, **self.sources, **self.entities}


def brief(entry: Entry, width: int = 48) -> str:
    """Return an entry's name in lists, or the beginning of its text.

    The likelihood of a judgment stands before it: no proposition reads as a fact.
    """
    judged = f"{entry.assess.likelihood}: " if entry.judgment and entry.assess and entry.assess.likelihood else ""
    words = judged + (entry.short or entry.title or entry.listed or prose.opening(entry.text, width))
    if len(words) <= width or (entry.short and width >= _SHORT):
        return words.removesuffix(".")
    end = words.rfind(" ", 0, width)
    # Words without a space to break at, such as Chinese ones, are cut where the width ends, and so is a long word where
    # little stands before it.
    return words[: end if end >= width // 2 else width - 1].rstrip(" ,;:–—") + "…"


def without_deleted(volume: Volume) -> Volume:
    """Return an earlier edition without the texts that were deleted since."""
    deleted = {source.held for source in volume.edition.sources if source.held and stamp(source.held) == ABSENT}
    if not deleted:
        return volume
    sources = tuple(
        source._replace(held="", held_sha256="") if source.held in deleted else source
        for source in volume.edition.sources
    )
    return Volume(volume.edition._replace(sources=sources), volume.path)
