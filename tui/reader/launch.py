"""Putting the reader together and running it."""

import asyncio
import gc
import os
import signal
import sys
from typing import Final

from tui.library.catalogue import Catalogue
from tui.library.state import Place, State
from tui.reader.app import BriefingApp, extra_pages
from tui.reader.commands.table import COMMANDS
from tui.reader.config import Config
from tui.reader.desk import Desk
from tui.reader.keymap import Keymap
from tui.reader.looks import LOOKS
from tui.reader.terminal import BackgroundQuestion, dark_by_environment

_COLLECT_AFTER: Final = 1.0
"""Seconds after the start by which the first frame is painted."""
_COLLECT_EVERY: Final = (10_000, 20, 100)
"""Objects made, and passes over the young, until the next pass over older ones; by default 700, 10 and 10.

A pass over all holds up every thread for 20 to 80 ms, which one notices at the next letter; so it is to be rare.
"""
_TURN: Final = 0.001
"""Seconds for which a thread that searches may keep the screen's thread waiting, each time; by default 5 ms."""


def make_app(catalogue: Catalogue, state: State, start: Place, config: Config, look: str) -> BriefingApp:
    """Make the reader, for the command, for the kiosk and for tests alike."""
    keymap = Keymap([(command.name, command.keys) for command in COMMANDS], config.keys)
    return BriefingApp(lambda app: Desk(catalogue, state, extra_pages(app)), start, keymap, look)


def run(app: BriefingApp) -> None:
    """Run the reader in this terminal; a signal to end lets it save and leave the terminal as it was."""
    sys.setswitchinterval(_TURN)

    async def until_left() -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, app.leave)
        loop.call_later(_COLLECT_AFTER, _collect_garbage)
        await app.run_async()

    asyncio.run(until_left())


def _collect_garbage() -> None:
    """Take up the collection of garbage, and leave out of it what the start has made, since that stays."""
    gc.freeze()
    gc.set_threshold(*_COLLECT_EVERY)
    gc.enable()


def choose_look(config: Config, state: State, background: BackgroundQuestion | None) -> str:
    """Choose the theme: NO_COLOR first, then the configuration, the last choice on screen, and the terminal."""
    dark = background.answer() if background else None
    if os.environ.get("NO_COLOR"):
        return "mono"
    if config.theme != "auto":
        return config.theme
    if (chosen := state.setting("theme")) in LOOKS:
        return chosen
    if dark is None:
        dark = dark_by_environment(os.environ)
    return "light" if dark is False else "dark"


def start_place(desk_state: State, name: str, entry: str) -> Place:
    """Give the place at which a briefing, or an entry of it, is opened by its name."""
    if entry:
        return Place(name, f"entry:{entry}", entry)
    return desk_state.place(name) or Place(name, "overview")
