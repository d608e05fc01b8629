"""Words in place of signs, for text that may be read aloud."""

import re
from collections.abc import Iterator
from typing import Final

from tui.render import signs
from tui.render.page import Block, Para, Role, Span, linear

_SIGNS: Final = "".join(sign.symbol for sign in signs.SYMBOLS if sign is not signs.BOOKMARK)
_WORDS: Final = (
    (re.compile(rf"[ \u00a0]*{signs.DOT.symbol} "), "; "),
    (re.compile(rf"(?<=\w)(?<!against) {signs.AT_LEAST.symbol} "), ", at least "),
    (re.compile(rf"(?<=\w)(?<!against) {signs.AT_MOST.symbol} "), ", at most "),
    (re.compile(rf"{signs.AT_LEAST.symbol}\s?"), "at least "),
    (re.compile(rf"{signs.AT_MOST.symbol}\s?"), "at most "),
    (re.compile(rf"{signs.TIMES.symbol}(?=\d)"), "times "),
    (re.compile(rf"{signs.PARAGRAPH.symbol}(?=\d)"), "paragraph "),
    (re.compile(rf" \([{_SIGNS}]\)|:? [{_SIGNS}]+(?=\.)|[{_SIGNS}][ \u00a0]?"), ""),
)
"""The words for signs. A sign beside its own words is left out."""
_FACTS: Final[frozenset[Role]] = frozenset({"meta", "muted", "warning", "new", "rating", "conflict", "number", "note"})
"""The roles of the program's own words. Other text may be an author's, and stays."""


def spoken(text: str) -> str:
    """Return a text of the program with words instead of signs."""
    if not text.isascii():
        for sign, words in _WORDS:
            text = sign.sub(words, text)
    return text


def aloud(block: Block) -> Block:
    """Return a block uncut, with words in place of signs."""
    whole = linear(block)
    return whole._replace(paras=tuple(map(_para, whole.paras)))


def _para(para: Para) -> Para:
    """Return a paragraph without signs. Facts that signs kept apart become a sentence."""
    spans = tuple(_spans(para.spans))
    marker = None if para.marker and para.marker.text.strip() in _SIGNS else para.marker
    is_changed = marker is not para.marker or spans != para.spans
    if is_changed and marker is None and spans and spans[0].role in _FACTS:
        first, said = spans[0], "".join(span.text for span in spans).rstrip("”’) ")
        spans = (first._replace(text=first.text[:1].upper() + first.text[1:]), *spans[1:])
        spans = spans if said.endswith((".", "!", "?", ":", ";")) else (*spans, Span(".", "meta"))
    return para._replace(spans=spans, marker=marker)


def _spans(spans: tuple[Span, ...]) -> Iterator[Span]:
    """Yield spans in words. The space behind an omitted sign is omitted too."""
    is_left_out = False
    for span in spans:
        said = spoken(span.text) if span.role in _FACTS else span.text
        said = said.lstrip(" \u00a0") if is_left_out else said
        is_left_out = not said
        if said:
            yield span._replace(text=said)
