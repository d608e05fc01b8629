"""Notes on laws, cases, treaties and hearings, as lawyers cite them."""

from collections.abc import Iterator

from tui.render.chicago_figures import Precision, date_words, first_page, labelled
from tui.render.citation_marks import Part, part, parts, title
from tui.render.works import Work

LEGAL = frozenset({"bill", "hearing", "legal_case", "legislation", "regulation", "treaty"})
"""The types that are cited so."""


def legal_note(work: Work) -> Iterator[Part]:
    """Yield title, place and date of a legal work."""
    yield _titled(work)
    date = date_words(work.issued, legal_precision(work))
    if work.type == "treaty":
        yield from parts("-".join(work.author), date, _reported(work))
        return
    number = work.text("number")
    if work.type in {"legislation", "regulation"} and number:
        kind = work.text("genre") or ("Pub. L." if work.type == "legislation" else "")
        number = f"{kind} No. {number}".strip()
    elif work.type in {"bill", "hearing"}:
        number = f"{work.text('genre')} {number}".strip() if work.title else ""
    elif work.container:
        number = ""
    yield from parts(number, _reported(work))
    if date:
        yield part(f"({date})", joiner=" ")
    if work.type == "hearing":
        if work.author:
            yield part(f"(testimony of {work.names(work.author, '&')})", joiner=" ")
        # The Manual leaves them out; they say whose recording or page was read.
        yield from parts(work.container, work.publisher)


def _titled(work: Work) -> Part:
    if not work.title:
        return part(work.description[:1].upper() + work.description[1:])
    if work.type != "hearing":
        return part(work.title)
    words = work.title if "hearing" in work.title.lower() else f"{work.title}: Hearing"
    return Part((title(words, italic=True),))


def legal_precision(work: Work) -> Precision:
    """Return the precision of a date. Treaties and unreported cases have days."""
    return "day" if work.type == "treaty" or (work.type == "legal_case" and not work.container) else "year"


def _reported(work: Work) -> str:
    """Return volume, reporter and first page: 539 U.S. 558."""
    if not work.container or work.type == "hearing":
        return ""
    page = first_page(work.text("page"))
    if not page and work.type == "treaty":
        page = labelled("No.", work.text("number"))
    elif not page and work.type == "legal_case":
        page = "___"
    return " ".join(filter(None, (work.text("volume"), work.container, page)))
