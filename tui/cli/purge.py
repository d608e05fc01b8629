"""`briefing purge`: remove an entry's words, or a text, for good."""

import argparse
import re
import sys

from tui.cli.lookup import library, split_target
from tui.cli.output import FINDINGS, OK, complain, write
from tui.library.paths import user_folders
from tui.render.arguments import Parser, UsageError


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument(
        "target", nargs="?", metavar="ID#ENTRY", help="an entry, source or entity that its file has no more"
    )
    target.add_argument("--text", metavar="SHA256", help="the hash of a held text instead")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(options: argparse.Namespace) -> int:
    """Remove the words, unless a file would bring them back."""
    from tui.cli.kept import NOT_TOUCHED, Purge, PurgeError, purge_all
    from tui.library.purging import Words, is_known, objections, take_all_roots
    from tui.state.records import StoreError

    words = Words(sha256=_hash(options.text)) if options.text is not None else Words(*_entry(options.target))
    with library(options) as catalogue:
        take_all_roots(catalogue)
        if said := list(objections(catalogue, words)):
            for line in said:
                complain(line)
            return FINDINGS
        folders = user_folders()
        if not _agreed(words, is_known=is_known(catalogue, words), asks=not options.yes):
            return FINDINGS
        try:
            for line in purge_all(Purge(words, catalogue, folders)):
                write([line])
        except (PurgeError, StoreError) as error:
            complain(f"not all is removed: {error}")
            return FINDINGS
        except OSError as error:
            complain(f"not all is removed: {error.filename}: {error.strerror or error}")
            return FINDINGS
        write([f"Purged {words}.", NOT_TOUCHED])
    return OK


def _entry(target: str) -> tuple[str, str]:
    """Return the ids of the briefing and of the entry."""
    name, entry = split_target(target)
    if not entry or "#" in entry:
        raise UsageError(f"{target!r} names no entry; write ID#ENTRY, as in {name}#first")
    return name, entry


def _hash(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise UsageError(
            f"{text!r} is no SHA-256; write its 64 digits of 0 to 9 and a to f, as the file's name has them"
        )
    return text


def _agreed(words: object, *, is_known: bool, asks: bool) -> bool:
    """Whether the words are to be removed. Ask for it in a terminal."""
    from tui.cli.kept import KEPT, NOT_TOUCHED

    if asks and (sys.stdin is None or not sys.stdin.isatty() or not sys.stderr.isatty()):
        raise UsageError("purge asks first, and here is no terminal to ask in; write --yes")
    if not is_known:
        complain(f"no briefing here has the ID of {words}; if it is misspelt, its words stay")
    if not asks:
        return True
    parts = [f"  {row.name}" for row in KEPT if row.purge]
    sys.stderr.write("\n".join([f"This removes {words} for good from", *parts, NOT_TOUCHED, "Remove it? [y/N] "]))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
