"""The entry, source or entity in a block of a page."""

from tui.library.records import Entity, Entry, Source
from tui.library.volume import Volume
from tui.render.views import view_of
from tui.state.records import Location


def item_at(volume: Volume, location: Location) -> Entry | Source | Entity | None:
    """Return the entry, source or entity in a location's block."""
    kind, (_, _, shown) = location.kind, location.page.partition(":")
    part, _, name = location.block.rpartition(":")
    # The name of a block that shows none of these may still equal an id.
    view = view_of(location.page)
    if kind == "evidence" and not part and not (view and view.has_entries):
        return None
    if kind == "overview" and part != "judged":
        return None
    if kind == "entity" and location.block in {"said", "about"}:
        return None
    if kind in {"entry", "source", "text"} or (kind == "entity" and part == "note"):
        name = shown
    return volume.entries.get(name) or volume.sources.get(name) or volume.entities.get(name)
