"""The filter in the name of a list's page, behind a slash."""

from tui.render.pages import LISTS
from tui.state.records import Location


def filter_of(page: str) -> str:
    """Return the filter in the name of a page; empty for none."""
    pane, _, text = page.partition("/")
    return text if pane in LISTS else ""


def filtered(pane: str, text: str) -> str:
    """Return the name of a pane with a filter. An empty filter shows everything."""
    return f"{pane}/{' '.join(text.split())}".removesuffix("/")


def in_whole(location: Location) -> Location:
    """Return a location in its pane without a filter."""
    return location._replace(page=location.kind) if filter_of(location.page) else location
