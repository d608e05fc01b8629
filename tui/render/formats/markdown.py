"""The export to Markdown (CommonMark). Footnotes keep their numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from tui.briefing import edtf
from tui.briefing.characters import cleaned
from tui.library.summaries import Summary
from tui.render import signs
from tui.render.library import counts_words, publication_words
from tui.render.page import Block, Page, Para, Span, linear
from tui.render.words import count

if TYPE_CHECKING:
    from tui.render.selection import Selection

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|&~])")
# The beginning of a list, a rule or an underlined heading.
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
"""The markers that make a paragraph an item of a list."""
_WRAPS: Final = {
    "strong": "**",
    "heading": "**",
    "number": "**",
    "emphasis": "*",
    "quote": "*",
    "remark": "*",
    "code": "`",
}


def library(rows: Sequence[Summary], width: int) -> Iterator[str]:  # noqa: ARG001 (Markdown has no lines)
    """Write the list of the library."""
    for row in rows:
        said = f"cannot be opened: {count(len(row.problems), 'problem')}" if row.problems else counts_words(row)
        facts = ", ".join((f"`{row.id}`", edtf.in_words(row.as_of), *publication_words(row.publication)))
        yield f"- **{escaped(row.title)}** ({facts}): {said}".replace("\u00a0", " ")


def briefing(selection: "Selection", width: int) -> Iterator[str]:  # noqa: ARG001 (likewise)
    """Write the pages of a selection."""
    for number, page in enumerate(selection.pages()):
        if number:
            yield ""
        yield from page_markdown(page)


def page_markdown(page: Page) -> Iterator[str]:
    """Write a page line by line, below its title."""
    yield f"# {escaped(page.title)}"
    yield ""
    yield from blocks_markdown(page.block(index) for index in range(len(page)))


def blocks_markdown(blocks: Iterable[Block]) -> Iterator[str]:
    """Write blocks line by line, an empty line behind each paragraph."""
    for block in blocks:
        for para in linear(block).paras:
            yield from (_para(para), "")


def _para(para: Para) -> str:
    text = _LINE_START.sub(r"\1\\", spans_markdown(para.spans))
    if para.marker is None:
        return text
    marker = para.marker.text
    if marker in _ITEMS:
        return f"- {'' if marker in {signs.BULLET.symbol, ' '} else marker + ' '}{text}"
    return f"**{escaped(marker)}** {text}"


def spans_markdown(spans: Iterable[Span]) -> str:
    """Write spans of a line."""
    return "".join(map(_span, spans)).replace("\u00a0", " ")


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
    """Escape all Markdown of a text."""
    return _SPECIAL.sub(r"\\\1", text)
