"""The places of the search in the history: each has its query in its page's name, so that Back finds the same list."""

from typing import Final

from tui.state.store import Place

PAGE: Final = "search"


def place_of(query: str) -> Place:
    """Give the place of a query; that of the empty one is where a search begins."""
    return Place("", f"{PAGE}:{query}" if query else PAGE)


def query_of(place: Place) -> str | None:
    """Give the query of a place; None where it is no place of the search."""
    kind, _, query = place.page.partition(":")
    return query if kind == PAGE and not place.briefing else None
