"""The bars of citations and bibliographies that no other test has."""

import pytest

from tests.citing import bars
from tests.citing.comparison import volumes
from tests.programs import program
from tui.citing.record import Record
from tui.library.volume import Volume
from tui.render.cite_formats import FORMATS, record_of


@pytest.fixture(scope="module")
def opened() -> list[Volume]:
    """Open the bundled briefings and the awkward records."""
    return list(volumes())


@pytest.fixture(scope="module")
def records(opened: list[Volume]) -> list[Record]:
    """Return the records of all their sources."""
    return [record_of(volume, source) for volume in opened for source in volume.edition.sources]


def test_all_records_come_back_whole_from_every_format(records: list[Record]) -> None:
    assert [] == [bar for bar in bars.round_trips(records) if not bar.is_met]


def test_it_is_said_what_a_format_has_no_field_for() -> None:
    assert "nothing" == bars.in_note("csl-json")
    assert "medium" in bars.in_note("ris").split(", ")


def test_biber_has_no_warning_on_any_record(records: list[Record]) -> None:
    bar = bars.validated(records, program("biber"))
    assert bar.is_met, bar.figure


def test_items_and_annotations_are_valid(opened: list[Volume], records: list[Record]) -> None:
    found = [bars.items_valid(records), bars.annotations_valid(opened)]
    assert [] == [bar for bar in found if not bar.is_met]


@pytest.mark.timed
@pytest.mark.parametrize("name", FORMATS)
def test_time_grows_with_the_number_of_records(opened: list[Volume], name: str) -> None:
    """`python -m tests.citing` has the bar of a second; here a slow machine does not count."""
    few, _ = bars.writing(opened, FORMATS[name], 1_000)
    many, lines = bars.writing(opened, FORMATS[name], 5_000)
    assert lines >= 5_000
    assert many <= 5 * few * 1.6


def test_nothing_of_it_is_loaded_before_it_is_used() -> None:
    assert "nothing of it" == bars.loaded().figure
