"""The parts of a briefing that commands can write, by name.

Heavy imports are local, since each start of the command describes its options by these names.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.briefing.kinds import PANES
from tui.render.views import VIEWS, view_of

if TYPE_CHECKING:
    from tui.library.catalogue import Catalogue
    from tui.library.records import Entity, Entry, Footnote, Source
    from tui.library.volume import Volume
    from tui.render.page import Page


def pane_names() -> tuple[str, ...]:
    """Return the names of the panes that can be written."""
    return (*PANES, "entities")


def view_names() -> tuple[str, ...]:
    """Return the names of the views of the evidence."""
    return tuple(view.target for view in VIEWS)


def pane_named(text: str) -> str | None:
    """Return the pane or view of a name or title, or None."""
    titled = [(name, name) for name in pane_names()]
    titled += [(pane.name, title) for pane in PANES.values() for title in (pane.title, pane.short)]
    for view in VIEWS:
        said = (view.name, view.title, *view.was)
        titled += [(view.target, word) for one in said for word in (one, f"evidence:{one}")]
    return {_spelled(title): name for name, title in titled}.get(_spelled(text))


def _spelled(title: str) -> str:
    return re.sub(r"[\W_]+", " ", title.casefold()).strip()


class Selection(NamedTuple):
    """A briefing, one pane or view, or one entry."""

    volume: "Volume"
    pane: str | None = None
    entry: str = ""

    def pages(self) -> "Iterator[Page]":
        """Yield the pages; a plotted view is set as a list."""
        from tui.render.pages import page_of

        for name in self.names():
            view = view_of(name)
            page = page_of(self.volume, f"{name}/listed" if view and view.is_plotted else name)
            if page is not None:
                yield page

    def names(self) -> tuple[str, ...]:
        """Return the names of the pages."""
        volume, entry = self.volume, id_called(self.volume, self.entry)
        if entry:
            kind = "entry" if entry in volume.entries else "source" if entry in volume.sources else "entity"
            return (f"{kind}:{entry}",)
        if self.pane == "evidence":
            return (self.pane, *view_names())
        return (self.pane,) if self.pane else pane_names()


def id_called(volume: "Volume", name: str) -> str:
    """Return the id for an id, a former id or a number.

    Another name is returned unchanged.
    """
    found = volume.id_now(name)
    if not name or volume.has(found):
        return found
    things: tuple[Entry | Source, ...] = (*volume.edition.entries, *volume.edition.sources)
    return next((one.id for one in things if str(one.number) == name.upper()), found)


def cited_sources(volume: "Volume", wanted: Sequence[str]) -> "tuple[Source, ...]":
    """Return the sources that entries cite, in the order of the list.

    `wanted` has ids of entries and sources; without any, all sources are returned.
    """
    if not wanted:
        return volume.edition.sources
    found = set()
    for name in (id_called(volume, one) for one in wanted):
        thing = volume.entries.get(name) or volume.entities.get(name)
        found |= {note.source for note in footnotes_of(volume, thing)} if thing else {name}
    return tuple(source for source in volume.edition.sources if source.id in found)


def nothing_cited(volume: "Volume", wanted: Sequence[str]) -> str:
    """Return the message that nothing is cited; empty where something is."""
    if cited_sources(volume, wanted):
        return ""
    named = ", ".join(map(repr, wanted))
    return f"{named} of {volume.edition.id!r} cites no source" if wanted else f"{volume.edition.id!r} has no sources"


def footnotes_of(volume: "Volume", thing: "Entry | Entity") -> "tuple[Footnote, ...]":
    """Return the footnotes of an entry or entity. A judgment has those of its reasons."""
    judgment = volume.entries.get(thing.id)
    if judgment is None or not judgment.judgment:
        return thing.notes
    reasons = (volume.entries.get(link.to) for link in judgment.links if link.relation in {"for", "against"})
    return tuple(note for reason in reasons if reason for note in reason.notes)


def unknown_briefing(catalogue: "Catalogue", name: str, advice: str) -> str:
    """Write that there is no such briefing, with the nearest id."""
    from tui.briefing.nearest import nearest

    near = nearest(name, [row.id for row in catalogue.rows(0, 1000)])
    return f"there is no briefing {name!r}; " + (f"did you mean {near!r}?" if near else advice)


def unknown_entry(volume: "Volume", entry: str, advice: str) -> str:
    """Write that an entry is unknown; empty where it is known."""
    known = [*volume.entries, *volume.sources, *volume.entities]
    if not entry or id_called(volume, entry) in known:
        return ""
    from tui.briefing.nearest import nearest

    near = nearest(entry, known)
    hint = f"did you mean {near!r}?" if near else advice
    return f"{volume.edition.id!r} has no entry {entry!r}; {hint}"
