"""The link that is chosen is in view, and the keys of links are told where links are."""

import pytest

from tests.reader.pilot.driving import Driver, reading
from tests.reader.pilot.test_keys_here import OWN, PAGES, go
from tui.library.catalogue import Catalogue
from tui.reader.themes import THEMES
from tui.state.records import Location

_SIZES = [(50, 14), (80, 24), (120, 36)]
_PRESSES = 7


def _chosen(reader: Driver) -> str:
    """Return the words of the chosen link as they stand on the screen, in the colour of the focus."""
    colour = THEMES["dark"].focused.bgcolor
    assert colour is not None
    return "".join(reader.marked(colour.get_truecolor().hex)).strip()


@pytest.mark.parametrize("size", _SIZES, ids=str)
@pytest.mark.parametrize("page", [*PAGES, *OWN])
async def test_the_chosen_link_is_in_view(bundled: Catalogue, page: str, size: tuple[int, int]) -> None:
    async with reading(bundled, Location("handbook"), size=size) as reader:
        for keys in ((), ("space",)):
            await go(reader, page, *keys)
            for key in ("tab",) * _PRESSES + ("shift+tab",) * 2:
                await reader.press(key)
                if reader.screen.view.link is not None:
                    assert _chosen(reader), (page, size, keys, key)


@pytest.mark.parametrize("keys", [("tab",), ("space", "tab"), ("G", "shift+tab")], ids=str)
@pytest.mark.parametrize("size", _SIZES, ids=str)
async def test_links_of_a_judgment_are_in_view(
    bundled: Catalogue, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async with reading(bundled, Location("dprk-missiles"), size=size) as reader:
        await reader.press("ctrl+p", "J", "3", "enter", "enter")
        assert reader.page.startswith("entry:")
        await reader.press(*keys)
        assert _chosen(reader)
        await reader.resize(60, 16)
        assert _chosen(reader)


async def test_a_link_that_is_scrolled_away_is_not_followed(bundled: Catalogue) -> None:
    async with reading(bundled, Location("dprk-missiles"), size=(80, 14)) as reader:
        await reader.press("ctrl+p", "J", "3", "enter", "enter", "tab")
        chosen = reader.screen.view.link
        assert chosen is not None
        await reader.press("space", "space")
        assert reader.screen.view.link is None
        await reader.press("tab")
        assert reader.screen.view.link not in {None, chosen}, "the next link is looked for from the window on"


@pytest.mark.parametrize("page", [*PAGES, *OWN])
async def test_links_are_spoken_of_where_they_are(bundled: Catalogue, page: str) -> None:
    async with reading(bundled, Location("handbook")) as reader:
        await go(reader, page)
        told = {name for _, _, name in reader.screen.status.hints}
        await reader.press("enter")
        if "Nothing opens here" in reader.said and "goes to a" in reader.said:
            before = reader.screen.here, reader.screen.view.link
            await reader.press("tab" if " Tab " in reader.said else "shift+tab")
            assert (reader.screen.here, reader.screen.view.link) != before
        if "next-link" in told:
            await go(reader, page, "tab")
            assert reader.screen.view.link is not None


async def test_a_page_of_one_thing_tells_the_way_to_its_links_and_back(bundled: Catalogue) -> None:
    async with reading(bundled, Location("handbook", "claims")) as reader:
        assert not {"next-link", "back"} & {name for _, _, name in reader.screen.status.hints}
        await reader.press("enter")
        assert reader.page.startswith("entry:")
        assert "Tab links · Ctrl+o back" in reader.rows[-1]
        await reader.press("G", *["tab"] * 40)
        reader.screen.say("")
        await reader.press()
        assert "Shift+Tab links" in reader.rows[-1]


@pytest.mark.parametrize("page", ["sign:•", "messages"])
async def test_no_link_is_promised_where_none_is(bundled: Catalogue, page: str) -> None:
    async with reading(bundled, Location("handbook")) as reader:
        await go(reader, page)
        await reader.press("enter")
        assert reader.said == "Nothing opens here; ? shows the keys."
