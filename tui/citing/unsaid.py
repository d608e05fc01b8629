"""Values that a bibliography has, and a source leaves unsaid."""

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tui.citing.record import Record

_UNTITLED: Final = MappingProxyType(
    {
        "article-newspaper": "untitled newspaper article",
        "article-magazine": "untitled magazine article",
        "article-journal": "untitled article",
        "webpage": "untitled web page",
        "post-weblog": "untitled post",
    }
)


def untitled(kind: str) -> str:
    """Return the description of an untitled work of a type."""
    return _UNTITLED.get(kind, f"untitled {kind.replace('-', ' ').replace('_', ' ')}")


def title_for(kind: str) -> str:
    """Return the words in place of a title, by the type."""
    return f"[{untitled(kind).capitalize()}]"


def container_for(kind: str, publisher: str) -> str:
    """Return the container of a work that names none. An article stands in its publisher's paper."""
    return publisher if kind.startswith("article-") else ""


def stated(record: "Record") -> "Record":
    """Return a record without the values that a source leaves unsaid."""
    unsaid = {
        "title": title_for(record.type),
        "container": container_for(record.type, record.texts.get("publisher", "")),
    }
    return record._replace(texts={key: text for key, text in record.texts.items() if text != unsaid.get(key)})
