"""Ranges and dates set side by side."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.evidence.conflicts import Compared, compare
from tui.evidence.periods import period
from tui.evidence.ranges import Range, common, fit
from tui.library.volume import Volume

ENDS = st.none() | st.integers(-20, 20)
RANGES = st.tuples(ENDS, ENDS).map(
    lambda ends: Range(*(sorted(ends) if None not in ends else ends))  # type: ignore[type-var]  # two numbers, or two in any order
)
MIRRORED = {"same": "same", "apart": "apart", "overlap": "overlap", "contains": "within", "within": "contains"}


def holds(found: Range, value: float) -> bool:
    """Tell whether a value is in a range."""
    return (found.low is None or found.low <= value) and (found.high is None or value <= found.high)


@given(RANGES, RANGES, st.integers(-30, 30))
def test_what_is_common_is_in_both(one: Range, other: Range, value: int) -> None:
    shared = common(one, other)
    assert (shared is not None and holds(shared, value)) == (holds(one, value) and holds(other, value))


@given(RANGES, RANGES)
def test_the_other_side_sees_the_same(one: Range, other: Range) -> None:
    assert MIRRORED[fit(one, other)] == fit(other, one)


@given(RANGES, RANGES, st.integers(-30, 30))
def test_within_means_that_all_of_it_is(one: Range, other: Range, value: int) -> None:
    if fit(one, other) in {"within", "same"} and holds(one, value):
        assert holds(other, value)
    if fit(one, other) == "apart":
        assert not (holds(one, value) and holds(other, value))


def test_hundreds_against_thousands(port: Volume) -> None:
    found = compare(port.entries["landed"], port.entries["thousand"])
    assert found[0] == Compared("quantity", "contains", Range(2000, None), same_thing=True)
    assert found[1][:2] == ("date", "apart")


@pytest.mark.parametrize(
    ("one", "other", "verdict", "same_thing"),
    [
        ('{ of = "casks", min = 7, max = 7 }', '{ of = "Casks", min = 7, max = 7 }', "same", True),
        ('{ of = "casks", min = 7, max = 7 }', '{ of = "barrels", min = 11, max = 11 }', "apart", False),
        ('{ of = "casks", min = 1, max = 9 }', '{ of = "casks", min = 5, max = 20 }', "overlap", True),
        ('{ of = "casks", min = 1, unit = "t" }', '{ of = "casks", min = 1, unit = "kg" }', "unit", True),
        ('{ of = "casks", min = 1, unit = "t" }', '{ of = "casks", min = 1 }', "same", True),
        ('{ of = "casks", note = "some" }', '{ of = "casks", min = 1 }', "no-figure", True),
        ('{ of = "casks", min = 1 }', "", "one-sided", True),
    ],
)
def test_quantities(made: Callable[[str], Volume], one: str, other: str, verdict: str, *, same_thing: bool) -> None:
    claims = [
        f'[[claim]]\nid = "c{n}"\ntext = "."\nby = "x"\n' + (f"quantity = {text}\n" if text else "")
        for n, text in enumerate((one, other))
    ]
    entries = made("".join(claims)).entries
    (found,) = compare(entries["c0"], entries["c1"])
    assert (found.aspect, found.verdict, found.same_thing) == ("quantity", verdict, same_thing)
    (mirrored,) = compare(entries["c1"], entries["c0"])
    assert mirrored.verdict == MIRRORED.get(verdict, verdict)


def test_nothing_to_compare(port: Volume) -> None:
    assert compare(port.entries["counted"], port.entries["alone"]) == ()


def test_every_conflict_compares_without_being_resolved(volume: Volume) -> None:
    for one, other, *_ in volume.links.conflicts:
        for found in compare(one, other):
            assert found.aspect in {"quantity", "date"}


DATES = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: f"{day:%Y-%m}".zfill(7)),
    st.dates().map(lambda day: f"{day.year:04}"),
    st.tuples(st.integers(1, 9998), st.integers(21, 24)).map(lambda pair: f"{pair[0]:04}-{pair[1]}"),
    st.integers(0, 99).map(lambda century: f"{century:02}XX"),
    st.integers(0, 999).map(lambda decade: f"{decade:03}X"),
)


@given(DATES, st.sampled_from(["", "?", "~", "%"]))
def test_a_date_spans_the_days_that_it_may_be(date: str, qualifier: str) -> None:
    found = period(date + qualifier)
    assert found is not None
    assert found.first is not None
    assert found.last is not None
    assert found.first <= found.last
    assert found.unsure == bool(qualifier)
    assert not found.interval
    assert (found.first == found.last) == (len(date) == 10)


@given(DATES, DATES)
def test_an_interval_runs_from_its_first_to_its_last_day(start: str, end: str) -> None:
    found = period(f"{start}/{end}")
    if found is not None:  # else it would end before it begins
        one, other = period(start), period(end)
        assert one is not None
        assert other is not None
        assert (found.first, found.last) == (one.first, other.last)
        assert found.interval


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [("2024/..", True, False), ("../2024", False, True), ("2024-05/2024", True, True), ("2026-24", True, True)],
)
def test_open_ends(date: str, *, first: bool, last: bool) -> None:
    found = period(date)
    assert found is not None
    assert (found.first is not None, found.last is not None) == (first, last)


def test_what_is_no_date_has_no_days() -> None:
    assert period("soon") is None
    assert period("") is None


def test_a_winter_runs_into_the_next_year() -> None:
    found, new_year = period("2026-24"), period("2027-01-01")
    assert found is not None
    assert new_year is not None
    assert found.first is not None
    assert found.last is not None
    assert new_year.first is not None
    assert found.first < new_year.first < found.last
