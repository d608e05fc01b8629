"""Panes as a reader wants them: one line an entry, or in full."""

import pytest

from tests.reader.pilot.driving import Driver, reading
from tui.library.catalogue import Catalogue
from tui.state.records import Location
from tui.state.stores import open_state

_CLAIMS = Location("dprk-missiles", "claims")
_FOUND = "#3d4426"
_SIZES = ((50, 14), (80, 24), (120, 36), (200, 50))


class TestCompact:
    @pytest.mark.parametrize("size", _SIZES, ids=str)
    async def test_z_shows_one_line_an_entry_and_entries_in_full_again(
        self, bundled: Catalogue, size: tuple[int, int]
    ) -> None:
        async with reading(bundled, _CLAIMS, size=size) as reader:
            await reader.press("t", "j", "j", "j")
            current, in_full = reader.block, _numbers(reader)
            await reader.press("z")
            assert reader.screen.view.page.compact
            assert reader.block == current
            assert len(_numbers(reader)) > reader.screen.view.room - 3
            await reader.press("z")
            assert reader.block == current
            assert not reader.screen.view.page.compact
            assert len(_numbers(reader)) < reader.screen.view.room // 2
            assert in_full

    async def test_the_choice_is_kept_for_each_reader(self, bundled: Catalogue) -> None:
        mine, others = open_state(None), open_state(None)
        async with reading(bundled, _CLAIMS, state=mine) as reader:
            await reader.press("z")
        for state, is_compact in ((mine, True), (others, False)):
            async with reading(bundled, Location("handbook", "claims"), state=state) as reader:
                assert reader.screen.view.page.compact == is_compact

    async def test_find_marks_the_words_of_a_line_and_goes_to_entries_that_only_have_them_in_full(
        self, bundled: Catalogue
    ) -> None:
        async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
            await reader.press("z")
            await reader.find_words("missiles")
            assert "“missiles”: " in reader.said
            await reader.press("2", "g")
            seen = set()
            for _ in range(20):
                await reader.press("n")
                seen.add(reader.block)
            assert reader.page == "claims"
            assert len(seen) > 4
            marked = {"missiles", "Missiles"} & set(reader.marked(_FOUND))
            assert marked
            await reader.press("escape")
            assert reader.screen.view.page.compact

    async def test_marks_history_and_jumps_lead_back_to_the_entry(self, bundled: Catalogue) -> None:
        async with reading(bundled, _CLAIMS) as reader:
            await reader.press("z", "j", "j", "m", "a")
            marked = reader.block
            await reader.press("G", "'", "a")
            assert (reader.page, reader.block) == ("claims", marked)
            await reader.press("enter", "ctrl+o")
            assert (reader.page, reader.block) == ("claims", marked)
            await reader.press(")")
            assert reader.screen.view.page.compact

    async def test_an_entry_is_copied_in_full(self, bundled: Catalogue) -> None:
        async with reading(bundled, _CLAIMS) as reader:
            await reader.press("v")
            in_full = reader.words
            await reader.press("escape", "z", "v")
            assert reader.words == in_full

    async def test_elsewhere_the_key_says_what_it_changed(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("dprk-missiles", "overview")) as reader:
            await reader.press("z")
            assert "one line an entry" in reader.said
            assert reader.page == "overview"
            await reader.press("5")
            assert reader.screen.view.page.compact


def _numbers(reader: Driver) -> list[str]:
    """Return the rows that begin with the number of a claim."""
    return [row for row in reader.rows if row.replace("▌", " ").replace("•", " ").strip().startswith("C")]
