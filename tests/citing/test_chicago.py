"""Our notes beside those of pandoc in the Chicago style of CSL, and what they are made of."""

import pytest

from tests.citing import oracle
from tests.citing.comparison import AWKWARD, Compared, compared, compared_in, varied_volume
from tests.citing.differences import MOST, REASONS
from tui.briefing.loader import load_file
from tui.citing.names import natural
from tui.render.chicago_figures import edition_words, page_range


@pytest.fixture(scope="module")
def rows() -> list[Compared]:
    """Set the notes of all sources twice."""
    return compared()


def test_the_notes_are_alike_or_differ_with_a_reason(rows: list[Compared]) -> None:
    differing = {row.name: f"\n{row.ours}\n{row.theirs}" for row in rows if row.ours != row.theirs}
    assert not {name: differing[name] for name in differing.keys() - REASONS}
    assert not REASONS.keys() - differing, "a reason for notes that are alike"
    assert len(differing) <= MOST * len(rows)


def test_the_notes_of_varied_records_are_alike() -> None:
    """Records of all types that were made by chance, within what their types hold."""
    rows = compared_in([varied_volume()])
    assert len(rows) > 250
    assert [] == [row for row in rows if row.ours != row.theirs]


def test_it_is_the_newest_edition_in_the_package() -> None:
    assert "Chicago Manual of Style 18th edition (notes and bibliography, access dates)" == oracle.edition()


def test_there_are_sixty_awkward_records() -> None:
    loaded = load_file(AWKWARD)
    assert loaded.briefing is not None
    assert len(loaded.briefing.source) >= 60


@pytest.mark.parametrize(
    ("pages", "written"),
    [("3-10", "3–10"), ("71-72", "71–72"), ("100-104", "100–104"), ("1100-1113", "1100–1113"), ("101-108", "101–8"),
     ("808-833", "808–33"), ("1103-1104", "1103–4"), ("321-328", "321–28"), ("498-532", "498–532"), ("1087-1089", "1087–89"),
     ("1496-1500", "1496–500"), ("11564-11615", "11564–615"), ("12991-13001", "12991–3001"), ("7", "7"), ("xii-xv", "xii-xv"),
     ("1-3, 101-108", "1–3, 101–8")],
)  # fmt: skip
def test_the_second_of_two_pages_is_shortened(pages: str, written: str) -> None:
    """The examples are those of the Manual."""
    assert written == page_range(pages)


@pytest.mark.parametrize(
    ("edition", "written"),
    [("1", "1st ed."), ("2", "2nd ed."), ("3", "3rd ed."), ("11", "11th ed."), ("21", "21st ed."), ("112", "112th ed."),
     ("rev. ed.", "rev. ed.")],
)  # fmt: skip
def test_editions_are_ordinals(edition: str, written: str) -> None:
    assert written == edition_words(edition)


@pytest.mark.parametrize(
    ("name", "written"),
    [("Byrne, Jr., James", "James Byrne Jr."), ("van der Berg, Jan", "Jan van der Berg"), ("{A, B and C}", "A, B and C"),
     ("김, 현민", "김현민"), ("山田, 太郎", "山田太郎"), ("Шевченко, Олена", "Олена Шевченко"), ("Lim Jeong-won", "Lim Jeong-won"),
     ("Martin Luther King, Jr.", "Martin Luther King Jr."), ("Martin van Buren, III", "Martin van Buren III"), ("Smith, V", "V Smith"), ("Smith, 3rd, Jo", "Jo Smith 3rd")],
)  # fmt: skip
def test_names_stand_as_prose_has_them(name: str, written: str) -> None:
    assert written == natural(name)
