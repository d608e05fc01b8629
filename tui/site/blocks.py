"""Blocks of a page as elements of HTML."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple, get_args

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
_LOOKS: Final[Mapping[str, str]] = {"muted": "meta"}
"""Roles that look like another in print, so that both can be one element."""
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


class _Form(NamedTuple):
    """The element of a role."""

    name: str = ""
    """Empty for bare text."""
    attributes: Mapping[str, str] = MappingProxyType({})
    look: str = ""
    """The class of an element that is nothing but its class."""


_BARE: Final = _Form()


class Setter:
    """Sets the paragraphs of one page of a briefing."""

    def __init__(self, volume: Volume, page: str) -> None:
        """Set a page. `page` is its path in the briefing's folder."""
        self.volume = volume
        self.addresses = Addresses(volume, page)
        lang: Mapping[str, str] = {} if volume.edition.lang == "en" else {"lang": volume.edition.lang}
        self._forms = _forms(lang)
        self._known: dict[str, str] = {}

    def inline(self, spans: Iterable[Span], holder: str = "", kind: str = "") -> tuple[Node, ...]:
        """Set spans. Neighbours of one form are one element.

        Args:
            spans: the spans.
            holder: the id of the entry whose footnotes they mark.
            kind: the class of the paragraph. Spans of this class need no element of their own.
        """
        found: list[Node] = []
        words, form = "", _BARE
        for span in spans:
            text, role, target, whole = span
            if not text:
                continue
            if whole and text.endswith("…"):
                text = whole
            if target:
                found += _formed(words, form)
                words, form = "", _BARE
                found.append(self._linked(text, role, target, holder))
                continue
            own = self._forms[role]
            if kind and own.look == kind:
                own = _BARE
            if own is not form:
                found += _formed(words, form)
                words, form = "", own
            words += text
        return (*found, *_formed(words, form))

    def _linked(self, text: str, role: Role, target: str, holder: str) -> Node:
        name, attributes, _ = self._forms[role]
        if role == "note" and holder and target.startswith("note:"):
            return self._mark(text, holder, target)
        if address := self.address(target, holder):
            return element("a", {"href": address, **attributes}, text)
        return element(name, attributes, text) if name else text

    def address(self, target: str, holder: str = "") -> str:
        """Return the address of a target; empty where the site has none."""
        if holder and target.startswith("note:"):
            return self.addresses.of(target, holder)
        found = self._known.get(target)
        if found is None:
            is_web = target.startswith(("http://", "https://"))
            found = (target if is_address(target) else "") if is_web else self.addresses.of(target) if target else ""
            self._known[target] = found
        return found

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
        said = self.inline(para.spans, holder, kind)
        return element("p", attributes, *([number, " "] if number else []), *said)

    def marker(self, para: Para) -> Node:
        """Set the marker before a paragraph, mostly a number."""
        return next(iter(self.inline([para.marker])), None) if para.marker and para.marker.text.strip() else None

    def page(self, page: Page) -> Iterator[Element]:
        """Set the blocks of a page without a form of its own."""
        for index in range(len(page)):
            block = linear(page.block(index))
            if block.paras:
                yield element("div", {"class": "block" if block.counts else "block head"}, *self.flow(block.paras))

    def block(self, block: Block) -> Iterator[Node]:
        """Set the paragraphs of a block, uncut."""
        return self.flow(linear(block).paras)


def _forms(lang: Mapping[str, str]) -> Mapping[Role, _Form]:
    """Return the form of each role. Roles that look alike share theirs."""
    known: dict[str, _Form] = {}
    return {role: known.setdefault(_LOOKS.get(role, role), _form(role, lang)) for role in get_args(Role)}


def _form(role: Role, lang: Mapping[str, str]) -> _Form:
    """Return a role's element and its attributes."""
    look = "" if role in _PLAIN or role in _ELEMENTS else _LOOKS.get(role, role)
    attributes = {**({"class": look} if look else {}), **(lang if role in _VOICE else {})}
    name = _ELEMENTS.get(role, "span" if attributes else "")
    return _Form(name, attributes, look if len(attributes) == 1 else "") if name else _BARE


def _formed(words: str, form: _Form) -> Iterator[Node]:
    if words:
        yield element(form.name, form.attributes, words) if form.name else words


def _kind(para: Para) -> str:
    """Return the class of a paragraph, by the roles of its spans."""
    roles = {span.role for span in para.spans if span.text.strip()}
    if para.spans and para.spans[0].role == "heading":
        return "heading"
    if "meta" in roles and roles <= _QUIET:
        return "meta"
    only = next(iter(roles)) if len(roles) == 1 and roles <= _ALONE else ""
    return _LOOKS.get(only, only)


def _is_item(para: Para) -> bool:
    return para.marker is not None and para.marker.text in _ITEMS
