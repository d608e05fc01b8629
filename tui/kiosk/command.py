"""The command `briefing kiosk`: it reads options and configuration, and runs the server."""

import argparse
import asyncio
import os
import signal
import socket
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tui.briefing.characters import escaped
from tui.briefing.problems import Problem
from tui.kiosk.fleet_check import check_fleet, migrated
from tui.kiosk.operations import admin_client, admin_commands, backup_commands
from tui.kiosk.operations.config import Reread, from_option, option, outdated, read_settings, table
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.passwords import hashed
from tui.kiosk.operations.settings import RENAMED, Settings
from tui.kiosk.operations.systemd import ActivationError, notifier, passed_sockets, watchdog_interval
from tui.kiosk.prechecks import WrongSettingError, check, doubts, lockout
from tui.kiosk.server.server import Server
from tui.kiosk.server.starting import StartError, listening
from tui.kiosk.server.takeover import inherited
from tui.kiosk.ssh.host_keys import HostKey, HostKeyError, certified, host_key
from tui.library.paths import user_folders
from tui.render.arguments import Parser

OK: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
_WIDTH: Final = 80
_OUTCOME: Final = ("The kiosk would start.", "The kiosk would start; see the warnings.", "The kiosk would not start.")
"""The last line of --check, by the gravest verdict."""
PRINTED: Final = ("haproxy", "sample", "sshd", "unit")
"""The texts of --print."""
_APART: Final = dict.fromkeys(admin_commands.BY_NAME, admin_client.main) | dict.fromkeys(
    backup_commands.NAMES, backup_commands.main
)
_COMMANDS: Final = textwrap.fill(" | ".join(_APART), 56).replace("\n", "\n" + " " * 22)


def build_parser() -> Parser:
    """Build the parser, with an option for every setting."""
    parser = Parser(
        prog="briefing kiosk",
        usage="briefing kiosk [--config FILE] [--host HOST] [--port PORT]\n"
        "                     [--content DIR] [--SETTING VALUE …]\n"
        "       briefing kiosk --check [--config FILE] [--SETTING VALUE …]\n"
        "       briefing kiosk --migrate [ROLE] [--config FILE] [--SETTING VALUE …]\n"
        "       briefing kiosk stats [--host HOST] [--port PORT] [--watch]\n"
        f"       briefing kiosk {_COMMANDS}",
        description="Serve the reader over SSH to visitors, read-only.",
        allow_abbrev=False,
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="read settings from FILE, which is TOML")
    parser.add_argument("--print", choices=PRINTED, dest="printed", help="print this and exit")
    said = "the hosts for --print haproxy (10.0.0.11,10.0.0.12)"
    parser.add_argument("--hosts", default="10.0.0.11,10.0.0.12", metavar="HOST,HOST", help=said)
    said = "judge settings, files, keys, content and unit as a start would, and exit"
    parser.add_argument("--check", action="store_true", help=said)
    said = "make or update the tables that hosts share, let ROLE use them, and exit"
    parser.add_argument("--migrate", nargs="?", const="", metavar="ROLE", help=said)
    parser.add_argument("--hash-password", action="store_true", help="read a password, print its hash and exit")
    for row in table():
        action = "append" if row.default == "[]" else "store"
        names = [option(row.name), *(option(old) for old, new in RENAMED.items() if new == row.name)]
        parser.add_argument(*names, dest=row.name, action=action, metavar="VALUE", help=argparse.SUPPRESS)
    parser.more_help = settings_help
    return parser


def settings_help() -> str:
    """Render the table of settings for --help."""
    rows = []
    for row in table():
        named = f"  {option(row.name)}  ({row.kind}; {row.default or 'none'})"
        rows.append(textwrap.fill(named, _WIDTH, subsequent_indent="      ", break_on_hyphens=False))
        rows.append(textwrap.fill(row.words, _WIDTH, initial_indent="      ", subsequent_indent="      "))
    heading = "every setting, as an option or, with _ for -, as a key of the file:"
    return "\n".join([heading, *rows])


def main(words: Sequence[str]) -> int:
    """Run the command and return the exit code.

    Raises:
        UsageError: the words are wrong.
    """
    if words[:1] == ["stats"]:
        from tui.kiosk.operations import stats

        return stats.main(words[1:])
    if words[:1] and words[0] in _APART:
        return _APART[words[0]](words)
    options = build_parser().parse_args(words)
    if options.printed:
        return _print(options)
    if options.check:
        return _check(options)
    if options.migrate is not None:
        return _migrate(options)
    return _hash_password() if options.hash_password else _run(options)


def _print(options: argparse.Namespace) -> int:
    """Print a text for operators, made from the present settings."""
    from tui.kiosk.printed_texts import TextError, UnseenError, printed_text

    chosen = _chosen(options)
    settings, problems = read_settings(options.config, chosen)
    if problems:
        return _report(problems)
    try:
        text, warning = printed_text(options.printed, options.config, chosen, settings, options.hosts.split(","))
    except (TextError, UnseenError, StartError) as error:
        _complain(str(error))
        return FINDINGS
    if warning:
        _complain(warning)
    sys.stdout.write(text)
    return OK


def _migrate(options: argparse.Namespace) -> int:
    """Create or update the tables that hosts share."""
    settings, problems = read_settings(options.config, _chosen(options))
    if problems:
        return _report(problems)
    try:
        sys.stdout.write(f"{migrated(settings, options.migrate)}\n")
    except StartError as error:
        _complain(str(error))
        return FINDINGS
    return OK


def _check(options: argparse.Namespace) -> int:
    """Print a verdict on each part of the deployment. Return 0, or 1 with warnings, or 2 with errors."""
    from tui.kiosk.deployment_check import Level, judge
    from tui.kiosk.printed_texts import unit_text

    chosen = _chosen(options)
    settings, problems = read_settings(options.config, chosen)
    if problems:
        return _report(problems)
    worst = Level.NOTE
    for verdict in judge(settings, options.config, user_folders(), lambda: unit_text(options.config, chosen, settings)):
        worst = max(worst, verdict.level)
        name = "" if verdict.level is Level.NOTE else f"{verdict.level.name.lower()}: "
        sys.stdout.write(f"{escaped(f'{name}{verdict.words}')}\n")
    sys.stdout.write(f"{_OUTCOME[worst]}\n")
    return worst


def _run(options: argparse.Namespace) -> int:
    """Run the server until a signal ends it.

    A SIGHUP before the server has its handlers would end the start; it waits until they are there.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    try:
        return _serve(options)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})


def _serve(options: argparse.Namespace) -> int:
    chosen = _chosen(options)
    settings, problems = read_settings(options.config, chosen)
    if problems:
        return _report(problems)
    folders = user_folders()
    log = Log(sys.stderr, settings)
    try:
        check(settings)
        if reason := lockout(settings):
            raise WrongSettingError(reason)
        for said in filter(None, (*outdated(options.config), *doubts(settings), check_fleet(settings))):
            log.write("warning", said=said)
        key = host_key(Path(settings.host_key) if settings.host_key else None, folders.data)
        if settings.host_certificate:
            certified(Path(settings.host_certificate), key.path)
        told, alive_every = notifier(os.environ), watchdog_interval(os.environ)
        old = inherited(os.environ)
        passed = old.listeners if old else [one.listener for one in passed_sockets(os.environ)]
        listeners = passed or listening(settings)

        async def serve() -> None:
            server = Server(
                settings, key, folders, log, reread=lambda: reread(options.config, chosen, log), notifier=told,
                alive_every=alive_every, control=old.control if old else None,
            )  # fmt: skip
            await server.run(listeners, lambda: say_ready(settings, key, listeners))

        asyncio.run(serve())
    except (StartError, HostKeyError, ActivationError) as error:
        _complain(str(error))
        return USAGE if isinstance(error, WrongSettingError | HostKeyError) else FINDINGS
    return OK


def say_ready(settings: Settings, key: HostKey, listeners: list[socket.socket]) -> None:
    """Print the host key, and, last, that visitors can come."""
    places = [listener.getsockname()[:2] for listener in listeners]
    if settings.log == "json":
        log = Log(sys.stdout, settings)
        for host, port in places:
            log.write("ready", host=host, port=port, fingerprint=key.fingerprint, sshfp=key.sshfp)
        return
    told = "".join(f"ready at {host} port {port}\n" for host, port in places)
    sys.stdout.write(f"{key.fingerprint}\n{key.sshfp}\n{told}")
    sys.stdout.flush()


def _chosen(options: argparse.Namespace) -> dict[str, object]:
    """Return the settings that options chose."""
    chosen: dict[str, object] = {}
    for row in table():
        value = getattr(options, row.name)
        if value is not None:
            chosen[row.name] = tuple(value) if isinstance(value, list) else _typed(row.name, value)
    return chosen


def _typed(name: str, text: str) -> object:
    """Return an option's value: text as written, anything else as TOML."""
    value = from_option(text)
    default = Settings.model_fields[name].default
    return text if default is None or isinstance(default, str) else value


def reread(path: Path | None, chosen: dict[str, object], log: Log) -> Reread:
    """Read the settings again. Log problems and doubts."""
    settings, problems = read_settings(path, chosen)
    said = [str(problem) for problem in problems]
    try:
        if not said:
            check(settings)
    except StartError as error:
        said.append(str(error))
    for reason in said:
        log.write("unchanged", reason=reason)
    if said:
        return Reread(None, said)
    doubtful = [*filter(None, (lockout(settings), *outdated(path), *doubts(settings)))]
    for doubt in doubtful:
        log.write("warning", said=doubt)
    return Reread(settings, doubtful)


def _hash_password() -> int:
    import getpass

    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not password:
        _complain("the password is empty; type one")
        return USAGE
    sys.stdout.write(f"{hashed(password)}\n")
    return OK


def _report(problems: tuple[Problem, ...]) -> int:
    for problem in problems:
        _complain(str(problem))
    return USAGE


def _complain(message: str) -> None:
    sys.stderr.write(f"briefing: {escaped(message)}\n")
