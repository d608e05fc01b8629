"""All that the mouse does."""

import pytest

from tests.reader.pilot.driving import reading
from tests.reader.running import CLAIMS
from tui.library.catalogue import Catalogue
from tui.reader.widgets.chrome import Chrome
from tui.reader.widgets.page_view import PageView
from tui.state.records import Location


class TestClicks:
    async def test_an_entry_becomes_current(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(80, 40)) as reader:
            await reader.click("Some of the swans")
            assert (reader.page, reader.block) == ("claims", "geese")
            moved = reader.posted(PageView.Moved)[-1]  # those before are of the first layout
            assert isinstance(moved, PageView.Moved)
            assert (moved.view, moved.before) == (reader.screen.view, 0)

    async def test_twice_opens_it(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(80, 40)) as reader:
            await reader.click("Some of the swans", times=2)
            assert reader.page == "entry:geese"

    async def test_twice_opens_a_briefing(self, bundled: Catalogue) -> None:
        async with reading(bundled, size=(80, 40)) as reader:
            await reader.click("The handbook", times=2)
            assert reader.screen.location[:2] == ("handbook", "overview")

    async def test_a_link_is_followed(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(80, 40)) as reader:
            await reader.click("Ann Keeper")
            assert reader.page == "entity:keeper"
            assert [getattr(message, "target", "") for message in reader.posted(PageView.Followed)] == ["#keeper"]

    async def test_a_footnote_opens(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(80, 40)) as reader:
            await reader.click("²")
            assert reader.block == "eleven"
            assert reader.screen.notes.opened == 1
            assert "The Miller, untitled interview" in reader.beside

    async def test_a_pane_opens(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
            await reader.click("Questions", "masthead")
            assert reader.page == "questions"
            assert [getattr(message, "target", "") for message in reader.posted(Chrome.Clicked)] == ["page:questions"]

    async def test_a_pane_opens_as_it_was_left(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
            await reader.press("j")
            await reader.click("Questions", "masthead")
            await reader.click("Claims", "masthead")
            assert (reader.page, reader.block) == ("claims", "eleven")

    async def test_the_open_pane_stays_where_it_is(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
            await reader.press("j")
            await reader.click("Claims", "masthead")
            assert (reader.page, reader.block) == ("claims", "eleven")

    async def test_the_title_leads_to_the_overview(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.click("Swans on a pond", "masthead")
            assert reader.page == "overview"

    async def test_the_title_of_the_library_and_of_the_help_leads_nowhere(self, swans: Catalogue) -> None:
        async with reading(swans) as reader:
            await reader.click("Library", "masthead")
            assert reader.page == "library"
            await reader.press("question_mark")
            await reader.click("Help", "masthead")
            assert reader.page == "help"
            await reader.press("ctrl+o", "ctrl+o")
            assert reader.said == "This is where you began."

    @pytest.mark.parametrize(("words", "page"), [("help", "help"), ("open", "entry:seven")])
    async def test_a_hint_does_what_it_says(self, swans: Catalogue, words: str, page: str) -> None:
        async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
            await reader.click(words, "status")
            assert reader.page == page

    async def test_the_hint_of_finding_opens_the_prompt(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
            await reader.click("/ find", "status")
            await reader.until(lambda: reader.screen.find_bar.display)
            await reader.write("geese")
            assert reader.block == "geese"

    async def test_a_sidenote_opens(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
            await reader.click("The Daily Swan", "notes")
            assert reader.screen.notes.opened == 3
            assert "“Swans again,” The Daily Swan, 9 November 2026." in reader.beside

    async def test_an_open_footnote_leads_to_its_text(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(120, 50)) as reader:
            await reader.press("f")
            await reader.click("¶1", "notes")
            assert (reader.page, reader.block) == ("text:pond", "1")

    async def test_the_outline_leads_to_an_entry(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(200, 50)) as reader:
            await reader.click("Some of", "outline")
            assert (reader.page, reader.block) == ("claims", "geese")
            assert "▌" in reader.rows[reader.find("Some of", "outline").y][:6]

    async def test_empty_space_does_nothing(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "views"), size=(200, 50)) as reader:
            for offset in ((199, 40), (100, 45), (10, 40), (0, 0), (199, 1), (100, 2), (199, 49), (180, 49)):
                await reader.pilot.click(offset=offset)
            assert (reader.page, reader.block) == ("views", "keeper-view")


class TestWheel:
    async def test_scrolls_the_page(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "claims")) as reader:
            await reader.wheel("page", 1, turns=4)
            spot = reader.screen.view.spot
            assert spot.top > 0
            assert spot.current >= spot.top
            assert f"{spot.current + 1}/{CLAIMS}" in reader.rows[-1]
            await reader.wheel("page", -1, turns=5)
            assert (reader.screen.view.spot.top, reader.screen.view.spot.row) == (0, 0)

    async def test_scrolls_the_footnotes_alone(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "claims")) as reader:
            await reader.press("f")
            before, location = reader.beside, reader.screen.here
            await reader.wheel("notes", 1, turns=2)
            assert reader.beside != before
            assert reader.screen.here == location

    async def test_scrolls_the_outline_alone(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "overview"), size=(160, 24)) as reader:
            rows, location = reader.rows, reader.screen.here
            await reader.wheel("outline", 1, turns=4)
            assert reader.rows != rows
            assert reader.screen.here == location
            await reader.wheel("outline", -1, turns=4)
            assert reader.rows == rows

    async def test_what_was_scrolled_past_is_not_taken_for_read(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "claims")) as reader:
            await reader.wheel("page", 1, turns=20)
            assert not reader.screen.session.state.read_digests("handbook")
