"""From blocks to strips: the width is right, links know their cells, and what is laid out is kept."""

from collections.abc import Callable

import pytest
from rich.cells import cell_len

from tui.library.volume import Volume
from tui.reader.themes import THEMES, Theme
from tui.reader.widgets.typesetter import Laid, LaidLink, Piece, Typesetter
from tui.render import pages
from tui.render.page import Block, Page, Para, Span, fixed

DARK = THEMES["dark"]


def kept(typesetter: Typesetter) -> tuple[int, list[Page | None]]:
    """Return how many blocks a typesetter keeps, and of which pages."""
    pages = typesetter._pages.values()  # noqa: SLF001 -- what is kept is nobody's business but that of memory
    return len(typesetter._laid), [page() for page in pages]  # noqa: SLF001 -- likewise


def laid(*spans: Span, width: int = 20, indent: int = 0) -> Laid:
    """Lay out a block of one paragraph."""
    return Typesetter().lay(fixed("Page", [Block("a", (Para(spans, indent=indent),))]), 0, width, DARK)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("width", [8, 30, 84])
def test_every_strip_is_as_wide_as_the_page(volume: Volume, width: int, theme: Theme) -> None:
    typesetter = Typesetter()
    for pane in ("overview", "claims", "sources"):
        page = pages.page_of(volume, pane)
        assert page is not None
        for place in range(min(6, len(page))):
            one = typesetter.lay(page, place, width, theme)
            assert len(one.lines) == len(one.strips)
            for strip in one.strips:
                assert width == strip.cell_length == sum(cell_len(segment.text) for segment in strip)


def test_a_strip_says_what_the_line_says() -> None:
    one = laid(Span("Seven swans "), Span("on", "strong"), Span(" a pond"), width=40, indent=2)
    assert ["  Seven swans on a pond".ljust(40)] == [strip.text for strip in one.strips]
    assert [DARK.style("strong")] == [segment.style for segment in one.strips[0] if segment.text == "on"]


def test_a_link_knows_its_cells() -> None:
    one = laid(Span("See "), Span("the pond", "link", "#pond"), Span("."))
    assert [LaidLink("#pond", (Piece(0, 4, 12),))] == one.links
    expected = [None, one.links[0], one.links[0], None]
    assert expected == [one.link_at(0, cell) for cell in (3, 4, 11, 12)]
    assert one.link_at(1, 5) is None


def test_a_link_over_two_lines_is_one_link() -> None:
    one = laid(Span("Seven large "), Span("white swans", "link", "#swans"), width=18)
    assert [LaidLink("#swans", (Piece(0, 12, 17), Piece(1, 0, 5)))] == one.links


def test_two_links_to_one_place_are_two() -> None:
    one = laid(Span("a", "link", "#x"), Span(" and "), Span("b", "link", "#x"), Span(" c", "link", "#y"))
    assert ["#x", "#x", "#y"] == [link.target for link in one.links]


def test_spans_of_one_link_that_touch_are_one_link() -> None:
    one = laid(Span("white ", "link", "#x"), Span("swans", "emphasis", "#x"))
    assert [LaidLink("#x", (Piece(0, 0, 6), Piece(0, 6, 11)))] == one.links


def test_wide_characters_count_two_cells() -> None:
    one = laid(Span("漢字 "), Span("鳥", "link", "#bird"))
    assert [LaidLink("#bird", (Piece(0, 5, 7),))] == one.links


def test_nothing_that_acts_on_a_terminal_reaches_it() -> None:
    one = laid(Span("a\x1b[31mb\u202ec\x07\x9b"), width=30)
    assert "a[31mbc" == one.strips[0].text.rstrip()


def counted(number: int) -> tuple[Page, Callable[[], int]]:
    """Make a page, and what counts how often its blocks were built."""
    built = 0

    def build(place: int) -> Block:
        nonlocal built
        built += 1
        return Block(str(place), (Para((Span(f"Block {place}"),)),))

    return Page("Page", [str(place) for place in range(number)], build), lambda: built


def test_what_was_laid_out_is_kept_for_its_width_and_theme() -> None:
    page, built = counted(3)
    typesetter = Typesetter()
    first = typesetter.lay(page, 0, 40, DARK)
    assert first is typesetter.lay(page, 0, 40, DARK)
    assert 1 == built()
    assert first is not typesetter.lay(page, 0, 41, DARK)
    assert first is not typesetter.lay(page, 0, 40, THEMES["light"])
    assert first is not typesetter.lay(page, 1, 40, DARK)
    assert 4 == built()


def test_the_oldest_are_forgotten_and_the_page_of_none_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.reader.widgets.typesetter._KEPT", 10)
    typesetter = Typesetter()
    (one, built_one), (other, _) = counted(1), counted(20)
    typesetter.lay(one, 0, 40, DARK)
    for place in range(20):
        typesetter.lay(other, place, 40, DARK)
    assert kept(typesetter)[0] <= 10
    assert [other] == kept(typesetter)[1]
    typesetter.lay(one, 0, 40, DARK)
    assert 2 == built_one()


def test_a_page_that_nobody_has_any_more_is_not_kept() -> None:
    typesetter = Typesetter()
    for number in range(50):
        typesetter.lay(counted(3)[0], 0, 40, DARK)
        blocks, pages = kept(typesetter)
        assert blocks == len(pages) <= 2, number
    another, built = counted(3)
    typesetter.lay(another, 0, 40, DARK)
    assert 1 == built() == kept(typesetter)[0]


def test_what_is_looked_at_again_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.reader.widgets.typesetter._KEPT", 10)
    typesetter = Typesetter()
    page, _ = counted(40)
    first = typesetter.lay(page, 0, 40, DARK)
    for place in range(1, 40):
        typesetter.lay(page, place, 40, DARK)
        assert first is typesetter.lay(page, 0, 40, DARK)
