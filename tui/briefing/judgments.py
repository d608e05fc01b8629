"""The models of the author's own voice: judgments, questions and indicators."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from tui.briefing.entry import Entry, Statement
from tui.briefing.fields import (
    ID_PATTERN,
    Citation,
    Date,
    Id,
    Line,
    Many,
    Quantity,
    Reasons,
    Relations,
    Table,
    Text,
)
from tui.briefing.problems import KeyPath
from tui.briefing.scales import Confidence

Answer = Annotated[str, StringConstraints(pattern=rf"{ID_PATTERN[:-1]}(?:#[a-z0-9][a-z0-9-]{{0,63}})?$")]
"""The id of a question, or `question#position`."""


class Alternative(Table):
    """Another explanation that was weighed."""

    text: Text
    """The explanation, as a sentence."""
    likelihood: Line | None = None
    """A likelihood word of the briefing's scale."""


class Earlier(Table):
    """An earlier form of a judgment."""

    on: Date
    """The day, month or year of the earlier judgment (EDTF)."""
    likelihood: Line | None = None
    """The likelihood word then."""
    confidence: Confidence | None = None
    """The confidence then."""
    text: Text | None = None
    """The proposition then, where it was another."""
    why: Text | None = None
    """The reason for the change since."""


class Outcome(Table):
    """The outcome of a judgment."""

    on: Date
    """The day on which that was known (EDTF)."""
    came_true: bool
    """Whether the proposition was true."""
    why: Text | None = None
    """The evidence."""


class Judgment(Entry):
    """A judgment of the briefing's author. It has no speaker and no source of its own."""

    relations: ClassVar[tuple[str, ...]] = ("for", "against", "rests_on")

    date: Date | None = None
    """The time of which it speaks (EDTF); of a prediction, the end by which it can be scored."""
    text: Text | None = None
    """A proposition that could turn out true or false, without hedge and attribution; only a draft lacks it."""
    likelihood: Line | None = None
    """A likelihood word of the briefing's scale."""
    confidence: Confidence | None = None
    """The quality of the basis; never in one sentence with the likelihood."""
    why: Text | None = None
    """The reasons for likelihood and confidence."""
    for_: Reasons | None = Field(default=None, alias="for")
    """Entries that speak for it; `[]` says that none were found."""
    against: Reasons | None = None
    """Entries that speak against it; `[]` says that none were found."""
    rests_on: Relations = ()
    """Assumptions and other judgments that it presupposes."""
    answers: Answer | None = None
    """The question that it answers, or the position of a dispute: `question#position`."""
    quantity: Quantity | None = None
    """The number that it judges."""
    alternatives: Many[Alternative] = ()
    """Other explanations that were weighed."""
    so_what: Text | None = None
    """The consequence for the reader."""
    previous: Many[Earlier] = ()
    """Its earlier forms, the newest first."""
    outcome: Outcome | None = None
    """The outcome, once that is known."""


class Position(Table):
    """One answer to a disputed question."""

    id: Id
    """Its name within the question."""
    text: Line
    """The answer in a few words."""
    entries: Many[Id] = ()
    """The entries that hold it."""
    note: Text | None = None
    """A remark; required where no entry holds it."""


class Bearing(Table):
    """The weight of an entry for and against positions."""

    entry: Id
    """The id of the entry."""
    for_: Many[Id] = Field(default=(), alias="for")
    """The positions that it speaks for."""
    against: Many[Id] = ()
    """The positions that it speaks against."""
    why: Text | None = None
    """The reason."""


class Question(Statement):
    """An open question. With positions it is a dispute."""

    text: Text
    """The question."""
    key: bool = False
    """Whether the quantities of the question are the chart of the front page."""
    positions: Many[Position] = ()
    """The answers that are held."""
    evidence: Many[Bearing] = ()
    """Entries that bear on the answers."""
    settled_by: Text | None = None
    """The evidence that would settle it."""


class Move(Table):
    """The effect of a sign on a judgment."""

    to: Id
    """The id of the judgment."""
    way: Literal["up", "down"]
    """Whether the judgment would become likelier or less likely."""


class Sign(Table):
    """One form in which an indicator may show itself."""

    text: Text
    """The sign, as a sentence."""
    moves: Many[Move] = ()
    """The judgments that it would move."""


class Observed(Table):
    """The observation of an indicator."""

    on: Date
    """The day (EDTF)."""
    cite: Many[Citation] = ()
    """Its footnotes."""


class Indicator(Entry):
    """A sign to watch for, which would move a judgment."""

    cited_at: ClassVar[KeyPath] = ("observed", "cite")

    text: Text
    """The sign to watch for, as a sentence."""
    outcomes: Many[Sign] = ()
    """Its forms, each with the judgments that it would move."""
    where: Line | None = None
    """The place where it would be seen."""
    until: Date | None = None
    """The time to which it is worth watching (EDTF)."""
    observed: Observed | None = None
    """The observation, once it was made."""

    @property
    def footnotes(self) -> tuple[Citation, ...]:
        """The footnotes of its observation."""
        return self.observed.cite if self.observed else ()
