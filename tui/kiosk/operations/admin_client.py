"""`briefing kiosk who` and the other commands for administrators, at the client's end."""

import argparse
import csv
import io
import json
import socket
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tui.briefing.characters import escaped
from tui.kiosk.ipc import BlockingChannel, Message
from tui.kiosk.operations.admin_commands import BY_NAME, AdminCommand, candidates, parse, reachable
from tui.kiosk.operations.config import read_settings
from tui.library.paths import user_folders
from tui.render.arguments import Parser

OK: Final = 0
FAILED: Final = 1
USAGE: Final = 2
_ANSWER_SECONDS: Final = 12.0
_UNITS: Final = (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1))
_HEADS: Final = ("visit", "address", "name", "on", "for", "idle", "reads", "key")


class AdminError(Exception):
    """A running kiosk cannot be asked; the message is one line."""


def build_parser(command: AdminCommand) -> Parser:
    """Build the parser of a command."""
    parser = Parser(prog=f"briefing kiosk {command.name}", description=f"{command.help[:1].upper()}{command.help[1:]}.")
    for argument in command.arguments:
        name = f"--{argument.name}" if argument.is_option else argument.name
        parser.add_argument(name, metavar=argument.metavar, help=argument.help)
    parser.add_argument("--config", type=Path, metavar="FILE", help="the configuration of the kiosk, for its socket")
    parser.add_argument("--admin-socket", metavar="PATH", help="the socket of the kiosk")
    parser.add_argument(
        "--format",
        choices=("text", "json", *(["csv"] if command.is_table else [])),
        default="text",
        help="how to write the answer",
    )
    return parser


def main(words: Sequence[str]) -> int:
    """Run a command and return the exit code.

    Args:
        words: the name of the command, and its arguments.

    Raises:
        UsageError: the words are wrong.
    """
    command = BY_NAME[words[0]]
    options = build_parser(command).parse_args(words[1:])
    try:
        request = _request(command, options)
    except ValueError as error:
        return _complain(str(error), USAGE)
    settings, problems = read_settings(options.config, _chosen(options))
    if problems:
        return _complain(str(problems[0]), USAGE)
    try:
        answer = ask_whole(tuple(candidates(settings.admin_socket, user_folders().state)), request)
    except AdminError as error:
        return _complain(str(error), FAILED)
    if "error" in answer:
        return _complain(str(answer["error"]), FAILED)
    sys.stdout.write(written(command, answer, options.format))
    for said in _doubts(answer):
        _complain(said, OK)
    return FAILED if answer.get("unanswered") or answer.get("problems") else OK


def _request(command: AdminCommand, options: argparse.Namespace) -> Message:
    """Return the request of a command.

    Raises:
        ValueError: an argument is wrong. The server would refuse it too, but only where a kiosk runs.
    """
    given = {argument.name: getattr(options, argument.name) for argument in command.arguments}
    request = {name: value for name, value in given.items() if value is not None}
    if "key" in request:
        request["key"] = fingerprint_of(request["key"])
    parse(command, request)
    return {"command": command.name, **request}


def written(command: AdminCommand, answer: Message, form: str) -> str:
    """Return an answer as text, JSON or CSV."""
    if form == "json":
        return f"{json.dumps({'version': 1, 'command': command.name, **answer}, indent=2)}\n"
    if form == "csv":
        return as_csv(answer["rows"])
    return "".join(f"{escaped(line)}\n" for line in LINES[command.name](answer))


def _chosen(options: argparse.Namespace) -> dict[str, object]:
    return {"admin_socket": options.admin_socket} if options.admin_socket else {}


def ask(paths: Iterable[Path], request: Message) -> Message:
    """Ask the first kiosk that answers.

    Raises:
        AdminError: none does.
    """
    said: list[str] = []
    for path in paths:
        try:
            return _asked(path, request)
        except OSError as error:
            said.append(f"{path}: {error.strerror or error}")
        except ValueError as error:
            said.append(f"{path}: {error}")
    raise AdminError(f"no kiosk answers ({'; '.join(said)}); is it running, and is this its --config?")


def ask_whole(paths: Sequence[Path], request: Message) -> Message:
    """Ask for an answer, with all its parts.

    Raises:
        AdminError: no kiosk answers.
    """
    answer = ask(paths, request)
    while after := answer.pop("after", 0):
        more = ask(paths, {**request, "after": after})
        if "error" in more:
            return more
        answer = {**more, "rows": [*answer["rows"], *more["rows"]]}
    return answer


def _asked(path: Path, request: Message) -> Message:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as end:
        with reachable(path) as name:
            end.connect(name)
        channel = BlockingChannel(end)
        end.settimeout(_ANSWER_SECONDS)
        channel.send(request)
        answer = channel.receive()
    if answer is None:
        raise ConnectionResetError(0, "the kiosk gave no answer")
    return answer


# The answers as lines


def _who(answer: Message) -> list[str]:
    visits = answer["visits"]
    if not visits:
        return ["Nobody is here."]
    rows = [_HEADS, *(tuple(map(str, _row(visit))) for visit in visits)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _row(visit: Mapping[str, Any]) -> tuple[object, ...]:
    idle = "" if visit["idle"] is None else spell(visit["idle"])
    return (
        visit["visit"], visit["address"], visit["user"], visit["on"], spell(visit["seconds"]), idle,
        visit["briefing"] or "-", visit["key"] or "-",
    )  # fmt: skip


def _blocks(answer: Message) -> list[str]:
    return [f"{one['network']} for {spell(one['seconds'])}" for one in answer["blocks"]] or ["Nobody is blocked."]


def _reloaded(answer: Message) -> list[str]:
    if answer["problems"]:
        return ["Nothing was applied:", *answer["problems"]]
    applied, left = ", ".join(answer["applied"]), ", ".join(answer["not_applied"])
    said = [f"Applied: {applied}." if applied else "Keys and texts were read again; no setting has changed."]
    return [*said, *([f"Not before a restart: {left}."] if left else [])]


def _audit(answer: Message) -> list[str]:
    if not answer["is_on"] and not answer["rows"]:
        return ["Nothing is recorded; set audit = true."]
    rows = ((spell_time(one["at"]), one["what"], one["briefing"] or "-", one["key"] or "-") for one in answer["rows"])
    return ["  ".join(row) for row in rows] or ["Nothing is recorded of that time."]


def _statistics(answer: Message) -> list[str]:
    if not answer["is_on"] and not answer["rows"]:
        return ["Nothing is counted; set statistics = true."]
    rows = (f"{one['day']}  {one['openings']:>7,}  {one['briefing']}" for one in answer["rows"])
    return list(rows) or ["Nothing was opened in that time."]


def _forgotten(answer: Message) -> list[str]:
    kept = f"{_counted(answer['states'], 'state')} and {_counted(answer['acts'], 'act')} of the audit"
    ended = f"; {_counted(answer['ended'], 'visit')} ended" if answer["ended"] else ""
    return [f"Deleted {kept}{ended}.", "Not touched: the log, backups, and a key that a configuration names."]


def spell_time(seconds: float) -> str:
    """Return a moment in UTC, to the second."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(seconds))


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Write rows with a head. A moment is written in UTC."""
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {name: spell_time(value) if name == "at" else value for name, value in row.items()} for row in rows
    )
    return out.getvalue()


def fingerprint_of(word: str) -> str:
    """Return the fingerprint of a public key's file. Another word stays as it is.

    Raises:
        ValueError: the file is no public key.
    """
    path = Path(word)
    if word.startswith("SHA256:") or not path.is_file():
        return word
    from asyncssh import KeyImportError, read_public_key

    try:
        return str(read_public_key(path).get_fingerprint())
    except (KeyImportError, OSError) as error:
        raise ValueError(f"{path}: is no public key: {getattr(error, 'strerror', None) or error}") from None


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


LINES: Final[Mapping[str, Callable[[Message], list[str]]]] = {
    "who": _who,
    "say": lambda answer: [f"Shown on {_counted(answer['told'], 'screen')}."],
    "end": lambda _answer: ["The visit is being ended."],
    "block": lambda answer: [
        f"{answer['blocked']} is blocked for {spell(answer['seconds'])}; {_counted(answer['ended'], 'visit')} ended."
    ],
    "unblock": lambda answer: [f"{answer['unblocked']} is not blocked any more."],
    "blocks": _blocks,
    "audit": _audit,
    "statistics": _statistics,
    "forget": _forgotten,
    "reload": _reloaded,
    "upgrade": lambda answer: [f"Process {answer['started']} is starting; the log says when it takes over."],
    "drain": lambda answer: [f"The kiosk is ending; {_counted(answer['visits'], 'connection')} to finish."],
}
"""The writer of each command's answer as text."""


def _doubts(answer: Message) -> Iterable[str]:
    if missing := answer.get("unanswered"):
        yield f"{_counted(missing, 'worker')} did not answer in time; visits there are not counted"
    if warning := answer.get("warning"):
        yield str(warning)
    yield from answer.get("warnings", ())


def spell(seconds: float) -> str:
    """Return a time in its two greatest units.

    >>> spell(7500)
    '2 h 5 min'
    """
    left, said = max(0, round(seconds)), list[str]()
    for unit, size in _UNITS:
        number, left = divmod(left, size)
        if number or (unit == "s" and not said):
            said.append(f"{number} {unit}")
    return " ".join(said[:2])


def _complain(message: str, code: int) -> int:
    sys.stderr.write(f"briefing: {escaped(message)}\n")
    return code
