"""The models of format 1: a briefing as one frozen value."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, cast, get_args

from pydantic import BeforeValidator, Field

from tui.briefing.fields import (
    Assessment,
    Citation,
    Date,
    Id,
    Identified,
    Kind,
    Language,
    Line,
    Many,
    Quantity,
    Relations,
    Table,
    Text,
    keys_of,
)
from tui.briefing.kinds import KINDS
from tui.briefing.problems import KeyPath
from tui.briefing.scales import ScaleName
from tui.briefing.source import Entity, Source


def _whole(value: object) -> object:
    # Without this, 1.0 and true would pass for 1, to which they are equal.
    if type(value) is not int or value.bit_length() > 32:
        msg = "is no version of this format; write format = 1"
        raise ValueError(msg)
    return value


RELATIONS: Final = ("supports", "attacks", "undercuts", "conflicts", "rests_on")
Credibility = Annotated[int, Field(ge=1, le=6)]


class Entry(Identified):
    """The keys of every entry."""

    id: Id
    """The second half of the entry's address, `briefing#entry`; stable across revisions."""
    by: Line | None = None
    """The speaker: the id of an entity, or words such as “unnamed reports”."""
    hedge: Line | None = None
    """The source's own hedging words, such as “reportedly”."""
    date: Date | None = None
    """When the thing stated happened or was said (EDTF)."""
    cite: Many[Citation] = ()
    """The footnotes, the one that carries the statement first."""
    about: Many[Id] = ()
    """The entities and entries that it speaks of."""
    supports: Relations = ()
    """Entries that this one gives reason to believe."""
    attacks: Relations = ()
    """Entries that this one gives reason to disbelieve."""
    undercuts: Relations = ()
    """Entries whose reasoning or evidence this one puts in doubt, without saying that they are false."""
    conflicts: Relations = ()
    """Entries that cannot be true together with this one as they stand."""
    rests_on: Relations = ()
    """Entries that this one presupposes."""
    draft: bool = False
    """Whether a program proposed the entry and no person has settled it yet."""

    @property
    def speaker(self) -> str | None:
        """The speaker: the id of an entity, or words."""
        return self.by


class Background(Entry):
    """Knowledge that a reader needs before the claims."""

    text: Text
    """The text, in the author's words."""
    title: Line | None = None
    """A heading of a few words."""
    kind: Kind | None = None
    """The sort of statement."""


class Claim(Entry):
    """A statement of a source's that can be true or false."""

    text: Text
    """The author's wording of the source's statement, its hedge kept."""
    kind: Kind | None = None
    """The sort of statement."""
    quantity: Quantity | None = None
    """The number that it states."""
    credibility: Credibility | None = None
    """The Admiralty figure for the information, 1 (confirmed) to 6 (cannot be judged)."""
    assess: Assessment | None = None
    """The author's assessment."""


class View(Entry):
    """The view of an expert, an official or a party."""

    who: Line
    """The holder of the view: the id of an entity, or a name."""
    text: Text
    """The author's wording of the view, its hedge kept."""
    role: Line | None = None
    """The holder's office or function when it was said."""
    affiliation: Line | None = None
    """The body that the holder belonged to when it was said."""
    kind: Kind | None = None
    """The sort of statement."""
    stance: Line | None = None
    """One free word that groups the spread of views."""
    via: Id | None = None
    """The source in which the view was first given."""
    credibility: Credibility | None = None
    """The Admiralty figure for the information."""
    assess: Assessment | None = None
    """The author's assessment."""

    @property
    def speaker(self) -> str | None:
        """The holder of the view."""
        return self.who


class Recommendation(Entry):
    """A course of action that somebody recommends."""

    action: Text
    """The action to be taken."""
    actor: Line | None = None
    """The actor: the id of an entity, or words."""
    actor_implied: bool = False
    """Whether the source leaves the actor to be understood."""
    modal: Line | None = None
    """The source's own modal words, such as “may be necessary”."""
    text: Text | None = None
    """The reasons given."""


class Assumption(Entry):
    """A presupposition of a source or of the briefing."""

    text: Text
    """The assumption."""
    assess: Assessment | None = None
    """The author's assessment."""


class Question(Entry):
    """An open question."""

    text: Text
    """The question."""


class Header(Identified):
    """The header of a briefing."""

    id: Id
    """The first half of every entry's address; the name of the briefing's folder."""
    title: Line
    """The title, on one line."""
    bluf: Text
    """The bottom line up front: two or three sentences that a hurried reader takes away."""
    lang: Language
    """The language as a BCP 47 tag, such as `en`."""
    as_of: Date
    """The day up to which the briefing holds (EDTF)."""
    scale: ScaleName = "icd203"
    """The likelihood scale: `icd203` or `phia`, never mixed."""
    authors: Many[Line] = ()
    """The authors of the briefing."""
    note: Text | None = None
    """The making of the briefing, and its limits."""


class Briefing(Table):
    """A whole briefing."""

    format: Annotated[Literal[1], BeforeValidator(_whole)]
    """The version of this format."""
    briefing: Header
    """The header."""
    source: Many[Source] = ()
    """The sources; a source's place in this list is its footnote number."""
    entity: Many[Entity] = ()
    """The entities."""
    background: Many[Background] = ()
    """The background, in reading order."""
    claim: Many[Claim] = ()
    """The claims, in reading order."""
    view: Many[View] = ()
    """The expert views, in reading order."""
    recommendation: Many[Recommendation] = ()
    """The recommendations, in reading order."""
    assumption: Many[Assumption] = ()
    """The assumptions, in reading order."""
    question: Many[Question] = ()
    """The open questions, in reading order."""

    def at(self, path: KeyPath) -> Any:
        """Return the value at a key path."""
        found: Any = self
        for key in path:
            found = found[key] if isinstance(key, int) else getattr(found, key.replace("-", "_"))
        return found

    def tables(self, name: str) -> tuple[Any, ...]:
        """Return the tables of an array, such as the sources."""
        return cast("tuple[Any, ...]", self.at((name,)))

    def of_kind(self, name: str) -> tuple[Entry, ...]:
        """Return the entries of a kind."""
        return self.tables(name)

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries in reading order."""
        return tuple(entry for name in KINDS for entry in self.of_kind(name))


MODELS: Final[Mapping[str, type[Entry]]] = {
    key: get_args(field.annotation)[0]
    for key, field in zip(keys_of(Briefing), Briefing.model_fields.values(), strict=True)
    if key in KINDS
}
"""The model of each kind of entry."""
