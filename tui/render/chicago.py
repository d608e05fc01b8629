"""Notes in the style of the Chicago Manual, 18th edition. Days stand before months."""

import re
from collections.abc import Iterator
from typing import Final

from tui.render.chicago_figures import (
    Precision,
    date_words,
    edition_words,
    is_numeric,
    labelled,
    page_range,
)
from tui.render.chicago_legal import LEGAL, legal_note, legal_precision
from tui.render.citation_marks import Part, part, parts, title
from tui.render.page import Span
from tui.render.works import Work

_DAILY: Final = frozenset({"article-magazine", "article-newspaper"})
_SERIAL: Final = _DAILY | {"article-journal", "periodical", "post-weblog", "review", "review-book"}
_SITES: Final = frozenset({"post", "webpage"})
_ENTRIES: Final = frozenset({"entry", "entry-dictionary", "entry-encyclopedia"})
_ITALIC: Final = frozenset({"book", "classic", "graphic", "hearing", "map"})
_ITALIC_ALONE: Final = frozenset(
    {"broadcast", "event", "figure", "motion_picture", "musical_score", "pamphlet", "performance", "periodical",
     "report", "software", "song", "standard"}
)  # fmt: skip
"""The types whose titles are italic unless they stand in something larger. Other titles have quotation marks."""
_PLAIN: Final = frozenset({"collection", "patent"})
_BRACKETED: Final = frozenset(
    {"book", "chapter", "classic", "interview", "musical_score", "pamphlet", "paper-conference", "report", "thesis"}
)
"""The types whose publisher and date stand in parentheses."""
_OF_A_YEAR: Final = _BRACKETED | {"figure", "motion_picture"}
"""The types whose date is a year."""
_SAID: Final = {
    "interview": "interview",
    "manuscript": "unpublished manuscript",
    "personal_communication": "personal communication",
    "speech": "speech",
}
"""The types that are said where nothing else tells."""
_GENRE_BEHIND: Final = frozenset({"document", "report", "software", "standard"})
"""The types whose genre stands behind the container; so do uncounted events."""
_EVENTS: Final = frozenset({"event", "performance", "speech"})
_NUMBER_BEFORE: Final = frozenset({"broadcast", "graphic", "map", "motion_picture"})
"""The types whose number stands before the container."""
_LINKED: Final = re.compile(r"https?://[^\s\"<>\\^`{|}]+")


def note(work: Work, page: str) -> Iterator[Part]:
    """Yield the parts of a note.

    Args:
        work: the source.
        page: the page of the words, as it is shown; empty for none.
    """
    yield from legal_note(work) if work.type in LEGAL else _work(work, page)
    yield from parts(page, work.text("medium"))
    places = (work.text("archive_location"), work.text("archive"))
    yield from parts(*(reversed(places) if work.type == "graphic" else places))
    if work.accessed:
        yield part(f"accessed {date_words(work.accessed, 'day')}")
    if address := work.address:
        yield Part((Span(address, "link", address) if _LINKED.fullmatch(address) else Span(address),))


def _work(work: Work, page: str) -> Iterator[Part]:
    """Yield author, title and place of a work."""
    lead, rest = _led(work)
    is_serial = _is_serial(work)
    yield from lead
    if work.type == "broadcast" and work.title and work.container and work.text("number"):
        yield part(work.container, "emphasis")
        yield from parts(_number(work))
        yield _title(work)
        rest = rest._replace(container="")
    else:
        yield _title(rest, is_first=not lead)
        yield from parts(*_described(rest, is_serial=is_serial))
    if is_serial:
        yield from _in_serial(rest, page)
        return
    if work.type not in _SITES | {"patent"}:
        yield from _in_container(rest, is_signed=bool(work.author)) if rest.container else ()
        yield from parts(_issue(work), work.text("event_title"))
    yield from _published(rest)
    if not page and not work.container:
        volume = work.text("volume") if _has_volume_before_pages(rest) else ""
        yield from parts(":".join(filter(None, (volume, page_range(work.text("page"))))))


def _is_serial(work: Work) -> bool:
    """Whether a work stands in a serial. A paper or an interview does, unless it is edited."""
    return work.type in _SERIAL or (work.type in {"interview", "paper-conference"} and not work.is_edited)


def _led(work: Work) -> tuple[list[Part], Work]:
    """Return the names before the title, and the work without them."""
    if work.author:
        return [part(work.names(work.author))], work
    if not work.title and work.container and work.type in _DAILY | _ENTRIES:
        return [part(work.container, "emphasis")], work._replace(container="")
    if work.type in {"broadcast", "classic", "motion_picture", "performance", "song", "standard"}:
        return [], work
    if work.editor:
        label = "eds." if len(work.editor) > 1 else "ed."
        return [part(f"{work.names(work.editor)}, {label}")], work._replace(editor=())
    if work.translator:
        return [part(f"{work.names(work.translator)}, trans.")], work._replace(translator=())
    return [], work


def _title(work: Work, *, is_first: bool = False) -> Part:
    """Set a title, or the description of an untitled work."""
    if work.title and work.type in _PLAIN:
        return part(work.title)
    if work.title:
        is_italic = work.type in _ITALIC or (work.type in _ITALIC_ALONE and not work.container)
        return Part((title(work.title, italic=is_italic),))
    words = _number(work) if _is_known_by_number(work) else work.description
    return part(words[:1].upper() + words[1:] if is_first else words)


def _described(work: Work, *, is_serial: bool) -> Iterator[str]:
    """Yield genre, number, edition and further names, before the place."""
    kind, event = work.type, work.text("event_title")
    if work.title:
        yield _genre(work)
    if kind == "interview":
        yield event
    elif kind == "paper-conference" and is_serial and event:
        yield f"{'presented' if work.text('genre') else 'paper presented'} at {event}"
    if kind == "patent":
        genre = work.text("genre") or "patent"
        yield f"{genre[:1].upper()}{genre[1:]} {work.text('number')}" if work.text("number") else ""
        yield f"issued {_date(work)}" if work.issued else ""
    elif is_serial:
        yield f"trans. {work.names(work.translator)}" if work.translator else ""
    elif kind in _SITES or not work.container:
        yield "" if kind in {"song", "thesis"} or _is_known_by_number(work) else _number(work)
        yield from _identified(work)
    elif kind in _NUMBER_BEFORE:
        yield _number(work)


def _is_known_by_number(work: Work) -> bool:
    """Whether a number stands in place of the title."""
    is_numbered = bool(work.text("number") and not work.title)
    return is_numbered and (work.type == "report" or bool(work.text("genre")))


def _genre(work: Work) -> str:
    """Return the kind of document before its place; else nothing."""
    genre = work.text("genre")
    if work.type in {"patent", "thesis"} or (genre and work.text("number")):
        return ""
    if genre:
        return "" if work.container and _has_genre_behind(work) else genre
    return "" if work.is_placed else _SAID.get(work.type, "")


def _has_genre_behind(work: Work) -> bool:
    is_counted = work.is_edited or not work.texts.keys().isdisjoint({"issue", "page", "volume"})
    return work.type in _GENRE_BEHIND or (work.type in _EVENTS and not is_counted)


def _issue(work: Work) -> str:
    return labelled("no.", work.text("issue"), plural="nos.")


def _number(work: Work) -> str:
    """Return the number behind its genre: Working Paper no. 7."""
    number = work.text("number")
    if not number:
        return ""
    label = work.text("genre") or ("episode" if work.type == "broadcast" and is_numeric(number) else "")
    return f"{label} {number if work.type in {'broadcast', 'standard'} else labelled('no.', number)}".strip()


def _identified(work: Work) -> Iterator[str]:
    """Yield edition, volume, editors and translators."""
    yield edition_words(work.text("edition"))
    if not _has_volume_before_pages(work) and work.type not in _SITES:
        yield labelled("vol.", work.text("volume"))
    for label, names in (("ed.", work.editor), ("trans.", work.translator)):
        yield f"{label} {work.names(names)}" if names else ""


def _has_volume_before_pages(work: Work) -> bool:
    """Whether the volume is set as 2:45."""
    is_alone = not work.container and work.texts.keys().isdisjoint({"editor", "translator"})
    return is_alone and bool(work.text("page")) and is_numeric(work.text("volume"))


def _in_container(work: Work, *, is_signed: bool) -> Iterator[Part]:
    """Yield the larger work in which a work stands."""
    chapter = labelled("chap.", work.text("chapter_number"))
    before = f"{chapter} in " if chapter else "in "
    if work.type in {"broadcast", "motion_picture"} or (work.type in _ENTRIES and not is_signed):
        before = ""
    is_introduction = work.type == "chapter" and work.text("genre")
    spans = (Span("to " if is_introduction else before), Span(work.container, "emphasis"))
    yield Part(spans if spans[0].text else spans[1:], " " if is_introduction else ", ")
    if _has_genre_behind(work) and not work.text("number"):
        yield from parts(work.text("genre"))
    if work.type not in _NUMBER_BEFORE | {"song", "thesis"}:
        yield from parts(_number(work))
    yield from parts(*_identified(work))


def _in_serial(work: Work, page: str) -> Iterator[Part]:
    """Yield journal, volume, issue, date and pages."""
    place = work.text("publisher_place")
    behind = f" ({place})" if place and not work.text("event_title") else ""
    if work.container:
        yield Part((Span(work.container, "emphasis"), *((Span(behind),) if behind else ())))
    volume, issue, date = work.text("volume"), _issue(work), _date(work)
    pages = "" if page else work.text("number") or page_range(work.text("page"))
    if work.type in _DAILY:
        edition = edition_words(work.text("edition"))
        is_named = edition and edition == work.text("edition")
        yield from parts(date, f"{edition.title()} Edition" if is_named else edition, work.text("number"))
    elif volume or issue:
        numbers = ", ".join(filter(None, (volume, issue))) + (f" ({date})" if date else "")
        yield part(f"{numbers}: {pages}" if pages else numbers, joiner=" " if volume and work.container else ", ")
    else:
        yield from parts(work.publisher if work.type in {"interview", "post-weblog"} else "")
        is_early = work.type == "article-journal" and work.issued and work.text("DOI") and not work.text("page")
        yield from parts("ahead of print" if is_early else "", date, pages)


def _published(work: Work) -> Iterator[Part]:
    """Yield publisher and date, in parentheses for books and their like."""
    if work.type == "patent":
        return
    publisher = work.publisher or ("" if work.text("event_title") else work.text("publisher_place"))
    date, container = _date(work), work.container if work.type in _SITES else ""
    words = [container, publisher, date]
    if work.type == "broadcast" and not work.address:
        words = [f"aired {date}" if work.issued else date, f"on {publisher}" if publisher else ""]
    elif work.type == "software" and work.issued:
        words = [publisher, f"released {date}"]
    elif work.type == "thesis":
        words = [work.text("genre"), publisher, date]
    elif work.type == "article" and not work.text("genre"):
        words = ["preprint", publisher, date]
    said = ", ".join(filter(None, words))
    if said and _is_bracketed(work, publisher):
        yield part(f"({said})", joiner=" ")
    elif said:
        yield part(said, joiner=" " if said.startswith("[") and work.type != "personal_communication" else ", ")


def _is_bracketed(work: Work, publisher: str) -> bool:
    if work.type in _ENTRIES | {"motion_picture"}:
        return bool(publisher) or (work.type in _ENTRIES and not work.address)
    if work.type == "personal_communication":
        return work.is_edited or not work.texts.keys().isdisjoint({"issue", "page", "volume"})
    return work.type in _BRACKETED or (work.type == "article" and bool(work.text("genre") and work.publisher))


def _date(work: Work) -> str:
    """Return the date of publication, as precisely as its type wants it."""
    if work.issued:
        return date_words(work.issued, precision(work))
    if not work.is_undated or work.type in _ENTRIES | {"classic", "collection", "webpage"}:
        return ""
    return "n.d." if work.is_placed or work.type not in {"interview", "personal_communication"} else ""


def precision(work: Work) -> Precision:
    """Return the precision of the date of a work in its note."""
    if work.type in LEGAL:
        return legal_precision(work)
    if work.type in _ENTRIES:
        return "day" if work.address else "year"
    if _is_serial(work) and work.type not in _DAILY:
        counted = bool(work.text("volume")) + bool(work.text("issue"))
        return ("day", "month", "year")[counted]
    return "year" if work.type in _OF_A_YEAR else "day"
