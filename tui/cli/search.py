"""`briefing search`: search the library."""

import argparse
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NoReturn

from tui.cli.lookup import library, own_state, tell_cache
from tui.cli.output import FINDINGS, OK, USAGE, complain, handled, report, width, write
from tui.library.paths import user_folders
from tui.render.arguments import WRITING, Parser

if TYPE_CHECKING:
    from tui.library.catalogue import Catalogue
    from tui.search.index.library_index import SearchIndex


# The search engine aborts its process where it gets no memory, and a system without free memory kills the largest process.
# So a child process searches, and the parent remains to report such an end.
_NO_MEMORY: Final = frozenset({signal.SIGABRT, signal.SIGKILL})
_SAID: Final = "ended by the system, probably because there is not enough memory; allow the program more of it"


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    WRITING["search"].describe(parser)


def run(options: argparse.Namespace) -> int:
    """Search the library. An empty result is a finding."""
    return _guarded(lambda: _search(options))


def _search(options: argparse.Namespace) -> int:
    from tui.render.search_command import write_answer
    from tui.search.query import parse
    from tui.search.service import WriteRequest

    query = " ".join(options.query)
    if error := parse(query).error:
        return _point(query, error.message, error.at)
    read: Sequence[tuple[str, str, str]] = ()
    if "is" in parse(query, typing=True).fields:
        with contextlib.closing(own_state()) as state:
            read = state.read_items()
    request = WriteRequest(query, options.format, options.limit, options.offset, read=tuple(read))
    with library(options) as catalogue:
        index = _search_index(catalogue)
        try:
            total, lines = write_answer(index, catalogue, request, width())
            write(lines)
        except ValueError as error:
            complain(f"this cannot be searched: {str(error).partition(chr(10))[0][:120]}")
            return FINDINGS
        unread = report([row.problems[0] for row in catalogue.broken()])
        return unread or (OK if total and total.searched.complete else FINDINGS)


def _search_index(catalogue: "Catalogue") -> "SearchIndex":
    """Update the index, with a progress line for a long update."""
    from tui.render.progress import ProgressLine
    from tui.search.index.library_index import SearchIndex, index_folder

    catalogue.refresh()
    tell_cache(catalogue)
    index = SearchIndex(index_folder(user_folders().cache, catalogue.roots, catalogue.scope))
    shown = ProgressLine(sys.stderr, "Indexing")
    index.update(catalogue, shown.show)
    shown.clear()
    if index.trouble:
        complain(index.trouble)
    return index


def _point(query: str, message: str, at: int) -> int:
    """Show an error in a query, with a mark below the character."""
    from tui.render.hits import pointed

    complain(f"{message} (at character {at + 1})")
    for written in pointed(query, at, width() - 2):
        print(f"  {written}", file=sys.stderr)
    return USAGE


def _guarded(work: Callable[[], int]) -> int:
    """Run a command's work in a child process. Return the exit code.

    The work runs in this process where the output is captured, where there are other threads, or where no child process
    can be created.
    """
    if sys.stdout is not sys.__stdout__ or threading.active_count() > 1:  # captured output, or unsafe to fork
        return work()
    try:
        child = os.fork()
    except OSError:
        return work()
    if not child:
        _run_child(work)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if -code in _NO_MEMORY:
        complain(_SAID)
        return FINDINGS
    return 128 - code if code < 0 else code


def _run_child(work: Callable[[], int]) -> NoReturn:
    """Run a command's work in the child process, and exit.

    The search engine's own message about an abort is suppressed, since the parent reports it.
    """
    code = FINDINGS
    try:
        sys.stderr = os.fdopen(os.dup(2), "w", encoding="utf-8", errors="backslashreplace", buffering=1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        code = handled(work)
    finally:
        os._exit(code)
