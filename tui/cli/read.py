"""`briefing` and `briefing open`: the reader."""

import argparse
import os
import sys
import time
from typing import TYPE_CHECKING, Final

from tui.cli import list_, show
from tui.cli.lookup import called, check_entry, check_id, find_path, open_catalogue, own_config, own_state, split_target
from tui.cli.output import OK, UnreadError, complain, report_faults
from tui.reader.terminal.kinds import has_screen
from tui.render.arguments import Parser, UsageError

if TYPE_CHECKING:
    from tui.reader.terminal.own import OwnTerminal

_FIRST_LOOK: Final = 0.3
"""Seconds that a start without a cache spends on the library before the first frame. The rest follows in the background."""


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "--kiosk", action="store_true", help="let strangers read at this screen; nothing can be changed"
    )
    parser.add_argument("target", nargs="?", metavar="ID[#ENTRY]", help="a briefing's id or path, and an entry's id")


def run(options: argparse.Namespace) -> int:
    """Open the reader, or write its content where no screen is available.

    A pipe, or a terminal that cannot address its screen, gets the briefing or the library as text.
    """
    is_terminal = sys.stdout.isatty() and sys.stdin is not None and sys.stdin.isatty()
    kind = os.environ.get("TERM", "")
    if not is_terminal or not has_screen(kind):
        if is_terminal:
            complain(f"this terminal (TERM={kind}) shows no screen, so here is the text")
        if options.target:
            options.pane, options.format = None, "text"
            return show.run(options)
        options.format = "text"
        return list_.run(options)
    import gc

    from tui.reader.terminal.own import OwnTerminal

    # Nearly all objects made before the first frame stay; `launch.run` enables the collector again.
    gc.disable()
    began = time.time()
    terminal = OwnTerminal(getattr(options, "early", None))
    terminal.take()
    try:
        code = _open(options, terminal)
    finally:
        terminal.release()
    if code == OK:
        from tui.cli.keeping import keep_beside

        keep_beside(options, terminal.dark, began)
    return code


def _open(options: argparse.Namespace, terminal: "OwnTerminal") -> int:
    config = own_config()
    catalogue = open_catalogue(options, config)
    name, entry = split_target(options.target) if options.target else ("", "")
    # A briefing that is not in the cache is compiled by a child process while this process imports Textual.
    coming = catalogue.open_ahead(find_path(catalogue, name)) if name else None
    from tui.reader import launch
    from tui.session.permissions import LOCAL_KIOSK
    from tui.state.records import Location
    from tui.state.stores import open_state

    opened = coming() if coming else None
    state = own_state()
    start = Location()
    if opened:
        if opened.volume is None:
            if not opened.problems:  # a kiosk hides the problems
                raise UsageError(f"{name!r} cannot be opened; see briefing check {called(options, name, opened.path)}")
            raise UnreadError(opened.problems)
        check_id(catalogue, name, opened)
        check_entry(opened.volume, entry, called(options, name, opened.path))
        start = launch.start_location(state, opened.volume, entry)
    elif not catalogue.count():
        until = time.monotonic() + _FIRST_LOOK
        catalogue.refresh(lambda _done, _all: time.monotonic() < until)
    if options.kiosk:
        app = launch.run_for_strangers(
            lambda: launch.make_app(
                catalogue,
                open_state(None),
                start,
                config,
                launch.choose_theme(config, state, terminal.look()),
                allowances=LOCAL_KIOSK,
            ),
            terminal,
        )
    else:
        theme = launch.choose_theme(config, state, terminal.look())
        app = launch.make_app(catalogue, state, start, config, theme, opened=opened)

        def rest() -> None:
            from tui.cli.keeping import keep_at_rest

            keep_at_rest(options, terminal.dark)

        app.saver.on_rest = rest
        launch.run(app, terminal)
    state.close()
    catalogue.close()
    return report_faults(app, app.return_code or OK)
