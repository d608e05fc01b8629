"""Frames as bytes: what a terminal shows after them, how few they are, and that nothing in them acts."""

from collections.abc import Iterable

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tui.kiosk.terminal.cell_cache import CellCache
from tui.kiosk.terminal.cells import cells_of, style_of
from tui.kiosk.terminal.painter import Painter

WIDTH = 24
TALL = 14
INK = Style(color="#d9d7d0", bgcolor="#16181d")
STYLES = [
    INK,
    Style(color="#7fb4e0", bgcolor="#16181d", bold=True),
    Style(color="#d9d7d0", bgcolor="#3d4426", italic=True),
    Style(underline=True),
    Style(reverse=True),
    None,
]
TEXTS = st.text(alphabet="ab …é日本\u0301 ", max_size=12)
ROWS = st.lists(st.tuples(TEXTS, st.sampled_from(STYLES)), max_size=5)
FRAMES = st.lists(st.lists(ROWS, min_size=4, max_size=4), min_size=1, max_size=5)


def strip(*parts: tuple[str, Style | None]) -> Strip:
    """Make a row of the usual width; a mark that would join the cell of another stretch is left out."""
    segments = [Segment(text.lstrip("\u0301"), style) for text, style in parts]
    return Strip(segments).adjust_cell_length(WIDTH, STYLES[0])


POOL = [
    strip((f"{place} line that goes", STYLES[place % 3]), (" " * (place % 5) + "on", STYLES[place % 6]))
    for place in range(60)
]
SIDES = [Strip([Segment(f"│ side {place:2}  ", STYLES[place % 4])]) for place in range(20)]
OVER = [Strip([Segment(f"over both {place}".ljust(WIDTH + 11), STYLES[place])]) for place in range(5)]
OVER_FROM = 50
STEPS = st.lists(
    st.tuples(st.integers(0, 45), st.integers(0, 8), st.dictionaries(st.integers(0, TALL - 1), st.integers(0, 59))),
    min_size=1,
    max_size=6,
)


def frame(rows: list[Strip]) -> LayoutUpdate:
    return LayoutUpdate([[row] for row in rows], Region(0, 0, WIDTH, len(rows)))


def shown(*texts: str, width: int = WIDTH, height: int = 4) -> list[list[tuple[object, ...]]]:
    """Give what a terminal shows after some texts, cell by cell, as far as one can see it."""
    screen = pyte.Screen(width, height)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[?7l")  # as the driver asks for when it takes the screen
    for text in texts:
        stream.feed(text)
    cells = []
    for row in range(height):
        line = []
        for column in range(width):
            cell = screen.buffer[row][column]
            seen = (cell.bg, cell.underscore, cell.reverse)
            blank = cell.data in {"", " "} and not cell.underscore and not cell.reverse
            line.append((cell.data or "", *seen, *(() if blank else (cell.fg, cell.bold, cell.italics))))
        cells.append(line)
    return cells


@pytest.mark.parametrize("is_able", [True, False])
@given(frames=FRAMES)
def test_a_terminal_shows_the_same_as_after_the_whole_frame(
    is_able: bool, frames: list[list[list[tuple[str, Style | None]]]]
) -> None:
    screen = Painter("true", CellCache())
    drawn = [[strip(*row) for row in rows] for rows in frames]
    written = [screen.paint(frame(strips), is_able=is_able) for strips in drawn]
    assert shown(*written) == shown(Painter("true", CellCache()).paint(frame(drawn[-1])))


def page(at: int, covered: int = -1) -> LayoutUpdate:
    """Return a page beside a column that stays. One row lies over both."""
    rows: list[Iterable[Strip]] = [[OVER[0]] if row == covered else [POOL[at + row], SIDES[row]] for row in range(TALL)]
    return LayoutUpdate(rows, Region(0, 0, WIDTH + 11, TALL))


@pytest.mark.parametrize("covered", range(TALL))
def test_a_row_that_is_covered_while_others_move_is_shown(covered: int) -> None:
    screen = Painter("true", CellCache())
    written = ""
    for each in (page(0), page(3, covered), page(6), page(9, covered), page(9)):
        written += screen.paint(each, is_able=True)
        whole = Painter("true", CellCache()).paint(each)
        assert shown(written, width=WIDTH + 11, height=TALL) == shown(whole, width=WIDTH + 11, height=TALL)


@given(STEPS)
def test_what_moves_is_scrolled_to_the_same_screen(steps: list[tuple[int, int, dict[int, int]]]) -> None:
    """A page beside a column that stays, with changes in both and rows over both, between a head and a foot."""
    screen = Painter("true", CellCache())
    frames = [
        LayoutUpdate(
            [
                [OVER[edits[row] % 5]]
                if edits.get(row, 0) > OVER_FROM
                else [POOL[59 if row in {0, TALL - 1} else edits.get(row, at + row)], SIDES[side + row % 7]]
                for row in range(TALL)
            ],
            Region(0, 0, WIDTH + 11, TALL),
        )
        for at, side, edits in steps
    ]
    written = [screen.paint(each, is_able=True) for each in frames]
    whole = Painter("true", CellCache()).paint(frames[-1])
    assert shown(*written, width=WIDTH + 11, height=TALL) == shown(whole, width=WIDTH + 11, height=TALL)


def test_a_page_that_moves_is_scrolled_where_the_terminal_can() -> None:
    whole, able = Painter("true", CellCache()), Painter("true", CellCache())
    for painter, is_able in ((whole, False), (able, True)):
        painter.paint(frame(POOL[:TALL]), is_able=is_able)
    plain = whole.paint(frame(POOL[3 : TALL + 3]))
    moved = able.paint(frame(POOL[3 : TALL + 3]), is_able=True)
    assert "\x1b[1;14r\x1b[14;1H\n\n\n\x1b[r" in moved
    assert 3 * len(moved) < len(plain)
    assert "\x1bM\x1bM\x1b[r" in able.paint(frame(POOL[1 : TALL + 1]), is_able=True)


def test_an_accent_upon_a_blank_has_its_own_ink() -> None:
    """The blank before it may keep the ink of what stands before; the one that it stands upon may not."""
    written = Painter("true", CellCache()).paint(frame([strip(("a", STYLES[0]), ("  \u0301", STYLES[1]))]))
    assert "a \x1b[1;38;2;127;180;224m \u0301" in written


@given(ROWS)
def test_what_is_shown_already_is_not_sent(row: list[tuple[str, Style | None]]) -> None:
    screen = Painter("true", CellCache())
    screen.paint(frame([strip(*row)]))
    assert "" == screen.paint(frame([strip(*row)]))
    screen.forget()
    assert screen.paint(frame([strip(*row)]))


@given(ROWS)
def test_a_row_has_as_many_cells_as_it_is_wide(row: list[tuple[str, Style | None]]) -> None:
    cells = cells_of(strip(*row), "true")
    assert WIDTH == len(cells.texts) == cells.runs[-1].end
    assert WIDTH == cell_len("".join(cells.texts))


def test_only_the_cells_that_changed_are_sent() -> None:
    screen = Painter("true", CellCache())
    screen.paint(frame([strip(("one two three", STYLES[0]))]))
    assert "\x1b[1;5Hsix" == screen.paint(frame([strip(("one six three", STYLES[0]))]))


def test_behind_a_wide_character_the_terminal_stands_after_all_its_cells() -> None:
    screen = Painter("true", CellCache())
    screen.paint(frame([strip((f"日{' ' * 12}a", STYLES[0]))]))
    assert "\x1b[1;1H本\x1b[12Cb" == screen.paint(frame([strip((f"本{' ' * 12}b", STYLES[0]))]))


def test_a_picture_of_several_characters_is_one_cell() -> None:
    family = "\U0001f469\u200d\U0001f467"
    cells = cells_of(Strip([Segment(f"a{family}b", STYLES[0])]), "true")
    assert cell_len(f"a{family}b") == len(cells.texts)
    assert f"a{family}b" == "".join(cells.texts)


@pytest.mark.parametrize(
    "evil", ["\x1b[31m", "\x1b]52;c;eA==\x07", "\x9b31m", "\u202e", "\x07", "\r\n", "\x1bc", "\u200b"]
)
def test_what_could_act_on_a_terminal_never_goes_out(evil: str) -> None:
    written = Painter("none", CellCache()).paint(frame([Strip([Segment(f"a{evil}b", None)])]))
    assert not any(
        character in written.replace("\x1b[1;1H", "").replace("\x1b[0m", "")
        for character in evil
        if not character.isprintable()
    )


@pytest.mark.parametrize(("depth", "codes"), [("true", "38;2;127;180;224"), ("256", "38;5;110"), ("none", "")])
def test_colours_are_those_of_the_terminal(depth: str, codes: str) -> None:
    style = Style(color="#7fb4e0")
    # The one style serves all of them, in whichever order they come.
    assert codes == style_of(style, depth).foreground


def test_an_address_is_a_link_of_the_terminal() -> None:
    row = Strip(
        [
            Segment("see ", STYLES[0]),
            Segment("there", Style.combine([INK, Style(link="https://example.org/a")])),
            Segment(" now", STYLES[0]),
        ]
    )
    written = Painter("none", CellCache()).paint(frame([row]))
    assert "see \x1b]8;;https://example.org/a\x1b\\there\x1b]8;;\x1b\\ now" in written


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "https://example.org/\x1b[31m", "https://exämple.org", ""]
)
def test_no_other_address_is(address: str) -> None:
    assert "]8;" not in Painter("none", CellCache()).paint(frame([Strip([Segment("x", Style(link=address))])]))


def test_parts_of_a_row_that_are_cut_otherwise_are_sent_again() -> None:
    screen = Painter("none", CellCache())
    screen.paint(LayoutUpdate([[Strip([Segment("abcdef")])]], Region(0, 0, 6, 1)))
    over = screen.paint(LayoutUpdate([[Strip([Segment("XY")])]], Region(2, 0, 2, 1)))
    again = screen.paint(LayoutUpdate([[Strip([Segment("abcdef")])]], Region(0, 0, 6, 1)))
    assert "XY" in over
    assert "abcdef" in again
