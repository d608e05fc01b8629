"""The commands, thin: the only place that prints and exits."""

import argparse
import contextlib
import io
import os
import re
import sys
import time
from collections.abc import Callable, Container, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from tui.library.paths import bundled_content, user_folders

if TYPE_CHECKING:
    from tui.briefing.problems import Problem
    from tui.library.catalogue import Catalogue, Result
    from tui.library.search.index import SearchIndex
    from tui.library.volume import Volume
    from tui.reader.config import Config
    from tui.render.page import Page

OK: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
FORMATS: Final = ("text", "markdown", "json")
SEARCH_FORMATS: Final = ("text", "json")
SHELLS: Final = ("bash", "zsh", "fish")
CACHE_NAME: Final = "catalogue.sqlite"
COMMANDS: Final = ("open", "list", "show", "search", "schema", "hold", "kiosk", "completion")
_HELP_WIDTH: Final = 80
_FIRST_LOOK: Final = 0.3
"""Seconds that a start without a cache spends on the library before it paints; the rest comes in the background."""


class UsageError(Exception):
    """A wrong use of the command; the message is one line and says what to do."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments on one line."""

    more_help: Callable[[], str] | None = None
    """Gives what the help ends with; made only when it is asked for."""

    def format_help(self) -> str:
        """Write the help, and what more there is of it."""
        more = f"\n{self.more_help()}\n" if self.more_help else ""
        return super().format_help() + more

    def error(self, message: str) -> NoReturn:
        """Leave with one line instead of the usage and a line."""
        raise UsageError(f"{message}; see {self.prog} --help")


class _Version(argparse.Action):
    """Writes the version."""

    def __init__(self, option_strings: Sequence[str], dest: str, **kwargs: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, **kwargs)

    def __call__(self, parser: argparse.ArgumentParser, *_arguments: object) -> NoReturn:
        _write([f"briefing {_version()}"])
        parser.exit(OK)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code: 0, 1 for findings, 2 for a wrong use."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _prepare_output()
    try:
        if words[:1] == ["kiosk"]:
            return run_kiosk(words[1:])
        options = build_parser().parse_args(with_command(words))
        run: Callable[[argparse.Namespace], int] = options.run
        code = run(options)
        sys.stdout.flush()
    except UsageError as error:
        _complain(str(error))
        return USAGE
    except BrokenPipeError:  # the reader of our output left, as `head` does
        _drop_output()
        return OK
    except OSError as error:
        _drop_output()
        _complain(f"{error.filename or 'the output'}: {error.strerror or error}")
        return FINDINGS
    except KeyboardInterrupt:
        return 130
    return code


def with_command(words: list[str]) -> list[str]:
    """Put `open` before the words where they begin with no command: `briefing ID` opens that briefing."""
    if words[:1] and (words[0] in COMMANDS or words[0] in {"-h", "--help", "--version"}):
        return words
    return ["open", *words]


def build_parser() -> argparse.ArgumentParser:
    """Describe the commands."""
    parser = _Parser(
        prog="briefing",
        description="Read structured, sourced briefings, and follow every footnote to the words of the source.",
        epilog="briefing alone opens the library, briefing ID one briefing, briefing ID#ENTRY one entry of it.",
    )
    parser.add_argument("--version", action=_Version, help="write the version and leave")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    content = _Parser(add_help=False)
    content.add_argument(
        "--content", action="append", type=Path, metavar="DIR", help="read briefings from DIR instead; may be repeated"
    )
    written = _Parser(add_help=False)
    written.add_argument("--format", choices=FORMATS, default="text", help="how to write it (default: text)")

    def add(name: str, words: str, run: Callable[[argparse.Namespace], int], *parents: _Parser) -> _Parser:
        command = commands.add_parser(name, help=words, description=f"{words[:1].upper()}{words[1:]}.", parents=parents)
        command.set_defaults(run=run)
        return command

    opening = add("open", "open the reader; the word open may be left out", run_open, content)
    opening.add_argument(
        "--kiosk", action="store_true", help="let strangers read at this screen: nothing here can be touched"
    )
    opening.add_argument("target", nargs="?", metavar="ID[#ENTRY]", help="a briefing's id or path, and an entry's id")
    add("list", "list the briefings of the library", run_list, content, written)
    showing = add("show", "write a briefing, a pane or an entry", run_show, content, written)
    showing.add_argument("target", metavar="ID[#ENTRY]", help="a briefing's id or path, and an entry's id")
    panes = _panes()
    showing.add_argument("--pane", choices=panes, metavar="PANE", help=f"write one pane alone: {', '.join(panes)}")
    searching = add("search", "search the library", run_search, content)
    searching.add_argument(
        "query", nargs="+", metavar="QUERY", help='words, "phrases", -without, OR, field:value; see below'
    )
    searching.add_argument("--limit", type=_number, default=20, metavar="N", help="give N hits (default: 20)")
    searching.add_argument("--offset", type=_number, default=0, metavar="N", help="leave out the best N")
    searching.add_argument("--format", choices=SEARCH_FORMATS, default="text", help="how to write it (default: text)")
    searching.more_help = _grammar
    add("schema", "write the JSON Schema of the format, for editors", run_schema)
    holding = add("hold", "check and keep a source's text, and write sources.lock", run_hold, content)
    holding.add_argument("briefing", metavar="ID", help="a briefing's id or path")
    holding.add_argument("source", nargs="?", help="the source's id; left out, only the lock is written anew")
    holding.add_argument("file", nargs="?", type=Path, help="the plain text of the source, in UTF-8")
    # Its options are made from its settings, which take pydantic; so it reads them itself.
    add("kiosk", "serve the reader by SSH to whoever comes, read-only", lambda _options: run_kiosk([]))
    completing = add("completion", "write the completion script of a shell", run_completion, content)
    completing.add_argument("shell", choices=(*SHELLS, "words"), metavar="{bash,zsh,fish}")
    completing.add_argument("words", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def run_open(options: argparse.Namespace) -> int:
    """Open the reader; where the output is no terminal, list the library instead."""
    if not (sys.stdout.isatty() and sys.stdin and sys.stdin.isatty()):
        if options.target:
            options.pane, options.format = None, "text"
            return run_show(options)
        options.format = "text"
        return run_list(options)
    import gc

    from tui.reader.terminal import BackgroundQuestion

    # Until the first frame is painted nearly everything that is made stays; `launch.run` takes the collector up again.
    gc.disable()
    background = BackgroundQuestion()
    try:
        return _open(options, background)
    finally:
        background.answer()


def _open(options: argparse.Namespace, background: object) -> int:
    config = _config()
    catalogue = _catalogue(options, config)
    name, entry = _target(options.target) if options.target else ("", "")
    # What is not in the cache is compiled by a child process while this one imports Textual.
    coming = catalogue.open_ahead(_path(catalogue, name)) if name else None
    from tui.library.state import FILE_NAME, Place, State
    from tui.reader import launch
    from tui.reader.terminal import BackgroundQuestion

    opened = coming() if coming else None
    state = State(user_folders().state / FILE_NAME)
    start = Place()
    if opened:
        if opened.volume is None:
            return _report(opened.problems)
        _check_entry(opened.volume, entry)
        start = launch.start_place(state, opened.volume.edition.id, entry)
    elif not catalogue.count():
        until = time.monotonic() + _FIRST_LOOK
        catalogue.refresh(lambda _done, _all: time.monotonic() < until)
    question = background if isinstance(background, BackgroundQuestion) else None
    look = launch.choose_look(config, state, question)
    if options.kiosk:
        app = launch.run_for_strangers(lambda: launch.make_app(catalogue, State(None), start, config, look, kiosk=True))
    else:
        app = launch.make_app(catalogue, state, start, config, look)
        if opened:
            app.desk.put(start.briefing, opened)
        launch.run(app)
    state.close()
    catalogue.close()
    return _fault(app.fault) if app.fault else app.return_code or OK


def _fault(details: str) -> int:
    """Tell of a fault in the program on one line, and keep the details for who mends it."""
    log = user_folders().state / "faults.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} briefing {_version()}\n{details}\n")
        kept = f"the details are in {log}"
    except OSError:
        kept = "its details could not be kept"
    last = details.strip().splitlines()[-1:]
    _complain(f"stopped by a fault in the program ({' '.join(last)}); your places are saved; {kept}")
    return FINDINGS


def run_list(options: argparse.Namespace) -> int:
    """List the briefings."""
    from tui.render.listing import listing

    with contextlib.closing(_catalogue(options, _config())) as catalogue:
        catalogue.refresh()
        rows = catalogue.rows(0, max(1, catalogue.count()))
    _write(listing(rows, options.format, _width()))
    return _report([problem for row in rows for problem in row.problems])


def run_show(options: argparse.Namespace) -> int:
    """Write a briefing, a pane or an entry."""
    from tui.render.as_json import json_of
    from tui.render.markdown import page_markdown
    from tui.render.plain import page_text

    name, entry = _target(options.target)
    with contextlib.closing(_catalogue(options, _config())) as catalogue:
        result, _ = _result(catalogue, name)
    volume = result.volume
    if volume is None:
        return _report(result.problems)
    _check_entry(volume, entry)
    if options.format == "json":
        _write([json_of(volume, options.pane or "", entry)])
        return OK
    for number, page in enumerate(_pages(volume, options.pane, entry)):
        if number:
            _write([""])
        _write(page_text(page, _width()) if options.format == "text" else page_markdown(page))
    return OK


def run_search(options: argparse.Namespace) -> int:
    """Search the library; nothing found is a finding."""
    from tui.library.search.facets import facets
    from tui.library.search.query import parse
    from tui.library.search.searching import search
    from tui.library.search.showing import Shelf
    from tui.library.state import FILE_NAME, State
    from tui.render.search import answer_json, answer_text

    query = " ".join(options.query)
    parsed = parse(query)
    if parsed.error:
        return _point(query, parsed.error.message, parsed.error.at)
    read: Sequence[tuple[str, str, str]] = ()
    if "is" in parsed.fields:
        with contextlib.closing(State(user_folders().state / FILE_NAME)) as state:
            read = state.read_items()
    with contextlib.closing(_catalogue(options, _config())) as catalogue:
        index = _search_index(catalogue)
        answer = search(index, catalogue, parsed, read, limit=options.limit, offset=options.offset)
        show = Shelf(catalogue).show
        if options.format == "json":
            _write([answer_json(query, answer, show, facets(index, parsed, read))])
        else:
            _write(answer_text(answer, show, _width()))
    return OK if answer.total else FINDINGS


def _search_index(catalogue: "Catalogue") -> "SearchIndex":
    """Bring the index up to date, and say so where it takes long."""
    from tui.library.search.index import SearchIndex, index_folder
    from tui.render.progress import ProgressLine

    catalogue.refresh()
    index = SearchIndex(index_folder(user_folders().cache, catalogue.roots))
    shown = ProgressLine(sys.stderr, "Indexing")
    index.update(catalogue, shown.show)
    shown.clear()
    if index.trouble:
        _complain(index.trouble)
    return index


def _point(query: str, message: str, at: int) -> int:
    """Say what is wrong with a query, and point at the character."""
    from tui.render.search import pointed

    _complain(f"{message} (at character {at + 1})")
    for written in pointed(query, at, _width() - 2):
        print(f"  {written}", file=sys.stderr)
    return USAGE


def _number(text: str) -> int:
    """Read a number of hits."""
    if not re.fullmatch("[0-9]{1,6}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 999999")
    return int(text)


def _grammar() -> str:
    """Write the grammar of queries for --help."""
    import textwrap

    from tui.library.search.fields import grammar_help

    rows = grammar_help()
    width = max(len(written) for written, _ in rows)
    hanging = " " * (width + 4)
    lines = (
        textwrap.fill(f"  {written.ljust(width)}  {meaning}", _HELP_WIDTH, subsequent_indent=hanging)
        for written, meaning in rows
    )
    return "\n".join(["a query:", *lines])


def run_schema(_options: argparse.Namespace) -> int:
    """Write the JSON Schema."""
    from tui.briefing.schema import schema_text

    _write([schema_text().rstrip("\n")])
    return OK


def run_hold(options: argparse.Namespace) -> int:
    """Check and keep a source's text, and write the lock."""
    from tui.library.holding import HoldError, hold

    if options.source and not options.file:
        raise UsageError("hold needs the file of the source's text; write: briefing hold ID SOURCE FILE")
    name, _ = _target(options.briefing)
    with contextlib.closing(_catalogue(options, _config())) as catalogue:
        path = _path(catalogue, name)
    try:
        _write(hold(path, user_folders().held, options.source, options.file))
    except HoldError as error:
        for line in str(error).splitlines():
            _complain(line)
        return FINDINGS
    return OK


def run_kiosk(words: list[str]) -> int:
    """Serve the reader by SSH."""
    try:
        from tui.kiosk import command
    except ModuleNotFoundError as error:
        if error.name not in {"asyncssh", "cryptography"}:
            raise
        _complain("the kiosk needs asyncssh; write: pip install 'briefing-browser[kiosk]'")
        return USAGE
    return command.main(words)


def run_completion(options: argparse.Namespace) -> int:
    """Write a shell's completion script, or, for that script, the words that may follow."""
    from tui.completion import candidates, script

    if options.shell != "words":
        _write([script(options.shell)])
        return OK
    with contextlib.closing(_catalogue(options, _config())) as catalogue:
        _write(candidates(build_parser(), options.words, catalogue))
    return OK


def _pages(volume: "Volume", pane: str | None, entry: str) -> Iterable["Page"]:
    from tui.render import pages

    if entry:
        kinds: dict[str, Container[str]] = {
            "entry": volume.entries,
            "source": volume.sources,
            "entity": volume.entities,
        }
        names = [f"{kind}:{entry}" for kind, things in kinds.items() if entry in things]
    else:
        names = [pane] if pane else list(_panes())
    return [page for name in names if (page := pages.page_of(volume, name)) is not None]


def _panes() -> tuple[str, ...]:
    return ("overview", "background", "claims", "views", "recommendations", "sources", "questions", "entities")


def _config() -> "Config":
    from tui.reader.config import FILE_NAME, read_config

    config, problems = read_config(user_folders().config / FILE_NAME)
    if problems:
        for problem in problems[:-1]:
            _complain(str(problem))
        raise UsageError(str(problems[-1]))
    return config


def _catalogue(options: argparse.Namespace, config: "Config") -> "Catalogue":
    from tui.library.catalogue import Catalogue

    folders = user_folders()
    chosen: list[Path] | None = options.content
    for folder in chosen or ():
        if not _is_folder(folder):
            raise UsageError(f"--content {folder}: there is no such folder")
    roots = chosen or [bundled_content(), folders.own_content, *config.content]
    return Catalogue(folders.cache / CACHE_NAME, [root.absolute() for root in roots], folders.held)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, a folder that must not be entered
        return False


def _target(text: str) -> tuple[str, str]:
    """Split ID#ENTRY."""
    name, _, entry = text.partition("#")
    if not name:
        raise UsageError(f"{text!r} names no briefing; write ID or ID#ENTRY, see briefing list")
    return name, entry


def _path(catalogue: "Catalogue", name: str) -> Path:
    from tui.library.paths import as_path

    path = catalogue.find(name) or as_path(name)
    if path is None:
        catalogue.refresh()
        path = catalogue.find(name)
    if path is None:
        from tui.briefing.nearest import nearest

        near = nearest(name, [row.id for row in catalogue.rows(0, 1000)])
        raise UsageError(
            f"there is no briefing {name!r}; " + (f"did you mean {near!r}?" if near else "see briefing list")
        )
    return path


def _result(catalogue: "Catalogue", name: str) -> tuple["Result", str]:
    """Open a briefing by id or path; give it with its id."""
    result = catalogue.open(_path(catalogue, name))
    return result, result.volume.edition.id if result.volume else name


def _check_entry(volume: "Volume", entry: str) -> None:
    known = [*volume.entries, *volume.sources, *volume.entities]
    if entry and entry not in known:
        from tui.briefing.nearest import nearest

        near = nearest(entry, known)
        hint = f"did you mean {near!r}?" if near else f"see briefing show {volume.edition.id}"
        raise UsageError(f"{volume.edition.id!r} has no entry {entry!r}; {hint}")


def _report(problems: Sequence["Problem"]) -> int:
    for problem in problems:
        _complain(str(problem))
    return FINDINGS if problems else OK


def _prepare_output() -> None:
    """See to it that there is an output, and that a character which its encoding lacks does not end the program."""
    nowhere = Path(os.devnull)
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _drop_output() -> None:
    """Send what is still to be written nowhere, so that the end of the program does not stumble over it again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _complain(message: str) -> None:
    from tui.briefing.characters import escaped

    print(f"briefing: {escaped(message)}", file=sys.stderr)


def _width() -> int:
    """Give the terminal's width, also where the output is a pipe; COLUMNS goes first, and 80 where nothing tells."""
    columns = os.environ.get("COLUMNS", "")
    if re.fullmatch("0*[1-9][0-9]{0,3}", columns):
        return int(columns)
    for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            if stream and (found := os.get_terminal_size(stream.fileno()).columns):
                return found
    return 80


def _version() -> str:
    # It reads the metadata of what is installed, which takes as long as a tenth of a start.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("briefing-browser")
    except PackageNotFoundError:
        return "of a source tree that is not installed"
