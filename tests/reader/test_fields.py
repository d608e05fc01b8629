"""A field of a query finds in a briefing what it finds in the library."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.briefing.kinds import PANE_OF
from tui.library.catalogue import Catalogue
from tui.render.pages import page_of
from tui.search.answers import Hit
from tui.search.facets import facet_query, listed
from tui.search.fields import FIELDS
from tui.search.index.library_index import SearchIndex
from tui.search.index.passages import fronts
from tui.search.query import parse
from tui.search.run import search
from tui.session.find.matches import Matches
from tui.session.find.scopes import BriefingScope, LibraryScope
from tui.session.search.completion import completion
from tui.session.session import Session
from tui.session.shared import SharedContent
from tui.state.records import Location
from tui.state.stores import open_state

BRIEFING = "dprk-missiles"
_PANES = Location(BRIEFING, "overview")
_ENTITIES = Location(BRIEFING, "entities")
_MOST = 12
"""Values of a field that are tried."""


class Both:
    """The search of the library and the finding in a briefing, for one reader."""

    def __init__(self, content: Path) -> None:
        """Open the bundled library."""
        self.catalogue = Catalogue(None, [content], Path("/nowhere"))
        self.catalogue.refresh()
        self.index = SearchIndex(None)
        self.index.update(self.catalogue)
        self.state = open_state(None)
        self.session = Session(SharedContent(self.catalogue), self.state)
        found = self.session.volume(BRIEFING)
        assert found
        self.volume = found

    def searched(self, query: str, pane: str) -> set[str]:
        """Return what the search finds in the briefing, by the pages on which it stands."""
        asked = parse(f"in:={BRIEFING} ({query})")
        assert asked.error is None
        answer = search(self.index, self.catalogue, asked, self.state.read_items(), limit=2000)
        assert not answer.fuzzy
        return {name for hit in answer.hits if (name := self._name(hit, pane))}

    def found(self, query: str, pane: Location = _PANES) -> set[str]:
        """Return the blocks at which the finding stops."""
        return {self.block(match.page, match.block) for match in self.matches(query, pane)}

    def matches(self, query: str, pane: Location = _PANES) -> Matches:
        """Find a query in the pages of a location."""
        finder = self.session.finder(pane)
        read = self.state.read_digests(BRIEFING)
        scope = BriefingScope(self.volume, read, ("en",)) if pane.briefing else LibraryScope(self.catalogue.titles)
        return finder.find(parse(query), scope=scope)

    def block(self, page: str, index: int) -> str:
        """Return the name of a block."""
        made = self.session.page(Location(BRIEFING, page)) if page != "overview" else page_of(self.volume, page)
        assert made
        return f"{page} {made.ids[index]}"

    def _name(self, hit: Hit, pane: str) -> str:
        edition = self.volume.edition
        if pane == "entities":
            return f"entities {edition.entities[hit.index].id}" if hit.kind == "entity" else ""
        if hit.kind == "briefing":
            return f"overview {fronts(self.volume)[hit.index].block}"
        if hit.kind == "source":
            return f"sources {edition.sources[hit.index].id}"
        if hit.kind in PANE_OF:
            return f"{PANE_OF[hit.kind]} {edition.entries[hit.index].id}"
        return ""


@pytest.fixture(scope="module")
def both(content: Path) -> Iterator[Both]:
    """Give the search and the finding over the bundled library."""
    made = Both(content)
    claims = made.volume.pane("claims")
    made.state.mark_read(BRIEFING, [(claims[0].id, claims[0].digest), (claims[1].id, "another")])
    yield made
    made.catalogue.close()


def queries(both: Both, name: str) -> list[str]:
    """Return queries of a field: its example, its own values, and those in the library."""
    known = listed(both.index, both.catalogue, name).known
    return [FIELDS[name].example, *(facet_query(name, value) for value in (*FIELDS[name].values, *known)[:_MOST])]


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("pane", [_PANES, _ENTITIES], ids=["panes", "entities"])
def test_each_field_finds_in_a_briefing_what_it_finds_in_the_library(both: Both, name: str, pane: Location) -> None:
    for query in queries(both, name):
        for asked in (query, f"-{query}") if name != "quote" else (query,):
            assert both.found(asked, pane) == both.searched(asked, pane.page), asked


@pytest.mark.parametrize("name", [name for name in FIELDS if not FIELDS[name].values and FIELDS[name].is_facet])
def test_each_field_is_completed_with_the_values_that_are_here(both: Both, name: str) -> None:
    finder = both.session.finder(_PANES)
    both.matches(f"{name}:x")
    found = completion(f"{name}:", len(name) + 1, finder.values)
    assert found
    for candidate in found.candidates:
        assert both.found(candidate), candidate


@pytest.mark.parametrize("name", [name for name in FIELDS if not FIELDS[name].values and FIELDS[name].is_facet])
def test_an_unknown_value_is_explained_as_in_the_library(both: Both, name: str) -> None:
    found = both.matches(f"{name}:qqqqq")
    assert not found
    assert found.unmet
    assert found.unmet[0].startswith(f"{name}: nothing here has 'qqqqq'")


def test_a_field_filters_the_words(both: Both) -> None:
    everywhere, without = both.found("ballistic"), both.found("ballistic -kind:claim")
    claims = {entry.id for entry in both.volume.pane("claims")}
    assert without
    assert {name for name in everywhere if name.rpartition(" ")[2].rpartition(":")[2] not in claims} == without


def test_a_briefing_of_the_library_is_found_by_its_fields(both: Both) -> None:
    library = Location("", "library")
    ids = both.session.page(library).ids
    found = [ids[match.block] for match in both.matches("in:handbook", library)]
    assert found == ["handbook"]
