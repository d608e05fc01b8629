"""EDTF dates: reading, saying, ordering."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing import edtf
from tui.render.dates import short


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2025", "2025"),
        ("2025-04", "April 2025"),
        ("2025-04-10", "10 April 2025"),
        ("2024-02-29", "29 February 2024"),
        ("0000-02-29", "29 February 0000"),
        ("2025-04-01", "1 April 2025"),
        ("2024?", "2024 (uncertain)"),
        ("2024~", "about 2024"),
        ("2024-05~", "about May 2024"),
        ("2024-05-06%", "6 May 2024 (uncertain and approximate)"),
        ("202X", "the 2020s"),
        ("19XX", "the 20th century"),
        ("190X", "the first decade of the 20th century"),
        ("12XX", "the 13th century"),
        ("99XX", "the 100th century"),
        ("01XX", "the 2nd century"),
        ("149X?", "the 1490s (uncertain)"),
        ("20XX-02-29", "29 February in the 21st century"),
        ("2025-XX", "2025 (month unknown)"),
        ("2025-04-XX", "April 2025 (day unknown)"),
        ("2025-XX-XX?", "2025 (month and day unknown, uncertain)"),
        ("2025-21", "spring 2025"),
        ("2025-22", "summer 2025"),
        ("2025-23", "autumn 2025"),
        ("2025-24", "winter 2025"),
        ("2024/2025", "2024 to 2025"),
        ("2024-05/2025-01-02", "May 2024 to 2 January 2025"),
        ("2024~/2025?", "about 2024 to 2025 (uncertain)"),
        ("2024/..", "from 2024"),
        ("2024/", "from 2024 to an unknown date"),
        ("../2024", "until 2024"),
        ("/2024-05", "from an unknown date to May 2024"),
        ("2024/2024", "2024 to 2024"),
        ("2024-05/2024", "May 2024 to 2024"),
        ("1985/198X", "1985 to the 1980s"),
        ("2024-21/2024-12", "spring 2024 to December 2024"),
        ("2024-11/2024-23", "November 2024 to autumn 2024"),
    ],
)
def test_a_date_in_words(date: str, words: str) -> None:
    assert words == edtf.parse(date).in_words
    assert words == edtf.in_words(date)


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("", "'' is no EDTF date; write"),
        ("25", "'25' is no EDTF date; write"),
        ("2025-4", "'2025-4' is no EDTF date; write"),
        ("10.04.2025", "is no EDTF date; write"),
        ("2025-04-10T12:00:00", "is no EDTF date; write"),
        ("2025??", "is no EDTF date; write"),
        ("２０２５", "is no EDTF date; write"),
        ("2025\n", "is no EDTF date; write"),
        ("2024/2025/2026", "'2024/2025/2026' is no EDTF date; write"),
        ("2025-00", "has no month 00; months go from 01 to 12, seasons from 21 to 24"),
        ("2025-13", "has no month 13;"),
        ("2025-25", "has no month 25;"),
        ("2025-XX-01", "gives a day without its month; write"),
        ("2025-21-XX", "gives a day without its month; write"),
        ("2025-XX-00", "gives a day without its month; write"),
        ("2025-21-01", "gives a day without its month; write"),
        ("2025-02-29", "is no day of the calendar: February has 28 days"),
        ("1900-02-29", "is no day of the calendar: February has 28 days"),
        ("2025-04-31", "is no day of the calendar: April has 30 days"),
        ("2025-04-00", "is no day of the calendar: April has 30 days"),
        ("/", "is open at both ends; write"),
        ("../..", "is open at both ends; write"),
        ("../", "is open at both ends; write"),
        ("2025/2024", "'2025/2024' ends before it starts; swap its ends"),
        ("2025-05/2025-04", "ends before it starts"),
        ("2025-05-02/2025-05-01", "ends before it starts"),
        ("2025-23/2025-22", "ends before it starts"),
        ("2024/x", "'2024/x' is no EDTF date; write"),
    ],
)
def test_what_is_no_date_says_why(date: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        edtf.parse(date)


def test_what_is_no_date_is_shown_as_it_is() -> None:
    assert edtf.in_words("soon") == "soon"


def test_dates_sort_by_their_first_known_day() -> None:
    dates = ["2024-21", "2024-24/2025", "2024-04", "2024-01-01", "2024", "202X", "2023", "../2019", "nonsense"]

    ordered = sorted(dates, key=edtf.sort_key)

    assert ordered == [
        "nonsense", "../2019", "202X", "2023", "2024", "2024-01-01", "2024-21", "2024-04", "2024-24/2025",
    ]  # fmt: skip


def test_the_parts_of_an_interval_are_told() -> None:
    date = edtf.parse("2024-05?/..")

    assert date == edtf.Date(edtf.Day("2024", 5, None, "?"), None, interval=True)


@given(st.text(max_size=30) | st.text("0123456789-/X?~%.", max_size=25))
def test_parse_raises_nothing_but_a_value_error(text: str) -> None:
    """Whatever the text, and what cannot be read sorts first and is shown as it is."""
    try:
        said = edtf.parse(text).in_words
    except ValueError:
        assert edtf.in_words(text) == text
        assert edtf.sort_key(text) == ("", 0, 0)
    else:
        assert said
        assert edtf.sort_key(text) > ("", 0, 0)


@given(st.dates())
def test_every_day_of_the_calendar_is_a_date(day: object) -> None:
    parsed = edtf.parse(str(day))

    assert parsed.start is not None
    assert str(day) == f"{parsed.start.year}-{parsed.start.month:02}-{parsed.start.day:02}"


YEARS = st.builds("{:04}".format, st.integers(0, 9999))
YEAR_FORMS = YEARS | YEARS.map(lambda year: f"{year[:3]}X") | YEARS.map(lambda year: f"{year[:2]}XX")
MONTH_FORMS = st.sampled_from(["", "-XX", *(f"-{number:02}" for number in (*range(1, 13), *range(21, 25)))])
DAY_FORMS = st.sampled_from(["", "-XX", *(f"-{number:02}" for number in range(1, 32))])
DAYS = st.builds(
    lambda *parts: "".join(parts), YEAR_FORMS, MONTH_FORMS, DAY_FORMS, st.sampled_from(["", "?", "~", "%"])
)
ENDS = DAYS | st.sampled_from(["", ".."])
FORMS = (DAYS | st.builds("{}/{}".format, ENDS, ENDS)).filter(
    lambda text: edtf.in_words(text) != text or text.isdigit()
)


@given(FORMS, FORMS, st.sampled_from(["X", "XX", "-XX", "?", "~", "/", "/..", "0"]), st.integers(0, 25), st.booleans())
def test_no_two_dates_read_alike(first: str, other: str, part: str, at: int, replaces: bool) -> None:
    """Also one and the same with a part put in or replaced."""
    near = first[:at] + part + first[at + len(part) * replaces :]
    for text in (other, near):
        if text != first and edtf.sort_key(text)[0]:
            assert edtf.in_words(text) != edtf.in_words(first)
            assert short(text) != short(first)


def test_no_two_forms_of_some_years_read_alike() -> None:
    """Every form of the years at the turn of a century, whole and as either end of an interval."""
    years = ["1900", "1999", "190X", "199X", "19XX", "2000", "2001", "200X", "201X", "20XX", "0000", "000X", "00XX"]
    days = [
        f"{year}{rest}{doubt}"
        for year in years
        for rest in ("", "-XX", "-XX-XX", "-02", "-02-XX", "-02-01", "-12", "-21", "-24")
        for doubt in ("", "?", "~", "%")
    ]
    ends = ["", "..", "1900", "190X", "19XX", "19XX-02", "2000~", "2000-XX", "2000-02", "200X", "20XX", "20XX?"]
    forms = {
        *days,
        *(f"{day}/{end}" for day in days for end in ends),
        *(f"{end}/{day}" for day in days for end in ends),
    }
    said: dict[str, str] = {}
    briefly: dict[str, str] = {}
    for form in sorted(forms):
        try:
            words = edtf.parse(form).in_words
        except ValueError:
            continue
        assert said.setdefault(words, form) == form
        assert briefly.setdefault(short(form), form) == form
    assert len(said) > 8000
