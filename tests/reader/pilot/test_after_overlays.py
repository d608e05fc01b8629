"""Every view after whatever lay over the reader, at every size, shows what it shows without that."""

import re
from collections.abc import Sequence

import pytest

from tests.reader.pilot.driving import Driver, reading
from tui.briefing.kinds import PANES
from tui.library.catalogue import Catalogue
from tui.render.views import VIEWS
from tui.session.commands import BY_NAME
from tui.state.records import Location

# One of each kind of arrangement: compact, low, plain, with footnotes beside the page, and with the outline as well.
SIZES = ((50, 14), (80, 18), (80, 24), (120, 36), (200, 50))
OPENED = (
    *(f"view-{view.name}" for view in VIEWS),
    *(f"pane-{number}" for number in range(len(PANES))),
    "entities",
    "library",
)
OVERLAYS = {
    "footnote": ("f", "escape"),
    "footnote left open": ("f",),
    "found words": ("slash", "s", "w", "enter", "escape"),
    "search": ("ctrl+k", "s", "escape", "escape"),
    "go to anything": ("ctrl+p", "escape"),
    "help": ("question_mark", "escape"),
    "bookmarks": ("B", "escape"),
    "plain view": ("v", "escape"),
    "page alone and back": ("+", "+"),
    "no outline and back": ("t", "t"),
}


SHARE = 3
"""A view in so many is opened behind each overlay at a size; every two of size, overlay and view meet."""
START = Location("sample", "claims")


async def shown(reader: Driver, view: str) -> list[str]:
    """Open a view; give the screen without what counts as read, and without the message."""
    await reader.until(lambda: len(reader.app.screen_stack) == 1)
    if view.startswith("pane-") and reader.screen.notes.opened:  # where a digit chooses another footnote
        reader.screen.follow(f"page:{tuple(PANES)[int(view[-1])]}")
    await reader.press(BY_NAME[view].keys[0])
    status = reader.screen.status.region.y
    return [re.sub("[•±]", " ", row).rstrip() for row in reader.rows[:status]]


async def all_shown(
    swans: Catalogue, size: tuple[int, int], overlay: tuple[str, ...], views: Sequence[str]
) -> dict[str, list[str]]:
    """Open views from the claims, each behind an overlay; the matrix first, whose widget is made for it."""
    found = {}
    async with reading(swans, START, size=size) as reader:
        await reader.press("L")  # the Overview says what changed to whoever has left once, as some overlays do
        for view in views:
            reader.screen.begin(START)
            await reader.press(*overlay)
            found[view] = await shown(reader, view)
    return found


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_shows_the_same(swans: Catalogue, size: tuple[int, int]) -> None:
    expected = await all_shown(swans, size, (), OPENED)
    for number, (overlay, keys) in enumerate(OVERLAYS.items(), SIZES.index(size)):
        found = await all_shown(swans, size, keys, OPENED[number % SHARE :: SHARE])
        if keys[-1] == "f" and "pane-2" in found:  # on the page where it was opened, it stays open
            found["pane-2"] = expected["pane-2"]
        for view, rows in found.items():
            assert rows == expected[view], f"{view} after {overlay}"
