"""Putting the reader together and running it."""

import asyncio
import os
import signal
from collections.abc import Callable
from typing import Final

from tui.library.catalogue import Catalogue
from tui.library.state import Place, State
from tui.reader.allowances import OWN_MACHINE, Allowances
from tui.reader.app import BriefingApp
from tui.reader.commands.table import COMMANDS
from tui.reader.config import Config
from tui.reader.desk import Desk
from tui.reader.holdings import Holdings
from tui.reader.keymap import Keymap
from tui.reader.looks import LOOKS
from tui.reader.own_pages import bookmarks_page, help_page, plain_page
from tui.reader.process import collect_rarely, take_short_turns
from tui.reader.terminal import BackgroundQuestion, dark_by_environment
from tui.render.page import Page

_COLLECT_AFTER: Final = 1.0
"""Seconds after the start by which the first frame is painted."""
_HUNG_UP: Final = 2.0
"""Seconds from the end of a terminal to that of the process."""


def make_app(
    catalogue: Catalogue,
    state: State,
    start: Place,
    config: Config,
    look: str,
    *,
    allowances: Allowances = OWN_MACHINE,
) -> BriefingApp:
    """Make the reader for one terminal, for the command and for tests alike."""
    holdings = Holdings(catalogue)
    keymap = make_keymap(config, allowances)
    app = BriefingApp(lambda app: Desk(holdings, state, extra_pages(app), keymap), start, keymap, look, allowances)
    if not allowances.motion:
        from tui.reader.still_mouse import StillMouseDriver

        app.driver_class = StillMouseDriver
    return app


def extra_pages(app: BriefingApp) -> dict[str, Callable[[Desk], Page]]:
    """Give the pages that belong to no briefing."""
    return {
        "help": lambda _desk: help_page(app.keymap, app.size.width, app.help_more),
        "bookmarks": bookmarks_page,
        "grammar": lambda _desk: _grammar_page(app.keymap),
        "messages": lambda _desk: app.reader.status.messages.page(),
        "plain": lambda _desk: plain_page(app.plain_text, app.keymap),
        "address": lambda _desk: _address_page(app),
    }


def _grammar_page(keymap: Keymap) -> Page:
    # What searches comes with the first search, and not with a start.
    from tui.reader.search.own_pages import grammar_page

    return grammar_page(keymap)


def _address_page(app: BriefingApp) -> Page:
    from tui.reader.address_page import address_page

    return address_page(app.address, app.size.width, app.keymap)


def make_keymap(config: Config, allowances: Allowances) -> Keymap:
    """Give the keys of all commands that are allowed."""
    offered = [command for command in COMMANDS if allowances.permits(command.needs)]
    names = {command.name for command in offered}
    chosen = {name: keys for name, keys in config.keys.items() if name in names}
    return Keymap([(command.name, command.keys) for command in offered], chosen)


def run(app: BriefingApp) -> None:
    """Run the reader in this terminal; a signal to end lets it save and leave the terminal as it was."""
    take_short_turns()

    async def until_left() -> None:
        end_by_signals(app.leave)
        loop = asyncio.get_running_loop()
        loop.call_later(_COLLECT_AFTER, collect_rarely)
        await app.run_async()

    asyncio.run(until_left())


def end_by_signals(leave: Callable[[], None]) -> None:
    """Let a signal to end save and leave, and let nothing outlive a terminal that has hung up.

    Textual's threads may then wait for it for ever, or read from what is no more as fast as they can: the kernel ends what
    has not ended by itself.
    """

    def hang_up() -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, _HUNG_UP)
        leave()

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, leave)
    loop.add_signal_handler(signal.SIGHUP, hang_up)


def run_for_strangers(make: Callable[[], BriefingApp]) -> BriefingApp:
    """Run one reader after another in this terminal: each who leaves or is gone is followed by a fresh one.

    Nothing that is typed ends or stops it; SIGTERM and SIGHUP do. Gives the last reader, with its fault if it had one.
    """
    take_short_turns()
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)
    ended = False

    async def until_left(app: BriefingApp) -> None:
        def end() -> None:
            nonlocal ended
            ended = True
            app.leave()

        end_by_signals(end)
        loop = asyncio.get_running_loop()
        loop.call_later(_COLLECT_AFTER, collect_rarely)
        await app.run_async()

    while True:
        app = make()
        asyncio.run(until_left(app))
        if ended or app.fault:
            return app


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
