"""Citations in the notes style of the Chicago Manual."""

import re
from collections.abc import Iterator
from typing import Final

from tui.briefing import edtf
from tui.library.records import Source
from tui.library.volume import Volume
from tui.render.page import Span

# The titles of whole works are italic; those of parts of a work have quotation marks.
_ITALIC: Final = frozenset(
    {"book", "report", "thesis", "dataset", "map", "motion_picture", "software", "standard", "periodical"}
)
# The types that neither the container nor the title shows.
_SAID: Final = {
    "hearing": "hearing",
    "interview": "interview",
    "speech": "speech",
    "broadcast": "broadcast",
    "personal_communication": "personal communication",
    "dataset": "dataset",
    "manuscript": "manuscript",
    "treaty": "treaty",
}
_UNTITLED: Final = {
    "article-newspaper": "Untitled newspaper article",
    "article-magazine": "Untitled magazine article",
    "article-journal": "Untitled article",
    "webpage": "Untitled web page",
    "post-weblog": "Untitled post",
    "broadcast": "Untitled broadcast",
    "hearing": "Untitled hearing",
    "interview": "Untitled interview",
    "speech": "Untitled speech",
}
_MOST_AUTHORS: Final = 3
_PAGES: Final = re.compile(r"(?:[0-9]+|[ivxlcdm]+)(?:(?:[-–]|, )(?:[0-9]+|[ivxlcdm]+))*")
_QUOTE_MARKS: Final = re.compile("[\"'“”„‟‘’‚‛]")
_OPENS: Final = "“„‟‘‚‛"
_CURLY: Final = re.compile(r"[“”‘]|’(?!(?<=\w’)\w)(?!(?<=s’)\s[^‘]*’(?!\w))")
"""Quotation marks, without the apostrophes in words and behind an s, where another mark can close the quotation."""
_SINGLE: Final = "'‘’‚‛"
_CLOSES: Final = {"'": re.compile(r"(?<=\S)['’](?!\w)"), '"': re.compile(r"(?<=\S)[\"”](?!\w)")}
"""The closing marks. A straight mark that is not closed is an apostrophe or a prime."""
_GIVES_WAY: Final = re.compile(r"(?:(?<!\.)\.|[,;:])(?=[”’]*$)")
_ABBREVIATION: Final = re.compile(r"(?:\b\w\.\w|\b[A-Z]|\b(?:al|Bros|Co|Corp|Dr|etc|Inc|Jr|Ltd|No|Sr|St|vs))\.[”’]*$")


def citation_with_chain(volume: Volume, source: Source, *, direct: bool = False, page: str = "") -> tuple[Span, ...]:
    """Cite a source with those through which it is known.

    The forms are «X, as reported in Y», and «X, quoted in Y» where the words are direct. Days are written day first.

    Args:
        volume: the briefing.
        source: the source.
        direct: whether the words are the speaker's own.
        page: the page of the words in the source that was read, the last of the chain.
    """
    chain = volume.chain(source)
    pages = [*("" for _ in chain[1:]), page]
    spans = _cited(chain[0], pages[0])
    for link, on_page in zip(chain[1:], pages[1:], strict=True):
        spans = (*_marked(spans, ","), Span(f" {chain_word(direct=direct)} "), *_cited(link, on_page))
        direct = False
    return _stopped(spans)


def chain_word(*, direct: bool) -> str:
    """Return the words between a source and the one that relays it."""
    return "quoted in" if direct else "as reported in"


def text_of(spans: tuple[Span, ...]) -> str:
    """Return the plain text of a citation."""
    return "".join(span.text for span in spans)


def _cited(source: Source, page: str = "") -> tuple[Span, ...]:
    """Cite a source without a stop at the end."""
    spans: tuple[Span, ...] = ()
    for part in _parts(source, page):
        spans = (*_marked(spans, ","), Span(" "), *part) if spans else part
    return spans


def _parts(source: Source, page: str) -> Iterator[tuple[Span, ...]]:
    if source.author:
        yield (Span(_authors(source.author)),)
    title = _title(source)
    # A description in place of a title begins with a small letter behind an author.
    yield (
        title._replace(text=title.text[:1].lower() + title.text[1:]) if source.author and not source.title else title,
    )
    if source.title and source.type in _SAID:
        yield (Span(_SAID[source.type]),)
    if source.container:
        yield (Span(source.container, "emphasis"),)
    if source.publisher and source.publisher not in source.author:
        in_paper = source.type.startswith("article") and not source.container
        yield (Span(source.publisher, "emphasis" if in_paper else "text"),)
    for words in (_issued(source), page_words(page), _accessed(source)):
        if words:
            yield (Span(words),)
    if source.url:
        yield (Span(source.url, "link", source.url),)


def page_words(page: str) -> str:
    """Write a page behind a date: «p. 7». Other places stay unchanged."""
    if not _PAGES.fullmatch(page):
        return page
    return f"{'p.' if page.isalnum() else 'pp.'} {page}"


def _issued(source: Source) -> str:
    if source.issued:
        return edtf.in_words(source.issued)
    return "n.d." if "issued" in source.unknown else ""


def _accessed(source: Source) -> str:
    return f"accessed {edtf.in_words(source.accessed)}" if source.accessed else ""


def untitled(source: Source) -> str:
    """Return the description that stands for a title that is not known."""
    return _UNTITLED.get(source.type, f"Untitled {source.type.replace('-', ' ').replace('_', ' ')}")


def _title(source: Source) -> Span:
    if not source.title:
        return Span(untitled(source))
    title = _quotes_nested(source.title, 0 if source.type in _ITALIC else 1)
    # The comma replaces the title's own stop, comma or colon. An abbreviation's stop, ? and ! stay.
    if not _ABBREVIATION.search(title):
        title = _GIVES_WAY.sub("", title)
    return Span(title, "emphasis") if source.type in _ITALIC else Span(f"“{title}”")


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


def _authors(names: tuple[str, ...]) -> str:
    if len(names) > _MOST_AUTHORS:
        return f"{names[0]} et al."
    if len(names) == _MOST_AUTHORS:
        return f"{names[0]}, {names[1]}, and {names[2]}"
    return " and ".join(names)


def _stopped(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Close a citation with a full stop, unless it has one."""
    last = spans[-1]
    is_stopped = last.role != "link" and last.text.rstrip("”’").endswith((".", "?", "!", "…"))
    return spans if is_stopped else _marked(spans, ".")


def _marked(spans: tuple[Span, ...], mark: str) -> tuple[Span, ...]:
    """Add a comma or full stop, inside closing quotation marks."""
    last = spans[-1]
    closing = len(last.text) - _end_of_words(last.text)
    if last.role == "link" or not closing:
        return (*spans, Span(mark))
    return (*spans[:-1], last._replace(text=f"{last.text[:-closing]}{mark}{last.text[-closing:]}"))


def _end_of_words(text: str) -> int:
    """Return the offset of all quotation marks that close a text."""
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
