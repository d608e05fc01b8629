"""Paragraphs of pages as blocks of Markdown: headings, lists, quotations."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tui.render import signs
from tui.render.formats.markdown_syntax import Link, heading, nowhere, paragraph, spans_markdown
from tui.render.page import Block, Para, Span, linear

_PLAIN: Final = frozenset(
    {" "}
    | {
        sign.symbol
        for sign in (
            signs.BULLET, signs.ONWARD, signs.INWARD, signs.CONFLICT, signs.SAME, signs.APART, signs.SHARED,
            signs.STEP, signs.SUPPORTS, signs.CONTRADICTS, signs.MENTIONS, signs.SILENT, signs.UNREAD, signs.CHANGED,
        )
    }
)  # fmt: skip
"""The markers of items whose words say the same."""
_ORDINAL: Final = re.compile(r"[0-9]{1,9}\.")


class Writer:
    """Writes paragraphs one by one, with the empty lines between them."""

    def __init__(self, link: Link, level: int) -> None:
        """Begin below a heading.

        Args:
            link: returns the addresses of links.
            level: the level of headings among the paragraphs.
        """
        self._link = link
        self.level = level
        self._items: list[tuple[int, int]] = []
        """The open items: the indent of their text on the page, and their columns in Markdown."""
        self._last = ""

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Write blocks of a page."""
        for block in blocks:
            yield from self.paras(linear(block).paras, block.target)

    def paras(self, paras: Iterable[Para], target: str = "") -> Iterator[str]:
        """Write the paragraphs of a block; `target` is that of its number."""
        self._items.clear()
        for para in paras:
            yield from self.para(para, target)

    def para(self, para: Para, target: str = "", before: str = "", behind: str = "") -> Iterator[str]:
        """Write a paragraph, with Markdown before and behind its words."""
        target = (para.marker.target if para.marker else "") or target
        if para.marker is not None and target:  # the number leads there
            para = para._replace(
                spans=tuple(one._replace(target=one.target * (one.target != target)) for one in para.spans)
            )
        said = [span for span in para.spans if span.text.strip()]
        if (
            para.marker is None
            and said
            and said[0].role == "heading"
            and {one.role for one in said} <= {"heading", "meta"}
        ):
            yield from self.raw(heading(self.level, plain_words(para.spans)))
            return
        text = before + spans_markdown(_capital(para.spans), self._link) + (f" {behind}" if behind else "")
        if not text.strip():
            return
        if para.marker is not None and para.marker.text != signs.ASSESSED.symbol:
            yield from self._item(para, text, target)
            return
        while self._items and para.indent < self._items[-1][0]:
            self._items.pop()
        is_remark = any(span.role == "remark" for span in said)
        yield from self._line(("> " if is_remark else "") + paragraph(text), "remark" if is_remark else "text")

    def raw(self, *lines: str) -> Iterator[str]:
        """Write a block of Markdown outside of all lists."""
        self._items.clear()
        if self._last:
            yield ""
        self._last = "raw"
        yield from lines

    def _item(self, para: Para, text: str, target: str) -> Iterator[str]:
        marker = para.marker or Span("")
        while self._items and para.indent <= self._items[-1][0]:
            self._items.pop()
        name = marker.text.strip()
        sign = f"{name} " if _ORDINAL.fullmatch(name) else "- "
        if name and name not in _PLAIN and sign == "- ":
            text = f"{spans_markdown([Span(name, 'number', target)], self._link)} {text.lstrip()}"
        yield from self._line(sign + paragraph(text), "item")
        self._items.append((para.indent, len(sign)))

    def _line(self, text: str, kind: str) -> Iterator[str]:
        room = " " * sum(width for _, width in self._items)
        if self._last and (kind, self._last) != ("item", "item"):
            yield f"{room}>" if kind == self._last == "remark" else ""
        self._last = kind
        yield room + text


def _capital(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Begin a line of facts with a capital letter."""
    first = spans[0] if spans else Span("")
    if first.role not in {"meta", "conflict"} or "://" in first.text:
        return spans
    return (first._replace(text=first.text[:1].upper() + first.text[1:]), *spans[1:])


def plain_words(spans: Iterable[Span]) -> str:
    """Write the words of spans without marks and links."""
    return spans_markdown((Span(span.text) for span in spans), nowhere).strip()
