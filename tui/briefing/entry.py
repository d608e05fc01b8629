"""The keys of all entries, and those of statements."""

from collections.abc import Iterator
from typing import ClassVar, Final, NamedTuple

from tui.briefing.fields import (
    Citation,
    Conflicts,
    Date,
    Id,
    Identified,
    Line,
    Many,
    Reason,
    Relation,
    Relations,
    Short,
    Text,
    field_of,
)
from tui.briefing.problems import KeyPath

RELATIONS: Final = ("supports", "attacks", "undercuts", "conflicts", "rests_on")
"""The relations that an entry may declare to another one."""


class Link(NamedTuple):
    """A relation of an entry with its key path below the entry."""

    path: KeyPath
    relation: str
    target: Relation | Reason


class Entry(Identified):
    """The keys of every entry."""

    relations: ClassVar[tuple[str, ...]] = ()
    """The keys that hold relations."""
    cited_at: ClassVar[KeyPath] = ("cite",)
    """The key path of the footnotes below the entry."""

    id: Id
    """The second half of the entry's address, `briefing#entry`; stable across revisions."""
    short: Short | None = None
    """The name in lists: the assertion without its speaker, at most 46 characters."""
    about: Many[Id] = ()
    """The entities and entries that it speaks of."""
    note: Text | None = None
    """The author's remark, apart from the source's statement."""
    draft: bool = False
    """Whether the entry is proposed and no person has settled it yet."""

    @property
    def speaker(self) -> str | None:
        """The speaker: the id of an entity, or words."""
        return None

    @property
    def footnotes(self) -> tuple[Citation, ...]:
        """The footnotes."""
        return ()

    def cited(self) -> tuple[tuple[KeyPath, Citation], ...]:
        """Return the footnotes, each with its key path below the entry."""
        return tuple(((*self.cited_at, place), citation) for place, citation in enumerate(self.footnotes))

    def links(self) -> Iterator[Link]:
        """Return the relations to other entries."""
        for relation in self.relations:
            if targets := getattr(self, field_of(relation)):
                yield from (Link((relation, place), relation, target) for place, target in enumerate(targets))


class Statement(Entry):
    """The keys of entries that restate a source, assume or ask."""

    relations: ClassVar[tuple[str, ...]] = RELATIONS

    by: Line | None = None
    """The speaker: the id of an entity, or words such as “unnamed reports”."""
    hedge: Line | None = None
    """The source's own hedging words, such as “reportedly”."""
    date: Date | None = None
    """When the thing stated happened or was said (EDTF)."""
    cite: Many[Citation] = ()
    """The footnotes, the one that carries the statement first."""
    supports: Relations = ()
    """Entries that this one gives reason to believe."""
    attacks: Relations = ()
    """Entries that this one gives reason to disbelieve."""
    undercuts: Relations = ()
    """Entries whose reasoning or evidence this one puts in doubt, without saying that they are false."""
    conflicts: Conflicts = ()
    """Entries that this one is at odds with."""
    rests_on: Relations = ()
    """Entries that this one presupposes."""

    @property
    def speaker(self) -> str | None:
        """The speaker: the id of an entity, or words."""
        return self.by

    @property
    def footnotes(self) -> tuple[Citation, ...]:
        """The footnotes."""
        return self.cite
