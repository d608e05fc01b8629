"""The model of a briefing as one frozen value.

One model reads all formats; `formats` says which keys belong to one format alone.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, cast, get_args

from pydantic import AfterValidator, BeforeValidator, Field

from tui.briefing.entry import Entry
from tui.briefing.fields import Date, Id, Identified, Language, Line, Many, Table, Text, field_of, keys_of
from tui.briefing.judgments import Indicator, Judgment, Question
from tui.briefing.kinds import KINDS
from tui.briefing.problems import KeyPath
from tui.briefing.publication import NO_OFFSET, Status
from tui.briefing.scales import ScaleName
from tui.briefing.source import Entity, Origin, Source
from tui.briefing.statements import Assumption, Background, Claim, Recommendation, View


def _whole(value: object) -> object:
    # Without this, 1.0 and true would pass for 1, to which they are equal.
    if type(value) is not int or value.bit_length() > 32:
        msg = "is no version of this format; write format = 2"
        raise ValueError(msg)
    return value


def _zoned(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is None:
        raise ValueError(NO_OFFSET)
    return value


Moment = Annotated[dt.datetime, AfterValidator(_zoned)]


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
    information_cutoff: Date | None = None
    """The day, month or year to which the author looked for information (EDTF)."""
    status: Status | None = None
    """The audience: `public`, `unlisted`, `draft` or `withdrawn`."""
    from_: Moment | None = Field(default=None, alias="from")
    """The moment from which it is shown, as a TOML date-time with an offset."""
    until: Moment | None = None
    """The moment to which it is shown, as a TOML date-time with an offset."""


class Revision(Table):
    """A change of the briefing that its readers should know of."""

    on: Date
    """The day of the change (EDTF)."""
    text: Text
    """The change, in a sentence."""


class Briefing(Table):
    """A whole briefing."""

    format: Annotated[Literal[1, 2], BeforeValidator(_whole)]
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
    """The open questions and disputes, in reading order."""
    judgment: Many[Judgment] = ()
    """The author's key judgments, in the order of the front page."""
    indicator: Many[Indicator] = ()
    """The signs to watch for, in reading order."""
    origin: Many[Origin] = ()
    """Names for the origins that sources and footnotes name."""
    revision: Many[Revision] = ()
    """The changes that readers should know of, the newest first."""

    def at(self, path: KeyPath) -> Any:
        """Return the value at a key path."""
        found: Any = self
        for key in path:
            found = found[key] if isinstance(key, int) else getattr(found, field_of(key))
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
