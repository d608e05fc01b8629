"""The window on a page: it goes through huge blocks part by part, and asks for none that is far away."""

import pytest

from tui.render.page import Block, fixed
from tui.session.page_rows import PART_ROWS, Extent
from tui.session.viewport import Spot, Viewport

ROOM = 10


class Counting:
    """A page of blocks with parts of so many rows each, and a window on it."""

    def __init__(self, *blocks: list[int]) -> None:
        """Open the window at the top."""
        self.blocks = blocks
        self.asked: set[tuple[int, int]] = set()
        self.port = Viewport(self._measure, lambda _place: 0)
        self.port.room = ROOM
        self.port.show(fixed("", [Block(f"{index}", ()) for index in range(len(blocks))]), Spot())

    def _measure(self, index: int, part: int) -> Extent:
        self.asked.add((index, part))
        return self.blocks[index][part], len(self.blocks[index])

    @property
    def everything(self) -> list[tuple[int, int]]:
        """All rows of the page."""
        return [
            (index, part * PART_ROWS + row)
            for index, parts in enumerate(self.blocks)
            for part, rows in enumerate(parts)
            for row in range(rows)
        ]


@pytest.mark.parametrize("rows", [1, 3, ROOM - 1, ROOM])
def test_scrolling_down_and_up_shows_every_row_in_its_order(rows: int) -> None:
    page = Counting([3], [7, 9, 4, 8], [2, 2], [12])
    seen = list(page.port.visible())
    while True:
        before = page.port.spot
        page.port.scroll(rows)
        if (page.port.spot.top, page.port.spot.row) == (before.top, before.row):
            break
        seen += [row for row in page.port.visible() if row not in seen]
    assert page.everything == seen
    assert page.everything[-ROOM:] == list(page.port.visible())
    for _ in page.everything:
        page.port.scroll(-rows)
    assert page.port.at_start
    assert page.everything[:ROOM] == list(page.port.visible())


def test_a_step_reads_a_huge_block_to_its_end_and_back() -> None:
    page = Counting([3], [30, 30, 30], [4])
    page.port.step(1)
    shown: set[tuple[int, int]] = set(page.port.visible())
    while page.port.spot.current == 1:
        page.port.step(1)
        shown.update(page.port.visible())
    assert 2 == page.port.spot.current
    assert {row for row in page.everything if row[0] == 1} <= shown
    page.port.step(-1)
    assert 1 == page.port.spot.current


def test_a_row_far_down_in_a_block_is_brought_into_view() -> None:
    page = Counting([3], [30] * 500, [4])
    page.port.reveal(1, 250 * PART_ROWS + 7)
    assert (1, 250 * PART_ROWS + 7) in list(page.port.visible())
    assert len(page.asked) < 20


def test_what_is_far_from_the_window_is_not_asked_for() -> None:
    page = Counting([3], [30] * 5000, [4])
    port = page.port
    for action, arguments in (
        (port.step, [1]), (port.turn, [ROOM]), (port.step, [1]), (port.turn, [-ROOM]), (port.select, [2]),
        (port.step, [-1]), (port.settle, []),
    ):  # fmt: skip
        action(*arguments)
        list(page.port.visible())
    assert len(page.asked) < 20


def test_a_spot_in_a_part_that_is_there_no_more_comes_into_bounds() -> None:
    page = Counting([9, 9], [5])
    page.port.show(page.port.page, Spot(0, 0, 7 * PART_ROWS + 3))
    assert page.everything[12:22] == list(page.port.visible())
    page.port.show(page.port.page, Spot(0, 0, 7 * PART_ROWS + 8))
    assert page.everything[-ROOM:] == list(page.port.visible())


def test_a_spot_amid_a_tall_block_is_kept() -> None:
    page = Counting([3], [30] * 50, [4])
    spot = Spot(1, 1, 20 * PART_ROWS + 5)
    page.port.show(page.port.page, spot)
    page.port.settle()
    assert spot == page.port.spot


def test_an_empty_page_moves_nowhere() -> None:
    page = Counting()
    for direction in (1, -1):
        page.port.step(direction)
        page.port.scroll(direction)
        page.port.turn(direction)
    assert [] == list(page.port.visible())
