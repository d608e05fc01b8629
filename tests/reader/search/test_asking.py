"""What is kept of the answers that one reader was given."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tui.search.answers import Answer, Hit, Searched, Shown, Total
from tui.search.query import parse
from tui.session.search.result_list import ResultList
from tui.session.search.search_session import Outcome, SearchSession
from tui.state.stores import open_state


@pytest.fixture
def asker() -> SearchSession:
    """Give one that asks nobody."""
    return SearchSession(open_state(None), SimpleNamespace(answered=lambda _total: None, result=lambda _name: None))


def outcome(text: str, hits: int, whole: int = 0) -> Outcome:
    """Give an answer with so many hits, of so many in all."""
    found = tuple(Hit("a", Path("a"), "claim", place, -1, 1.0) for place in range(hits))
    return Outcome(parse(text, typing=True), Answer(found, Total(max(hits, whole), Searched(1, 1, 0, 0))), found, {})


def test_the_oldest_answers_are_forgotten_where_their_hits_are_too_many(asker: SearchSession) -> None:
    for place in range(12):
        asker.keep(outcome(f"word{place}", 50))
    assert [asker.kept(f"word{place}") is not None for place in range(12)] == [False] * 2 + [True] * 10


def test_the_newest_answer_is_kept_however_long_it_is(asker: SearchSession) -> None:
    asker.keep(outcome("short", 1))
    asker.keep(outcome("long", 5000))
    assert asker.kept("long")
    assert not asker.kept("short")


@pytest.mark.parametrize(
    ("hits", "whole", "place", "fetches"),
    [
        (50, 120, 50, True),
        (50, 120, 49, False),
        (120, 120, 120, False),
        (1950, 9999, 1950, True),
        (2000, 9999, 2000, False),
    ],
)
def test_more_hits_are_fetched_at_the_end_of_those_that_are_there(
    asker: SearchSession, hits: int, whole: int, place: int, *, fetches: bool
) -> None:
    listed = ResultList(asker)
    listed.outcome = outcome("word", hits, whole)
    assert fetches is listed.has_more_behind(place)


def test_hits_that_an_open_briefing_has_no_longer_are_dropped_and_not_counted() -> None:
    """The index may be behind a reload. Entries of closed briefings stay."""
    known = SimpleNamespace(entries={"c0": 0, "c2": 2}, sources={}, entities={})
    opened = {"a": SimpleNamespace(volume=known)}
    session = SearchSession(open_state(None), SimpleNamespace(answered=lambda _total: None, result=opened.get))
    before = outcome("word", 4, 120)
    others = Hit("b", Path("b"), "claim", 0, -1, 1.0)
    shown = {
        hit.name: Shown(hit, "", f"c{hit.index}", "", "", ("word",), "", "claims", "") for hit in (*before.hits, others)
    }
    session.keep(before._replace(shown=shown, hits=(*before.hits, others)))
    now = session.kept("word")
    assert now
    assert [(hit.briefing, hit.index) for hit in now.hits] == [("a", 0), ("a", 2), ("b", 0)]
    assert (now.answer.total.number, now.gone) == (118, 2)
    assert session.kept("word") is now
