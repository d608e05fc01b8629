"""Going to anything by a part of its name."""

import threading
from collections.abc import Callable

import pytest
from textual import events

from tests.reader.pilot.driving import reading
from tui.library.catalogue import Catalogue
from tui.session.permissions import LOCAL_KIOSK
from tui.state.records import Location

_CLAIMS = Location("dprk-missiles", "claims")


@pytest.mark.parametrize("size", [(50, 14), (80, 24), (120, 36), (200, 50)], ids=str)
@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("c11", "claims"),
        ("samuel paparo", "entity:samuel-paparo"),
        ("bibliography", "sources"),
        ("uncertain", "evidence:judgments"),
        ("entities", "entities"),
        ("library", "library"),
        ("148 kn-23 supplied", "claims"),
    ],
)
async def test_a_name_leads_there_at_every_size(
    bundled: Catalogue, size: tuple[int, int], typed: str, page: str
) -> None:
    async with reading(bundled, Location("dprk-missiles", "overview"), size=size) as reader:
        await reader.press("ctrl+p")
        await reader.write(typed)
        await reader.press("enter")
        assert reader.page == page
        if typed == "c11":
            assert reader.screen.item
            assert getattr(reader.screen.item, "number", "") == "C11"
        await reader.press("ctrl+o")
        assert reader.page == "overview"


@pytest.mark.parametrize("key", ["ctrl+p", "&"])
async def test_the_footer_tells_the_keys_of_the_list_as_long_as_it_is_open(bundled: Catalogue, key: str) -> None:
    async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
        before = reader.rows[-1]
        await reader.press(key)
        reader.screen.tell()  # as after each layout
        assert "↓ choose · Enter go" in reader.rows[-1]
        await reader.write("c11")
        assert "↓ choose · Enter go" in reader.rows[-1]
        await reader.press("escape")
        assert before == reader.rows[-1]


async def test_escape_leaves_everything_as_it_was(bundled: Catalogue) -> None:
    async with reading(bundled, _CLAIMS) as reader:
        await reader.press("j", "j")
        before = reader.rows
        await reader.press("ctrl+p")
        await reader.write("paparo")
        assert reader.screen.standing.y < 6
        await reader.press("backspace", "ctrl+w", "ctrl+u", "escape")
        assert reader.rows == before


async def test_what_is_pasted_is_typed_and_a_click_chooses(bundled: Catalogue) -> None:
    async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
        await reader.press("ctrl+p")
        reader.app.post_message(events.Paste("samuel\npaparo"))
        await reader.until(lambda: "samuel paparo" in reader.text)
        await reader.wheel("chooser", 1)
        await reader.click("Samuel Paparo", "chooser")
        assert reader.page == "entity:samuel-paparo"


async def test_other_briefings_come_behind_the_open_one(make_library: Callable[..., Catalogue]) -> None:
    claim = '[[claim]]\nid = "geese"\ntext = "Nine geese came."\nby = "x"\n'
    catalogue = make_library(one=claim, two=claim.replace("Nine", "Eleven"))
    async with reading(catalogue, Location("two", "claims"), size=(120, 36)) as reader:
        await reader.press("ctrl+p")
        await reader.write("geese")
        await reader.until(lambda: "Nine geese" in reader.text)
        assert reader.text.index("Eleven geese") < reader.text.index("Nine geese")
        await reader.press("down", "enter")
        await reader.until(lambda: reader.screen.location.briefing == "one")
        assert (reader.page, reader.block) == ("claims", "geese")


async def test_from_the_find_bar_and_from_the_search(bundled: Catalogue) -> None:
    async with reading(bundled, _CLAIMS, size=(120, 36)) as reader:
        for opens in ("slash", "ctrl+k"):
            await reader.press(opens, "x", "ctrl+p")
            await reader.until(lambda: reader.screen.chooser and reader.screen.chooser.is_open)
            await reader.write("c3")
            await reader.press("enter")
            await reader.until(lambda: getattr(reader.screen.item, "number", "") == "C3")
            await reader.press("g")


async def test_a_name_that_nothing_has_says_so_and_stays(bundled: Catalogue) -> None:
    async with reading(bundled, _CLAIMS) as reader:
        await reader.press("ctrl+p")
        await reader.write("zzxqy")
        await reader.press("enter")
        await reader.until(lambda: "Nothing is called so." in reader.text)


async def test_before_the_library_was_searched_nothing_is_said_of_it(
    make_library: Callable[..., Catalogue], may_go_on: threading.Event
) -> None:
    """And Enter typed behind a name goes there as soon as it is found, once."""
    catalogue = make_library(one='[[claim]]\nid = "geese"\ntext = "Nine geese came."\nby = "x"\n', two="")
    async with reading(catalogue, Location("two", "claims"), size=(120, 36)) as reader:
        await reader.press("ctrl+p")
        await reader.write("geese")
        await reader.press("enter")
        await reader.until(lambda: "The index is being built, and nothing is searched yet." in reader.text)
        assert "Nothing is called so" not in reader.text
        may_go_on.set()
        await reader.until(lambda: reader.screen.location.briefing == "one")
        assert not reader.screen.chooser or not reader.screen.chooser.is_open


async def test_a_stranger_finds_nothing_that_touches_the_machine(bundled: Catalogue) -> None:
    async with reading(bundled, _CLAIMS, allowances=LOCAL_KIOSK, size=(120, 36)) as reader:
        await reader.press("ctrl+p")
        await reader.write("suspend")
        assert "command" not in reader.text


async def test_only_what_acts_on_the_page_is_offered(bundled: Catalogue) -> None:
    for location, offered in (
        (Location("dprk-missiles", "evidence:matrix:grid"), True),
        (_CLAIMS, False),
        (Location(), False),
    ):
        async with reading(bundled, location) as reader:
            await reader.press("ctrl+p")
            await reader.write("sort the claims")
            assert ("Sort the claims" in reader.text) is offered, location


async def test_the_next_reader_finds_no_open_list(bundled: Catalogue) -> None:
    async with reading(bundled, _CLAIMS) as reader:
        await reader.press("ctrl+p", "x")
        reader.screen.begin(Location())
        await reader.pilot.pause()
        assert "Go to" not in reader.text


async def test_a_command_works_on_the_page_below(bundled: Catalogue) -> None:
    async with reading(bundled, _CLAIMS) as reader:
        await reader.press("space")
        turned = [row.replace("•", " ") for row in reader.rows[3:-2]]
        await reader.press("b", "g", "ctrl+p")
        await reader.write("page down")
        await reader.press("enter")
        assert [row.replace("•", " ") for row in reader.rows[3:-2]] == turned


async def test_a_number_of_a_large_briefing_is_found_before_its_names_are_read(
    make_library: Callable[..., Catalogue], claims: Callable[[int], str]
) -> None:
    catalogue = make_library(large=claims(1_200))
    async with reading(catalogue, Location("large", "overview"), size=(120, 36)) as reader:
        for key in ("ctrl+p", *"c1150", "enter"):
            reader.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await reader.until(lambda: reader.block == "c1150")
        await reader.press("ctrl+p")
        await reader.write("claim 117")
        await reader.until(lambda: "C1170" in reader.text)
        await reader.press("escape", "ampersand")
        await reader.until(lambda: "Only:" in reader.text)
        await reader.write("unread")
        await reader.press("enter")
        await reader.until(lambda: reader.page == "claims/is:unread")
        await reader.until(lambda: "only unread" in reader.text)
