"""The shared parts of the models: base class, checked strings, inner tables."""

import hashlib
import keyword
import re
from functools import cache, cached_property
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints
from pydantic_core import PydanticCustomError

from tui.briefing import edtf
from tui.briefing.scales import Confidence, numbers_of

T = TypeVar("T")

ID_PATTERN: Final = r"^[a-z0-9][a-z0-9-]{0,63}$"
ID: Final = re.compile(ID_PATTERN)
RULE_PATTERN: Final = r"^[A-Z][0-9]{3}$"
NO_DATE: Final = "edtf"
"""The type of the error for a date that is not EDTF."""
_TOO_LARGE: Final = 10**15
LANGUAGE: Final = re.compile(r"(?:[a-z]{2,8}|[ix](?=-))(?:-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)
"""The syntax of a language tag (RFC 5646, 2.1). The registry of its parts is not consulted."""
LANGUAGE_IN_SCHEMAS: Final = r"^(?:[A-Za-z]{2,8}|[IiXx](?=-))(?:-[A-Za-z0-9]{1,8})*$"
"""The same for a schema, which knows no flags."""


class Table(BaseModel):
    """A table of the TOML. It is frozen, refuses unknown keys and converts no value."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    @cached_property
    def digest(self) -> str:
        """16 characters that identify the content, without security."""
        return hashlib.blake2b(self.model_dump_json(exclude_defaults=True).encode(), digest_size=8).hexdigest()


def keys_of(table: type[BaseModel]) -> tuple[str, ...]:
    """Return the TOML keys of a model, in the fields' order."""
    return tuple(field.alias or name for name, field in table.model_fields.items())


@cache
def field_of(key: str) -> str:
    """Return the field for a TOML key. Python's own words end with an underscore."""
    return f"{key}_" if keyword.iskeyword(key) else key


def _edtf(value: str) -> str:
    try:
        edtf.parse(value)
    except ValueError as error:
        # A type of its own tells this from other wrong values.
        raise PydanticCustomError(NO_DATE, "{error}", {"error": str(error)}) from None
    return value


def _said(value: str) -> str:
    if not value or value.isspace():
        msg = "is empty; write something or leave the key out"
        raise ValueError(msg)
    return value


def _counted(value: float) -> float:
    if not abs(value) < _TOO_LARGE:  # said so that it holds for nan too
        msg = "is no number that can be counted; write a finite number below 10^15"
        raise ValueError(msg)
    return value


def on_one_line(value: str) -> str:
    """Refuse a text that is empty or has a line break."""
    if "\n" in _said(value):
        msg = "has a line break; write it on one line"
        raise ValueError(msg)
    return value


def _language(value: str) -> str:
    if not LANGUAGE.fullmatch(value):
        msg = "is no language tag; write a BCP 47 tag such as en, de or pt-BR"
        raise ValueError(msg)
    return value


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _as_relation(value: object) -> object:
    return {"to": value} if isinstance(value, str) else value


Number = Annotated[float | int, Field(union_mode="left_to_right"), AfterValidator(_counted)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN), Field(json_schema_extra={"minLength": 1, "maxLength": 64})]
RuleId = Annotated[str, StringConstraints(pattern=RULE_PATTERN)]
Text = Annotated[str, AfterValidator(_said)]
Line = Annotated[str, AfterValidator(on_one_line)]
"""Text that is shown within a line: a name, a title, a hedge."""
Language = Annotated[
    str, AfterValidator(_language), Field(json_schema_extra={"pattern": LANGUAGE_IN_SCHEMAS, "minLength": 2})
]
Date = Annotated[
    str,
    AfterValidator(_edtf),
    Field(json_schema_extra={"format": "edtf", "pattern": edtf.PATTERN, "minLength": 4, "maxLength": edtf.LONGEST}),
]
Many = Annotated[tuple[T, ...], Strict(strict=False)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=46), AfterValidator(on_one_line)]
"""The name of an entry in lists: its assertion, at most 46 characters."""
Names = Annotated[Many[Line], BeforeValidator(_as_list, json_schema_input_type=Line | list[Line])]

Kind = Literal["report", "statement", "inference", "prediction", "assumption", "judgment"]


class Citation(Table):
    """A footnote: where an entry's statement stands, and in which words."""

    source: Id
    """The id of the source."""
    quote: Text | None = None
    """The source's own words, pasted as they stand: a short fragment, not a paragraph."""
    prefix: Text | None = None
    """The words just before the quote; only needed where the quote stands more than once."""
    suffix: Text | None = None
    """The words just after the quote; only needed where the quote stands more than once."""
    direct: bool = False
    """Whether the quoted words are the speaker's own rather than the source's paraphrase."""
    page: Line | None = None
    """The page, paragraph or time within the source, as its reader would look it up."""
    note: Text | None = None
    """A remark of the author's on this footnote."""
    origin: Names = ()
    """The origins of this statement, where the source has more: ids of sources or entities, or free keys."""


class Relation(Table):
    """A relation to another entry, with the reason for it."""

    to: Id
    """The id of the other entry."""
    why: Text | None = None
    """The reason for the relation."""
    stated: bool = True
    """Whether the source states the relation; false for the briefing's own inference."""


ConflictKind = Literal["contradiction", "reading", "denial", "tension", "other-count", "other-date"]


class Conflict(Relation):
    """A relation to an entry that this one is at odds with."""

    kind: ConflictKind | None = None
    """The way in which they are at odds. Both cannot be right in the first three."""


class Reason(Table):
    """An entry that speaks for or against a judgment."""

    to: Id
    """The id of the entry."""
    why: Text | None = None
    """The reason why it bears on the judgment."""
    weak: bool = False
    """Whether the entry is shown and not counted: a floor, a limit, a name only."""


Relations = Many[Annotated[Relation, BeforeValidator(_as_relation, json_schema_input_type=Id | Relation)]]
Conflicts = Many[Annotated[Conflict, BeforeValidator(_as_relation, json_schema_input_type=Id | Conflict)]]
Reasons = Many[Annotated[Reason, BeforeValidator(_as_relation, json_schema_input_type=Id | Reason)]]


class Ignoring(Table):
    """A table that may ignore rules of `briefing check`, with the reason."""

    ignore: Many[RuleId] = ()
    """Rules of `briefing check` that are not to be applied here, such as `["C009"]`."""
    ignore_why: Line | None = None
    """The reason for `ignore`; required with it."""


class Identified(Ignoring):
    """A table with an id of its own."""

    was: Many[Id] = ()
    """The ids that it had before; `briefing rename` writes them, and addresses with one of them lead here still."""


class Quantity(Table):
    """A number that an entry states, for comparison with other numbers."""

    of: Line
    """The thing that is counted."""
    min: Number | None = None
    """The least number that the statement allows."""
    max: Number | None = None
    """The greatest number that the statement allows."""
    unit: Line | None = None
    """The unit, where it is not a plain count."""
    words: Line | None = None
    """The source's own words for the number, such as “hundreds”."""
    note: Line | None = None
    """The same in format 1."""

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """The least and the greatest number. A word of number has its own."""
        meant = numbers_of(self.words) if self.words and self.min is None and self.max is None else None
        return meant or (self.min, self.max)


class Assessment(Table):
    """The author's assessment of a statement, never mixed with the source's words."""

    likelihood: Line | None = None
    """A likelihood word of the briefing's scale."""
    confidence: Confidence | None = None
    """The quality of the assessment's basis; never in one sentence with the likelihood."""
    why: Text | None = None
    """The reasons."""
