"""The JSON of compiled briefings, for the cache and between processes."""

import json
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from tui.briefing.problems import Problem
from tui.library.judgment_records import (
    Alternative,
    Bearing,
    Earlier,
    Indicator,
    Judgment,
    Move,
    Outcome,
    Position,
    Question,
    Sign,
)
from tui.library.records import (
    Assessment,
    Edition,
    Entity,
    Entry,
    Footnote,
    Link,
    Name,
    Origin,
    Quantity,
    Revision,
    Source,
    Variable,
)


class CompiledFile(NamedTuple):
    """The result of compiling a briefing's file: its edition, or its problems."""

    edition: Edition | None
    problems: tuple[Problem, ...]
    inputs: dict[str, str]
    """Every file that the result depends on, also those that are not there, each with its stamp."""
    header: str = ""
    """The publication as the file has it, as a line; `UNREADABLE` where that cannot be read."""

    def as_json(self) -> str:
        """Return the result as JSON."""
        return json.dumps(self, ensure_ascii=False, separators=(",", ":"))


def compiled_file_from_json(text: str) -> CompiledFile:
    """Return a result from its JSON.

    Raises:
        ValueError: it is something else.
        TypeError: likewise.
    """
    edition, problems, inputs, header = json.loads(text)
    problems = tuple(Problem(*row) for row in problems)
    return CompiledFile(from_json(edition) if edition else None, problems, inputs, header)


def to_json(edition: Edition) -> str:
    """Write an edition for the cache. Named tuples become lists in JSON."""
    return json.dumps(edition, ensure_ascii=False, separators=(",", ":"))


def from_json(row: list[Any]) -> Edition:
    """Rebuild an edition from its JSON.

    Raises:
        TypeError: it does not have an edition's shape.
        ValueError: likewise.
    """
    edition: Edition = _rebuilt(Edition, row)
    return edition


def _one(record: type) -> Callable[[list[Any]], Any]:
    return lambda row: _rebuilt(record, row)


def _many(record: type) -> Callable[[list[Any]], Any]:
    if record not in _WITHIN:  # without lists of its own
        return lambda rows: tuple(record(*row) for row in rows)
    return lambda rows: tuple(_rebuilt(record, row) for row in rows)


def _rebuilt(record: Any, row: list[Any]) -> Any:
    """Convert a list to a record, and the lists within too."""
    within = _WITHIN.get(record, {})
    return record(
        *(
            within.get(name, tuple)(value) if isinstance(value, list) else value
            for name, value in zip(record._fields, row, strict=True)
        )
    )


_WITHIN: Final[dict[type, dict[str, Callable[[list[Any]], Any]]]] = {Bearing: {}, Position: {}, Variable: {}}
"""The conversion of each list in JSON, by record and field. Other lists become tuples."""
_WITHIN[Sign] = {"moves": _many(Move)}
_WITHIN[Judgment] = {"alternatives": _many(Alternative), "previous": _many(Earlier), "outcome": _one(Outcome)}
_WITHIN[Question] = {"positions": _many(Position), "evidence": _many(Bearing)}
_WITHIN[Indicator] = {"outcomes": _many(Sign)}
_NOTES: Final = {"notes": lambda rows: tuple(Footnote._make([*row[:-1], tuple(row[-1])]) for row in rows)}
_WITHIN[Entry] = {
    **dict.fromkeys(("by", "actor"), _one(Name)),
    "quantity": _one(Quantity),
    "assess": _one(Assessment),
    "links": _many(Link),
    "judgment": _one(Judgment),
    "question": _one(Question),
    "indicator": _one(Indicator),
    **_NOTES,
}
_WITHIN[Source] = {"csl": _many(Variable)}
_WITHIN[Entity] = {**_NOTES}
_WITHIN[Origin] = {"by": _one(Name)}
_WITHIN[Edition] = {
    "entries": _many(Entry),
    "sources": _many(Source),
    "entities": _many(Entity),
    "origins": _many(Origin),
    "revisions": _many(Revision),
}
