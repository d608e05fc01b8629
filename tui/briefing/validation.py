"""The errors of pydantic in words for authors, each with a remedy."""

import datetime as dt
from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tui.briefing.entry import RELATIONS
from tui.briefing.fields import NO_DATE, Assessment, Citation, Conflict, Identified, Quantity, Reason, Relation, keys_of
from tui.briefing.formats import FORMATS, NEWEST, keys_of_other_formats
from tui.briefing.judgments import Alternative, Bearing, Earlier, Move, Observed, Outcome, Position, Sign
from tui.briefing.model import MODELS, Briefing, Header, Revision
from tui.briefing.nearest import nearest
from tui.briefing.problems import Fault, KeyPath
from tui.briefing.source import Entity, Origin, Source

TABLE_MODELS: Final[dict[str, type[BaseModel]]] = {
    "": Briefing, "briefing": Header, "source": Source, "entity": Entity, "origin": Origin, "revision": Revision,
    **MODELS, "cite": Citation, "assess": Assessment, "quantity": Quantity, **dict.fromkeys(RELATIONS, Relation),
    "conflicts": Conflict, "for": Reason, "against": Reason, "alternatives": Alternative, "previous": Earlier,
    "outcome": Outcome, "positions": Position, "evidence": Bearing, "outcomes": Sign, "moves": Move, "observed": Observed,
}  # fmt: skip
"""The model of each table, by the last name on its key path."""
_WANTED: Final = {
    "string_type": "text in quotes",
    "int_type": "a whole number without quotes",
    "float_type": "a number without quotes",
    "bool_type": "true or false, without quotes",
    "datetime_type": "a date and time with an offset, without quotes: 2026-11-27T09:00:00+01:00",
    "tuple_type": "an array, [ … ]",
    "model_type": "a table, { … }",
    "model_attributes_type": "a table, { … }",
}
_SHOWN: Final = 60


def faults_of(
    error: ValidationError,
    model: type[BaseModel] = Briefing,
    version: object = NEWEST,
    tables: Mapping[str, type[BaseModel]] = TABLE_MODELS,
) -> Iterator[Fault]:
    """Turn pydantic's errors into faults, one a key.

    Args:
        error: what pydantic found.
        model: what the whole file was to be; its keys are offered for an unknown one at the top.
        version: the format that the file names; only its keys are offered.
        tables: the models of the tables, by a name on the key path.
    """
    seen: set[KeyPath] = set()
    for details in error.errors(include_url=False):
        path = _path(details)
        if path not in seen:
            seen.add(path)
            if details["type"] == "extra_forbidden":
                above = [key for key in reversed(path[:-1]) if isinstance(key, str)]
                name = above[0] if above else ""
                table = next((tables[key] for key in above if key in tables), model)
                yield Fault(path, *_unknown_in(table, str(path[-1]), keys_of_other_formats(version, name)))
            else:
                yield Fault(path, *_explain(details, path), _rule_of(details, path))


def _rule_of(details: ErrorDetails, path: KeyPath) -> str:
    """Return the rule of `briefing check` for the same error."""
    if path == ("briefing", "as_of") and details["type"] == "missing":
        return "B001"
    return "S007" if details["type"] == NO_DATE else ""


def _path(details: ErrorDetails) -> KeyPath:
    """Drop the branches of unions from pydantic's location; these are no keys."""
    path = details["loc"]
    if path and path[-1] in {"int", "float"}:
        path = path[:-1]
    return path


def _explain(details: ErrorDetails, path: KeyPath) -> tuple[str, str]:
    kind, value = details["type"], details["input"]
    context: Mapping[str, Any] = details.get("ctx", {})
    key = str(path[-1]) if path else ""
    if kind in _WANTED:
        return _wrong_type(kind, value, path)
    special = _EXPLANATIONS.get(kind)
    if special:
        return special(key, value, context, path)
    if kind in {"value_error", NO_DATE}:
        message = str(context["error"])
        what, _, remedy = message.partition("; ")
        return what, remedy
    return details["msg"][:1].lower() + details["msg"][1:], ""


def _wrong_type(kind: str, value: object, path: KeyPath) -> tuple[str, str]:
    if len(path) == 1 and isinstance(value, list | dict):
        name = f"[[{path[0]}]]" if kind == "tuple_type" else f"[{path[0]}]"
        return f"is {_described(value)}", f"write its header as {name}"
    if kind == "string_type" and isinstance(value, dt.date | dt.time):
        return "is a TOML date", f'write it in quotes: "{value.isoformat()}"'
    return f"is {_described(value)}", f"write {_WANTED[kind]}"


def _described(value: object) -> str:
    names = {bool: "true or false", str: "text", int: "a number", float: "a number", list: "an array", dict: "a table"}
    return names.get(type(value), "another type of value")


def _missing(key: str, _value: object, _context: Mapping[str, Any], _path: KeyPath) -> tuple[str, str]:
    example = {"format": "format = 2", "briefing": "a table [briefing]"}.get(key, f"{key} = …")
    return f"the key {key!r} is missing", f"add {example}"


def _unknown_in(table: type[BaseModel], key: str, other: Container[str]) -> tuple[str, str]:
    # The id first, what every table may have last.
    known = sorted(
        (name for name in keys_of(table) if name not in other), key=lambda name: name in Identified.model_fields
    )
    near = nearest(key, known)
    remedy = f"did you mean {near!r}?" if near else f"known here: {', '.join(known)}"
    return f"unknown key {_cut(key)!r}", remedy


def _word(_key: str, value: object, context: Mapping[str, Any], _path: KeyPath) -> tuple[str, str]:
    expected = str(context["expected"])
    words = [word for word in expected.replace(" or ", ", ").replace("'", "").split(", ") if word]
    near = nearest(value, words) if isinstance(value, str) else None
    if words == [str(version) for version in FORMATS]:
        return "this is another format than this program reads", "write format = 2, or take a newer program"
    shown = repr(_cut(value)) if isinstance(value, str) else _described(value)
    if near:
        return f"{shown} is no word for this key", f"did you mean {near!r}?"
    listed = ", ".join(words) if len(words) <= 12 else f"{', '.join(words[:12])}, …; all of them: briefing schema"
    return f"{shown} is no word for this key", f"write one of: {listed}"


def _pattern(key: str, value: object, _context: Mapping[str, Any], path: KeyPath) -> tuple[str, str]:
    shown = _cut(value) if isinstance(value, str) else ""
    remedies = {
        "url": "write a whole address that begins with http:// or https://",
        "sha256": "write the 64 small hexadecimal digits that sha256sum prints",
    }
    if path and "ignore" in path:
        return f"{shown!r} names no rule", "write ids of rules such as C009; `briefing check --explain all` lists them"
    remedy = remedies.get(key, "write an id of small letters, digits and hyphens, at most 64")
    return f"{shown!r} does not fit", remedy


def _range(_key: str, _value: object, context: Mapping[str, Any], _path: KeyPath) -> tuple[str, str]:
    bound = context.get("ge", context.get("le"))
    return "is out of range", f"write a number {'from' if 'ge' in context else 'up to'} {bound}"


def _length(_key: str, _value: object, context: Mapping[str, Any], _path: KeyPath) -> tuple[str, str]:
    most = context.get("max_length")
    return ("is too long", f"write at most {most} characters") if most else ("is empty", "write something")


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_EXPLANATIONS: Final[dict[str, Callable[[str, object, Mapping[str, Any], KeyPath], tuple[str, str]]]] = {
    "missing": _missing,
    "literal_error": _word,
    "string_pattern_mismatch": _pattern,
    "greater_than_equal": _range,
    "less_than_equal": _range,
    "string_too_long": _length,
    "string_too_short": _length,
}
