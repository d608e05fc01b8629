"""The entries of a briefing: background, claims, expert views, recommendations, assumptions and questions."""

from typing import Annotated

from pydantic import Field

from tui.briefing.fields import Assessment, Citation, Date, Id, Identified, Kind, Line, Many, Quantity, Relations, Text

Credibility = Annotated[int, Field(ge=1, le=6)]


class Entry(Identified):
    """What every entry has."""

    id: Id
    """The second half of the entry's address, `briefing#entry`; stable across revisions."""
    by: Line | None = None
    """Who says it: the id of an entity, or words such as “unnamed reports”."""
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


class Background(Entry):
    """What a reader must know before the claims."""

    text: Text
    """The text, in the author's words."""
    title: Line | None = None
    """A heading of a few words."""
    kind: Kind | None = None
    """What sort of statement it is."""


class Claim(Entry):
    """A statement of a source's that can be true or false."""

    text: Text
    """The author's wording of the source's statement, its hedge kept."""
    kind: Kind | None = None
    """What sort of statement it is."""
    quantity: Quantity | None = None
    """The number that it states."""
    credibility: Credibility | None = None
    """The Admiralty figure for the information, 1 (confirmed) to 6 (cannot be judged)."""
    assess: Assessment | None = None
    """What the briefing's author makes of it."""


class View(Entry):
    """What an expert, an official or a party thinks."""

    who: Line
    """Who holds the view: the id of an entity, or a name."""
    text: Text
    """The author's wording of the view, its hedge kept."""
    role: Line | None = None
    """The holder's office or function when it was said."""
    affiliation: Line | None = None
    """The body that the holder belonged to when it was said."""
    kind: Kind | None = None
    """What sort of statement it is."""
    stance: Line | None = None
    """One free word that groups the spread of views."""
    via: Id | None = None
    """The source in which the view was first given."""
    credibility: Credibility | None = None
    """The Admiralty figure for the information."""
    assess: Assessment | None = None
    """What the briefing's author makes of it."""


class Recommendation(Entry):
    """What somebody says should be done."""

    action: Text
    """What is to be done."""
    actor: Line | None = None
    """Who is to do it: the id of an entity, or words."""
    actor_implied: bool = False
    """Whether the source leaves the actor to be understood."""
    modal: Line | None = None
    """The source's own modal words, such as “may be necessary”."""
    text: Text | None = None
    """The reasons given."""


class Assumption(Entry):
    """What is taken for granted, by a source or by the briefing."""

    text: Text
    """The assumption."""
    assess: Assessment | None = None
    """What the briefing's author makes of it."""


class Question(Entry):
    """What is not known."""

    text: Text
    """The question."""
