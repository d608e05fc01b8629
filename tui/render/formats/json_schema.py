"""The JSON Schema of the export to JSON, made from the records."""

import json
import types
from collections.abc import Iterator
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from tui.briefing.source import CSL
from tui.library import records
from tui.library.judgment_records import Indicator, Judgment, Question
from tui.render.formats.json import APART, FORMAT, KEYS, NAMES, RESOLVED, VERSION

_TYPES: Final[dict[Any, str]] = {
    str: "string", bool: "boolean", int: "integer", float: "number", None: "null", type(None): "null", dict: "object",
    list: "array",
}  # fmt: skip
_LEFT_OUT: Final = {"Source": {"csl", "held"}, "Entry": RESOLVED | {"assess"}, "Edition": APART}
"""The fields of records that stand in other keys."""
_RELATION: Final = {
    "relation": str, "declared_here": bool, "entry": str, "why": str, "stated": bool, "kind": str, "weak": bool, "position": str,
}  # fmt: skip
_FIGURE: Final = {
    "entry": str, "voice": str, "of": str, "min": (float, None), "max": (float, None), "unit": str, "words": str,
}  # fmt: skip
_POSITION: Final = {
    "id": str, "text": str, "entries": [str], "best_source": str, "origins": [{"name": str, "party": str}],
}  # fmt: skip
_DISPUTE: Final = {
    "question": str, "positions": [_POSITION], "least_against": [str], "evidence": [dict], "settled_by": str,
    "judgments": [{"judgment": str, "position": str}], "pairs": [[str]],
}  # fmt: skip
_EVIDENCE: Final = {
    "conflicts": {"disputes": [_DISPUTE], "pairs": [{"entries": [str], "why": str, "compared": [dict]}]},
    "judgments": dict,
    "figures": [{"of": str, "unit": str, "groups": [{"name": str, "figures": [_FIGURE]}]}],
}
_ROW: Final = {
    "id": str, "title": str, "bluf": str, "as_of": str, "counts": dict, "status": str, "from": (str, None),
    "until": (str, None), "problems": [str],
}  # fmt: skip
_HIT: Final = {
    "briefing": str, "kind": str, "id": str, "address": str, "number": str, "paragraph": (int, None), "heading": str,
    "rating": str, "text": str, "spans": [[int]], "page": str, "score": float,
}  # fmt: skip
_SEARCHED: Final = {
    "briefings": int, "entries": int, "sources": int, "texts_not_held": int, "broken": [str], "complete": bool, "missing": [str],
}  # fmt: skip
_ANSWER: Final = {
    "query": str, "total": int, "offset": int, "left": int, "searched": _SEARCHED, "unmet": [str], "suggestions": [str],
    "hits": [_HIT], "facets": dict,
}  # fmt: skip


def schema() -> dict[str, Any]:
    """Build the schema of all documents."""
    parts, documents = _parts(), _documents()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Export of Briefing Browser, version {VERSION}",
        "description": "Keys may be added to a version. Where one is taken away or holds another type, the version is raised.",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in documents],
        "$defs": parts | documents,
    }


def schema_text() -> str:
    """Write the schema as it is published."""
    return json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _documents() -> dict[str, Any]:
    """Return the schemas of the documents, by kind."""
    whole = {"entries": ["Entry"], "sources": ["Source"], "entities": ["Entity"], "evidence": _EVIDENCE}
    shapes = {
        "briefing": _joined("Edition", whole),
        "pane": _shape({"briefing": str, "pane": str, "content": (list, dict)}),
        "entry": _joined("Entry", {}),
        "source": _joined("Source", {}),
        "entity": _joined("Entity", {}),
        "library": _shape({"briefings": [_ROW]}),
        "answer": _shape(_ANSWER),
    }
    return {
        kind: {"allOf": [{"properties": {"format": {"const": f"{FORMAT}/{kind}"}, "version": {"const": VERSION}}, "required": ["format", "version"]}, shape]}
        for kind, shape in shapes.items()
    }  # fmt: skip


def _joined(record: str, keys: dict[str, Any]) -> dict[str, Any]:
    return {"allOf": [_shape(record), _shape(keys)]}


def _parts() -> dict[str, Any]:
    """Return the schemas of the records, with their further keys."""
    parts = _records()
    own = [parts[name]["properties"] for name in ("Judgment", "Question", "Indicator", "Assessment")]
    own.append({"assess": _shape(("Assessment", None)), "for": _shape([str]), "against": _shape([str])})
    further = {
        "Entry": {"address": str, "rating": str, "relations": [_RELATION]},
        "Source": {"held": bool, "citation": str, "cited_by": [str]},
        "Edition": {"toml_format": int, "conflicts": [{"entries": [str], "why": str, "kind": str}]},
    }
    for name, keys in further.items():
        part, more = parts[name], _shape(keys)
        part["properties"] |= more["properties"]
        part["required"] = sorted({*part["required"], *more["required"]})
    for found in own:
        kept = parts["Entry"]["properties"]
        kept |= {key: value for key, value in found.items() if key not in kept}
    variables = {key: _shape([str] if key in NAMES else str) for key in CSL}
    parts["Source"]["properties"]["csl"] = {"type": "object", "properties": variables}
    return parts


def _records() -> dict[str, Any]:
    """Return the schemas of all records of an edition."""
    found: dict[str, Any] = {}
    waiting: list[Any] = [records.Edition, Judgment, Question, Indicator]
    while waiting:
        record = waiting.pop()
        if record.__name__ not in found:
            hints = {name: hint for name, hint in get_type_hints(record).items() if name in record._fields}
            waiting += [one for hint in hints.values() for one in _named(hint)]
            left_out = _LEFT_OUT.get(record.__name__, frozenset())
            keys = {KEYS.get(name, name): hint for name, hint in hints.items() if name not in left_out}
            found[record.__name__] = _object({key: _typed(hint) for key, hint in keys.items()})
    return found


def _named(hint: Any) -> Iterator[Any]:
    """Yield the records of a type."""
    if hasattr(hint, "_fields"):
        yield hint
    for inner in get_args(hint):
        yield from _named(inner)


def _typed(hint: Any) -> dict[str, Any]:
    """Return the schema of a type."""
    if get_origin(hint) is Literal:
        return _shape(str)
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _typed(get_args(hint)[0])}
    if get_origin(hint) in {Union, types.UnionType}:
        return {"anyOf": [_typed(one) for one in get_args(hint)]}
    return _shape(hint if hint in _TYPES else hint.__name__)


def _shape(value: Any) -> dict[str, Any]:
    """Return the schema of a type, a record's name, or several."""
    if isinstance(value, dict):
        return _object({key: _shape(one) for key, one in value.items()})
    if isinstance(value, list):
        return {"type": "array", "items": _shape(value[0])}
    if isinstance(value, tuple):
        return {"anyOf": [_shape(one) for one in value]}
    if isinstance(value, str):
        return {"$ref": f"#/$defs/{value}"}
    return {"type": _TYPES[value]}


def _object(keys: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": keys, "required": sorted(keys)}
