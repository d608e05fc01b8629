"""The help runs what it lists, on the page beneath."""

import pytest

from tests.reader.pilot.driving import Driver, reading
from tui.library.catalogue import Catalogue
from tui.session.own_pages import help_rows
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


@pytest.mark.parametrize("size", [(50, 14), (80, 24)], ids=str)
async def test_the_first_tab_leads_where_enter_does_not(bundled: Catalogue, size: tuple[int, int]) -> None:
    """Each Tab goes to another key, and the keys of Shift+Tab come back the same way."""
    async with reading(bundled, _CLAIMS, size=size) as reader:
        await reader.press("question_mark")
        run_by_enter = reader.screen.view.target
        ways = []
        for _ in range(6):
            await reader.press("tab")
            assert reader.screen.view.link
            ways.append(reader.screen.view.link.target)
        assert run_by_enter not in ways
        assert len(set(ways)) == len(ways)
        back = []
        for _ in range(5):
            await reader.press("shift+tab")
            assert reader.screen.view.link
            back.append(reader.screen.view.link.target)
        assert back == ways[-2::-1]


async def test_in_one_column_the_help_is_read_row_by_row(bundled: Catalogue) -> None:
    """And nothing stands beside a page; the choice is kept, and taken back by the same key."""
    async with reading(bundled, _CLAIMS, size=(200, 50)) as reader:
        await reader.press("question_mark")
        assert "+: one column" in reader.words
        await reader.press("+")
        assert "+: two columns" in reader.words
        for row in help_rows(reader.app.session.keymap):
            assert [f"{row.keys} {row.words}"] == [
                said
                for line in reader.rows
                if (said := " ".join(line.replace("▌", " ").split())).endswith(f" {row.words}")
                and said.startswith(row.keys)
            ]
        await reader.press("escape", "f")
        assert not reader.screen.outline.display
        assert reader.screen.notes.edge == "top"
        assert reader.app.session.state.setting("zoom")
        await reader.press("escape", "question_mark", "+")
        assert "+: one column" in reader.words
