"""Panes as a reader wants them: one line an entry, or in full."""

from pathlib import Path

import pytest

from tests.reader.pilot.driving import Driver, reading
from tests.reader.pilot.test_finding import HERE
from tui.library.catalogue import Catalogue
from tui.session.permissions import LOCAL_KIOSK
from tui.state.records import Location
from tui.state.stores import open_state

_CLAIMS = Location("dprk-missiles", "claims")
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

    @pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 14)])
    async def test_a_list_is_in_full_as_long_as_words_are_marked_in_it(
        self, bundled: Catalogue, size: tuple[int, int]
    ) -> None:
        async with reading(bundled, _CLAIMS, size=size) as reader:
            await reader.press("z")
            await reader.find_words("missiles")
            assert reader.page == "claims"
            for _ in range(12):
                assert reader.marked(HERE) in (["missiles"], ["Missiles"], ["missile"])
                await reader.press("n")
            before = reader.block
            await reader.press(*["escape"] * (1 + bool(reader.screen.notes.opened)))
            assert reader.screen.view.page.compact
            assert reader.block == before

    async def test_lines_that_are_chosen_meanwhile_come_when_the_marks_are_gone(self, bundled: Catalogue) -> None:
        async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
            await reader.find_words("missiles")
            await reader.press("z")
            said = "The panes show one line an entry. Esc removes the marks, for which this one is shown in full."
            assert reader.said == said
            await reader.press("escape")
            assert reader.screen.view.page.compact

    async def test_a_filter_without_words_stops_at_lines(self, bundled: Catalogue) -> None:
        async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
            await reader.press("z")
            await reader.find_words("rating:B2")
            stops = [reader.block]
            for _ in range(4):
                await reader.press("n")
                assert reader.screen.view.page.compact
                stops.append(reader.block)
            assert len({*stops}) == len(stops)

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


class TestFilter:
    async def _only(self, reader: Driver, text: str) -> None:
        await reader.press("ampersand")
        assert "Only:" in reader.text
        await reader.write(text)
        await reader.press("enter")

    @pytest.mark.parametrize("size", _SIZES, ids=str)
    async def test_a_filter_is_chosen_shown_and_cleared(self, bundled: Catalogue, size: tuple[int, int]) -> None:
        async with reading(bundled, _CLAIMS, size=size) as reader:
            all_of_them = len(reader.screen.view.page)
            await reader.press("j", "j")
            await self._only(reader, "disputed")
            left = len(reader.screen.view.page)
            assert 0 < left < all_of_them
            assert f"only disputed · {left} of {all_of_them} · Esc shows all" in reader.text
            assert f"/{left}" in reader.text
            current = reader.block
            await reader.press("escape")
            assert (reader.page, reader.block) == ("claims", current)
            assert len(reader.screen.view.page) == all_of_them

    async def test_an_entry_that_a_filter_leaves_out_is_not_told_as_gone(self, bundled: Catalogue) -> None:
        async with reading(bundled, _CLAIMS._replace(block="msmt-over-100"), size=(120, 36)) as reader:
            left_out = reader.block
            await self._only(reader, "disputed")
            assert left_out not in reader.screen.view.page.ids
            assert "not here any more" not in reader.text
            assert "only disputed" in reader.text

    async def test_filters_are_typed_in_the_query_language_and_added(self, bundled: Catalogue) -> None:
        async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
            await self._only(reader, "rating:A..B by:paparo is:unread")
            assert reader.page == "claims/rating:A..B by:paparo is:unread"
            rated = [*reader.screen.view.page.ids]
            assert rated
            await self._only(reader, "disputed")
            assert "disputed" in reader.text
            assert {*reader.screen.view.page.ids} < {*rated}

    async def test_a_mistake_is_told_and_leads_nowhere(self, bundled: Catalogue) -> None:
        async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
            await self._only(reader, "colour:red")
            assert "There is no field" in reader.text
            assert reader.page == "claims"
            await reader.press("escape")

    async def test_back_restores_the_filter_and_what_was_in_it(self, bundled: Catalogue) -> None:
        async with reading(bundled, _CLAIMS) as reader:
            await self._only(reader, "unread")
            listed = [*reader.screen.view.page.ids]
            await reader.press("j", "j", "enter")
            assert reader.page.startswith("entry:")
            await reader.press("ctrl+o")
            assert reader.page == "claims/is:unread"
            assert listed == [*reader.screen.view.page.ids]
            assert reader.block == listed[2]
            await reader.press("5", "2")
            assert reader.page == "claims/is:unread"
            await reader.press("2")
            assert reader.page == "claims"
            await self._only(reader, "unread")
            assert listed[0] not in reader.screen.view.page.ids

    async def test_an_empty_outcome_names_the_filter_that_left_nothing(self, bundled: Catalogue) -> None:
        async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
            reader.screen.follow("filter:has:conflict by:nobody kind:claim")
            await reader.pilot.pause()
            assert "“disputed” leaves" in reader.text
            assert "“by:nobody” leaves none of" in reader.text
            assert "kind:claim” leaves" not in reader.text
            await reader.press("enter")
            assert reader.page == "claims"

    async def test_find_fresh_marks_and_copying_work_in_a_filtered_list(self, bundled: Catalogue) -> None:
        async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
            await reader.press("z")
            await self._only(reader, "samuel paparo")
            listed = {*reader.screen.view.page.ids}
            await reader.find_words("missiles")
            assert reader.block in listed
            await reader.press("escape", "g", ")", ")")
            assert reader.page.startswith("claims/")
            assert reader.block in listed
            marked = reader.block
            await reader.press("m", "a", "escape", "G", "'", "a")
            assert (reader.page, reader.block) == ("claims", marked)
            await reader.press("f")
            assert reader.screen.notes.opened

    async def test_sources_are_filtered_too_and_other_pages_say_so(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("dprk-missiles", "sources"), size=(120, 36)) as reader:
            await self._only(reader, "reliability:A..B")
            assert 0 < len(reader.screen.view.page) < 135
            await reader.press("0", "ampersand")
            assert "Filters are for lists" in reader.said

    async def test_who_comes_back_finds_the_filter(self, bundled: Catalogue) -> None:
        state = open_state(None)
        async with reading(bundled, _CLAIMS, state=state) as reader:
            await self._only(reader, "disputed")
            await reader.press("L")
        left = state.location("dprk-missiles")
        assert left
        assert left.page == "claims/has:conflict"
        async with reading(bundled, left, state=state, allowances=LOCAL_KIOSK) as reader:
            assert "only disputed" in reader.text

    async def test_the_entry_that_one_reads_stays_until_one_leaves_the_filter(
        self, own_copy: tuple[Catalogue, Path]
    ) -> None:
        catalogue, path = own_copy
        async with reading(catalogue, Location("sample", "claims"), size=(120, 36)) as reader:
            await self._only(reader, "unread")
            await reader.press("j")
            await reader.press("enter")
            await reader.press("ctrl+o")
            current = reader.block
            path.write_text(path.read_text(encoding="utf-8").replace("Look.", "Look there."), encoding="utf-8")
            await reader.until(lambda: reader.said)
            assert (reader.said, reader.block) == ("Reloaded: 1 changed.", current)
            assert reader.page == "claims/is:unread"
            await reader.press("escape")
            await self._only(reader, "unread")
            assert current not in reader.screen.view.page.ids
