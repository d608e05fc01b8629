"""How a table is divided, at every size."""

from hypothesis import given
from hypothesis import strategies as st

from tui.reader.widgets.grid_frame import frame


@given(st.integers(1, 300), st.integers(1, 100), st.integers(0, 400), st.integers(1, 4))
def test_it_fits_at_every_size(width: int, height: int, columns: int, digits: int) -> None:
    parts = frame(width, height, columns=columns, digits=digits)
    assert parts.above + parts.rows + parts.below == height
    assert parts.columns >= 1
    assert min(parts) >= 0
    if width >= 12:
        assert parts.left + parts.cell <= width
    if width >= 40 and columns:
        assert parts.left + parts.columns * parts.cell <= width
        assert parts.columns == min(columns, (width - parts.left - 2) // parts.cell)


@given(st.integers(20, 200), st.integers(1, 200))
def test_every_cell_belongs_to_a_column_or_to_the_label(width: int, columns: int) -> None:
    parts = frame(width, 30, columns=columns, digits=2)
    found = [parts.column_at(x) for x in range(width)]
    seen = [at for at in found if at is not None]
    assert sorted(set(seen)) == [-1, *range(parts.columns)][: len(set(seen))]
    assert seen == sorted(seen)


def test_a_small_one_spares_everything_but_the_numbers() -> None:
    assert [(frame(80, height, columns=5, digits=2).above, frame(80, height, columns=5, digits=2).below)
            for height in (30, 20, 10, 5, 2, 1)] == [(4, 4), (4, 3), (2, 2), (1, 0), (1, 0), (0, 0)]  # fmt: skip
