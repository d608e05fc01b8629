"""Blocks of a page as elements of HTML."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from tui.library.volume import Volume
from tui.render import signs
from tui.render.page import Block, Page, Para, Role, Span, linear
from tui.site.addresses import Addresses, mark_anchor
from tui.site.elements import Element, Node, element, is_address

_ELEMENTS: Final[Mapping[Role, str]] = {
    "strong": "strong",
    "title": "strong",
    "emphasis": "em",
    "code": "code",
    "quote": "q",
    "passage": "mark",
}
"""The elements of roles. Those of other roles are spans with the role as their class."""
_PLAIN: Final = frozenset({"text", "rule", "link"})
_ITEMS: Final = frozenset(
    sign.symbol
    for sign in (signs.BULLET, signs.ONWARD, signs.INWARD, signs.CONFLICT, signs.ASSESSED, signs.SAME, signs.APART,
                 signs.SHARED, signs.STEP, signs.SUPPORTS, signs.CONTRADICTS, signs.MENTIONS, signs.SILENT)
)  # fmt: skip
"""The markers of items of a list."""
_DIGITS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_QUIET: Final = frozenset({"meta", "muted", "rating", "quote", "link", "number", "conflict", "note", "remark"})
"""The roles of a line of facts."""
_ALONE: Final = frozenset({"muted", "warning", "remark", "quote"})
"""The roles that a whole paragraph may have."""
_VOICE: Final = frozenset({"text", "strong", "emphasis", "heading", "title", "link", "remark", "quote"})
"""The roles of the briefing's own words. All others are words of the program."""


class Setter:
    """Sets the paragraphs of one page of a briefing."""

    def __init__(self, volume: Volume, page: str) -> None:
        """Set a page. `page` is its path in the briefing's folder."""
        self.volume = volume
        self.addresses = Addresses(volume, page)
        self._lang: Mapping[str, str] = {} if volume.edition.lang == "en" else {"lang": volume.edition.lang}

    def inline(self, spans: Iterable[Span], holder: str = "") -> tuple[Node, ...]:
        """Set spans. `holder` is the id of the entry whose footnotes they mark."""
        return tuple(self._span(span, holder) for span in spans if span.text)

    def _span(self, span: Span, holder: str) -> Node:
        role, target = span.role, span.target
        text = span.whole if span.whole and span.text.endswith("…") else span.text
        if role == "note" and target.startswith("note:") and holder:
            return self._mark(text, holder, target)
        name = _ELEMENTS.get(role, "span")
        attributes: dict[str, str] = {} if role in _PLAIN or role in _ELEMENTS else {"class": role}
        attributes |= self._lang if role in _VOICE else {}
        address = self.address(target, holder)
        if address:
            return element("a", {"href": address, **attributes}, text)
        return element(name, attributes, text) if attributes or name != "span" else text

    def address(self, target: str, holder: str = "") -> str:
        """Return the address of a target; empty where the site has none."""
        if target.startswith(("http://", "https://")):
            return target if is_address(target) else ""
        return self.addresses.of(target, holder) if target else ""

    def _mark(self, text: str, holder: str, target: str) -> Element:
        position, number = int(target.partition(":")[2]), text.translate(_DIGITS)
        attributes = {
            "href": self.addresses.of(target, holder),
            "id": mark_anchor(holder, position),
            "role": "doc-noteref",
            "aria-label": f"footnote {number}",
        }
        return element("sup", {}, element("a", attributes, number))

    def flow(self, paras: Sequence[Para], holder: str = "") -> Iterator[Node]:
        """Set paragraphs, those with the marker of an item as lists."""
        at = 0
        while at < len(paras):
            if _is_item(paras[at]):
                end = at + 1
                while end < len(paras) and (_is_item(paras[end]) or paras[end].indent > paras[at].indent):
                    end += 1
                yield self._items(paras[at:end], holder)
                at = end
            else:
                yield self.para(paras[at], holder)
                at += 1

    def _items(self, paras: Sequence[Para], holder: str) -> Element:
        items: list[tuple[Para, list[Para]]] = []
        for para in paras:
            if _is_item(para):
                items.append((para, []))
            else:
                items[-1][1].append(para)
        return element("ul", {}, *(self._item(first, others, holder) for first, others in items))

    def _item(self, first: Para, others: Sequence[Para], holder: str) -> Element:
        mark = first.marker or Span("")
        sign = None if mark.text == signs.BULLET.symbol else element("span", {"class": f"sign {mark.role}"}, mark.text)
        said = element("p", {"dir": "auto"}, sign, " " if sign else None, *self.inline(first.spans, holder))
        return element("li", {}, said, *(self.para(para, holder) for para in others))

    def para(self, para: Para, holder: str = "") -> Element:
        """Set a paragraph, with its marker before it."""
        number = self.marker(para)
        kind = _kind(para)
        attributes = {"dir": "auto", **({"class": kind} if kind else {})}
        return element("p", attributes, *([number, " "] if number else []), *self.inline(para.spans, holder))

    def marker(self, para: Para) -> Node:
        """Set the marker before a paragraph, mostly a number."""
        return self._span(para.marker, "") if para.marker and para.marker.text.strip() else None

    def page(self, page: Page) -> Iterator[Element]:
        """Set the blocks of a page without a form of its own."""
        for index in range(len(page)):
            block = linear(page.block(index))
            if block.paras:
                yield element("div", {"class": "block" if block.counts else "block head"}, *self.flow(block.paras))

    def block(self, block: Block) -> Iterator[Node]:
        """Set the paragraphs of a block, uncut."""
        return self.flow(linear(block).paras)


def _kind(para: Para) -> str:
    """Return the class of a paragraph, by the roles of its spans."""
    roles = {span.role for span in para.spans if span.text.strip()}
    if para.spans and para.spans[0].role == "heading":
        return "heading"
    if "meta" in roles and roles <= _QUIET:
        return "meta"
    return next(iter(roles)) if len(roles) == 1 and roles <= _ALONE else ""


def _is_item(para: Para) -> bool:
    return para.marker is not None and para.marker.text in _ITEMS
