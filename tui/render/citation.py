"""Sources in the notes style of the Chicago Manual of Style (17th edition, chapter 14), days written day first."""

import re
from collections.abc import Iterator
from typing import Final

from tui.briefing import edtf
from tui.library.records import Source
from tui.library.volume import Volume
from tui.render.page import Span

# Works that stand by themselves carry an italic title; what stands in something larger carries quotation marks.
_ITALIC: Final = frozenset(
    {"book", "report", "thesis", "dataset", "map", "motion_picture", "software", "standard", "periodical"}
)
# The type is said where neither the container nor the title makes it plain.
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
_SINGLE: Final = "'‘’‚‛"
_CLOSES: Final = {"'": re.compile(r"(?<=\S)['’](?!\w)"), '"': re.compile(r"(?<=\S)[\"”](?!\w)")}
"""What closes a straight mark; one that nothing closes is an apostrophe or a prime."""
_GIVES_WAY: Final = re.compile(r"(?:(?<!\.)\.|[,;:])(?=[”’]*$)")
_ABBREVIATION: Final = re.compile(r"(?:\b\w\.\w|\b[A-Z]|\b(?:al|Bros|Co|Corp|Dr|etc|Inc|Jr|Ltd|No|Sr|St|vs))\.[”’]*$")


def citation_with_chain(volume: Volume, source: Source, *, direct: bool = False, page: str = "") -> tuple[Span, ...]:
    """Cite a source as it is known: «X, as reported in Y», and «X, quoted in Y» where the words are direct.

    Args:
        volume: the briefing.
        source: the source.
        direct: whether the words are the speaker's own.
        page: where the words stand in the text that was really read: the last of the chain.
    """
    chain = volume.chain(source)
    pages = [*("" for _ in chain[1:]), page]
    spans = _cited(chain[0], pages[0])
    for link, on_page in zip(chain[1:], pages[1:], strict=True):
        spans = (*_marked(spans, ","), Span(f" {chain_word(direct=direct)} "), *_cited(link, on_page))
        direct = False
    return _stopped(spans)


def chain_word(*, direct: bool) -> str:
    """Give the words that join a source to the one through which it is known."""
    return "quoted in" if direct else "as reported in"


def text_of(spans: tuple[Span, ...]) -> str:
    """Give a citation as plain text."""
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
    # A description in place of a title is no title: behind an author it goes on in small letters.
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
    """Write a page as it is cited behind a date, where a bare number would be read with it; another place as it stands."""
    if not _PAGES.fullmatch(page):
        return page
    return f"{'p.' if page.isalnum() else 'pp.'} {page}"


def _issued(source: Source) -> str:
    if source.issued:
        return edtf.in_words(source.issued)
    return "n.d." if "issued" in source.unknown else ""


def _accessed(source: Source) -> str:
    return f"accessed {edtf.in_words(source.accessed)}" if source.accessed else ""


def _title(source: Source) -> Span:
    if not source.title:
        return Span(_UNTITLED.get(source.type, f"Untitled {source.type.replace('-', ' ').replace('_', ' ')}"))
    title = _quotes_nested(source.title, 0 if source.type in _ITALIC else 1)
    # Its own stop, comma or colon gives way to the comma; the stop of an abbreviation, ? and ! stay.
    if not _ABBREVIATION.search(title):
        title = _GIVES_WAY.sub("", title)
    return Span(title, "emphasis") if source.type in _ITALIC else Span(f"“{title}”")


def _quotes_nested(text: str, depth: int) -> str:
    """Return a text with curly quotation marks, double and single by turns from a depth on."""
    opened: list[bool] = []  # whether each that is open was a single one

    def mark(match: re.Match[str]) -> str:
        found, is_single = match[0], match[0] in _SINGLE
        before, behind = text[: match.start()][-1:], text[match.end() : match.end() + 1]
        if before.isalnum() and behind.isalnum():
            return "’" if is_single and not behind.isdigit() else found
        is_straight = found in "\"'" and not before.isalnum() and behind.strip() != ""
        may_open = found in _OPENS or (is_straight and bool(_CLOSES[found].search(text, match.end())))
        # German marks close with one that opens in English.
        if opened and opened[-1] == is_single and found not in "„‚‘" and before.strip() and not behind.isalnum():
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
    """End a citation with a full stop; what ends in a stop of its own needs none."""
    last = spans[-1]
    is_stopped = last.role != "link" and last.text.rstrip("”’").endswith((".", "?", "!", "…"))
    return spans if is_stopped else _marked(spans, ".")


def _marked(spans: tuple[Span, ...], mark: str) -> tuple[Span, ...]:
    """Put a comma or full stop behind; American practice puts it inside closing quotation marks."""
    last = spans[-1]
    closing = len(last.text) - _end_of_words(last.text)
    if last.role == "link" or not closing:
        return (*spans, Span(mark))
    return (*spans[:-1], last._replace(text=f"{last.text[:-closing]}{mark}{last.text[-closing:]}"))


def _end_of_words(text: str) -> int:
    """Return where the closing quotation marks at the end of a text begin; ’ may be an apostrophe."""
    end = len(text.removesuffix("”"))
    single = re.search(r"‘(?:[^‘’]|(?<=\w)’(?=\w))*’$", text[:end])
    return end - 1 if single else end
