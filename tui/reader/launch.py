"""Putting the reader together and running it."""

import asyncio
import os
import signal
from collections.abc import Callable
from functools import partial
from typing import Any, Final, TypeVar

from tui.library.catalogue import Catalogue, Result
from tui.library.volume import Volume
from tui.reader.app import BriefingApp
from tui.reader.base_app import BaseApp, faults_of_threads
from tui.reader.first_frames import FirstFrames
from tui.reader.terminal.background import dark_by_environment, remembered_dark
from tui.reader.terminal.own import OwnTerminal
from tui.reader.themes import THEMES
from tui.render.selection import id_called
from tui.session.commands import COMMANDS
from tui.session.config import Config
from tui.session.keymap import NO_KEYS, Keymap
from tui.session.permissions import OWN_MACHINE, Allowances
from tui.session.process import collect_rarely, take_short_turns
from tui.session.shared import SharedContent
from tui.state.reader_state import ReaderState
from tui.state.records import Location

Returned = TypeVar("Returned")

_COLLECT_AFTER: Final = 1.0
"""Seconds after the start by which the first frame is painted."""
_HUNG_UP: Final = 2.0
"""Seconds from the end of a terminal to that of the process."""


def make_app(
    catalogue: Catalogue,
    state: ReaderState,
    start: Location,
    config: Config,
    theme: str,
    *,
    allowances: Allowances = OWN_MACHINE,
    opened: Result | None = None,
) -> BriefingApp:
    """Make the reader for one terminal. Commands and tests use this."""
    shared = SharedContent(catalogue)
    keymap = make_keymap(config, allowances)
    app = BriefingApp(shared, state, start, keymap, theme, allowances=allowances)
    app.themes.follows_terminal = follows_terminal(config, state)
    if opened:
        shared.put(start.briefing, opened)
    return app


def make_keymap(config: Config, allowances: Allowances) -> Keymap:
    """Return the keys of all commands. Those that are not allowed are withheld."""
    offered = [command for command in COMMANDS if allowances.permits(command.needs)]
    names = {command.name for command in offered}
    chosen = {name: keys for name, keys in config.keys.items() if name in names}
    withheld = [(command.name, command.keys) for command in COMMANDS if command not in offered]
    return Keymap([(command.name, command.keys) for command in offered], chosen, withheld)


def run(app: BriefingApp, terminal: OwnTerminal) -> None:
    """Run the reader in this terminal. On a signal to end, save and restore."""
    take_short_turns()
    asyncio.run(_until_left(app, terminal, app.leave))


async def _until_left(app: BriefingApp, terminal: OwnTerminal, leave: Callable[[], None]) -> None:
    end_by_signals(leave)
    asyncio.get_running_loop().call_later(_COLLECT_AFTER, collect_rarely)
    await drive(app, terminal, motion=app.allowances.motion, keymap=app.session.keymap)


async def drive(
    app: BaseApp[Returned], terminal: OwnTerminal, *, motion: bool = True, keymap: Keymap = NO_KEYS
) -> Returned | None:
    """Run an app in this terminal; return its result.

    Args:
        app: the app.
        terminal: the terminal, already taken.
        motion: whether each move of the mouse is reported.
        keymap: the keys of the app.
    """
    # This imports Textual's driver, which a kiosk never needs.
    from tui.reader.terminal.driver import TerminalDriver

    frames = FirstFrames(terminal.early)
    driver = partial(TerminalDriver, terminal=terminal, frames=frames, motion=motion, keymap=keymap)
    app.first_frames = frames
    app.driver_class = driver  # type: ignore[assignment]  # it is only called
    fit_colours(app)
    with faults_of_threads(app):
        return await app.run_async()


def fit_colours(app: BaseApp[Any]) -> None:
    """Fit the theme to a terminal of few colours."""
    if app.console.color_system == "standard":
        app.themes.use_few_colours()


def end_by_signals(leave: Callable[[], None]) -> None:
    """Save and leave on a signal to end. Nothing outlives a terminal that has hung up.

    Textual's threads may then wait for it for ever, or read from what is no more as fast as they can: the kernel ends what
    has not ended by itself.
    """

    def hang_up() -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, _HUNG_UP)
        leave()

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, leave)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        loop.add_signal_handler(signal.SIGINT, leave)
    loop.add_signal_handler(signal.SIGHUP, hang_up)


def run_for_strangers(make: Callable[[], BriefingApp], terminal: OwnTerminal) -> BriefingApp:
    """Run readers in this terminal, one after another.

    Each who leaves, or is idle for too long, is followed by a fresh reader.

    Nothing that is typed ends or stops this; SIGTERM and SIGHUP do.

    Returns:
        The last reader, with its fault if it had one.
    """
    take_short_turns()
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)
    ended = False
    while True:
        app = make()

        def end(app: BriefingApp = app) -> None:
            nonlocal ended
            ended = True
            app.leave()

        asyncio.run(_until_left(app, terminal, end))
        if ended or app.fault:
            return app


def choose_theme(config: Config, state: ReaderState, dark: bool | None) -> str:
    """Choose the theme at the start.

    NO_COLOR goes first, then the configuration, then the last choice on the screen, then the terminal's background.

    Args:
        config: the configuration.
        state: what was chosen on the screen, and what terminals like this one told at their last answer.
        dark: whether the terminal is dark; None until it has answered.
    """
    if not follows_terminal(config, state):
        return (
            "mono" if os.environ.get("NO_COLOR") else config.theme if config.theme != "auto" else state.setting("theme")
        )
    if dark is None:
        dark = remembered_dark(state)
    if dark is None:
        dark = dark_by_environment(os.environ)
    return "light" if dark is False else "dark"


def follows_terminal(config: Config, state: ReaderState) -> bool:
    """Whether nobody has chosen a theme, so that it follows the terminal."""
    return not os.environ.get("NO_COLOR") and config.theme == "auto" and state.setting("theme") not in THEMES


def start_location(session_state: ReaderState, volume: Volume, named: str) -> Location:
    """Return the location of a briefing, or of a name in it.

    A briefing opens where the reader left it.
    """
    name = volume.edition.id
    if named:
        called = id_called(volume, named)
        kind = "source" if called in volume.sources else "entity" if called in volume.entities else "entry"
        return Location(name, f"{kind}:{called}", called)
    return session_state.location(name) or Location(name, "overview")
