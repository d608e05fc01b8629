"""Elements of HTML and XML. All text is escaped when it is written."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias, Union

from tui.briefing.characters import FORBIDDEN

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-:][A-Za-z0-9]+)*")
_RAW: Final = frozenset({"script", "style", "iframe", "object", "embed"})
"""Elements whose text would not be read as text, or that bring other pages."""
_URLS: Final = frozenset({"href", "src", "action"})
_SCHEME: Final = re.compile(r"[^/?#]*?:")
_SAFE: Final = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_VOID: Final = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_BREAKS: Final = frozenset(
    {
        "html",
        "head",
        "body",
        "header",
        "main",
        "footer",
        "nav",
        "section",
        "article",
        "ol",
        "ul",
        "table",
        "tbody",
        "svg",
    }
    | {"thead", "feed", "entry"}
)
"""Elements whose children begin a line each, so that two editions can be compared line by line."""
Node: TypeAlias = Union["Element", str, None]
"""A child of an element; None is left out."""
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Element(NamedTuple):
    """An element with its attributes and children."""

    name: str
    attributes: Mapping[str, str]
    children: tuple[Node, ...]


def element(name: str, attributes: Mapping[str, str] = _NONE, *children: Node) -> Element:
    """Create an element.

    Raises:
        ValueError: a name is none, an address could run something, or the element could hold foreign code.
    """
    for key, value in attributes.items():
        if not _NAME.fullmatch(key) or key.startswith("on") or key in {"style", "srcdoc"}:
            raise ValueError(f"an element has no attribute {key!r}")
        if key in _URLS and not is_address(value):
            raise ValueError(f"no page leads to {value[:80]!r}")
    if not _NAME.fullmatch(name) or (name in _RAW and (name != "script" or children or "src" not in attributes)):
        raise ValueError(f"a page has no element {name!r}")
    return Element(name, attributes, children)


def is_address(text: str) -> bool:
    """Whether a text is an address of the site or the web."""
    if _SAFE.match(text):
        return not FORBIDDEN.search(text)
    return not _SCHEME.match(text) and not text.startswith(("//", "\\", "/\\")) and not re.search(r"[\s\\]", text)


def each(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return children as a tuple."""
    return tuple(nodes)


def text_of(node: Node) -> str:
    """Return the words of an element."""
    if node is None or isinstance(node, str):
        return node or ""
    return "".join(map(text_of, node.children))


def document(root: Element) -> bytes:
    """Write a page of HTML."""
    return f"<!DOCTYPE html>\n{written(root)}\n".encode()


def xml(root: Element) -> bytes:
    """Write a document of XML."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written(root, is_xml=True)}\n'.encode()


def written(node: Node, *, is_xml: bool = False) -> str:
    """Write an element with all that is in it."""
    parts: list[str] = []
    _write(node, parts, is_xml=is_xml)
    return "".join(parts)


def _write(node: Node, parts: list[str], *, is_xml: bool) -> None:
    if node is None:
        return
    if isinstance(node, str):
        parts.append(escaped(node))
        return
    name, attributes, children = node
    parts.append(f"<{name}")
    for key, value in attributes.items():
        parts.append(f' {key}="{escaped(value)}"' if value or is_xml else f" {key}")
    if not children and (is_xml or name in _VOID):
        parts.append("/>" if is_xml else ">")
        return
    parts.append(">")
    apart = name in _BREAKS
    for child in children:
        if child is not None:
            if apart:
                parts.append("\n")
            _write(child, parts, is_xml=is_xml)
    parts.append(f"\n</{name}>" if apart else f"</{name}>")


def escaped(text: str) -> str:
    """Escape a text for an element or an attribute, without forbidden characters."""
    if not text.isprintable():
        text = FORBIDDEN.sub("", text.replace("\t", " "))
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text or ">" in text or '"' in text:
        text = text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text
