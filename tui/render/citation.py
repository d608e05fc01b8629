"""Citations: a source's note, with the sources through which it is known."""

import re
from typing import Final

from tui.library.records import Source
from tui.library.volume import Volume
from tui.render.page import Span

_PAGES: Final = re.compile(r"(?:[0-9]+|[ivxlcdm]+)(?:(?:[-–]|, )(?:[0-9]+|[ivxlcdm]+))*")


def citation_with_chain(volume: Volume, source: Source, *, direct: bool = False, page: str = "") -> tuple[Span, ...]:
    """Cite a source with those through which it is known.

    The forms are «X, as reported in Y», and «X, quoted in Y» where the words are direct. Days are written day first.

    Args:
        volume: the briefing.
        source: the source.
        direct: whether the words are the speaker's own.
        page: the page of the words in the source that was read, the last of the chain.
    """
    from tui.render import citation_marks

    *inner, outer = volume.chain(source)
    spans: tuple[Span, ...] = ()
    for link in (*inner, outer):
        cited = citation(volume, link, page if link is outer else "")
        if spans:
            spans = (*citation_marks.marked(spans, ","), Span(f" {chain_word(direct=direct)} "), *cited)
            direct = False
        else:
            spans = cited
    return citation_marks.merged(citation_marks.stopped(spans))


def citation(volume: Volume, source: Source, page: str = "") -> tuple[Span, ...]:
    """Cite a source alone, without a stop at the end."""
    # A reader who opens no citation goes without the style.
    from tui.render.chicago import note
    from tui.render.citation_marks import joined
    from tui.render.works import work_of

    return joined(note(work_of(volume, source), page_words(page)))


def whole_date(volume: Volume, source: Source) -> str:
    """Return the date of a source if its citation shortens it."""
    from tui.render.chicago import precision
    from tui.render.chicago_figures import date_words
    from tui.render.works import work_of

    words = date_words(source.issued, "day")
    return "" if words == date_words(source.issued, precision(work_of(volume, source))) else words


def chain_word(*, direct: bool) -> str:
    """Return the words between a source and the one that relays it."""
    return "quoted in" if direct else "as reported in"


def text_of(spans: tuple[Span, ...]) -> str:
    """Return the plain text of a citation."""
    return "".join(span.text for span in spans)


def page_words(page: str) -> str:
    """Write a page behind a date: «p. 7». Other places stay unchanged."""
    if not _PAGES.fullmatch(page):
        return page
    return f"{'p.' if page.isalnum() else 'pp.'} {page}"
