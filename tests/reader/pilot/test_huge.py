"""Huge texts in one's own terminal: read, found in, copied and shown plainly, part by part."""

from collections.abc import Callable

import pytest

from tests.reader.pilot.driving import reading
from tui.library.catalogue import Catalogue
from tui.render import breaking
from tui.state.records import Location

WORDS = "wide water " * 20_000
TEXT = f"First words. {WORDS}a swan here {WORDS}last words."
LOCATION = Location("lake", "claims")


@pytest.fixture
def lake(make_library: Callable[..., Catalogue]) -> Catalogue:
    """Give a library of one briefing with a huge claim between two small ones."""
    small = '[[claim]]\nid = "{0}"\nby = "x"\ntext = "Claim {0}."\n'
    return make_library(
        lake=f'{small.format("one")}[[claim]]\nid = "huge"\nby = "x"\ntext = "{TEXT}"\n{small.format("two")}'
    )


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give a list of the lengths of what the layout measures."""
    lengths: list[int] = []
    cells = breaking.cells_of

    def noting(text: str) -> int:
        lengths.append(len(text))
        return cells(text)

    monkeypatch.setattr(breaking, "cells_of", noting)
    return lengths


async def test_only_what_is_near_the_window_is_laid_out(lake: Catalogue, measured: list[int]) -> None:
    async with reading(lake, LOCATION) as reader:
        await reader.press("j", "space", "space", "j", "b")
        assert "wide water" in reader.words
        assert sum(measured) < len(TEXT) // 8


async def test_a_match_far_down_is_gone_to_and_marked(lake: Catalogue, measured: list[int]) -> None:
    async with reading(lake, LOCATION) as reader:
        measured.clear()
        await reader.find_words('"a swan here"')
        assert "a swan here" in reader.words
        assert sum(measured) < len(TEXT) // 8


async def test_a_place_in_the_midst_is_come_back_to(lake: Catalogue) -> None:
    async with reading(lake, LOCATION) as reader:
        await reader.find_words('"a swan here"')
        await reader.press("L")
        assert reader.page == "library"
        await reader.press("backspace")
        assert "a swan here" in reader.words
        await reader.resize(100, 30)
        assert "a swan here" in reader.words or "wide water" in reader.words
        assert "First words" not in reader.words


async def test_from_the_block_behind_one_comes_to_its_end(lake: Catalogue) -> None:
    async with reading(lake, LOCATION) as reader:
        await reader.press("G")
        assert "Claim two." in reader.words
        assert "last words." in reader.words


async def test_its_plain_view_begins_at_its_beginning_and_lays_out_no_more(
    lake: Catalogue, measured: list[int]
) -> None:
    async with reading(lake, LOCATION) as reader:
        await reader.press("j")
        measured.clear()
        await reader.press("v")
        assert reader.page == "plain"
        assert "First words." in reader.words
        assert sum(measured) < len(TEXT) // 8
