"""Paragraphs with indented first lines, as in books and wire stories."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_LINE: Final = re.compile(r"[^\n]+")
_INDENT: Final = re.compile(r"[ \t\f]*")
_ITEM: Final = re.compile(r"(?:[-*•+–—]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)])[ \t]")
_SENTENCE_END: Final = re.compile(r"[.!?…:][\"'”’»)\]]*[ \t\r]*$")
_MOST_INDENTED: Final = 16
"""Blanks beyond which a line is centred or stands in a table."""
_BEHIND_SENTENCES: Final = 0.8
"""The least share of the indented lines that stand behind the end of a sentence."""
_WITHIN_SENTENCES: Final = 0.5
"""The least share of the other lines that continue a sentence. Items of a list at the margin do not."""


class _Line(NamedTuple):
    start: int
    end: int
    indent: int
    ends: bool
    """Whether the line ends a sentence."""


def indented_paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a span of a text at indented first lines.

    The span stays whole where no line is indented, or where the indentation marks something else, such as a list.

    Args:
        text: the text.
        start: offset of the first character of the stretch.
        end: offset behind its last one.
    """
    if text.find("\n ", start, end) < 0 and text.find("\n\t", start, end) < 0:
        return [(start, end)]
    lines = list(_lines(text, text.rfind("\n", 0, start) + 1, end))
    if _ITEM.match(text, start):  # what is indented below it belongs to it
        return [(start, end)]
    margin = min(line.indent for line in lines)
    deep = [margin < line.indent <= margin + _MOST_INDENTED for line in lines]
    pairs = list(zip(lines, lines[1:], deep[1:], strict=False))
    # A heading ends no sentence, and stands above the first of them.
    behind = [before.ends for before, _, is_deep in pairs if is_deep and (before.ends or before is not lines[0])]
    within = [not before.ends for before, _, is_deep in pairs if not is_deep]
    if not behind or sum(behind) < _BEHIND_SENTENCES * len(behind) or sum(within) < _WITHIN_SENTENCES * len(within):
        return [(start, end)]
    firsts = [start]
    firsts += [
        line.start
        for (before, line, is_deep), was_deep in zip(pairs, deep, strict=False)
        if is_deep and (before.ends or not was_deep)
    ]
    ends = [*(first for first in firsts[1:]), end]
    return list(zip(firsts, ends, strict=True))


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    for match in _LINE.finditer(text, start, end):
        words = match[0]
        blank = _INDENT.match(words)
        indent = len(blank[0].expandtabs(4)) if blank else 0
        if words.strip():
            yield _Line(match.start(), match.end(), indent, bool(_SENTENCE_END.search(words)))
