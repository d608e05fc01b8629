"""The forced command of OpenSSH's server, a process a visit."""

import argparse
import asyncio
import os
import re
import secrets
import signal
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from tui.briefing.characters import cleaned, escaped
from tui.kiosk.operations.rules_file import WatchedRules
from tui.library.catalogue import Catalogue
from tui.library.latest_time import FILE_NAME, LatestTime
from tui.library.paths import bundled_content, user_folders
from tui.library.published_catalogue import PublishedCatalogue
from tui.library.text_folders import user_texts

_OK: Final = 0
_FAULT: Final = 1
_WRONG: Final = 2
_COLOURS: Final = {"256": "256", "true": "truecolor"}
_FRAME: Final = re.compile(r"^  File .*$|^[A-Za-z_.]+(?=:|$)", re.MULTILINE)
"""The place and the kind of a fault in a traceback; a message may hold the visitor's input."""


def main(words: Sequence[str]) -> int:
    """Serve a visitor, by the arguments in the snippet of `--print sshd`."""
    options = build_parser().parse_args(words)
    folders = user_folders()
    roots = options.content or [bundled_content(), folders.own_content]
    where = folders.cache / "catalogue.sqlite", roots, folders.held, [folders.own_content]
    with closing(PublishedCatalogue(*where, user_texts(options.texts, folders.cache))) as catalogue:
        # OpenSSH's server says nothing of a visitor's key: everybody is a stranger here.
        catalogue.publishing.watch(WatchedRules(options.rules).look)
        catalogue.publishing.clock = LatestTime(folders.state / FILE_NAME)
        command = os.environ.get("SSH_ORIGINAL_COMMAND")
        if command is None and _has_screen():
            return _read(options, catalogue)
        return _exec(command, options, catalogue)


def build_parser() -> argparse.ArgumentParser:
    """Build the parser of the snippet's arguments."""
    parser = argparse.ArgumentParser(prog="briefing kiosk visit", allow_abbrev=False)
    parser.add_argument("--content", action="append", type=Path, metavar="DIR")
    parser.add_argument("--texts", action="append", type=Path, metavar="DIR", default=[])
    parser.add_argument("--rules", default=None, metavar="FILE")
    parser.add_argument("--theme", default="dark")
    parser.add_argument("--notice", default=None, metavar="FILE")
    parser.add_argument("--idle-seconds", type=float, default=1800.0)
    # The second names are those of 0.1, whose snippets are in use.
    parser.add_argument("--exec-bytes", "--plain-bytes", type=int, default=1_000_000)
    parser.add_argument("--exec-seconds", "--plain-seconds", type=float, default=20.0)
    return parser


def _has_screen() -> bool:
    from tui.kiosk.terminal.terminals import terminal

    is_terminal = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    return is_terminal and terminal(os.environ.get("TERM", ""), (0, 0), os.environ, mono=False).has_screen


def _exec(command: str | None, options: argparse.Namespace, catalogue: Catalogue) -> int:
    """Run a command and print its output."""
    from tui.kiosk.visits.exec_commands import CommandRefused, bounded, run, without_screen
    from tui.session.shared import SharedContent

    shared = SharedContent(catalogue)

    async def work() -> int:
        async with asyncio.timeout(options.exec_seconds):
            await asyncio.to_thread(catalogue.refresh)
            if command and command.split()[:1] == ["search"]:
                await shared.search_service.refresh()
            found = await run(command or "list", shared, options.exec_bytes, names=False)
            first = without_screen(names=False) if command is None and sys.stdout.isatty() else []
            sys.stdout.write(bounded([*first, *found.lines], options.exec_bytes))
            sys.stdout.flush()
        return found.code

    try:
        return asyncio.run(work())
    except CommandRefused as refused:
        sys.stderr.write(f"briefing: {escaped(str(refused))}\n")
        return _WRONG
    except TimeoutError:
        sys.stderr.write("briefing: this took too long\n")
        return _FAULT


def _read(options: argparse.Namespace, catalogue: Catalogue) -> int:
    """Show the reader until the visitor leaves or is idle."""
    from tui.kiosk.terminal import terminals

    depth = terminals.terminal(os.environ.get("TERM", ""), (0, 0), os.environ, mono=False).depth
    # Textual looks at its variables when it is imported.
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
    os.environ["TEXTUAL_COLOR_SYSTEM"] = _COLOURS.get(depth, "auto")
    from tui.reader import launch
    from tui.reader.terminal.own import OwnTerminal
    from tui.session.config import Config
    from tui.session.permissions import REMOTE_KIOSK
    from tui.state.records import Location
    from tui.state.stores import open_state

    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)
    # This process serves one visitor, and so it watches the files and the idle time itself.
    allowances = REMOTE_KIOSK._replace(idle=options.idle_seconds, watches_files=True)
    theme = "mono" if depth == "none" else options.theme
    app = launch.make_app(catalogue, open_state(None), Location(), Config(options.theme), theme, allowances=allowances)
    app.notice = _notice(options.notice)
    terminal = OwnTerminal()
    terminal.take(asks=False)
    try:
        launch.run(app, terminal)
    finally:
        terminal.release()
    return _apologise(app.fault) if app.fault else _OK


def _notice(name: str | None) -> str:
    """Return the first line of the operator's notice; empty if unreadable."""
    from tui.kiosk.visits.notices import read_text

    try:
        return read_text("notice", name).partition("\n")[0]
    except (OSError, ValueError):
        return ""


def _apologise(fault: str) -> int:
    """Print a reference of the fault, and log its place."""
    from tui.kiosk.policies.policy import apology

    reference = secrets.token_hex(4)
    log = user_folders().state / "faults.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{reference}\n{cleaned(chr(10).join(_FRAME.findall(fault)))}\n")
    except OSError:
        pass
    sys.stdout.write(f"{apology(reference)}\n")
    return _FAULT
