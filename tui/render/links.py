"""Entries named in a few words on a screen, and whole where a page is written out."""

from tui.briefing import prose
from tui.library.records import Entry
from tui.library.volume import Volume, brief
from tui.render.page import Role, Span


def brief_span(entry: Entry, width: int, role: Role = "text", target: str = "", *, before: str = "") -> Span:
    """Name an entry by its title or the start of its text; written out, by all of it."""
    cut = brief(entry, width)
    whole = before + " ".join((entry.title or prose.plain(entry.text)).split())
    return Span(before + cut, role, target, whole if cut.endswith("…") else None)


def link_span(volume: Volume, target: str, role: Role) -> Span:
    """Name what a link without words of its own leads to; written out, a long name is left to the number."""
    words = volume.shown(target)
    entry = volume.entries.get(target)
    return Span(words, role, f"#{target}", entry.number if entry and words.endswith("…") else None)
