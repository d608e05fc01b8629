"""What lies over the reader, the list of goals and the picker of quotes, under keys and sizes that come all at once."""

import asyncio
import subprocess
import sys

import pytest
from textual import events
from textual.geometry import Size
from textual.screen import Screen

from tests.reader.pilot.driving import Driver, reading
from tui.library.catalogue import Catalogue
from tui.reader.quoting.pick_screen import PickScreen
from tui.reader.widgets.chooser import Chooser
from tui.state.records import Location

_CLAIMS = Location("sample", "claims")
_POND = Location("sample", "source:pond")


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


async def opened(reader: Driver) -> Chooser:
    """Open the list of goals."""
    await reader.press("ctrl+p")
    chooser = reader.screen.chooser
    assert chooser
    assert chooser.is_open
    return chooser


async def picking(reader: Driver) -> PickScreen:
    """Open the picker of quotes over the page of a source."""
    reader.screen.run_command("quote")
    await reader.until(lambda: isinstance(reader.app.screen, PickScreen))
    screen = reader.app.screen
    assert isinstance(screen, PickScreen)
    return screen


@pytest.mark.parametrize("size", [(80, 24), (20, 3), (1, 1)])
@pytest.mark.parametrize("key", ["pageup", "pagedown", "down", "escape", "enter", "ctrl+p"])
async def test_a_key_may_come_before_the_list_is_there(swans: Catalogue, key: str, size: tuple[int, int]) -> None:
    async with reading(swans, _CLAIMS, size=size) as reader:
        at_once(reader, "ctrl+p", key, key)
        await settled(reader)
        assert len(reader.app.screen_stack) == 1
        await reader.press("escape", "escape")
        assert reader.app.is_running


async def test_page_down_goes_down_a_page(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS) as reader:
        await opened(reader)
        first = reader.text
        await reader.press("pagedown")
        assert "▌ Overview" not in reader.text
        await reader.press("pageup")
        assert reader.text == first


async def test_enter_pressed_thrice_runs_a_command_once(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS) as reader:
        await opened(reader)
        await reader.write("next entry")
        at_once(reader, "enter")
        await settled(reader)
        assert not (reader.screen.chooser and reader.screen.chooser.is_open)
        assert reader.screen.view.spot.current == 1


async def test_letters_that_come_at_once_are_typed_in_their_order(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS) as reader:
        at_once(reader, "ctrl+p", *"experts", "enter", "j")
        await settled(reader)
        assert reader.page == "views"


async def test_escape_pressed_often_closes_the_list_alone(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS) as reader:
        await opened(reader)
        at_once(reader, "escape", "escape", "escape")
        await settled(reader)
        assert reader.page == "claims"
        assert reader.app.is_running


@pytest.mark.parametrize("pause", [0, 0.001, 0.005, 0.01])
@pytest.mark.parametrize("closing", ["enter", "escape"])
async def test_a_list_may_be_opened_again_and_again(swans: Catalogue, closing: str, pause: float) -> None:
    async with reading(swans, _CLAIMS) as reader:
        for _ in range(15):
            for key in "ctrl+p", closing:
                at_once(reader, key)
                await asyncio.sleep(pause)
        await settled(reader)
        assert not reader.app.fault
        assert not reader.app.borne


@pytest.mark.parametrize("where", ["message", "worker"])
async def test_a_fault_in_a_screen_that_is_being_closed_ends_nothing(swans: Catalogue, where: str) -> None:
    async with reading(swans, _POND) as reader:
        told: list[str] = []
        reader.app.log_borne = told.append
        picker = await picking(reader)
        gone = asyncio.Event()

        async def late() -> None:
            await gone.wait()
            raise ZeroDivisionError

        if where == "message":
            picker.call_later(late)
        else:
            picker.run_worker(late(), exit_on_error=True)
        await asyncio.sleep(0.01)
        _ = reader.app.pop_screen()
        gone.set()
        await reader.until(lambda: reader.app.borne)
        [details] = reader.app.borne
        assert "ZeroDivisionError" in details
        assert told == [details]
        await reader.press("j")
        assert not reader.app.fault
        await picking(reader)


async def test_a_fault_in_a_screen_that_stands_ends_the_reader(swans: Catalogue) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - it is raised again when the app has ended
        async with reading(swans, _POND) as reader:
            picker = await picking(reader)
            picker.call_later(lambda: 1 / 0)
            await reader.until(lambda: reader.app.fault)
            assert "ZeroDivisionError" in reader.app.fault
            assert not reader.app.borne


async def test_the_picker_of_quotes_is_opened_once_and_closed_once(
    swans: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr("tui.reader.commands.writing.copy", lambda _app, line, *_: copied.append(line))
    async with reading(swans, _POND) as reader:
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


def test_nothing_of_the_list_is_there_at_the_start() -> None:
    code = (
        "import sys, tui.reader.launch, tui.reader.app; "
        "print({'tui.reader.go_to', 'tui.reader.widgets.chooser', 'tui.session.goals'} & sys.modules.keys() != set())"
    )
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


async def test_two_sizes_do_not_chase_each_other_in_the_picker(
    swans: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(swans, _POND) as reader:
        await picking(reader)
        await _bears_two_sizes(reader, PickScreen, monkeypatch)


async def test_the_list_fits_every_size(swans: Catalogue) -> None:
    async with reading(swans, _CLAIMS) as reader:
        await opened(reader)
        for size in ((50, 14), (120, 36), (20, 6), (200, 50), (80, 24)):
            await reader.resize(*size)
            assert "Go to:" in reader.text
            assert "▌ Overview" in reader.text or size[1] < 8
        await reader.press("escape")
        assert "The book has seven swans" in reader.words


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
        assert "Background" in reversed_text
        assert "Overview" not in reversed_text
