"""From a name to what is written of a briefing: its panes, or one entry; for the command and for the kiosk alike.

Nothing heavy is imported before it is needed, since each start of the command describes its options by these names.
"""

from collections.abc import Container
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.library.catalogue import Catalogue
    from tui.library.volume import Volume
    from tui.render.page import Page


def pane_names() -> tuple[str, ...]:
    """Name the panes that can be written."""
    return (
        "overview", "background", "claims", "views", "recommendations", "sources", "evidence", "questions", "entities",
    )  # fmt: skip


def view_names() -> tuple[str, ...]:
    """Name the views of the Evidence pane."""
    names = ("matrix", "conflicts", "provenance", "traceability", "spread", "timeline", "assessment", "coverage")
    return tuple(f"evidence:{name}" for name in names)


def pages_of(volume: "Volume", pane: str | None, entry: str) -> "list[Page]":
    """Give a pane, an entry or all panes as pages."""
    from tui.render import pages

    if entry:
        kinds: dict[str, Container[str]] = {
            "entry": volume.entries,
            "source": volume.sources,
            "entity": volume.entities,
        }
        names = [f"{kind}:{entry}" for kind, things in kinds.items() if entry in things]
    else:
        names = [pane, *view_names()] if pane == "evidence" else [pane] if pane else list(pane_names())
    return [page for name in names if (page := pages.page_of(volume, name)) is not None]


def unknown_briefing(catalogue: "Catalogue", name: str, advice: str) -> str:
    """Say that the library has no such briefing, and which one may be meant, or else some advice."""
    from tui.briefing.nearest import nearest

    near = nearest(name, [row.id for row in catalogue.rows(0, 1000)])
    return f"there is no briefing {name!r}; " + (f"did you mean {near!r}?" if near else advice)


def unknown_entry(volume: "Volume", entry: str, advice: str) -> str:
    """Say that a briefing has no such entry, source or entity; empty where it has it, or none is asked for."""
    known = [*volume.entries, *volume.sources, *volume.entities]
    if not entry or entry in known:
        return ""
    from tui.briefing.nearest import nearest

    near = nearest(entry, known)
    hint = f"did you mean {near!r}?" if near else advice
    return f"{volume.edition.id!r} has no entry {entry!r}; {hint}"
