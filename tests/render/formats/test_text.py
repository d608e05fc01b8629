"""Pages as plain text."""

import pytest

from tui.library.volume import Volume
from tui.render.formats.text import blocks_text, page_text
from tui.render.page import Block, Page, Para, Span, fixed, line
from tui.render.pages import page_of


def test_a_page_has_its_title_on_top() -> None:
    page = fixed("Title", [Block("a", (line("one"),)), Block("b", (line("two"),), space=2)])

    assert list(page_text(page, 20)) == ["Title", "", "one", "", "", "two"]


def test_nothing_reaches_the_terminal_that_could_act_on_it() -> None:
    """The last guard, where the loader has refused them already."""
    assert list(blocks_text([Block("a", (Para((Span("a\x1b[2J\u202eb\u00a0c  "),)),))], 20)) == ["a[2Jb c"]


def test_no_line_ends_with_a_blank(volume: Volume) -> None:
    page = page_of(volume, "overview")
    assert page is not None

    for text in page_text(page, 60):
        assert text == text.rstrip()


def test_it_is_stable(volume: Volume) -> None:
    """The same briefing gives the same text."""
    page = page_of(volume, "claims")
    assert page is not None

    assert list(page_text(page, 72)) == list(page_text(page, 72))


def test_a_page_of_many_builds_what_is_looked_at() -> None:
    """A page of 20,000 costs nothing before."""
    page = Page("Many", [str(number) for number in range(20_000)], lambda place: pytest.fail(f"{place} was built"))

    assert len(page) == 20_000
    assert page.index_of("19999") == 19_999
    assert page.index_of("none") is None
