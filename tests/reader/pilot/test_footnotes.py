"""Footnotes: beside the page, opened over it, chosen by their digits, and followed to the words of the source."""

from collections.abc import Callable

import pytest

from tests.reader.pilot.driving import reading
from tui.library.catalogue import Catalogue
from tui.state.records import Location

PASSAGE = "#3d4426"
"""The paper of a highlighted passage in the dark theme."""


class TestSidenotes:
    async def test_stand_at_the_right_from_120_columns(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
            assert reader.screen.notes.display
            assert reader.screen.notes.region.right == 120
            assert reader.screen.notes.region.x > reader.screen.view.region.x
            assert "1 Pond book, ¶1, November 2026 B · read" in reader.beside
            assert "“seven swans”" in reader.beside
            await reader.press("j")
            assert "The miller" in reader.beside

    async def test_are_not_there_on_a_narrow_screen(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(119, 36)) as reader:
            assert not reader.screen.notes.display

    async def test_a_source_has_its_uses_beside_it(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "sources"), size=(120, 36)) as reader:
            assert "C1 The book has seven swans “seven swans”" in reader.beside


class TestPeek:
    async def test_opens_at_the_bottom_of_a_narrow_screen(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(80, 24)) as reader:
            line = reader.find("The book has seven swans").y
            await reader.press("f")
            notes = reader.screen.notes.region
            assert (notes.width, notes.bottom) == (80, reader.screen.status.region.y)
            assert reader.rows[notes.y].startswith("─")
            # The line that is read is never covered.
            assert line < notes.y
            assert "The book has seven swans" in reader.words
            assert "Ann Keeper, “The pond book,” in The books of the mill" in reader.beside

    async def test_keeps_the_line_in_sight_at_the_bottom_of_the_page_too(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "claims"), size=(80, 24)) as reader:
            await reader.press("j", "j", "j", "j", "j", "f")
            assert reader.block == "unknown-keys"
            assert "An unknown key is an error" in reader.words

    async def test_opens_at_the_right_of_a_wide_screen(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
            await reader.press("f")
            assert reader.screen.notes.region.right == 120
            assert "Mill Press" in reader.beside

    @pytest.mark.parametrize("size", [(80, 24), (120, 36)])
    async def test_opens_a_footnote_on_an_entrys_own_page(self, swans: Catalogue, size: tuple[int, int]) -> None:
        async with reading(swans, Location("sample", "entry:seven", "seven"), size=size) as reader:
            assert not reader.screen.notes.display
            await reader.press("f")
            assert (reader.screen.notes.opened, reader.screen.notes.display) == (1, True)
            assert "Mill Press" in reader.beside
            await reader.press("j")
            assert reader.screen.notes.opened == 1
            await reader.press("f")
            assert reader.screen.notes.opened == 2
            await reader.press("escape")
            assert not reader.screen.notes.display
            assert reader.page == "entry:seven"

    async def test_says_all_that_is_known_of_the_source(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(80, 50)) as reader:
            await reader.press("f")
            for words in (
                "2026), p. 1, accessed 20 November 2026, https://example.org/pond.",
                "Reliability B, usually reliable · read in full by the author",
                "cited 9 times",
                "A book that was kept at the mill.",
                "On its first page.",
                "“seven swans”",
                "Checked: the quote stands in paragraph 1 of the text",
                "¶1 There were seven swans on the pond. The swans were white.",
            ):
                assert words in reader.beside

    async def test_highlights_the_quote_in_its_paragraph(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(80, 50)) as reader:
            await reader.press("f")
            assert reader.marked(PASSAGE) == ["seven swans"]

    async def test_says_through_whom_a_source_is_known(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(80, 50)) as reader:
            await reader.press("j", "f")
            assert "untitled interview, quoted in Ann Keeper, “The pond book,”" in reader.beside
            assert "Not known: title, issued" in reader.beside

    async def test_says_when_a_quote_is_not_there(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims", "geese"), size=(80, 50)) as reader:
            await reader.press("f", "f")
            assert "The quote no longer stands in the text" in reader.beside

    async def test_f_goes_round_the_footnotes_and_escape_closes(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            opened = []
            for _ in range(4):
                await reader.press("f")
                opened.append(reader.screen.notes.opened)
            assert opened == [1, 2, 3, 1]
            await reader.press("escape")
            assert not reader.screen.notes.display
            assert reader.block == "seven"

    async def test_stays_open_while_one_moves(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(80, 40)) as reader:
            await reader.press("f", "j")
            assert reader.screen.notes.opened == 1
            assert "The Miller, untitled interview" in reader.beside

    async def test_scrolls(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "claims")) as reader:
            await reader.press("f")
            before = reader.beside
            await reader.press("J")
            assert reader.beside != before
            await reader.press("K")
            assert reader.beside == before

    async def test_an_entry_without_footnotes_says_so(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "views", "other-view")) as reader:
            await reader.press("f")
            assert reader.said == "This has no footnotes."


def _sources(number: int) -> str:
    tables = [f'[[source]]\nid = "s{n}"\ntitle = "Source {n}"\ntype = "book"' for n in range(1, number + 1)]
    cites = ", ".join(f'{{ source = "s{n}" }}' for n in (1, 2, 12))
    return "\n".join([*tables, f'[[claim]]\nid = "c"\ntext = "Cited thrice."\ncite = [{cites}]'])


class TestDigits:
    async def test_choose_a_footnote_while_one_is_open(self, make_library: Callable[..., Catalogue]) -> None:
        async with reading(make_library(many=_sources(12)), Location("many", "claims")) as reader:
            await reader.press("f", "2")
            assert (reader.page, reader.screen.notes.opened) == ("claims", 2)
            assert "Source 2." in reader.beside

    async def test_are_typed_one_after_another(self, make_library: Callable[..., Catalogue]) -> None:
        async with reading(make_library(many=_sources(12)), Location("many", "claims")) as reader:
            await reader.press("f", "1")
            assert reader.said == "Footnote 1: Enter opens it, 2 may follow."
            await reader.press("2")
            assert reader.screen.notes.opened == 3
            assert "Source 12." in reader.beside

    async def test_enter_ends_them(self, make_library: Callable[..., Catalogue]) -> None:
        async with reading(make_library(many=_sources(12)), Location("many", "claims")) as reader:
            await reader.press("f", "f", "1", "enter")
            assert reader.page == "claims"
            assert reader.screen.notes.opened == 1

    async def test_of_no_footnote_open_their_pane(self, make_library: Callable[..., Catalogue]) -> None:
        async with reading(make_library(many=_sources(12)), Location("many", "claims")) as reader:
            await reader.press("f", "5")
            assert reader.page == "sources"
            assert reader.screen.notes.opened == 0

    async def test_without_an_open_footnote_open_panes(self, make_library: Callable[..., Catalogue]) -> None:
        async with reading(make_library(many=_sources(12)), Location("many", "claims")) as reader:
            await reader.press("1")
            assert reader.page == "background"


class TestToTheWords:
    async def test_enter_goes_to_the_passage_in_the_whole_text(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("f", "enter")
            assert (reader.page, reader.block) == ("text:pond", "1")
            assert "seven swans" in reader.marked(PASSAGE)
            for words in ("The pond book", "Nobody counted the geese", "The miller said: “I saw eleven swans.”"):
                assert words in reader.words

    async def test_a_passage_far_down_is_in_sight(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "claims", "never-by-similarity"), size=(60, 16)) as reader:
            await reader.press("f", "enter")
            assert reader.page == "text:text-quotes"
            assert "never attached again by similarity" in " ".join(reader.marked(PASSAGE))

    async def test_without_a_held_text_enter_opens_the_source(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims", "seven")) as reader:
            await reader.press("f", "f", "f", "enter")
            assert (reader.page, reader.block) == ("source:twin", "use:0")

    async def test_back_leads_to_the_entry(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims", "eleven")) as reader:
            await reader.press("f", "enter", "ctrl+o")
            assert (reader.page, reader.block) == ("claims", "eleven")
