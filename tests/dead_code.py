"""Code that nothing uses, or tests alone: ``python -m tests.dead_code`` lists it with vulture.

The program is looked at by itself, so that nothing lives of tests alone; then the tests are, with the program beside them.
Whatever only a library calls is a false friend, and stands in `FRIENDS` with the reason.
"""

import argparse
import ast
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from html.parser import HTMLParser
from pathlib import Path
from typing import Final, NamedTuple

import asyncssh
from asyncssh.connection import SSHConnection, SSHServerConnection
from textual._compositor import Compositor
from textual.app import App
from textual.command import Provider
from textual.css.stylesheet import Stylesheet
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.widgets import Input
from vulture import Vulture

from tui.briefing.entry import RELATIONS
from tui.briefing.source import CSL
from tui.checks.rules import RULES
from tui.render.cite_formats import FORMATS
from tui.session.commands import COMMANDS

TOP: Final = Path(__file__).parent.parent
CONFIDENCE: Final = 60
"""Per cent below which vulture only guesses."""


class Friend(NamedTuple):
    """Names that look unused and are not."""

    files: str
    """A pattern of paths below the top."""
    names: frozenset[str]
    """The names, or patterns of them."""
    reason: str


def _of(*classes: type) -> frozenset[str]:
    """Return the names that a library's classes have, which a class of ours overrides for the library to call."""
    return frozenset(name for each in classes for name in dir(each))


FRIENDS: Final = (
    Friend("tui/briefing/*", frozenset(RELATIONS), "a relation is read by its key"),
    Friend("tests/site/*", _of(HTMLParser), "the parser of pages calls it"),
    Friend("tui/briefing/source.py", frozenset(CSL), "a CSL variable is read by its key"),
    Friend(
        "tui/checks/families/*",
        frozenset({*(rule.check.__name__ for rule in RULES), *(rule.id for rule in RULES)}),
        "the decorator `rule` makes a rule of it, which is found by its type",
    ),
    Friend(
        "tui/reader/commands/*",
        frozenset(path.partition(".")[2] for one in COMMANDS for path in (one.run, one.here)),
        "the table of commands names it",
    ),
    Friend("tui/kiosk/asyncssh_internals.py", frozenset({"_cert_options"}), "asyncssh reads it"),
    Friend("tui/citing/*", frozenset(one.function for one in FORMATS.values()), "the registry of formats names it"),
    Friend("*", frozenset({"on_*"}), "Textual finds the handler of a message by its name"),
    Friend("*", frozenset({"action_*"}), "Textual finds an action by its name"),
    Friend("tui/reader/*", frozenset({"watch_*"}), "Textual calls what watches an attribute by its name"),
    Friend(
        "*",
        _of(App, Screen, Input, Provider, LinuxDriver, Compositor, Stylesheet) | {"dock", "layer", "align"},
        "Textual reads or calls it",
    ),
    Friend("tui/kiosk/*", _of(Driver), "Textual's app calls its driver"),
    Friend(
        "*",
        _of(asyncssh.SSHServer, asyncssh.SSHServerSession, asyncssh.SSHClient, SSHServerConnection, SSHConnection)
        | {"_process_*_request"},
        "asyncssh calls it",
    ),
    Friend(
        "tui/kiosk/ssh/*",
        frozenset({"orig_host", "orig_port", "term_modes", "pixwidth", "pixheight"}),
        "asyncssh passes it by name",
    ),
    Friend("*", _of(argparse.ArgumentParser), "argparse calls it"),
    Friend("tui/*", frozenset({"model_config", "ignore_why"}), "pydantic reads it"),
    Friend("tui/*", frozenset({"driver_class", "animation_level"}), "an app of Textual reads what is set on it"),
    Friend(
        "tui/reader/textual_internals/*",
        frozenset({"last_x", "last_y", "mouse_pixels", "terminal_*size", "_capture_std*", "_parse_cache"}),
        "Textual's parser, app and stylesheet have the attribute",
    ),
    Friend("tui/kiosk/asyncssh_internals.py", frozenset({"_protocol_factory"}), "asyncssh has the attribute"),
    Friend("tui/state/tables.py", frozenset({"unsaved"}), "a test must know when all is written, as no reader must"),
    Friend("tests/bench/kiosk/crowd.py", frozenset({"flood", "shake"}), "the process of the visitors is sent the name"),
    Friend("tests/*", frozenset({"_kexinit_sent"}), "asyncssh has the attribute"),
    Friend("tests/*", frozenset({"get_sources"}), "paramiko calls it"),
    Friend("tests/*", frozenset({"pytestmark", "TestAgainstTwoStacks"}), "pytest looks for it"),
    Friend("tests/*", frozenset({"file_extension"}), "syrupy reads it"),
)


def unused() -> Iterator[str]:
    """Yield a line for each definition that nothing uses, then for each friend that is none any more."""
    met: set[Friend] = set()
    for folders, shown in ((["tui"], "tui/"), (["tui", "tests"], "tests/")):
        search = Vulture(ignore_decorators=["@pytest.fixture*", "@invariant*"])
        search.scavenge([str(TOP / folder) for folder in folders])
        search.scan("\n".join(_annotated(TOP / folder for folder in folders)))
        for found in search.get_unused_code(min_confidence=CONFIDENCE):
            path = str(Path(found.filename).relative_to(TOP))
            # Ruff knows of imports, also of those that only an annotation in quotation marks uses.
            if found.typ == "import" or not path.startswith(shown):
                continue
            friends = [friend for friend in FRIENDS if _is(friend, path, found.name)]
            met.update(friends)
            if not friends:
                yield f"{path}:{found.first_lineno}: {found.typ} “{found.name}” is used by nothing"
    for friend in FRIENDS:
        if friend not in met:
            yield f"a false friend that none is any more: {', '.join(sorted(friend.names)[:3])} ({friend.reason})"


def _annotated(folders: Iterable[Path]) -> Iterator[str]:
    """Yield the annotations in quotation marks, which vulture does not look into."""
    for file in (file for folder in folders for file in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            annotation = getattr(node, "annotation", None) or getattr(node, "returns", None)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "cast":
                annotation = node.args[0]
            if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
                yield annotation.value
            elif isinstance(annotation, ast.expr):
                strings = (part.value for part in ast.walk(annotation) if isinstance(part, ast.Constant))
                yield from (text for text in strings if isinstance(text, str) and text.isidentifier())


def _is(friend: Friend, path: str, name: str) -> bool:
    """Whether a friend is meant by a name in a file."""
    return fnmatchcase(path, friend.files) and (
        name in friend.names or any(fnmatchcase(name, pattern) for pattern in friend.names if "*" in pattern)
    )


def main(lines: Iterable[str]) -> int:
    """Print the lines; return 1 where there are any."""
    count = 0
    for count, line in enumerate(lines, 1):  # noqa: B007 -- the last count is the sum
        print(line)  # noqa: T201 -- the listing
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main(unused()))
