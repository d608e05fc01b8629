"""The arguments of the commands that write content, also in the kiosk."""

import argparse
import re
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple, NoReturn

from tui.render.exports import EXPORTS, Subject, names_for

_HELP_WIDTH: Final = 80


class UsageError(Exception):
    """A wrong use of a command. Each argument is a reason, on one line with the remedy."""


def _narrow(prog: str) -> argparse.HelpFormatter:
    """Return a checker of arguments as they are added. No terminal's width is imported for it."""
    return argparse.HelpFormatter(prog, width=_HELP_WIDTH)


class Parser(argparse.ArgumentParser):
    """A parser that reports an error on one line."""

    more_help: Callable[[], str] | None = None
    """Writes the end of the help, once the help is asked for."""
    refuse: Callable[[argparse.Namespace], str] | None = None
    """Returns the reason why arguments do not go together; nothing where they do."""
    takes_query = False
    """Whether the words are those of a query, in which a hyphen before a word leaves it out."""
    mixes_options = False
    """Whether options may stand between the words."""

    def __init__(self, **options: Any) -> None:
        """Create a parser; `options` are those of argparse."""
        self.arguments: list[argparse.Action] = []
        """The arguments that were added, in their order."""
        super().__init__(**{"formatter_class": _narrow, **options})

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        """Add an argument, as argparse does."""
        action = super().add_argument(*names, **options)
        self.arguments.append(action)
        return action

    def format_help(self) -> str:
        """Write the help and its end."""
        if self.formatter_class is _narrow:
            self.formatter_class = argparse.HelpFormatter
        more = f"\n{self.more_help()}\n" if self.more_help else ""
        return super().format_help() + more

    def error(self, message: str) -> NoReturn:
        """Leave with one line instead of the usage and a line."""
        raise UsageError(f"{message}; see {self.prog} --help")

    def parse_known_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override]  # the base is overloaded
        """Parse arguments. A word such as -pond belongs to the query."""
        if (self.takes_query or self.mixes_options) and args:
            args = self._arranged(args)
        found, others = super().parse_known_args(args, namespace)
        if others:  # the parser of the whole command line would name its own help
            self.error(f"unrecognized arguments: {' '.join(others)}")
        if self.refuse and (reason := self.refuse(found)):
            self.error(reason)
        return found, others

    def _arranged(self, words: Sequence[str]) -> list[str]:
        """Put the options first and the words of the query behind `--`."""
        options: list[str] = []
        query: list[str] = []
        rest = list(words)
        while rest:
            word = rest.pop(0)
            if word == "--":
                query += rest
                break
            if word == "-h" or word.startswith("--"):
                options.append(word)
                if self._wants_value(word):
                    options += rest[:1]
                    del rest[:1]
            else:
                query.append(word)
        return [*options, "--", *query]

    def _wants_value(self, word: str) -> bool:
        """Whether the next word is the value of an option."""
        named = [action for action in self.arguments if any(name.startswith(word) for name in action.option_strings)]
        return "=" not in word and bool(named) and named[0].nargs != 0


class Described(NamedTuple):
    """A command that writes content out."""

    words: str
    """The purpose of the command."""
    describe: Callable[[Parser], None]
    """Adds its arguments to a parser."""


def _add_format(parser: Parser, subject: Subject) -> None:
    names = names_for(subject)
    parser.add_argument("--format", choices=names, default=names[0], help=f"how to write it (default: {names[0]})")


def _list(parser: Parser) -> None:
    _add_format(parser, "library")


def _show(parser: Parser) -> None:
    _add_format(parser, "briefing")
    from tui.render.selection import pane_names, view_names

    parser.refuse = _unwritable
    parser.more_help = _formats
    parser.add_argument("target", metavar="ID[#ENTRY]", help="a briefing's id, or with # an entry of it")
    said = f"write one pane alone: {', '.join(pane_names())}; or one view of evidence, such as evidence:conflicts"
    choices = (*pane_names(), *view_names())
    parser.add_argument("--pane", type=_pane, choices=choices, metavar="PANE", help=said)


def _cite(parser: Parser) -> None:
    from tui.render.cite_formats import FORMATS

    parser.mixes_options = True
    parser.add_argument("target", metavar="ID[#ENTRY]", help="a briefing's id, or with # an entry or a source of it")
    parser.add_argument(
        "source", nargs="*", default=[], metavar="SOURCE", help="the id of a source or an entry; all where left out"
    )
    said = f"how to cite them: {', '.join(FORMATS)} (default: {next(iter(FORMATS))})"
    parser.add_argument("--format", choices=FORMATS, metavar="FORMAT", help=said)


def _search(parser: Parser) -> None:
    parser.takes_query = True
    parser.add_argument(
        "query", nargs="+", metavar="QUERY", help='words, "phrases", -without, OR, field:value; see below'
    )
    parser.add_argument("--limit", type=_number, default=20, metavar="N", help="give N hits (default: 20)")
    parser.add_argument("--offset", type=_number, default=0, metavar="N", help="leave out the best N")
    _add_format(parser, "answer")
    parser.more_help = _grammar


WRITING: Final = {
    "list": Described("list the briefings of the library", _list),
    "show": Described("write a briefing, a pane or an entry", _show),
    "cite": Described("cite the sources of a briefing or an entry", _cite),
    "search": Described("search the library", _search),
}
"""These commands by name."""


def _formats() -> str:
    """Write the table of formats for --help."""
    exports = [EXPORTS[name] for name in names_for("briefing")]
    width = max(len(export.name) for export in exports)
    rows = [f"  {export.name:{width}}  {export.media_type}  {' '.join(export.panes)}".rstrip() for export in exports]
    return "\n".join(["formats and media types, and the panes where not all can be written:", *rows])


def _unwritable(options: argparse.Namespace) -> str:
    return EXPORTS[options.format].refusal(options.pane, options.target.partition("#")[2])


def _pane(text: str) -> str:
    from tui.render.selection import pane_named, pane_names

    name = pane_named(text)
    if name is None:
        raise argparse.ArgumentTypeError(f"there is no pane {text!r}; write one of: {', '.join(pane_names())}")
    return name


def _number(text: str) -> int:
    if not re.fullmatch("[0-9]{1,6}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 999999")
    return int(text)


def _grammar() -> str:
    """Write the grammar of queries for --help."""
    import textwrap

    from tui.search.fields import grammar_help

    rows = grammar_help()
    width = max(len(written) for written, _ in rows)
    hanging = " " * (width + 4)
    lines = (
        textwrap.fill(f"  {written.ljust(width)}  {meaning}", _HELP_WIDTH, subsequent_indent=hanging)
        for written, meaning in rows
    )
    return "\n".join(["a query:", *lines])
