"""`briefing search`: search the library."""

import argparse
import contextlib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.cli.guarding import guarded
from tui.cli.lookup import library, tell_cache
from tui.cli.output import FINDINGS, OK, USAGE, complain, report, width, write
from tui.cli.parser import Commands
from tui.library.paths import user_folders

if TYPE_CHECKING:
    from tui.library.catalogue import Catalogue
    from tui.search.index.library_index import SearchIndex


def add(commands: Commands) -> None:
    """Add the command."""
    commands.add_writing("search", run_search)


def run_search(options: argparse.Namespace) -> int:
    """Search the library; an empty answer is a finding."""
    return guarded(lambda: _search(options))


def _search(options: argparse.Namespace) -> int:
    from tui.render.search_command import write_answer
    from tui.search.query import parse
    from tui.search.service import WriteRequest
    from tui.state.stores import FILE_NAME, open_state

    query = " ".join(options.query)
    if error := parse(query).error:
        return _point(query, error.message, error.at)
    read: Sequence[tuple[str, str, str]] = ()
    if "is" in parse(query, typing=True).fields:
        with contextlib.closing(open_state(user_folders().state / FILE_NAME)) as state:
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
        return unread or (OK if total and index.complete else FINDINGS)


def _search_index(catalogue: "Catalogue") -> "SearchIndex":
    """Update the index, with a progress line where that takes long."""
    from tui.render.progress import ProgressLine
    from tui.search.index.library_index import SearchIndex, index_folder

    catalogue.refresh()
    tell_cache(catalogue)
    index = SearchIndex(index_folder(user_folders().cache, catalogue.roots))
    shown = ProgressLine(sys.stderr, "Indexing")
    index.update(catalogue, shown.show)
    shown.clear()
    if index.trouble:
        complain(index.trouble)
    return index


def _point(query: str, message: str, at: int) -> int:
    """Show a mistake in a query, with a mark below the character."""
    from tui.render.hits import pointed

    complain(f"{message} (at character {at + 1})")
    for written in pointed(query, at, width() - 2):
        print(f"  {written}", file=sys.stderr)
    return USAGE
