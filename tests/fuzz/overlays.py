"""Bursts of keys at the app, over all that may lie over its page: none ends it, and it hears keys afterwards."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final
from unittest.mock import patch

from textual import events
from textual.geometry import Size

from tui.kiosk.terminal.cell_cache import CellCache
from tui.kiosk.terminal.terminals import terminal
from tui.kiosk.visits.app_pool import RunningApp
from tui.kiosk.visits.visit_app import VisitApp
from tui.library.catalogue import Catalogue
from tui.library.paths import bundled_content
from tui.library.published_catalogue import PublishedCatalogue
from tui.reader.app import BriefingApp
from tui.reader.launch import make_app
from tui.session.config import Config
from tui.session.shared import SharedContent
from tui.state.records import Location
from tui.state.stores import open_state

_LEAVING: Final = frozenset({"quit", "edit"})
"""Commands that end the run, or would start an editor."""
_TYPED: Final = (*"aegst:", "space", "backspace", "slash", "left", "delete", "home")
_OVER: Final = (
    "ctrl+p", "ctrl+k", "slash", "f", "question_mark", "o", "z", "6", "M", "enter", "enter", "escape", "escape", "down", "up", "tab",
    "shift+tab", "pagedown", "pageup", "end", "n", "backspace",
)  # fmt: skip
"""What opens and closes palette, search, find bar, footnotes, outline and matrix, more often than the rest."""
_SIZES: Final = ((80, 24), (120, 36), (200, 50), (50, 14), (20, 6))
_LOCATIONS: Final = (
    Location(),
    Location("handbook", "claims"),
    Location("handbook", "overview"),
    Location("dprk-missiles", "claims"),
)
_PATIENCE: Final = 30.0
_WAYS_OUT: Final = ("escape", "q", "ctrl+c")
"""The keys by which people try to leave."""
MOST_PRESSES: Final = 9
"""So many of them leave from anywhere: three rounds."""


async def bear(folder: Path, seed: int, number: int, bursts: int = 30) -> None:
    """Send bursts of keys to an app, and check that it bears them.

    Raises:
        AssertionError: it had a fault, or hears nothing any more.
    """
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 - nothing is hidden
    running = _local if chance.random() < 0.5 else _visit
    said = f"seed {seed}, run {number}"
    async with running(folder, chance) as app:
        keys = _keys(app)
        for _ in range(bursts):
            for key in chance.choice((_packet, _mixed))(chance, keys):
                app.post_message(events.Key(key, _character(key)))
            if chance.random() < 0.1:
                size = Size(*chance.choice(_SIZES))
                app.post_message(events.Resize(size, size))
            await asyncio.sleep(chance.choice((0, 0, 0.002, 0.01, 0.03)))
        await _heard(app, said)
        assert not app.fault, f"{said}: {app.fault}"
        assert not app.borne, f"{said}, in a closing screen: {app.borne}"
        if chance.random() < 0.5:  # who leaves in the middle of it
            app.post_message(events.Key("ctrl+p", None))
            app.post_message(events.Key("enter", "\r"))
    assert not app.fault, f"{said}, on leaving: {app.fault}"


async def leaves(folder: Path, seed: int, number: int, states: int = 40) -> int:
    """Send bursts of keys to an app, and check after each that one can leave. Return the most keys that it took.

    Raises:
        AssertionError: the keys by which people leave did not do so.
    """
    chance = random.Random(f"leaves {seed}:{number}")  # noqa: S311 - nothing is hidden
    most = 0
    async with (_local if chance.random() < 0.5 else _visit)(folder, chance) as app:
        app.session.keymap.keys["quit"] = ("q",)
        keys = _keys(app)
        with patch.object(app, "leave") as leave:
            for state in range(states):
                said = f"seed {seed}, run {number}, burst {state}"
                sent = [
                    key for _ in range(chance.randint(1, 8)) for key in chance.choice((_packet, _mixed))(chance, keys)
                ]
                for key in sent:
                    app.post_message(events.Key(key, _character(key)))
                if chance.random() < 0.5:
                    await _heard(app, said)
                leave.reset_mock()
                taken = 0
                while not leave.called:
                    key = _WAYS_OUT[taken % len(_WAYS_OUT)]
                    app.post_message(events.Key(key, _character(key)))
                    await _heard(app, said)
                    taken += 1
                    assert taken <= MOST_PRESSES, f"{said}: {_WAYS_OUT} do not leave after {sent[-30:]}"
                most = max(most, taken)
        assert not app.fault, app.fault
    return most


def _packet(chance: random.Random, keys: list[str]) -> list[str]:
    """Return few keys over and over, as one packet of them."""
    return chance.choices([*_OVER, *keys], k=chance.randint(1, 3)) * chance.choice((1, 5, 15))


def _mixed(chance: random.Random, keys: list[str]) -> list[str]:
    return [chance.choice(chance.choice((_OVER, _TYPED, keys))) for _ in range(chance.randint(1, 15))]


def _character(key: str) -> str | None:
    names = {"slash": "/", "space": " ", "question_mark": "?", "enter": "\r", "tab": "\t", "backspace": "\x7f"}
    return names.get(key, key if len(key) == 1 else None)


def _keys(app: BriefingApp) -> list[str]:
    """Return the keys of all commands that neither leave nor leave the app."""
    return [key for name, keys in app.session.keymap.keys.items() if name not in _LEAVING for key in keys]


async def _heard(app: BriefingApp, said: str) -> None:
    """Wait until a callback that is put behind all keys is called, on the app and on its screen."""
    heard: list[str] = []
    until = asyncio.get_running_loop().time() + _PATIENCE
    app.call_later(partial(heard.append, "app"))
    app.reader.call_later(partial(heard.append, "screen"))
    while len(heard) < 2:
        assert not app.fault, f"{said}: {app.fault}"
        assert asyncio.get_running_loop().time() < until, f"{said}: heard by {heard} alone"
        await asyncio.sleep(0.01)


@asynccontextmanager
async def _local(folder: Path, chance: random.Random) -> AsyncIterator[BriefingApp]:
    catalogue = Catalogue(None, [bundled_content()], folder)
    catalogue.refresh()
    app = make_app(catalogue, open_state(None), chance.choice(_LOCATIONS), Config(), "dark")
    _let_nobody_leave(app)
    async with app.run_test(size=chance.choice(_SIZES)):
        yield app
        app.leave()
    catalogue.close()


@asynccontextmanager
async def _visit(folder: Path, chance: random.Random) -> AsyncIterator[BriefingApp]:
    catalogue = PublishedCatalogue(None, [bundled_content()], folder)
    catalogue.refresh()
    running = RunningApp(VisitApp(SharedContent(catalogue), "dark", CellCache()))
    await running.started()
    app = running.app
    _let_nobody_leave(app)
    size = chance.choice(_SIZES)
    location = chance.choice(_LOCATIONS)
    app.receive(open_state(None), lambda: location, "dark", terminal("xterm-256color", size, {}, mono=False))
    try:
        yield app
    finally:
        await running.end()
        catalogue.close()


def _let_nobody_leave(app: BriefingApp) -> None:
    """Take the commands that leave away; the palette would offer them too."""
    for name in _LEAVING:
        app.session.keymap.keys.pop(name, None)
