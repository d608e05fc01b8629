"""How the screen is divided, at every size."""

import itertools

import pytest

from tui.session.arrangement import COMPACT_BELOW, OUTLINE_FROM, SIDENOTES_FROM, Arrangement, arrange

FLAGS = tuple(itertools.product((False, True), repeat=3))
SIZES = tuple(itertools.product(range(1, 301), range(1, 101)))


def divided(
    width: int, height: int, *, peeking: bool = False, outline: bool = True, zoomed: bool = False
) -> Arrangement:
    """Divide a terminal as it is when a briefing opens."""
    return arrange(width, height, peeking=peeking, outline=outline, zoomed=zoomed)


def page_of(width: int, height: int, parts: Arrangement) -> tuple[int, int]:
    """Give the columns and rows that are left for the page."""
    beside = parts.notes if parts.notes_edge == "left" else 0
    below = parts.notes if parts.notes_edge == "top" else 0
    return width - parts.outline - beside, height - parts.masthead - parts.status - below


@pytest.mark.parametrize(("peeking", "outline", "zoomed"), FLAGS)
def test_no_size_breaks_it_and_the_page_is_always_there(*, peeking: bool, outline: bool, zoomed: bool) -> None:
    """From 1x1 to 300x100 no part has less than nothing, and the page has at least a row and a column."""
    wrong = []
    for width, height in SIZES:
        parts = arrange(width, height, peeking=peeking, outline=outline, zoomed=zoomed)
        columns, rows = page_of(width, height, parts)
        if min(parts.masthead, parts.status, parts.outline, parts.notes) < 0 or columns < 1 or rows < 1:
            wrong.append((width, height, parts))
    assert [] == wrong


@pytest.mark.parametrize(("peeking", "outline", "zoomed"), FLAGS)
def test_the_page_keeps_a_readable_part(*, peeking: bool, outline: bool, zoomed: bool) -> None:
    """Beside sidenotes and outline the page has at least 70 columns, above open footnotes at least 3 rows."""
    narrow = []
    for width, height in SIZES:
        parts = arrange(width, height, peeking=peeking, outline=outline, zoomed=zoomed)
        columns, rows = page_of(width, height, parts)
        if columns < min(70, width) or (parts.notes and rows < 3):
            narrow.append((width, height, parts))
    assert [] == narrow


@pytest.mark.parametrize(
    ("width", "beside"), [(1, False), (80, False), (119, False), (120, True), (160, True), (300, True)]
)
def test_sidenotes_stand_beside_from_120_columns(width: int, *, beside: bool) -> None:
    assert SIDENOTES_FROM == 120
    parts = divided(width, 40)
    assert beside == (parts.notes_edge == "left" and parts.notes > 0)


@pytest.mark.parametrize(("width", "beside"), [(120, False), (159, True), (160, False), (200, True)])
def test_beside_a_wide_page_they_stand_where_it_keeps_its_width(width: int, *, beside: bool) -> None:
    parts = arrange(width, 40, peeking=True, outline=True, zoomed=False, wide=True)
    assert beside == (parts.notes_edge == "left")
    assert not beside or page_of(width, 40, parts)[0] >= 116


@pytest.mark.parametrize(("width", "there"), [(120, False), (159, False), (160, True), (300, True)])
def test_the_outline_stands_at_the_left_from_160_columns(width: int, *, there: bool) -> None:
    assert OUTLINE_FROM == 160
    assert there == (divided(width, 40).outline > 0)
    assert divided(width, 40, outline=False).outline == 0


@pytest.mark.parametrize(
    ("width", "height", "compact"),
    [
        (60, 16, False),
        (59, 16, True),
        (60, 15, True),
        (50, 14, True),
        (80, 24, False),
        (200, 15, True),
        (59, 100, True),
    ],
)
def test_below_60x16_it_is_a_single_compact_column(width: int, height: int, *, compact: bool) -> None:
    assert (60, 16) == COMPACT_BELOW
    parts = divided(width, height)
    assert compact == (not parts.hints)
    if compact:
        assert (1, 1, 0, 0) == (parts.masthead, parts.status, parts.outline, parts.notes)


@pytest.mark.parametrize(("height", "chrome"), [(1, (0, 0)), (2, (0, 1)), (3, (1, 1)), (15, (1, 1)), (16, (2, 1))])
def test_the_page_has_the_first_row_of_a_tiny_terminal(height: int, chrome: tuple[int, int]) -> None:
    parts = divided(80, height)
    assert chrome == (parts.masthead, parts.status)


def test_zooming_leaves_the_page_alone() -> None:
    parts = divided(200, 50, zoomed=True)
    assert (0, 0) == (parts.outline, parts.notes)


@pytest.mark.parametrize("width", [50, 80, 119])
def test_an_open_footnote_stands_below_on_a_narrow_terminal(width: int) -> None:
    closed, opened = divided(width, 24), divided(width, 24, peeking=True)
    assert (0, "top") == (closed.notes, closed.notes_edge)
    assert (True, "top") == (opened.notes >= 4, opened.notes_edge)


def test_an_open_footnote_shows_while_zoomed() -> None:
    assert divided(200, 50, zoomed=True, peeking=True).notes > 0
