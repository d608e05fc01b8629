"""The Evidence pane on the screen: its views, the matrix cell by cell, the timeline's slider."""

import re
from collections.abc import Callable

import pytest

from tests.reader.pilot.driving import Driver, reading
from tui.library.catalogue import Catalogue
from tui.reader.widgets.grid_painter import GridPainter
from tui.reader.widgets.grid_view import GridView
from tui.render.views import VIEWS, View
from tui.state.records import Location

TABLE = Location("sample", "evidence:matrix")
MATRIX = Location("sample", "evidence:matrix:grid")


def cell(reader: Driver) -> tuple[str, str]:
    """Give the current claim and column of the matrix."""
    view = reader.screen.view
    assert isinstance(view, GridView)
    return reader.block, view.column_id


class TestViews:
    @pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
    async def test_opens_by_its_key_and_from_the_front_page(self, swans: Catalogue, view: object) -> None:
        name, key, title = (getattr(view, part) for part in ("name", "key", "title"))
        async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
            await reader.press(key)
            assert reader.page == f"evidence:{name}"
            assert f"Swans on a pond › {title}" in reader.rows[0]
            assert reader.style_at(reader.find("6 Evidence", "masthead")).underline
            await reader.press("6")
            assert reader.page == "evidence"
            while reader.block != name:
                await reader.press("j")
            await reader.press("enter")
            assert reader.page == f"evidence:{name}"
            await reader.press("ctrl+o", "ctrl+o", "ctrl+o")
            assert reader.page == "claims"

    @pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
    async def test_no_empty_cell_is_underlined(self, bundled: Catalogue, view: View) -> None:
        """Without colour a link is underlined; a bar drawn as one ends where its signs do."""
        async with reading(bundled, Location("handbook", view.target), size=(120, 36), theme="mono") as reader:
            for _ in range(3):
                lines = [text for row in reader.segments[3:] for text, style, _ in row if style and style.underline]
                assert not [text for text in lines if text != text.strip()]
                await reader.press("space")

    async def test_opens_at_what_is_current(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims", "eleven")) as reader:
            for key, block in (
                ("M", "eleven"), ("C", "conflict:seven/eleven"), ("P", "way:eleven"),
            ):  # fmt: skip
                await reader.press(key)
                assert reader.block == block
                await reader.press("ctrl+o")

    @pytest.mark.parametrize(
        ("start", "page", "block"),
        [
            (("claims", "denial"), "how-many", "row:denial"),  # the holder of a position
            (("claims", "post-says"), "how-many", "row:gazette-says"),  # in a row with another one
            (("claims", "carts"), "how-many", "row:ledger-says"),  # further evidence of the same origin
            (("questions", "how-many"), "how-many", "question"),
            (("evidence:judgments", "judged:few-casks"), "how-many", "judgment:few-casks"),
            (("claims", "sunny"), "weather", "conflict:weather/sunny"),  # of a pair in no dispute
            (("questions", "open"), "", "dispute:how-many"),  # in neither
        ],
    )
    async def test_the_key_of_disputes_opens_the_dispute_of_what_is_current(
        self, port: Catalogue, start: tuple[str, str], page: str, block: str
    ) -> None:
        async with reading(port, Location("quay", *start)) as reader:
            await reader.press("C")
            assert (reader.page, reader.block) == (":".join(filter(None, ("evidence:conflicts", page))), block)
            if block.startswith("row:"):
                assert "a none; b fewer than 200" in reader.words  # the heads of the table
            await reader.press("C")
            assert reader.page == "evidence:conflicts"  # the list

    async def test_comes_back_to_the_place_and_the_order_in_which_it_was_left(self, swans: Catalogue) -> None:
        async with reading(swans, TABLE) as reader:
            await reader.press("j", "s")
            there = reader.screen.here
            await reader.press("6", "2", "6")
            assert reader.page == "evidence"
            await reader.press("M")
            assert reader.screen.here == there

    async def test_leaves_entries_unread(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            await reader.press("j", "j", "T", "j", "j", "2")
            assert reader.app.session.state.read_digests("sample") == {}

    async def test_needs_a_briefing(self, swans: Catalogue) -> None:
        async with reading(swans) as reader:
            await reader.press("M")
            assert reader.page == "library"
            assert "Open a briefing first" in reader.said

    @pytest.mark.parametrize("key", ["left", "right", "s", "S", "o", "a"])
    async def test_a_key_of_the_pane_says_so_elsewhere(self, swans: Catalogue, key: str) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            before = reader.screen.here
            await reader.press(key)
            assert "of the Evidence pane" in reader.said
            assert reader.screen.here == before

    async def test_the_outline_has_the_views(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX, size=(180, 40)) as reader:
            reader.find("Spread of views", "outline")
            await reader.click("Timeline", "outline")
            assert reader.page == "evidence:timeline"

    async def test_the_footer_tells_the_keys_of_the_view(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX, size=(120, 36)) as reader:
            assert "← → cell · s S sort · o origin · a list · j k move" in reader.rows[-1]
            await reader.press("T")
            assert "← → day · a list · j k move" in reader.rows[-1]
            await reader.press("2")
            assert "origin" not in reader.rows[-1]

    async def test_the_footer_has_the_way_to_all_other_keys_where_it_is_short(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX, size=(80, 24)) as reader:
            assert reader.rows[-1].rstrip().endswith("· ? help")
            assert "search all" not in reader.rows[-1]

    @pytest.mark.parametrize("size", [(1, 1), (12, 3), (20, 5), (30, 8), (59, 15), (60, 16), (300, 90)])
    async def test_no_size_breaks_it(self, bundled: Catalogue, size: tuple[int, int]) -> None:
        async with reading(bundled, Location("dprk-missiles", "evidence:matrix:grid"), size=size) as reader:
            await reader.press("right", "j", "tab", "enter", "escape", "o", "G", "a", "a")
            for view in VIEWS:
                await reader.press(view.key, "j", "right")
            await reader.resize(80, 24)
            assert reader.page == "evidence:coverage"


POINTS = {
    ("quay", "evidence:matrix"): ("C2 The ledger", "▲ 1 · 1 for", "against", "▼ 2 · "),
    ("quay", "evidence:conflicts"): ("Q1 How many casks?", "none", "fewer than 200", "Least speaks against", "no proof"),
    ("quay", "evidence:conflicts:how-many"): ("How many casks were landed?", "4 answers: none", "Least speaks against"),
    ("harbour", "evidence:judgments"): ("What do we judge", "very unlikely", "confidence moderate", "1,000 casks landed in May"),
    ("harbour", "evidence:figures"): ("How many, and who says so?", "≥ 1,000", "148", "┣━", "◆", "2,000"),
    ("harbour", "evidence:watch"): ("What would change our minds", "An auction of the casks", "→ ▲▼J1, ▲J2", "The cellar is counted"),
}  # fmt: skip
"""What a reader has to see on the first screen of a view, to whom the rest is of no use yet."""


@pytest.mark.parametrize("size", [(50, 14), (80, 24), (120, 36), (200, 50)])
@pytest.mark.parametrize("shown", POINTS)
async def test_a_view_tells_its_point_on_its_first_screen_at_every_size(
    port: Catalogue, shown: tuple[str, str], size: tuple[int, int]
) -> None:
    async with reading(port, Location(*shown), size=size) as reader:
        seen = " ".join(" ".join(reader.rows).replace("·", " · ").split())
        for words in POINTS[shown]:
            assert words in seen


class TestTable:
    async def test_a_line_a_claim_with_all_that_stands_for_and_against_it(self, swans: Catalogue) -> None:
        async with reading(swans, TABLE) as reader:
            (row,) = [row for row in reader.rows if "The book has seven swans" in row]
            assert "C1 The book has seven swans ▲ 4·3 ▼ 1·1 B2" in " ".join(row.split())

    @pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
    async def test_a_line_has_the_best_rating_and_the_judgments(self, port: Catalogue, size: tuple[int, int]) -> None:
        async with reading(port, Location("quay", "evidence:matrix"), size=size) as reader:
            rows = [" ".join(row.split()) for row in reader.rows]
            assert any(re.search(r"C2 The ledger .*▲ 1·1 ▼ 2·2 A ▲J1", row) for row in rows)
            assert any(re.search(r"C4 The post .*▼ \S+ C ▼J1", row) for row in rows)

    @pytest.mark.parametrize("size", [(50, 14), (80, 24), (120, 36), (200, 50)])
    async def test_the_lines_stand_under_one_another_at_every_size(
        self, bundled: Catalogue, size: tuple[int, int]
    ) -> None:
        async with reading(bundled, Location("dprk-missiles", "evidence:matrix"), size=size) as reader:
            found = [re.search("▲ [0-9–].*(▼ [0-9–])", row) for row in reader.rows]
            places = [(one.start(), one.start(1)) for one in found if one]
            assert len(places) >= 4
            assert 1 == len(set(places))

    @pytest.mark.parametrize(
        ("size", "words"),
        [
            ((50, 14), "▲ 4·3 for: 4 outlets, 3 origins; ▼ against"),
            ((80, 24), "▲ 4·3 for it: 4 outlets of 3 independent origins; ▼ against it"),
            (
                (120, 36),
                "▲ 4·3 for it: 4 outlets of 3 independent origins; ▼ against it; in the bars a sign is an origin",
            ),
        ],
    )
    async def test_tells_how_to_read_a_cell_by_the_first_one(
        self, swans: Catalogue, size: tuple[int, int], words: str
    ) -> None:
        async with reading(swans, TABLE, size=size) as reader:
            assert words in reader.words

    async def test_is_sorted_and_filtered_by_the_keys_of_the_grid(self, swans: Catalogue) -> None:
        async with reading(swans, TABLE) as reader:
            await reader.press("j", "s")
            assert (reader.page, reader.block) == ("evidence:matrix/rows=conflict", "eleven")
            assert reader.said == "Claims most contradicted first."
            await reader.press("S")
            assert reader.page == "evidence:matrix/rows=conflict/only=disputed"
            assert "2 of 3 claims" in reader.words
            assert "The book has seven swans" in reader.words
            assert "Some of the" not in reader.words
            await reader.press("6", "M")
            assert reader.page == "evidence:matrix/rows=conflict/only=disputed"
            await reader.press("S", "S", "S")
            assert reader.page == "evidence:matrix/rows=conflict"

    async def test_its_key_turns_to_the_grid_and_back(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims", "eleven")) as reader:
            await reader.press("M", "s", "M")
            assert (reader.page, cell(reader)) == ("evidence:matrix:grid/rows=conflict", ("eleven", ""))
            await reader.press("M")
            assert (reader.page, reader.block) == ("evidence:matrix/rows=conflict", "eleven")
            await reader.click("grid")
            assert reader.page == "evidence:matrix:grid/rows=conflict"  # as it was left

    async def test_enter_opens_the_claim(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "evidence:matrix", "eleven")) as reader:
            await reader.press("enter")
            assert (reader.page, reader.block) == ("claims", "eleven")

    async def test_as_a_list_and_back(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "evidence:matrix", "eleven")) as reader:
            await reader.press("a")
            assert reader.block == "row:eleven"
            await reader.press("a")
            assert (reader.page, reader.block) == ("evidence:matrix", "eleven")


class TestMatrix:
    async def test_goes_cell_by_cell(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            assert cell(reader) == ("seven", "")
            await reader.press("right")
            assert cell(reader) == ("seven", "pond")
            await reader.press("j", "l", "l")
            assert cell(reader) == ("eleven", "letter")
            await reader.press("h", "k")
            assert cell(reader) == ("seven", "miller")
            await reader.press(*["right"] * 9)  # the source that is silent on all claims has no column
            assert cell(reader) == ("seven", "twin")
            await reader.press(*["left"] * 9)
            assert cell(reader) == ("seven", "")

    async def test_tab_goes_to_the_next_cell_that_is_not_silent(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            seen = []
            for _ in range(7):
                await reader.press("tab")
                seen.append(cell(reader))
            assert seen == [
                ("seven", "pond"), ("seven", "miller"), ("seven", "letter"), ("seven", "stray"), ("seven", "twin"),
                ("eleven", "pond"), ("eleven", "miller"),
            ]  # fmt: skip
            await reader.press("shift+tab", "shift+tab")
            assert cell(reader) == ("seven", "twin")
            await reader.press("g", *["left"] * 6, "shift+tab")
            assert cell(reader) == ("seven", "")

    async def test_says_what_the_current_cell_says(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            await reader.press("right")
            for words in (
                "C1 ▲ 4 outlets, 3 origins ▼ 1 outlet, 1 origin",
                "Pond book: supports C1 and through C3; mentions C1 through R1",
                "▲ supports ▼ contradicts ○ mentions ▲▼ both ┈ silent",
                "Pond book · November 2026 · B · read ▾",
            ):
                assert words in reader.words
            await reader.press("right")
            assert "contradicts C1 through C2" in reader.words

    async def test_the_weights_are_brief_where_the_words_do_not_fit(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX, size=(50, 30)) as reader:
            assert "C1 ▲ 4·3 ▼ 1·1 outlets·origins" in reader.words
            assert "▲ supports ▼ contradicts ○ mentions ┈ silent" in reader.words

    async def test_enter_opens_the_quotes(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            await reader.press("right", "enter")
            assert "▲ supports: cited by C1 itself 1 of 6" in reader.beside
            assert "“seven swans”" in reader.beside
            await reader.press("f", "f")
            assert "cited by C3, which supports C1 3 of 6" in reader.beside
            await reader.press("escape")
            assert reader.beside == ""
            assert cell(reader) == ("seven", "pond")

    async def test_enter_twice_leads_to_the_passage(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            await reader.press("right", "enter", "enter")
            assert reader.page == "text:pond"
            await reader.press("ctrl+o")
            assert cell(reader) == ("seven", "pond")

    async def test_a_silent_cell_has_nothing_to_open_and_closes_what_was_open(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            await reader.press("right", "enter", "j", "j", "j", *["right"] * 6)
            assert cell(reader) == ("geese", "twin")
            assert "silent on C3" in reader.words
            assert reader.beside == ""
            await reader.press("enter")
            assert reader.page == "evidence:matrix:grid"

    async def test_enter_on_the_claim_opens_it(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            await reader.press("j", "enter")
            assert (reader.page, reader.block) == ("claims", "eleven")

    @pytest.mark.parametrize("size", [(50, 14), (80, 24), (120, 36), (200, 50)])
    async def test_has_the_whole_width_until_a_footnote_is_opened(
        self, bundled: Catalogue, size: tuple[int, int]
    ) -> None:
        async with reading(bundled, Location("dprk-missiles", "evidence:matrix:grid"), size=size) as reader:
            outline = reader.screen.outline.size.width if reader.screen.outline.display else 0
            assert reader.screen.view.size.width + outline == size[0]
            assert reader.beside == ""
            await reader.press("tab", "enter")
            assert reader.beside
            await reader.press("escape")
            assert reader.screen.view.size.width + outline == size[0]

    async def test_sorting_keeps_claim_and_source(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            await reader.press("right", "right", "s")
            assert reader.said == "Claims most contradicted first."
            assert cell(reader) == ("seven", "miller")
            await reader.press("S", "S")
            assert reader.said == "Sources most reliable first."
            assert cell(reader) == ("seven", "miller")
            assert "claims by conflict · sources by rating" in reader.words
            await reader.press(*["s"] * 4, *["S"] * 3)
            assert reader.page == "evidence:matrix:grid"

    async def test_groups_sources_by_origin(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            await reader.press("right", "right", "o")
            assert reader.said == "6 outlets, 4 origins."
            assert cell(reader) == ("seven", "mill")
            assert "mill: 4 outlets" in reader.words
            assert "×4" in reader.words
            await reader.press("enter")
            assert "1 of 9" in reader.beside
            await reader.press("o")
            assert reader.said == "Each source by itself."
            await reader.press("o", "a")
            assert "mill (Pond book, A letter, The Daily Swan)" in reader.words

    async def test_as_a_list_and_back(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            await reader.press("j", "a")
            assert reader.block == "row:eleven"
            assert "▲ supported by 1 outlet, 1 origin: 2 The miller" in reader.words
            await reader.press("enter")
            assert (reader.page, reader.block) == ("claims", "eleven")
            await reader.press("ctrl+o", "a")
            assert cell(reader) == ("eleven", "")

    async def test_heads_stay_while_it_scrolls(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("dprk-missiles", "evidence:matrix:grid")) as reader:
            rows = reader.rows
            await reader.press("G")
            assert reader.rows[3:7] == rows[3:7]
            assert "C89" in reader.words
            await reader.press(*["right"] * 30)
            assert "◂" in reader.rows[5]
            assert " 30" in reader.rows[5]
            assert reader.rows[7][:20] == reader.rows[7][:20]

    async def test_nothing_more_is_set_than_is_seen(self, bundled: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
        async with reading(bundled, Location("dprk-missiles", "evidence:matrix:grid")) as reader:
            view = reader.screen.view
            made: list[int] = []
            original = GridPainter.cells

            def counted(*arguments: object) -> object:
                made.append(1)
                return original(*arguments)  # type: ignore[arg-type]  # passed on unread

            monkeypatch.setattr(GridPainter, "cells", counted)
            await reader.press("j", "j", "right", "right")
            assert made == []
            await reader.press(*["j"] * 15)
            assert 0 < len(made) <= 8
            assert view is reader.screen.view

    async def test_the_mouse_does_what_keys_do(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            spot = reader.find("Some of the", "grid")
            view = reader.screen.view
            assert isinstance(view, GridView)
            x = view.frame.left + 2 * view.frame.cell - 1
            await reader.pilot.click(offset=(x, spot.y))
            await reader.pilot.pause()
            assert cell(reader) == ("geese", "miller")
            head = reader.find(" 4   5", "grid")
            await reader.pilot.click(offset=(head.x + 1, head.y))
            await reader.pilot.pause()
            assert cell(reader) == ("geese", "stray")
            await reader.pilot.click(offset=(view.frame.left + view.frame.cell - 1, spot.y), times=2)
            await reader.pilot.pause()
            assert "cited by C3 itself" in reader.beside
            await reader.press("escape")
            head = reader.find(" 1   2", "grid")
            await reader.pilot.click(offset=(head.x + 1, head.y), times=2)
            await reader.pilot.pause()
            assert reader.page == "source:pond"
            await reader.press("ctrl+o")
            await reader.click("The miller saw", "grid", times=2)
            assert (reader.page, reader.block) == ("claims", "eleven")

    async def test_a_click_on_the_summary_sorts_and_groups(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            await reader.click("claims as written", "grid", right=3)
            assert reader.page == "evidence:matrix:grid/rows=conflict"
            await reader.click("sources by number", "grid", right=3)
            assert reader.page == "evidence:matrix:grid/rows=conflict/columns=conflict"
            await reader.click("outlets", "grid")
            assert reader.page == "evidence:matrix:grid/rows=conflict/columns=conflict/grouped"

    async def test_find_goes_to_the_claim(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            await reader.find_words("geese")
            assert reader.block == "geese"

    async def test_without_claims_it_says_so(self, make_library: Callable[..., Catalogue]) -> None:
        async with reading(make_library(bare=""), Location("bare", "evidence:matrix:grid")) as reader:
            assert "0 outlets, 0 origins" in reader.words

    async def test_wears_another_theme(self, swans: Catalogue) -> None:
        async with reading(swans, MATRIX) as reader:
            await reader.press("right", "f9")
            style = reader.style_at(reader.find("▲", "grid"))
            assert style.reverse
            assert style.color is None or style.color.is_default


class TestTimeline:
    async def test_the_slider_is_moved_by_keys(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "evidence:timeline")) as reader:
            assert "All of it, whenever it became known" in reader.words
            await reader.press("j", "j", "left")
            assert reader.page.startswith("evidence:timeline/as-of=")
            assert "As of 30 November 2026" in reader.words
            block = reader.block
            await reader.press("h")
            assert "As of 9 November 2026" in reader.words
            assert "◧ 2 perhaps known" in reader.words
            assert reader.block == block
            await reader.press("l", "l")
            assert reader.page == "evidence:timeline"

    async def test_at_either_end_it_is_said_that_there_is_no_other_day(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "evidence:timeline")) as reader:
            await reader.press("right")
            assert "← goes back" in reader.said
            await reader.press(*["left"] * 40)
            assert "Nothing of this was known before." == reader.said
            assert "/as-of=" in reader.page

    async def test_the_day_is_told_where_the_top_is_out_of_sight(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "evidence:timeline"), size=(120, 24)) as reader:
            await reader.press("left", "left", "G")
            assert "All of it" not in reader.words
            assert "› Timeline as of " in reader.rows[0]

    async def test_the_axis_has_what_room_there_is(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "evidence:timeline"), size=(80, 24)) as reader:
            lengths = [self.longest_axis(reader.rows)]
            for width in (120, 200):
                await reader.resize(width, 40)
                lengths.append(self.longest_axis(reader.rows))
            assert 22 == lengths[0]
            assert min(lengths[1:]) > 30

    @staticmethod
    def longest_axis(rows: list[str]) -> int:
        return max(len(cells) for row in rows for cells in re.findall("[┄━╍◆◂▸┊]+", row))

    async def test_going_back_leaves_it_in_one_step(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("T", "left", "left", "ctrl+o")
            assert reader.page == "claims"
            await reader.press("alt+right")
            assert "/as-of=" in reader.page

    async def test_and_by_the_mouse(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "evidence:timeline")) as reader:
            await reader.click("earlier")
            assert "As of 30 November 2026" in reader.words
            await reader.click("later")
            assert "All of it" in reader.words

    async def test_as_a_list(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "evidence:timeline")) as reader:
            await reader.press("left", "a")
            assert reader.said == "As a list."
            assert "8 November 2026: The book has seven swans (" in reader.words
            assert "━" not in reader.words

    async def test_an_item_leads_to_its_entry_or_source(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "evidence:timeline", "event:seven")) as reader:
            await reader.press("enter")
            assert (reader.page, reader.block) == ("claims", "seven")


@pytest.mark.parametrize("size", [(50, 14), (80, 24), (120, 36)], ids=str)
@pytest.mark.parametrize("keys", ["M s", "M S", "M M s", "M M o s S", "M s s s s"])
async def test_a_sorted_page_keeps_its_top_in_sight(bundled: Catalogue, keys: str, size: tuple[int, int]) -> None:
    async with reading(bundled, Location("dprk-missiles", "claims"), size=size) as reader:
        await reader.press(*keys.split())
        assert reader.screen.view.spot.top == 0
        assert reader.screen.view.spot.current in {index for index, _ in reader.screen.view.window.visible()}


async def test_judgments_stand_in_the_table_on_a_small_screen(bundled: Catalogue) -> None:
    async with reading(bundled, Location("dprk-missiles", "evidence:matrix"), size=(50, 14)) as reader:
        assert "judgment" in reader.words
        assert "J2 +1" in reader.rows[reader.find("Hundreds").y + 1]  # below the name of the claim
