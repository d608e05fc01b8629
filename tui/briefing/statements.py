"""The models of statements: background, claims, views, recommendations, assumptions."""

from typing import Annotated

from pydantic import Field

from tui.briefing.entry import Statement
from tui.briefing.fields import Assessment, Id, Kind, Line, Quantity, Text

Credibility = Annotated[int, Field(ge=1, le=6)]


class Background(Statement):
    """Knowledge that a reader needs before the claims."""

    text: Text
    """The text, in the author's words."""
    title: Line | None = None
    """A heading of a few words."""
    kind: Kind | None = None
    """The sort of statement."""


class Claim(Statement):
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


class View(Statement):
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


class Recommendation(Statement):
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


class Assumption(Statement):
    """A presupposition of a source or of the briefing."""

    text: Text
    """The assumption."""
    assess: Assessment | None = None
    """The author's assessment."""
