"""The small Markdown of prose fields: emphasis, strong, code, links to entries, and lists."""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

Style = Literal["plain", "emphasis", "strong", "code", "link"]

_INLINE: Final = re.compile(
    r"`(?P<code>[^`]+)`"
    r"|\[\[(?P<target>[^\[\]|\n]+)(?:\|(?P<shown>[^\[\]\n]+))?\]\]"
    r"|\*\*(?=\S)(?P<strong>[^*]+?)(?<=\S)\*\*"
    r"|\*(?=\S)(?P<emphasis>[^*]+?)(?<=\S)\*"
)
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
    """What stands before an item, such as ``•`` or ``2.``; empty for a paragraph."""


def parse(text: str) -> tuple[Passage, ...]:
    """Split prose into paragraphs and items; a link without words of its own has an empty text."""
    return tuple(Passage(tuple(_runs(words)), marker) for marker, words in _blocks(text))


def plain(text: str) -> str:
    """Give prose as words alone, on one line."""
    return " ".join("".join(run.text or run.target for run in passage.runs) for passage in parse(text))


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    marker, words = "", list[str]()
    for line in text.split("\n"):
        item = _ITEM.match(line)
        if item or not line.strip():
            if words:
                yield marker, " ".join(words)
            marker, words = "", []
        if item:
            marker = f"{item['number']}." if item["number"] else "•"
        if rest := line[item.end() if item else 0 :].strip():
            words.append(rest)
    if words:
        yield marker, " ".join(words)


def _runs(text: str) -> Iterator[Run]:
    end = 0
    for match in _INLINE.finditer(text):
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
