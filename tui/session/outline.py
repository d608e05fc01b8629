"""The outline at the left of a wide screen.

It has one line for each entry, source or view of the open pane.
"""

from collections.abc import Callable

from tui.briefing.kinds import ENTRY_PANES
from tui.library.records import Entry
from tui.library.volume import Volume, brief
from tui.render.page import Block, Page, Para, Span, fixed
from tui.render.views import VIEWS, View, key_marker, view_of
from tui.session.session import Session
from tui.state.records import Location

_WIDTH = 200


def outline_page(session: Session, volume: Volume, location: Location) -> tuple[Page, int]:
    """Return a location's outline and the index of its current line."""
    pane = session.home_pane(location)
    item = session.item(location)
    page = session.shared.outline(location.briefing, pane, lambda: _made(volume, pane, session.keymap.first))
    shown = view_of(location.page)
    at = page.index_of(shown.name if shown else item.id if item and pane != "overview" else "")
    return page, at or 0


def _made(volume: Volume, pane: str, key_of: Callable[[str], str]) -> Page:
    if pane == "evidence":
        return fixed("Outline", [_view_line(view, key_of(f"view-{view.name}")) for view in VIEWS])
    if pane == "sources":
        sources = volume.edition.sources
        return Page(
            "Outline",
            [source.id for source in sources],
            lambda index: _line(sources[index].id, str(sources[index].number), sources[index].label),
        )
    entries = volume.pane(pane) if pane in ENTRY_PANES else volume.edition.entries
    return Page(
        "Outline",
        [entry.id for entry in entries],
        lambda index: _line(entries[index].id, entries[index].number, _words(volume, entries[index])),
    )


def _words(volume: Volume, entry: Entry) -> str:
    """Return an expert view's holder, or another entry's first words."""
    return volume.name_of(entry.by) if entry.table == "view" and entry.by else brief(entry, _WIDTH)


def _view_line(view: View, key: str) -> Block:
    para = Para((Span(view.title, "meta"),), Span(key_marker(key), "number"), 4, 4, keep=True)
    return Block(view.name, (para,), f"page:{view.target}", space=0)


def _line(name: str, number: str, words: str) -> Block:
    para = Para((Span(words, "meta"),), Span(number, "number"), 4, 4, keep=True)
    return Block(name, (para,), f"#{name}", space=0)
