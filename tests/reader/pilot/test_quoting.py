"""Picking words on the screen: by keys, by the mouse, by itself and from the reader."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.pilot import Pilot

from tests.conftest import POND
from tests.reader.painted import mouse, strips_of
from tests.reader.pilot.driving import reading
from tui.library.catalogue import Catalogue
from tui.reader.quoting.pick_screen import PICKING, Passage, PickScreen
from tui.reader.quoting.quote_app import QuoteApp
from tui.state.records import Location

PASSAGE = Passage(POND, "The pond book", "Pond book", "pond", "en")


@asynccontextmanager
async def picking(
    passage: Passage = PASSAGE, theme: str = "dark", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[QuoteApp, Pilot[str]]]:
    """Run the picker without a terminal."""
    app = QuoteApp(passage, theme)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


def screen_of(app: QuoteApp) -> PickScreen:
    assert isinstance(app.screen, PickScreen)
    return app.screen


def shown(app: QuoteApp) -> str:
    return "\n".join(strip.text for strip in strips_of(app))


async def test_keys_pick_and_enter_takes() -> None:
    async with picking() as (app, pilot):
        await pilot.press("l", "l", "L")
        assert "2 words · stands once" in shown(app)
        assert 'quote = "seven swans"' in shown(app)
        await pilot.press("enter")
    assert app.return_value == '{ source = "pond", quote = "seven swans" }'
    assert app.clipboard == app.return_value


async def test_the_key_that_stops_a_program_stops_this_one_or_says_why_not() -> None:
    async with picking() as (app, pilot):
        await pilot.press("ctrl+z")
        assert "There is no shell that could resume the program." in shown(app)


async def test_words_that_stand_more_than_once_get_their_prefix_at_once() -> None:
    async with picking() as (app, pilot):
        await pilot.press("l", "l", "l")
        assert "stands 3 times, told apart by its context" in shown(app)
        assert 'prefix = "seven"' in shown(app)
        await pilot.press("shift+right", "shift+right", "H")
        assert "2 words" in shown(app)


async def test_a_dropped_hedge_and_too_many_words_are_told() -> None:
    async with picking(PASSAGE._replace(text="They may come. " + "So it goes on " * 9)) as (app, pilot):
        await pilot.press("l", "l")
        assert "hedged by “may”" in shown(app)
        await pilot.press("g", "P")
        assert "longer than 20 words (Q006)" in shown(app)


async def test_the_footer_and_the_page_of_keys_come_from_the_table() -> None:
    async with picking(size=(120, 30)) as (app, pilot):
        for command in PICKING:
            assert not command.hint or command.hint in shown(app)
        await pilot.press("?")
        for command in PICKING:
            assert command.words in shown(app)
        await pilot.press("l")
        assert "There were seven swans" in shown(app)
        await pilot.press("?", "q")
        assert "There were seven swans" in shown(app)
        assert app.return_value is None
        await pilot.press("q")
    assert app.return_value is None


def test_no_key_does_two_things() -> None:
    keys = [key for command in PICKING for key in command.keys]
    assert len(keys) == len(set(keys))


async def test_words_that_cannot_be_quoted_are_not_taken() -> None:
    async with picking(PASSAGE._replace(text="ha " * 60)) as (app, pilot):
        screen_of(app).picker.pick_at(90)
        await pilot.press("enter")
        assert "cannot be quoted" in shown(app)
        assert app.is_running
        await pilot.press("escape")
    assert app.return_value is None


@pytest.mark.parametrize("theme", ["light", "contrast", "mono"])
async def test_every_theme(theme: str) -> None:
    async with picking(theme=theme) as (app, _):
        assert "¶1" in shown(app)


@pytest.mark.parametrize("size", [(20, 6), (40, 10), (200, 60), (1, 1)])
async def test_every_size(size: tuple[int, int]) -> None:
    async with picking(size=size) as (app, pilot):
        assert size[1] < 6 or "There" in shown(app)
        await pilot.press("j", "S", "k", "enter")
    assert app.return_value


async def test_the_mouse_presses_and_drags() -> None:
    async with picking(size=(120, 24)) as (app, pilot):
        rows = [strip.text for strip in strips_of(app)]
        y = next(number for number, row in enumerate(rows) if "seven swans" in row)
        x, to = rows[y].index("seven"), rows[y].index("pond.")
        await pilot.mouse_down(offset=(x + 1, y))
        await pilot.pause()
        assert 'quote = "seven"' in shown(app)
        await mouse(pilot, events.MouseMove, offset=(to + 1, y), button=1)
        await pilot.pause()
        await pilot.mouse_up(offset=(to + 1, y))
        await pilot.pause()
        assert 'quote = "seven swans on the pond"' in shown(app)
        hint = next(number for number, row in enumerate(rows) if "all of it" in row)
        await pilot.click(offset=(rows[hint].index("all of it"), hint))
        await pilot.pause()
        assert 'quote = "There were seven swans on the pond"' in shown(app)


async def test_what_a_text_holds_cannot_act_on_the_terminal() -> None:
    async with picking(PASSAGE._replace(text="one \x1b[31mtwo\u202e three four")) as (app, pilot):
        assert "\x1b" not in shown(app)
        assert "\u202e" not in shown(app)
        await pilot.press("l")
        assert "forbidden character U+001B" in shown(app)


class TestFromTheReader:
    async def test_c_on_a_text_copies_the_footnote(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "text:pond", "2")) as reader:
            await reader.press("c")
            await reader.until(lambda: isinstance(reader.app.screen, PickScreen))
            assert 'quote = "Nobody"' in reader.text
            await reader.press("L", "enter")
            await reader.until(lambda: reader.app.screen is reader.screen)
            assert reader.app.clipboard == '{ source = "pond", quote = "Nobody counted" }'
            assert reader.said.startswith("Sent the footnote to the terminal")
            assert reader.said.endswith(f"It is: {reader.app.clipboard}")
            assert (reader.page, reader.block) == ("text:pond", "2")

    async def test_leaving_copies_nothing(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "sources", "pond")) as reader:
            await reader.press("c")
            await reader.until(lambda: isinstance(reader.app.screen, PickScreen))
            await reader.press("escape")
            await reader.until(lambda: reader.app.screen is reader.screen)
            assert reader.app.clipboard == ""

    @pytest.mark.parametrize(
        ("location", "said"),
        [
            (Location("sample", "claims"), "Go to a source first"),
            (Location(), "Go to a source first"),
            (Location("sample", "sources", "stray"), "is not held here"),
        ],
    )
    async def test_where_there_is_no_text(self, swans: Catalogue, location: Location, said: str) -> None:
        async with reading(swans, location) as reader:
            await reader.press("c")
            assert said in reader.said


class TestEditing:
    async def test_without_a_terminal_to_hand_over(self, swans: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("VISUAL", "true")
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("E")
            assert reader.said.startswith("The editor cannot be opened: ")

    async def test_without_an_editor(self, swans: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("VISUAL", "no-such-editor")
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("E")
            assert "there is no editor 'no-such-editor'" in reader.said

    async def test_without_a_briefing(self, swans: Catalogue) -> None:
        async with reading(swans) as reader:
            await reader.press("E")
            assert reader.said.startswith("Open a briefing first")

    @pytest.mark.parametrize("key", ["E", "D"])
    async def test_what_is_not_yours(self, swans: Catalogue, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            monkeypatch.setattr("os.access", lambda *_, **__: False)
            await reader.press(key)
            assert "is no file that you may write; copy its folder" in reader.said

    @pytest.mark.parametrize("key", ["E", "D"])
    async def test_what_came_with_the_program_is_not_even_roots(
        self, swans: Catalogue, key: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = swans.files()[0].parent.parent
        monkeypatch.setattr("tui.library.paths.bundled_content", lambda: root)
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press(key)
            assert "came with the program; copy its folder" in reader.said
            assert reader.app.screen is reader.screen
