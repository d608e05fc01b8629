"""A page is fetched in a thread, and another change of the screen comes meanwhile."""

import threading
from collections.abc import Callable, Iterator

import pytest

from tests.reader.pilot.driving import Driver, reading, settled
from tui.library.catalogue import Catalogue
from tui.session.shared import Prepared, SharedContent
from tui.state.records import Location

CLAIMS = (
    '[[claim]]\nid = "a"\nby = "x"\ntext = "Of {0}, one."\n\n[[claim]]\nid = "b"\nby = "x"\ntext = "Of {0}, two."\n'
)
PONDS, LAKES = Location("ponds", "claims"), Location("lakes", "claims")


@pytest.fixture
def waters(make_library: Callable[..., Catalogue]) -> Catalogue:
    """Give a library of two briefings."""
    return make_library(ponds=CLAIMS.format("ponds"), lakes=CLAIMS.format("lakes"))


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Give an event; the lakes are prepared once it is set."""
    prepare, is_open = SharedContent.prepare, threading.Event()

    def gated(self: SharedContent, location: Location) -> Prepared:
        if location.briefing == "lakes":
            assert is_open.wait(10)
        return prepare(self, location)

    monkeypatch.setattr(SharedContent, "prepare", gated)
    yield is_open
    is_open.set()


async def begin(reader: Driver, *keys: str) -> None:
    """Ask for the lakes; the ponds are closed and shown anew before they are there."""
    shared = reader.screen.session.shared
    shared.is_shared = True
    reader.screen.go(LAKES)
    assert reader.said == "Opening …"
    await reader.pilot.press(*keys)
    shared.close(["ponds"])
    assert not shared.is_at_hand(PONDS)
    reader.screen.show_anew()
    await settled(reader.pilot)
    assert reader.screen.location.briefing == "ponds"


async def test_showing_a_page_anew_replaces_no_page_that_is_fetched(waters: Catalogue, gate: threading.Event) -> None:
    async with reading(waters, PONDS) as reader:
        await begin(reader, "j")
        gate.set()
        await reader.until(lambda: reader.screen.location.briefing == "lakes" and reader.block == "b")
        await reader.press("ctrl+o")
        await reader.until(lambda: "Of ponds, one." in reader.words)


async def test_it_comes_once_the_reader_has_given_the_other_up(waters: Catalogue, gate: threading.Event) -> None:
    async with reading(waters, PONDS) as reader:
        await begin(reader, "j")
        await reader.pilot.press("escape")
        await reader.until(lambda: reader.screen.session.shared.is_at_hand(PONDS))
        gate.set()
        await reader.press("j")
        assert (reader.screen.location.briefing, reader.block, reader.said) == ("ponds", "b", "")


async def test_keys_for_a_page_that_does_not_come_are_heard_nowhere(waters: Catalogue, gate: threading.Event) -> None:
    """As where a briefing was removed meanwhile, and its reader is led to the library."""
    async with reading(waters, PONDS) as reader:
        await begin(reader, "j", "enter")
        reader.screen.go(Location())
        assert (reader.page, reader.said) == ("library", "")
        reader.screen.go(PONDS)
        await reader.until(lambda: "Of ponds, one." in reader.words)
        gate.set()
        await reader.press("j")
        assert (reader.screen.location.briefing, reader.page, reader.block) == ("ponds", "claims", "b")
