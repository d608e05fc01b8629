"""Frames composed as rows are what Textual's compositor would make, and no more of them than its timer would let through."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pyte
import pytest
from textual._compositor import Compositor
from textual.containers import Vertical
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static

from tests.kiosk.conftest import until
from tests.reader.painted import compositor_of
from tui.kiosk.terminal import row_compositor as compositing
from tui.kiosk.terminal.cell_cache import CellCache
from tui.kiosk.terminal.cells import cells_of
from tui.kiosk.terminal.row_compositor import RowCompositor
from tui.kiosk.terminal.terminals import terminal
from tui.kiosk.visits.app_pool import RunningApp
from tui.kiosk.visits.visit_app import VisitApp, VisitScreen
from tui.library.paths import bundled_content
from tui.library.published_catalogue import PublishedCatalogue
from tui.session.shared import SharedContent
from tui.state.records import Location
from tui.state.stores import open_state


class Visit:
    """One reader with a terminal at its line."""

    def __init__(self, app: VisitApp, size: tuple[int, int]) -> None:
        self.app = app
        self.sent = 0
        self._shown = pyte.Screen(*size)
        self._stream = pyte.Stream(self._shown)

    @property
    def screen(self) -> VisitScreen:
        assert isinstance(self.app.reader, VisitScreen)
        return self.app.reader

    def take(self, text: str) -> None:
        self.sent += 1
        self._stream.feed(text.replace("\x1b[?2026$p", ""))

    @property
    def shown(self) -> list[str]:
        return [line.rstrip() for line in self._shown.display]

    @property
    def meant(self) -> list[str]:
        """What Textual itself would show."""
        return [strip.text.rstrip() for strip in Compositor.render_strips(compositor_of(self.app.screen))]

    async def press(self, key: str) -> None:
        self.app.simulate_key(key)
        await until(lambda: self.shown == self.meant, key)
        await asyncio.sleep(0.05)
        await until(lambda: self.shown == self.meant, key)


@asynccontextmanager
async def visiting(tmp_path: Path, size: tuple[int, int]) -> AsyncIterator[Visit]:
    catalogue = PublishedCatalogue(None, [bundled_content()], tmp_path)
    catalogue.refresh()
    running = RunningApp(VisitApp(SharedContent(catalogue), "dark", CellCache()))
    await running.started()
    visit = Visit(running.app, size)
    running.app.line.send = visit.take
    running.app.receive(open_state(None), Location, "dark", terminal("xterm-256color", size, {}, mono=False))
    await until(lambda: any("Library" in line for line in visit.shown))
    try:
        yield visit
    finally:
        await running.end()


KEYS = (
    *("enter", "2", "j", "j", "j", "k", "G", "g", "6", "j", "l", "v", "f", "escape", "slash", "t", "h", "enter", "n", "escape"),
    *("question_mark", "j", "escape", "ctrl+k", "s", "w", "a", "escape", "o", "j", "1", "space", "b", "u", "escape", "backspace"),
)  # fmt: skip
"""Through pages, panes, sidenotes, the find bar, dialogs over the page, and the search."""


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_a_visitor_sees_what_textual_would_show(tmp_path: Path, size: tuple[int, int]) -> None:
    async with visiting(tmp_path, size) as visit:
        for key in KEYS:
            await visit.press(key)
            compositor = compositor_of(visit.screen)
            assert isinstance(compositor, RowCompositor)
            rows = compositor.composed([compositor.size.region])
            for row, strip in enumerate(Compositor.render_strips(compositor)):
                composed = Strip.join([part for _, part in sorted(rows[row].items())])
                assert cells_of(strip, "true").texts == cells_of(composed, "true").texts
                assert [s.style for s in strip.simplify()] == [s.style for s in composed.simplify()]


async def test_what_lies_over_another_hides_only_what_is_under_it(tmp_path: Path) -> None:
    async with visiting(tmp_path, (80, 24)) as visit:
        over = Vertical(Static("in front of it"))
        over.styles.layer, over.styles.offset, over.styles.width, over.styles.height = "over", (10, 5), 20, 3
        visit.screen.set_styles("layers: default over;")
        visit.screen.styles.align = ("left", "top")
        await visit.screen.mount(over)
        await until(lambda: any("in front of it" in line for line in visit.shown))
        for key in ("enter", "j", "2", "j", "k"):
            await visit.press(key)
            assert any("in front of it" in line for line in visit.shown)
        before = "\n".join(visit.shown)
        assert len([line for line in before.splitlines() if line.strip()]) > 10
        await over.remove()
        await until(lambda: not any("in front of it" in line for line in visit.shown))
        await until(lambda: visit.shown == visit.meant)


def test_a_row_is_cut_only_where_something_lies_over_it() -> None:
    screen, left, right, over = (Static(name) for name in ("screen", "left", "right", "over"))
    whole = Region(0, 0, 30, 2)
    plan = compositing.plan(
        {over: (Region(5, 1, 12, 9), whole), left: (Region(0, 0, 10, 2), whole), right: (Region(12, 0, 18, 2), whole),
         screen: (whole, whole)}, 2, 30
    )  # fmt: skip
    assert {seen.widget: seen.spans for seen in plan} == {
        over: [[(5, 17)]], left: [[(0, 10)], [(0, 5)]], right: [[(12, 30)], [(17, 30)]], screen: [[(10, 12)], []],
    }  # fmt: skip


async def test_it_paints_at_once_and_then_not_before_it_is_time_for_another_frame(tmp_path: Path) -> None:
    async with visiting(tmp_path, (80, 24)) as visit:
        await visit.press("enter")
        await visit.press("2")
        await asyncio.sleep(0.1)
        loop = asyncio.get_running_loop()
        before, began = visit.sent, loop.time()
        while loop.time() - began < 0.3:
            visit.app.simulate_key("j")
            await asyncio.sleep(0.001)
        frames = visit.sent - before
        assert 2 <= frames <= (loop.time() - began) * 60 + 2
        await until(lambda: visit.shown == visit.meant)


async def test_a_fault_at_painting_ends_the_visit_and_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with visiting(tmp_path, (80, 24)) as visit:

        def fails(_compositor: RowCompositor, _dirty: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(RowCompositor, "composed", fails)
        visit.app.simulate_key("j")
        await until(lambda: visit.app.fault)
        assert "ZeroDivisionError" in visit.app.fault


async def test_what_is_changed_from_outside_the_app_is_saved_and_ends_no_visit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A timer of Textual's that is made outside of its app does not find it, and dies only when the app is closed."""
    monkeypatch.setattr("tui.reader.saver._AFTER", 0.01)
    async with visiting(tmp_path, (80, 24)) as visit:
        state = open_state(tmp_path / "state.sqlite")
        visit.app.receive(
            state, lambda: Location("handbook"), "dark", terminal("xterm-256color", (80, 24), {}, mono=False)
        )
        visit.app.within(visit.app.saver.save_soon, visit.app.reader)
        await until(lambda: not visit.app.saver.is_due)
        visit.app.say("a word")
        visit.app.leave()
        await until(lambda: visit.app.return_code is not None)
    assert not visit.app.fault
    state.close()
