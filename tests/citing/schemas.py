"""The published schemas of CSL-JSON and of Web Annotations, as facts.

The keys and types of CSL-JSON are those of its schema v1.0 (resource.citationstyles.org); those of annotations are of the
W3C's Web Annotation Data Model, sections 3.1, 3.2 and 4.2.
"""

from importlib import import_module
from typing import Any, Final, get_args

from tui.briefing.source import SourceType

_TEXT: Final = {"type": "string"}
_COUNT: Final = {"type": ["string", "number"]}
_FLAG: Final = {"type": ["string", "number", "boolean"]}
_NAMES: Final = (
    "author chair collection-editor compiler composer container-author contributor curator director editor"
    " editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author performer"
    " producer recipient reviewed-author script-writer series-creator translator"
)
_DATES: Final = "accessed available-date event-date issued original-date submitted"
_COUNTS: Final = (
    "id chapter-number citation-number collection-number edition first-reference-note-number issue locator number"
    " number-of-pages number-of-volumes page page-first part printing supplement volume"
)
_TEXTS: Final = (
    "citation-key language journalAbbreviation shortTitle abstract annote archive archive_collection archive_location"
    " archive-place authority call-number citation-label collection-title container-title container-title-short dimensions"
    " division DOI event event-title event-place genre ISBN ISSN jurisdiction keyword medium note original-publisher"
    " original-publisher-place original-title part-title PMCID PMID publisher publisher-place references reviewed-genre"
    " reviewed-title scale section source status title title-short URL version volume-title volume-title-short year-suffix"
)


def _object(properties: dict[str, Any], *required: str, closed: bool = True) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        **({"additionalProperties": False} if closed else {}),
    }


_NAME: Final = _object(
    {
        **dict.fromkeys(("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"), _TEXT),
        **dict.fromkeys(("comma-suffix", "static-ordering", "parse-names"), _FLAG),
    }
)
_DATE: Final = _object(
    {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": _COUNT},
        },
        "season": _COUNT,
        "circa": _FLAG,
        "literal": _TEXT,
        "raw": _TEXT,
    }
)
CSL_JSON: Final = {
    "type": "array",
    "items": _object(
        {
            "type": {"enum": list(get_args(SourceType))},
            **{key: {"type": "array", "items": _NAME} for key in _NAMES.split()},
            **dict.fromkeys(_DATES.split(), _DATE),
            **dict.fromkeys(_COUNTS.split(), _COUNT),
            **dict.fromkeys(_TEXTS.split(), _TEXT),
            "categories": {"type": "array", "items": _TEXT},
            "custom": {"type": "object"},
        },
        "type",
        "id",
    ),
}
_IRI: Final = {"type": "string", "pattern": r"^[a-z][a-z0-9+.-]*:\S+$"}
_OFFSET: Final = {"type": "integer", "minimum": 0}
_SELECTOR: Final = {
    "oneOf": [
        _object({"type": {"const": "TextQuoteSelector"}, **dict.fromkeys(("exact", "prefix", "suffix"), _TEXT)}, "type", "exact"),
        _object({"type": {"const": "TextPositionSelector"}, "start": _OFFSET, "end": _OFFSET}, "type", "start", "end"),
    ]
}  # fmt: skip
_BODY: Final = _object(
    {"type": {"const": "TextualBody"}, "value": _TEXT, "format": _TEXT, "language": _TEXT},
    "type",
    "value",
    closed=False,
)
_TARGET: Final = _object(
    {
        "source": _object({"id": _IRI}, "id", closed=False),
        "selector": {"type": "array", "minItems": 1, "items": _SELECTOR},
    },
    "source",
    closed=False,
)
ANNOTATIONS: Final = _object(
    {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": _IRI,
        "type": {"const": "AnnotationPage"},
        "items": {
            "type": "array",
            "items": _object(
                {
                    "id": _IRI,
                    "type": {"const": "Annotation"},
                    "motivation": {"enum": ["assessing", "bookmarking", "classifying", "commenting", "describing",
                                            "editing", "highlighting", "identifying", "linking", "moderating",
                                            "questioning", "replying", "tagging"]},
                    "body": _BODY,
                    "target": _TARGET,
                },
                "id", "type", "target",
                closed=False,
            ),
        },
    },
    "@context", "id", "type", "items",
)  # fmt: skip


def faults(schema: dict[str, Any], value: object) -> list[str]:
    """Return the faults of a value against a schema, each with its place."""
    validator: Any = import_module("jsonschema").Draft7Validator
    return [f"{list(fault.path)}: {fault.message}" for fault in validator(schema).iter_errors(value)]
