"""`briefing completion`: a few lines for each shell, which ask this program for the words that may follow."""

import argparse
import contextlib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from tui.cli.lookup import open_catalogue, own_config
from tui.cli.output import OK, write
from tui.cli.parser import Commands

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


def add(commands: Commands) -> None:
    """Describe the command."""
    completing = commands.add("completion", "write the completion script of a shell", run_completion, commands.content)
    completing.add_argument("shell", choices=(*SHELLS, "words"), metavar="{bash,zsh,fish}")
    completing.add_argument("words", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)


def run_completion(options: argparse.Namespace) -> int:
    """Write a shell's completion script, or, for that script, the words that may follow."""
    from tui.cli.commands import build_parser

    if options.shell != "words":
        write([script(options.shell)])
        return OK
    with contextlib.closing(open_catalogue(options, own_config())) as catalogue:
        write(candidates(build_parser(), options.words, catalogue))
    return OK


def script(shell: str) -> str:
    """Give a shell's completion script."""
    return _SCRIPTS[shell]


def candidates(parser: argparse.ArgumentParser, words: list[str], catalogue: "Catalogue") -> Iterable[str]:
    """Give the words that may stand in the place of the last one.

    Args:
        parser: describes the commands.
        words: what is typed behind the program's name; the last word is the one to be completed.
        catalogue: the library, for the ids.
    """
    typed = words[1:] if words[:1] == ["--"] else words
    before, last = typed[:-1], typed[-1] if typed else ""
    commands = _subparsers(parser)
    if not before:
        return sorted([*commands, *parser_options(parser), *_targets(catalogue, last)])
    command = commands.get(before[0]) or commands["open"]
    for action in command._actions:  # noqa: SLF001 (argparse tells its arguments nowhere else)
        if before[-1] in action.option_strings and action.nargs != 0:
            return sorted(map(str, action.choices or ()))
    if last.startswith("-"):
        return parser_options(command)
    if any(action.dest == "query" for action in command._actions):  # noqa: SLF001 (as above)
        from tui.search.fields import complete

        return sorted(complete(last, len(last))[1])
    listed = _choices(command, before[1:])
    if listed is None:
        listed = _sources(catalogue, command, before[1:])
    if listed is not None:
        return listed
    takes_target = any(action.dest in {"target", "briefing"} for action in command._actions)  # noqa: SLF001 (as above)
    return sorted(_targets(catalogue, last)) if takes_target else []


def _choices(command: argparse.ArgumentParser, words: list[str]) -> list[str] | None:
    """Return the words among which a command lets choose next; None where it lets choose freely."""
    places = [action for action in command._actions if not action.option_strings]  # noqa: SLF001 (as above)
    typed = [word for word in words if not word.startswith("-")]
    here = places[len(typed)] if len(typed) < len(places) else None
    return sorted(word for word in here.choices if word != "words") if here and here.choices else None


def parser_options(parser: argparse.ArgumentParser) -> list[str]:
    """Give the long options of a command."""
    actions = parser._actions  # noqa: SLF001 (as above)
    return sorted(option for action in actions for option in action.option_strings if option.startswith("--"))


def _subparsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:  # noqa: SLF001 (as above)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 (as above)
            return dict(action.choices)
    return {}


def _sources(catalogue: "Catalogue", command: argparse.ArgumentParser, words: list[str]) -> list[str] | None:
    """Give the sources of the briefing that was typed where a command asks for one next, and none where for a file.

    None where the next word is something else.
    """
    places = [action.dest for action in command._actions if not action.option_strings]  # noqa: SLF001 (as above)
    typed = [word for word in words if not word.startswith("-")]
    if places[1:2] != ["source"] or not typed:
        return None
    path = catalogue.find(typed[0]) if len(typed) == 1 else None
    volume = catalogue.open(path).volume if path else None
    return sorted(volume.sources) if volume else []


def _targets(catalogue: "Catalogue", last: str) -> list[str]:
    """Give ids of briefings, and behind a ``#`` those of what is in a briefing."""
    name, hash_sign, _ = last.partition("#")
    if hash_sign:
        path = catalogue.find(name)
        volume = catalogue.open(path).volume if path else None
        known = (*volume.entries, *volume.sources, *volume.entities) if volume else ()
        return [f"{name}#{thing}" for thing in known]
    if not catalogue.count():
        catalogue.refresh()
    # The folder of a broken briefing may be called anything; shells take some of it for commands.
    return [row.id for row in catalogue.rows(0, 1000) if _PLAIN.fullmatch(row.id)]
