"""Converts the elements of a web page to paragraphs, in reading order."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from tui.authoring.extraction.list_numbers import markers
from tui.authoring.extraction.scripts import above, below
from tui.authoring.extraction.sets import word_set

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLOCKS: Final = word_set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td "
    "tfoot th thead tr ul"
)
UNREAD: Final = word_set(
    "script style template head title noscript svg canvas iframe object embed audio video map datalist select button input "
    "textarea option rp annotation annotation-xml meter progress dialog"
)
"""Elements without text for a reader, or with controls only."""
_LAYS_OUT: Final = frozenset({"table", "h1", "h2", "h3", "h4", "article", "section", "pre", "form"})
"""Elements whose presence in a cell shows that the table lays out a page."""
_RAISED: Final = re.compile(r"vertical-align:\s*(?:super|text-top)", re.IGNORECASE)
_LOWERED: Final = re.compile(r"vertical-align:\s*sub", re.IGNORECASE)
_NOTE_CLASS: Final = re.compile(r"(?:^|[\s_-])(?:foot|end)?note(?:s|ref|[\s_-]|$)|reference", re.IGNORECASE)
_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_LINE: Final = "\x0b"
"""A line break within a paragraph, distinct from the file's own white space."""
_PARAGRAPH: Final = re.compile(rf"{_LINE}\s*{_LINE}\s*")
_MARK: Final = re.compile(r"[\w*†‡]{1,4}")
_DEEPEST: Final = 8
"""The deepest nesting of lines, such as notes in cells. Below it only the words are read."""
_QUOTES: Final = {"de": "„“‚‘", "fr": "«»‹›", "it": "«»“”", "es": "«»“”", "ru": "«»„“", "pl": "„”«»", "cs": "„“‚‘"}


def text_of(root: "Element", leave: "Callable[[Element], bool]", lang: str = "") -> str:
    """Return the text of an element, with blank lines between paragraphs.

    Args:
        root: the element.
        leave: whether an element is left out.
        lang: the language of the page, which decides its quotation marks.
    """
    writer = _Writer(leave, _QUOTES.get(lang.lower()[:2], "“”‘’"))
    writer.walk(root)
    writer.end()
    return "\n\n".join(writer.paragraphs)


class _Writer:
    """The paragraphs of a page, read element by element."""

    def __init__(self, leave: "Callable[[Element], bool]", quotes: str, depth: int = 0) -> None:
        self.paragraphs: list[str] = []
        self.quotes = quotes
        self._leave = leave
        self._depth = depth
        self._line: list[str] = []
        self._prefix = ""
        self._markers: dict[Element, str] = {}
        self._verbatim = False

    def walk(self, root: "Element") -> None:
        """Read an element and its content. Recursion is avoided, since pages may be deep."""
        waiting: list[Element | Callable[[], None] | str] = [root]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                self._line.append(item.replace("\n", _LINE) if self._verbatim else item)
            elif callable(item):
                item()
            else:
                waiting.extend(reversed(list(self._entered(item))))

    def _entered(self, element: "Element") -> "Iterator[Element | Callable[[], None] | str]":
        name = name_of(element)
        if not name or name in UNREAD or self._leave(element):
            return
        if inline := _inline(name, element):
            yield from inline(self, element)
        elif name not in _BLOCKS:
            yield from _children(element)
        elif name == "table" and is_of_data(element):
            self.end()
            self._rows(element)
        else:
            self.end()
            self._begin(name, element)
            yield from _children(element)
            yield lambda: self._close(name)

    def _begin(self, name: str, element: "Element") -> None:
        if name in {"ol", "ul", "menu", "dir"}:
            self._markers.update(markers(element))
        elif name == "li":
            self._prefix += self._markers.pop(element, "-") + " "
        elif name == "pre":
            self._verbatim = True

    def _close(self, name: str) -> None:
        self.end()
        if name == "pre":
            self._verbatim = False
        elif name == "li":
            self._prefix = ""

    def end(self) -> None:
        """End the paragraph."""
        line = _SPACES.sub(" ", "".join(self._line))
        self._line.clear()
        for part in _PARAGRAPH.split(line):
            self._add(re.sub(rf" *{_LINE} *", "\n", part).strip())

    def _add(self, words: str) -> None:
        if words:
            self.paragraphs.append(self._prefix + words)
            self._prefix = ""

    def _rows(self, table: "Element") -> None:
        """Write a table as a paragraph of rows, after its caption."""
        rows = []
        for row in table.iter("caption", "tr"):
            if row.tag == "caption":
                self._add(self.flat(row))
                continue
            cells = [self.flat(cell) for cell in row if name_of(cell) in {"td", "th"} and not self._leave(cell)]
            if any(cells):
                rows.append(" | ".join(cells))
        self._add("\n".join(rows))

    def flat(self, element: "Element") -> str:
        """Return an element's text on one line."""
        if self._depth == _DEEPEST:
            return " ".join("".join(map(str, element.itertext())).split())
        inner = _Writer(self._leave, self.quotes, self._depth + 1)
        inner.walk_within(element)
        return " ".join(" ".join(inner.paragraphs).split())

    def walk_within(self, element: "Element") -> None:
        """Read the content of an element, without the element's own rules."""
        for item in _children(element):
            if isinstance(item, str):
                self._line.append(item)
            else:
                self.walk(item)
        self.end()

    def attached_to(self) -> str:
        """Return the character before the next words; empty after white space."""
        last = next((words for words in reversed(self._line) if words), " ")[-1]
        return "" if last.isspace() else last


def _break(_: _Writer, __: "Element") -> Iterator[str]:
    yield _LINE


def _raised(writer: _Writer, element: "Element") -> Iterator[str]:
    words = writer.flat(element)
    links = [*element.iter("a"), *element.iterancestors("a")]
    note = any("#" in (link.get("href") or "") for link in links) or _NOTE_CLASS.search(element.get("class") or "")
    yield above(words, before=writer.attached_to(), note=bool(note))


def _lowered(writer: _Writer, element: "Element") -> Iterator[str]:
    yield below(writer.flat(element), before=writer.attached_to(), following=(element.tail or " ")[:1])


def _link(writer: _Writer, element: "Element") -> "Iterator[Element | str]":
    """Yield a link's content, in brackets where the link marks a note.

    Such a mark follows a word directly, links to an anchor of the page, and is not raised by a `sup`.
    """
    leads = (element.get("href") or "").startswith("#") or element.get("role") == "doc-noteref"
    marks = leads and writer.attached_to() and not has(element, "sup")
    words = writer.flat(element) if marks else ""
    if _MARK.fullmatch(words):
        yield f"[{words}]"
    else:
        yield from _children(element)


def _quotation(writer: _Writer, element: "Element") -> "Iterator[Element | str]":
    depth = sum(name_of(outer) == "q" for outer in element.iterancestors()) % 2 * 2
    yield writer.quotes[depth]
    yield from _children(element)
    yield writer.quotes[depth + 1]


def _reading(writer: _Writer, element: "Element") -> Iterator[str]:
    """Yield a ruby text in brackets, as browsers without ruby show it."""
    yield f"({writer.flat(element)})"


def _power(writer: _Writer, element: "Element") -> "Iterator[Element | str]":
    for index, part in enumerate(element):
        yield above(writer.flat(part), before="0", note=False) if index else part


def _fraction(_: _Writer, element: "Element") -> "Iterator[Element | str]":
    for index, part in enumerate(element):
        yield from ("/",) if index else ()
        yield part


_INLINE: "Final[dict[str, Callable[[_Writer, Element], Iterator[Element | str]]]]" = {
    "sup": _raised,
    "sub": _lowered,
    "br": _break,
    "a": _link,
    "q": _quotation,
    "rt": _reading,
    "msup": _power,
    "mfrac": _fraction,
}


def _inline(name: str, element: "Element") -> "Callable[[_Writer, Element], Iterator[Element | str]] | None":
    style = element.get("style")
    if style and name not in _BLOCKS:
        if _RAISED.search(style):
            return _raised
        if _LOWERED.search(style):
            return _lowered
    return _INLINE.get(name)


def has(element: "Element", *names: str) -> bool:
    """Whether an element contains another with one of some names."""
    return next(element.iterdescendants(*names), None) is not None


def name_of(element: "Element") -> str:
    """Return an element's name in lower case, without its namespace.

    The name is empty for comments and processing instructions.
    """
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def is_of_data(table: "Element") -> bool:
    """Whether a table holds data and does not lay out a page.

    No cell of such a table has headings, tables or many paragraphs.
    """
    if table.get("role") in {"presentation", "none"}:
        return False
    if any(name_of(inner) in _LAYS_OUT for inner in table.iterdescendants()):
        return False
    rows = [[cell for cell in row if name_of(cell) in {"td", "th"}] for row in table.iter("tr")]
    if max(map(len, rows), default=0) < 2 and not has(table, "th"):
        return False
    return not any(len(list(cell.iter("p"))) > 2 for row in rows for cell in row)


def _children(element: "Element") -> "Iterator[Element | str]":
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail
