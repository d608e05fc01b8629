"""From what stands on the lines of a page to paragraphs, so that a quote may run over the end of a line."""

import re
from collections.abc import Iterator
from typing import Final

from tui.briefing.characters import FORBIDDEN

LINE_HYPHEN: Final = "\ufffe"
"""What PDFium gives for a hyphen at the end of a line; within a rectangle it gives U+0002 instead."""
_FULL: Final = 0.75
"""A line that ends a sentence and is shorter than this share of the widest ends its paragraph; in justified and ragged
text alike the lines within a paragraph are nearly as wide as the column."""
_SENTENCE_END: Final = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_SOFT_HYPHEN: Final = "\u00ad"
_SPACES: Final = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def paragraphs_of_lines(pages: list[str]) -> str:
    """Join the lines of some pages to paragraphs, a blank line between two.

    A blank line parts them, and so does a short line that ends a sentence. A word that was parted at the end of a line
    is joined; its hyphen stays where what follows begins with a capital or a digit.
    """
    lines = [line for page in pages for line in _lines(page)]
    widest = max((len(line) for line in lines), default=0)
    return "\n\n".join(_joined(lines, _FULL * widest))


def tidied(text: str) -> tuple[str, int]:
    """Make a text fit to be held: Unix line ends, plain single spaces, no soft hyphens, nothing forbidden.

    Returns:
        The text, and how many forbidden characters were left out.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(_SOFT_HYPHEN, "").replace("\f", "\n\n")
    text, dropped = FORBIDDEN.subn("", _SPACES.sub(" ", text))
    lines = (line.strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip() + "\n", dropped


def _lines(page: str) -> Iterator[str]:
    # PDFium breaks no line behind its mark for a hyphen.
    page = re.sub(f"[\x02{LINE_HYPHEN}]", f"{LINE_HYPHEN}\n", page)
    for line in page.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        yield _SPACES.sub(" ", line).strip()


def _joined(lines: list[str], full: float) -> Iterator[str]:
    paragraph = ""
    for line in lines:
        if not line:
            # The end of a page within a sentence is no end of a paragraph.
            if paragraph and _SENTENCE_END.search(paragraph):
                yield paragraph
                paragraph = ""
            continue
        paragraph = _continued(paragraph, line)
        if len(line) < full and _SENTENCE_END.search(line):
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph.removesuffix(LINE_HYPHEN)


def _continued(paragraph: str, line: str) -> str:
    if paragraph.endswith(LINE_HYPHEN):
        hyphen = "" if line[0].islower() else "-"
        return f"{paragraph.removesuffix(LINE_HYPHEN)}{hyphen}{line}"
    return f"{paragraph} {line}" if paragraph else line
