"""Keys that are typed at once reach the query in their order, whatever else the screen does meanwhile."""

import time
from typing import Any

import pytest
from textual import events

from tests.reader.pilot.driving import Driver, reading
from tui.library.catalogue import Catalogue
from tui.reader.page_screen import PageScreen
from tui.state.records import Location

_CLAIMS = Location("sample", "claims")
_OPENING = {"find": "slash", "search": "ctrl+k"}


def at_once(reader: Driver, *keys: str) -> None:
    """Post keys without a pause between them, as a terminal does that was held up."""
    for key in keys:
        reader.app.post_message(events.Key(key, "/" if key == "slash" else key if len(key) == 1 else None))


def typed(reader: Driver) -> str:
    """The text of the line in which the reader types."""
    line = reader.screen.searches.typing_line
    return line.text if line else ""


@pytest.mark.parametrize("command", _OPENING)
@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (["u", "backspace", *"pond"], "pond"),
        ([*"ond", "home", "p"], "pond"),
        ([*"pnd", "left", "left", "o", "end", "s"], "ponds"),
        ([*"geese", "ctrl+u", *"pond"], "pond"),
        ([*"a b", "ctrl+w", *"pond"], "a pond"),
    ],
)
async def test_keys_that_edit_act_before_the_letters_behind_them(
    swans: Catalogue, command: str, keys: list[str], text: str
) -> None:
    async with reading(swans, _CLAIMS) as reader:
        at_once(reader, _OPENING[command], *keys)
        await reader.until(lambda: typed(reader) == text)


@pytest.mark.parametrize("command", _OPENING)
async def test_letters_around_a_late_answer_stay_in_order(
    swans: Catalogue, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Each answer holds the screen up, so that keys reach it, and the input, late."""
    show = PageScreen.show

    def slowly(self: PageScreen, *arguments: Any) -> None:
        time.sleep(0.02)
        show(self, *arguments)

    monkeypatch.setattr(PageScreen, "show", slowly)
    async with reading(swans, _CLAIMS) as reader:
        at_once(reader, _OPENING[command], *"se", "backspace")
        for letter in "wans pond":
            reader.app.post_message(events.Key("space" if letter == " " else letter, letter))
            await reader.pilot.pause(0.001)
        await reader.until(lambda: typed(reader) == "swans pond")


async def test_a_completion_takes_the_letters_before_it_and_none_behind(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS) as reader:
        at_once(reader, "ctrl+k", *"kin", "tab", *"claims")
        await reader.until(lambda: typed(reader).endswith("s"))
        assert typed(reader) == "kind:claims"


async def test_keys_behind_the_one_that_accepts_the_words_are_commands(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS) as reader:
        at_once(reader, "slash", *"pond", "enter", "n", "slash", *"geese", "escape", "3")
        await reader.until(lambda: reader.page == "views")
        assert not reader.screen.find_bar.display
        assert reader.screen.searches.find.finding.words == "geese"


async def test_keys_behind_the_one_that_leaves_the_search_are_commands(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS) as reader:
        at_once(reader, "ctrl+k", *"ab", "escape", "3")
        await reader.until(lambda: reader.page == "views")
        assert not reader.screen.searches.typing_line


@pytest.mark.parametrize("command", _OPENING)
async def test_a_paste_behind_the_opening_key_is_text(swans: Catalogue, command: str) -> None:
    async with reading(swans, _CLAIMS) as reader:
        at_once(reader, _OPENING[command], "a")
        reader.app.post_message(events.Paste("b\nc"))
        at_once(reader, "d")
        await reader.until(lambda: typed(reader) == "ab cd")


async def test_the_line_that_is_closed_with_its_screen_holds_nobody_up(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS) as reader:
        at_once(reader, "slash", "q", "escape", "q")
        await reader.until(lambda: not reader.app.is_running or not reader.app.screen_stack)
