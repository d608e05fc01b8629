"""The briefing as one frozen value, as FORMAT 1 of its TOML has it."""

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator

from tui.briefing.entry import Assumption, Background, Claim, Entry, Question, Recommendation, View
from tui.briefing.fields import Date, Id, Identified, Language, Line, Many, Table, Text
from tui.briefing.scales import ScaleName
from tui.briefing.source import Entity, Source

FORMAT: Final = 1


def _whole(value: object) -> object:
    # Without this, 1.0 and true would pass for 1, to which they are equal.
    if type(value) is not int or value.bit_length() > 32:
        msg = "is no version of this format; write format = 1"
        raise ValueError(msg)
    return value


RELATIONS: Final = ("supports", "attacks", "undercuts", "conflicts", "rests_on")
ENTRY_TABLES: Final = ("background", "claim", "view", "recommendation", "assumption", "question")
"""The arrays of tables that hold entries, in the order in which a briefing is read."""


class Header(Identified):
    """What a briefing says of itself."""

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
    """Who wrote the briefing."""
    note: Text | None = None
    """How it was made, and its limits."""


class Briefing(Table):
    """A whole briefing."""

    format: Annotated[Literal[1], BeforeValidator(_whole)]
    """The version of this format."""
    briefing: Header
    """What the briefing says of itself."""
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

    def entries(self) -> tuple[Entry, ...]:
        """Give all entries in reading order."""
        return (
            *self.background,
            *self.claim,
            *self.view,
            *self.recommendation,
            *self.assumption,
            *self.question,
        )
