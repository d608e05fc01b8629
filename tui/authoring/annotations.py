"""Reads annotations of other programs: W3C Web Annotations, and exports of Hypothesis.

Both name the words by selectors of the W3C model (https://www.w3.org/TR/annotation-model/).
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

SUFFIXES: Final = frozenset({".json", ".jsonl", ".jsonld"})
"""The endings of files that may hold annotations."""
_SHA256: Final = re.compile(r"\burn:sha256:([0-9a-f]{64})\b", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_DEEPEST: Final = 8
"""The most selectors that refine one another."""
_LISTS: Final = ("rows", "annotations", "items", "@graph")
"""The keys of lists: of the answers and the exports of Hypothesis, of pages, and of JSON-LD."""


class Annotation(NamedTuple):
    """An annotation of some words of a source."""

    number: int
    """Its place in the file, from 1."""
    address: str
    quote: str
    prefix: str = ""
    suffix: str = ""
    start: int = -1
    """The offset in the text of `sha256`, in code points; -1 where not given."""
    end: int = -1
    sha256: str = ""
    """The hash of the text that was annotated; empty where not given."""
    said: str = ""
    """The statement that describes the words, as our own export has it."""
    comment: str = ""


class Refusal(NamedTuple):
    """An annotation that is not taken."""

    number: int
    reason: str


class Annotations(NamedTuple):
    """The content of a file."""

    found: tuple[Annotation, ...]
    refused: tuple[Refusal, ...]


class NoAnnotationsError(ValueError):
    """A file that holds no annotations. The message is one line."""

    place = ""
    """The line and the column of the fault, as `3:4:`; empty for the whole file."""


def read(text: str) -> Annotations:
    """Read the annotations of a file.

    Raises:
        NoAnnotationsError: it is not JSON, or something else.
    """
    try:
        data = _parsed(text)
    except json.JSONDecodeError as error:
        fault = NoAnnotationsError(f"is not JSON: {error.msg}")
        fault.place = f"{error.lineno}:{error.colno}:"
        raise fault from error
    except (ValueError, RecursionError) as error:
        raise NoAnnotationsError(
            "is not JSON that can be read: it has too deep a nesting or too long a number"
        ) from error
    if not _is_annotated(data):
        raise NoAnnotationsError("has no annotations: there are neither targets nor selectors of the W3C model in it")
    found: list[Annotation] = []
    refused: list[Refusal] = []
    for number, value in enumerate(_listed(data), 1):
        taken = list(_annotations(number, value)) if isinstance(value, dict) else []
        found += (one for one in taken if isinstance(one, Annotation))
        refused += (one for one in taken if isinstance(one, Refusal))
        refused += [Refusal(number, _reason(value))] * (not taken)
    return Annotations(tuple(found), tuple(refused))


def _parsed(text: str) -> Any:
    """Parse JSON, or values of JSON line by line."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        lines = [match for match in re.finditer("[^\n]+", text) if match[0].strip()]
        if len(lines) < 2 or not all(match[0].lstrip().startswith("{") for match in lines):
            raise
    values = []
    for match in lines:
        try:
            values.append(json.loads(match[0]))
        except json.JSONDecodeError as error:
            raise json.JSONDecodeError(error.msg, text, match.start() + error.pos) from error
    return values


def _is_annotated(data: Any) -> bool:
    """Whether data looks like annotations, and not like a bibliography."""
    if isinstance(data, list):
        return any(isinstance(one, dict) and _is_one(one) for one in data)
    if not isinstance(data, dict):
        return False
    if _is_one(data) or isinstance(data.get("first"), dict):
        return True
    return any(isinstance(data.get(key), list) and not _is_bibliography(data[key]) for key in _LISTS)


def _is_bibliography(values: list[Any]) -> bool:
    """Whether a list holds items of CSL-JSON."""
    objects = [one for one in values if isinstance(one, dict)]
    return any("type" in one for one in objects) and not any(map(_is_one, objects))


def _is_one(value: Mapping[str, Any]) -> bool:
    return "target" in value or any(str(kind).startswith("Annotation") for kind in _kinds(value))


def _kinds(value: Mapping[str, Any]) -> list[Any]:
    kinds = value.get("type", value.get("@type"))
    return kinds if isinstance(kinds, list) else [kinds]


def _listed(data: Any) -> Iterator[Any]:
    """Yield the annotations of a list, page or collection, or one alone."""
    if isinstance(data, dict) and isinstance(data.get("first"), dict):
        data = data["first"]
    lists = [data[key] for key in _LISTS if isinstance(data.get(key), list)] if isinstance(data, dict) else [data]
    yield from lists[0] if lists else [data]


def _reason(value: Any) -> str:
    if not isinstance(value, dict):
        return "is no object"
    if value.get("references"):
        return "is a reply, and quotes nothing itself"
    return "quotes nothing: it has no TextQuoteSelector, and no TextPositionSelector with the sha256 of the text"


def _annotations(number: int, value: Mapping[str, Any]) -> Iterator[Annotation | Refusal]:
    """Yield an annotation for each target."""
    said, comment = _bodies(value)
    for target in _several(value.get("target")):
        source = target.get("source") if isinstance(target, dict) else target
        told = source if isinstance(source, dict) else {}
        address = _text(told.get("id", told.get("@id"))) or _text(source) or _text(value.get("uri"))
        hashed = _SHA256.search(" ".join(map(_text, (address, told.get("dcterms:identifier"), value.get("uri")))))
        sha256 = hashed[1].lower() if hashed else ""
        selectors = list(_selectors(target.get("selector") if isinstance(target, dict) else None))
        quoted = next((one for one in selectors if _text(one.get("exact")).strip()), {})
        placed = next((one for one in selectors if _is_span(one.get("start"), one.get("end"))), {})
        if quoted or (placed and sha256):
            yield Annotation(
                number,
                address,
                _text(quoted.get("exact")),
                _text(quoted.get("prefix")),
                _text(quoted.get("suffix")),
                placed.get("start", -1),
                placed.get("end", -1),
                sha256,
                said,
                comment,
            )


def _selectors(given: Any) -> Iterator[Mapping[str, Any]]:
    """Yield selectors, with those that refine them."""
    waiting = _several(given)
    for _ in range(_DEEPEST):
        found = [one for one in waiting if isinstance(one, dict)]
        yield from found
        waiting = [inner for one in found for inner in _several(one.get("refinedBy"))]


def _is_span(start: Any, end: Any) -> bool:
    return type(start) is type(end) is int and 0 <= start < end


def _bodies(value: Mapping[str, Any]) -> tuple[str, str]:
    """Return the statement that describes the words, and the comment."""
    said: list[str] = []
    told = [_text(value.get("text")).strip(), _text(value.get("bodyValue")).strip()]
    tags = [_text(one) for one in _several(value.get("tags"))]
    for body in _several(value.get("body")):
        if not isinstance(body, dict):
            continue
        purpose = body.get("purpose", value.get("motivation"))
        words = _plain(_text(body.get("value")), _text(body.get("format")))
        (tags if purpose == "tagging" else said if purpose == "describing" else told).append(words)
    named = ", ".join(filter(None, (" ".join(tag.split()) for tag in tags)))
    comment = "\n\n".join(filter(None, (*told, f"Tags: {named}." if named else "")))
    return " ".join(" ".join(said).split()), comment


def _plain(words: str, form: str) -> str:
    return html.unescape(_TAG.sub(" ", words)).strip() if form == "text/html" else words.strip()


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
