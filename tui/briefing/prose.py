"""The Markdown of prose: emphasis, strong, code, links to entries, and lists."""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

Style = Literal["plain", "emphasis", "strong", "code", "link"]

_INLINE: Final = re.compile(
    # What is open ends at the next mark or not at all: nothing is tried again, however far that is.
    r"`(?P<code>[^`]++)`"
    r"|\[\[(?P<target>[^\[\]|\n]++)(?:\|(?P<shown>[^\[\]\n]++))?\]\]"
    r"|\*\*(?=\S)(?P<strong>[^*]++)(?<=\S)\*\*"
    r"|\*(?=\S)(?P<emphasis>[^*]++)(?<=\S)\*"
)
_MARKS: Final = ("*", "`", "[[")
"""The beginnings of runs. Their absence is found in a hundredth of a parser's time."""
_OPENING: Final = 4096
"""Characters that are parsed for the first few words."""
BULLET: Final = "-"
"""The marker of an item without a number."""
_ITEM: Final = re.compile(r"^[ ]{0,3}(?:[-*]|(?P<number>\d{1,3})[.)])[ ]+")


class Run(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style = "plain"
    target: str = ""
    """The id that a link leads to."""


class Passage(NamedTuple):
    """A paragraph or an item of a list."""

    runs: tuple[Run, ...]
    marker: str = ""
    """The marker of an item, such as `BULLET` or ``2.``; empty for a paragraph."""


def parse(text: str) -> tuple[Passage, ...]:
    """Split prose into paragraphs and items. A link without words has an empty text."""
    if _is_bare(text):
        return (Passage((Run(words),)),) if (words := text.strip()) else ()
    return tuple(Passage(tuple(_runs(words)), marker) for marker, words in _blocks(text))


def link_targets(text: str) -> Iterator[tuple[int, int]]:
    """Return the spans of the linked ids in prose."""
    start, end, words = 0, 0, list[int]()
    for line in (*_lines(text), ""):
        item, is_blank = _ITEM.match(line), not line or line.isspace()
        if (item or is_blank) and words:
            first = words[0]
            yield from (match.span("target") for match in _INLINE.finditer(text, first, end) if match["target"])
            words = []
        if not is_blank:
            words.append(start + (item.end() if item else 0))
        start, end = start + len(line) + 1, start + len(line)


def plain(text: str) -> str:
    """Return the words of prose on one line, without marks."""
    if _is_bare(text):
        return text.strip()
    return " ".join("".join(run.text or run.target for run in passage.runs) for passage in parse(text))


def opening(text: str, length: int) -> str:
    """Return at least so many characters of the words of prose.

    Of a long text only the beginning is parsed.
    """
    size = max(_OPENING, 4 * length)
    words = plain(text[:size])
    while size < len(text):
        size *= 2
        more = plain(text[:size])
        # A run that ends far behind may begin among the first words: then a longer beginning says otherwise.
        if len(words) > length and more[:length] == words[:length]:
            break
        words = more
    return words


def _is_bare(text: str) -> bool:
    """Whether prose is one paragraph without marks, as most texts are."""
    return not ("\n" in text or any(mark in text for mark in _MARKS) or _ITEM.match(text))


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    marker, words = "", list[str]()
    for line in _lines(text):
        item = _ITEM.match(line)
        if item or not line or line.isspace():
            if words:
                yield marker, " ".join(words)
            marker, words = "", []
        if item:
            marker = f"{item['number']}." if item["number"] else BULLET
        if rest := line[item.end() if item else 0 :].strip():
            words.append(rest)
    if words:
        yield marker, " ".join(words)


def _lines(text: str) -> Iterator[str]:
    """Split a text at line breaks. A text of one line is not copied."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _runs(text: str) -> Iterator[Run]:
    end = 0
    for match in _inline(text):
        if match.start() > end:
            yield Run(text[end : match.start()])
        end = match.end()
        if match["code"]:
            yield Run(match["code"], "code")
        elif match["target"]:
            yield Run(match["shown"] or "", "link", match["target"])
        elif match["strong"]:
            yield Run(match["strong"], "strong")
        else:
            yield Run(match["emphasis"], "emphasis")
    if end < len(text):
        yield Run(text[end:])


def _inline(text: str) -> Iterator[re.Match[str]]:
    """Find the runs that are marked, from the left."""
    places = [place for mark in _MARKS if (place := text.find(mark)) >= 0]
    return _INLINE.finditer(text, min(places)) if places else iter(())
