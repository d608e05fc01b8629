"""EDTF dates: reading, saying, ordering."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing import edtf


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
        ("19XX", "the 1900s"),
        ("149X?", "the 1490s (uncertain)"),
        ("20XX-02-29", "29 February the 2000s"),
        ("2025-XX", "2025"),
        ("2025-04-XX", "April 2025"),
        ("2025-XX-XX", "2025"),
        ("2025-21", "spring 2025"),
        ("2025-22", "summer 2025"),
        ("2025-23", "autumn 2025"),
        ("2025-24", "winter 2025"),
        ("2024/2025", "2024 to 2025"),
        ("2024-05/2025-01-02", "May 2024 to 2 January 2025"),
        ("2024~/2025?", "about 2024 to 2025 (uncertain)"),
        ("2024/..", "from 2024"),
        ("2024/", "from 2024"),
        ("../2024", "until 2024"),
        ("/2024-05", "until May 2024"),
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
