"""Widgets that paint their own lines: what changed is painted with the next frame, and what is gone asks for nothing."""

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.geometry import Region
from textual.strip import Strip

from tui.reader.self_painted import SelfPainted
from tui.reader.sized_screen import SizedScreen


class Counter(SelfPainted):
    """Shows how often it was painted."""

    DEFAULT_CSS = "Counter { height: 1; }"
    painted = 0

    def render_lines(self, crop: Region) -> list[Strip]:
        self.painted += 1
        return [Strip.blank(crop.width)] * crop.height


class Plain(SizedScreen):
    """Two counters, one of them in a box."""

    def compose(self) -> ComposeResult:
        yield Counter(id="alone")
        yield Vertical(Counter(id="inner"))


class Bare(App[None]):
    """An app with that screen."""

    def get_default_screen(self) -> Plain:
        return Plain()


async def test_it_is_painted_once_however_often_it_is_told() -> None:
    async with Bare().run_test() as pilot:
        alone, inner = pilot.app.screen.query_one("#alone", Counter), pilot.app.screen.query_one("#inner", Counter)
        await pilot.pause(0.1)
        before = alone.painted
        for _ in range(5):
            alone.refresh()
        await pilot.pause(0.1)
        assert alone.painted == before + 1
        inner.display = False
        await pilot.pause(0.1)
        hidden = inner.painted
        inner.refresh()
        await pilot.pause(0.1)
        assert inner.painted == hidden
        inner.display = True
        await pilot.pause(0.1)
        assert inner.painted > hidden


async def test_what_was_taken_away_may_be_told_still() -> None:
    async with Bare().run_test() as pilot:
        inner = pilot.app.screen.query_one("#inner", Counter)
        await pilot.app.screen.query_one(Vertical).remove()
        inner.refresh()
        Counter().refresh()
        await pilot.pause()
