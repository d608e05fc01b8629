"""What lies over the reader, the palette and the picker of quotes, under keys and sizes that come all at once."""

import asyncio
import subprocess
import sys

import pytest
from textual import events
from textual.command import CommandList, CommandPalette
from textual.geometry import Size
from textual.screen import Screen

from tests.reader.pilot.driving import Driver, reading
from tui.library.catalogue import Catalogue
from tui.reader.palette import Palette
from tui.reader.quoting.pick_screen import PickScreen
from tui.state.records import Location

_CLAIMS = Location("sample", "claims")


def at_once(reader: Driver, *keys: str) -> None:
    """Send keys without waiting for what any of them does."""
    for key in keys:
        reader.app.post_message(events.Key(key, "/" if key == "slash" else key if len(key) == 1 else None))


async def settled(reader: Driver) -> None:
    """Wait until everything was heard, and fail for what it threw."""
    for _ in range(4):
        if reader.app.return_code is None:  # an app that has left is never idle
            await reader.pilot.pause()
        await asyncio.sleep(0.02)


async def opened(reader: Driver) -> Palette:
    """Open the palette, and wait for its commands."""
    await reader.press("ctrl+p")
    await reader.until(lambda: isinstance(reader.app.screen, Palette))
    palette = reader.app.screen
    assert isinstance(palette, Palette)
    await reader.until(lambda: palette.query_one(CommandList).option_count)
    return palette


@pytest.mark.parametrize("size", [(80, 24), (20, 3), (1, 1)])
@pytest.mark.parametrize("key", ["pageup", "pagedown", "down", "escape", "enter", "ctrl+p"])
async def test_a_key_may_come_before_the_palette_is_there(swans: Catalogue, key: str, size: tuple[int, int]) -> None:
    async with reading(swans, _CLAIMS, size=size) as reader:
        at_once(reader, "ctrl+p", key, key)
        await settled(reader)
        assert len(reader.app.screen_stack) <= 2


async def test_pages_of_a_list_without_room_are_none(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS, size=(20, 3)) as reader:
        listed = (await opened(reader)).query_one(CommandList)
        at_once(reader, "pagedown", "pageup")
        await settled(reader)
        assert listed.highlighted == 0


async def test_page_down_goes_down_a_page(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS) as reader:
        listed = (await opened(reader)).query_one(CommandList)
        await reader.until(lambda: listed.virtual_size.height)
        await reader.press("pagedown")
        assert (listed.highlighted or 0) > 2
        await reader.press("pageup")
        assert listed.highlighted == 0


async def test_enter_pressed_thrice_runs_a_command_once(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS) as reader:
        assert reader.screen.view.spot.current == 0
        await opened(reader)
        at_once(reader, "enter", "enter", "enter")
        await reader.until(lambda: reader.app.screen is reader.screen)
        await settled(reader)
        assert reader.screen.view.spot.current == 1  # the first command is the one for the next entry


async def test_escape_pressed_often_closes_the_palette_alone(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS) as reader:
        await opened(reader)
        at_once(reader, "escape", "escape", "enter", "escape")
        await settled(reader)
        assert reader.app.screen is reader.screen


@pytest.mark.parametrize("pause", [0, 0.001, 0.005, 0.01])
@pytest.mark.parametrize("closing", ["enter", "escape"])
async def test_a_palette_may_be_opened_again_while_the_last_one_closes(
    swans: Catalogue, closing: str, pause: float
) -> None:
    async with reading(swans, _CLAIMS) as reader:
        for _ in range(15):
            for key in "ctrl+p", closing:
                at_once(reader, key)
                await asyncio.sleep(pause)
        await settled(reader)
        assert not reader.app.fault
        assert not reader.app.borne


async def test_two_palettes_can_stand_side_by_side(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS) as reader:
        await opened(reader)
        _ = reader.app.push_screen(Palette())
        await reader.until(lambda: len(reader.app.screen_stack) == 3)
        await settled(reader)
        assert not reader.app.fault


@pytest.mark.parametrize("where", ["message", "worker"])
async def test_a_fault_in_a_screen_that_is_being_closed_ends_nothing(swans: Catalogue, where: str) -> None:
    async with reading(swans, _CLAIMS) as reader:
        told: list[str] = []
        reader.app.log_borne = told.append
        palette = await opened(reader)
        gone = asyncio.Event()

        async def late() -> None:
            await gone.wait()
            raise ZeroDivisionError

        if where == "message":
            palette.call_later(late)
        else:
            palette.run_worker(late(), exit_on_error=True)
        await asyncio.sleep(0.01)
        _ = reader.app.pop_screen()
        gone.set()
        await reader.until(lambda: reader.app.borne)
        [details] = reader.app.borne
        assert "ZeroDivisionError" in details
        assert told == [details]
        await reader.press("j")
        assert not reader.app.fault
        await opened(reader)


async def test_a_fault_in_a_screen_that_stands_ends_the_reader(swans: Catalogue) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - it is raised again when the app has ended
        async with reading(swans, _CLAIMS) as reader:
            palette = await opened(reader)
            palette.call_later(lambda: 1 / 0)
            await reader.until(lambda: reader.app.fault)
            assert "ZeroDivisionError" in reader.app.fault
            assert not reader.app.borne


async def test_the_picker_of_quotes_is_opened_once_and_closed_once(
    swans: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr("tui.reader.commands.writing.copy", lambda _app, line, *_: copied.append(line))
    async with reading(swans, Location("sample", "source:pond")) as reader:
        at_once(reader, "c", "c", "c")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen))
        await settled(reader)
        assert len(reader.app.screen_stack) == 2
        at_once(reader, "enter", "enter", "escape", "enter")
        await reader.until(lambda: reader.app.screen is reader.screen)
        await settled(reader)
        assert len(copied) <= 1
        assert not reader.app.fault


async def test_finding_while_one_leaves_opens_nothing(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS) as reader:
        at_once(reader, "q", "slash")
        await settled(reader)
        assert not reader.screen.find_bar.display


def test_nothing_of_the_palette_is_there_at_the_start() -> None:
    code = "import sys, tui.reader.launch, tui.reader.app; print('tui.reader.palette' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "False"


async def _bears_two_sizes(reader: Driver, kind: type[Screen[None]], monkeypatch: pytest.MonkeyPatch) -> None:
    top = reader.app.screen
    assert isinstance(top, kind)
    laid_out: list[Size | None] = []
    usual = kind._refresh_layout  # noqa: SLF001 -- a fault in the midst of Textual

    def lay_out(screen: Screen[None], size: Size | None = None, scroll: bool = False) -> None:
        laid_out.append(size)
        usual(screen, size, scroll)

    monkeypatch.setattr(kind, "_refresh_layout", lay_out)
    for number in range(6):
        size = Size(60 + number % 2, 20)
        top.post_message(events.Resize(size, size))
        top.post_message(events.Key("f24", None))  # sizes side by side become one
    await asyncio.sleep(0.4)
    before = len(laid_out)
    await asyncio.sleep(0.4)
    assert before == len(laid_out)
    assert top.size == reader.app.size


async def test_two_sizes_do_not_chase_each_other_in_the_palette(
    swans: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(swans, _CLAIMS) as reader:
        await opened(reader)
        await _bears_two_sizes(reader, CommandPalette, monkeypatch)


async def test_two_sizes_do_not_chase_each_other_in_the_picker(
    swans: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(swans, Location("sample", "source:pond")) as reader:
        reader.screen.run_command("quote")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen))
        await _bears_two_sizes(reader, PickScreen, monkeypatch)


async def test_the_chosen_command_is_seen_without_colours(swans: Catalogue) -> None:
    """In monochrome the chosen command is reversed, and it alone."""
    async with reading(swans, _CLAIMS, size=(80, 24)) as reader:
        await reader.press("f9")
        await opened(reader)
        await reader.press("down")
        reversed_text = "".join(
            segment.text
            for row in reader.segments
            for segment in row
            if segment.style and segment.style.reverse and segment.text.strip()
        )
        assert "Previous entryMove" in reversed_text
        assert "Next entry" not in reversed_text
