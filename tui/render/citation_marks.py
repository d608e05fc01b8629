"""Punctuation of citations: quotation marks, commas and stops."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from tui.render.page import Role, Span

_QUOTE_MARKS: Final = re.compile("[\"'“”„‟‘’‚‛]")
_OPENS: Final = "“„‟‘‚‛"
_CURLY: Final = re.compile(r"[“”‘]|’(?!(?<=\w’)\w)(?!(?<=s’)\s[^‘]*’(?!\w))")
"""Quotation marks, without the apostrophes in words and behind an s, where another mark can close the quotation."""
_SINGLE: Final = "'‘’‚‛"
_CLOSES: Final = {"'": re.compile(r"(?<=\S)['’](?!\w)"), '"': re.compile(r"(?<=\S)[\"”](?!\w)")}
"""The closing marks. A straight mark that is not closed is an apostrophe or a prime."""
_GIVES_WAY: Final = re.compile(r"(?:(?<!\.)\.|[,;:])(?=[”’]*$)")
_ABBREVIATION: Final = re.compile(r"(?:\b\w\.\w|\b[A-Z]|\b(?:al|Bros|Co|Corp|Dr|etc|Inc|Jr|Ltd|No|Sr|St|vs))\.[”’]*$")


class Part(NamedTuple):
    """A part of a citation."""

    spans: tuple[Span, ...]
    joiner: str = ", "
    """The signs between the part before and this one."""


def part(text: str, role: Role = "text", joiner: str = ", ") -> Part:
    """Return a part of one span."""
    return Part((Span(text, role),), joiner)


def parts(*texts: str) -> Iterator[Part]:
    """Yield a part for each text that is not empty."""
    return (part(text) for text in texts if text)


def joined(written: Iterable[Part]) -> tuple[Span, ...]:
    """Join the parts of a citation, without a stop at the end."""
    spans: tuple[Span, ...] = ()
    for one in written:
        if not spans:
            spans = one.spans
        elif mark := one.joiner.rstrip():
            spans = (*marked(spans, mark), Span(" "), *one.spans)
        else:
            spans = (*spans, Span(one.joiner), *one.spans)
    return spans


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Merge neighbours that are plain text."""
    found: list[Span] = []
    for span in spans:
        if found and span.role == "text" == found[-1].role:
            found[-1] = Span(found[-1].text + span.text)
        else:
            found.append(span)
    return tuple(found)


def title(text: str, *, italic: bool) -> Span:
    """Set a title in italics or in quotation marks."""
    words = _quotes_nested(text, 0 if italic else 1)
    # The comma replaces the title's own stop, comma or colon. An abbreviation's stop, ? and ! stay.
    if not _ABBREVIATION.search(words):
        words = _GIVES_WAY.sub("", words)
    return Span(words, "emphasis") if italic else Span(f"“{words}”")


def _quotes_nested(text: str, depth: int) -> str:
    """Return a text with curly quotation marks."""
    opened: list[bool] = []  # for each open mark, whether it is a single one

    def mark(match: re.Match[str]) -> str:
        found, is_single = match[0], match[0] in _SINGLE
        before, behind = text[: match.start()][-1:], text[match.end() : match.end() + 1]
        if before.isalnum() and behind.isalnum():
            return "’" if is_single and not behind.isdigit() else found
        is_straight = found in "\"'" and not before.isalnum() and behind.strip() != ""
        may_open = found in _OPENS or (is_straight and bool(_CLOSES[found].search(text, match.end())))
        # A German closing mark is an English opening mark.
        if opened and opened[-1] == is_single and found not in "„‚" and before.strip() and not behind.isalnum():
            opened.pop()
            return "”’"[(depth + len(opened)) % 2]
        if may_open:
            opened.append(is_single)
            return "“‘"[(depth + len(opened) - 1) % 2]
        return "’" if is_single else found

    return _QUOTE_MARKS.sub(mark, text)


def stopped(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Close a citation with a full stop, unless it has one."""
    last = spans[-1]
    is_stopped = last.role != "link" and last.text.rstrip("”’").endswith((".", "?", "!", "…"))
    return spans if is_stopped else marked(spans, ".")


def marked(spans: tuple[Span, ...], mark: str) -> tuple[Span, ...]:
    """Add a comma or full stop, inside closing quotation marks."""
    last = spans[-1]
    closing = len(last.text) - _end_of_words(last.text)
    if last.role == "link" or not closing:
        return (*spans, Span(mark))
    return (*spans[:-1], last._replace(text=f"{last.text[:-closing]}{mark}{last.text[-closing:]}"))


def _end_of_words(text: str) -> int:
    """Return the offset of all quotation marks that close a text."""
    if not text.endswith(("”", "’")):
        return len(text)
    open_marks: list[str] = []
    closing = set()
    for match in _CURLY.finditer(text):
        mark = match[0]
        if mark in "“‘":
            open_marks.append(mark)
        elif mark == "”":
            while open_marks and open_marks.pop() != "“":  # an apostrophe may look like an opening mark
                pass
            closing.add(match.start())
        elif mark == "’" and open_marks[-1:] == ["‘"]:
            open_marks.pop()
            closing.add(match.start())
    end = len(text)
    while end - 1 in closing:
        end -= 1
    return end
