"""A reader at the keyboard and the mouse: opens the app, presses and clicks, and sees what the screen shows."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip
from textual.worker import WorkerCancelled

from tests.reader.painted import mouse, strips_of
from tui.library.catalogue import Catalogue
from tui.reader.app import BriefingApp
from tui.reader.launch import make_app
from tui.reader.screen import ReaderScreen
from tui.reader.widgets.page_view import PageView
from tui.session.config import Config
from tui.session.permissions import OWN_MACHINE, Allowances
from tui.state.reader_state import ReaderState
from tui.state.records import Location
from tui.state.stores import open_state

_PATIENCE = 10.0
"""Seconds after which what is waited for is taken to have failed."""
_ROUNDS = 8
"""Of a resize: app, screen, layout, widgets, styles, layout anew, widgets, and what they tell."""


class Spot(NamedTuple):
    """A cell of the screen."""

    x: int
    y: int


class Driver:
    """Drives one run of the app."""

    def __init__(self, app: BriefingApp, pilot: Pilot[None], messages: list[Message]) -> None:
        """Drive an app that runs."""
        self.app = app
        self.pilot = pilot
        self.messages = messages

    # What is shown

    @property
    def screen(self) -> ReaderScreen:
        """The app's own screen, whatever lies over it."""
        return self.app.reader

    @property
    def segments(self) -> list[list[Segment]]:
        """The rows of the screen as they go to the terminal, after the app's filters."""
        rows = []
        for strip in strips_of(self.app):
            for line_filter in self.app._filters:  # noqa: SLF001 -- an app has no public way to its filters
                if line_filter.enabled:
                    strip = strip.apply_filter(line_filter, self.app.screen.background_colors[1])  # noqa: PLW2901 -- filter upon filter
            rows.append(list(strip))
        return rows

    @property
    def rows(self) -> list[str]:
        """The rows of the screen as text."""
        return [strip.text.replace("\u00a0", " ") for strip in strips_of(self.app)]

    @property
    def text(self) -> str:
        """The screen as one text, every row without the space at its ends."""
        return "\n".join(row.strip() for row in self.rows)

    @property
    def words(self) -> str:
        """The words of the page alone, on one line, so that it does not matter where lines break."""
        return " ".join(" ".join(strip.text for strip in _strips(self.screen.view)).replace("▌", " ").split())

    @property
    def beside(self) -> str:
        """The words of the footnotes beside or below the page, on one line; empty where they are not shown."""
        if not self.screen.notes.display:
            return ""
        return " ".join(" ".join(strip.text for strip in _strips(self.screen.notes)).strip("│─ ").split()).replace(
            " │ ", " "
        )

    @property
    def said(self) -> str:
        """What the status line says."""
        return self.screen.status.message

    @property
    def page(self) -> str:
        """The name of the page."""
        return self.screen.location.page

    @property
    def block(self) -> str:
        """The name of the current block."""
        return self.screen.here.block

    def find(self, words: str, within: str = "page") -> Spot:
        """Find the first cell of some words on a part of the screen."""
        region = self.app.screen.query_one(f"#{within}").region
        for y, row in enumerate(self.rows[region.y : region.bottom], region.y):
            x = row.find(words, region.x if region.x < len(row) else 0)
            if x >= 0:
                return Spot(x, y)
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")

    def style_at(self, spot: Spot) -> Style:
        """Give the style of a cell."""
        x = 0
        for text, style, _ in self.segments[spot.y]:
            x += len(text)
            if spot.x < x:
                return style or Style.null()
        raise AssertionError(spot)

    def marked(self, colour: str) -> list[str]:
        """Give the stretches of text that stand on a background colour."""
        return [
            text
            for row in self.segments
            for text, style, _ in row
            if style and style.bgcolor and style.bgcolor.get_truecolor().hex == colour
        ]

    # What is done

    async def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        await self.pilot.press(*keys)
        await self.pilot.pause()
        await workers_done(self.app, "find")
        await self.pilot.pause()

    async def write(self, words: str) -> None:
        """Type words."""
        await self.press(*("space" if letter == " " else letter for letter in words))

    async def click(self, words: str, within: str = "page", *, times: int = 1, right: int = 0) -> None:
        """Click on the first of some words."""
        spot = self.find(words, within)
        await self.pilot.click(offset=(spot.x + right, spot.y), times=times)
        await self.pilot.pause()

    async def wheel(self, within: str, direction: int, *, turns: int = 1) -> None:
        """Turn the mouse's wheel over a part of the screen: 1 is down, -1 up."""
        kind = events.MouseScrollDown if direction > 0 else events.MouseScrollUp
        for _ in range(turns):
            await mouse(self.pilot, kind, f"#{within}", offset=(5, 2))
        await self.pilot.pause()

    async def resize(self, width: int, height: int) -> None:
        """Make the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        await settled(self.pilot)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        ends = time.monotonic() + _PATIENCE
        while not condition():
            if time.monotonic() > ends:
                raise AssertionError(f"waited in vain; the screen shows:\n{self.text}")
            await self.pilot.pause()
            await asyncio.sleep(0.005)

    async def find_words(self, words: str) -> None:
        """Paste words into the find bar, and accept them."""
        await self.press("slash")
        self.app.post_message(events.Paste(words))
        await self.until(lambda: self.screen.searches.find.finding.words == words)
        await self.press("enter")

    def posted(self, kind: type[Message]) -> list[Message]:
        """Give the messages of a kind that were posted, each once although it is handed on."""
        return list({id(message): message for message in self.messages if isinstance(message, kind)}.values())


@asynccontextmanager
async def reading(
    catalogue: Catalogue,
    location: Location = Location(),  # noqa: B008 - a frozen tuple
    *,
    size: tuple[int, int] = (80, 24),
    state: ReaderState | None = None,
    config: Config = Config(),  # noqa: B008 - frozen
    theme: str = "dark",
    allowances: Allowances = OWN_MACHINE,
) -> AsyncIterator[Driver]:
    """Run the app at a place, without a terminal."""
    messages: list[Message] = []
    kept = state or open_state(None)
    app = make_app(catalogue, kept, location, config, theme, allowances=allowances)
    async with app.run_test(size=size, message_hook=messages.append) as pilot:
        await workers_done(app)
        await pilot.pause()
        yield Driver(app, pilot, messages)
    if state is None:
        kept.close()


async def settled(pilot: Pilot[None]) -> None:
    """Wait until messages, and what they lead to, are handled, however slow the machine is.

    Textual's own pause ends when the process is idle, or is given no time.
    """
    for _ in range(_ROUNDS):
        await pilot.pause(0)


async def workers_done(app: App[None], group: str = "") -> None:
    """Wait until no work goes on, or none of a group; work that was abandoned for newer work is done too."""
    for worker in list(app.workers):
        if group in {"", worker.group}:
            with suppress(WorkerCancelled):
                await worker.wait()


def library(cache: Path | None, *roots: Path) -> Catalogue:
    """Make a library of some folders that is up to date."""
    catalogue = Catalogue(cache, roots, Path("/nothing-held"))
    catalogue.refresh()
    return catalogue


def _strips(view: PageView) -> list[Strip]:
    return view.render_lines(view.size.region)
