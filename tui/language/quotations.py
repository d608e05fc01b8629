"""The text inside quotation marks."""

import re
from collections.abc import Iterator
from typing import Final

from tui.language.spans import Span

_CLOSERS: Final = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "「": "」", '"': '"', "‘": "’"}
_UNCLOSED: Final = frozenset("“„«")
"""Marks that need not be closed before the end of a paragraph."""
_OPENER: Final = re.compile('[“„«»‹「"‘]')
_MARK: Final = re.compile(r"[“”„«»‹›「」\"‘’]|\n[ \t\r]*\n")


def quotations(text: str) -> tuple[Span, ...]:
    """Return the spans inside quotation marks, without the marks. Spans do not nest.

    A typographic quotation that is not closed runs to the end of its paragraph, as printers open each paragraph of a long
    one anew. A straight mark without its fellow in the paragraph opens none.
    """
    return tuple(span for span in _paired(text) if span.start < span.end) if _OPENER.search(text) else ()


def _paired(text: str) -> Iterator[Span]:
    opener, start = "", 0
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if mark[0] == "\n":
            if opener in _UNCLOSED:
                yield Span(start, at)
            opener = ""
        elif not opener:
            if _opens(text, mark, at):
                opener, start = mark, match.end()
        elif mark in _CLOSERS[opener] and _closes(text, mark, at):
            yield Span(start, at)
            opener = ""
    if opener in _UNCLOSED:
        yield Span(start, len(text))


def _opens(text: str, mark: str, at: int) -> bool:
    if mark not in _CLOSERS:
        return False
    # An inch or a closing mark whose fellow is missing stands behind a letter; an opening one does not.
    return mark not in {'"', "‘", "»"} or not (at and text[at - 1].isalnum())


def _closes(text: str, mark: str, at: int) -> bool:
    # Within a word, or behind an s before a blank, ’ is more often an apostrophe; only the former is certain.
    return mark != "’" or not (at + 1 < len(text) and text[at + 1].isalnum())
