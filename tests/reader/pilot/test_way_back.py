"""Back leads to the exact spot, and keys of a briefing reach it from the pages that lie over it."""

import re

import pytest

from tests.reader.pilot.driving import Driver, reading
from tui.library.catalogue import Catalogue
from tui.render.views import PARTS, VIEWS, View
from tui.state.records import Location

SIZES = [(50, 14), (80, 24), (120, 36)]
PAGES = ("overview", "claims", "questions", "sources", "entry:pond-eleven", "source:note-a", "text:note-a", "entities",
         *(view.target for view in VIEWS), "evidence:matrix:grid")  # fmt: skip
OVER = (("?",), ("?", "?", "enter"), ("B",), ("!",), ("v",))


def spot(reader: Driver) -> object:
    """Return where the reader is, with the link that has the focus."""
    link = reader.screen.view.link
    return reader.screen.here, link and link.target


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("page", PAGES)
async def test_back_leads_to_the_exact_spot(bundled: Catalogue, page: str, size: tuple[int, int]) -> None:
    async with reading(bundled, Location("handbook"), size=size) as reader:
        for keys in (("j", "enter"), ("tab", "enter"), ("ctrl+d", "tab", "tab", "enter"), ("space", "?"), ("end", "L")):
            reader.screen.peek(0)
            reader.screen.begin(Location("handbook", page))
            await reader.press()
            await reader.press(*keys[:-1])
            before = spot(reader)
            await reader.press(keys[-1])
            if spot(reader) != before and not reader.screen.notes.opened:
                await reader.press("ctrl+o")
                assert spot(reader) == before, keys


async def test_back_from_a_footnote_on_the_page_of_its_entry_leads_to_its_number(bundled: Catalogue) -> None:
    async with reading(bundled, Location("handbook", "claims", "pond-eleven"), size=(50, 14)) as reader:
        await reader.press("enter", "tab", "enter")
        assert (reader.page, reader.block) == ("entry:pond-eleven", "note:1")
        await reader.press("ctrl+o")
        assert (reader.page, reader.block) == ("entry:pond-eleven", "pond-eleven")
        link = reader.screen.view.link
        assert link is not None
        assert link.target == "note:1"
        await reader.press("ctrl+o")
        assert reader.page == "claims"


@pytest.mark.parametrize("over", OVER, ids="-".join)
@pytest.mark.parametrize(("key", "page"), [("4", "recommendations"), ("M", "evidence:matrix"), ("e", "entities")])
async def test_a_key_of_the_briefing_works_on_what_lies_over_it(
    bundled: Catalogue, over: tuple[str, ...], key: str, page: str
) -> None:
    async with reading(bundled, Location("handbook", "claims"), size=(80, 24)) as reader:
        await reader.press(*over)
        assert reader.screen.location.briefing == ""
        await reader.press(key)
        assert (reader.screen.location.briefing, reader.page) == ("handbook", page)
        await reader.press("ctrl+o")
        assert reader.page == "claims"


async def test_without_a_briefing_beneath_one_is_asked_for(bundled: Catalogue) -> None:
    async with reading(bundled, size=(80, 24)) as reader:
        await reader.press("?", "4")
        assert reader.page == "help"
        assert reader.said.startswith("Open a briefing first")


async def test_words_are_found_in_the_help(bundled: Catalogue) -> None:
    async with reading(bundled, Location("handbook", "claims"), size=(80, 24)) as reader:
        await reader.press("?")
        await reader.find_words("monochrome")
        assert reader.page == "help"
        await reader.press("?")
        await reader.find_words("mono")
        assert reader.said.startswith("“mono”: 1 of")


@pytest.mark.parametrize("page", ["help", "grammar", "messages", "bookmarks", "sign:B2", "plain"])
async def test_every_overlay_is_scrolled_to_its_last_row_and_back(bundled: Catalogue, page: str) -> None:
    async with reading(bundled, Location("handbook", "claims"), size=(40, 9)) as reader:
        await reader.press("v" if page == "plain" else "escape")
        reader.screen.go(Location("", page))
        await reader.press()
        window = reader.screen.view.window
        last = len(window.page) - 1
        for keys in (("end",), ("space",) * 40, ("j",) * 80):
            await reader.press("home", "home")
            assert window.at_start
            await reader.press(*keys)
            assert window.rows.distance((window.spot.top, window.spot.row), window.rows.end(last)) <= window.room, keys


async def test_the_list_of_claims_names_its_filter(bundled: Catalogue) -> None:
    async with reading(bundled, Location("handbook", "evidence:matrix"), size=(80, 24)) as reader:
        await reader.press("S", "a")
        await reader.press("g")
        assert "those with a source against them" in reader.words


async def test_what_no_bar_marks_is_named_when_it_is_copied(bundled: Catalogue) -> None:
    async with reading(bundled, Location("handbook", "evidence:coverage"), size=(80, 24)) as reader:
        await reader.press("y")
        assert "“With a checked quote”" in reader.said
        await reader.press("2", "y")
        assert "“" not in reader.said


@pytest.mark.parametrize("key", ["y", "Y", "u", "v", "c", "m", "f", "enter", "1", "J", "escape"])
@pytest.mark.parametrize("page", ["overview", "evidence:judgments", "questions"])
async def test_every_key_works_while_the_reasons_of_a_judgment_are_open(
    bundled: Catalogue, page: str, key: str
) -> None:
    async with reading(bundled, Location("handbook"), size=(80, 24)) as reader:
        volume = reader.screen.volume
        assert volume is not None
        judgment = next(entry for entry in volume.edition.entries if entry.judgment and entry.assess)
        block = judgment.id if page == "questions" else f"judged:{judgment.id}"
        reader.screen.begin(Location("handbook", page, block))
        await reader.press("f")
        assert reader.screen.notes.opened == 1
        assert "For it" in reader.beside
        await reader.press(key)
        assert reader.app.fault == ""


@pytest.mark.parametrize("view", [view for view in (*VIEWS, *PARTS) if view.is_plotted], ids=lambda view: view.target)
async def test_another_form_of_a_view_stands_at_the_same_entries(bundled: Catalogue, view: View) -> None:
    async with reading(bundled, Location("dprk-missiles", view.target), size=(120, 36)) as reader:
        await reader.press("j", "j", "j")
        entries = entries_of(reader)
        assert entries
        for _ in range(2):
            await reader.press("a")
            assert entries & entries_of(reader)


def entries_of(reader: Driver) -> set[str]:
    """Return the entries that the current block shows."""
    volume = reader.screen.volume
    return {name for name in re.split("[:/]", reader.block) if volume and volume.has(name)}


@pytest.mark.parametrize("size", [*SIZES, (200, 50)], ids=str)
@pytest.mark.parametrize(
    "ways", [("enter", "ctrl+o"), ("M", "ctrl+o"), ("?", "escape"), ("B", "ctrl+o"), ("L", "ctrl+o", ">", "ctrl+o")]
)
async def test_back_restores_an_open_footnote(bundled: Catalogue, ways: tuple[str, ...], size: tuple[int, int]) -> None:
    async with reading(bundled, Location("dprk-missiles", "claims", "hundreds-paparo"), size=size) as reader:
        await reader.press("f", "f")
        before = (reader.screen.notes.opened, reader.beside, spot(reader))
        assert before[0] == 2
        await reader.press(*ways)
        assert (reader.screen.notes.opened, reader.beside, spot(reader)) == before
