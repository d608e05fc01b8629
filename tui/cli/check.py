"""`briefing check`: the rules, applied to briefings."""

import argparse
import contextlib
import gc
import os
import re
import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.authoring.errors import AuthoringError
from tui.cli.lookup import called, find_path, open_catalogue, own_config, own_texts, tell_texts
from tui.cli.output import FINDINGS, OK, complain, width, write
from tui.library.paths import as_path, user_folders
from tui.library.version import version
from tui.render.arguments import Parser, UsageError

if TYPE_CHECKING:
    from tui.briefing.memory import Memory
    from tui.checks.briefing_file import Checked
    from tui.checks.report import Report
    from tui.checks.run import Choice
    from tui.library.catalogue import Catalogue

CHECK_FORMATS: Final = ("text", "json", "sarif", "github")


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="a briefing's id, file or folder, or a folder of briefings; else all"
    )
    parser.add_argument("--format", choices=CHECK_FORMATS, default="text", help="how to write it (default: text)")
    parser.add_argument("--select", action="extend", type=_ids, default=[], metavar="IDS", help="only these: Q,S005")
    parser.add_argument("--ignore", action="extend", type=_ids, default=[], metavar="IDS", help="not these: S009,V")
    parser.add_argument("--strict", action="store_true", help="fail on warnings too")
    parser.add_argument("--fix", action="store_true", help="mend what takes no judgment, then check")
    parser.add_argument("--to-format", type=int, choices=(2,), help="with --fix: rewrite files of older formats")
    parser.add_argument("--watch", action="store_true", help="check again whenever a file is saved, until Ctrl+C")
    parser.add_argument("--explain", metavar="ID", help="explain a rule, or with all list them, and exit")


def run(options: argparse.Namespace) -> int:
    """Check briefings. Errors are findings; with --strict, warnings are findings too."""
    if options.explain is not None:
        return _explain(options.explain)
    choice = _choice(options)
    if options.to_format and not options.fix:
        raise UsageError("--to-format rewrites files; give --fix too")
    if options.watch:
        return _watch(options, choice)
    # Nearly all objects live until the end, so that without the collector a long briefing takes a tenth less time.
    gc.disable()
    done = _fix(options, choice) if options.fix else OK
    checked = list(_check(_files(options), choice))
    _report(checked, options.format)
    gc.freeze()  # nor are they gone through when the program ends
    return _verdict((report for one in checked for report in one.reports), strict=options.strict) or done


def _watch(options: argparse.Namespace, choice: "Choice") -> int:
    from tui.cli.watch import watch

    if options.fix or options.format != "text":
        raise UsageError("--watch goes with the text format and without --fix; leave one of them out")

    def show(checked: Sequence["Checked"]) -> None:
        _report(checked, "text")
        write(["", "Watching; Ctrl+C ends it."])
        sys.stdout.flush()

    names: dict[Path, str] = {}

    def listed() -> list[Path]:
        found = _files(options)
        names.update(found)
        return list(found)

    from tui.briefing.memory import Memory as NewMemory

    memories: dict[Path, Memory] = {}  # of the file that was checked last

    def check(path: Path) -> "Checked":
        memory = memories.pop(path, None) or NewMemory()
        memories.clear()
        memories[path] = memory
        return next(_check({path: names[path]}, choice, memory))

    return watch(listed, check, show)


def _check(paths: Mapping[Path, str], choice: "Choice", memory: "Memory | None" = None) -> Iterator["Checked"]:
    from tui.checks.briefing_file import check_file

    held_by_user, texts = user_folders().held, own_texts(own_config())
    for path, name in paths.items():
        yield check_file(path, held_by_user, _shown(path), choice, name, elsewhere=texts, memory=memory)
    tell_texts(texts)


def _report(checked: Sequence["Checked"], written_as: str) -> None:
    reports = [report for one in checked for report in one.reports]
    unmade = [row for one in checked for row in one.unmade]
    if written_as == "json":
        from tui.checks.formats.as_json import as_json

        write([as_json(reports, len(checked), unmade)])
    elif written_as == "sarif":
        from tui.checks.formats.sarif import sarif

        write([sarif(reports, version(), unmade, _in_repository)])
    elif written_as == "github":
        from tui.checks.formats.github import github

        write(github(reports, unmade))
    else:
        from tui.checks.formats.text import text

        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        write(["\n".join(text(reports, len(checked), width(), unmade=unmade, colour=colour))])


def _verdict(reports: Iterable["Report"], *, strict: bool) -> int:
    failing = {"error", "warning"} if strict else {"error"}
    return FINDINGS if any(report.severity in failing for report in reports) else OK


def _fix(options: argparse.Namespace, choice: "Choice") -> int:
    """Apply fixes. A file that could not be written fails the command."""
    from tui.authoring.fixes import mend

    done = OK
    for path, name in _files(options).items():
        mended = 0
        try:
            for _ in range(2):
                one = next(_check({path: name}, choice))
                if options.to_format and one.loaded:
                    _migrate(one)
                    one = next(_check({path: name}, choice))
                mended += mend(one, user_folders().held, own_texts(own_config()))
                if one.loaded:
                    break  # else the first fix makes further faults visible
            else:
                if options.to_format:
                    complain(f"{_shown(path)}: it stays in its format until its problems are mended")
        except AuthoringError as error:
            done = FINDINGS
            complain(f"{_shown(path)}: {str(error).removeprefix(f'{path}: ')}")
        if mended:
            complain(f"{_shown(path)}: mended {mended:,}")
    return done


def _migrate(checked: "Checked") -> None:
    from tui.authoring.migration import migrate

    if done := migrate(checked.path, checked.data):
        drafts = f"; draft judgments that wait for their text: {done.drafts:,}" if done.drafts else ""
        complain(f"{_shown(checked.path)}: rewritten as format 2; the old text is {_shown(done.kept)}{drafts}")


def _explain(name: str) -> int:
    from tui.checks.explanations import explained, table
    from tui.checks.rules import BY_ID

    if name == "all":
        write([*table(width()), "", "briefing check --explain ID explains one, with an example."])
        return OK
    rule = BY_ID.get(name.upper())
    if rule is None:
        from tui.briefing.nearest import nearest

        near = nearest(name.upper(), BY_ID)
        raise UsageError(f"there is no rule {name!r}; " + (f"did you mean {near}, or all?" if near else "try all"))
    write(explained(rule, width()))
    return OK


def _choice(options: argparse.Namespace) -> "Choice":
    from tui.checks.run import Choice

    choice = Choice(tuple(options.select), tuple(options.ignore))
    if unknown := choice.unknown():
        raise UsageError(f"no rule begins with {unknown[0]!r}; see briefing check --explain all")
    return choice


def _ids(text: str) -> list[str]:
    words = [word.upper() for word in re.split(r"[,\s]+", text) if word]
    if not words:
        raise argparse.ArgumentTypeError("names no rule; write ids such as C009, or their beginnings")
    return words


def _files(options: argparse.Namespace) -> dict[Path, str]:
    """Return the files to check, with their names in further commands.

    The files come in the order of the arguments.

    Raises:
        UsageError: there is no such briefing, or none at all.
    """
    from tui.checks.briefing_file import briefings_at

    found: dict[Path, str] = {}
    with contextlib.closing(open_catalogue(options, own_config())) as catalogue:
        for name in options.paths:
            # Path("") would be the current folder, but an empty word is most often an unset variable of a script.
            if at := briefings_at(Path(name)) if name else None:
                found.update((path.absolute(), _command_name(path)) for path in at)
            else:
                path = _by_id(catalogue, name).absolute()
                found[path] = called(options, name, path)
        if not options.paths:
            found.update((path.absolute(), _command_name(path)) for path in catalogue.files())
    if not found:
        raise UsageError("there is no briefing to check; give a folder that holds a briefing.toml")
    return found


def _command_name(path: Path) -> str:
    return shlex.quote(_shown(path.absolute()))


def _by_id(catalogue: "Catalogue", name: str) -> Path:
    path = find_path(catalogue, name)
    if path == as_path(name):  # a path without a briefing
        raise UsageError(f"{name!r} holds no briefing; give its folder, its briefing.toml or its id")
    return path


def _in_repository(name: str) -> str:
    """Return a file's path from the root of its repository.

    Code hosts require such paths. A file outside a repository keeps its path.
    """
    path = Path(os.path.abspath(name))  # noqa: PTH100 - links stay as they are
    for folder in path.parents:
        if (folder / ".git").exists():
            return str(path.relative_to(folder))
    return name


def _shown(path: Path) -> str:
    """Return a file's path from the current folder, if below."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
