"""The rule on Markdown that no page sets."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from tui.checks.author_prose import prose as prose_of
from tui.checks.rule import Finding, Subject, rule


class _Mark(NamedTuple):
    """A mark of Markdown that means nothing here."""

    pattern: re.Pattern[str]
    message: str
    remedy: str
    in_code: bool = False
    """Whether code is searched as well."""


_ITEM: Final = re.compile(r"^(?P<indent>[ \t]*)(?:[-*]|\d{1,3}[.)])[ ]+\S", re.MULTILINE)


_NESTED: Final = 2
"""Blanks by which an item is farther in than one before it."""


_MARKS: Final = (
    _Mark(re.compile(r"!?\[[^\[\]\n]+\]\((?:[^()\s]|\([^()\s]*\))*(?:[ ]+\"[^\"\n]*\")?\)"), "a link of Markdown is not set: {}",
          "write the address as the `url` of a source; [[id|words]] leads to an entry"),
    _Mark(re.compile(r"!?\[[^\[\]\n]+\]\[[^\[\]\n]*\]|^[ ]{0,3}\[(?!\^)[^\[\]\n]+\]:[ ]+\S+", re.MULTILINE),
          "a link of Markdown is not set: {}",
          "write the address as the `url` of a source; [[id|words]] leads to an entry"),
    _Mark(re.compile(r"</?(?:[abipu]|br|code|div|em|h[1-6]|hr|img|li|ol|span|strong|su[bp]|table|t[dhr]|ul)(?:\s[^<>\n]*)?/?>",
                     re.IGNORECASE), "a tag of HTML is not set: {}", "write *emphasis*, **strong**, `code` or plain words"),
    _Mark(re.compile(r"^[ ]{0,3}(?:```+|~~~+).*", re.MULTILINE), "a fence is not set, and its lines run together: {}",
          "write `code` within a line, or a paragraph for each line", in_code=True),
    _Mark(re.compile(r"^[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)+\|?[ ]*$", re.MULTILINE),
          "a table is not set, and its rows run together: {}", "write a list, or an entry for each row"),
    _Mark(re.compile(r"^[ ]{0,3}(?:#{1,6}[ ]+\S.*|={3,}[ ]*$)", re.MULTILINE), "a heading is not set: {}",
          "write **strong** words, or entries with a `title`"),
    _Mark(re.compile(r"^[ ]{0,3}>[ ]+[^\W\d].*", re.MULTILINE), "a quotation set apart is not set: {}",
          "write it within quotation marks, or as the `quote` of a footnote"),
    _Mark(re.compile(r"\[\^[^\[\]\s]+\](?::.*)?"), "a footnote of Markdown is not set: {}", "name its source in `cite`"),
    _Mark(re.compile(r"~~[^~\s](?:[^~\n]*[^~\s])?~~"), "words struck out are not set: {}", "delete them"),
    _Mark(re.compile(r"<!--.*?-->", re.DOTALL), "a comment is shown to every reader: {}",
          "delete it, or write it behind a # outside of the text"),
    _Mark(re.compile(r"&(?:amp|lt|gt|nbsp|quot|apos|shy|[mn]dash|hellip|[lrb][sd]quo|[lr]aquo|#\d+|#[xX][0-9a-fA-F]+);"),
          "a character of HTML is not set: {}", "write the character itself"),
)  # fmt: skip


_SIGNS: Final = re.compile(r"[\[`~|#<&\n]")


_SHOWN: Final = 40


_CLAIM: Final = """\
[[claim]]
id = "closed"
text = "The note says that the bridge is closed."
cite = [{ source = "note" }]
"""


@rule(
    "F003",
    "warning",
    title="Markdown in prose that is not set",
    why="Prose knows emphasis, code, links between entries and lists of one level; all else is read as it is written.",
    remedy="write it with what prose knows",
    example=_CLAIM.replace("the bridge", "[the bridge](https://example.org)"),
    near_miss=_CLAIM.replace("the bridge", "*the bridge*"),
)
def unset(subject: Subject) -> Iterator[Finding]:
    """Find Markdown that no page sets, such as tables and links."""
    for path, text, written in prose_of(subject):
        if written[:1].isalpha() and not _SIGNS.search(written):
            continue  # a line that begins with a letter, and has none of the signs, as most texts
        for mark in _MARKS:
            found = mark.pattern.finditer(written if mark.in_code else text)
            for match in _opening(found) if mark.in_code else found:
                words = match[0].strip()
                shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
                yield Finding(path, mark.message.format(shown), mark.remedy, match.start(), len(match[0]))
        yield from (
            Finding(
                path, "an item within an item is set beside it", "write one list", match.start("indent"), len(match[0])
            )
            for match in _nested(text)
        )


def _opening(fences: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the opening fences."""
    sign = ""
    for fence in fences:
        found = fence[0].lstrip()[0]
        if not sign:
            yield fence
        sign = found if not sign else sign * (found != sign)


def _nested(text: str) -> Iterator[re.Match[str]]:
    """Yield the nested items of lists."""
    outer: int | None = None
    end = 0
    for match in _ITEM.finditer(text):
        if re.search(r"\n[ \t]*\n(?![ \t]*$)", text[end : match.start() + 1]):  # another paragraph began between them
            outer = None
        indent = len(match["indent"].expandtabs(4))
        outer = indent if outer is None else min(outer, indent)
        end = match.end()
        if indent - outer >= _NESTED:
            yield match
