"""The window on a page: it goes through huge blocks part by part, and asks for none that is far away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.render.page import Block, fixed
from tui.session.page_rows import PART_ROWS, Extent
from tui.session.viewport import FIRST_STOP, Spot, Viewport

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
        (port.step, [-1]),
    ):  # fmt: skip
        action(*arguments)
        list(page.port.visible())
    port.settle()
    list(port.visible())
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


class Stops:
    """A window over blocks of some rows, of which some are stops and some have empty rows before them."""

    def __init__(self, blocks: list[tuple[int, int, bool]], room: int, *, heading: bool = True) -> None:
        """Open the window at the beginning; without a heading the first block is the subject of the page."""
        self.blocks = blocks
        self.port = Viewport(
            lambda index, _part: (sum(blocks[index][:2]), 1), lambda index: blocks[index][0], lambda at: blocks[at][2]
        )
        self.port.room = room
        made = [Block(f"{at}", (), "" if heading or at else "#self") for at in range(len(blocks))]
        self.port.show(fixed("", made), Spot(FIRST_STOP))

    @property
    def shows_current(self) -> bool:
        """Whether a row of the current block's text is in view."""
        space = self.blocks[self.port.spot.current][0]
        return any(index == self.port.spot.current and row >= space for index, row in self.port.visible())


_BLOCKS = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 30), st.booleans()), min_size=1, max_size=12)
_KEYS = st.lists(
    st.sampled_from(["step 1", "step -1", "turn 4", "turn -4", "turn 10", "scroll 3", "scroll -3", "begin", "end"]),
    max_size=30,
)


def press(port: Viewport, key: str) -> None:
    name, _, number = key.partition(" ")
    getattr(port, name)(*([int(number)] if number else []))


@given(blocks=_BLOCKS, room=st.integers(4, 24), keys=_KEYS, heading=st.booleans())
def test_the_current_block_is_in_view_after_any_key(
    blocks: list[tuple[int, int, bool]], room: int, keys: list[str], *, heading: bool
) -> None:
    page = Stops(blocks, room, heading=heading)
    for key in ["", *keys]:
        if key:
            press(page.port, key)
        assert page.shows_current, (key, page.port.spot)


@given(blocks=_BLOCKS, room=st.integers(4, 24))
def test_no_row_is_skipped_on_the_way_down_or_up(blocks: list[tuple[int, int, bool]], room: int) -> None:
    """On the way up, a block that is taller than the window is shown from its beginning."""
    page = Stops(blocks, room)
    everything = {(at, row) for at, (space, rows, _) in enumerate(blocks) for row in range(space, space + rows)}
    tall = {(at, row) for at, row in everything if sum(blocks[at][:2]) > room}
    for direction in (1, -1):
        seen: set[tuple[int, int]] = set()
        before: tuple[Spot, int] | None = None
        while before != (before := (page.port.spot, direction)):
            seen |= set(page.port.visible())
            page.port.step(direction)
        assert everything - (tall if direction < 0 else set()) <= seen


@given(blocks=_BLOCKS, room=st.integers(4, 24), keys=_KEYS)
def test_who_comes_back_finds_the_rows_as_they_were(
    blocks: list[tuple[int, int, bool]], room: int, keys: list[str]
) -> None:
    page = Stops(blocks, room)
    for key in keys:
        press(page.port, key)
    spot = page.port.spot
    page.port.show(page.port.page, spot)
    assert page.port.spot == spot


@given(blocks=_BLOCKS, room=st.integers(4, 24), keys=_KEYS)
def test_the_end_has_the_last_row_and_the_beginning_the_first(
    blocks: list[tuple[int, int, bool]], room: int, keys: list[str]
) -> None:
    page = Stops(blocks, room)
    for key in keys:
        press(page.port, key)
    page.port.end()
    page.port.end()
    last = len(blocks) - 1
    assert (last, sum(blocks[last][:2]) - 1) in list(page.port.visible())
    page.port.begin()
    assert page.port.at_start


def test_a_list_opens_at_its_first_entry_and_a_page_of_one_thing_at_its_head() -> None:
    blocks = [(0, 2, False), (1, 3, True), (1, 3, True)]
    assert Stops(blocks, 10).port.spot == Spot(1, 0, 0)
    assert Stops(blocks, 10, heading=False).port.spot == Spot(0, 0, 0)
    assert Stops([(0, 20, False), (1, 3, True)], 10).port.spot == Spot(0, 0, 0)


def test_rows_that_are_to_be_in_view_move_the_window_no_farther_and_for_this_window_alone() -> None:
    port = Counting([20], [3]).port
    port.settle([ROOM + 1])
    assert port.spot == Spot(0, 0, 2)
    assert port.asked == Spot()
    port.settle([ROOM + 1, 1])
    assert port.spot == Spot(0, 0, 1), "the last one counts most"
    port.settle()
    assert port.spot == Spot()
