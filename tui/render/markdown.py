"""Pages as Markdown (CommonMark); footnotes keep their numbers, and stand below an entry that is written in full."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tui.briefing.characters import cleaned
from tui.render import signs
from tui.render.linear import linear
from tui.render.page import Block, Page, Para, Span

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|&~])")
# What would begin a list, a rule or an underlined heading.
_LINE_START: Final = re.compile(r"^ *(?:(\d{1,9})(?=[.)])|(?=[-+=]))")
_ITEMS: Final = frozenset(
    {" "}
    | {
        sign.symbol
        for sign in (
            signs.BULLET, signs.ONWARD, signs.INWARD, signs.CONFLICT, signs.ASSESSED, signs.SAME, signs.APART, signs.SHARED,
            signs.STEP, signs.SUPPORTS, signs.CONTRADICTS, signs.MENTIONS, signs.SILENT, signs.UNREAD, signs.CHANGED,
        )
    }
)  # fmt: skip
"""Markers that make a paragraph an item of a list."""
_WRAPS: Final = {"strong": "**", "heading": "**", "number": "**", "emphasis": "*", "quote": "*", "code": "`"}


def page_markdown(page: Page, *, level: int = 1) -> Iterator[str]:
    """Give a page line by line, below its title."""
    yield f"{'#' * level} {escaped(page.title)}"
    yield ""
    yield from blocks_markdown(page.block(place) for place in range(len(page)))


def blocks_markdown(blocks: Iterable[Block]) -> Iterator[str]:
    """Give blocks line by line, an empty line behind each paragraph."""
    for block in blocks:
        for para in linear(block).paras:
            yield from (_para(para), "")


def _para(para: Para) -> str:
    text = _LINE_START.sub(r"\1\\", "".join(map(_span, para.spans)).replace("\u00a0", " "))
    if para.marker is None:
        return text
    marker = para.marker.text
    if marker in _ITEMS:
        return f"- {'' if marker in {signs.BULLET.symbol, ' '} else marker + ' '}{text}"
    return f"**{escaped(marker)}** {text}"


def _span(span: Span) -> str:
    text = cleaned(span.text)
    if span.target.startswith("http"):
        return f"<{text}>"
    mark = _WRAPS.get(span.role, "")
    core = text.strip(" ")
    if not mark or not core:
        return escaped(text)
    before, behind = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    return f"{before}{mark}{core if mark == '`' else escaped(core)}{mark}{behind}"


def escaped(text: str) -> str:
    """Write text so that nothing in it is Markdown."""
    return _SPECIAL.sub(r"\\\1", text)
