"""The help runs what it lists, on the page beneath."""

import pytest

from tests.reader.pilot.driving import Driver, reading
from tui.library.catalogue import Catalogue
from tui.session.permissions import LOCAL_KIOSK
from tui.state.records import Location

_CLAIMS = Location("dprk-missiles", "claims")


async def _run(reader: Driver, words: str) -> None:
    """Open the help, go to a line, and run its first command."""
    await reader.press("question_mark")
    page = reader.screen.view.page
    [at] = [index for index in range(len(page)) if words in page.block(index).text]
    for _ in range(60):
        if reader.screen.view.spot.current == at:
            break
        await reader.press("j" if reader.screen.view.spot.current < at else "k")
    assert reader.screen.view.spot.current == at
    await reader.press("enter")


@pytest.mark.parametrize("size", [(50, 14), (80, 24), (120, 36), (200, 50)], ids=str)
async def test_enter_runs_a_line_on_the_page_beneath(bundled: Catalogue, size: tuple[int, int]) -> None:
    async with reading(bundled, _CLAIMS, size=size) as reader:
        await reader.press("j")
        moved = reader.screen.view.spot
        await reader.press("g")
        await _run(reader, "next, previous entry")
        assert (reader.page, reader.screen.view.spot) == ("claims", moved)


async def test_tab_reaches_every_key_in_both_columns(bundled: Catalogue) -> None:
    async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
        await reader.press("question_mark")
        for _ in range(80):
            link = reader.screen.view.link
            if link and link.target == "beneath:compact":
                break
            await reader.press("tab")
        await reader.press("enter")
        assert reader.page == "claims"
        assert reader.screen.view.page.compact


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=str)
async def test_enter_runs_the_row_of_the_words_that_were_found(bundled: Catalogue, size: tuple[int, int]) -> None:
    """Two rows stand side by side."""
    async with reading(bundled, _CLAIMS, size=size) as reader:
        before = reader.app.themes.next_name
        await reader.press("question_mark")
        await reader.find_words("monochrome")
        await reader.press("enter")
        assert reader.page == "claims"
        assert reader.app.themes.next_name != before


async def test_a_click_runs_too(bundled: Catalogue) -> None:
    async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
        await reader.press("question_mark")
        await reader.click("Ctrl+p")
        assert reader.page == "claims"
        assert "Go to:" in reader.text


async def test_in_a_kiosk_only_what_is_allowed_is_listed_and_run(bundled: Catalogue) -> None:
    async with reading(bundled, _CLAIMS, size=(60, 60), allowances=LOCAL_KIOSK) as reader:
        await reader.press("question_mark")
        assert "edit" not in reader.words
        await reader.press("escape")
        await _run(reader, "bookmark, list them")
        assert reader.page == "claims"
        assert reader.said.startswith("Bookmarked")
