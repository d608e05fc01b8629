"""The library screen, and how briefings are opened from it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reader.pilot.driving import Driver, library, reading
from tui.library.catalogue import Catalogue
from tui.state.records import Location
from tui.state.stores import open_state


class TestLibraryScreen:
    async def test_shows_title_bottom_line_date_and_counts(self, swans: Catalogue) -> None:
        async with reading(swans) as reader:
            assert "Library" in reader.rows[0]
            assert "1 briefing" in reader.rows[0]
            assert "Swans on a pond" in reader.words
            assert "Two counts disagree" in reader.words
            assert "as of 22 November 2026" in reader.words
            assert "3 claims · 2 expert views 2 recommendations · 6 sources · 1 conflict" in reader.words

    async def test_says_new_of_what_was_never_opened(self, swans: Catalogue) -> None:
        async with reading(swans) as reader:
            assert "new · as of" in reader.words

    async def test_says_changed_of_another_revision_and_nothing_of_the_same(self, swans: Catalogue) -> None:
        state = open_state(None)
        state.visited("sample", "an older digest")
        async with reading(swans, state=state) as reader:
            assert "changed · as of" in reader.words
        state.visited("sample", swans.rows(0, 1)[0].digest)
        async with reading(swans, state=state) as reader:
            assert "new ·" not in reader.words
            assert "changed ·" not in reader.words
        state.close()

    async def test_the_newest_stand_first_and_the_current_one_has_a_bar(self, bundled: Catalogue) -> None:
        async with reading(bundled, size=(100, 30)) as reader:
            assert reader.block == "tariffs-1887"  # of one day with the next, and earlier by its title
            assert reader.find("Do high tariffs").y < reader.find("North Korea’s").y < reader.find("The handbook").y
            await reader.press("j")
            assert "▌" in reader.rows[reader.find("North Korea’s").y]
            await reader.press("j")
            assert reader.block == "handbook"
            assert "▌" in reader.rows[reader.find("The handbook").y]
            assert "▌" not in reader.rows[reader.find("North Korea’s").y]

    async def test_an_empty_library_says_where_it_looked(self, tmp_path: Path) -> None:
        catalogue = library(None, tmp_path)
        async with reading(catalogue) as reader:
            assert "No briefings yet in" in reader.words
            await reader.press("j", "enter", "2", "f", "y", "n", "g", "G")
            assert reader.page == "library"
        catalogue.close()

    async def test_a_pane_asks_for_a_briefing_first(self, swans: Catalogue) -> None:
        async with reading(swans) as reader:
            await reader.press("2")
            assert reader.said == "Open a briefing first: Enter opens the current one."
            assert reader.page == "library"

    async def test_fills_when_the_folder_was_not_read_yet(self, sample_folder: Path) -> None:
        """A start without a cache paints first, and shows the briefings as soon as they were read."""
        catalogue = Catalogue(None, [sample_folder.parent], Path("/nothing-held"))
        assert catalogue.count() == 0
        async with reading(catalogue) as reader:
            await reader.until(lambda: "Swans on a pond" in reader.words)
            assert "1 briefing" in reader.rows[0]
        catalogue.close()


class TestBrokenBriefing:
    async def test_stands_among_the_others_with_its_first_error(self, make_library: Callable[..., Catalogue]) -> None:
        catalogue = make_library(good="", bad='[[claim]]\nid = "c"\ntxt = "x"\n')
        async with reading(catalogue, size=(120, 36)) as reader:
            assert "2 briefings" in reader.rows[0]
            assert "A tiny briefing new · as of 22 November 2026 There is little" in reader.words
            assert "bad cannot be opened: " in reader.words
            assert "bad/briefing.toml:8:1: claim[1]: the claim is nobody’s" in reader.words

    async def test_opens_with_all_its_errors(self, make_library: Callable[..., Catalogue]) -> None:
        catalogue = make_library(bad='[[claim]]\nid = "c"\ntxt = "x"\nby = 3\n')
        async with reading(catalogue, size=(120, 36)) as reader:
            await reader.press("enter")
            assert reader.screen.location.briefing == "bad"
            assert "bad cannot be opened: " in reader.words
            assert "unknown key 'txt' did you mean 'text'?" in reader.words
            assert "bad/briefing.toml:11:6 claim[1].by is a number write text in quotes" in reader.words
            assert "Traceback" not in reader.text

    async def test_leads_back_to_the_library(self, make_library: Callable[..., Catalogue]) -> None:
        catalogue = make_library(bad="[[claim]]\n")
        async with reading(catalogue) as reader:
            await reader.press("enter", "2", "j", "f", "y", "right_parenthesis", "e", "ctrl+o")
            assert reader.page == "library"


class TestOpening:
    async def test_enter_opens_the_overview(self, swans: Catalogue) -> None:
        async with reading(swans) as reader:
            await reader.press("enter")
            assert reader.screen.location.briefing == "sample"
            assert reader.page == "overview"
            assert "Swans on a pond" in reader.rows[0]
            assert "as of 22 Nov 2026 · 6 sources · 1 conflict" in reader.rows[0]

    async def test_a_briefing_that_is_asked_for_skips_the_library(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "overview")) as reader:
            assert reader.page == "overview"
            assert "DISPUTED C1 The book has seven swans ⇄ C2" in reader.words

    async def test_a_briefing_that_is_not_there_says_so(self, swans: Catalogue) -> None:
        async with reading(swans, Location("nothing", "overview")) as reader:
            assert "There is no briefing “nothing” here." in reader.words

    async def test_an_entry_that_is_gone_says_so(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "entry:gone")) as reader:
            assert "“gone” is not in this edition any more." in reader.words

    async def test_capital_l_goes_back_to_the_library(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("L")
            assert reader.page == "library"
            await reader.press("ctrl+o")
            assert reader.page == "claims"


class TestOverview:
    async def test_says_what_matters_in_one_page(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "overview"), size=(80, 40)) as reader:
            for words in (
                "Two counts disagree",
                "As of 22 November 2026, 6 sources · A. Author, B. Author",
                "DISPUTED C1 The book has seven swans ⇄ C2 The miller saw eleven swans",
                "TO BE DONE R1 Count again R2 Look 1 of 2 disputed",
                "NOT KNOWN How many?",
                "READ ON 1 Background 1",
                "Made up from end to end.",
            ):
                assert words in reader.words

    async def test_leads_on_to_panes_and_entries(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "overview"), size=(80, 40)) as reader:
            await reader.click("Expert views")
            assert reader.page == "views"
            await reader.press("ctrl+o")
            await reader.click("How many?", "page")
            assert (reader.page, reader.block) == ("questions", "how-many")

    async def test_leads_to_all_disputes(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("dprk-missiles", "overview"), size=(100, 60)) as reader:
            while reader.block != "front:disputed":
                before = reader.block
                await reader.press("j")
                assert reader.block != before
            await reader.press("enter")
            assert reader.page == "evidence:conflicts"


class TestLastRead:
    """The library opens at the briefing that was read last, and Enter goes on there."""

    @pytest.mark.parametrize("size", [(50, 14), (80, 24), (120, 36)], ids=str)
    @pytest.mark.parametrize("name", ["tariffs-1887", "dprk-missiles", "handbook"])
    async def test_it_is_the_current_row(self, bundled: Catalogue, size: tuple[int, int], name: str) -> None:
        state = open_state(None)
        async with reading(bundled, Location(name, "claims"), size=size, state=state) as reader:
            await reader.press("j", "j")
            left = reader.block
            await reader.press("L")
            assert reader.block == name
            _opens_whole(reader)
            await reader.press("enter")
            assert reader.screen.here[:3] == (name, "claims", left)
            await reader.press("q")
        async with reading(bundled, size=size, state=state) as reader:
            assert (reader.page, reader.block) == ("library", name)
            _opens_whole(reader)
            await reader.press("enter")
            assert reader.screen.here[:3] == (name, "claims", left)


def _opens_whole(reader: Driver) -> None:
    """Check that the page opens with the title of a briefing, and shows the current one from its title on."""
    titles = {reader.screen.view.page.block(index).paras[0].text for index in range(3)}
    shown = [row.replace("▌", " ").strip(" ║│") for row in reader.rows[2 if reader.screen.size.height > 19 else 1 :]]
    first = next(row for row in shown if row and not set(row) <= {"─"})
    assert any(title.startswith(first) for title in titles), first
    assert reader.screen.view.spot.top <= reader.screen.view.spot.current
