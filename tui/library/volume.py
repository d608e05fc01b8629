"""An edition with its lookups: entries by id, links both ways, who cites a source, what is said by and about an entity."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar, cast

from tui.briefing import prose
from tui.briefing.kinds import PANE_OF, PANES
from tui.briefing.provenance import carrier, chain
from tui.library import source_texts
from tui.library.records import Edition, Entity, Entry, Footnote, Name, Source
from tui.library.stamps import ABSENT, stamp

T = TypeVar("T")

HEAVY: Final = 4_000_000
"""Characters, or bytes of a held text, from which on text takes so long that others would wait for it."""
SYMMETRIC: Final = frozenset({"conflicts"})


class Relation(NamedTuple):
    """A relation of one entry to another, as seen from the first."""

    name: str
    outgoing: bool
    """Whether the entry itself declares it; a conflict counts for both whoever declares it."""
    other: Entry
    why: str


class Volume:
    """A briefing that is open, with everything that is looked up in it. Nothing in it changes."""

    def __init__(self, edition: Edition, path: Path) -> None:
        """Index an edition; `path` is its TOML file."""
        self.edition = edition
        self.path = path
        self._derived: dict[Callable[[Volume], Any], object] = {}
        self.entries: dict[str, Entry] = {entry.id: entry for entry in edition.entries}
        self.sources: dict[str, Source] = {source.id: source for source in edition.sources}
        self.entities: dict[str, Entity] = {entity.id: entity for entity in edition.entities}
        self._text: tuple[tuple[str, str], source_texts.SourceText] | None = None
        self._through: Mapping[str, str] = {source.id: source.cited_in for source in edition.sources}

    def id_now(self, name: str) -> str:
        """Return the id that something has now whose id this is, or was; an unknown one as it is."""
        return self._former.get(name, name)

    @cached_property
    def _former(self) -> dict[str, str]:
        edition = self.edition
        things: tuple[Entry | Source | Entity, ...] = (*edition.entries, *edition.sources, *edition.entities)
        found = {old: one.id for one in things for old in one.was}
        return {old: new for old, new in found.items() if not self.has(old)}

    def has(self, name: str) -> bool:
        """Whether an entry, source or entity has an id."""
        return name in self.entries or name in self.sources or name in self.entities

    def pane(self, name: str) -> tuple[Entry, ...]:
        """Give a pane's entries in reading order."""
        return self._panes[name]

    @cached_property
    def _panes(self) -> dict[str, tuple[Entry, ...]]:
        by_table: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.edition.entries:
            by_table[entry.table].append(entry)
        return {pane.name: tuple(entry for kind in pane.kinds for entry in by_table[kind]) for pane in PANES.values()}

    def pane_of(self, entry: Entry) -> str:
        """Name the pane in which an entry stands."""
        return PANE_OF[entry.table]

    def relations(self, entry: Entry) -> tuple[Relation, ...]:
        """Give all that an entry supports, attacks, conflicts with or rests on, and all that does so to it."""
        return self._relations.get(entry.id, ())

    @cached_property
    def _relations(self) -> dict[str, tuple[Relation, ...]]:
        found: defaultdict[str, dict[tuple[str, bool, str], Relation]] = defaultdict(dict)
        for entry in self.edition.entries:
            for name, to, why in entry.links:
                other = self.entries[to]
                # The side that says why wins over the one that does not.
                for here, there, outgoing in ((entry, other, True), (other, entry, name in SYMMETRIC)):
                    key = (name, outgoing, there.id)
                    before = found[here.id].get(key)
                    if before is None or not before.why:
                        found[here.id][key] = Relation(name, outgoing, there, why)
        return {entry: tuple(relations.values()) for entry, relations in found.items()}

    @cached_property
    def conflicts(self) -> tuple[tuple[Entry, Entry, str], ...]:
        """Every pair of entries that conflict, once each, in reading order, with the reason."""
        order = {entry.id: place for place, entry in enumerate(self.edition.entries)}
        return tuple(
            (entry, relation.other, relation.why)
            for entry in self.edition.entries
            for relation in self.relations(entry)
            if relation.name == "conflicts" and order[entry.id] < order[relation.other.id]
        )

    @cached_property
    def drafts(self) -> tuple[Entry, ...]:
        """The entries that a program proposed and no person has settled yet, in reading order."""
        return tuple(entry for entry in self.edition.entries if entry.draft)

    def asked_about(self, entry: Entry) -> tuple[Entry, ...]:
        """Give the entries, mostly questions, that are about an entry."""
        return self._about.get(entry.id, ())

    def about(self, entity: Entity) -> tuple[Entry, ...]:
        """Give the entries that are about an entity."""
        return self._about.get(entity.id, ())

    @cached_property
    def _about(self) -> dict[str, tuple[Entry, ...]]:
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.edition.entries:
            for target in dict.fromkeys(entry.about):
                found[target].append(entry)
        return {name: tuple(entries) for name, entries in found.items()}

    def said_by(self, entity: Entity) -> tuple[Entry, ...]:
        """Give the entries that an entity says."""
        return self._said_by.get(entity.id, ())

    @cached_property
    def _said_by(self) -> dict[str, tuple[Entry, ...]]:
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.edition.entries:
            if entry.by and entry.by.entity:
                found[entry.by.entity].append(entry)
        return {name: tuple(entries) for name, entries in found.items()}

    def citing(self, source: Source) -> tuple[tuple[Entry | Entity, Footnote], ...]:
        """Give everything that cites a source, with the footnote that does."""
        return self._citing.get(source.id, ())

    @cached_property
    def _citing(self) -> dict[str, tuple[tuple[Entry | Entity, Footnote], ...]]:
        found: defaultdict[str, list[tuple[Entry | Entity, Footnote]]] = defaultdict(list)
        holders: tuple[Entry | Entity, ...] = (*self.edition.entries, *self.edition.entities)
        for holder in holders:
            for note in holder.notes:
                found[note.source].append((holder, note))
        return {name: tuple(uses) for name, uses in found.items()}

    def chain(self, source: Source) -> tuple[Source, ...]:
        """Give a source and those through which it is known, the one that was really read last."""
        return tuple(self.sources[name] for name in chain(source.id, self._through))

    def carried_by(self, source: Source) -> Source:
        """Give the source whose text carries this one's words."""
        return self.sources[carrier(source.id, self._through, self._held)]

    @cached_property
    def _held(self) -> frozenset[str]:
        return frozenset(source.id for source in self.edition.sources if source.held)

    def text_of(self, source: Source) -> source_texts.SourceText | None:
        """Read a source's text, or that of the source which carries its words; None where it is not held.

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
        """Tell whether a source's text can be had at once: it was read last, or it is short."""
        holder = self.carried_by(source)
        return (
            not holder.held
            or source_texts.size(Path(holder.held)) < HEAVY
            or bool(self._text and self._text[0] == (holder.held, stamp(holder.held)))
        )

    def is_heavy_at(self, name: str) -> bool:
        """Tell whether an entry, or without a name the whole, has so much text."""
        entry = self.entries.get(name)
        texts = [entry] if entry else [] if name else self.edition.entries
        return sum(len(one.text) + len(one.reasons) for one in texts) >= HEAVY

    @cached_property
    def is_heavy(self) -> bool:
        """Whether it has so much text that it is opened aside, and closed when nobody reads it."""
        return self.is_heavy_at("") or any(
            source_texts.size(Path(one.held)) >= HEAVY for one in self.edition.sources if one.held
        )

    def derived(self, derive: Callable[["Volume"], T]) -> T:
        """Return what a function makes of this volume; it is called once, and its result lives as long as the volume."""
        if derive not in self._derived:
            self._derived[derive] = derive(self)
        return cast("T", self._derived[derive])

    def rating(self, entry: Entry) -> str:
        """Give the Admiralty rating: the letter of the source that carries the statement, and the claim's own figure."""
        if not entry.credibility:
            return ""
        letter = self.sources[entry.notes[0].source].reliability if entry.notes else "F"
        return f"{letter}{entry.credibility}"

    def name_of(self, name: Name) -> str:
        """Give the words for somebody; an entity's own name where the words mean one."""
        return self.entities[name.entity].name if name.entity in self.entities else name.text

    def shown(self, target: str) -> str:
        """Give the words for a link without words of its own: what the entry, source or entity is called."""
        if entry := self.entries.get(target):
            return f"{entry.number} {brief(entry)}"
        if source := self.sources.get(target):
            return source.title or source.label
        entity = self.entities.get(target)
        return entity.name if entity else target

    def everything(self) -> Iterator[tuple[str, str]]:
        """Give the id and digest of all that a reader can have read."""
        edition = self.edition
        items: tuple[Entry | Source | Entity, ...] = (*edition.entries, *edition.sources, *edition.entities)
        for item in items:
            yield item.id, item.digest


def brief(entry: Entry, width: int = 48) -> str:
    """Name an entry in a few words: its title, or the start of its text."""
    words = entry.title or prose.opening(entry.text, width)
    if len(words) <= width:
        return words.removesuffix(".")
    end = words.rfind(" ", 0, width)
    # Words without a space to break at, such as Chinese ones, are cut where the width ends, and so is a long word where
    # little stands before it.
    return words[: end if end >= width // 2 else width - 1].rstrip(" ,;:–—") + "…"


def without_deleted(volume: Volume) -> Volume:
    """Return an earlier edition without the texts that were deleted since; the edition itself where none was."""
    deleted = {source.held for source in volume.edition.sources if source.held and stamp(source.held) == ABSENT}
    if not deleted:
        return volume
    sources = tuple(
        source._replace(held="", held_sha256="") if source.held in deleted else source
        for source in volume.edition.sources
    )
    return Volume(volume.edition._replace(sources=sources), volume.path)
