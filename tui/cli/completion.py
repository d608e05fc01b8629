"""`briefing completion`: a completion script for each shell.

The scripts call this program for the possible words.
"""

import argparse
import contextlib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from tui.cli.lookup import open_catalogue, own_config
from tui.cli.output import OK, write
from tui.render.arguments import Parser

if TYPE_CHECKING:
    from tui.library.catalogue import Catalogue

_SCRIPTS: Final = {
    "bash": """\
_briefing() {
    local word current="${COMP_WORDS[COMP_CWORD]}"
    COMPREPLY=()
    while IFS= read -r word; do
        [[ $word == "$current"* ]] && COMPREPLY+=("$word")
    done < <(briefing completion words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _briefing briefing""",
    "zsh": """\
#compdef briefing
_briefing() {
    local -a found
    found=("${(@f)$(briefing completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    compadd -- $found || _files
}
compdef _briefing briefing""",
    "fish": """\
function __briefing_words
    set -l typed (commandline -opc) (commandline -ct)
    briefing completion words -- $typed[2..-1] 2>/dev/null
end
complete -c briefing -a '(__briefing_words)'""",
}

_PLAIN: Final = re.compile(r"[\w.-]+")


SHELLS: Final = tuple(_SCRIPTS)


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("shell", choices=(*SHELLS, "words"), metavar="{bash,zsh,fish}")
    parser.add_argument("words", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Write a shell's completion script, or the candidates for the script."""
    if options.shell != "words":
        write([script(options.shell)])
        return OK
    with contextlib.closing(open_catalogue(options, own_config())) as catalogue:
        write(candidates(options.words, catalogue))
    return OK


def script(shell: str) -> str:
    """Return a shell's completion script."""
    return _SCRIPTS[shell]


def candidates(words: list[str], catalogue: "Catalogue") -> Iterable[str]:
    """Return the candidates for the last word.

    Args:
        words: the words after the program's name; the last word is completed.
        catalogue: the library, for the ids.
    """
    from tui.cli.commands import BY_NAME, main_parser

    typed = words[1:] if words[:1] == ["--"] else words
    before, last = typed[:-1], typed[-1] if typed else ""
    if not before:
        return sorted([*BY_NAME, *_options(main_parser()), *_targets(catalogue, last)])
    parser = BY_NAME.get(before[0], BY_NAME["open"]).parser
    for argument in parser.arguments:
        if before[-1] in argument.option_strings and argument.nargs != 0:
            return sorted(map(str, argument.choices or ()))
    if last.startswith("-"):
        return _options(parser)
    if parser.takes_query:
        from tui.search.fields import complete

        return sorted(complete(last, len(last))[1])
    return sorted(_positional(parser, [word for word in before[1:] if not word.startswith("-")], catalogue, last))


def _positional(parser: Parser, typed: list[str], catalogue: "Catalogue", last: str) -> Iterable[str]:
    """Return the candidates for the next positional argument."""
    arguments = [argument for argument in parser.arguments if not argument.option_strings]
    here = arguments[len(typed)] if len(typed) < len(arguments) else None
    if here and here.choices:
        return (word for word in here.choices if word != "words")
    names = [argument.dest for argument in arguments]
    if names[1:2] == ["source"] and typed:  # first a source of the typed briefing, then a file
        path = catalogue.find(typed[0]) if len(typed) == 1 else None
        volume = catalogue.open(path).volume if path else None
        return volume.sources if volume else ()
    return _targets(catalogue, last) if {"target", "briefing"} & {*names} else ()


def _options(parser: Parser) -> list[str]:
    """Return the long options of a parser."""
    return sorted(name for argument in parser.arguments for name in argument.option_strings if name.startswith("--"))


def _targets(catalogue: "Catalogue", last: str) -> list[str]:
    """Return ids of briefings; after a ``#``, ids within a briefing."""
    name, hash_sign, _ = last.partition("#")
    if hash_sign:
        path = catalogue.find(name)
        volume = catalogue.open(path).volume if path else None
        known = (*volume.entries, *volume.sources, *volume.entities) if volume else ()
        return [f"{name}#{thing}" for thing in known]
    if not catalogue.count():
        catalogue.refresh()
    # A broken briefing's id is its folder's name, which may have characters that a shell would execute.
    return [row.id for row in catalogue.rows(0, 1000) if _PLAIN.fullmatch(row.id)]
