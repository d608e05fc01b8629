"""The syntax of Markdown, as pandoc, CommonMark and GitHub read it alike.

What a text has of this syntax is escaped, so that it stays text in all three.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from tui.briefing.characters import cleaned
from tui.render.page import Span

Link = Callable[[str], str]
"""Returns the address of a span's target; empty where the document has none."""

_SPECIAL: Final = re.compile(
    # Marks of either reader, and what pandoc's typography or GitHub's pictures would replace.
    r"[\\`*_\[\]<>#|&~^@{}\"']|\$(?!\d)|(?<=-)-|(?<=\.)\.|(?<=[wW]{3})\.|:(?=[\w+-]+:)"
)
# The beginning of a list, a rule, an underlined heading, a definition or the caption of a table.
_LINE_START: Final = re.compile(
    r"((?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,12}))(?=[.)](?:\s|$))|(?=[-+=:]|\(\w+\))|([Tt]able)(?=:)"
)
_ADDRESS: Final = re.compile(
    r"(?:https?|ftp)://(?:[^\s<>\"`\\^{|}\[\]()*&]|&(?!#?\w+;))*[^\s<>\"`\\^{|}\[\]()*&.,;:!?'_~]", re.IGNORECASE
)
_UNSAFE: Final = re.compile(r"[^\w.~:/?#@!$&+,;=%*-]|[^\x21-\x7e]")
_BLANK: Final = re.compile(r"\s")
_FENCE: Final = re.compile("`+")
_MARKS: Final = {"strong": "**", "heading": "**", "number": "**", "emphasis": "*", "code": "`"}
"""The marks around the words of a role. Words of a source have quotation marks already."""


def nowhere(_target: str) -> str:
    """Return no address, for a line in which nothing is linked."""
    return ""


def escaped(text: str, *, linked: bool = True) -> str:
    """Escape all Markdown of a text. Its addresses become links if `linked`."""
    if not linked:
        return _SPECIAL.sub(r"\\\g<0>", text)
    parts, at = [], 0
    for match in _ADDRESS.finditer(text):
        parts += [escaped(text[at : match.start()], linked=False), f"<{match[0]}>"]
        at = match.end()
    return "".join([*parts, escaped(text[at:], linked=False)])


def paragraph(text: str) -> str:
    """Return a line of Markdown that begins no list and no heading."""
    return (
        _LINE_START.sub(lambda match: f"{match[0]}\\", text.strip(), count=1)
        if _LINE_START.match(text.strip())
        else text.strip()
    )


class _Piece(NamedTuple):
    """A stretch of a line with one mark."""

    mark: str
    text: str
    written: str
    """The Markdown without the mark."""


def spans_markdown(spans: Iterable[Span], link: Link = nowhere) -> str:
    """Write the spans of a line."""
    pieces: list[_Piece] = []
    for piece in (_piece(span, link) for span in spans if span.text):
        if pieces and piece.mark == pieces[-1].mark != "`":
            _, text, written = pieces.pop()
            pieces.append(_Piece(piece.mark, text + piece.text, written + piece.written))
        else:
            pieces.append(piece)
    texts = ["", *(piece.text for piece in pieces), ""]
    line = ""
    for piece, before, behind in zip(pieces, texts, texts[2:], strict=False):
        line += _marked(piece, "*" if line.endswith("*") else before[-1:], behind[:1])
    return line


def _piece(span: Span, link: Link) -> _Piece:
    text = _BLANK.sub(" ", cleaned(span.text))
    mark = _MARKS.get(span.role, "")
    address = span.target if span.target.startswith(("http://", "https://")) else link(span.target)
    if not address or not text.strip():
        return _Piece(mark, text, text if mark == "`" else escaped(text))
    if text == address and _ADDRESS.fullmatch(text):
        return _Piece(mark.strip("`"), text, f"<{text}>")
    core = text.strip()
    before, behind = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    target = _UNSAFE.sub(_percent, address).replace("&", "&amp;")
    return _Piece(mark.strip("`"), text, f"{before}[{escaped(core, linked=False)}]({target}){behind}")


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _marked(piece: _Piece, before: str, behind: str) -> str:
    """Put a mark around a piece, where it counts as one."""
    mark, text, written = piece
    if not mark or not text.strip():
        return written
    if mark == "`":
        return _code(text)
    core = written.strip(" ")
    start, end = written[: len(written) - len(written.lstrip(" "))], written[len(written.rstrip(" ")) :]
    opens = bool(start) or _is_apart(before) or not _is_sign(text.strip()[0])
    closes = bool(end) or _is_apart(behind) or not _is_sign(text.strip()[-1])
    return f"{start}{mark}{core}{mark}{end}" if opens and closes and before != "*" else written


def _is_sign(character: str) -> bool:
    """Whether Markdown takes a character for punctuation."""
    return unicodedata.category(character)[0] in "PS"


def _is_apart(character: str) -> bool:
    return not character or character.isspace() or _is_sign(character)


def _code(text: str) -> str:
    """Write words as code, between more backticks than they have."""
    core = text.strip(" ")
    fence = "`" * (max(map(len, _FENCE.findall(core)), default=0) + 1)
    room = " " if core[0] == "`" or core[-1] == "`" else ""
    start, end = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    return f"{start}{fence}{room}{core}{room}{fence}{end}"


def headed(level: int, text: str, name: str = "") -> tuple[str, ...]:
    """Write a heading below its anchor, with the empty line behind it.

    The anchor stands apart: pandoc copies what is in a heading into the table of contents.
    """
    anchored = (f'<div id="{name}"></div>', "") if name else ()
    return (*anchored, heading(level, text), "")


def heading(level: int, text: str) -> str:
    """Write a heading."""
    return f"{'#' * min(level, 6)} {text}".rstrip()


def anchor(name: str) -> str:
    """Write an anchor within a line. No heading of pandoc's has a colon in its own."""
    return f'<span id="{name}"></span>'


def table(heads: Sequence[tuple[str, int]], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Write a table, line by line.

    Args:
        heads: the heads of the columns with their relative widths, which pandoc takes for long cells.
        rows: the cells of each row, as Markdown without a line break.
    """
    yield _row([name for name, _ in heads])
    yield _row(["-" * max(3, width) for _, width in heads])
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
