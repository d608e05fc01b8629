"""Entries that are new to the reader: unread, or changed since."""

from collections.abc import Mapping

from tui.library.records import Entry
from tui.library.volume import Volume, brief
from tui.render import signs
from tui.render.page import Block, Para, Span, line
from tui.render.words import count
from tui.state.reader_state import ReaderState

UNREAD = signs.UNREAD.symbol
CHANGED = signs.CHANGED.symbol


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
    paras = [line("Since you last read", "heading", indent=2)]
    for entry in changed[:8]:
        spans = (Span("changed ", "new"), Span(entry.number, "link", f"#{entry.id}"), Span(f"  {brief(entry, 96)}"))
        paras.append(Para(spans, Span(CHANGED, "new"), 4))
    if len(changed) > 8:
        paras.append(line(f"and {len(changed) - 8} more that changed", "meta", indent=4))
    if unread:
        said = f"{count(len(unread), 'entry', 'entries')} not read yet"
        paras.append(Para((Span(said, "link", f"#{unread[0].id}"),), Span(UNREAD, "new"), 4))
    return (Block("changes", tuple(paras), f"#{(changed or unread)[0].id}"),) if changed or unread else ()
