"""The records of a compiled briefing: plain tuples for JSON, without pydantic.

A record is a table of the TOML with everything resolved that takes more than the table to know: names of entities,
numbers of footnotes, how each quote was checked. Dates stay EDTF, prose stays prose: how they look is the renderer's.
"""

import datetime as dt
from typing import NamedTuple, cast

from tui.briefing.anchors import State
from tui.briefing.publication import Publication, Status
from tui.library.judgment_records import Indicator, Judgment, Question


class Name(NamedTuple):
    """Somebody or something named: shown words, and the entity that they mean."""

    text: str
    entity: str = ""
    """The entity's id; empty where the words are free."""


class Footnote(NamedTuple):
    """A citation, with its number and the check of its quote."""

    number: int
    """The source's place in the list of sources, from 1."""
    source: str
    """The source's id."""
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    direct: bool = False
    page: str = ""
    note: str = ""
    state: State = "not-held"
    """Only of meaning where there is a quote."""
    paragraph: int = -1
    """The paragraph in which the quote stands, or stood when it was last checked; -1 where never checked."""
    checked: str = ""
    """The SHA-256 of the text of the last check; empty for a quote that was never checked."""
    occurrences: int = 0
    start: int = -1
    """The offset of the quote in the source text of `checked`, in code points; -1 without a held text."""
    end: int = -1
    origin: tuple[str, ...] = ()
    """The origins of the statement, followed down; empty where they are those of the source."""

    def is_in_another_text(self, carried_by: "Source") -> bool:
        """Whether the quote stands in a text that is not named."""
        return self.state in {"exact", "moved"} and bool(carried_by.sha256) and self.checked != carried_by.sha256


class Link(NamedTuple):
    """A relation to another entry."""

    relation: str
    """A key of the TOML such as `supports`."""
    to: str
    why: str = ""
    stated: bool = True
    """Whether the source states it; false for the briefing's own inference."""
    kind: str = ""
    """The kind of a conflict; empty where that is not given."""
    weak: bool = False
    """Whether a reason for or against a judgment is shown and not counted."""
    position: str = ""
    """The position of a question that a judgment answers."""


class Quantity(NamedTuple):
    """A number that an entry states."""

    of: str
    min: float | None
    max: float | None
    unit: str
    words: str
    """The source's own words for it."""


class Assessment(NamedTuple):
    """The author's assessment of a statement (format 1) or of a judgment."""

    likelihood: str
    confidence: str
    why: str


class Entry(NamedTuple):
    """An entry of any kind. Fields outside its kind are empty."""

    id: str
    table: str
    """The kind of entry, as the TOML's table is called: `claim`, `view`, …"""
    number: str
    """Its place in its pane: C1, V2, …"""
    text: str
    """The statement: a claim's text, a recommendation's action, a question."""
    digest: str
    """Changes whenever the author changes the entry; not when its number, a quote's state or another entry changes."""
    title: str = ""
    reasons: str = ""
    """A recommendation's text."""
    kind: str = ""
    by: Name | None = None
    """The speaker, or the holder of a view."""
    role: str = ""
    affiliation: str = ""
    actor: Name | None = None
    actor_implied: bool = False
    hedge: str = ""
    """The hedge, or a recommendation's modal."""
    date: str = ""
    stance: str = ""
    via: str = ""
    credibility: int = 0
    """1 to 6; 0 where not rated."""
    origins: int = 0
    """The number of independent origins of its sources."""
    quantity: Quantity | None = None
    assess: Assessment | None = None
    about: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[Footnote, ...] = ()
    draft: bool = False
    """Whether the entry is proposed and no person has settled it yet."""
    short: str = ""
    """Its name in lists."""
    listed: str = ""
    """Its assertion without the speaker, for lists, where it has no short name."""
    note: str = ""
    """The author's remark, apart from the source's statement."""
    judgment: Judgment | None = None
    question: Question | None = None
    indicator: Indicator | None = None
    was: tuple[str, ...] = ()
    """The ids that it had before."""


class Variable(NamedTuple):
    """A CSL variable of a source."""

    name: str
    """The TOML key, such as `publisher_place`."""
    values: tuple[str, ...]


class Source(NamedTuple):
    """A source."""

    id: str
    number: int
    label: str
    """A short name for footnotes."""
    digest: str
    type: str
    title: str
    author: tuple[str, ...]
    publisher: str
    container: str
    issued: str
    accessed: str
    url: str
    lang: str
    unknown: tuple[str, ...]
    sha256: str
    cited_in: str
    origin: tuple[str, ...]
    seen: str
    reliability: str
    descriptor: str
    held: str
    """The file that holds its text now; empty where none does."""
    held_sha256: str
    """The SHA-256 of that file; other than `sha256` where the text has changed."""
    paragraphs: int
    """The number of the text's paragraphs without the title, at the last check; 0 for unknown."""
    republish: bool = False
    """Whether the held text may be shown whole to the public."""
    csl: tuple[Variable, ...] = ()
    """The further CSL variables that are set."""
    note: str = ""
    """The author's remark."""
    was: tuple[str, ...] = ()


class Entity(NamedTuple):
    """A person, organisation, place, weapon or event."""

    id: str
    name: str
    digest: str
    type: str
    role: str
    affiliation: str
    aka: tuple[str, ...]
    text: str
    notes: tuple[Footnote, ...]
    short: str = ""
    """Its name in lists; empty where that is the name."""
    party: str = ""
    """Its part in the matter, such as `belligerent`."""
    reliability: str = ""
    """The Admiralty letter of the voice."""
    was: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, the whole one first."""
        return (self.name, *filter(None, (self.short,)), *self.aka)


class Origin(NamedTuple):
    """A statement on which sources rest in the end."""

    id: str
    name: str
    by: Name | None
    note: str


class Revision(NamedTuple):
    """A change that readers should know of."""

    on: str
    text: str


class Edition(NamedTuple):
    """A compiled briefing."""

    id: str
    title: str
    bluf: str
    lang: str
    as_of: str
    scale: str
    authors: tuple[str, ...]
    note: str
    digest: str
    """Changes whenever the author changes anything."""
    entries: tuple[Entry, ...]
    sources: tuple[Source, ...]
    entities: tuple[Entity, ...]
    was: tuple[str, ...] = ()
    remark: str = ""
    """A remark for the author at loading on bad legibility; empty without any."""
    format: int = 1
    information_cutoff: str = ""
    status: str = ""
    from_: str = ""
    """The moment from which it is shown (ISO 8601 with an offset)."""
    until: str = ""
    origins: tuple[Origin, ...] = ()
    revisions: tuple[Revision, ...] = ()

    @property
    def publication(self) -> Publication:
        """The status and the time of the briefing."""
        moments = (dt.datetime.fromisoformat(moment) if moment else None for moment in (self.from_, self.until))
        return Publication(cast("Status", self.status or "public"), *moments)

    def is_called(self, name: str) -> bool:
        """Whether an id is the briefing's present or former id."""
        return name == self.id or name in self.was
