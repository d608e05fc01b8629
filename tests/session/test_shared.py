"""What many readers share: huge briefings are prepared beside them, and closed when nobody reads them."""

import gc
import weakref

import pytest

from tests.session.conftest import Workshop
from tests.session.test_reloading import claims
from tui.library import volume
from tui.session.shared import SharedContent
from tui.state.records import Location

LOCATION = Location("tiny", "claims")


@pytest.fixture
def shared(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> SharedContent:
    """Return content that readers share, in which `tiny` is huge and `small` is not."""
    monkeypatch.setattr(volume, "HEAVY", 1000)
    workshop.put(claims("word " * 500))
    workshop.put(claims("one"), "small")
    shared = SharedContent(workshop.catalogue)
    shared.is_shared = True
    return shared


def test_what_is_not_open_or_is_huge_is_not_at_hand(shared: SharedContent) -> None:
    assert shared.is_at_hand(Location())
    assert not shared.is_at_hand(LOCATION)
    assert not shared.is_at_hand(Location("small", "claims"))
    shared.open("tiny")
    shared.open("small")
    entry = Location("tiny", "entry:c0", "c0")
    assert shared.is_at_hand(LOCATION), "the blocks of a pane are made one by one"
    assert not shared.is_at_hand(entry)
    assert shared.is_at_hand(Location("small", "entry:c0", "c0"))
    assert shared.page(entry)
    assert shared.is_at_hand(entry)


def test_a_reader_by_himself_waits_for_nobody(shared: SharedContent) -> None:
    shared.is_shared = False
    assert shared.is_at_hand(LOCATION)


def test_preparing_changes_nothing_and_taking_makes_it_at_hand(shared: SharedContent) -> None:
    prepared = shared.prepare(LOCATION)
    assert [] == list(shared.opened)
    shared.take(prepared)
    assert ("tiny",) == shared.opened
    assert shared.is_at_hand(LOCATION)
    assert prepared.page is shared.page(LOCATION)


def test_what_was_prepared_of_an_older_edition_is_dropped(shared: SharedContent, workshop: Workshop) -> None:
    prepared = shared.prepare(LOCATION)
    workshop.put(claims("other " * 500))
    newer = shared.open("tiny")
    shared.take(prepared)
    assert newer is shared.open("tiny")
    assert prepared.page is not shared.page(LOCATION)


def test_a_briefing_that_is_not_there_is_taken_as_it_is(shared: SharedContent) -> None:
    shared.take(shared.prepare(Location("gone", "claims")))
    assert () == shared.opened


def test_nothing_of_what_is_closed_stays(shared: SharedContent) -> None:
    page = shared.page(LOCATION)
    assert page is not None
    one = shared.volume("tiny")
    assert one is not None
    assert ("tiny",) == shared.heavy
    shared.open("small")
    shared.finder("tiny")
    there = weakref.ref(one)
    del one, page
    shared.close(["tiny"])
    gc.collect()
    assert there() is None
    assert ("small",) == shared.opened
    assert shared.page(LOCATION)
