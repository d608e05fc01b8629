"""From a name to what is written of a briefing: its panes, or one entry; for the command and for the kiosk alike.

Nothing heavy is imported before it is needed, since each start of the command describes its options by these names.
"""

import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from tui.briefing.kinds import PANES
from tui.render.views import VIEWS

if TYPE_CHECKING:
    from tui.library.catalogue import Catalogue
    from tui.library.volume import Volume
    from tui.render.page import Page


def pane_names() -> tuple[str, ...]:
    """Name the panes that can be written."""
    return (*PANES, "entities")


def view_names() -> tuple[str, ...]:
    """Return the names of the views of the evidence."""
    return tuple(view.target for view in VIEWS)


def pane_named(text: str) -> str | None:
    """Find a pane or a view of the evidence by its name or by a title under which it is shown, however that is spelled."""
    titled = [(name, name) for name in pane_names()]
    titled += [(pane.name, title) for pane in PANES.values() for title in (pane.title, pane.short)]
    for view in VIEWS:
        said = (view.name, view.title)
        titled += [(view.target, word) for one in said for word in (one, f"evidence:{one}")]
    return {_spelled(title): name for name, title in titled}.get(_spelled(text))


def _spelled(title: str) -> str:
    return re.sub(r"[\W_]+", " ", title.casefold()).strip()


def pages_of(volume: "Volume", pane: str | None, entry: str) -> "list[Page]":
    """Give a pane, an entry or all panes as pages."""
    from tui.render import pages

    entry = volume.id_now(entry)
    if entry:
        kinds: dict[str, Container[str]] = {
            "entry": volume.entries,
            "source": volume.sources,
            "entity": volume.entities,
        }
        names = [f"{kind}:{entry}" for kind, things in kinds.items() if entry in things]
    else:
        names = [pane, *view_names()] if pane == "evidence" else [pane] if pane else list(pane_names())
        views = {view.target: view for view in VIEWS}
        names = [f"{name}/listed" if name in views and views[name].is_plotted else name for name in names]
    return [page for name in names if (page := pages.page_of(volume, name)) is not None]


def shown(volume: "Volume", written_as: str, pane: str | None, entry: str, width: int) -> "Iterator[str]":
    """Write a briefing, a pane or an entry; `written_as` is text, markdown or json."""
    from tui.render.as_json import json_of
    from tui.render.markdown import page_markdown
    from tui.render.plain import page_text

    if written_as == "json":
        yield json_of(volume, pane or "", entry)
        return
    for number, page in enumerate(pages_of(volume, pane, entry)):
        if number:
            yield ""
        yield from page_text(page, width) if written_as == "text" else page_markdown(page)


def unknown_briefing(catalogue: "Catalogue", name: str, advice: str) -> str:
    """Say that the library has no such briefing, and which one may be meant, or else some advice."""
    from tui.briefing.nearest import nearest

    near = nearest(name, [row.id for row in catalogue.rows(0, 1000)])
    return f"there is no briefing {name!r}; " + (f"did you mean {near!r}?" if near else advice)


def unknown_entry(volume: "Volume", entry: str, advice: str) -> str:
    """Say that a briefing has no such entry, source or entity; empty where it has it, or none is asked for."""
    known = [*volume.entries, *volume.sources, *volume.entities]
    if not entry or volume.id_now(entry) in known:
        return ""
    from tui.briefing.nearest import nearest

    near = nearest(entry, known)
    hint = f"did you mean {near!r}?" if near else advice
    return f"{volume.edition.id!r} has no entry {entry!r}; {hint}"
