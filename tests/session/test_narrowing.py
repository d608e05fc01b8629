"""A filter of a list answers as the search does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.library.catalogue import Catalogue
from tui.library.volume import Volume
from tui.search.index.library_index import SearchIndex
from tui.search.query import parse
from tui.search.run import search
from tui.session.filter_goals import FilterGoals
from tui.session.lists import items_of
from tui.session.narrowing import Narrowing
from tui.session.session import Session

_QUERIES = (
    "has:conflict", "-has:conflict", "rating:A..B", "rating:B2", "reliability:A..C", "by:paparo", "by:=samuel-paparo",
    "about:kn-23", "kind:report", "date:2025", "date:2024-06..2025-02", "date:..2024", "has:quantity OR has:quote",
    "source:ap", "party:belligerent", "missiles", '"ballistic missiles"', "missil* -kharkiv", "likelihood:>=likely",
    "is:unread", "is:changed", "is:changed OR by:paparo", "position:thousands", "quote:thousands",
)  # fmt: skip


@pytest.fixture(scope="module")
def library(content: Path) -> Iterator[tuple[Catalogue, SearchIndex]]:
    """Give the bundled library and its index."""
    catalogue = Catalogue(None, [content], Path("/nowhere"))
    catalogue.refresh()
    index = SearchIndex(None)
    index.update(catalogue)
    yield catalogue, index
    catalogue.close()


@pytest.fixture
def volume(library: tuple[Catalogue, SearchIndex]) -> Volume:
    """Give the bundled briefing."""
    found = library[0].open_named("dprk-missiles")
    assert found
    assert found.volume
    return found.volume


@pytest.mark.parametrize("query", _QUERIES)
def test_finds_what_the_index_finds(library: tuple[Catalogue, SearchIndex], volume: Volume, query: str) -> None:
    catalogue, index = library
    claims = volume.pane("claims")
    read = {claims[0].id: claims[0].digest, claims[1].id: "another"}
    items = [("dprk-missiles", name, digest) for name, digest in read.items()]
    answer = search(index, catalogue, parse(f"in:dprk-missiles kind:claim ({query})"), items, limit=500)
    assert not answer.fuzzy
    entries = {volume.edition.entries[hit.index].id for hit in answer.hits}
    found = Narrowing(volume, query, read).left(claims)
    assert {item.id for item in found} == entries


@pytest.mark.parametrize("query", ["reliability:A..B", "has:text", "date:2025", "reuters"])
def test_sources_too(library: tuple[Catalogue, SearchIndex], volume: Volume, query: str) -> None:
    catalogue, index = library
    answer = search(index, catalogue, parse(f"in:dprk-missiles kind:source ({query})"), (), limit=500)
    expected = {volume.edition.sources[hit.index].id for hit in answer.hits}
    assert {item.id for item in Narrowing(volume, query, {}).left(items_of(volume, "sources"))} == expected


def test_words_name_what_an_id_stands_for(volume: Volume) -> None:
    said = Narrowing(volume, "by:=samuel-paparo has:conflict rating:A..B kn-23", {}).words
    assert said == "said by Samuel Paparo, disputed, rated A–B, kn-23"


@pytest.mark.parametrize("pane", ["claims", "views", "background", "questions"])
def test_a_filter_is_called_by_names_and_not_by_ids(session: Session, volume: Volume, pane: str) -> None:
    for goal in FilterGoals(session.lists, volume, pane, "").found(""):
        assert "#" not in goal.words


@pytest.mark.parametrize("pane", ["claims", "views", "sources", "background", "recommendations", "questions"])
def test_every_offered_filter_leaves_as_many_as_it_says(session: Session, volume: Volume, pane: str) -> None:
    whole = items_of(volume, pane)
    for now in ("", "date:2024..2025"):
        goals = FilterGoals(session.lists, volume, pane, now).found("")
        for goal in goals:
            text = str(goal.leads).removeprefix("filter:")
            left = len(session.lists.narrowing(volume, text).left(whole) if text else whole)
            assert int(goal.about.replace(",", "").split()[0]) == left, goal


@pytest.mark.parametrize("typed", ["-paparo", "hundreds -paparo", "-by:paparo"])
def test_what_is_left_out_is_not_offered(session: Session, volume: Volume, typed: str) -> None:
    (goal,) = FilterGoals(session.lists, volume, "claims", "").found(typed)
    assert f"filter:{typed}" == goal.leads


@pytest.mark.parametrize("typed", ["by:paparo", '"short-range missiles"', "(hundreds OR thousands)"])
def test_a_query_stands_before_the_values(session: Session, volume: Volume, typed: str) -> None:
    assert f"filter:{typed}" == FilterGoals(session.lists, volume, "claims", "").found(typed)[0].leads
