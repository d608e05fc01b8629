"""Manual pages for ``man``, made from the table of commands.

``python -m tui.cli.manual_pages DIR`` writes one for the program and one for each command.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tui.cli.commands import COMMANDS, Command, main_parser
from tui.library.version import version
from tui.render.arguments import Parser


def pages() -> Iterator[tuple[str, str]]:
    """Make each page: its file name, and its text for ``man(7)``."""
    own = main_parser()
    rows = [_item(f"\\fBbriefing {command.name}\\fR", command.help) for command in COMMANDS]
    others = "\n".join(f".BR briefing\\-{command.name} (1){',' * (command != COMMANDS[-1])}" for command in COMMANDS)
    sections = {"COMMANDS": "\n".join(rows), "OPTIONS": _options(own), "SEE ALSO": others}
    synopsis = "\\fBbriefing\\fR [\\fIID\\fR[#\\fIENTRY\\fR]]\n.br\n\\fBbriefing\\fR \\fICOMMAND\\fR ..."
    words = f"{own.description} {own.epilog}"
    yield "briefing.1", _page("briefing", "read sourced briefings", synopsis, words, sections)
    for command in COMMANDS:
        yield f"briefing-{command.name}.1", _command_page(command)


def _command_page(command: Command) -> str:
    parser = _parser(command)
    sections = {"OPTIONS": _options(parser), "DETAILS": _verbatim(parser.more_help() if parser.more_help else "")}
    sections["SEE ALSO"] = ".BR briefing (1)"
    usage = re.sub(r"\s+", " ", parser.format_usage()).removeprefix("usage: ").strip()
    synopsis = "\n.br\n".join(_text(use) for use in re.split(r" (?=briefing kiosk )", usage))
    return _page(f"briefing-{command.name}", command.help, synopsis, f"{parser.description}", sections)


def _parser(command: Command) -> Parser:
    """Return the parser of a command's arguments.

    The kiosk reads its words itself, and has a parser of its own.
    """
    if not command.parses:
        return command.parser
    from tui.kiosk.command import build_parser

    return build_parser()


def _page(name: str, purpose: str, synopsis: str, words: str, sections: dict[str, str]) -> str:
    first = f'.TH {name.upper()} 1 "" "Briefing Browser {version()}"'
    known = {
        "NAME": f"{_text(name)} \\- {_text(purpose)}",
        "SYNOPSIS": synopsis,
        "DESCRIPTION": _text(words[:1].upper() + words[1:]),
    }
    parts = [f".SH {heading}\n{text}" for heading, text in (known | sections).items() if text]
    return "\n".join([first, ".nh", ".ad l", *parts, ""])


def _options(parser: Parser) -> str:
    """Return the list of arguments. Those hidden from the help are left out."""
    shown = [action for action in parser.arguments if action.help != argparse.SUPPRESS]
    return "\n".join(_item(_signature(action), _meaning(action)) for action in shown)


def _signature(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else f"\\fI{_text(_value(action))}\\fR"
    names = [f"\\fB{_text(name)}\\fR" for name in action.option_strings]
    return f"{', '.join(names)} {value}".strip() if names else value


def _value(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    return "|".join(map(str, action.choices)) if action.choices else action.dest.upper()


def _meaning(action: argparse.Action) -> str:
    known = {**vars(action), "default": action.default}
    return (action.help or "") % known


def _item(term: str, meaning: str) -> str:
    return f".TP\n{term}\n{_text(meaning)}"


def _verbatim(text: str) -> str:
    return f".nf\n{_text(text)}\n.fi" if text else ""


def _text(text: str) -> str:
    """Escape words for roff. No backslash, hyphen or first sign then has a meaning."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", escaped, flags=re.MULTILINE)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for _name, _words in pages():
        (folder / _name).write_text(_words, encoding="utf-8")
