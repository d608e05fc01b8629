"""Elements of HTML and XML. All text in them is escaped, and nothing else makes one."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias, Union

from tui.briefing.characters import FORBIDDEN

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-:][A-Za-z0-9]+)*")
_RAW: Final = frozenset({"style", "iframe", "object", "embed"})
"""Elements whose text would not be read as text, or that bring other pages."""
_URLS: Final = frozenset({"href", "src", "action"})
_LOCAL: Final = re.compile(r"[\w./-]*(?:\?[\w=&-]*)?(?:#[\w.:-]*)?", re.ASCII)
"""An address within the site."""
_SCHEME: Final = re.compile(r"[^/?#]*?:")
_WEB: Final = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_NO_ADDRESS: Final = re.compile(r"[\s\\]")
_VOID: Final = frozenset({"br", "col", "hr", "img", "input", "link", "meta"})
_LINES: Final = frozenset({"section", "article", "div", "li", "tr", "meta", "link", "entry"})
"""Elements that end a line, so that two editions can be compared line by line."""
Node: TypeAlias = Union["Element", str, None]
"""A child of an element; None is left out."""
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Element:
    """An element as it is written. Only `element` and `xml_element` make one."""

    __slots__ = ("markup",)

    def __init__(self, markup: str) -> None:
        """Keep markup."""
        self.markup = markup


def element(name: str, attributes: Mapping[str, str] = _NONE, *children: Node) -> Element:
    """Create an element of HTML.

    Raises:
        ValueError: a name is none, an address could run something, or the element could hold foreign code.
    """
    begin = _begun(name, attributes) if attributes else _named(name)
    if name == "script" and (children or "src" not in attributes):
        raise ValueError("a script has no text of its own")
    if not children and name in _VOID:
        return Element(f"{begin}>\n" if name in _LINES else f"{begin}>")
    if len(children) == 1 and isinstance(children[0], str):  # most elements have one text
        return Element(f"{begin}>{escaped(children[0])}{_end(name)}")
    return Element(f"{begin}>{_joined(children)}{_end(name)}")


def xml_element(name: str, attributes: Mapping[str, str] = _NONE, *children: Node) -> Element:
    """Create an element of XML.

    Raises:
        ValueError: likewise.
    """
    return Element(f"{_begun(name, attributes)}>{_joined(children)}</{name}>\n")


def _begun(name: str, attributes: Mapping[str, str]) -> str:
    """Write the beginning of an element."""
    text = _named(name)
    for key, value in attributes.items():
        text += _attribute(key, value)
    return text


@cache
def _end(name: str) -> str:
    return f"</{name}>\n" if name in _LINES else f"</{name}>"


@cache
def _named(name: str) -> str:
    if not _is_name(name):
        raise ValueError(f"a page has no element {name!r}")
    return f"<{name}"


@lru_cache(maxsize=4096)
def _attribute(key: str, value: str) -> str:
    """Write an attribute; most occur again and again."""
    if not _is_attribute(key):
        raise ValueError(f"an element has no attribute {key!r}")
    if key in _URLS and not is_address(value):
        raise ValueError(f"no page leads to {value[:80]!r}")
    return f' {key}="{escaped(value)}"' if value else f' {key}=""' if key == "href" else f" {key}"


def _joined(children: tuple[Node, ...]) -> str:
    return "".join(
        [child.markup if isinstance(child, Element) else escaped(child) for child in children if child is not None]
    )


def _is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and name not in _RAW


@cache
def _is_attribute(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and not name.startswith("on") and name not in {"style", "srcdoc"}


def is_address(text: str) -> bool:
    """Whether a text is an address of the site or the web."""
    if _LOCAL.fullmatch(text):
        return not text.startswith("//")
    if _WEB.match(text):
        return not FORBIDDEN.search(text) and "\n" not in text
    return not (_SCHEME.match(text) or text.startswith(("//", "/\\")) or _NO_ADDRESS.search(text))


def document(root: Element) -> bytes:
    """Write a page of HTML."""
    return f"<!DOCTYPE html>\n{root.markup}\n".encode()


def xml(root: Element) -> bytes:
    """Write a document of XML."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{root.markup}'.encode()


def escaped(text: str) -> str:
    """Escape a text for an element or an attribute, without forbidden characters."""
    # The space that breaks no line is frequent, and not printable.
    if not (text.isprintable() or text.replace("\u00a0", "").isprintable()):
        text = FORBIDDEN.sub("", text.replace("\t", " "))
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text or ">" in text or '"' in text:
        text = text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text
