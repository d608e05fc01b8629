"""Dates as they are read: no two of different meaning read alike where a date is set.

Each field that has a date gets one date after another. A page or an export that then differs at all must differ for every
two of them. Where a style or a format wants less of a date, a table says so, with its reason.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any, Final, cast, get_args

import pytest

from tests.render.shown import blocks_text, page_text
from tests.render.test_citation import BARE, citation, cited
from tui.briefing import edtf
from tui.briefing.kinds import PANES
from tui.briefing.source import SourceType
from tui.library.records import Variable
from tui.library.volume import Volume
from tui.render.citation import text_of, whole_date
from tui.render.cite_formats import FORMATS as CITE_FORMATS
from tui.render.cite_formats import Cited
from tui.render.compact import compact_entry
from tui.render.dates import stands_in
from tui.render.exports import EXPORTS
from tui.render.notes import sidenotes
from tui.render.page import Span
from tui.render.pages import page_of
from tui.render.selection import Selection
from tui.render.views import VIEWS

_YEARS: Final = ("2004", "2005", "200X", "20XX", "190X", "19XX", "0000", "000X")
_RESTS: Final = ("", "-XX", "-XX-XX", "-05", "-05-XX", "-05-06", "-06", "-21", "-24")
_DOUBTS: Final = ("", "?", "~", "%")
_ENDS: Final = ("", "..", "2004", "2004~", "2004-05", "2004-05-06", "2004-XX", "2005", "200X", "20XX")


def _all_dates() -> Iterator[str]:
    """Yield every form of some years, alone and as either end of an interval."""
    days = ["".join(parts) for parts in itertools.product(_YEARS, _RESTS, _DOUBTS)]
    yield from days
    for day, end in itertools.product(days, _ENDS):
        yield f"{day}/{end}"
        yield f"{end}/{day}"


DATES: Final = tuple(sorted({one for one in _all_dates() if edtf.is_valid(one)}))
SOME: Final = tuple(
    dict.fromkeys(
        ["2004", "2004-XX", "2004-XX-XX", "2004-21", "2004-05", "2004-05-XX", "2004-05-06", "2004?", "2004~", "2004%",
         "200X", "20XX", "20XX~", "2004/2004", "2004/2005", "2004/", "2004/..", "../2004", "/2004", "2004-05/2004-06",
         *DATES[:: len(DATES) // 8]]
    )
)  # fmt: skip
"""The dates that are easily alike, and some others."""
MANY: Final = tuple(dict.fromkeys([*SOME, *DATES[:: len(DATES) // 80]]))

# Notes

FORMS: Final[dict[str, dict[str, Any]]] = {
    "bare": {},
    "placed": {"container": "The Daily", "publisher": "Press", "url": "https://example.org/"},
    "volume": {"container": "The Daily", "csl": (Variable("volume", ("7",)),)},
    "both": {"container": "The Daily", "csl": (Variable("volume", ("7",)), Variable("issue", ("2",)))},
}


def _each(kinds: Iterable[str], forms: str) -> set[tuple[str, str]]:
    """Pair types of source with some forms, or with all."""
    return set(itertools.product(kinds, forms.split() or FORMS))


_SERIALS: Final = ("article-journal", "periodical", "post-weblog", "review", "review-book")
STYLE: Final = (
    ("a book and its like have a year", "year", _each(
        ("book", "chapter", "classic", "figure", "interview", "motion_picture", "musical_score", "pamphlet",
         "paper-conference", "report", "thesis"), "")),
    ("laws and their like have a year", "year", _each(("bill", "hearing", "legislation", "regulation"), "")),
    ("a case in printed reports has a year behind the volume", "year", _each(("legal_case",), "placed volume both")),
    ("a work of reference that is printed has the year of its edition", "year",
     _each(("entry", "entry-dictionary", "entry-encyclopedia"), "bare volume both")),
    ("a serial has the month beside a volume", "month", _each(_SERIALS, "volume")),
    ("a serial has the year beside a volume and an issue", "year", _each(_SERIALS, "both")),
)  # fmt: skip
"""Why a note in the style of Chicago has less than the whole date: the precision, and the types with their forms."""


def less(text: str, precision: str) -> object:
    """Return what a style that wants a year or a month leaves of a date."""
    date = edtf.parse(text)
    start, end = (
        day and (day.year, day.qualifier, precision == "month" and (day.month, "month" in day.unknown))
        for day in (date.start, date.end)
    )
    return (start, end, date.unknown) if date.interval and start != end else start


def alike(texts: dict[str, str]) -> list[list[str]]:
    """Return the groups of dates that read alike."""
    groups = defaultdict(list)
    for date, text in texts.items():
        groups[text].append(date)
    return [group for group in groups.values() if len(group) > 1]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", get_args(SourceType))
def test_in_a_note_dates_are_alike_only_as_the_style_demands(kind: str, form: str) -> None:
    for group in alike({date: cited(type=kind, title="Swans", issued=date, **FORMS[form]) for date in MANY}):
        [precision] = {want for _, want, kinds in STYLE if (kind, form) in kinds} or {"day"}
        assert len({less(date, precision) for date in group}) == 1, (kind, group)
        assert precision != "day", group


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", get_args(SourceType))
def test_the_page_of_a_source_has_the_whole_date(kind: str, form: str) -> None:
    """It stands below the note, which may have less."""
    volume = cast("Volume", SimpleNamespace(entities={}))
    sources = {date: BARE._replace(type=kind, title="Swans", issued=date, **FORMS[form]) for date in SOME}
    assert not alike({date: text_of((*citation(one), Span(whole_date(volume, one)))) for date, one in sources.items()})


def test_the_day_of_reading_is_whole() -> None:
    assert not alike({date: cited(title="Swans", accessed=date) for date in MANY})


def test_a_guessed_century_has_no_article_behind_circa() -> None:
    assert cited(title="Swans", issued="20XX~") == "Swans ([ca. 21st century])."
    assert cited(title="Swans", issued="200X%") == "Swans ([ca. first decade of the 21st century?])."
    assert cited(title="Swans", issued="20XX?") == "Swans ([the 21st century?])."


# Labels


@pytest.mark.parametrize(
    ("date", "label", "stands"),
    [
        ("2004", "AP, 2004", True),
        ("2004-05-06", "AP, 6 May 2004", True),
        ("2004-05-06", "AP, 6 May 2004 (3)", True),
        ("2004-05-XX", "AP, May 2004 (day unknown)", True),
        ("2004-05", "AP, 2004", False),
        ("2004", "AP, May 2004", False),
        ("2004", "AP 2004-5", False),
        ("2004", "Budget of 2004", False),
        ("2004", "AP", False),
        ("2004/2005", "AP, 2004", False),
    ],
)
def test_a_label_has_a_date_only_if_it_is_the_whole_date(date: str, label: str, stands: bool) -> None:
    assert stands == stands_in(date, label)


# Pages

TABLES: Final = """
[[source]]
id = "s"
title = "Swans"
type = "{type}"
issued = "{issued}"
accessed = "{accessed}"
seen = "full"
reliability = "B"

[[claim]]
id = "c"
text = "A swan is white."
by = "Ann"
date = "{claim}"
cite = [{{ source = "s" }}]

[[claim]]
id = "other"
text = "A swan is black."
by = "Bob"
date = "2004-07"
cite = [{{ source = "s" }}]
conflicts = ["c"]

[[view]]
id = "v"
text = "Swans are white."
who = "Eve"
date = "{view}"
stance = "supports"
about = ["c"]
cite = [{{ source = "s" }}]

[[judgment]]
id = "j"
date = "{judgment}"
text = "All swans are white."
likelihood = "likely"
confidence = "low"
why = "One was seen."
for = ["c"]
against = ["other"]
previous = [{{ on = "{earlier}", likelihood = "unlikely", confidence = "low", text = "Few are.", why = "None was." }}]
outcome = {{ on = "{outcome}", came_true = false, why = "They were counted." }}

[[indicator]]
id = "i"
text = "A black swan comes."
until = "{until}"
outcomes = [{{ text = "It comes.", moves = [{{ to = "j", way = "down" }}] }}]

[[indicator]]
id = "o"
text = "A white swan comes."
observed = {{ on = "{observed}" }}

[[revision]]
on = "{revision}"
text = "Counted."
"""
FIELDS: Final = ("issued", "accessed", "claim", "view", "judgment", "earlier", "outcome", "until", "observed", "revision",
                 "as_of", "information_cutoff")  # fmt: skip
_COUNTED: Final = "it counts or judges what is past, and has no date"
_STYLED: Final = "a note in the style of Chicago has the year alone; the page of the source has the whole date"
LESS: Final = {
    ("until", "overview"): _COUNTED,
    ("until", "evidence"): _COUNTED,
    ("as_of", "evidence"): _COUNTED,
    ("as_of", "evidence:watch"): _COUNTED,
    ("issued", "as chicago"): _STYLED,
    ("issued", "as markdown"): _STYLED,
}
"""Where two dates may read alike, and why."""


def read_in(volume: Volume) -> Iterator[tuple[str, Callable[[], Iterable[str]]]]:
    """Yield all that is read of a briefing, by a name each."""
    names = ("overview", "about", *PANES, "entities", "evidence", *(f"evidence:{view.name}" for view in VIEWS),
             *(f"entry:{name}" for name in volume.entries), "source:s")  # fmt: skip
    for name in names:
        if page := page_of(volume, name):
            yield name, partial(page_text, page, 300)
    for name, entry in volume.entries.items():
        yield f"beside {name}", partial(blocks_text, sidenotes(volume, entry), 300)
    yield "lines", partial(blocks_text, (compact_entry(volume, entry) for entry in volume.entries.values()), 300)
    yield "markdown", partial(EXPORTS["markdown"].briefing, Selection(volume), 300)
    for name, written in CITE_FORMATS.items():
        yield f"as {name}", partial(written.write, volume, [Cited(volume.sources["s"])])


def set_in(made: Callable[..., Volume], field: str, date: str) -> Volume:
    """Make a briefing with a date in a field, and another one in all other fields."""
    dates = dict.fromkeys(FIELDS, "2004-06") | {field: date}
    header = {name: dates[name] for name in ("as_of", "information_cutoff")}
    return made(TABLES.format(type="book", **dates), format="2", scale="icd203", **header)


@pytest.mark.parametrize("field", FIELDS)
def test_nowhere_two_dates_read_alike(made: Callable[..., Volume], field: str) -> None:
    first, other = (
        {name: "\n".join(read()) for name, read in read_in(set_in(made, field, date))}
        for date in ("2004", "2005-05-06~")
    )
    places = [name for name in first if first[name] != other[name] and (field, name) not in LESS]
    assert places
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for date in SOME:
        for name, read in read_in(set_in(made, field, date)):
            if name in places:
                texts[name][date] = "\n".join(read())
    wrong = {name: groups for name, one in texts.items() if (groups := alike(one))}
    assert not wrong
