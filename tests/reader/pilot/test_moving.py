"""Panes, and moving on them by keys."""

from collections.abc import Callable

import pytest

from tests.reader.pilot.driving import Driver, reading
from tui.briefing.kinds import PANES
from tui.library.catalogue import Catalogue
from tui.state.records import Location

TALL = '[[claim]]\nid = "tall"\ntext = """\n' + "\n\n".join(f"Line {n} of it." for n in range(40)) + '\n"""\nby = "x"\n'


def _shown(reader: Driver) -> set[str]:
    """Tell which blocks of the page are seen, by their ids."""
    view = reader.screen.view
    return {view.page.ids[place] for place, _ in view.window.visible()}


class TestPanes:
    @pytest.mark.parametrize("key", range(len(PANES)))
    async def test_a_digit_opens_its_pane(self, swans: Catalogue, key: int) -> None:
        start = "claims" if key != 2 else "views"
        async with reading(swans, Location("sample", start)) as reader:
            await reader.press(str(key))
            assert reader.page == tuple(PANES)[key]

    @pytest.mark.parametrize("key", "0123456789"[len(PANES) :])
    async def test_a_digit_without_a_pane_does_nothing(self, swans: Catalogue, key: str) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press(key)
            assert reader.page == "claims"

    async def test_brackets_go_round(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "overview")) as reader:
            seen = []
            for _ in PANES:
                await reader.press("right_square_bracket")
                seen.append(reader.page)
            assert seen == [*tuple(PANES)[1:], "overview"]
            await reader.press("left_square_bracket")
            assert reader.page == "questions"

    async def test_the_open_pane_is_underlined_and_the_row_counts(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
            assert "0 Overview  1 Background 1  2 Claims 3  3 Expert views 2" in reader.rows[1]
            assert reader.style_at(reader.find("2 Claims", "masthead")).underline
            assert not reader.style_at(reader.find("3 Expert", "masthead")).underline

    async def test_each_kind_of_entry_says_what_it_is(self, swans: Catalogue) -> None:
        """Kind, who says it, hedge, rating, conflicts and footnote numbers stand in the pane itself."""
        async with reading(swans, Location("sample", "claims")) as reader:
            assert "C1 The book has seven swans. ¹ ⁵" in reader.words
            assert (
                "report · Ann Keeper · hedge “there were” · 8 November 2026 · B2 2 sources, 2 origins" in reader.words
            )
            assert "⇄ conflicts with C2 The miller saw eleven swans" in reader.words
            await reader.press("3")
            assert "V1 Ann Keeper, keeper of the book, the mill The swans will probably stay." in reader.words
            await reader.press("4")
            assert "disputed: rests on C1, C2 · for Ann Keeper (implied) · the book" in reader.words
            assert "modal “ought to” · 1 source → rests on C1, C2" in reader.words

    async def test_a_pane_is_found_as_it_was_left(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("j", "3", "2")
            assert (reader.page, reader.block) == ("claims", "eleven")

    async def test_an_empty_pane_says_so(self, make_library: Callable[..., Catalogue]) -> None:
        async with reading(make_library(one=""), Location("one", "views")) as reader:
            assert "This briefing has no expert views." in reader.words


class TestMoving:
    async def test_j_and_k_step_and_stop_at_the_ends(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(80, 40)) as reader:
            seen = []
            for key in ("j", "down", "j", "k", "up", "k"):
                await reader.press(key)
                seen.append(reader.block)
            assert seen == ["eleven", "geese", "geese", "eleven", "seven", "seven"]

    async def test_the_status_line_counts(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            assert "1/3" in reader.rows[-1]
            await reader.press("j")
            assert "2/3" in reader.rows[-1]

    @pytest.mark.parametrize(("last", "first"), [("G", "g"), ("end", "home")])
    async def test_ends(self, bundled: Catalogue, last: str, first: str) -> None:
        async with reading(bundled, Location("handbook", "claims")) as reader:
            await reader.press(last)
            assert "32/32" in reader.rows[-1]
            assert "C32" in reader.text
            await reader.press(first)
            assert "1/32" in reader.rows[-1]
            assert "C1 " in reader.text

    @pytest.mark.parametrize(
        ("down", "up", "part"),
        [("ctrl+d", "ctrl+u", 0.5), ("space", "b", 1), ("pagedown", "pageup", 1)],
    )
    async def test_half_and_whole_pages(
        self, make_library: Callable[..., Catalogue], claims: Callable[[int], str], down: str, up: str, part: float
    ) -> None:
        async with reading(make_library(long=claims(100)), Location("long", "claims")) as reader:
            view = reader.screen.view
            rows = view.room // 2 if part < 1 else view.room - 2
            await reader.press(down)
            assert sum(view.measure(place)[0] for place in range(view.spot.top)) + view.spot.row == rows
            assert reader.block in _shown(reader)
            await reader.press(up)
            assert (view.spot.top, view.spot.row) == (0, 0)

    async def test_pages_reach_the_last_and_the_first_entry(
        self, make_library: Callable[..., Catalogue], claims: Callable[[int], str]
    ) -> None:
        async with reading(make_library(long=claims(30)), Location("long", "claims")) as reader:
            await reader.press(*["space"] * 8)
            assert reader.block == "c30"
            await reader.press(*["b"] * 8)
            assert reader.block == "c1"

    async def test_an_entry_taller_than_the_screen_is_read_to_its_end_first(
        self, make_library: Callable[..., Catalogue]
    ) -> None:
        catalogue = make_library(tall=TALL + '[[claim]]\nid = "next"\ntext = "The next one."\nby = "x"\n')
        async with reading(catalogue, Location("tall", "claims")) as reader:
            seen = set()
            presses = 0
            while reader.block == "tall":
                seen |= {n for n in range(40) if f"Line {n} of it." in reader.words}
                await reader.press("j")
                presses += 1
                assert presses < 20
            assert seen == set(range(40))
            assert "The next one." in reader.words
            while "Line 0 of it." not in reader.words:
                await reader.press("k")
                presses += 1
                assert presses < 40
            assert reader.block == "tall"

    async def test_the_current_entry_is_always_in_sight(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "background"), size=(70, 18)) as reader:
            for key in ("j", "j", "ctrl+d", "space", "j", "ctrl+u", "b", "k", "G", "k", "ctrl+d", "g", "pagedown"):
                await reader.press(key)
                assert reader.block in _shown(reader), key


class TestLinks:
    async def test_tab_goes_through_links_and_footnotes_and_enter_follows(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            targets = []
            for _ in range(5):
                await reader.press("tab")
                link = reader.screen.view.link
                assert link is not None
                targets.append(link.target)
            assert targets == ["note:1", "note:3", "#keeper", "#eleven", "note:1"]
            assert reader.block == "eleven"
            await reader.press("shift+tab")
            assert reader.block == "seven"
            await reader.press("enter")
            assert (reader.page, reader.block) == ("claims", "eleven")

    async def test_the_link_is_seen(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("tab", "tab", "tab")
            accent = reader.screen.theme.css["accent"]
            assert reader.marked(accent) == ["Ann\u00a0Keeper"]

    async def test_enter_on_a_footnote_opens_it(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("tab", "tab", "enter")
            assert reader.screen.notes.opened == 3
            assert "The Daily Swan" in reader.beside

    async def test_enter_on_an_entity_opens_its_page(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("tab", "tab", "tab", "enter")
            assert reader.page == "entity:keeper"

    async def test_tab_stays_where_there_is_no_link(
        self, make_library: Callable[..., Catalogue], claims: Callable[[int], str]
    ) -> None:
        async with reading(make_library(long=claims(9)), Location("long", "claims")) as reader:
            await reader.press("tab", "shift+tab")
            assert reader.block == "c1"
            assert reader.screen.view.link is None


class TestOutlineAndZoom:
    async def test_the_outline_stands_at_the_left_of_a_wide_screen(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(200, 50)) as reader:
            assert reader.screen.outline.display
            row = reader.rows[reader.find("The miller saw", "outline").y]
            assert row.index("C2") < 10
            await reader.press("t")
            assert not reader.screen.outline.display
            await reader.press("t")
            assert reader.screen.outline.display

    async def test_it_follows_the_current_entry(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(200, 50)) as reader:
            await reader.press("j", "j")
            assert reader.screen.outline.spot.current == 2
            assert "▌" in reader.rows[reader.find("Some of the swans", "outline").y][:6]

    async def test_each_pane_has_its_own(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "views"), size=(200, 50)) as reader:
            assert reader.find("Somebody Else", "outline")
            await reader.press("5")
            assert reader.find("Pond book", "outline")
            await reader.press("0")
            assert reader.find("The miller saw", "outline")
            assert reader.find("How many?", "outline")

    async def test_on_a_narrow_screen_it_says_what_it_needs(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
            await reader.press("t")
            assert reader.said == "The outline needs 160 columns and 16 rows; here are 120 and 36."
            await reader.resize(200, 50)
            assert reader.screen.outline.display  # it was not put away unseen

    async def test_zoom_shows_the_page_alone_and_peeks_all_the_same(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(200, 50)) as reader:
            await reader.press("+")
            assert not reader.screen.outline.display
            assert not reader.screen.notes.display
            await reader.press("f")
            assert "Mill Press" in reader.beside
            await reader.press("escape", "+")
            assert reader.screen.outline.display
            assert reader.screen.notes.display
