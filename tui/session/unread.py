"""Entries that are new to the reader: unread, or changed since."""

from collections.abc import Mapping
from typing import Final

from tui.library.records import Entry
from tui.library.volume import Volume, brief
from tui.render import signs
from tui.render.front_sections import Item, line_block, written_items
from tui.render.page import MEASURE, Block
from tui.render.words import count
from tui.state.reader_state import ReaderState

UNREAD = signs.UNREAD.symbol
CHANGED = signs.CHANGED.symbol
_LONG: Final = 200


def entry_freshness(volume: Volume, read: Mapping[str, str], name: str) -> str:
    """Return the sign of an unread or changed entry or source."""
    item = volume.entries.get(name) or volume.sources.get(name)
    if item is None:
        return ""
    known = read.get(name)
    return UNREAD if known is None else CHANGED if known != item.digest else ""


def is_fresh(read: Mapping[str, str], entry: Entry) -> bool:
    """Whether an entry is unread or changed."""
    return read.get(entry.id) != entry.digest


def changes_block(volume: Volume, state: ReaderState) -> tuple[Block, ...]:
    """Return the overview's block of changes since the last visit.

    A first visit has none, since everything is new then.
    """
    edition = volume.edition
    visit = state.visit(edition.id)
    if visit is None:
        return ()
    read = state.read_digests(edition.id)
    changed = [entry for entry in edition.entries if read.get(entry.id, entry.digest) != entry.digest]
    unread = [entry for entry in edition.entries if entry.id not in read]
    items = [Item(brief(entry, _LONG), f"#{entry.id}", entry.number, "changed") for entry in changed]
    if unread:
        items.append(Item(f"{count(len(unread), 'entry', 'entries')} not read yet", f"#{unread[0].id}"))
    if not items:
        return ()
    written = written_items("Since you last read", lambda: items)
    return (line_block("changes", "NEW TO YOU", items, items[0].target, width=MEASURE, written=written),)
