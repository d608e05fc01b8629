"""Two columns of a page are read one after the other, however the file writes them."""

import pytest

from tests.authoring.extraction.pdfs import pdf_of
from tui.authoring.extraction import worker

_LEFT = """The bridge at the mill was closed
on 3 May 2024 because of the flood,
the mayor said in a statement that
was read to the assembly of the
neighbourhood association, which
had asked for an understanding of
the many responsibilities that the
river and its keepers had divided
among themselves since 1998, when
the weir was built."""
_RIGHT = """The keeper wrote that 17 swans
had left the pond, that 23 geese
had come instead, and nobody had
understood the consequences of
the neighbouring reconstruction,
which the municipality had once
recommended, and which the council
had put off from one spring to the
next, as councils do, until it was
too late for the swans."""
_HEAD = "A heading that runs over both of the columns of the page, as some do"
_TALES = [" ".join(column.split()) for column in (_LEFT, _RIGHT)]
Placed = tuple[float, float, str]


def page(*lines: Placed) -> str:
    """Return the text of a page with lines at their places, in the order of the file."""
    shown = "\n".join(f"BT /F1 12 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in lines)
    return worker.TAKERS["application/pdf"](pdf_of(shown.encode("latin-1")))[0]


def rows(left: list[str], right: list[str], gutter: float = 320.0, top: float = 750.0) -> list[Placed]:
    """Place the lines of two columns, line by line across both."""
    pairs = enumerate(zip(left, right, strict=True))
    return [(x, top - 14.0 * at, text) for at, pair in pairs for x, text in zip((50.0, gutter), pair, strict=True)]


@pytest.mark.parametrize("gutter", [280.0, 320.0, 340.0])
def test_lines_across_both_columns_are_read_column_by_column(gutter: float) -> None:
    text = page(*rows(_LEFT.split("\n"), _RIGHT.split("\n"), gutter))
    assert text.split("\n\n") == _TALES


def test_columns_in_the_order_of_the_file_stay() -> None:
    lines = rows(_LEFT.split("\n"), _RIGHT.split("\n"))
    assert page(*lines[::2], *lines[1::2]).split("\n\n") == _TALES


def test_a_heading_over_both_parts_what_is_above_it_from_what_is_below() -> None:
    above, below = (rows(_LEFT.split("\n"), _RIGHT.split("\n"), top=top) for top in (750.0, 500.0))
    text = " ".join(page(*above, (50.0, 560.0, _HEAD), *below).split())
    assert text == " ".join((*_TALES, _HEAD, *_TALES))


def test_the_rows_of_a_table_stay_together() -> None:
    cells = [f"{name} 3 May" for name in ("Stone", "Wood", "Iron", "Glass", "Clay", "Straw")]
    text = page(*rows(cells, [f"{number} cars" for number in range(10, 16)]))
    assert text.split() == " ".join(f"{cell} {number} cars" for number, cell in enumerate(cells, 10)).split()


def test_one_column_stays() -> None:
    assert (
        " ".join(page(*((50.0, 750.0 - 14 * at, line) for at, line in enumerate(_LEFT.split("\n")))).split())
        == (_TALES[0])
    )
