"""The locations of the search, with the query in the page's name."""

from typing import Final

from tui.state.records import Location

PAGE: Final = "search"


def location_of(query: str) -> Location:
    """Return the location of a query. An empty query has the page where a search begins."""
    return Location("", f"{PAGE}:{query}" if query else PAGE)


def query_of(location: Location) -> str | None:
    """Return the query of a location; None outside the search."""
    kind, _, query = location.page.partition(":")
    return query if kind == PAGE and not location.briefing else None
