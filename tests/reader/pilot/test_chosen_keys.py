"""What the screen says to a reader who chose other keys for everything."""

import pytest

from tests.reader.pilot.driving import reading
from tui.library.catalogue import Catalogue
from tui.session.commands import COMMANDS
from tui.session.config import Config
from tui.state.records import Location

CHOSEN = {command.name: (chr(0x4E00 + place),) for place, command in enumerate(COMMANDS)}
CLAIMS = Location("sample", "claims")


@pytest.mark.parametrize(
    ("location", "command", "told"),
    [
        (Location(), "pane-2", ("open",)),
        (Location(), "view-matrix", ("open",)),
        (Location(), "edit", ("open",)),
        (CLAIMS, "sort-rows", ("view-matrix",)),
        (CLAIMS, "as-list", ("view-matrix", "view-conflicts", "view-timeline", "view-judgments", "view-figures", "view-watch")),
        (CLAIMS, "bookmark", ("bookmarks",)),
        (CLAIMS, "quote", ("pane-5", "open")),
        (CLAIMS, "next-match", ("find",)),
        (Location("sample", "evidence:timeline"), "right", ("left",)),
    ],
)  # fmt: skip
async def test_a_message_tells_the_chosen_keys(
    swans: Catalogue, location: Location, command: str, told: tuple[str, ...]
) -> None:
    async with reading(swans, location, config=Config(keys=CHOSEN)) as reader:
        await reader.press(*CHOSEN[command])
        assert [CHOSEN[name][0] for name in told] == [letter for letter in reader.said if letter >= "\u4e00"]


async def test_a_mark_tells_how_to_come_back(swans: Catalogue) -> None:
    async with reading(swans, CLAIMS, config=Config(keys=CHOSEN)) as reader:
        await reader.press(*CHOSEN["mark"], "x")
        assert f"Marked x; {CHOSEN['go-to-mark'][0]} and x come back here." == reader.said


async def test_tabs_front_page_and_footer_tell_the_chosen_keys(swans: Catalogue) -> None:
    async with reading(swans, Location("sample", "evidence"), size=(200, 50), config=Config(keys=CHOSEN)) as reader:
        for name in ("pane-0", "pane-7", "view-matrix", "view-coverage", "next", "help"):
            assert CHOSEN[name][0] in reader.text
        assert f"{CHOSEN['pane-6'][0]} Evidence" in reader.text
        assert " 6 Evidence" not in reader.text


async def test_the_filters_of_the_search_tell_the_chosen_keys(swans: Catalogue) -> None:
    async with reading(swans, CLAIMS, config=Config(keys=CHOSEN)) as reader:
        await reader.press(*CHOSEN["search"])
        await reader.until(lambda: reader.screen.searches.typing_line)
        await reader.write("swans")
        await reader.until(lambda: f" {CHOSEN['pane-1'][0]} " in reader.text)
        assert f"{CHOSEN['next-pane'][0]} " in reader.text
