"""The places of the search in the history: each has its query in its page's name, so that Back finds the same list."""

from typing import Final

from tui.state.store import Location

PAGE: Final = "search"


def location_of(query: str) -> Location:
    """Give the place of a query; that of the empty one is where a search begins."""
    return Location("", f"{PAGE}:{query}" if query else PAGE)


def query_of(location: Location) -> str | None:
    """Give the query of a place; None where it is no place of the search."""
    kind, _, query = location.page.partition(":")
    return query if kind == PAGE and not location.briefing else None
